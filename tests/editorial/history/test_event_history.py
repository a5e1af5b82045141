import re
from dataclasses import replace

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client

from panels.editorial.history import event_history
from panels.editorial.history.event_restore import restore
from panels.editorial.importing import apply, plan
from panels.editorial.publishing import publish
from panels.editorial.saving.corrections import UNDO
from panels.models import Answer, Event, Question, Revision, Speaker
from panels.reading.export import transcript_of
from panels.transcript import Exchange, Transcript, Turn

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    call_command("loaddata", "library_round_table_2021_09_18", verbosity=0)
    return Event.objects.get()


def page_of(event: Event, client: Client) -> str:
    """The public page, but for the number of its version, which goes on."""
    return re.sub(r"version \d+", "", client.get(event.get_absolute_url()).content.decode())


def mend(event: Event, words: str) -> None:
    Answer.objects.filter(event=event, anchor="q1-a1").update(text=words)


def test_a_state_is_recorded_once_with_who_and_why(event: Event) -> None:
    editor = User.objects.create_user("editor")

    first = event_history.record(event, by=editor, why="As it was printed.")
    again = event_history.record(event, by=None)

    assert again == first
    assert (first.number, first.by, first.why, first.public) == (1, editor, "As it was printed.", True)
    assert event_history.transcript_at(first) == replace(transcript_of(event), version=None)


def test_what_was_written_otherwise_is_recorded_before_the_next_change(event: Event) -> None:
    event_history.ensure_recorded(event)
    mend(event, "By plain SQL.")

    event_history.ensure_recorded(event)
    event_history.ensure_recorded(event)
    mend(event, "By an editor.")
    event_history.record(event, by=None)

    texts = [
        event_history.transcript_at(one).exchanges[0].answers[0].text for one in event.revisions.order_by("number")
    ]
    assert len(texts) == 3
    assert texts[1:] == ["By plain SQL.", "By an editor."]


def test_what_readers_saw_is_marked() -> None:
    event = apply(plan(Transcript(title="Talk", exchanges=(Exchange(question=Turn(text="Why?")),))))
    event_history.record(event, by=None)
    event.questions.update(text="Why not?")

    publish(event, by=None)

    assert list(event.revisions.order_by("number").values_list("number", "public")) == [(1, False), (2, True)]


@pytest.mark.parametrize("change", ["words", "delete an answer", "delete a question", "order", "tags", "rename"])
def test_a_restored_state_gives_the_page_that_it_was(change: str, event: Event, client: Client) -> None:
    page = page_of(event, client)
    state = event_history.record(event, by=None)
    match change:
        case "words":
            mend(event, "Other words.")
        case "delete an answer":
            event.answers.earliest("pk").delete()
        case "delete a question":
            event.questions.get(number=2).delete()
        case "order":
            last = event.questions.count()
            event.questions.filter(number=1).update(number=last + 1)
        case "tags":
            event.tags.clear()
        case "rename":
            Event.objects.filter(pk=event.pk).update(title="Other", slug="other")
    assert page_of(event, client) != page

    restore(state, by=None, why="Back again", change_note=UNDO)

    assert page_of(event, client) == page
    assert event.revisions.latest("number").why == "Back again"
    assert event.revisions.count() == 3


def test_a_speaker_who_was_renamed_since_is_known(event: Event) -> None:
    state = event_history.record(event, by=None)
    speaker = event.answers.get(anchor="q1-a1").speaker
    assert speaker
    Speaker.objects.filter(pk=speaker.pk).update(name="Renamed Since")
    mend(event, "Other words.")
    count = Speaker.objects.count()

    restore(state, by=None, change_note=UNDO)

    assert event.answers.get(anchor="q1-a1").speaker == speaker
    assert Speaker.objects.count() == count


def test_recording_takes_as_many_queries_for_a_long_session(
    event: Event, django_assert_max_num_queries: pytest.FixtureRequest
) -> None:
    question = Question.objects.create(event=event, text="More?")
    Answer.objects.bulk_create(
        Answer(question=question, event=event, position=number, anchor=f"q99-a{number}", attribution="unknown")
        for number in range(1, 300)
    )

    with django_assert_max_num_queries(16):  # type: ignore[operator]
        event_history.record(event, by=None)
    assert Revision.objects.count() == 1
