"""The site version: a number that changes with everything that readers can see."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from panels.models.database import site_version


def _create(_apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    site_version.create(schema_editor.connection)


def _remove(_apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    site_version.remove(schema_editor.connection)


class Migration(migrations.Migration):

    dependencies = [
        ('panels', '0020_session_labels'),
    ]

    operations = [
        migrations.RunPython(_create, _remove, elidable=False),
    ]
