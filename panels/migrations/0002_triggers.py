"""Rules that need a trigger."""

from django.db import migrations

from panels.models.database.triggers import install


class Migration(migrations.Migration):
    dependencies = [("panels", "0001_initial")]

    operations = [
        migrations.RunPython(
            lambda apps, schema_editor: install(schema_editor.connection), migrations.RunPython.noop, elidable=False
        )
    ]
