import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from panels.editorial.publishing.checklist import checklist
from panels.models import Event
from tests.builders import make_answer, make_event, make_panelist, make_question, make_session, make_speaker

pytestmark = pytest.mark.django_db


@pytest.fixture
def complete() -> Event:
    event = make_session(
        2, 2, status="draft", source_title="The minutes", licence="CC BY 4.0", date=dt.date(2020, 1, 1)
    )
    event.panelists.update(title="Librarian")
    return event


def said(event: Event) -> list[str]:
    return [found.text for found in checklist(event)]


def test_nothing_is_said_of_a_session_that_lacks_nothing(complete: Event) -> None:
    assert checklist(complete) == ()


@pytest.mark.parametrize(
    ("date", "complaint"),
    [
        (None, "No session date."),
        ("1066-10-14", "The session date is unusually early."),
        (timezone.now().date() + dt.timedelta(days=9), "The session date is in the future."),
    ],
)
def test_doubtful_days(date: Any, complaint: str, complete: Event) -> None:
    Event.objects.filter(pk=complete.pk).update(date=date)

    assert said(Event.objects.get()) == [complaint]


def test_an_event_that_has_nothing_but_its_title() -> None:
    assert said(make_event(date=dt.date(2020, 1, 1))) == [
        "No source given.",
        "No licence given.",
        "No panelists.",
        "No content yet.",
    ]


def test_who_is_on_the_panel_and_who_speaks(complete: Event) -> None:
    make_panelist(complete, speaker=make_speaker("Silent One"))
    make_answer(complete.questions.last(), speaker=make_speaker("Caller"))

    assert [(found.text, found.anchors) for found in checklist(complete)] == [
        ("No job title or organisation: Silent One.", ()),
        ("Panelists who do not speak: Silent One.", ()),
        ("Speakers not listed as panelists: Caller.", ("q2-a3",)),
    ]


def test_whoever_only_asks_is_not_silent(complete: Event) -> None:
    chair = make_speaker("Chair")
    make_panelist(complete, speaker=chair, title="Chair")
    complete.questions.update(asked_by=chair)

    assert checklist(complete) == ()


def test_passages_that_lack_something(complete: Event) -> None:
    make_question(complete, text="")
    question = complete.questions.first()
    make_answer(question, text="", attribution="unknown", evidence="A lost name.")
    make_answer(question, text="Who am I?", attribution="unknown")

    assert [(found.text, found.anchors) for found in checklist(complete)] == [
        ("Questions without text", ("q3",)),
        ("Questions without answers", ("q3",)),
        ("Answers without text", ("q1-a3",)),
        ("Unattributed answers", ("q1-a3", "q1-a4")),
        ("Unattributed answers without an explanation", ("q1-a4",)),
    ]
