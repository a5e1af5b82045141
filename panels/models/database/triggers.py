"""Rules that need a trigger, on SQLite and PostgreSQL: they apply however a row is written.

* Deleting a question or answer retires its anchor, so that it is never used again.
* Changing a slug stores the former one, so that the old URL redirects; the slug of an event that readers never saw is
  free again.
* An answer's event is its question's event.
* A speaker who is only a label of one session takes part in no other.

`install` can be run again at any time. A migration that changes one of these tables wraps its operations in
`migration_operations.without_triggers`. A test checks that none is missing.
"""

from collections.abc import Iterator

from django.db.backends.base.base import BaseDatabaseWrapper

_SLUGGED = {
    "panels_event": "panels_formereventslug",
    "panels_speaker": "panels_formerspeakerslug",
    "panels_tag": "panels_formertagslug",
}
_ANCHORED = ("panels_question", "panels_answer")

_RETIRE = """
    INSERT INTO panels_retiredanchor (event_id, anchor)
    SELECT OLD.event_id, OLD.anchor WHERE EXISTS (SELECT 1 FROM panels_event WHERE id = OLD.event_id)
    ON CONFLICT (event_id, anchor) DO NOTHING;
"""
_FORGET_RETIRED = "DELETE FROM panels_retiredanchor WHERE event_id = OLD.id;"
_KEEP_SLUG = """
    DELETE FROM {former} WHERE slug = NEW.slug AND target_id = NEW.id;
    INSERT INTO {former} (slug, target_id) SELECT OLD.slug, NEW.id WHERE {was_seen} ON CONFLICT (slug) DO NOTHING;
"""
_WAS_SEEN = {"panels_event": "OLD.published_at IS NOT NULL"}
"""Whether readers can have seen a slug. Of speakers and tags that is not known: all of theirs are kept."""
_OTHER_EVENT = "NEW.event_id <> (SELECT event_id FROM panels_question WHERE id = NEW.question_id)"
_OTHER_EVENT_MESSAGE = "an answer belongs to the event of its question"
_NAMING = {"panels_panelist": "speaker_id", "panels_answer": "speaker_id", "panels_question": "asked_by_id"}
"""Tables of rows of an event that refer to a speaker, and the column."""
_LABEL_IN_OTHER_SESSION = (
    "EXISTS (SELECT 1 FROM panels_speaker WHERE id = NEW.{column} AND session_id IS NOT NULL "
    "AND session_id <> NEW.event_id)"
)
_USED_IN_OTHER_SESSION = "NEW.session_id IS NOT NULL AND ({})".format(
    " OR ".join(
        f"EXISTS (SELECT 1 FROM {table} WHERE {column} = NEW.id AND event_id <> NEW.session_id)"  # noqa: S608
        for table, column in _NAMING.items()
    )
)
_LABEL_MESSAGE = "a label of one session does not identify anybody in another"


_DROPPED = {
    "sqlite": (
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'panels#_%' ESCAPE '#'",
        'DROP TRIGGER "{}"',
    ),
    "postgresql": (
        "SELECT proname FROM pg_proc WHERE pronamespace = current_schema()::regnamespace "
        "AND prorettype = 'trigger'::regtype AND proname LIKE 'panels#_%' ESCAPE '#'",
        'DROP FUNCTION "{}"() CASCADE',
    ),
}
"""The queries that list the triggers and drop one."""


def install(connection: BaseDatabaseWrapper) -> None:
    """Recreate the triggers in the connected database."""
    is_sqlite = connection.vendor == "sqlite"
    statements = [*(_sqlite() if is_sqlite else _postgresql())]
    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(cursor, "panels_speaker")
        if any(column.name == "session_id" for column in columns):  # not before 0020_session_labels
            statements += _labels_sqlite() if is_sqlite else _labels_postgresql()
        for statement in statements:
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Drop all of Panels' triggers, on PostgreSQL with their functions. See `migration_operations`."""
    query, drop = _DROPPED["sqlite" if connection.vendor == "sqlite" else "postgresql"]
    with connection.cursor() as cursor:
        cursor.execute(query)
        for (name,) in cursor.fetchall():
            cursor.execute(drop.format(name))


