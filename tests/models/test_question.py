import threading

import pytest
from django.db import IntegrityError, connection, transaction

from panels.models import Question
from tests.builders import make_event, make_question

pytestmark = pytest.mark.django_db


def test_anchor_and_number_go_on_from_the_last() -> None:
    event = make_event()

    made = [make_question(event) for _ in range(3)]

    assert [(question.anchor, question.number) for question in made] == [("q1", 1), ("q2", 2), ("q3", 3)]


def test_anchor_stays_when_the_number_changes() -> None:
    event = make_event()
    question = make_question(event)

    question.number = 7
    question.save()

    assert (question.anchor, question.number) == ("q1", 7)


def test_anchor_is_never_given_again_however_its_question_went() -> None:
    event = make_event()
    for _ in range(3):
        make_question(event)
    event.questions.filter(anchor="q3").delete()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM panels_question WHERE anchor = 'q2'")

    assert make_question(event).anchor == "q4"


@pytest.mark.parametrize("fields", [{"number": 1}, {"anchor": "q1"}, {"number": 0}, {"media_time": -1.0}], ids=str)
def test_database_refuses(fields: dict[str, object]) -> None:
    event = make_event()
    make_question(event)

    with pytest.raises(IntegrityError), transaction.atomic():
        Question.objects.bulk_create([Question(**{"event": event, "anchor": "q9", "number": 9, "text": "?", **fields})])


@pytest.mark.django_db(transaction=True)
def test_two_editors_never_get_the_same_anchor() -> None:
    event = make_event()

    def add() -> None:
        for _ in range(5):
            make_question(event)
        connection.close()

    editors = [threading.Thread(target=add) for _ in range(3)]
    for one in editors:
        one.start()
    for one in editors:
        one.join()

    assert sorted(event.questions.values_list("number", flat=True)) == list(range(1, 16))
