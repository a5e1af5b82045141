"""The search index, filled with what is published."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from panels.models.database import search_index


def _fill(_apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    search_index.install(schema_editor.connection)
    search_index.rebuild(schema_editor.connection)


class Migration(migrations.Migration):

    dependencies = [
        ('panels', '0012_revision_indexes'),
    ]

    operations = [
        migrations.RunPython(
            _fill, lambda _apps, schema_editor: search_index.remove(schema_editor.connection), elidable=False
        ),
    ]
