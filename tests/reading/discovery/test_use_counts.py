"""The kept counts of tags and speakers equal a plain count after every way of writing."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from panels.editorial.importing.bulk import load
from panels.editorial.publishing import try_to_publish_due
from panels.management.generated_sessions import sessions
from panels.models import Event, Schedule, Speaker, Tag, TaggedEvent
from panels.models.database.snapshot import snapshot
from panels.reading.discovery.use_counts import most_used_tags, with_appearances, with_use
from tests.builders import make_event, make_published, make_session, make_speaker
from tests.models.test_site_version import WRITES, execute, make_written_event
from tests.racing import at_once

Counted = dict[str, tuple[int, int]]


def kept() -> Counted:
    tags = {f"tag {one.pk}": (one.event_count, one.passage_count) for one in with_use(Tag.objects.all())}
    speakers = with_appearances(Speaker.objects.identified())
    return tags | {f"speaker {one.pk}": (one.event_count, one.answer_count) for one in speakers}


def plain() -> Counted:
    tags: Any = Tag.objects.with_counts()
    speakers: Any = Speaker.objects.identified().with_counts()
    counted = {f"tag {one.pk}": (one.event_count, one.passage_count) for one in tags}
    return counted | {f"speaker {one.pk}": (one.event_count, one.answer_count) for one in speakers}


def publish_scheduled(_event: Event) -> None:
    waiting = make_event(title="Waiting")
    waiting.tags.add("Archives")
    Schedule.objects.create(event=waiting, publish_at=timezone.now() - dt.timedelta(seconds=1))
    assert kept() == plain()
    assert try_to_publish_due()
    assert Event.objects.get(pk=waiting.pk).is_public


def load_in_bulk(_event: Event) -> None:
    named = ((str(number), session) for number, session in enumerate(sessions(50)))
    assert [outcome.became for outcome in load(named, publish=True)] == ["stored", "stored"]


def load_fixture(_event: Event) -> None:
    fixtures = Path(__file__).parents[3] / "panels/fixtures"
    call_command("loaddata", str(min(fixtures.glob("*.json"))), verbosity=0)


MORE: dict[str, Callable[[Event], object]] = {
    "a passed publication time": publish_scheduled,
    "a bulk load": load_in_bulk,
    "a fixture": load_fixture,
    "tags in SQL": lambda _: execute("DELETE FROM panels_taggedanswer"),
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("write", [*WRITES.values(), *MORE.values()], ids=[*WRITES, *MORE])
def test_they_equal_a_plain_count_after_every_way_of_writing(write: Callable[[Event], object]) -> None:
    event = make_written_event()
    assert kept() == plain()

    write(event)

    assert kept() == plain()
    with snapshot():
        assert kept() == plain()


@pytest.mark.django_db(transaction=True)
def test_they_are_counted_once_per_site_version() -> None:
    make_written_event()
    tags = list(Tag.objects.all())
    counting: list[str] = []

    def note(execute: Callable[..., Any], sql: str, *query: Any) -> Any:
        if "COUNT" in sql:
            counting.append(sql)
        return execute(sql, *query)

    with connection.execute_wrapper(note):
        with_use(tags)
        first = len(counting)
        with_use(tags)
        make_event()
        again = len(counting)
        with_use(tags)

    assert (first, again, len(counting)) == (3, 3, 6)


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_is_never_kept() -> None:
    event = make_written_event()
    before = kept()

    with transaction.atomic():
        event.tags.add("Cellars", "Lamps")
        assert kept() == plain() != before
        transaction.set_rollback(True)

    assert kept() == plain() == before


@pytest.mark.django_db(transaction=True)
def test_a_snapshot_shows_the_counts_of_its_own_state() -> None:
    event = make_written_event()
    before = kept()

    with snapshot():
        assert kept() == before
        at_once(lambda: event.tags.add("Cellars"))
        at_once(kept)
        assert kept() == before

    assert kept() == plain() != before


@pytest.mark.django_db(transaction=True)
def test_without_a_site_version_nothing_is_kept() -> None:
    event = make_written_event()
    execute("DELETE FROM panels_siteversion")
    assert kept() == plain()
    TaggedEvent.objects.filter(content_object=event).delete()
    execute("DELETE FROM panels_siteversion")

    assert kept() == plain()


@pytest.mark.django_db
def test_the_most_used_tags_come_first_and_equal_ones_by_name() -> None:
    make_session(slug="night").tags.add("Lamps", "Cellars")
    make_published().tags.add("Lamps")
    make_event().tags.add("Cellars", "Secret")
    make_session(slug="day").questions.get().tags.add("Attics")

    assert [tag.name for tag in most_used_tags()] == ["Lamps", "Attics", "Cellars"]


@pytest.mark.django_db
def test_lists_show_the_counts(client: Client) -> None:
    event = make_session(1, 2, speakers=[make_speaker("Jane Doe")])
    event.tags.add("Lamps")
    event.questions.get().tags.add("Lamps")

    assert "1 session · 1 passage" in client.get("/tags/").content.decode()
    assert "1 session · 2 answers" in client.get("/speakers/").content.decode()
    tag = client.get("/api/v1/tags/").json()["items"][0]
    assert (tag["event_count"], tag["passage_count"]) == (1, 1)
    speaker = client.get("/api/v1/speakers/").json()["items"][0]
    assert (speaker["event_count"], speaker["answer_count"]) == (1, 2)
