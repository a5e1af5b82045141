"""Roles name nobody, in whatever language; `labels_people.txt` has more of them."""

import pytest

from panels.formats import registry
from panels.formats.base import Source
from panels.formats.speakers.parts_played import asks, is_chair


def test_who_asks_and_who_chairs_is_known() -> None:
    assert [asks("Вопрос из зала"), asks("会場"), asks("Journaliste"), asks("Narrator")] == [True, True, True, False]
    assert [is_chair("聞き手"), is_chair("Intervieweur"), is_chair("المذيع"), is_chair("Tous")] == [
        True,
        True,
        True,
        False,
    ]


def dialogue(role: str, name: str, says: str) -> str:
    return f"{role}: {says}?\n\n{name}: {says}.\n\n" * 2


@pytest.mark.parametrize(
    ("role", "name", "says"),
    [
        ("聞き手", "佐藤一郎", "月曜からです"),
        ("Модератор", "Иван Петров", "С понедельника"),
        ("المذيع", "سامي مرسي", "منذ يوم الإثنين"),
        ("Journaliste", "Ida Krane", "Depuis lundi"),
        ("진행자", "김철수", "월요일부터입니다"),
        ("旁白", "王大山", "从星期一开始"),
    ],
)
def test_only_the_named_are_on_the_panel(role: str, name: str, says: str) -> None:
    transcript = registry.read(Source.of(dialogue(role, name, says)))

    assert [person.name for person in transcript.panelists] == [name]
    assert [turn.label for turn in transcript.turns] == [role, name, role, name]
