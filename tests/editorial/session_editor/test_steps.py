from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panels.editorial.session_editor.steps import STEPS, anchors_of, changed_place, fields_of, neighbours, stepped
from panels.editorial.transcript_edits import StepError
from panels.transcript import Attribution, Exchange, Transcript, Turn


def said(anchor: str, text: str, speaker: str | None = "Kim") -> Turn:
    attribution = Attribution.STATED if speaker else Attribution.UNKNOWN
    return Turn(text=text, speaker=speaker, attribution=attribution, anchor=anchor)


TALK = Transcript(
    exchanges=(
        Exchange(
            question=said("q1", "Why?", None),
            answers=(said("q1-a1", "First.\n\nSecond."), said("q1-a2", "Hm.", None), said("q1-a3", "So.", "Jane")),
        ),
        Exchange(question=said("q2", "When?", "Jane"), answers=(said("q2-a1", "Now."),), follow_up=True),
        Exchange(question=said("q3", "Where?", None)),
    ),
)


def order(*steps: dict[str, Any]) -> str:
    return " ".join(anchor or "-" for anchor in anchors_of(stepped(TALK, steps)))


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ({"do": "edit", "at": "q1", "fields": {"text": "Why so?"}}, "q1 q1-a1 q1-a2 q1-a3 q2 q2-a1 q3"),
        ({"do": "move", "at": "q1-a1", "after": "q2"}, "q1 q1-a2 q1-a3 q2 q1-a1 q2-a1 q3"),
        ({"do": "move", "at": "q1-a1", "after": "q1-a3"}, "q1 q1-a2 q1-a3 q1-a1 q2 q2-a1 q3"),
        ({"do": "move", "at": "q2-a1", "after": "q1-a1"}, "q1 q1-a1 q2-a1 q1-a2 q1-a3 q2 q3"),
        ({"do": "move", "at": "q2-a1", "after": "q3"}, "q1 q1-a1 q1-a2 q1-a3 q2 q3 q2-a1"),
        ({"do": "move", "at": "q1", "after": "q3"}, "q2 q2-a1 q3 q1 q1-a1 q1-a2 q1-a3"),
        ({"do": "move", "at": "q1", "after": "q2-a1"}, "q2 q2-a1 q1 q1-a1 q1-a2 q1-a3 q3"),
        ({"do": "move", "at": "q3", "after": ""}, "q3 q1 q1-a1 q1-a2 q1-a3 q2 q2-a1"),
        ({"do": "add", "what": "answer", "after": "q2"}, "q1 q1-a1 q1-a2 q1-a3 q2 - q2-a1 q3"),
        ({"do": "add", "what": "question", "after": "q1-a1"}, "q1 q1-a1 q1-a2 q1-a3 - q2 q2-a1 q3"),
        ({"do": "add", "what": "question", "after": ""}, "- q1 q1-a1 q1-a2 q1-a3 q2 q2-a1 q3"),
        ({"do": "delete", "at": "q1-a2"}, "q1 q1-a1 q1-a3 q2 q2-a1 q3"),
        ({"do": "delete", "at": "q2"}, "q1 q1-a1 q1-a2 q1-a3 q2-a1 q3"),
        ({"do": "split", "at": "q1-a1", "before": 2}, "q1 q1-a1 - q1-a2 q1-a3 q2 q2-a1 q3"),
        ({"do": "merge", "at": "q1-a2", "whose": "previous"}, "q1 q1-a1 q1-a3 q2 q2-a1 q3"),
        ({"do": "make_question", "at": "q1-a2"}, "q1 q1-a1 - q1-a3 q2 q2-a1 q3"),
        ({"do": "make_answer", "at": "q2"}, "q1 q1-a1 q1-a2 q1-a3 - q2-a1 q3"),
    ],
)
def test_a_step_leaves_every_other_anchor_with_its_words(step: dict[str, Any], expected: str) -> None:
    assert order(step) == expected
    after = stepped(TALK, [step])
    for anchor in set(anchors_of(after)) & set(anchors_of(TALK)) - {step.get("at"), "q1-a1"}:
        assert fields_of(after, anchor) == fields_of(TALK, anchor)


