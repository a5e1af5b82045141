"""Marks of other systems in the lines of a text: headings underlined, MediaWiki, page builders."""

import pytest

from panels.formats.parsing.text_lines import LineKind, scan


def shown(text: str) -> list[tuple[str, str, int]]:
    return [(line.kind.value, line.text, line.number) for line in scan(text.split("\n"))]


def test_a_short_line_above_signs_is_a_heading() -> None:
    assert shown("Roof\n====\n\nIt leaks.\n\nDoor?\n---\n\nEnd") == [
        ("heading", "Roof", 1),
        ("words", "It leaks.", 4),
        ("heading", "Door?", 6),
        ("words", "End", 9),
    ]


@pytest.mark.parametrize(
    "text", ["It leaks.\n---\n\nEnd", "**Ida:** yes\n---\n\nEnd", "One\ntwo\n---\n\nEnd", "Ida:\n---\n\nYes"]
)
def test_a_divider_below_words_stays_one(text: str) -> None:
    assert LineKind.HEADING not in [line.kind for line in scan(text.split("\n"))]


def test_mediawiki_is_read_as_markdown() -> None:
    text = "== Roof ==\n'''Ida''': It ''leaks'', see [[Roof|the roof]].\n'''Ben's''': [[Well]]."

    assert [line for _, line, _ in shown(text)] == ["Roof", "**Ida**: It _leaks_, see the roof.", "**Ben's**: Well."]


def test_an_apostrophe_alone_is_none() -> None:
    assert shown("'''Ida''': It leaks.")[0][1] == "'''Ida''': It leaks."
    assert shown("The boys' 'roof'")[0][1] == "The boys' 'roof'"


def test_marks_of_page_builders_are_markup() -> None:
    assert shown('[vc_row][vc_column width="1/2"]\nIt leaks.[/vc_column_text]\n[laughter] [video] plays') == [
        ("markup", '[vc_row][vc_column width="1/2"]', 1),
        ("words", "It leaks.", 2),
        ("words", "[laughter] [video] plays", 3),
    ]
