
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('panels', '0008_roles'),
    ]

    operations = [
        migrations.CreateModel(
            name='FormerWording',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('anchor', models.CharField(max_length=20, verbose_name='anchor')),
                ('text', models.TextField(verbose_name='text')),
                ('speaker', models.CharField(blank=True, max_length=200, verbose_name='speaker')),
                ('until', models.DateTimeField(default=django.utils.timezone.now, verbose_name='until')),
                ('correction', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='former_wordings', to='panels.correction', verbose_name='correction')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='former_wordings', to='panels.event', verbose_name='event')),
            ],
            options={
                'verbose_name': 'former wording',
                'verbose_name_plural': 'former wordings',
                'ordering': ['event', 'anchor', '-until', '-pk'],
                'indexes': [models.Index(fields=['event', 'anchor'], name='former_wording_of_passage')],
            },
        ),
    ]
