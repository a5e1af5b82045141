"""On PostgreSQL neighbouring words as 64 bits, which are never mistaken for others: phrases of two are found by them."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from panels.models.database import search_index


_IS_MADE = """
    SELECT FROM pg_attribute
    WHERE attrelid = 'panels_search'::regclass AND attname = 'pairs' AND atttypid = 'bigint[]'::regtype
"""


def _make_anew(_apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor != "postgresql":
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(_IS_MADE)
        is_made = cursor.fetchone() is not None
    if not is_made:
        search_index.remove(schema_editor.connection)
        search_index.install(schema_editor.connection)
        search_index.rebuild(schema_editor.connection)


class Migration(migrations.Migration):

    dependencies = [
        ('panels', '0013_search'),
    ]

    operations = [
        migrations.RunPython(_make_anew, migrations.RunPython.noop, elidable=False),
    ]
