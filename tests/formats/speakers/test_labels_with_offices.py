"""Labels that occur once and name an office: `Ida Crane (baker, Corner Bakery): …`."""

import pytest

from panels.formats.base import Source
from panels.formats.registry import read
from panels.transcript import Transcript

BOLD_QUESTIONS = """# The bread strike

**Why did the ovens go cold?**

Ida Crane (baker, Corner Bakery): Because the flour came late for the third week.

Dr. Tom Field, University of Northport: And because nobody had stored any.

**What happens next?**

Mei Placeholder (Mill Ltd): We deliver on Mondays again.
"""
LABELS = {
    "bold labels": """# The bread strike

**Why did the ovens go cold?**

**Ida Crane, baker:** Because the flour came late for the third week.

**Tom Field, University of Northport:** And because nobody had stored any.

**What happens next?**

**Mei Placeholder, Mill Ltd:** We deliver on Mondays again.
""",
    "as they are": BOLD_QUESTIONS,
    "Chinese": """# 面包罢工

**为什么停炉？**

李明（主任，城市档案馆）：因为面粉三周都来晚了。

王芳（编辑，北港大学）：而且没有人储存。

**接下来呢？**

陈亮（面粉厂）：我们周一又送货了。
""",
    "German": """# Brotstreik

**Warum blieben die Öfen kalt?**

Prof. Dr. Ida Beispiel, Universität Nordhafen: Weil das Mehl fehlte.

Tom Muster (Bürgermeister): Und weil niemand vorgesorgt hat.

**Wie geht es weiter?**

Tom Muster: Am Montag kommt Mehl.
""",
}
NOBODY = {
    "entries of a list": """# Terms

Night Bus (Transport Office): runs hourly.

Day Tram (City Council): runs often.

Town Boat (Harbour Club): runs on Sundays.
""",
    "within sentences": """# Bread

It began when Ida Crane, a baker of the old town: flour was short, she said.

Tom spoke.
""",
    "references": """# Report

Read also: Ida Crane, editor: The wall fell.

Sources: Tom Field, Harbour Office: minutes.
""",
}


def said(transcript: Transcript) -> list[tuple[str | None, list[str | None]]]:
    """Each question, and who answers it."""
    return [
        (one.question.text if one.question else None, [answer.speaker for answer in one.answers])
        for one in transcript.exchanges
    ]


@pytest.mark.parametrize("text", LABELS.values(), ids=LABELS)
def test_whole_names_with_offices_are_speakers_below_questions_in_bold(text: str) -> None:
    (first, two), (second, one) = said(read(Source.of(text, "a.md")))

    assert first
    assert second
    assert first.endswith(("?", "？"))
    assert second.endswith(("?", "？"))
    assert (len(two), len(one)) == (2, 1)
    assert None not in (*two, *one)


def test_the_office_is_no_part_of_the_name() -> None:
    panel = [(one.name, one.title, one.organisation) for one in read(Source.of(BOLD_QUESTIONS, "a.md")).panelists]

    assert panel == [
        ("Ida Crane", "baker", "Corner Bakery"),
        ("Tom Field", "Dr.", "University of Northport"),
        ("Mei Placeholder", "", "Mill Ltd"),
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ida Crane, baker", "Tom Field, miller"), ("Dr. Ida Crane, Corner Bakery", "Tom Field (Mill Ltd)"),
     ("Ida Crane (she/her)", "Tom Field (via Zoom)"), ("Ida Crane (laughing)", "Tom Field (by phone)")],
)  # fmt: skip
def test_a_speaker_with_and_without_an_office_is_one(one: str, other: str) -> None:
    text = f"{one}: We open at five.\n\n{other}: We grind at three.\n\nIda Crane: We sell.\n\nTom Field: We sleep.\n"

    [(_question, speakers)] = said(read(Source.of(text, "a.txt")))

    assert speakers == ["Ida Crane", "Tom Field"] * 2


@pytest.mark.parametrize("text", NOBODY.values(), ids=NOBODY)
def test_nobody_is_invented(text: str) -> None:
    transcript = read(Source.of(text, "a.md"))

    assert transcript.panelists == ()
    assert {turn.speaker for turn in transcript.turns} <= {None}


def test_a_question_in_bold_within_a_turn_stays_there() -> None:
    text = (
        "Ida Crane: We asked:\n\n**Why did the ovens go cold?**\n\nNobody knew.\n\nTom Field: No.\n\nIda Crane: No.\n"
    )

    [(question, speakers)] = said(read(Source.of(text, "a.md")))

    assert question is None
    assert speakers == ["Ida Crane", "Tom Field", "Ida Crane"]