@pytest.mark.parametrize(
    "step",
    [
        {"do": "fly", "at": "q1"},
        {"do": "edit", "at": "q9", "fields": {}},
        {"do": "move", "at": "q1", "after": "q1"},
        {"do": "move", "at": "q1", "after": "q1-a1"},
        {"do": "move", "at": "q1-a1", "after": ""},
        {"do": "move", "at": "q1-a1", "after": "q9"},
        {"do": "add", "what": "answer", "after": ""},
        {"do": "split", "at": "q1-a1", "before": 3},
        {"do": "split", "at": "q1", "before": 2},
        {"do": "merge", "at": "q2-a1"},
        {"do": "make_question", "at": "q1"},
        {"do": "make_answer", "at": "q1-a1"},
    ],
)
def test_what_cannot_be_done_is_refused(step: dict[str, Any]) -> None:
    with pytest.raises(StepError):
        stepped(TALK, [step])


def test_an_answer_is_stated_when_somebody_is_named_and_unknown_when_nobody_is() -> None:
    named = stepped(TALK, [{"do": "edit", "at": "q1-a2", "fields": {"speaker": "Ann"}}])
    unnamed = stepped(TALK, [{"do": "edit", "at": "q1-a1", "fields": {"speaker": ""}}])

    assert fields_of(named, "q1-a2")["attribution"] is Attribution.STATED
    assert fields_of(unnamed, "q1-a1")["attribution"] is Attribution.UNKNOWN


@pytest.mark.parametrize(
    ("step", "near", "expected"),
    [
        ({"do": "move", "at": "q1-a1", "after": "q1-a2"}, "q1-a1", "q1-a1"),
        ({"do": "move", "at": "q1-a1", "after": "q1-a2"}, "q1-a2", "q1-a2"),
        ({"do": "move", "at": "q1-a1", "after": "q2-a1"}, "", "q1-a1"),
        ({"do": "move", "at": "q2-a1", "after": "q1"}, "", "q2-a1"),
        ({"do": "move", "at": "q1", "after": "q3"}, "", "q1"),
        ({"do": "delete", "at": "q1-a2"}, "", "q1-a2"),
        ({"do": "add", "what": "question", "after": "", "fields": {"text": "New?"}}, "", "q1"),
        ({"do": "add", "what": "answer", "after": "q3", "fields": {"text": "New."}}, "", "q3"),
        ({"do": "edit", "at": "q1-a2", "fields": {"text": "Other."}}, "", "q1-a2"),
    ],
)
def test_undoing_leads_to_what_it_changed(step: dict[str, Any], near: str, expected: str) -> None:
    assert changed_place(stepped(TALK, [step]), TALK, near) == expected


@pytest.mark.parametrize("anchor", ["q1", "q2", "q3", "q1-a1", "q1-a2", "q1-a3", "q2-a1"])
def test_up_and_down_are_one_place(anchor: str) -> None:
    before = anchors_of(TALK)
    for after in neighbours(TALK, anchor):
        if after is not None:
            moved = anchors_of(stepped(TALK, [{"do": "move", "at": anchor, "after": after}]))
            assert moved != before
            assert sorted(moved) == sorted(before)


STEP = st.fixed_dictionaries(
    {
        "do": st.sampled_from(sorted(set(STEPS) - {"delete", "delete_exchange", "edit"})),
        "at": st.sampled_from(anchors_of(TALK)),
        "after": st.sampled_from(["", *anchors_of(TALK)]),
        "what": st.sampled_from(["question", "answer"]),
        "before": st.integers(0, 3),
        "whose": st.sampled_from(["previous", "this"]),
    }
)


@given(steps=st.lists(STEP, max_size=8))
def test_no_step_but_writing_and_deleting_loses_or_makes_a_word(steps: list[dict[str, Any]]) -> None:
    after = TALK
    for step in steps:
        try:
            after = stepped(after, [step])
        except StepError:
            continue

    assert words(after) == words(TALK)


def words(transcript: Transcript) -> Counter[str]:
    turns = [turn for one in transcript.exchanges for turn in (one.question, *one.answers) if turn]
    return Counter(word for turn in turns for word in turn.text.split())
