"""Cursors: what a list gave is understood, anything else is refused."""

import base64
import json
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from panels.api.pagination import BY_DAY, BY_NAME, BY_NUMBER, STORED_LAST_FIRST, Order
from panels.api.problems import BadCursorError
from panels.models import Answer, Event, Speaker
from tests.api.reading import get_json


def cursor(*values: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


@given(
    slug=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
    date=st.dates(),
    pk=st.integers(0, 2**63 - 1),
)
def test_a_cursor_says_the_place_of_its_row(slug: str, date: Any, pk: int) -> None:
    event = Event(slug=slug)
    event.sort_date = date

    assert BY_DAY.place(BY_DAY.cursor(event, backwards=True)) == ([date, slug], True)
    assert BY_NAME.place(BY_NAME.cursor(Speaker(sort_key=slug, slug="x"), backwards=False)) == ([slug, "x"], False)
    assert STORED_LAST_FIRST.place(STORED_LAST_FIRST.cursor(Answer(pk=pk), backwards=False)) == ([pk], False)


@given(st.text() | st.text("WyJkYXkiLDAsIjIwMjItMDU_-=").map(lambda text: f"WyJ{text}"))
def test_what_is_made_up_is_refused(made_up: str) -> None:
    for order in (BY_DAY, BY_NAME, BY_NUMBER, STORED_LAST_FIRST):
        with pytest.raises(BadCursorError):
            order.place(made_up)


@pytest.mark.parametrize(
    ("order", "values"),
    [
        (BY_DAY, ("name", 0, "a", "b")),
        (BY_DAY, ("day", 0, "2020-13-01", "b")),
        (BY_DAY, ("day", 0, 20200101, "b")),
        (BY_DAY, ("day", 0, "2020-01-01")),
        (BY_DAY, ("day", 0, "2020-01-01", "b", "c")),
        (BY_DAY, ("day", 2, "2020-01-01", "b")),
        (BY_DAY, ("day", [], "2020-01-01", "b")),
        (BY_DAY, ("day", 0, "2020-01-01", "a\0b")),
        (BY_DAY, ("day", 0, "2020-01-01", "\ud800")),
        (STORED_LAST_FIRST, ("stored", 0, True)),
        (STORED_LAST_FIRST, ("stored", 0, "1")),
        (STORED_LAST_FIRST, ("stored", 0, -1)),
        (STORED_LAST_FIRST, ("stored", 0, 2**63)),
        (STORED_LAST_FIRST, ("number", 0, 1)),
    ],
)  # fmt: skip
def test_what_is_forged_is_refused(order: Order, values: Any) -> None:
    with pytest.raises(BadCursorError):
        order.place(cursor(*values))


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["events/", "questions/", "answers/", "speakers/", "tags/"])
@pytest.mark.parametrize("made_up", ["x", "WyJub25lIl0", "%F0%9F%99%82", "null", cursor("day", 0, {}, [])])
def test_a_list_refuses_it_kindly(path: str, made_up: str, client: Client) -> None:
    assert get_json(client, f"{path}?cursor={made_up}", 400)["detail"].startswith("Unknown cursor")
