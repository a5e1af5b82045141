"""A line that begins like a label, and was not taken for a speaker's, is asked about."""

from dataclasses import replace

import pytest

from panels.editorial.proposals import label_doubts
from panels.editorial.transcript_edits import edited
from panels.formats.base import Source
from panels.formats.registry import read
from panels.transcript import Attribution, Exchange, PanelMember, Transcript, Turn


def spoken(text: str, speaker: str | None = "Ben Marsh") -> Transcript:
    turn = Turn(
        text=text,
        label=speaker,
        speaker=speaker,
        attribution=Attribution.STATED if speaker else Attribution.UNKNOWN,
        line=3,
    )
    return Transcript(title="Harbours", exchanges=(Exchange(question=None, answers=(turn,)),))


@pytest.mark.parametrize(
    "label",
    [
        "Dr. Ana Pinto, University of Porto",
        "Mayor Jones",
        "Ida Krane (Example Institute)",
        "Ida Krane, head of design",
        "Prof. Ida Krane",
        "Ida Krane (head of design, Example Institute)",
        "Minister for Transport Carla Stone",
        "Kim",
        "B",
        "王",
        "Министр Иванова",
        "김민수 의원",
        "港务局局长王大山",
    ],
)
def test_a_label_within_a_turn_is_a_doubt(label: str) -> None:
    transcript = spoken(f"It did.\n\n{label}: I agree, and so do the others.")

    doubts = label_doubts(transcript)

    assert [(doubt.label, doubt.place) for doubt in doubts] == [(label, "1.1")]


@pytest.mark.parametrize(
    "line",
    [
        "Note: this is important.",
        "Decision: we build it.",
        "New API: it is faster.",
        "The reason is simple: nobody paid.",
        "At 10:30 we left.",
        "https://example.org/a: b",
        "第一点：我们没有钱。",
        "Benefits: there are three.",
        "a: the first of three.",
        "the (old, grey) quay: it is closed.",
    ],
)
def test_a_line_with_a_colon_is_none(line: str) -> None:
    assert label_doubts(spoken(f"It did.\n\n{line}")) == ()


def test_a_heading_that_is_an_office_is_a_doubt() -> None:
    doubts = label_doubts(spoken("It did.\n\n## Mayor Jones\n\nWe pay."))

    assert [doubt.label for doubt in doubts] == ["Mayor Jones"]


def test_the_words_of_an_accepted_label_are_that_speakers_wherever_it_stands() -> None:
    label = "Dr. Ana Pinto, University of Porto"
    transcript = spoken(f"It did.\n\n{label}: I agree.\n\nAlways.\n{label}: Still.")

    after = edited(transcript, [{"do": "speaker", "label": label}])

    assert [(turn.speaker, turn.text) for turn in after.exchanges[0].answers] == [
        ("Ben Marsh", "It did."),
        ("Ana Pinto", "I agree.\n\nAlways."),
        ("Ana Pinto", "Still."),
    ]
    assert after.panelists == (
        PanelMember(name="Ana Pinto", title="Dr.", organisation="University of Porto", labels=(label,)),
    )
    assert label_doubts(after) == ()


def test_a_label_in_the_introduction_begins_the_session() -> None:
    text = "Harbours\n\nWe met at the pier.\n\nMayor Jones: Good evening to all of you.\n\n" + (
        "Ida Krane: Hello.\n\nBen Marsh: Good day.\n\nIda Krane: Why?\n\nBen Marsh: Who knows.\n"
    )
    transcript = read(Source.of(text))
    doubts = label_doubts(transcript)

    after = edited(transcript, [{"do": "speaker", "label": doubts[0].label}]) if doubts else transcript

    assert after.introduction == "We met at the pier."
    assert after.exchanges[0].answers[0].speaker == "Mayor Jones"


def test_what_is_no_speaker_is_not_asked_about_again() -> None:
    transcript = spoken("It did.\n\nKim: a city in the north.")

    assert label_doubts(transcript, {"Kim"}) == ()


def test_a_line_that_is_proposed_for_removal_is_not_asked_about_until_it_is_kept() -> None:
    transcript = spoken("三分钟。\n\n延伸阅读：十座城市的菜场地图")

    assert label_doubts(transcript) == ()
    assert [doubt.label for doubt in label_doubts(transcript, {"延伸阅读：十座城市的菜场地图"})] == ["延伸阅读"]


def test_a_label_within_a_line_is_a_doubt_if_somebody_has_it() -> None:
    text = "I would ask the ministry. Krane: You did ask it. Note: this is certain."
    krane = Turn(text="So?", label="Krane", speaker="Krane", attribution=Attribution.STATED)
    transcript = replace(
        spoken(text), exchanges=(Exchange(question=None, answers=(krane, spoken(text).exchanges[0].answers[0])),)
    )

    assert [(one.label, one.place) for one in label_doubts(transcript)] == [("Krane", "1.2")]

    parted = edited(transcript, [{"do": "speaker", "label": "Krane"}])

    assert [(turn.speaker, turn.text) for turn in parted.turns][1:] == [
        ("Ben Marsh", "I would ask the ministry."),
        ("Krane", "You did ask it. Note: this is certain."),
    ]
