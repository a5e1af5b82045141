"""Where else a speaker spoke of what an answer is about."""

import pytest
from pytest_django import DjangoAssertNumQueries

from panels.models import Event, Speaker
from panels.reading.discovery.more_by_speaker import SHOWN, related_answers
from panels.reading.sessions import PassageView, load_passage
from tests.builders import make_answer, make_event, make_published, make_question, make_speaker

pytestmark = pytest.mark.django_db


@pytest.fixture
def jane() -> Speaker:
    return make_speaker("Jane")


def passage(event: Event, anchor: str = "q1-a1") -> PassageView:
    read = load_passage(event, anchor)
    assert read is not None
    return read


def make_spoken(speaker: Speaker | None, event: Event, tag: str, **fields: str) -> str:
    """Under a new question of the event."""
    answer = make_answer(make_question(event), speaker=speaker, **fields)
    answer.tags.add(tag)
    return f"{event.slug} {answer.anchor}"


def found(at: PassageView) -> list[str]:
    return [f"{answer.event.slug} {answer.anchor}" for answer in related_answers(at)]


def test_other_events_go_first_and_the_newest_of_them(jane: Speaker) -> None:
    here, old, new = (
        make_published(slug=slug, date=f"20{year}-01-01") for slug, year in (("here", 22), ("old", 20), ("new", 21))
    )
    for event in (here, old, here, new):
        make_spoken(jane, event, "Lamps")
    make_spoken(make_speaker("Kim"), new, "Lamps")
    make_spoken(jane, new, "Heat")

    assert found(passage(here)) == ["new q1-a1", "old q1-a1", "here q2-a1"]


def test_a_tag_of_the_question_or_of_the_event_will_do(jane: Speaker) -> None:
    here, by_question, by_event = (make_published(slug=slug) for slug in ("here", "question", "event"))
    make_spoken(jane, here, "Lamps")
    make_answer(make_question(by_question), speaker=jane).question.tags.add("Lamps")
    make_answer(make_question(by_event), speaker=jane)
    by_event.tags.add("Lamps")

    assert found(passage(here)) == ["event q1-a1", "question q1-a1"]


def test_drafts_and_nameless_answers_lead_nowhere(jane: Speaker) -> None:
    here = make_published(slug="here")
    make_spoken(jane, here, "Lamps")
    make_spoken(jane, make_event(), "Lamps")
    make_spoken(None, here, "Lamps", attribution="unknown")

    assert found(passage(here)) == []
    assert found(passage(here, "q2-a1")) == []
    assert found(passage(here, "q2")) == []


def test_it_costs_one_query_however_much_was_said(
    jane: Speaker, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    here, other = make_published(slug="here"), make_published(slug="other")
    make_spoken(jane, here, "Lamps")
    for _ in range(12):
        make_spoken(jane, other, "Lamps")
    at = passage(here)

    with django_assert_num_queries(1):
        assert len(related_answers(at)) == SHOWN
