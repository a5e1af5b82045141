from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panels.editorial.proposals import UnresolvedLabel, unresolved_labels
from panels.editorial.transcript_edits import LEFT_OUT, SOLE_SPEAKER, STEPS, StepError, edited, sole_speaker
from panels.transcript import Attribution, Candidate, Exchange, PanelMember, Role, Transcript, Turn, Unread

OPENING = Turn(text="Welcome.", speaker="Jane", line=1)
TALK = Transcript(
    exchanges=(
        Exchange(question=None, answers=(OPENING,)),
        Exchange(
            question=Turn(text="Why?", line=3),
            answers=(
                Turn(text="First.\n\nSecond.\n\nThird.", speaker="Kim", attribution=Attribution.STATED, line=5),
                Turn(text="And how?", candidates=(Candidate(name="Kim", evidence="he asks"),), line=11),
                Turn(text="So.", speaker="Jane", line=13),
            ),
        ),
        Exchange(question=Turn(text="When?", line=15), answers=(Turn(text="Now.", speaker="Kim", line=17),)),
    ),
    unread=(Unread(line=9, text="Share this page", reason="chrome"),),
)


def after(*steps: dict[str, Any]) -> list[tuple[str | None, list[tuple[str | None, str]]]]:
    return [
        (one.question.text if one.question else None, [(turn.speaker, turn.text) for turn in one.answers])
        for one in edited(TALK, steps).exchanges
    ]


BEFORE = after()


def test_naming_a_speaker_needs_no_evidence_where_the_source_says_it() -> None:
    turn = edited(TALK, [{"do": "name", "at": "2.2", "speaker": "Jane"}]).exchanges[1].answers[1]

    assert (turn.speaker, turn.attribution, turn.candidates) == ("Jane", Attribution.STATED, ())


def test_naming_with_evidence_is_an_inference_and_can_be_taken_back() -> None:
    named = {"do": "name", "at": "2.2", "speaker": "Kim", "evidence": "He asks."}
    turn = edited(TALK, [named]).exchanges[1].answers[1]
    again = edited(TALK, [named, {"do": "name", "at": "2.2"}]).exchanges[1].answers[1]

    assert (turn.speaker, turn.attribution, turn.evidence) == ("Kim", Attribution.INFERRED, "He asks.")
    assert (again.speaker, again.attribution) == (None, Attribution.UNKNOWN)


def test_a_passage_and_the_introduction_get_another_text() -> None:
    steps = [{"do": "edit", "at": place, "text": f"Text of {place}."} for place in ("0", "2", "2.1")]
    transcript = edited(TALK, steps)

    assert transcript.introduction == "Text of 0."
    assert transcript.exchanges[1].question == replace(TALK.exchanges[1].question or OPENING, text="Text of 2.")
    assert transcript.exchanges[1].answers[0] == replace(TALK.exchanges[1].answers[0], text="Text of 2.1.")
    assert edited(transcript, [{"do": "edit", "at": "0", "text": ""}]).introduction == ""


def test_a_text_and_its_speaker_are_typed_in_one_step() -> None:
    turn = edited(TALK, [{"do": "edit", "at": "2.2", "text": "And why?", "speaker": "Jane"}]).exchanges[1].answers[1]

    assert (turn.text, turn.speaker, turn.attribution) == ("And why?", "Jane", Attribution.STATED)


def test_an_answer_becomes_a_question_of_what_follows_and_back() -> None:
    asked = {"do": "make_question", "at": "2.2"}

    assert after(asked)[1:3] == [
        ("Why?", [("Kim", "First.\n\nSecond.\n\nThird.")]),
        ("And how?", [("Jane", "So.")]),
    ]
    assert after(asked, {"do": "make_answer", "at": "3"}) == BEFORE


def test_words_before_the_first_question_become_one() -> None:
    assert after({"do": "make_question", "at": "1.1"})[0] == ("Welcome.", [])


def test_the_first_question_becomes_words_before_any() -> None:
    steps = [{"do": "make_question", "at": "1.1"}, {"do": "make_answer", "at": "1"}]

    assert after(*steps) == BEFORE


def test_what_is_left_out_is_kept_and_fetched_back_to_its_place() -> None:
    left = edited(TALK, [{"do": "drop", "at": "2.2"}])
    back = edited(left, [{"do": "fetch", "number": 2}])

    assert left.unread[1] == Unread(line=11, text="And how?", reason=LEFT_OUT)
    assert [turn.text for turn in back.exchanges[1].answers] == ["First.\n\nSecond.\n\nThird.", "And how?", "So."]
    assert back.unread == TALK.unread


def test_a_question_left_out_leaves_its_answers() -> None:
    assert after({"do": "drop", "at": "3"})[-1][1][-1] == ("Kim", "Now.")


def test_a_turn_is_parted_and_joined() -> None:
    parted = {"do": "split", "at": "2.1", "before": 2}

    assert after(parted)[1][1][:2] == [("Kim", "First."), ("Kim", "Second.\n\nThird.")]
    assert after(parted, {"do": "merge", "at": "2.2"}) == BEFORE


