"""Recognise database errors that are not bugs: a full disk, another writer, an unreachable server."""

import sqlite3
from collections.abc import Iterator
from enum import StrEnum

from django.db import Error, InterfaceError


class Outage(StrEnum):
    """A temporary condition in which the database cannot respond."""

    DISK_FULL = "the disk is full"
    READ_ONLY = "the database is read-only"
    BUSY = "the database is busy"
    UNREACHABLE = "the database cannot be reached"

    @property
    def retry_after(self) -> int:
        """The seconds to wait before trying again."""
        return 5 if self is Outage.BUSY else 60


_SQLITE = {
    sqlite3.SQLITE_FULL: Outage.DISK_FULL,
    sqlite3.SQLITE_IOERR: Outage.DISK_FULL,  # SQLite's error when it cannot create or grow the files next to a database
    sqlite3.SQLITE_READONLY: Outage.READ_ONLY,
    sqlite3.SQLITE_BUSY: Outage.BUSY,
    sqlite3.SQLITE_LOCKED: Outage.BUSY,
    sqlite3.SQLITE_CANTOPEN: Outage.UNREACHABLE,
}
_PRIMARY = 0xFF  # of SQLite's result codes; those above are more specific

# By the first characters of the SQLSTATE: https://www.postgresql.org/docs/current/errcodes-appendix.html
_POSTGRESQL = {
    "53100": Outage.DISK_FULL,
    "25006": Outage.READ_ONLY,
    "40": Outage.BUSY,  # deadlocks and serialization failures
    "55P03": Outage.BUSY,  # lock not available
    "57014": Outage.BUSY,  # cancelled, as by a statement timeout
    "53": Outage.UNREACHABLE,  # too many connections, out of memory
    "57": Outage.UNREACHABLE,  # the server is shutting down or starting
    "08": Outage.UNREACHABLE,
}


def outage_of(error: BaseException | None) -> Outage | None:
    """The outage that an error or one of its causes indicates; None for a bug."""
    return next((found for one in causes_of(error) if (found := _outage(one))), None)


def causes_of(error: BaseException | None) -> Iterator[BaseException]:
    """An error, its cause, the cause of that, and so on."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _outage(error: BaseException) -> Outage | None:
    if isinstance(error, sqlite3.Error):
        return _SQLITE.get(getattr(error, "sqlite_errorcode", 0) & _PRIMARY)
    if not isinstance(error, Error):
        return None
    cause = error.__cause__
    if isinstance(error, InterfaceError) and not isinstance(cause, sqlite3.Error):
        return Outage.UNREACHABLE  # the connection was already lost
    state = getattr(cause, "sqlstate", "")
    if state is None and type(cause).__name__ == "OperationalError":  # psycopg has no SQLSTATE without a server
        return Outage.UNREACHABLE
    return next((outage for begin, outage in _POSTGRESQL.items() if state and state.startswith(begin)), None)
