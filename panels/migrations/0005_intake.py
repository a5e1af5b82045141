"""Texts on their way in."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('panels', '0004_edition'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Intake',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(blank=True, editable=False, max_length=255, verbose_name='file')),
                ('source', models.BinaryField(verbose_name='source')),
                ('format', models.CharField(editable=False, max_length=40, verbose_name='format')),
                ('understood', models.TextField(editable=False, verbose_name='understood')),
                ('steps', models.JSONField(default=list, editable=False, verbose_name='steps')),
                ('answers', models.JSONField(default=dict, editable=False, verbose_name='settled')),
                ('stored_at', models.DateTimeField(editable=False, null=True, verbose_name='stored')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='brought')),
                ('changed_at', models.DateTimeField(auto_now=True, verbose_name='last worked on')),
                ('created_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='brought by')),
                ('event', models.ForeignKey(editable=False, help_text='Whose text it is; before it is stored, the event that it shall be laid onto.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='intakes', to='panels.event', verbose_name='event')),
            ],
            options={
                'verbose_name': 'intake',
                'verbose_name_plural': 'intakes',
                'ordering': ['-changed_at'],
                'indexes': [models.Index(condition=models.Q(('stored_at', None)), fields=['created_by', '-changed_at'], name='intake_unfinished')],
            },
        ),
    ]