@pytest.mark.parametrize(
    "step",
    [
        {"do": "make_question", "at": "2"},
        {"do": "make_question", "at": "9.1"},
        {"do": "make_question", "at": "2.9"},
        {"do": "make_question", "at": "x"},
        {"do": "make_answer", "at": "2.1"},
        {"do": "make_answer", "at": "1"},
        {"do": "merge", "at": "2.1"},
        {"do": "split", "at": "2.1", "before": 1},
        {"do": "split", "at": "2.1", "before": 4},
        {"do": "fetch", "number": 2},
        {"do": "edit", "at": "2.1", "text": ""},
        {"do": "edit", "at": "9.1", "text": "Now."},
        {"do": "dance", "at": "1"},
    ],
)
def test_what_cannot_be_done_is_refused(step: dict[str, Any]) -> None:
    with pytest.raises(StepError):
        edited(TALK, [step])


def words(transcript: Transcript) -> Counter[str]:
    turns = (turn for one in transcript.exchanges for turn in (one.question, *one.answers) if turn)
    texts = [turn.text for turn in turns] + [unread.text for unread in transcript.unread]
    return Counter(word for text in texts for word in text.split())


places = st.builds("{}.{}".format, st.integers(1, 4), st.integers(1, 4)) | st.integers(1, 4).map(str)
steps = st.fixed_dictionaries(
    {"do": st.sampled_from(sorted(STEPS)), "at": places, "before": st.integers(1, 3), "number": st.integers(1, 3)}
)


@given(chosen=st.lists(steps, max_size=12))
def test_no_step_loses_a_word(chosen: list[dict[str, Any]]) -> None:
    transcript = TALK
    for step in chosen:
        try:
            transcript = edited(transcript, [step])
        except StepError:
            continue

    assert words(transcript) == words(TALK)


def test_a_voice_is_named_wherever_it_speaks() -> None:
    talk = Transcript(
        exchanges=(
            Exchange(
                question=Turn(text="Why?", label="SPEAKER_00"),
                answers=(Turn(text="So.", label="SPEAKER_01"), Turn(text="Ah.", label="SPEAKER_00"), Turn(text="Hm.")),
            ),
        )
    )

    named = edited(talk, [{"do": "voice", "label": "SPEAKER_00", "speaker": "Jane"}])

    assert unresolved_labels(talk) == (UnresolvedLabel("SPEAKER_00", 2), UnresolvedLabel("SPEAKER_01", 1))
    assert unresolved_labels(named) == (UnresolvedLabel("SPEAKER_01", 1),)
    jane = ("Jane", Attribution.INFERRED, "the source writes “SPEAKER_00”")
    question, answers = named.exchanges[0].question, named.exchanges[0].answers
    assert [turn and (turn.speaker, turn.attribution, turn.evidence) for turn in (question, *answers)] == [
        jane,
        (None, Attribution.UNKNOWN, ""),
        jane,
        (None, Attribution.UNKNOWN, ""),
    ]


def test_initials_are_offered_and_settled_as_the_name_that_the_source_states() -> None:
    jane = (Candidate(name="Jane Do", evidence="the initials of Jane Do"),)
    said: dict[str, Any] = {"label": "JD", "speaker": "JD", "attribution": Attribution.STATED, "candidates": jane}
    answers = (Turn(text="So.", **said), Turn(text="Well.", **said))
    talk = Transcript(exchanges=(Exchange(question=None, answers=answers),))

    named = edited(talk, [{"do": "voice", "label": "JD", "speaker": "Jane Do"}])

    assert unresolved_labels(talk) == (UnresolvedLabel("JD", 2, ("Jane Do",)),)
    assert [(turn.speaker, turn.attribution, turn.evidence) for turn in named.exchanges[0].answers] == [
        ("Jane Do", Attribution.STATED, ""),
        ("Jane Do", Attribution.STATED, ""),
    ]


def initialled(label: str, text: str) -> Turn:
    return Turn(text=text, label=label, speaker=label, attribution=Attribution.STATED)


LEE = (replace(initialled("Lee (External)", "No."), speaker="Lee"), replace(initialled("LEE", "Never."), speaker="Lee"))
SHORT = Transcript(
    panelists=(
        PanelMember(name="IK", role=Role.MODERATOR, title="Director"),
        PanelMember(name="BM"),
        PanelMember(name="Ida Krane"),
        PanelMember(name="Noor Said", organisation="Example Institute"),
    ),
    exchanges=(
        Exchange(question=initialled("IK", "Why?"), answers=(initialled("BM", "So."), initialled("IK", "Well."))),
        Exchange(question=None, answers=(replace(initialled("Noor Said", "Yes."), label="Noor Said"),)),
        Exchange(question=None, answers=LEE),
    ),
)


