"""Connections to SQLite stay open, and notice when another file is in the database's place."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError
from django.db.utils import ConnectionHandler

from panels.operation.sqlite3.base import DatabaseWrapper

pytestmark = pytest.mark.django_db  # which lets a test connect

OPTIONS = {"init_command": "PRAGMA journal_mode=WAL;", "transaction_mode": "IMMEDIATE"}


def database_at(path: Path) -> Any:
    settings = {"ENGINE": "panels.operation.sqlite3", "NAME": path, "OPTIONS": OPTIONS}
    return ConnectionHandler({"default": settings | {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True}})["default"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "panels.sqlite3"
    write(made, "before")
    return made


@pytest.fixture
def database(path: Path) -> Iterator[Any]:
    database = database_at(path)
    yield database
    database.close()


def write(path: Path, word: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE words (word)")
        connection.execute("INSERT INTO words VALUES (?)", [word])


def word_in(database: Any) -> str:
    """What the next request reads."""
    database.close_if_unusable_or_obsolete()
    with database.cursor() as cursor:
        cursor.execute("SELECT word FROM words")
        word: str = cursor.fetchone()[0]
    database.close_if_unusable_or_obsolete()
    return word


def test_a_connection_stays_open_from_request_to_request(database: Any) -> None:
    word_in(database)
    first = database.connection

    word_in(database)

    assert first is not None
    assert database.connection is first


def test_a_file_put_in_the_place_of_the_database_is_served_from_the_next_request_on(path: Path, database: Any) -> None:
    assert word_in(database) == "before"
    write(path.with_name("backup"), "restored")

    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink()
    path.with_name("backup").replace(path)

    assert word_in(database) == "restored"


def test_a_backup_restored_by_sqlite_is_served_at_once(path: Path, database: Any) -> None:
    assert word_in(database) == "before"
    write(path.with_name("backup"), "restored")

    with closing(sqlite3.connect(path.with_name("backup"))) as backup, closing(sqlite3.connect(path)) as live:
        backup.backup(live)

    assert word_in(database) == "restored"


def test_a_file_that_is_missing_for_a_moment_is_not_made_anew(path: Path, database: Any) -> None:
    assert word_in(database) == "before"
    aside = path.rename(path.with_name("aside"))

    assert word_in(database) == "before"
    assert not path.exists()

    shutil.copy(aside, path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE words SET word = 'after'")
        connection.commit()
    assert word_in(database) == "after"


def test_a_request_sees_one_file_to_its_end(path: Path, database: Any) -> None:
    word_in(database)
    with database.cursor() as cursor:
        write(path.with_name("backup"), "restored")
        path.with_name("backup").replace(path)
        cursor.execute("SELECT word FROM words")

        assert cursor.fetchone()[0] == "before"


def test_a_connection_left_in_a_transaction_is_closed_with_the_request(database: Any) -> None:
    word_in(database)
    database.set_autocommit(False)
    database.close_if_unusable_or_obsolete()

    assert database.connection is None
    assert word_in(database) == "before"


def test_a_server_holds_the_files_without_which_nobody_reads_on_a_full_disk(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held: dict[str, Any] = {}
    monkeypatch.setattr(DatabaseWrapper, "holds_files", True)
    monkeypatch.setattr(DatabaseWrapper, "_held", held)
    database = database_at(path)

    word_in(database)
    database.close()
    assert path.with_name("panels.sqlite3-wal").exists()
    assert path.with_name("panels.sqlite3-shm").exists()

    write(path.with_name("backup"), "restored")
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink()
    path.with_name("backup").replace(path)
    assert word_in(database) == "restored"
    [(file, connection)] = held.values()
    assert file.inode == path.stat().st_ino
    connection.close()
    database.close()


def test_a_database_in_memory_works_too(tmp_path: Path) -> None:
    database = database_at(Path(":memory:"))
    with database.cursor() as cursor:
        cursor.execute("CREATE TABLE words (word)")
        cursor.execute("INSERT INTO words VALUES ('kept')")

    assert word_in(database) == "kept"
    assert not os.path.lexists(":memory:")


def test_a_folder_that_is_missing_is_an_error_of_the_database(tmp_path: Path) -> None:
    with pytest.raises(OperationalError, match="unable to open"):
        database_at(tmp_path / "none" / "panels.sqlite3").ensure_connection()
