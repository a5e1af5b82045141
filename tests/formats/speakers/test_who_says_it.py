"""Nobody's words under another's name: small files of every kind, with who says what in them.

`samples/who_says_it.txt` holds them: a name after `===`, the turns expected as `speaker | first words` (`?` for nobody;
all of them in order, headings that ask included), who else is on the panel, and after `---` the text.
"""

import re
from pathlib import Path

import pytest

from panels.formats import registry
from panels.formats.base import Source
from panels.transcript import Transcript, Turn

SAMPLES = (Path(__file__).parents[2] / "samples" / "who_says_it.txt").read_text(encoding="utf-8")
CASES = {
    name: (expected.strip().split("\n"), text)
    for name, expected, text in re.findall(r"^=== (.+)\n((?:.+\n)+?)---\n((?:(?!=== ).*\n?)+)", SAMPLES, re.MULTILINE)
}


def plain(text: str) -> str:
    return " ".join(text.replace("\\\n", " ").replace("\\", "").split())


def turns_of(transcript: Transcript) -> list[Turn]:
    """What somebody says, and questions that ask: headings of sections are left out."""
    turns = []
    for exchange in transcript.exchanges:
        asked = exchange.question
        if asked and (asked.label or asked.text.endswith(("?", "？"))):
            turns.append(asked)
        turns += exchange.answers
    return turns


def test_every_sample_is_found() -> None:
    assert len(CASES) == SAMPLES.count("=== ")


@pytest.mark.parametrize("case", CASES)
def test_who_says_it(case: str) -> None:
    expected, text = CASES[case]
    wanted = [line.split(" | ", 1) for line in expected if " | " in line]
    fields = dict(line.split(": ", 1) for line in expected if " | " not in line)

    transcript = registry.read(Source.of(text))

    spoken = [(turn.speaker or "?", plain(turn.text)) for turn in turns_of(transcript)]
    assert [(speaker, words[: len(start)]) for (speaker, words), (_, start) in zip(spoken, wanted, strict=False)] == [
        (speaker, start) for speaker, start in wanted
    ]
    assert spoken[len(wanted) :] == []
    if "panel" in fields:
        assert (sorted(person.name for person in transcript.panelists) or ["-"]) == sorted(fields["panel"].split("; "))
    if "times" in fields:
        assert [turn.time for turn in turns_of(transcript)] == [float(time) for time in fields["times"].split("; ")]


def test_a_number_in_bold_that_returns_is_somebody_in_the_room() -> None:
    said = ("Ida Krane", "1", "Ben Marsh", "1", "Ida Krane", "2", "Ben Marsh", "2")
    transcript = registry.read(Source.of("\n\n".join(f"**{name}:** It is so." for name in said)))

    assert [(turn.label, turn.speaker) for turn in transcript.turns] == [
        (name, None if name.isdigit() else name) for name in said
    ]


def test_numbers_in_bold_that_count_up_are_points() -> None:
    points = "**1:** The roof.\n\n**2:** The door."
    text = f"**Ida Krane:** Two things.\n\n{points}\n\n**Ben Marsh:** I see.\n\n**Ida Krane:** Again.\n\n{points}\n"

    transcript = registry.read(Source.of(text))

    assert [turn.speaker for turn in transcript.turns] == ["Ida Krane", "Ben Marsh", "Ida Krane"]
