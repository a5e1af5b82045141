"""The search index is made anew: words that are written in another way, or with marks that nobody types, are found."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from panels.models.database import search_index


def _make_anew(_apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    search_index.install(schema_editor.connection)
    search_index.rebuild(schema_editor.connection)


class Migration(migrations.Migration):

    dependencies = [
        ('panels', '0027_session_wording'),
    ]

    operations = [
        migrations.RunPython(_make_anew, migrations.RunPython.noop, elidable=False),
    ]
