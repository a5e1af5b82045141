"""Triggers that refuse to change or delete an entry of the audit log, whatever way it is tried.

Emptying the whole database, as `flush` does, is no change of an entry: on SQLite
`panels.operation.sqlite3` drops the triggers for it, and on PostgreSQL `TRUNCATE` fires none.
"""

from collections.abc import Iterator

from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "panels_auditentry"
_MOMENTS = ("UPDATE", "DELETE")
_FUNCTION = "panels_auditentry_keep"
_MESSAGE = "entries of the audit log are neither changed nor deleted"


def install(connection: BaseDatabaseWrapper) -> None:
    """Recreate the triggers; before the migration that creates the table, do nothing."""
    if TABLE not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        for statement in _statements(connection.vendor):
            cursor.execute(statement)


def names() -> set[str]:
    """The names of all triggers that must exist."""
    return {_name(moment) for moment in _MOMENTS}


def _statements(vendor: str) -> Iterator[str]:
    if vendor == "sqlite":
        for moment in _MOMENTS:
            yield f"DROP TRIGGER IF EXISTS {_name(moment)}"
            yield (
                f"CREATE TRIGGER {_name(moment)} BEFORE {moment} ON {TABLE} FOR EACH ROW "
                f"BEGIN SELECT RAISE(ABORT, '{_MESSAGE}'); END"
            )
        return
    yield (
        f"CREATE OR REPLACE FUNCTION {_FUNCTION}() RETURNS trigger LANGUAGE plpgsql "
        f"AS $$ BEGIN RAISE EXCEPTION '{_MESSAGE}' USING ERRCODE = 'restrict_violation'; END $$"
    )
    for moment in _MOMENTS:
        yield f"DROP TRIGGER IF EXISTS {_name(moment)} ON {TABLE}"
        yield (f"CREATE TRIGGER {_name(moment)} BEFORE {moment} ON {TABLE} FOR EACH ROW EXECUTE FUNCTION {_FUNCTION}()")


def _name(moment: str) -> str:
    return f"{TABLE}_keep_{moment.lower()}"
