"""Cursor pagination: the last page is as fast as the first.

A cursor holds the position of a row that was shown, so rows added or removed meanwhile move no other row to another
page.
"""

import base64
import datetime as dt
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Model, Q, QuerySet

from panels.api.problems import BadCursorError

Row = TypeVar("Row", bound=Model)

LONGEST = 2_000
_LARGEST = 2**63 - 1
_MOST_PAGES = 1_000


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an order, and the function that parses its value from a cursor; it raises ValueError or TypeError."""

    name: str
    read: Callable[[Any], Any]
    is_descending: bool = False


@dataclass(frozen=True, slots=True)
class Order:
    """An order in which no two rows are equal. A cursor is only valid for the order with its `name`."""

    name: str
    columns: tuple[Column, ...]

    def sorted(self, rows: "QuerySet[Row]", *, backwards: bool) -> "QuerySet[Row]":
        signs = ("-" if column.is_descending is not backwards else "" for column in self.columns)
        return rows.order_by(*(f"{sign}{column.name}" for sign, column in zip(signs, self.columns, strict=True)))

    def beyond(self, place: list[Any], *, backwards: bool) -> Q:
        """A condition for the rows after a place, or before it."""
        beyond, same = Q(), Q()
        for column, value in zip(self.columns, place, strict=True):
            side = "lt" if column.is_descending is not backwards else "gt"
            beyond |= same & Q(**{f"{column.name}__{side}": value})
            same &= Q(**{column.name: value})
        first = self.columns[0]
        side = "lte" if first.is_descending is not backwards else "gte"
        return Q(**{f"{first.name}__{side}": place[0]}) & beyond  # redundant, but lets the database use an index

    def cursor(self, row: Model, *, backwards: bool) -> str:
        """The cursor for the rows after a row, or before it."""
        place = [getattr(row, column.name) for column in self.columns]
        return _written([self.name, int(backwards), *place])

    def place(self, cursor: str) -> tuple[list[Any], bool]:
        """Parse a cursor into a place and whether it leads backwards. Raises BadCursorError."""
        try:
            name, backwards, *place = _read(cursor)
            if name != self.name or backwards not in (0, 1):
                raise BadCursorError
            return [column.read(value) for column, value in zip(self.columns, place, strict=True)], bool(backwards)
        except (ValueError, TypeError, RecursionError) as error:
            raise BadCursorError from error


@dataclass(frozen=True, slots=True)
class RowSlice(Generic[Row]):
    """The rows of one page, and the cursors of the next and previous pages; "" if there is none."""

    rows: list[Row]
    next: str
    previous: str


def slice_of(rows: "QuerySet[Row]", order: Order, *, cursor: str, limit: int) -> RowSlice[Row]:
    """The page at a cursor, or the first page for "", in one query."""
    place, backwards = order.place(cursor) if cursor else (None, False)
    beyond = rows.filter(order.beyond(place, backwards=backwards)) if place else rows
    found = list(order.sorted(beyond, backwards=backwards)[: limit + 1])
    more, shown = len(found) > limit, found[:limit]
    if backwards:
        shown.reverse()
    if not shown:
        return RowSlice([], "", "")
    has_next, has_previous = (True, more) if backwards else (more, bool(cursor))
    return RowSlice(
        shown,
        order.cursor(shown[-1], backwards=False) if has_next else "",
        order.cursor(shown[0], backwards=True) if has_previous else "",
    )


def cursor_of_page(number: int) -> str:
    """A cursor for a list with numbered pages, such as search results."""
    return _written(["page", number])


def page_of_cursor(cursor: str) -> int:
    """The page number of a cursor. Raises BadCursorError."""
    try:
        name, number = _read(cursor)
        if name != "page" or type(number) is not int or not 1 <= number <= _MOST_PAGES:
            raise BadCursorError
    except (ValueError, TypeError, RecursionError) as error:
        raise BadCursorError from error
    return number


def _written(values: list[Any]) -> str:
    text = json.dumps(values, default=str, ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _read(cursor: str) -> Any:
    padded = cursor + "=" * (-len(cursor) % 4)
    return json.loads(base64.b64decode(padded, altchars="-_", validate=True))


def _day(value: Any) -> dt.date:
    return dt.date.fromisoformat(value)


def _text(value: Any) -> str:
    if not isinstance(value, str) or "\0" in value:
        raise ValueError
    value.encode()  # no half of a character
    return value


def _number(value: Any) -> int:
    if type(value) is not int or not 0 <= value <= _LARGEST:
        raise ValueError
    return value


BY_DAY = Order("day", (Column("sort_date", _day, is_descending=True), Column("slug", _text)))
BY_NAME = Order("name", (Column("sort_key", _text), Column("slug", _text)))
BY_NUMBER = Order("number", (Column("number", _number),))
STORED_LAST_FIRST = Order("stored", (Column("pk", _number, is_descending=True),))
