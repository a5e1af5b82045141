"""Earlier states of whole events."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('panels', '0005_intake'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Revision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(editable=False, verbose_name='number')),
                ('edition', models.PositiveBigIntegerField(editable=False, verbose_name='edition')),
                ('archive', models.BinaryField(verbose_name='archive')),
                ('people', models.JSONField(default=dict, editable=False, verbose_name='people')),
                ('public', models.BooleanField(default=False, editable=False, help_text='Whether readers saw this state.', verbose_name='public')),
                ('why', models.CharField(blank=True, editable=False, max_length=200, verbose_name='why')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='saved')),
                ('by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('event', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='revisions', to='panels.event', verbose_name='event')),
            ],
            options={
                'verbose_name': 'revision',
                'verbose_name_plural': 'revisions',
                'ordering': ['event', '-number'],
                'constraints': [models.UniqueConstraint(fields=('event', 'number'), name='revision_number_once_per_event')],
            },
        ),
    ]
