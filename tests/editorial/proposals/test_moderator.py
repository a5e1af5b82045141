"""Who leads is proposed once; accepted, their questions open exchanges and their role is set."""

import pytest

from panels.editorial.proposals import has_no_questions, moderator_proposal
from panels.editorial.transcript_edits import edited
from panels.transcript import Attribution, Exchange, PanelMember, Role, Transcript, Turn


def said(*turns: tuple[str, str], introduction: str = "", role: Role = Role.PANELIST) -> Transcript:
    answers = tuple(
        Turn(text=text, label=name, speaker=name, attribution=Attribution.STATED, line=at)
        for at, (name, text) in enumerate(turns, start=1)
    )
    names = dict.fromkeys(name for name, _text in turns)
    panelists = tuple(PanelMember(name=name, role=role if name == "Ida Krane" else Role.PANELIST) for name in names)
    exchanges = (Exchange(question=None, answers=answers),)
    return Transcript(title="Rivers", introduction=introduction, panelists=panelists, exchanges=exchanges)


TALK = (
    ("Ida Krane", "Welcome. What should a city do with its river?"),
    ("Ben Marsh", "Open it."),
    ("Ida Krane", "Does that cost much?"),
    ("Jane Doe", "Less than the flood did. Who would not pay that?"),
    ("Ida Krane", "Thank you."),
)


def test_who_opens_and_mostly_asks_is_proposed() -> None:
    proposal = moderator_proposal(said(*TALK))

    assert proposal is not None
    assert (proposal.name, proposal.reason, proposal.passages) == ("Ida Krane", "opens", 2)


def test_who_mostly_asks_is_proposed_without_opening() -> None:
    proposal = moderator_proposal(said(("Ben Marsh", "I begin, then."), *TALK))

    assert proposal is not None
    assert (proposal.name, proposal.reason) == ("Ida Krane", "asks")


def test_who_is_said_to_moderate_is_proposed() -> None:
    quiet = (("Ben Marsh", "I begin."), ("Ida Krane", "Please do."), ("Ben Marsh", "Gladly."))

    for text in ("The panel was moderated by Ida Krane.", "Moderator: Ida Krane", "主持人：Ida Krane"):
        proposal = moderator_proposal(said(*quiet, introduction=text))

        assert proposal is not None
        assert (proposal.name, proposal.reason) == ("Ida Krane", "stated")


def test_nobody_is_proposed_where_nobody_asks_more_than_others() -> None:
    assert moderator_proposal(said(("Ben Marsh", "It rains."), ("Ida Krane", "It does."))) is None
    both = tuple(
        (name, f"And what would you do about it, {n}?") for n in range(3) for name in ("Ben Marsh", "Jane Doe")
    )
    assert moderator_proposal(said(("Ida Krane", "Begin."), *both)) is None


def test_accepted_their_questions_open_exchanges_and_the_role_is_set() -> None:
    after = edited(said(*TALK), [{"do": "moderator", "speaker": "Ida Krane"}])

    assert [
        (one.question and one.question.text, [turn.speaker for turn in one.answers]) for one in after.exchanges
    ] == [
        ("Welcome. What should a city do with its river?", ["Ben Marsh"]),
        ("Does that cost much?", ["Jane Doe", "Ida Krane"]),
    ]
    assert {one.name: one.role for one in after.panelists}["Ida Krane"] == Role.MODERATOR
    assert moderator_proposal(after) is None


def test_a_known_moderator_is_proposed_while_passages_in_which_they_ask_are_answers() -> None:
    proposal = moderator_proposal(said(*TALK, role=Role.MODERATOR))

    assert proposal is not None
    assert proposal.reason == "stated"


def test_declined_it_is_not_proposed_again() -> None:
    assert moderator_proposal(said(*TALK), {"Ida Krane"}) is None


def test_a_session_without_a_question_is_one() -> None:
    assert has_no_questions(said(*TALK))
    assert not has_no_questions(edited(said(*TALK), [{"do": "moderator", "speaker": "Ida Krane"}]))


@pytest.mark.parametrize("words", ["Welcome to the third evening.", "大家好，欢迎来到第三个晚上。"])
def test_who_only_opens_the_session_is_proposed(words: str) -> None:
    transcript = said(("Ida Krane", words), ("Ben Marsh", "Thank you."), ("Jane Doe", "Hello."), ("Ben Marsh", "So."))

    proposal = moderator_proposal(transcript)

    assert proposal is not None
    assert (proposal.name, proposal.reason, proposal.passages) == ("Ida Krane", "welcomes", 0)
    after = edited(transcript, [{"do": "moderator", "speaker": "Ida Krane"}])
    assert after.panelists[0].role is Role.MODERATOR
    assert after.exchanges == transcript.exchanges


def test_who_is_welcomed_and_two_who_talk_are_not() -> None:
    words = (("Ben Marsh", "Thank you for the welcome."), ("Jane Doe", "Hello."), ("Ben Marsh", "So."))

    assert moderator_proposal(said(*words)) is None
    assert moderator_proposal(said(("Ida Krane", "Thank you for the welcome."), *words)) is None
