"""The words of a session that the home page shows."""

from django.db import migrations, models

from panels.models.database.migration_operations import without_triggers


class Migration(migrations.Migration):

    dependencies = [
        ('panels', '0028_search_folds'),
    ]

    operations = without_triggers([
        migrations.AddField(
            model_name='event',
            name='pull_quote',
            field=models.CharField(blank=True, db_default='', default='', help_text='A sentence from a question or an answer, word for word. The home page shows it with its speaker when this session leads.', max_length=400, verbose_name='pull quote'),
        ),
    ])
