"""Restore a backup."""

import tempfile
from pathlib import Path

from django.db import connection

from panels.management.backup import archive, manifest, postgresql, sqlite
from panels.management.backup.errors import BackupError
from panels.management.backup.manifest import Manifest

_NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def restore(path: Path) -> Manifest:
    """Restore a backup into an empty database. Raises `BackupError`, and changes nothing, if it cannot be used."""
    archive.check(path)
    taken = manifest.read(path)
    _check_fit(path, taken)
    database = sqlite if connection.vendor == "sqlite" else postgresql
    try:
        with tempfile.TemporaryDirectory(prefix="panels-restore-") as folder:
            copy = Path(folder) / database.MEMBER
            archive.extract(path, taken.member, copy)
            if archive.digest_of(copy) != taken.sha256:
                raise BackupError(f"{path} is damaged: the database in it is not the one that was copied.")
            database.copy_in(copy)
    except OSError as error:
        raise BackupError(f"{path} could not be unpacked: {error.strerror}.") from error
    _check_counts(taken)
    return taken


def _check_fit(path: Path, taken: Manifest) -> None:
    if taken.engine != connection.vendor:
        theirs, ours = _NAMES.get(taken.engine, taken.engine), _NAMES[connection.vendor]
        raise BackupError(
            f"{path} is of a {theirs} database, but DATABASE_URL names {ours}. Restore it into {theirs}, or move the "
            "published sessions with export_sessions --lines and import_sessions."
        )
    if unknown := manifest.unknown_migrations(taken.migrations):
        raise BackupError(f"{path} was made by a later version of Panels ({unknown[-1]}). Install that version first.")
    if connection.introspection.table_names():
        raise BackupError("The database is not empty. Create an empty one, and name it in DATABASE_URL.")


def _check_counts(taken: Manifest) -> None:
    with connection.cursor() as cursor:
        found = manifest.counts_in(cursor, list(taken.counts))
    if wrong := [name for name, count in taken.counts.items() if found[name] != count]:
        raise BackupError(f"The restored database has other numbers of rows than the backup in {', '.join(wrong)}.")
