"""Run several queries on one state of the database, whatever others write meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction

_is_open = ContextVar("is_open", default=False)


@contextmanager
def snapshot() -> Iterator[None]:
    """Run the block on one state of the database. It must not write.

    Inside a transaction that is already open, that transaction's isolation applies.
    """
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            with _opened():
                yield
    else:
        with _sqlite_reading(), _opened():
            yield


def in_snapshot() -> bool:
    """Whether everything that is read now is committed and of one state: not in a transaction that can write."""
    return _is_open.get()


@contextmanager
def _opened() -> Iterator[None]:
    token = _is_open.set(True)
    try:
        yield
    finally:
        _is_open.reset(token)


@contextmanager
def _sqlite_reading() -> Iterator[None]:
    """A transaction without a write lock: readers must not wait for a save, nor a save for readers."""
    database: Any = connections[DEFAULT_DB_ALIAS]  # which has transaction modes only on SQLite
    database.close_if_health_check_failed()  # a new connection would return to the usual mode
    database.ensure_connection()
    mode = database.transaction_mode
    database.transaction_mode = "DEFERRED"
    try:
        with transaction.atomic():
            database.transaction_mode = mode
            with database.cursor() as cursor:
                cursor.execute("PRAGMA query_only = ON")
                try:
                    yield
                finally:
                    cursor.execute("PRAGMA query_only = OFF")
    finally:
        database.transaction_mode = mode
