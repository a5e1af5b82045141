"""Publication at a set time, by whoever asks for a page then; what is refused is read to its end."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone

from panels.models import Event, Schedule
from panels.web import middleware
from panels.web.views import bounds
from panels.web.views.bounds import UnreadBody
from tests.builders import make_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    event = make_session(1, 1, status="draft", published_at=None, slug="night-opening")
    Schedule.objects.create(event=event, publish_at=timezone.now() - dt.timedelta(seconds=1))
    return event


def test_a_reader_finds_what_is_due(event: Event, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(middleware, "EVERY", 0.0)

    assert client.get("/events/night-opening/").status_code == 200
    assert not Schedule.objects.exists()


def test_the_server_looks_only_every_while(event: Event, client: Client) -> None:
    assert client.get("/events/night-opening/").status_code == 404
    assert Schedule.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_page_is_answered_even_where_publishing_fails(
    rf: RequestFactory, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(middleware, "EVERY", 0.0)
    publishing = middleware.PublishDueMiddleware(lambda _request: HttpResponse("The page"))
    with connection.schema_editor() as editor:
        editor.alter_db_table(Schedule, "panels_schedule", "panels_schedule_away")
    try:
        response = publishing(rf.get("/"))
    finally:
        with connection.schema_editor() as editor:
            editor.alter_db_table(Schedule, "panels_schedule_away", "panels_schedule")

    assert response.content == b"The page"
    assert "Could not publish what is due" in caplog.text


def test_the_command_says_what_it_published(event: Event, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("publish_due")
    call_command("publish_due")

    assert capsys.readouterr().out == "night-opening\n"
    assert event in Event.objects.published()


def test_a_refused_form_is_read_to_its_end(rf: RequestFactory) -> None:
    """Or else the connection is closed while a browser still sends, which then never shows why it was refused."""
    sent = rf.post("/", b"a" * 3_000_000, content_type="application/x-www-form-urlencoded")

    response = UnreadBody(lambda _request: HttpResponse("Refused", status=403))(sent)

    assert (response.status_code, sent.read()) == (403, b"")


def test_no_more_than_so_much_of_it(rf: RequestFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "MOST_DISCARDED", 10)
    monkeypatch.setattr(bounds, "_PIECE", 10)
    request = rf.post("/", b"a" * 40, content_type="text/plain")

    UnreadBody(lambda _request: HttpResponse("Refused", status=403))(request)

    assert len(request.read()) == 30
