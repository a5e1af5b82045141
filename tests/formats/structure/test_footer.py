"""What stands below a dialogue is no part of what was said last; what only sounds like it is."""

import pytest

from panels.formats.structure.footer import REASON
from tests.formats.reading import reads

DIALOGUE = "Jane Doe: Hello and welcome.\n\nKim Lee: Thanks.\n\nJane Doe: So?\n\nKim Lee: It was good.\n\n"
FOOTERS = [
    "This transcript was edited for length and clarity.",
    "*Edited lightly for clarity.*",
    "---\n\nJane Doe is a writer in Exampletown.\n\nFollow us",
    "## About the authors\n\nJane Doe writes. Kim Lee reads.",
    "Learn more\n\n- [Our site](https://example.org)",
    "This work is licensed under a Creative Commons licence.\n\n© 2020 Example",
    "Dieses Gespräch wurde gekürzt.",
    "本文由示例网站整理，转载请注明。",
    "Share this:\n\nTwitter\n\nFacebook",
    "3 comments\n\nNice one!",
]
WORDS = [
    "And the licence of the software is another question.",
    "This interview was fun, I must say.",
    "---\n\nAnd after the break we went on.",
    "Jane Doe is a writer, as you know.",
    "Email is what I use to share it.",
]


@pytest.mark.parametrize("footer", FOOTERS)
def test_a_footer_is_proposed_for_removal(footer: str) -> None:
    _, transcript = reads(DIALOGUE + footer)

    assert transcript.exchanges[-1].answers[-1].text == "It was good."
    assert [(left.line, left.reason) for left in transcript.unread] == [(9, REASON)]


@pytest.mark.parametrize("words", WORDS)
def test_what_only_sounds_like_one_was_said(words: str) -> None:
    _, transcript = reads(DIALOGUE + words)

    spoken = words.removeprefix("---\n\n")
    assert transcript.exchanges[-1].answers[-1].text == f"It was good.\n\n{spoken}"


def test_a_footer_never_takes_what_stands_right_below_a_name() -> None:
    _, transcript = reads("Jane\nHello to you.\n\nKim\nHi there.\n\nJane\nWell then.\n\nKim\nThis transcript is bad.\n")

    assert transcript.exchanges[-1].answers[-1].text == "This transcript is bad."


def test_an_interview_has_a_footer_below_its_last_answer() -> None:
    _, transcript = reads(
        "# Interview with Jane Doe\n\n**Who are you?**\n\nA writer.\n\n**What with?**\n\nA pen.\n\n"
        "**Why?**\n\nIt works.\n\nAll rights reserved.\n"
    )

    assert transcript.exchanges[-1].answers[-1].text == "It works."
    assert [(left.line, left.reason) for left in transcript.unread] == [(15, REASON)]
