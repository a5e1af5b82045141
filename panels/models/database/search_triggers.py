"""The triggers that maintain the search index, on SQLite row by row, on PostgreSQL statement by statement.

When a row of these tables is written, the affected passages are removed from the index and the published ones are added
again. Drafts have no rows, and only cost a look at their event: on SQLite before anything else, since a trigger that
only opens the index costs as much as the row that was written.
"""

from collections.abc import Iterator
from typing import NamedTuple

from panels.models.database.search_rows import KINDS, Vendor, add, key, keys, keys_of_whole_event, take

# The passages that a row is part of: queries for their primary keys, by kind. {row} is the written row.
_ANSWER = {"answer": "SELECT {row}.id"}
_QUESTION = {"question": "SELECT {row}.id"}
_EVENT = {"event": "SELECT {row}.id"}
_PANEL = {"event": "SELECT {row}.event_id"}
_TAGGED_ANSWER = {"answer": "SELECT {row}.content_object_id"}
_TAGGED_QUESTION = {
    "question": "SELECT {row}.content_object_id",
    "answer": "SELECT id FROM panels_answer WHERE question_id = {row}.content_object_id",
}
_SPEAKER = {
    "answer": "SELECT id FROM panels_answer WHERE speaker_id = {row}.id",
    "question": "SELECT id FROM panels_question WHERE asked_by_id = {row}.id",
    "event": "SELECT event_id FROM panels_panelist WHERE speaker_id = {row}.id",
}

# The events whose status decides whether a row is public: a query's condition to find them.
_OF_EVENT = "id = {row}.event_id"
_PUBLISHED = {
    "panels_answer": _OF_EVENT,
    "panels_question": _OF_EVENT,
    "panels_panelist": _OF_EVENT,
    "panels_taggedevent": "id = {row}.content_object_id",
    "panels_taggedquestion": "id = (SELECT event_id FROM panels_question WHERE id = {row}.content_object_id)",
    "panels_taggedanswer": "id = (SELECT event_id FROM panels_answer WHERE id = {row}.content_object_id)",
}


def _whole(event: str) -> dict[str, str]:
    return {
        "answer": f"SELECT id FROM panels_answer WHERE event_id = {{row}}.{event}",
        "question": f"SELECT id FROM panels_question WHERE event_id = {{row}}.{event}",
        "event": f"SELECT {{row}}.{event}",
    }


class Moment(NamedTuple):
    """When to index which passages again; `columns` limits this to changes of these."""

    table: str
    name: str
    moment: str
    passages: dict[str, str]
    columns: tuple[str, ...] = ()

    @property
    def trigger(self) -> str:
        return f"{self.table}_search_{self.name}"


def moments() -> Iterator[Moment]:
    for table, passages, columns in (
        ("panels_answer", _ANSWER, ("text", "speaker_id", "question_id", "event_id")),
        ("panels_question", _QUESTION, ("text", "asked_by_id", "event_id")),
        ("panels_panelist", _PANEL, ("speaker_id", "event_id", "position")),
        ("panels_taggedevent", _whole("content_object_id"), ("tag_id", "content_object_id")),
        ("panels_taggedquestion", _TAGGED_QUESTION, ("tag_id", "content_object_id")),
        ("panels_taggedanswer", _TAGGED_ANSWER, ("tag_id", "content_object_id")),
    ):
        for moment in ("INSERT", "DELETE"):
            yield Moment(table, moment.lower(), moment, passages)
        yield Moment(table, "update", "UPDATE", passages, columns)
    yield Moment("panels_event", "insert", "INSERT", _EVENT)
    yield Moment("panels_event", "delete", "DELETE", _whole("id"))
    yield Moment("panels_event", "words", "UPDATE", _EVENT, ("title", "programme", "introduction"))
    yield Moment("panels_event", "state", "UPDATE", _whole("id"), ("status", "date", "language"))
    yield Moment("panels_speaker", "update", "UPDATE", _SPEAKER, ("name", "original_name"))


def names() -> set[str]:
    """The names of all triggers that must exist."""
    return {moment.trigger for moment in moments()}


def _taken(moment: Moment, vendor: Vendor) -> Iterator[str]:
    """Queries for the keys of the index rows that a written row outdates."""
    own = {"panels_answer": "answer", "panels_question": "question"}.get(moment.table)
    if own:  # it may be deleted already
        made = key(vendor, own, passage="{row}.id")
        yield f"SELECT {made} FROM panels_event e WHERE e.id = {{row}}.event_id AND e.status = 'published'"
    elif moment.table == "panels_event" and len(moment.passages) == len(KINDS):  # and its day and status may be, too
        yield keys_of_whole_event(vendor, "{row}")
    else:
        for kind, passages in moment.passages.items():
            yield keys(vendor, kind, passages)


