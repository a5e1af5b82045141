"""The manifest of a backup: what it contains."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from django.apps import apps
from django.db.backends.utils import CursorWrapper
from django.db.migrations.loader import MigrationLoader

from panels.management.backup import archive
from panels.management.backup.errors import BackupError

NAME = "manifest.json"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Manifest:
    """`migrations` are those applied, `counts` the rows of each table, `sha256` of the copied database."""

    made_at: str
    engine: str
    member: str
    sha256: str
    migrations: list[list[str]]
    counts: dict[str, int]
    format: int = FORMAT

    def written(self) -> bytes:
        return json.dumps(asdict(self), indent=2, sort_keys=True).encode()


def read(path: Path) -> Manifest:
    """Of a checked archive. Raises `BackupError` for one of a later Panels."""
    try:
        written = json.loads(archive.read(path, NAME))
        if written["format"] != FORMAT:
            raise BackupError(f"{path} was made by a later version of Panels. Install that version, then restore it.")
        return Manifest(**written)
    except (KeyError, TypeError, ValueError) as error:
        raise BackupError(f"{path} is not a backup made by Panels.") from error


def tables() -> list[str]:
    """All tables that hold rows of the site; the search index is made of them."""
    models = apps.get_models(include_auto_created=True)
    return sorted({"django_migrations"} | {model._meta.db_table for model in models if model._meta.managed})


def migrations_in(cursor: CursorWrapper) -> list[list[str]]:
    cursor.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
    return [list(row) for row in cursor.fetchall()]


def unknown_migrations(applied: list[list[str]]) -> list[str]:
    """Those of a database that this Panels does not have."""
    known = MigrationLoader(None).disk_migrations
    return [f"{app}.{name}" for app, name in applied if app == "panels" and (app, name) not in known]


def counts_in(cursor: CursorWrapper, names: list[str]) -> dict[str, int]:
    counts = {}
    for name in names:
        cursor.execute(f'SELECT count(*) FROM "{name}"')  # noqa: S608 - names of our own tables, or of a sealed backup
        counts[name] = cursor.fetchone()[0]
    return counts