def names() -> set[str]:
    """The names of all triggers that must exist."""
    labels = {name for name, *_ in _label_rules()}
    return {name for name, *_ in _row_triggers()} | {"panels_answer_event"} | labels


def _row_triggers() -> Iterator[tuple[str, str, str, str]]:
    """The name, table, event and body of the triggers that write to other tables."""
    for table in _ANCHORED:
        yield f"{table}_retire_anchor", table, f"AFTER DELETE ON {table} FOR EACH ROW", _RETIRE
    yield (
        "panels_event_forget_retired",
        "panels_event",
        "AFTER DELETE ON panels_event FOR EACH ROW",
        _FORGET_RETIRED,
    )
    for table, former in _SLUGGED.items():
        moment = f"AFTER UPDATE OF slug ON {table} FOR EACH ROW WHEN (OLD.slug <> NEW.slug)"
        body = _KEEP_SLUG.format(former=former, was_seen=_WAS_SEEN.get(table, "true"))
        yield f"{table}_keep_slug", table, moment, body


def _label_rules() -> Iterator[tuple[str, str, str, str]]:
    """The name, table, event and forbidden condition of the triggers that keep a label in its session."""
    for table, column in _NAMING.items():
        moment = f"UPDATE OF event_id, {column}"
        yield f"{table}_label", table, f"INSERT OR {moment}", _LABEL_IN_OTHER_SESSION.format(column=column)
    yield "panels_speaker_label", "panels_speaker", "UPDATE OF session_id", _USED_IN_OTHER_SESSION


def _labels_sqlite() -> Iterator[str]:
    for name, table, moments, wrong in _label_rules():
        for moment in moments.split(" OR "):
            own = name if moment == moments.rpartition(" OR ")[2] else f"{name}_new"
            yield f"DROP TRIGGER IF EXISTS {own}"
            yield (
                f"CREATE TRIGGER {own} BEFORE {moment} ON {table} FOR EACH ROW "
                f"WHEN {wrong} BEGIN SELECT RAISE(ABORT, '{_LABEL_MESSAGE}'); END"
            )


def _labels_postgresql() -> Iterator[str]:
    for name, table, moments, wrong in _label_rules():
        refusal = f"IF {wrong} THEN RAISE EXCEPTION '{_LABEL_MESSAGE}' USING ERRCODE = 'check_violation'; END IF;"
        yield _function(name, f"{refusal} RETURN NEW;")
        yield f"DROP TRIGGER IF EXISTS {name} ON {table}"
        yield f"CREATE TRIGGER {name} BEFORE {moments} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"


def _sqlite() -> Iterator[str]:
    for name, _table, moment, body in _row_triggers():
        yield f"DROP TRIGGER IF EXISTS {name}"
        yield f"CREATE TRIGGER {name} {moment} BEGIN {body} END"
    for suffix, moment in (("", "INSERT"), ("_kept", "UPDATE OF event_id, question_id")):
        yield f"DROP TRIGGER IF EXISTS panels_answer_event{suffix}"
        yield (
            f"CREATE TRIGGER panels_answer_event{suffix} BEFORE {moment} ON panels_answer FOR EACH ROW "
            f"WHEN {_OTHER_EVENT} BEGIN SELECT RAISE(ABORT, '{_OTHER_EVENT_MESSAGE}'); END"
        )


def _postgresql() -> Iterator[str]:
    for name, table, moment, body in _row_triggers():
        yield _function(name, f"{body} RETURN NULL;")
        yield f"DROP TRIGGER IF EXISTS {name} ON {table}"
        yield f"CREATE TRIGGER {name} {moment} EXECUTE FUNCTION {name}()"
    refusal = (
        f"IF {_OTHER_EVENT} THEN RAISE EXCEPTION '{_OTHER_EVENT_MESSAGE}' USING ERRCODE = 'check_violation'; END IF;"
    )
    yield _function("panels_answer_event", f"{refusal} RETURN NEW;")
    yield "DROP TRIGGER IF EXISTS panels_answer_event ON panels_answer"
    yield (
        "CREATE TRIGGER panels_answer_event BEFORE INSERT OR UPDATE OF event_id, question_id ON panels_answer "
        "FOR EACH ROW EXECUTE FUNCTION panels_answer_event()"
    )


def _function(name: str, body: str) -> str:
    return f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$"
