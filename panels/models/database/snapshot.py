"""Several queries that see one state of the database, whatever others write meanwhile."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper


@contextmanager
def snapshot(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Read, and only read, in one transaction that waits for no writer and keeps none waiting.

    Inside another transaction it does nothing: that one also sees what it wrote itself.
    """
    if connection.in_atomic_block:
        yield
        return
    with ExitStack() as stack:
        with _without_write_lock(connection):
            stack.enter_context(transaction.atomic(using=connection.alias))
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        try:
            yield
        finally:
            transaction.set_rollback(True, using=connection.alias)  # there is nothing to commit


@contextmanager
def _without_write_lock(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Let a transaction on SQLite begin as one that reads; by the settings it would queue among the writers."""
    connection.close_if_health_check_failed()
    connection.ensure_connection()  # sets the mode
    usual = getattr(connection, "transaction_mode", None)
    if connection.vendor == "sqlite":
        connection.transaction_mode = "DEFERRED"  # type: ignore[attr-defined]
    try:
        yield
    finally:
        if connection.vendor == "sqlite":
            connection.transaction_mode = usual  # type: ignore[attr-defined]
