"""Databases of a test's own, beside the one that all tests share, on the same server."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.db import connection

ROOT = Path(__file__).resolve().parent.parent


@contextmanager
def scratch_database(folder: Path, *, template: str = "") -> Iterator[str]:
    """The DATABASE_URL of a database; SQLite's is in `folder`, PostgreSQL's is gone when the block ends.

    It is empty, or a copy of `template`, another URL of this function, to which nothing is connected.
    """
    if connection.vendor == "sqlite":
        path = folder / "scratch.sqlite3"
        if template:
            shutil.copyfile(template.removeprefix("sqlite:///"), path)
        yield f"sqlite:///{path}"
        return
    name = f"scratch_{uuid4().hex}"
    _execute_alone(f"CREATE DATABASE {name}" + (f" TEMPLATE {template.rpartition('/')[2]}" if template else ""))
    try:
        yield _url_of(name)
    finally:
        _execute_alone(f"DROP DATABASE {name} WITH (FORCE)")


def _execute_alone(statement: str) -> None:
    """Outside of the transaction in which a test runs."""
    import psycopg  # noqa: PLC0415 - there where PostgreSQL is

    with psycopg.connect(_url_of(connection.settings_dict["NAME"]), autocommit=True) as alone:
        alone.execute(statement.encode())


def _url_of(name: str) -> str:
    kept: dict[str, Any] = connection.settings_dict
    password = f":{kept['PASSWORD']}" if kept["PASSWORD"] else ""
    return f"postgres://{kept['USER']}{password}@{kept['HOST']}:{kept['PORT']}/{name}"


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a management command with these settings and no others."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=kept | environment,
        capture_output=True,
        text=True,
        check=False,
    )
