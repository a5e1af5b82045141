"""Copies of SQLite databases, by its online backup: https://www.sqlite.org/backup.html."""

import sqlite3
from contextlib import closing
from pathlib import Path

from django.db import connection

from panels.management.backup import manifest
from panels.management.backup.errors import BackupError

MEMBER = "panels.sqlite3"


def copy_out(place: Path) -> tuple[list[list[str]], dict[str, int]]:
    """Copy the database to a file while others read and write; the migrations and counts of the copy."""
    connection.ensure_connection()
    place.touch(mode=0o600)
    with closing(sqlite3.connect(place)) as copy:
        connection.connection.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # all in one file
        _check_integrity(copy)
        cursor: object = copy.cursor()
        return manifest.migrations_in(cursor), manifest.counts_in(cursor, manifest.tables())  # type: ignore[arg-type]


def copy_in(place: Path) -> None:
    """Copy a file into the empty database: all of it, or nothing when the process is killed."""
    target = Path(str(connection.settings_dict["NAME"]))
    connection.close()
    with closing(sqlite3.connect(place)) as copy, closing(sqlite3.connect(target)) as restored:
        _check_integrity(copy)
        copy.backup(restored)


def _check_integrity(database: sqlite3.Connection) -> None:
    [answer] = database.execute("PRAGMA integrity_check").fetchone()
    if answer != "ok":
        raise BackupError(f"SQLite finds the database damaged: {answer}.")
