"""The triggers that count versions, on SQLite row by row, on PostgreSQL statement by statement.

`install` follows the rules of `triggers.install`. Rows written by one statement on PostgreSQL, such as `COPY`, count as
one change there; on SQLite each row counts.
"""

from collections.abc import Iterator

from django.db.backends.base.base import BaseDatabaseWrapper

_OF_PASSAGE = "SELECT event_id FROM {passages} WHERE id = {row}.content_object_id"
_OF_SPEAKER = (
    "SELECT event_id FROM panels_panelist WHERE speaker_id = {row}.id "
    "UNION SELECT event_id FROM panels_answer WHERE speaker_id = {row}.id "
    "UNION SELECT event_id FROM panels_question WHERE asked_by_id = {row}.id"
)
_OF_TAG = (
    "SELECT content_object_id FROM panels_taggedevent WHERE tag_id = {row}.id "
    "UNION SELECT q.event_id FROM panels_taggedquestion t JOIN panels_question q ON q.id = t.content_object_id "
    "WHERE t.tag_id = {row}.id "
    "UNION SELECT a.event_id FROM panels_taggedanswer t JOIN panels_answer a ON a.id = t.content_object_id "
    "WHERE t.tag_id = {row}.id"
)

# For each table, the events whose pages show one of its rows.
_SHOWN_ON = {
    "panels_question": "SELECT {row}.event_id",
    "panels_answer": "SELECT {row}.event_id",
    "panels_panelist": "SELECT {row}.event_id",
    "panels_correction": "SELECT {row}.event_id",
    "panels_taggedevent": "SELECT {row}.content_object_id",
    "panels_taggedquestion": _OF_PASSAGE.replace("{passages}", "panels_question"),
    "panels_taggedanswer": _OF_PASSAGE.replace("{passages}", "panels_answer"),
}
# Rows shown through the rows that refer to them: adding or deleting one changes those.
_NAMED_ON = {
    "panels_event": "SELECT {row}.id",
    "panels_speaker": _OF_SPEAKER,
    "panels_tag": _OF_TAG,
}

_NOW = {"sqlite": "strftime('%Y-%m-%d %H:%M:%f', 'now')", "postgresql": "clock_timestamp()"}


def install(connection: BaseDatabaseWrapper) -> None:
    """Recreate the triggers in the connected database, and give every event without a version its first."""
    statements = _sqlite() if connection.vendor == "sqlite" else _postgresql()
    first = (
        f"INSERT INTO panels_version (event_id, number, changed_at) SELECT id, 1, {_NOW[connection.vendor]} "  # noqa: S608
        "FROM panels_event WHERE id NOT IN (SELECT event_id FROM panels_version)"
    )
    is_renamed = "panels_version" in connection.introspection.table_names()
    with connection.cursor() as cursor:
        for statement in (*statements, first):
            cursor.execute(statement if is_renamed else _before_rename(statement))


def _before_rename(statement: str) -> str:
    """The statement for a database that is not yet migrated to 0018_plain_names."""
    return statement.replace("panels_version", "panels_edition").replace("_version_", "_edition_")


def names() -> set[str]:
    """The names of all triggers that must exist."""
    counted = {f"{table}_version_{moment.lower()}" for table, moment, _events in _counted()}
    return counted | {"panels_event_version_first", "panels_event_version_last"}


def _counted() -> Iterator[tuple[str, str, str]]:
    """The table and trigger event, and the query for the affected events."""
    for table, events in _SHOWN_ON.items():
        for moment in ("INSERT", "UPDATE", "DELETE"):
            yield table, moment, events
    for table, events in _NAMED_ON.items():
        yield table, "UPDATE", events


def _count(events: str, vendor: str) -> str:
    now = _NOW[vendor]
    return f"UPDATE panels_version SET number = number + 1, changed_at = {now} WHERE event_id IN ({events});"  # noqa: S608


def _first(vendor: str) -> str:
    return f"INSERT INTO panels_version (event_id, number, changed_at) VALUES (NEW.id, 1, {_NOW[vendor]});"  # noqa: S608


_LAST = "DELETE FROM panels_version WHERE event_id = OLD.id;"


def _sqlite() -> Iterator[str]:
    def made(name: str, moment: str, table: str, body: str) -> Iterator[str]:
        yield f"DROP TRIGGER IF EXISTS {name}"
        yield f"CREATE TRIGGER {name} AFTER {moment} ON {table} FOR EACH ROW BEGIN {body} END"

    yield from made("panels_event_version_first", "INSERT", "panels_event", _first("sqlite"))
    yield from made("panels_event_version_last", "DELETE", "panels_event", _LAST)
    for table, moment, events in _counted():
        rows = {"INSERT": ["NEW"], "UPDATE": ["OLD", "NEW"], "DELETE": ["OLD"]}[moment]
        concerned = " UNION ".join(events.format(row=row) for row in rows)
        yield from made(f"{table}_version_{moment.lower()}", moment, table, _count(concerned, "sqlite"))


def _postgresql() -> Iterator[str]:
    def made(name: str, moment: str, table: str, how: str, body: str) -> Iterator[str]:
        yield (
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql "
            f"AS $$ BEGIN {body} RETURN NULL; END $$"
        )
        yield f"DROP TRIGGER IF EXISTS {name} ON {table}"
        yield f"CREATE TRIGGER {name} AFTER {moment} ON {table} {how} EXECUTE FUNCTION {name}()"

    each_row = "FOR EACH ROW"
    yield from made("panels_event_version_first", "INSERT", "panels_event", each_row, _first("postgresql"))
    yield from made("panels_event_version_last", "DELETE", "panels_event", each_row, _LAST)
    for table, moment, events in _counted():
        rows = {
            "INSERT": ["NEW TABLE AS coming"],
            "UPDATE": ["OLD TABLE AS going", "NEW TABLE AS coming"],
            "DELETE": ["OLD TABLE AS going"],
        }[moment]
        concerned = " UNION ".join(
            f"SELECT concerned.* FROM {row}, LATERAL ({events.format(row=row)}) AS concerned"  # noqa: S608
            for row in (declared.split()[-1] for declared in rows)
        )
        each_statement = f"REFERENCING {' '.join(rows)} FOR EACH STATEMENT"
        name = f"{table}_version_{moment.lower()}"
        yield from made(name, moment, table, each_statement, _count(concerned, "postgresql"))
