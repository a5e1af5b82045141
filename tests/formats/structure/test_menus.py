"""Menus of a site in the head of a copied page, which are no titles."""

import pytest

from panels.formats.base import Source
from panels.formats.registry import read
from panels.formats.structure.article_parts import is_site_words

TURNS = "Ida Krane: Who pays for the oil?\n\nBen Marsh: The town pays.\n\nIda Krane: Thank you.\n"


@pytest.mark.parametrize("menu", ["News | Sport | Culture", "Home · City Council · Budget", "首页 | 本地 | 体育"])
def test_a_menu_is_no_title(menu: str) -> None:
    transcript = read(Source.of(f"{menu}\n\nWhat the night buses taught the town\n\n{TURNS}", "a.txt"))

    assert transcript.title == "What the night buses taught the town"
    assert [one.text for one in transcript.unread] == [menu]


@pytest.mark.parametrize(
    "title",
    ["Water · Power · Heat", "News from the old harbour | Part 2 | Spring", "Work | Home", "Home, work and city"],
)
def test_a_title_of_several_parts_is_one(title: str) -> None:
    assert not is_site_words(title)
    assert read(Source.of(f"{title}\n\n{TURNS}", "a.txt")).title == title
