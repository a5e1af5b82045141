"""A line that may begin with another speaker's name, and stays with the speaker above, is listed."""

import pytest

from panels.formats import registry
from panels.formats.base import Source
from panels.formats.structure.doubtful_labels import DOUBT

TEXT = "Ida: Hello.\n\nBen: Thank you.\nIt leaks.\n{line}\n\nIda: Since when?\n\nBen: Since Monday.\n\nIda: I see.\n"


def doubts(line: str) -> list[str]:
    transcript = registry.read(Source.of(TEXT.format(line=line)))
    return [item.text for item in transcript.unread if item.reason == DOUBT]


@pytest.mark.parametrize(
    "line", ["The problem: nobody pays.", "Key Issues: money and time.", "Note that: it leaks.", "At 9:30 it leaked."]
)
def test_a_term_or_a_part_of_a_sentence_is_no_doubt(line: str) -> None:
    assert doubts(line) == []


def test_a_name_within_a_block_is_a_doubt() -> None:
    text = "Ida: Good evening.\n\nBen: Thank you.\nLea Okoye: It leaks.\n\nIda: Since when?\n\nBen: Since Monday.\n"

    transcript = registry.read(Source.of(text))

    assert [turn.text for turn in transcript.turns][1] == "Thank you.\nLea Okoye: It leaks."
    assert [(item.line, item.text) for item in transcript.unread] == [(4, "Lea Okoye: It leaks.")]


WEAK = {
    "[{name}] {text}": "[Cleo]",
    "{name}\n{text}": "Cleo",
    "{name}\t{text}": "Cleo",
    "**{name}**\n{text}": "**Cleo**",
}


@pytest.mark.parametrize("form", WEAK)
@pytest.mark.parametrize("name", ["Cleo", "CS", "Mayor Stone"])
def test_a_name_that_occurs_once_is_a_doubt_where_only_names_that_return_count(form: str, name: str) -> None:
    said = [
        ("Ada Reader", "Was it dear?"),
        ("Ben Writer", "It was."),
        ("Ada Reader", "Worth it?"),
        (name, "I think so."),
    ]
    text = "\n\n".join(form.format(name=who, text=what) for who, what in [*said, ("Ben Writer", "It is new.")])

    transcript = registry.read(Source.of(text))

    [line] = [item.text for item in transcript.unread if item.reason == DOUBT]
    assert line.startswith(WEAK[form].replace("Cleo", name))


@pytest.mark.parametrize("form", WEAK)
def test_a_heading_or_an_applause_in_that_form_is_none(form: str) -> None:
    said = [
        ("Ada Reader", "Was it dear?"),
        ("Ben Writer", "It was."),
        ("Ada Reader", "Worth it?"),
        ("Benefits", "Some."),
    ]
    text = "\n\n".join(form.format(name=who, text=what) for who, what in [*said, ("Ben Writer", "It is new.")])

    assert [item for item in registry.read(Source.of(text)).unread if item.reason == DOUBT] == []
