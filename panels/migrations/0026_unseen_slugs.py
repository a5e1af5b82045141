"""Slugs that readers never saw are free again: former ones of events that were never published, and those in trash."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from panels.models.database import triggers


def install_triggers(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    triggers.install(schema_editor.connection)


def free_slugs(apps: StateApps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("panels", "FormerEventSlug").objects.filter(target__published_at=None).delete()
    events = apps.get_model("panels", "Event").objects
    for event in events.filter(status="binned", published_at=None).only("slug"):
        events.filter(pk=event.pk).update(slug=f"trash-{event.pk}-{event.slug}"[:100].rstrip("-"))


class Migration(migrations.Migration):

    dependencies = [
        ('panels', '0025_speaker_splits'),
    ]

    operations = [
        migrations.RunPython(install_triggers, install_triggers, elidable=False),
        migrations.RunPython(free_slugs, migrations.RunPython.noop, elidable=True),
    ]
