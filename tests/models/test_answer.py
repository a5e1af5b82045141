from typing import Any

import pytest
from django.db import IntegrityError, transaction

from panels.models import Answer
from tests.builders import make_answer, make_event, make_question, make_speaker

pytestmark = pytest.mark.django_db


def test_anchor_and_position_go_on_from_the_last() -> None:
    question = make_question()

    made = [make_answer(question) for _ in range(2)]

    assert [(answer.anchor, answer.position) for answer in made] == [("q1-a1", 1), ("q1-a2", 2)]


def test_anchor_goes_along_to_another_question() -> None:
    event = make_event()
    first, second = make_question(event), make_question(event)
    answer = make_answer(first)

    answer.question, answer.position = second, 1
    answer.save()

    assert answer.anchor == "q1-a1"
    assert make_answer(first).anchor == "q1-a2"


def test_anchor_is_never_given_again() -> None:
    question = make_question()
    for _ in range(2):
        make_answer(question)
    Answer.objects.filter(anchor="q1-a2").delete()

    assert make_answer(question).anchor == "q1-a3"


@pytest.mark.parametrize(
    "fields",
    [
        {"attribution": "stated", "speaker": None},
        {"attribution": "inferred", "speaker": None, "evidence": "Who else?"},
        {"attribution": "inferred", "evidence": ""},
        {"attribution": "unknown"},
        {"attribution": "guessed"},
        {"position": 1},
        {"anchor": "q1-a1"},
        {"position": 0},
        {"media_time": -0.5},
        {"anchor": ""},
    ],
    ids=str,
)
def test_database_refuses(fields: dict[str, object]) -> None:
    first = make_answer()
    sound = {
        "question": first.question,
        "event": first.event,
        "anchor": "q1-a9",
        "position": 9,
        "speaker": make_speaker(),
    }

    with pytest.raises(IntegrityError), transaction.atomic():
        Answer.objects.bulk_create([Answer(**{**sound, **fields})])


def test_database_refuses_another_event_than_the_questions() -> None:
    answer = make_answer()

    with pytest.raises(IntegrityError), transaction.atomic():
        Answer.objects.filter(pk=answer.pk).update(event=make_event())


@pytest.mark.parametrize(
    "fields",
    [{"attribution": "unknown"}, {"attribution": "inferred", "evidence": "The only one from there."}],
    ids=str,
)
def test_database_accepts(fields: dict[str, Any]) -> None:
    assert make_answer(**fields).pk
