"""Ordinary forms on the desk: who saves second is told, and overwrites only knowingly."""

import pytest
from django.test import Client

from panels import history
from panels.models import Answer, Event, Question
from tests.admin.test_desk import change, form_of
from tests.builders import make_editor, make_session, make_speaker

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    return make_session(
        2, 2, status="draft", published_at=None, speakers=[make_speaker("Kim"), make_speaker("Jane Doe")], title="Lamps"
    )


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(make_editor())
    return client


@pytest.fixture
def second() -> Client:
    client = Client()
    client.force_login(make_editor("second"))
    return client


def form(client: Client, thing: Event | Question | Answer, **values: str) -> dict[str, str]:
    page = client.get(change(thing))
    return {**form_of(client, change(thing)), "edition": str(page.context["edition"]), **values}


def answer(event: Event, anchor: str) -> Answer:
    return Answer.objects.get(event=event, anchor=anchor)


def test_the_second_to_save_an_answer_is_told_and_overwrites_knowingly(
    desk: Client, second: Client, event: Event
) -> None:
    mine = form(desk, answer(event, "q1-a1"), text="Mine.")
    second.post(change(answer(event, "q1-a1")), form(second, answer(event, "q1-a1"), text="Theirs."))

    told = desk.post(change(answer(event, "q1-a1")), mine)
    page = told.content.decode()
    assert "This was changed meanwhile, by second." in page
    assert "<ins>Theirs</ins>" in page
    assert "Mine." in page
    assert answer(event, "q1-a1").text == "Theirs."

    desk.post(change(answer(event, "q1-a1")), {**mine, "edition": str(told.context["edition"])})
    assert answer(event, "q1-a1").text == "Mine."
    states = [history.transcript_at(revision) for revision in event.revisions.all()]
    assert any(state.exchanges[0].answers[0].text == "Theirs." for state in states)


def test_what_was_changed_elsewhere_does_not_stop_a_save(desk: Client, second: Client, event: Event) -> None:
    mine = form(desk, answer(event, "q1-a1"), text="Mine.")
    second.post(change(answer(event, "q1-a2")), form(second, answer(event, "q1-a2"), text="Theirs."))
    second.post(change(event), form(second, event, title="New lamps"))

    desk.post(change(answer(event, "q1-a1")), mine)

    assert [answer(event, "q1-a1").text, answer(event, "q1-a2").text] == ["Mine.", "Theirs."]


def test_an_event_s_form_is_stopped_by_what_it_shows_alone(desk: Client, second: Client, event: Event) -> None:
    mine = form(desk, event, title="My lamps")
    second.post(change(answer(event, "q1-a2")), form(second, answer(event, "q1-a2"), text="Theirs."))
    desk.post(change(event), mine)
    assert Event.objects.get().title == "My lamps"

    mine = form(desk, event, title="My old lamps")
    second.post(change(event), form(second, event, introduction="Theirs."))
    assert "This was changed meanwhile" in desk.post(change(event), mine).content.decode()
    assert Event.objects.get().title == "My lamps"


def test_a_question_s_form_is_stopped_by_its_answers(desk: Client, second: Client, event: Event) -> None:
    question = Question.objects.get(event=event, anchor="q1")
    mine = form(desk, question, text="Mine?")
    second.post(change(answer(event, "q2-a1")), form(second, answer(event, "q2-a1"), text="Elsewhere."))
    second.post(change(answer(event, "q1-a1")), form(second, answer(event, "q1-a1"), text="Theirs."))

    told = desk.post(change(question), mine)

    assert "Theirs" in told.content.decode()
    assert "Elsewhere" not in told.content.decode()
    assert answer(event, "q1-a1").text == "Theirs."
