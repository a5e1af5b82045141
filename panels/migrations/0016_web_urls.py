"""Where a source and a recording are found: addresses of http and https only.

What stands there otherwise is moved to the end of the note on the source, so that no word is lost. A migration
backwards lets other addresses in again and leaves the notes as they are.
"""

from django.db import migrations, models
from django.db.models import Q

import panels.models.validators
from panels.models.database import version_triggers, search_index, triggers

FIELDS = {"source_url": "Source", "recording_url": "Recording"}


def remove(apps, schema_editor):
    triggers.remove(schema_editor.connection)


def install(apps, schema_editor):
    triggers.install(schema_editor.connection)
    version_triggers.install(schema_editor.connection)
    search_index.install(schema_editor.connection)


def _is_web(field):
    return (
        Q((f"{field}", ""))
        | Q((f"{field}__istartswith", "http://"))
        | Q((f"{field}__istartswith", "https://"))
    )


def move_others(apps, schema_editor):
    """The triggers are still there: whoever has such an event open is told that it was changed."""
    events = apps.get_model("panels", "Event").objects.using(schema_editor.connection.alias)
    for field, label in FIELDS.items():
        for pk, url, note in list(events.exclude(_is_web(field)).values_list("pk", field, "source_note")):
            moved = f"{note}\n\n{label}: {url}" if note else f"{label}: {url}"
            events.filter(pk=pk).update(**{field: "", "source_note": moved})


class Migration(migrations.Migration):

    dependencies = [
        ('panels', '0015_row_revision'),
    ]

    operations = [
        migrations.RunPython(move_others, migrations.RunPython.noop),
        migrations.RunPython(remove, install),
        migrations.AlterField(
            model_name='event',
            name='source_url',
            field=models.URLField(blank=True, max_length=500, validators=[panels.models.validators.validate_web_url], verbose_name="source's address"),
        ),
        migrations.AlterField(
            model_name='event',
            name='recording_url',
            field=models.URLField(blank=True, max_length=500, validators=[panels.models.validators.validate_web_url], verbose_name='recording'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(('source_url', ''), ('source_url__istartswith', 'http://'), ('source_url__istartswith', 'https://'), _connector='OR'), name='event_source_url_is_web', violation_error_message='Enter an address that starts with http:// or https://.'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(('recording_url', ''), ('recording_url__istartswith', 'http://'), ('recording_url__istartswith', 'https://'), _connector='OR'), name='event_recording_url_is_web', violation_error_message='Enter an address that starts with http:// or https://.'),
        ),
        migrations.RunPython(install, remove),
    ]
