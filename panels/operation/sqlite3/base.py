"""Django's SQLite, with connections that stay open and notice when another file is put in the database's place.

A connection that stays open already has the two files (`-wal`, `-shm`) that SQLite needs for reading, so pages are
read even when the disk is full. Settings switch it on: `CONN_MAX_AGE = None` and `CONN_HEALTH_CHECKS = True`.
"""

import os
import sqlite3
import threading
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

from django.db.backends.sqlite3 import base, operations


class _File(NamedTuple):
    """What a connection was opened on. Another device or inode is another file; both stay while a file is open."""

    device: int
    inode: int
    read_only: bool  # as the disk is mounted


class DatabaseOperations(operations.DatabaseOperations):
    """Empties whole tables, also those whose triggers refuse to delete a row."""

    _TRIGGERS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'panels_auditentry'"

    def sql_flush(self, style: Any, tables: Any, *, reset_sequences: bool = False, allow_cascade: bool = False) -> Any:
        emptied = super().sql_flush(style, tables, reset_sequences=reset_sequences, allow_cascade=allow_cascade)
        if not emptied:
            return emptied
        with self.connection.cursor() as cursor:
            cursor.execute(self._TRIGGERS)
            kept = cursor.fetchall()
        return [*(f"DROP TRIGGER {name}" for name, _sql in kept), *emptied, *(sql for _name, sql in kept)]


class DatabaseWrapper(base.DatabaseWrapper):
    """`is_usable` is asked once a request."""

    ops_class = DatabaseOperations

    holds_files: ClassVar[bool] = False
    """Whether the process keeps one connection more, for its whole life: a server's threads come and go, and with the
    last connection SQLite removes the files that the next one could not make on a full disk."""
    _held: ClassVar[dict[str, tuple[_File, sqlite3.Connection]]] = {}
    _lock: ClassVar[threading.Lock] = threading.Lock()

    _file: _File | None = None

    def connect(self) -> None:
        super().connect()
        if self._file and self._file.read_only:
            self.close_at = 0.0  # with the request: while one is open that cannot write, others in the process cannot

    def get_new_connection(self, conn_params: dict[str, Any]) -> sqlite3.Connection:
        path = os.fspath(conn_params["database"])
        self._file = _file_at(path)
        if self._file and self._file.read_only and _is_whole(path):
            conn_params = conn_params | {"database": f"{Path(path).absolute().as_uri()}?mode=ro&immutable=1"}
        connection: sqlite3.Connection = super().get_new_connection(conn_params)
        self._file = self._file or _file_at(path)  # it may just have been made
        if self.holds_files and self._file and not self._file.read_only:
            self._hold(path, self._file, conn_params)
        return connection

    def is_usable(self) -> bool:
        """While the file is missing, as for a moment of a restore, the connection to the former one goes on."""
        present = _file_at(os.fspath(self.settings_dict["NAME"]))
        return present is None or self._file is None or present == self._file

    def _hold(self, path: str, opened: _File, conn_params: dict[str, Any]) -> None:
        with self._lock:
            held = self._held.get(path)
            if held and held[0] == opened:
                return
            connection: sqlite3.Connection = super().get_new_connection(conn_params)
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()  # SQLite opens its files when it reads
            self._held[path] = opened, connection
        if held:
            held[1].close()


def _file_at(path: str) -> _File | None:
    """The file at a path; None where there is none, as for a database in memory."""
    try:
        found, disk = os.stat(path), os.statvfs(path)  # noqa: PTH116 - once a request, so without objects of pathlib
    except OSError:
        return None
    return _File(found.st_dev, found.st_ino, bool(disk.f_flag & os.ST_RDONLY))


def _is_whole(path: str) -> bool:
    """Whether everything is in the file itself.

    On a read-only disk SQLite cannot make its files beside it then, and must be told that nobody changes it. Where a
    `-wal` file holds more, SQLite reads that too, with the `-shm` file that is there as well.
    """
    try:
        return not os.stat(f"{path}-wal").st_size  # noqa: PTH116 - as above
    except OSError:
        return True