def test_labels_that_identify_nobody_are_unresolved_even_without_candidates() -> None:
    assert unresolved_labels(SHORT) == (
        UnresolvedLabel("IK", 2),
        UnresolvedLabel("BM", 1),
        UnresolvedLabel("Lee", 2, written="Lee (External)"),
    )


def test_several_labels_are_resolved_at_once_and_leave_no_panelist() -> None:
    named = edited(SHORT, [{"do": "voices", "speakers": {"IK": "Ida Krane", "BM": "Ben Marsh"}}])

    assert named.panelists == (
        PanelMember(name="Ben Marsh", labels=("BM",)),
        PanelMember(name="Ida Krane", role=Role.MODERATOR, title="Director", labels=("IK",)),
        PanelMember(name="Noor Said", organisation="Example Institute"),
    )
    turns = [turn for one in named.exchanges for turn in (one.question, *one.answers) if turn]
    assert [turn.speaker for turn in turns] == ["Ida Krane", "Ben Marsh", "Ida Krane", "Noor Said", "Lee", "Lee"]
    assert {turn.attribution for turn in turns} == {Attribution.STATED}
    assert [one.label for one in unresolved_labels(named)] == ["Lee"]


def test_two_labels_of_one_person_become_one_panelist() -> None:
    named = edited(SHORT, [{"do": "voices", "speakers": {"IK": "Ben Marsh", "BM": "Ben Marsh"}}])

    assert named.panelists[0] == PanelMember(
        name="Ben Marsh", role=Role.MODERATOR, title="Director", labels=("IK", "BM")
    )
    assert [one.name for one in named.panelists] == ["Ben Marsh", "Ida Krane", "Noor Said"]


def test_labels_can_change_places() -> None:
    named = edited(SHORT, [{"do": "voices", "speakers": {"IK": "BM", "BM": "IK"}}])

    asked, answer = named.exchanges[0].question, named.exchanges[0].answers[0]
    assert asked is not None
    assert (asked.speaker, answer.speaker) == ("BM", "IK")
    assert [one.name for one in named.panelists] == ["IK", "BM", "Ida Krane", "Noor Said"]


def test_the_last_passage_of_a_label_that_is_named_leaves_no_panelist() -> None:
    first = edited(SHORT, [{"do": "name", "at": "1.2", "speaker": "Ida Krane"}])
    last = edited(first, [{"do": "name", "at": "1", "speaker": "Ida Krane"}])

    assert [one.name for one in first.panelists] == ["IK", "BM", "Ida Krane", "Noor Said"]
    assert [one.name for one in last.panelists] == ["BM", "Ida Krane", "Noor Said"]


@pytest.mark.parametrize("speakers", [{}, {"IK": ""}, {"": "Ida Krane"}, None])
def test_labels_are_resolved_only_with_names(speakers: dict[str, str] | None) -> None:
    with pytest.raises(StepError):
        edited(SHORT, [{"do": "voices", "speakers": speakers}])


ALONE = Transcript(
    panelists=(PanelMember(name="Ida Krane"),),
    exchanges=(
        Exchange(question=None, answers=(Turn(text="Good evening."),)),
        Exchange(question=Turn(text="Why?"), answers=(Turn(text="So."), Turn(text="And so."))),
    ),
)


def test_the_sole_listed_speaker_of_a_text_without_labels_is_inferred_when_it_is_asked_for() -> None:
    named = edited(ALONE, [{"do": "sole_speaker"}])

    answers = [turn for one in named.exchanges for turn in one.answers]
    assert sole_speaker(ALONE) == "Ida Krane"
    assert {(turn.speaker, turn.attribution, turn.evidence) for turn in answers} == {
        ("Ida Krane", Attribution.INFERRED, SOLE_SPEAKER)
    }
    assert [one.question for one in named.exchanges] == [one.question for one in ALONE.exchanges]
    assert sole_speaker(named) == ""


@pytest.mark.parametrize(
    "other",
    [
        replace(ALONE, panelists=()),
        replace(ALONE, panelists=(*ALONE.panelists, PanelMember(name="Ben Marsh"))),
        replace(ALONE, panelists=(PanelMember(name="Ida Krane", role=Role.MODERATOR),)),
        replace(ALONE, panelists=(PanelMember(name="Ida Krane", role=Role.HOST),)),
        replace(ALONE, exchanges=(Exchange(question=Turn(text="Why?"), answers=()),)),
        replace(ALONE, exchanges=(*ALONE.exchanges, Exchange(question=Turn(text="How?", label="Q")))),
        replace(ALONE, exchanges=(*ALONE.exchanges, Exchange(question=None, answers=(Turn(text="So.", label="IK"),)))),
    ],
)
def test_nobody_is_the_sole_speaker_of_a_text_with_others_or_with_labels(other: Transcript) -> None:
    assert sole_speaker(other) == ""
    with pytest.raises(StepError):
        edited(other, [{"do": "sole_speaker"}])
