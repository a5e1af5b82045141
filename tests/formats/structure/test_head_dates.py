"""The day of a session, as the head of a file or its name says it."""

import datetime as dt

import pytest

from panels.formats import registry
from panels.formats.base import Source
from panels.formats.markup import html_page
from panels.formats.office import docx
from tests.formats.office.test_docx import archive, run

DAY = dt.date(2031, 3, 11)
TALK = "\n\nIda Krane: Good evening.\n\nBen Marsh: Hello.\n\nIda Krane: It is 2 May 2029 there.\n\nBen Marsh: Yes.\n"


@pytest.mark.parametrize(
    "head",
    [
        "Meeting Date/Time: Tuesday 11 March 2031 at 14:00 UTC",
        "### Meeting Date/Time: Tue, Mar 11, 2031, 14:00-15:30 UTC",
        "**Date:** 2031-03-11",
        "| Date | 11 March 2031 |",
        "- Recorded on: March 11th, 2031",
        "会议时间：2031年3月11日 14:00",
        "訪談日期：二〇三一年三月十一日",
        "Datum: 11.3.2031",
        "Fecha: 11 de marzo de 2031",
        "Date: 3/11/2031 (Tuesday)",
        "التاريخ: 11 مارس 2031",
        "Дата проведения: 11 марта 2031 г.",
        "開催日：2031年3月11日（火）",
        "일시: 2031년 3월 11일 오후 7시",
        "Fecha de la sesión: 11 de marzo de 2031",
        "Data da sessão: 11 de março de 2031",
        "Date du débat : 11 mars 2031",
        "Ημερομηνία: 11 Μαρτίου 2031",
        "# Roof evening, 11 March 2031",
        "# 2031-03-11 屋頂之夜",
        "Roof meeting\nMarch 11, 2031, 10:03AM\n31m 12s",
        "屋頂之夜\n\n2031年3月11日 | 文：沈若溪 | 摄影：陈屿",
        "Roof meeting\n\nBy Nora Field and Jane Doe for the Weekly | 11 March 2031",
    ],
)
def test_the_head_says_the_day(head: str) -> None:
    transcript = registry.read(Source.of(head + TALK))

    assert transcript.date == DAY
    assert [item for item in transcript.unread if "date" in item.reason] == []


@pytest.mark.parametrize(
    "line",
    [
        "*A conversation at the old boathouse by the river, 11 March 2031*",
        "A round table that was held on 11 March 2031 at the old boathouse by the river",
    ],
)
def test_a_line_about_the_place_proposes_the_day(line: str) -> None:
    transcript = registry.read(Source.of(f"# Roof\n\n{line}{TALK}"))

    assert transcript.date == DAY
    assert [item.reason for item in transcript.unread] == ["proposed as the date"]


@pytest.mark.parametrize(
    "name", ["2031-03-11-roof.md", "20310311 roof.txt", "roof_2031_03_11.txt", "Roof-20310311_100332-Recording.txt"]
)
def test_the_name_of_the_file_proposes_a_day(name: str) -> None:
    transcript = registry.read(Source.of(f"# Roof{TALK}", name))

    assert transcript.date == DAY
    assert [(item.text, item.reason) for item in transcript.unread] == [
        (name, "the date in the file name, proposed as the date")
    ]


@pytest.mark.parametrize("name", ["GMT20310311-190000_Recording.transcript.vtt", "2031-03-11.vtt", "roof 20310311.srt"])
def test_the_name_of_a_caption_file_proposes_a_day(name: str) -> None:
    head = "WEBVTT\n\n" if name.endswith(".vtt") else "1\n"
    text = f"{head}00:00:01{'.' if head[0] == 'W' else ','}000 --> 00:00:03,000\nIda Krane: It is 2 May 2029 there.\n"

    assert registry.read(Source.of(text, name)).date == DAY


def test_the_day_of_publication_is_proposed() -> None:
    transcript = registry.read(Source.of(f"# Roof\n\nPublished on 11 March 2031{TALK}"))

    assert transcript.date == DAY
    assert [item.reason for item in transcript.unread] == ["the day of publication, proposed as the date"]


def test_a_day_that_may_be_two_is_told_and_not_taken() -> None:
    transcript = registry.read(Source.of(f"# Roof\n\nDate: 3/11/2031{TALK}"))

    assert transcript.date is None
    assert [item.reason for item in transcript.unread] == ["the date may be 2031-03-11 or 2031-11-03"]


@pytest.mark.parametrize(
    "head", ["", "# Roof", "Duration: 31m", "The mill of 1931-03-11 burned down, as everybody here knows."]
)
def test_what_is_said_of_other_days_is_none(head: str) -> None:
    assert registry.read(Source.of(head + TALK, "roof.txt")).date is None


def test_pages_and_documents_say_the_day_in_their_heads() -> None:
    page = "<p>Meeting date: 11 March 2031</p><p><b>Ida:</b> Hello.</p><p><b>Ben:</b> Hi.</p>"
    body = "".join(
        f"<w:p>{run(text)}</w:p>"
        for text in ("Date: 11 March 2031", "Ida: Hello.", "Ben: Hi.", "Ida: Yes.", "Ben: No.")
    )
    names = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    document = archive(word__document=f"<w:document {names}><w:body>{body}</w:body></w:document>".encode())

    assert html_page.read(page).date == DAY
    assert docx.read(document).date == DAY


def test_a_heading_that_says_the_day_is_no_question() -> None:
    transcript = registry.read(Source.of(f"# Roof\n\n### Meeting Date/Time: 11 March 2031{TALK}"))

    assert (transcript.title, transcript.date) == ("Roof", DAY)
    assert transcript.introduction == "### Meeting Date/Time: 11 March 2031"
    assert [exchange.question for exchange in transcript.exchanges] == [None]
