"""What is kept is asked for again, and is never older than the record."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.http import http_date

from panels.models import Event, Speaker, Version
from tests.builders import make_correction, make_session, make_speaker

pytestmark = pytest.mark.django_db

OF_ONE_EVENT = ["events/night/", "events/night/transcript/", "questions/night/q1/", "answers/night/q1-a1/"]
ALL = [
    *OF_ONE_EVENT, "events/", "questions/", "answers/", "speakers/", "tags/", "speakers/jane-doe/", "tags/archives/",
    "quote/?q=This+is+answer+1", "search/?q=answer&tag=archives", "search/?q=answer",
]  # fmt: skip


@pytest.fixture
def night() -> Event:
    event = make_session(2, 2, slug="night", speakers=[make_speaker("Jane Doe", slug="jane-doe")])
    event.tags.add("Archives")
    event.answers.filter(anchor="q1-a1").update(text="This is answer 1.")
    resolve()
    return event


def resolve() -> None:
    """As if nothing had been changed for a while."""
    Version.objects.update(changed_at=timezone.now() - dt.timedelta(minutes=1))


def status(client: Client, path: str, **headers: str) -> int:
    return client.get(
        f"/api/v1/{path}", headers={name.replace("_", "-"): value for name, value in headers.items()}
    ).status_code


@pytest.mark.parametrize("path", ALL)
def test_who_has_it_is_told_so_until_something_changes(path: str, night: Event, client: Client) -> None:
    first = client.get(f"/api/v1/{path}")
    assert first["Cache-Control"] == "no-cache"

    again = client.get(f"/api/v1/{path}", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])

    night.answers.filter(anchor="q1-a1").update(text="This is answer 1!")
    Speaker.objects.update(name="Jane Roe")
    night.tags.get().delete()
    night.tags.add("Files")
    changed = client.get(f"/api/v1/{path}", headers={"If-None-Match": first["ETag"]})

    assert changed.status_code == (404 if path == "tags/archives/" else 200)
    assert changed.headers.get("ETag") != first["ETag"]


@pytest.mark.parametrize("path", OF_ONE_EVENT)
def test_what_is_of_one_event_has_the_time_of_its_last_change(path: str, night: Event, client: Client) -> None:
    modified = client.get(f"/api/v1/{path}")["Last-Modified"]

    assert modified == http_date(Version.objects.get().changed_at.timestamp())
    assert status(client, path, If_Modified_Since=modified) == 304
    make_correction(night)
    assert status(client, path, If_Modified_Since=modified) == 200
    Version.objects.update(changed_at=timezone.now() + dt.timedelta(minutes=1))  # just now, however slow the machine is
    assert "Last-Modified" not in client.get(f"/api/v1/{path}")  # within this second there may be another change


@pytest.mark.parametrize("path", ["events/", "answers/", "speakers/", "tags/"])
def test_a_list_claims_no_time_of_change(path: str, night: Event, client: Client) -> None:
    assert "Last-Modified" not in client.get(f"/api/v1/{path}")


@pytest.mark.parametrize("path", ["events/", "answers/", "questions/", "speakers/", "tags/"])
def test_a_list_from_which_something_was_taken_back_is_another(path: str, night: Event, client: Client) -> None:
    tag = client.get(f"/api/v1/{path}")["ETag"]

    Event.objects.update(status="withdrawn")

    assert status(client, path, If_None_Match=tag) == 200


def test_what_was_taken_back_is_gone_for_who_has_it_too(night: Event, client: Client) -> None:
    tag = client.get("/api/v1/events/night/")["ETag"]

    Event.objects.update(status="withdrawn")

    assert status(client, "events/night/", If_None_Match=tag) == 410


def test_an_edition_that_somebody_has_costs_one_query(
    night: Event, client: Client, django_assert_num_queries: object
) -> None:
    tag = client.get("/api/v1/events/night/")["ETag"]

    with django_assert_num_queries(1):  # type: ignore[operator]
        assert status(client, "events/night/", If_None_Match=tag) == 304


@pytest.mark.parametrize("path", ALL)
def test_a_state_that_there_is_not_is_refused(path: str, night: Event, client: Client) -> None:
    assert status(client, path, If_Match='"other"') == 412
