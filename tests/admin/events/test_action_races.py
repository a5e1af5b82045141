"""Every way in which the admin changes a session, used while another editor saves the same session, really at once.

The ways are those of `test_ways_to_save`: a new one is tried here too. RACE_ROUNDS says how often (3 unless it is set).
"""

from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from typing import Any

import pytest

from panels.models import Answer, Event, Question, RetiredAnchor
from tests.admin.events.test_races import TOLD, new_text_of
from tests.admin.racing import FORMS, Editor, Fields, at_once, make_race, states_of, was_saved
from tests.admin.session_editor.test_session_editor import address, typed
from tests.admin.test_ways_to_save import DONE, NEEDED
from tests.racing import ROUNDS

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

MEANING = {"same_meaning": "on"}  # what readers have seen is corrected with a note, or so
PUBLISHED = "Add a correction note"
"""What is said of a form that was read of a draft, and sent when readers see it."""
Holds = Callable[[Event], bool]


def has_status(status: str) -> Holds:
    return lambda event: Event.objects.get(pk=event.pk).status == status


def is_tagged(model: type[Answer | Question]) -> Holds:
    return lambda event: not model._default_manager.filter(event=event).exclude(tags__name="Night").exists()


ANSWERS = {200, 302, 404, 409, 422}

HOLD: dict[str, Holds] = {
    "event action publish": has_status("published"),
    "event action withdraw": has_status("withdrawn"),
    "event action submit": has_status("in_review"),
    "event action return_to_draft": has_status("draft"),
    "event action move_to_trash": has_status("binned"),
    "event action restore_from_trash": has_status("draft"),
    "event url trash": has_status("binned"),
    "event action delete_selected": lambda event: not Event.objects.filter(pk=event.pk).exists(),
    "event url delete": lambda event: not Event.objects.filter(pk=event.pk).exists(),
    "question action tag_selected": is_tagged(Question),
    "answer action tag_selected": is_tagged(Answer),
}
"""What must be so once a way was used that asks for no version, whatever another editor saves meanwhile."""


def made_for(way: str) -> Event:
    status = DONE[way][0]
    event = make_race(status=status, published_at="2021-01-01T00:00Z" if status == "published" else None)
    if way in NEEDED:
        NEEDED[way](event)
    return event


def check(editor: Editor, event: Event, saved: Any) -> None:
    """What an editor saved is in the history; what was refused is stored nowhere, and shown to them with the reason."""
    assert (editor.words in states_of(event)) is was_saved(saved)
    if saved.status_code == HTTPStatus.FORBIDDEN:
        assert has_status("binned")(event)  # nobody edits what is in the trash
    elif not was_saved(saved):
        assert any(words in saved.content.decode() for words in (*TOLD, PUBLISHED))
        assert editor.words in new_text_of(saved)


@pytest.mark.parametrize("way", [way for way, (status, _do) in DONE.items() if status != "binned"])
def test_a_way_used_while_another_saves_undoes_nothing_unseen(way: str) -> None:
    do, ann, ben = DONE[way][1], Editor.arriving("ann"), Editor.arriving("ben")
    for number in range(ROUNDS):
        event, form = made_for(way), FORMS[("answer", "details")[number % 2]]
        read = form.read(ben, event) | MEANING

        done, saved = at_once(partial(do, ann, event), partial(form.save, ben, event, read))

        check(ben, event, saved)
        assert done.status_code in ANSWERS
        assert way not in HOLD or HOLD[way](event)


@pytest.mark.parametrize("way", DONE)
def test_a_way_used_by_two_at_once_is_answered_twice_and_leaves_a_whole_session(way: str) -> None:
    do, ann, ben = DONE[way][1], Editor.arriving("ann"), Editor.arriving("ben")
    for _ in range(ROUNDS):
        event = made_for(way)

        answers = at_once(partial(do, ann, event), partial(do, ben, event))

        assert {answer.status_code for answer in answers} <= ANSWERS
        assert way not in HOLD or HOLD[way](event)
        if Event.objects.filter(pk=event.pk).exists():
            assert event.questions.count() == 2
            assert event.answers.count() >= 4
            assert "Answer 1." in states_of(event)


STEPS: dict[str, Fields] = {
    "split": {}, "merge": {"whose": "this"}, "make_question": {}, "up": {}, "down": {}, "move": {"to": "q2"},
    "delete": {}, "save": {},
}  # fmt: skip


@pytest.mark.parametrize("step", STEPS)
def test_a_step_at_a_passage_that_another_saves_loses_no_word(step: str) -> None:
    """With words typed into the same form: they are in the history or come back with what was saved meanwhile."""
    ann, ben = Editor.arriving("ann"), Editor.arriving("ben")
    for _ in range(ROUNDS):
        event = make_race()
        forms = {who.name: typed(event, "q1-a2", who.client) | {"text": who.words} for who in (ann, ben)}
        forms["ann"] |= {"do": step, "before": "2", **STEPS[step]}
        if step == "split":
            forms["ann"]["text"] = f"{ann.words}\n\nAnd more."

        answers = at_once(*(partial(who.client.post, address(event), forms[who.name]) for who in (ann, ben)))

        states = states_of(event)
        for who, answer in zip((ann, ben), answers, strict=True):
            assert answer.status_code in {200, 302, 409}
            if who is ben or step != "delete":  # which sends no words
                kept = states if was_saved(answer) else new_text_of(answer)
                assert who.words in kept
        assert any(map(was_saved, answers))
        assert "Answer 2." in states
        anchors = set(event.answers.values_list("anchor", flat=True)) | set(
            RetiredAnchor.objects.filter(event=event).values_list("anchor", flat=True)
        )
        assert {"q1-a1", "q1-a2", "q2-a1", "q2-a2"} <= anchors
