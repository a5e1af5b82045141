"""What may be spoken above the first certain speaker is a turn or a doubt, never silently introduction."""

import pytest

from panels.formats import registry
from panels.formats.base import Source
from panels.formats.structure.openings import DOUBT

REST = (
    "\n\nIda: Good evening, and welcome.\n\nBen: Thank you. The roof leaks.\n\nIda: Since when?\n\nBen: Since Monday.\n"
)


def doubts(text: str) -> list[tuple[int, str]]:
    return [(item.line, item.text) for item in registry.read(Source.of(text)).unread if item.reason == DOUBT]


@pytest.mark.parametrize(
    "line",
    [
        "Lea: Welcome, everybody. I hand over to Ida.",
        "Harbour Hall: A history of the building.",
        "Леа: Добро пожаловать в порт. Передаю слово.",
        "小文：大家好，现在请主持人开始发言。",
    ],
)
def test_a_label_that_may_be_a_person_is_a_doubt(line: str) -> None:
    text = line + REST

    assert doubts(text) == [(1, line)]
    assert registry.read(Source.of(text)).introduction == line


@pytest.mark.parametrize(
    "line",
    [
        "Summary: In this episode we talk about a roof.",
        "Editor's note: We have edited this for clarity.",
        "Recorded on 5 May in the hall.",
        "Heat: the new normal.",
        "Wichtige Punkte: Wir haben kein Dach.",
    ],
)
def test_a_field_is_none(line: str) -> None:
    assert doubts(line + REST) == []
