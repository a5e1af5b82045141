"""Copies of PostgreSQL databases, by its own programs pg_dump and pg_restore."""

import os
import shutil
import subprocess
from pathlib import Path

from django.db import connection

from panels.management.backup import manifest
from panels.management.backup.errors import BackupError
from panels.models.database.snapshot import snapshot

MEMBER = "panels.pgdump"
_PACKAGED = "/usr/lib/postgresql/*/bin"  # where Debian keeps every version


def copy_out(place: Path) -> tuple[list[list[str]], dict[str, int]]:
    """Dump the database to a file while others read and write; the migrations and counts of the same moment."""
    place.touch(mode=0o600)
    with snapshot(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_export_snapshot()")
        exported = cursor.fetchone()[0]
        _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={exported}", f"--file={place}")
        return manifest.migrations_in(cursor), manifest.counts_in(cursor, manifest.tables())


def copy_in(place: Path) -> None:
    """Load a dump into the empty database, in one transaction."""
    name = str(connection.settings_dict["NAME"])
    options = ("--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges", f"--dbname={name}")
    _run("pg_restore", *options, str(place))


def _run(program: str, *arguments: str) -> None:
    environment = os.environ | _connection_variables()
    done = subprocess.run(  # noqa: S603 - our own arguments, no shell
        [_find(program), "--no-password", *arguments], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        reason = done.stderr.strip().splitlines() or ["no reason given"]
        raise BackupError(f"{program} failed: {reason[-1]}")


def _connection_variables() -> dict[str, str]:
    """As libpq reads them: a password in the arguments would be seen in the list of processes."""
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    found = {name: str(connection.settings_dict[key]) for name, key in names.items() if connection.settings_dict[key]}
    options = connection.settings_dict.get("OPTIONS", {})
    passed_on = {"PGSSLMODE": "sslmode", "PGSSLROOTCERT": "sslrootcert", "PGSERVICE": "service"}
    return found | {name: str(options[key]) for name, key in passed_on.items() if key in options}


def _find(program: str) -> str:
    """The newest of the machine, which reads every older server. Raises `BackupError` where there is none."""
    packaged = [path / program for path in Path("/").glob(_PACKAGED.lstrip("/")) if (path / program).exists()]
    newest = max(packaged, key=lambda path: int(path.parent.parent.name), default=None)
    found = str(newest) if newest else shutil.which(program)
    if found is None:
        raise BackupError(f"{program} is not installed. Install PostgreSQL's client programs (postgresql-client).")
    return found
