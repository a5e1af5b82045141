"""Who says what in Word documents: titles, tables, decisions and names that occur once."""

import pytest

from panels.formats import registry
from panels.formats.base import Source
from panels.transcript import Transcript
from tests.formats.office.test_docx import archive

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def run(text: str, *, bold: bool = False) -> str:
    look = "<w:rPr><w:b/></w:rPr>" if bold else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"


def table(*rows: tuple[str, ...]) -> str:
    cells = ["".join(f"<w:tc>{paragraph(run(cell))}</w:tc>" for cell in row) for row in rows]
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def read(*parts: str) -> Transcript:
    text = f"<w:document {W}><w:body>{''.join(parts)}</w:body></w:document>"
    return registry.read(Source(archive(word__document=text.encode()), "panel.docx"))


def spoken(transcript: Transcript) -> list[tuple[str | None, str]]:
    return [(turn.speaker, turn.text) for exchange in transcript.exchanges for turn in exchange.answers]


def says(name: str, text: str) -> str:
    return paragraph(run(f"{name}:", bold=True), run(f" {text}"))


def test_a_title_in_bold_above_names_with_times_is_nobody() -> None:
    turns = [("Ида Крейн", "0:00", "Добрый вечер."), ("Бен Марш (внешний)", "0:12", "Крыша течёт.")] * 2
    lines = [
        part
        for who, at, text in turns
        for part in (paragraph(run(who, bold=True), run(f"   {at}")), paragraph(run(text)))
    ]

    transcript = read(paragraph(run("Harbour panel", bold=True)), paragraph(run("5 мая 2031 г.")), *lines)

    assert str(transcript.date) == "2031-05-05"
    assert [person.name for person in transcript.panelists] == ["Ида Крейн", "Бен Марш"]
    assert spoken(transcript)[:2] == [("Ида Крейн", "Добрый вечер."), ("Бен Марш", "Крыша течёт.")]


@pytest.mark.parametrize(
    ("heads", "rows"),
    [
        (
            ("Спикер", "Текст"),
            (("Ида Крейн", "Добрый вечер."), ("Бен Марш", "Крыша течёт."), ("Решение 3", "Починить.")),
        ),
        (("発言者", "内容"), (("佐藤一郎", "こんばんは。"), ("鈴木花子", "屋根が漏れています。"), ("決定", "直す。"))),
        (("Speaker", "Text"), (("Ida Krane", "Good evening."), ("Ben Marsh", "It leaks."), ("Decision", "Mend it."))),
    ],
)
def test_a_table_with_headings_has_names_even_if_each_occurs_once(
    heads: tuple[str, str], rows: tuple[tuple[str, str], ...]
) -> None:
    transcript = read(table(heads, *rows))

    assert spoken(transcript) == [*rows[:2], (None, rows[2][1])]
    assert [item.text for item in transcript.unread] == list(heads)


def test_a_decision_in_bold_is_not_by_who_spoke_before() -> None:
    transcript = read(
        says("Ida Krane", "Good evening."),
        says("Ben Marsh", "The roof leaks."),
        paragraph(run("DECISION 58.1", bold=True)),
        paragraph(run("Mend the roof.")),
        says("Ida Krane", "Since when?"),
        says("Ben Marsh", "Since Monday."),
    )

    assert spoken(transcript)[1:4] == [
        ("Ben Marsh", "The roof leaks."),
        (None, "Mend the roof."),
        ("Ida Krane", "Since when?"),
    ]


def test_control_a_heading_in_bold_does_not_end_a_turn() -> None:
    transcript = read(
        says("Ida Krane", "Good evening."),
        says("Ben Marsh", "The roof leaks."),
        paragraph(run("Benefits", bold=True)),
        paragraph(run("There are some.")),
        says("Ida Krane", "Since when?"),
        says("Ben Marsh", "Since Monday."),
    )

    assert spoken(transcript)[1:3] == [("Ben Marsh", "The roof leaks."), ("Ben Marsh", "There are some.")]


@pytest.mark.parametrize("bold", [False, True])
def test_a_name_that_occurs_once_is_not_who_spoke_before(bold: bool) -> None:  # noqa: FBT001
    turns = [("Ida Krane", "Good evening."), ("Ben Marsh", "It leaks."), ("Tom Field", "I was there.")]
    turns += [("Ida Krane", "Since when?"), ("Ben Marsh", "Since Monday.")]

    transcript = read(*(part for who, text in turns for part in (paragraph(run(who, bold=bold)), paragraph(run(text)))))

    assert spoken(transcript)[1:3] == [("Ben Marsh", "It leaks."), ("Tom Field" if bold else None, "I was there.")]
