"""Write many rows at once: prepared statements on SQLite, `COPY` and one `UPDATE` on PostgreSQL.

No model instances are made or saved: the caller computes every column, in the order of `COLUMNS`. Constraints and
triggers of the database still apply.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models

from panels.models import (
    Answer,
    Correction,
    Event,
    Panelist,
    Question,
    Speaker,
    Tag,
    TaggedAnswer,
    TaggedEvent,
    TaggedQuestion,
)
from panels.transcript import EVENT_FIELDS

Row = tuple[Any, ...]

# Whatever is named stands before what names it.
COLUMNS: dict[type[models.Model], tuple[str, ...]] = {
    Speaker: (
        "id",
        "slug",
        "name",
        "family_name",
        "original_name",
        "note",
        "kind",
        "biography",
        "session_id",
        "sort_key",
    ),
    Tag: ("id", "slug", "name", "sort_key"),
    Event: ("id", "slug", "status", "published_at", *EVENT_FIELDS, "translation_of_id"),
    Panelist: ("id", "event_id", "speaker_id", "position", "role", "title", "organisation"),
    Question: ("id", "event_id", "number", "anchor", "text", "asked_by_id", "is_follow_up", "media_time"),
    Answer: (
        "id",
        "question_id",
        "event_id",
        "position",
        "anchor",
        "speaker_id",
        "attribution",
        "evidence",
        "text",
        "media_time",
    ),
    TaggedEvent: ("id", "tag_id", "content_object_id"),
    TaggedQuestion: ("id", "tag_id", "content_object_id"),
    TaggedAnswer: ("id", "tag_id", "content_object_id"),
    Correction: ("id", "event_id", "number", "date", "anchor", "note"),
}


class Ids:
    """Ids for new rows of a table, reserved in blocks. Ids that are left over are not used.

    Each block is twice as large as the one before, up to `most`, so that few ids are wasted on a few rows. It is
    reserved by one statement, inside a transaction or before it, so that nobody else gets the same ids.
    """

    def __init__(self, model: type[models.Model], most: int = 500) -> None:
        self.table, self.stock, self.most = model._meta.db_table, 1, most
        self.left: list[int] = []

    def next(self) -> int:
        if not self.left:
            self.left = list(self._taken())[::-1]
            self.stock = min(2 * self.stock, self.most)
        return self.left.pop()

    def _taken(self) -> Iterable[int]:
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                drawn = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
                cursor.execute(drawn, [self.table, self.stock])
                return [number for (number,) in cursor.fetchall()]
            # A table that never had a row has no number yet.
            made = (
                "INSERT INTO sqlite_sequence (name, seq) SELECT %s, 0 "
                "WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = %s)"
            )
            cursor.execute(made, [self.table, self.table])
            drawn = "UPDATE sqlite_sequence SET seq = seq + %s WHERE name = %s RETURNING seq"
            cursor.execute(drawn, [self.stock, self.table])
            last = int(cursor.fetchone()[0])
            return range(last - self.stock + 1, last + 1)


def insert(model: type[models.Model], rows: Sequence[Row]) -> None:
    """Write rows whose values are in the order of `COLUMNS`. Raises IntegrityError as a save would."""
    if not rows:
        return
    columns = COLUMNS[model]
    names = ", ".join(columns)
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with connection.wrap_database_errors, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)  # noqa: S608


def update(model: type[models.Model], columns: Sequence[str], rows: Sequence[Row]) -> None:
    """Change some columns of rows, each given as its id and the columns' values."""
    if not rows:
        return
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            types = {field.column: field.db_type(connection) for field in model._meta.concrete_fields}
            given = ", ".join(f"%s::{types[name]}[]" for name in ("id", *columns))
            changed = ", ".join(f"{name} = given.{name}" for name in columns)
            names = ", ".join(("id", *columns))
            cursor.execute(
                f"UPDATE {table} SET {changed} FROM unnest({given}) AS given ({names}) WHERE {table}.id = given.id",  # noqa: S608
                [list(values) for values in zip(*rows, strict=True)],
            )
        else:
            changed = ", ".join(f"{name} = %s" for name in columns)
            cursor.executemany(
                f"UPDATE {table} SET {changed} WHERE id = %s",  # noqa: S608
                [(*values, pk) for pk, *values in rows],
            )
