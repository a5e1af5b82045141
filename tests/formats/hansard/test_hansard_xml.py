"""A day of each parliament, fictional, in the form that it publishes: who says what, and what nobody says."""

from pathlib import Path

import pytest

from panels.formats import registry
from panels.formats.base import Source
from panels.formats.hansard.members import Member, labelled
from panels.transcript import Transcript

SAMPLES = Path(__file__).parents[2] / "samples" / "hansard"

KRANE, MARSH, SPEAKER = "Ida Krane", "Ben Marsh", "The SPEAKER"
LEAKS = "The roof leaks.\n\nIt has leaked since Monday."


def read(name: str) -> Transcript:
    return registry.read(Source((SAMPLES / name).read_bytes(), name))


def spoken(transcript: Transcript) -> list[tuple[str | None, str | None, str]]:
    return [(turn.label, turn.speaker, turn.text) for turn in transcript.turns if turn.label]


def test_canada() -> None:
    transcript = read("canada.xml")

    assert spoken(transcript) == [
        ("Ms. Ida Krane (Halifax Harbour, Lib.)", "Ms. Ida Krane", f"Mr. Speaker, t{LEAKS[1:]}"),
        ("An hon. member", None, "Hear, hear!"),
        ("The Speaker", "The Speaker", "Order."),
    ]
    assert [item.text for item in transcript.unread] == [
        "Prayer",
        "The House resumed consideration of the motion.",
        "12 Krane",
    ]


def test_australia_before_2011() -> None:
    transcript = read("australia-before-2011.xml")

    assert spoken(transcript) == [
        ("Ms KRANE", KRANE, LEAKS),
        ("The SPEAKER", SPEAKER, "Order!"),
        ("Ms KRANE", KRANE, "Thank you."),
        ("Mr MARSH", MARSH, "Who pays?"),
        ("Ms KRANE", KRANE, "The town."),
    ]


def test_interjections_in_the_paragraphs_of_a_speech_are_not_by_who_holds_it() -> None:
    transcript = read("australia.xml")

    assert spoken(transcript) == [
        ("Ms KRANE", KRANE, LEAKS),
        ("Mr Marsh", "Mr Marsh", "Who pays?"),
        ("The SPEAKER", SPEAKER, "Order!"),
        ("Ms KRANE", KRANE, "The town pays."),
    ]
    assert [item.text for item in transcript.unread][-1] == "Honourable members interjecting—"


def test_an_interjection_is_by_the_member_with_that_number() -> None:
    day = (SAMPLES / "australia.xml").read_text(encoding="utf-8")
    talker = (
        '<interjection><talk.start><talker><name role="metadata">Marsh, Ben, MP</name>'
        '<name role="display">Mr Marsh</name>'
        "<name.id>DEF</name.id><party>LP</party></talker></talk.start></interjection></speech>"
    )

    transcript = registry.read(Source.of(day.replace("</speech>", talker)))

    assert [turn.speaker for turn in transcript.turns if turn.label] == [KRANE, MARSH, SPEAKER, KRANE]


def test_several_members_are_nobody() -> None:
    day = (SAMPLES / "australia.xml").read_text(encoding="utf-8")
    text = day.replace("MemberInterjecting", "GeneralInterjecting").replace("Mr Marsh:", "Opposition members:")

    assert spoken(registry.read(Source.of(text)))[1] == ("Opposition members", None, "Who pays?")


def test_south_australia() -> None:
    transcript = read("south-australia.xml")

    assert (transcript.title, str(transcript.date)) == ("House of Assembly", "2031-05-05")
    assert spoken(transcript) == [
        ("Ms KRANE", "Ms KRANE", LEAKS),
        ("The SPEAKER", "The SPEAKER", "Order!"),
        ("Mr MARSH", "Mr MARSH", "Who pays?"),
    ]
    assert [turn.text for turn in transcript.turns if not turn.label] == ["Bills", "Harbour Bill", "Second Reading"]
    assert [item.text for item in transcript.unread] == ["Motion carried."]


@pytest.mark.parametrize(
    "label", ["Some hon. members", "An hon. member", "Honourable senators", "Des voix", "Hon. Senators"]
)
def test_members_without_names_are_nobody(label: str) -> None:
    assert labelled(f"{label}:") == Member(label)
