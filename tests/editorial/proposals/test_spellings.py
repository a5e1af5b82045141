"""Two spellings of what may be one name are asked about, and joined with one click."""

from typing import Any

import pytest

from panels.editorial.proposals import spelling_doubts, unresolved_labels
from panels.editorial.transcript_edits import edited
from panels.transcript import Attribution, Exchange, PanelMember, Transcript, Turn


def talk(*names: str, asked_by: str = "") -> Transcript:
    turns = tuple(
        Turn(text="It did.", label=name, speaker=name, attribution=Attribution.STATED, line=at)
        for at, name in enumerate(names, start=1)
    )
    question = Turn(text="Did it?", label=asked_by, speaker=asked_by) if asked_by else None
    panelists = tuple(PanelMember(name=name) for name in dict.fromkeys(names))
    return Transcript(title="Rivers", panelists=panelists, exchanges=(Exchange(question=question, answers=turns),))


@pytest.mark.parametrize(
    ("name", "speaker"),
    [
        ("Ben Mrash", "Ben Marsh"),
        ("Ida Crane", "Ida Krane"),
        ("S. Whitfeild", "S. Whitfield"),
        ("Marsh, Ben", "Ben Marsh"),
        ("José Nunez", "Jose Núñez"),
        ("Okafro", "Okafor"),
        ("马晓本", "马小本"),
        ("Иван Петроф", "Иван Петров"),
    ],
)
def test_a_misspelt_name_is_asked_about(name: str, speaker: str) -> None:
    (doubt,) = spelling_doubts(talk(name, speaker, "Carla Stone", speaker))

    assert (doubt.name, doubt.speaker, doubt.passages) == (name, speaker, 1)
    assert spelling_doubts(talk(name, speaker, speaker), {doubt.text}) == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ben Marsh", "Carla Marsh"),
        ("Mr Marsh", "Mrs Marsh"),
        ("Interviewer", "Interviewee"),
        ("Speaker 1", "Speaker 2"),
        ("Participant 10", "Participant 100"),
        ("Jan Marsh", "Ian Marsh"),
        ("王小明", "王小红"),
        ("B", "C"),
    ],
)
def test_other_names_are_other_people(one: str, other: str) -> None:
    assert spelling_doubts(talk(one, other, other)) == ()


def test_the_passages_become_those_of_the_speaker_and_no_panelist_is_left() -> None:
    transcript = talk("S. Whitfield", "S. Whitfeild", "S. Whitfield", asked_by="S. Whitfeild")

    steps: list[dict[str, Any]] = [{"do": "spelling", "name": "S. Whitfeild", "speaker": "S. Whitfield"}]
    after = edited(transcript, steps)

    assert {turn.speaker for turn in after.turns} == {"S. Whitfield"}
    assert [one.name for one in after.panelists] == ["S. Whitfield"]
    assert after.panelists[0].labels == ("S. Whitfeild",)
    assert [(one.label, one.passages) for one in unresolved_labels(after)] == [("S. Whitfield", 4)]
    steps += [{"do": "voices", "speakers": {"S. Whitfield": "Sam Whitfield"}}]
    assert {turn.speaker for turn in edited(transcript, steps).turns} == {"Sam Whitfield"}