_ROWS = {"INSERT": ["NEW"], "UPDATE": ["OLD", "NEW"], "DELETE": ["OLD"]}


def _sqlite_when(moment: Moment) -> str:
    """The condition of a trigger: an indexed value has changed, and the row is public before or after."""
    rows = _ROWS[moment.moment]
    changed = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in moment.columns)
    if moment.table == "panels_event":
        seen = " OR ".join(f"{row}.status = 'published'" for row in rows)
    elif moment.table in _PUBLISHED:
        events = " OR ".join(_PUBLISHED[moment.table].format(row=row) for row in rows)
        seen = f"EXISTS (SELECT 1 FROM panels_event WHERE ({events}) AND status = 'published')"
    else:
        seen = ""
    conditions = " AND ".join(f"({condition})" for condition in (changed, seen) if condition)
    return f"WHEN {conditions} " if conditions else ""


def _sqlite_body(moment: Moment) -> Iterator[str]:
    rows = _ROWS[moment.moment]
    for row in rows:
        for some in _taken(moment, "sqlite"):
            yield take("sqlite", some.format(row=row))
    # The related rows of a deleted row still exist.
    yield add("sqlite", {kind: some.format(row=rows[-1]) for kind, some in moment.passages.items()})


def sqlite() -> Iterator[str]:
    """Statements that recreate the triggers."""
    for moment in moments():
        yield f"DROP TRIGGER IF EXISTS {moment.trigger}"
        yield (
            f"CREATE TRIGGER {moment.trigger} AFTER {moment.moment} ON {moment.table} FOR EACH ROW "
            f"{_sqlite_when(moment)}BEGIN {' '.join(_sqlite_body(moment))} END"
        )


_DECLARED = {"going": "OLD TABLE AS going", "coming": "NEW TABLE AS coming"}


def _written(moment: Moment, rows: str) -> str:
    """The rows of a transition table, or those in which one of the columns was changed."""
    if not moment.columns:
        return rows
    other = {"going": "coming", "coming": "going"}[rows]
    mine, others = (", ".join(f"{table}.{name}" for name in ("id", *moment.columns)) for table in (rows, other))
    changed = f"ROW({mine}) IS DISTINCT FROM ROW({others})"
    return f"(SELECT {rows}.* FROM {rows} LEFT JOIN {other} ON {other}.id = {rows}.id WHERE {changed})"


def _of_written(moment: Moment, rows: str, query: str) -> str:
    lateral = query.format(row="written")
    return f"SELECT found.* FROM {_written(moment, rows)} AS written, LATERAL ({lateral}) AS found"


def _postgresql_body(moment: Moment, tables: list[str]) -> Iterator[str]:
    for rows in tables:
        for some in _taken(moment, "postgresql"):
            yield take("postgresql", _of_written(moment, rows, some))
    yield add("postgresql", {kind: _of_written(moment, tables[-1], some) for kind, some in moment.passages.items()})


def postgresql() -> Iterator[str]:
    """Statements that recreate the triggers and their functions."""
    for moment in moments():
        tables = {"INSERT": ["coming"], "UPDATE": ["going", "coming"], "DELETE": ["going"]}[moment.moment]
        referencing = f"REFERENCING {' '.join(_DECLARED[table] for table in tables)}"
        yield from _made(moment.trigger, moment.table, moment.moment, referencing, _postgresql_body(moment, tables))
    again = ["DELETE FROM panels_search;", add("postgresql", dict.fromkeys(KINDS, ""))]
    for table in sorted({moment.table for moment in moments()}):  # `TRUNCATE` fires no other trigger
        yield from _made(f"{table}_search_truncate", table, "TRUNCATE", "", iter(again))


def _made(name: str, table: str, moment: str, referencing: str, body: Iterator[str]) -> Iterator[str]:
    yield (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql "
        f"AS $$ BEGIN {' '.join(body)} RETURN NULL; END $$"
    )
    yield f"DROP TRIGGER IF EXISTS {name} ON {table}"
    yield (
        f"CREATE TRIGGER {name} AFTER {moment} ON {table} {referencing} FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
    )
