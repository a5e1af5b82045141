"""Labels are split into name, title and organisation; headings that are offices are nobody else's."""

import pytest

from panels.formats.base import Source
from panels.formats.registry import read
from panels.formats.speakers.described import described, may_be_office, names_who_holds_it
from panels.transcript import Role, Transcript


@pytest.mark.parametrize(
    ("label", "name", "title", "organisation"),
    [
        ("Jane Doe, Harbour Authority", "Jane Doe", "", "Harbour Authority"),
        ("Ben Marsh (Example Institute)", "Ben Marsh", "", "Example Institute"),
        ("Dr. Ida Krane", "Ida Krane", "Dr.", ""),
        ("Dr. Ana Pinto, University of Porto", "Ana Pinto", "Dr.", "University of Porto"),
        ("Jane Doe, mayor of Example Town", "Jane Doe", "mayor", "Example Town"),
        ("Jane Doe, Head of Design, Example Ltd", "Jane Doe", "Head of Design", "Example Ltd"),
        ("Jane Doe, CTO", "Jane Doe", "CTO", ""),
        ("王大山（港务局）", "王大山", "", "港务局"),
        ("Jane Doe", "Jane Doe", "", ""),
        ("Krane, Ida", "Krane, Ida", "", ""),
        ("Dr. Krane", "Dr. Krane", "", ""),
        ("Jane Doe, Jr.", "Jane Doe, Jr.", "", ""),
        ("Mary Fable (MF)", "Mary Fable (MF)", "", ""),
        ("Jane Doe (jdoe)", "Jane Doe (jdoe)", "", ""),
        ("The Minister (Ms. Carla Stone)", "The Minister (Ms. Carla Stone)", "", ""),
        ("Deputy Minister (Carla Stone)", "Deputy Minister (Carla Stone)", "", ""),
    ],
)
def test_a_label_is_split(label: str, name: str, title: str, organisation: str) -> None:
    found = described(label)

    assert (found.name, found.title, found.organisation) == (name, title, organisation)


def test_who_is_called_the_host_moderates() -> None:
    assert described("Jane Doe (host)").role is Role.MODERATOR


@pytest.mark.parametrize(
    "heading",
    [
        "Mayor Jones",
        "Minister for Transport Carla Stone",
        "Dr. Ida Krane",
        "唐小明教授",
        "港务局局长王大山",
        "Министр Иванова",
    ],
)
def test_an_office_with_a_name_may_speak(heading: str) -> None:
    assert may_be_office(heading)


@pytest.mark.parametrize(
    "heading", ["Opening", "Key issues", "关于推选新主席", "讨论议题", "What does the mayor say?", "The harbour"]
)
def test_another_heading_does_not(heading: str) -> None:
    assert not may_be_office(heading)


def test_the_name_is_certain_only_where_it_is_whole() -> None:
    assert names_who_holds_it("Minister for Transport Carla Stone")
    assert names_who_holds_it("唐小明教授")
    assert not names_who_holds_it("Mayor Jones")


def spoken(transcript: Transcript) -> list[tuple[str | None, str | None, str]]:
    return [(turn.label, turn.speaker, turn.text) for one in transcript.exchanges for turn in one.answers]


CHINESE = """# 港口讨论会

## 主持人

欢迎大家。

## 港务局局长王大山

港口发展得太快。

## 唐小明教授

我不同意。

## 港务局局长王大山

为什么？
"""
ENGLISH = """# Harbours

Ida Krane: Good evening.

Ben Marsh: Good evening.

## Mayor Jones

We pay for it.

Ida Krane: Thank you.

Ben Marsh: Thank you.
"""


def test_words_below_an_office_are_not_those_of_the_person_above() -> None:
    assert spoken(read(Source.of(CHINESE)))[1:3] == [
        ("港务局局长王大山", "港务局局长王大山", "港口发展得太快。"),
        ("唐小明教授", "唐小明教授", "我不同意。"),
    ]
    assert spoken(read(Source.of(ENGLISH)))[2] == ("Mayor Jones", None, "We pay for it.")


def test_words_below_another_heading_go_on() -> None:
    transcript = read(Source.of(ENGLISH.replace("Mayor Jones", "Key issues")))

    assert spoken(transcript)[1] == ("Ben Marsh", "Ben Marsh", "Good evening.\n\n## Key issues\n\nWe pay for it.")


def test_one_name_with_two_organisations_stays_two() -> None:
    labels = ("Jane Doe (Mill Ltd)", "Jane Doe (Pier Ltd)") * 2
    text = "\n\n".join(f"{label}: Yes." for label in labels)

    speakers = [speaker for _label, speaker, _text in spoken(read(Source.of(text)))]

    assert speakers == ["Jane Doe", "Jane Doe (Pier Ltd)", "Jane Doe", "Jane Doe (Pier Ltd)"]
