"""The site version: one number that changes in every transaction that changes what readers can see.

A cached page carries the version that it was made from, and is fresh while that is the current version. Triggers raise
the version however a row is written: on `panels_version`, for everything that raises the version of an event, and on
the other tables that pages read.

A version is the time of the change in microseconds, or one more than the last. So a number never stands for two
states, even after a backup was restored.

SQLite has one writer at a time, and one row. On PostgreSQL a transaction takes the first row (slot) that no other
transaction holds, and adds one if there is none, so writers do not wait for each other. The version of a snapshot is
the numbers of all slots. A sequence would not do: it is not transactional, and a reader could get the new number with
the old text.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper

# Other tables than those that count versions of events, see `version_triggers`.
TABLES = (
    "panels_version",
    "panels_formereventslug",
    "panels_formerspeakerslug",
    "panels_formertagslug",
    "panels_formerwording",
    "panels_sharedspeakerslug",
    "panels_retiredanchor",
)
# `TRUNCATE` fires no other trigger, so on PostgreSQL each table has one for it.
TRUNCATED = (
    *TABLES,
    "panels_event",
    "panels_question",
    "panels_answer",
    "panels_panelist",
    "panels_speaker",
    "panels_tag",
    "panels_taggedevent",
    "panels_taggedquestion",
    "panels_taggedanswer",
    "panels_correction",
)
_MOMENTS = ("INSERT", "UPDATE", "DELETE")
_FUNCTION = "panels_site_changed"

_CREATE = {
    "sqlite": "CREATE TABLE IF NOT EXISTS panels_siteversion (slot integer PRIMARY KEY, number bigint NOT NULL)",
    # Small and often updated: with free space in its only block, an update needs no new index entry.
    "postgresql": "CREATE TABLE IF NOT EXISTS panels_siteversion "
    "(slot integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, number bigint NOT NULL) WITH (fillfactor = 20)",
}
_CLOCK = {
    "sqlite": "CAST((julianday('now') - 2440587.5) * 86400000000 AS integer)",
    "postgresql": "(extract(epoch FROM clock_timestamp()) * 1000000)::bigint",
}
_RAISE_ON_SQLITE = (
    f"INSERT INTO panels_siteversion (slot, number) VALUES (1, {_CLOCK['sqlite']}) "  # noqa: S608 - parts of the program
    "ON CONFLICT (slot) DO UPDATE SET number = max(number + 1, excluded.number);"
)
# Once per transaction is enough. The marker is local to it, and is rolled back with a savepoint as the number is.
_RAISE_ON_POSTGRESQL = f"""
    IF current_setting('panels.site_changed_by', true) IS DISTINCT FROM pg_current_xact_id()::text THEN
        UPDATE panels_siteversion SET number = greatest(number + 1, {_CLOCK["postgresql"]})
            WHERE slot = (SELECT slot FROM panels_siteversion ORDER BY slot LIMIT 1 FOR UPDATE SKIP LOCKED);
        IF NOT FOUND THEN
            INSERT INTO panels_siteversion (number) VALUES ({_CLOCK["postgresql"]});
        END IF;
        PERFORM set_config('panels.site_changed_by', pg_current_xact_id()::text, true);
    END IF;
    RETURN NULL;
"""  # noqa: S608 - parts of the program
_IS_DUE = "EXISTS (SELECT 1 FROM panels_schedule WHERE publish_at <= %s)"
_READ = {
    "sqlite": f"SELECT (SELECT number FROM panels_siteversion WHERE slot = 1), {_IS_DUE}".replace("%s", "?"),  # noqa: S608
    "postgresql": f"SELECT (SELECT string_agg(number::text, '.' ORDER BY slot) FROM panels_siteversion), {_IS_DUE}",  # noqa: S608
}


@dataclass(frozen=True, slots=True)
class SiteState:
    """The state of the site in a snapshot: its version, and whether a scheduled event is overdue."""

    version: str
    is_due: bool


def read(connection: BaseDatabaseWrapper) -> SiteState | None:
    """The state of the site, in one query; None without a version, when no page can be cached."""
    connection.ensure_connection()
    with connection.wrap_database_errors:
        return read_raw(connection)


def read_raw(connection: BaseDatabaseWrapper) -> SiteState | None:
    """The same over an open connection. Raises the database driver's errors.

    Every request runs this, so it bypasses Django's cursors, which take five times as long.
    """
    now = dt.datetime.now(dt.UTC)
    at = now.replace(tzinfo=None).isoformat(" ") if connection.vendor == "sqlite" else now  # as Django stores it
    number, is_due = connection.connection.execute(_READ[connection.vendor], (at,)).fetchone()
    return None if number is None else SiteState(str(number), bool(is_due))


def create(connection: BaseDatabaseWrapper) -> None:
    """Create the table and its triggers, with a first number."""
    _execute(connection, [_CREATE[connection.vendor]])
    install(connection)
    first = f"INSERT INTO panels_siteversion (number) VALUES ({_CLOCK[connection.vendor]})"  # noqa: S608 - as above
    _execute(connection, [first])


def remove(connection: BaseDatabaseWrapper) -> None:
    """Drop the table and its triggers."""
    if connection.vendor == "sqlite":
        drops = [f"DROP TRIGGER IF EXISTS {name}" for name in sorted(names("sqlite"))]
    else:
        drops = [f"DROP FUNCTION IF EXISTS {_FUNCTION}() CASCADE"]
    _execute(connection, [*drops, "DROP TABLE IF EXISTS panels_siteversion"])


def install(connection: BaseDatabaseWrapper) -> None:
    """Recreate the triggers of the tables that exist; before the migration that creates the version, do nothing."""
    tables = connection.introspection.table_names()
    if "panels_siteversion" in tables:
        _execute(connection, _sqlite(tables) if connection.vendor == "sqlite" else _postgresql(tables))


def names(vendor: str) -> set[str]:
    """The names of all triggers that must exist."""
    return {name for name, _moment, _table in _triggers(vendor)}


def _triggers(vendor: str) -> Iterator[tuple[str, str, str]]:
    """The name, event and table of each trigger."""
    for table in TABLES:
        for moment in _MOMENTS:
            yield f"{table}_site_{moment.lower()}", moment, table
    for table in TRUNCATED if vendor == "postgresql" else ():
        yield f"{table}_site_truncate", "TRUNCATE", table


def _sqlite(tables: Collection[str]) -> Iterator[str]:
    for name, moment, table in _triggers("sqlite"):
        if table not in tables:
            continue
        yield f"DROP TRIGGER IF EXISTS {name}"
        yield f"CREATE TRIGGER {name} AFTER {moment} ON {table} FOR EACH ROW BEGIN {_RAISE_ON_SQLITE} END"


def _postgresql(tables: Collection[str]) -> Iterator[str]:
    yield (
        f"CREATE OR REPLACE FUNCTION {_FUNCTION}() RETURNS trigger LANGUAGE plpgsql "
        f"AS $$ BEGIN {_RAISE_ON_POSTGRESQL} END $$"
    )
    for name, moment, table in _triggers("postgresql"):
        if table not in tables:
            continue
        yield f"DROP TRIGGER IF EXISTS {name} ON {table}"
        yield f"CREATE TRIGGER {name} AFTER {moment} ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {_FUNCTION}()"


def _execute(connection: BaseDatabaseWrapper, statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
