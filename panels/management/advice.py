"""Advice for operators at a terminal about database errors."""

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from panels.web.monitoring.outages import outage_of


def advice_on(error: Exception) -> str | None:
    """A sentence of advice; None if the error is a bug, for which a traceback is more useful."""
    outage = outage_of(error)
    if outage is not None:
        return f"{outage[0].upper()}{outage[1:]}: {str(error).partition(chr(10))[0]}"
    if _lacks_migrations():
        return "The database is not set up, or an older version set it up. Run: python manage.py migrate"
    return None


def _lacks_migrations() -> bool:
    """Whether the database has not all the tables and columns of this version."""
    try:
        executor = MigrationExecutor(connection)
        return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except DatabaseError:
        return False
