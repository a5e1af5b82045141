"""Django's `makemigrations`, which removes all triggers while a migration runs and installs them again after it."""

from typing import Any

from django.core.management.commands import makemigrations

from panels.models.database.migration_operations import without_triggers


class Command(makemigrations.Command):
    def write_migration_files(self, changes: dict[str, Any], *args: Any, **kwargs: Any) -> None:
        for migration in changes.get("panels", []):
            if migration.operations:  # `--empty` is for changes of rows, which the triggers must see
                migration.operations = without_triggers(migration.operations)
        super().write_migration_files(changes, *args, **kwargs)
