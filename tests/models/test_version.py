from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from panels.models import Answer, Correction, Event, Speaker, Tag, Version
from panels.reading.export import fixture_of
from tests.builders import make_speaker

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    call_command("loaddata", "babbitt_2020_04_10", verbosity=0)
    stored = Event.objects.get()
    stored.tags.add("whole")
    stored.questions.get(number=1).tags.add("asked")
    stored.answers.earliest("pk").tags.add("said")
    Correction.objects.create(event=stored, note="Mended.")
    return stored


def _number(event: Event) -> int:
    return Version.objects.get(event=event).number


def _first(event: Event) -> Answer:
    return event.answers.earliest("pk")


CHANGES: dict[str, Callable[[Event], Any]] = {
    "event": lambda event: Event.objects.filter(pk=event.pk).update(title="Other"),
    "question added": lambda event: event.questions.create(text="More?"),
    "question changed": lambda event: event.questions.filter(number=2).update(text="Other?"),
    "answer added": lambda event: event.questions.get(number=1).answers.create(attribution="unknown", text="More."),
    "answer changed": lambda event: Answer.objects.filter(pk=_first(event).pk).update(text="Other."),
    "answer deleted": lambda event: _first(event).delete(),
    "panelist changed": lambda event: event.panelists.filter(position=1).update(title="Other"),
    "panelist deleted": lambda event: event.panelists.filter(position=1).delete(),
    "correction": lambda event: event.corrections.update(note="Other."),
    "event tagged": lambda event: event.tags.add("more"),
    "question tagged": lambda event: event.questions.get(number=3).tags.add("more"),
    "answer untagged": lambda event: _first(event).tags.clear(),
    "speaker renamed": lambda event: Speaker.objects.filter(answers__event=event).update(family_name=""),
    "event's tag renamed": lambda _event: Tag.objects.filter(name="whole").update(name="other"),
    "question's tag renamed": lambda _event: Tag.objects.filter(name="asked").update(name="other"),
    "answer's tag renamed": lambda _event: Tag.objects.filter(name="said").update(name="other"),
    "tag deleted": lambda _event: Tag.objects.filter(name="said").delete(),
}


@pytest.mark.parametrize("what", CHANGES)
def test_whatever_changes_an_event_makes_a_new_edition_of_it_alone(event: Event, what: str) -> None:
    other = Event.objects.create(title="Another")
    make_speaker("Nobody's neighbour")
    before, of_other = Version.objects.get(event=event), _number(other)

    CHANGES[what](event)

    after = Version.objects.get(event=event)
    assert after.number > before.number
    assert after.changed_at >= before.changed_at
    assert _number(other) == of_other


def test_an_event_saved_from_an_old_copy_does_not_take_its_edition_back(event: Event) -> None:
    old = Event.objects.select_related("version").get()
    Answer.objects.filter(pk=_first(event).pk).update(text="Other.")
    before = _number(event)

    old.save()

    assert _number(event) > before


def test_an_event_goes_with_its_edition(event: Event) -> None:
    event.delete()

    assert not Version.objects.exists()


def test_an_event_deleted_by_plain_sql_goes_with_its_edition() -> None:
    event = Event.objects.create(title="Empty")

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM panels_event WHERE id = %s", [event.pk])

    assert not Version.objects.exists()


def test_editions_are_in_no_fixture(event: Event) -> None:
    assert '"panels.version"' not in fixture_of(event)
