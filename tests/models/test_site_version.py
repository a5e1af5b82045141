"""The site version changes with all that readers can see, in the same transaction, whatever way it is written."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

from panels.models import (
    Answer,
    Correction,
    Event,
    FormerEventSlug,
    FormerSpeakerSlug,
    FormerTagSlug,
    FormerWording,
    Panelist,
    RetiredAnchor,
    Schedule,
    SharedSpeakerSlug,
    Speaker,
    Tag,
    Version,
)
from panels.models.database import site_version, version_triggers
from panels.models.database.snapshot import snapshot
from tests.builders import make_correction, make_event, make_panelist, make_question, make_session, make_speaker

is_postgresql = connection.vendor == "postgresql"


def version(of: BaseDatabaseWrapper = connection) -> str:
    state = site_version.read(of)
    assert state
    return state.version


def execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def as_in_another_transaction() -> None:
    """Let the next change count, as if what was written before were committed: one transaction counts once."""
    if is_postgresql:
        execute("SELECT set_config('panels.site_changed_by', '', true)")


@pytest.fixture
def event(db: None) -> Event:
    return make_written_event()


def make_written_event() -> Event:
    """An event with everything that `WRITES` change."""
    event = make_session(1, 2, slug="night", speakers=[make_speaker("Jane Doe"), make_speaker("Ben Marsh")])
    event.tags.add("Archives")
    event.answers.get(anchor="q1-a1").tags.add("Lamps")
    event.questions.get().tags.add("Cellars")
    make_correction(event)
    FormerWording.objects.create(event=event, anchor="q1-a1", text="Before.", until=timezone.now())
    return event


WRITES: dict[str, Callable[[Event], object]] = {
    "a new event": lambda _: make_event(),
    "an event": lambda _: Event.objects.update(title="Another"),
    "its state": lambda _: Event.objects.update(status="withdrawn"),
    "its slug": lambda _: Event.objects.update(slug="day"),
    "an event goes": lambda event: event.delete(),
    "a new question": make_question,
    "a question": lambda event: event.questions.update(text="Why?"),
    "an answer": lambda event: event.answers.update(text="Because."),
    "an answer goes": lambda event: event.answers.all()[0].delete(),
    "a panelist": lambda _: Panelist.objects.update(organisation="Library"),
    "a new panelist": make_panelist,
    "a speaker": lambda _: Speaker.objects.filter(name="Jane Doe").update(name="Ida Krane"),
    "a tag": lambda _: Tag.objects.filter(name="Lamps").update(name="Lights"),
    "a tagged event": lambda event: event.tags.remove("Archives"),
    "a tagged answer": lambda event: event.answers.get(anchor="q1-a1").tags.clear(),
    "a tagged question": lambda event: event.questions.get().tags.add("Attics"),
    "a correction": lambda _: Correction.objects.update(note="More."),
    "a correction goes": lambda _: Correction.objects.all().delete(),
    "an earlier wording": lambda _: FormerWording.objects.all().delete(),
    "a retired anchor": lambda event: RetiredAnchor.objects.create(event=event, anchor="q9"),
    "a former URL": lambda event: FormerEventSlug.objects.create(target=event, slug="dusk"),
    "a former URL of a speaker": lambda _: FormerSpeakerSlug.objects.create(
        target=Speaker.objects.all()[0], slug="somebody"
    ),
    "a shared URL of speakers": lambda _: SharedSpeakerSlug.objects.create(
        target=Speaker.objects.all()[0], slug="somebody"
    ),
    "a former URL of a tag": lambda _: FormerTagSlug.objects.create(target=Tag.objects.all()[0], slug="something"),
    "a version": lambda _: Version.objects.update(changed_at=timezone.now()),
    "many rows": lambda event: Answer.objects.bulk_create(
        [
            Answer(event=event, question=event.questions.get(), position=n, anchor=f"q1-a{n}", attribution="unknown")
            for n in (8, 9)
        ]
    ),
    "SQL": lambda _: execute("UPDATE panels_answer SET text = 'In SQL.'"),
}


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES.keys())
def test_it_changes_with_whatever_readers_can_see(write: Callable[[Event], object], event: Event) -> None:
    as_in_another_transaction()
    before = version()

    write(event)

    assert version() != before


def test_it_does_not_change_with_what_readers_cannot_see(event: Event) -> None:
    as_in_another_transaction()
    before = version()

    Schedule.objects.create(event=event, publish_at=timezone.now() + dt.timedelta(days=1))

    assert version() == before


def test_no_table_that_pages_read_is_left_out() -> None:
    counted = {table for table, _moment, _events in version_triggers._counted()}
    of_editors = {
        "panels_auditentry", "panels_comment", "panels_editingsession", "panels_importdraft", "panels_merge",
        "panels_previewlink",
        "panels_revision", "panels_rowrevision", "panels_schedule", "panels_signinattempt", "panels_split",
    }  # fmt: skip
    tables = {model._meta.db_table for model in apps.get_app_config("panels").get_models()}

    assert counted | set(site_version.TABLES) == tables - of_editors
    assert set(site_version.TRUNCATED) == tables - of_editors


@pytest.mark.parametrize(("after", "is_due"), [(dt.timedelta(hours=1), False), (dt.timedelta(seconds=-1), True)])
def test_it_says_whether_something_should_be_public_already(after: dt.timedelta, event: Event, *, is_due: bool) -> None:
    Schedule.objects.create(event=event, publish_at=timezone.now() + after)

    state = site_version.read(connection)

    assert state
    assert state.is_due is is_due


def test_without_a_number_there_is_no_version(event: Event) -> None:
    execute("DELETE FROM panels_siteversion")
    assert site_version.read(connection) is None

    as_in_another_transaction()
    make_event()

    assert version()


def test_what_is_rolled_back_changes_nothing(event: Event) -> None:
    as_in_another_transaction()
    before = version()

    with transaction.atomic():
        Event.objects.update(title="Never")
        assert version() != before
        transaction.set_rollback(True)
    assert version() == before
    Event.objects.update(title="Now")

    assert version() != before


@contextmanager
def another_connection() -> Iterator[BaseDatabaseWrapper]:
    other = connection.copy()
    try:
        yield other
    finally:
        other.close()


def retitle(other: BaseDatabaseWrapper, title: str) -> None:
    with other.cursor() as cursor:
        cursor.execute("UPDATE panels_event SET title = %s WHERE slug = %s", [title, title])


@pytest.mark.django_db(transaction=True)
def test_a_snapshot_has_the_version_of_its_own_words() -> None:
    make_event(title="Night", slug="night")
    before = version()
    with another_connection() as other:
        with snapshot():
            assert version() == before
            with other.cursor() as cursor:
                cursor.execute("UPDATE panels_event SET title = 'Day'")
            assert version(other) != before
            assert (version(), Event.objects.get().title) == (before, "Night")
        after = version(other)

    assert (version(), Event.objects.get().title) == (after, "Day")
    Event.objects.update(title="Dusk")  # the snapshot is left, and writing goes on
    assert version() != after


@pytest.mark.skipif(not is_postgresql, reason="SQLite has one writer at a time")
@pytest.mark.django_db(transaction=True)
def test_writers_do_not_wait_for_one_another_and_each_commit_is_a_version() -> None:
    for slug in ("one", "two"):
        make_event(slug=slug)
    seen = [version()]
    with another_connection() as first, another_connection() as second:
        for other in (first, second):
            with other.cursor() as cursor:
                cursor.execute("SET lock_timeout = '5s'")
            other.set_autocommit(False)
        retitle(first, "one")
        retitle(second, "two")
        retitle(first, "one")
        seen.append(version())
        second.commit()
        seen.append(version())
        first.commit()
        seen.append(version())

    assert seen[0] == seen[1]
    assert len(set(seen[1:])) == 3


@pytest.mark.skipif(not is_postgresql, reason="SQLite has no TRUNCATE")
@pytest.mark.django_db(transaction=True)
def test_it_changes_when_tables_are_truncated() -> None:
    make_event()
    before = version()

    execute("TRUNCATE panels_taggedanswer")

    assert version() != before
