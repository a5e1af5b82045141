"""Why an event was withdrawn, and where the words of a deleted passage stand now."""

from django.db import migrations, models

from panels.models.database.migration_operations import without_triggers


class Migration(migrations.Migration):

    dependencies = [
        ('panels', '0023_import_encoding'),
    ]

    operations = without_triggers([
        migrations.AddField(
            model_name='event',
            name='withdrawal_reason',
            field=models.TextField(blank=True, db_default='', default='', editable=False, verbose_name='reason for withdrawal'),
        ),
        migrations.AddField(
            model_name='retiredanchor',
            name='target',
            field=models.CharField(blank=True, db_default='', default='', max_length=20, verbose_name='now at'),
        ),
    ])
