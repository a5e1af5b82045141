"""The page of an import proposes speakers, lines to remove and the moderator, each answered with one click."""

import datetime as dt
import re
from dataclasses import replace

import pytest
from django.test import Client

from panels.admin.template_filters import field_label
from panels.editorial.checklist import checklist
from panels.formats.base import Source
from panels.formats.native import session_document, text_write
from panels.formats.registry import read
from panels.models import Answer, Event
from panels.reading.export import transcript_of
from panels.transcript import Role
from tests.admin.importing.test_importing import PATH, brought, page_of, press
from tests.builders import make_answer, make_event, make_question

pytestmark = pytest.mark.django_db

ARTICLE = """Rivers and their cities

By Nora Field | 11 May 2019

Advertisement

Ida Krane: Welcome. What should a city do with its river?

Ben Marsh: Open it.

Ana Pinto, Porto: I agree.

Ida Krane: Does that cost much, compared with the flood?

Mayor Jones: Less.

Read more: How the river came back

Ben Marsh: It does.
"""


def pressed(desk: Client, address: str, value: str) -> str:
    return press(desk, address, "step", value, title="Rivers and their cities", date="2019-05-11")


def test_everything_is_settled_with_one_click_each_and_stored(desk: Client) -> None:
    address = brought(desk, ARTICLE)
    page = page_of(desk, address)
    assert "This is a speaker" in page
    assert "Remove all 3 lines" in page
    assert "No questions found." in page

    pressed(desk, address, "proposal speaker 1")
    pressed(desk, address, "proposal lines")
    settled = pressed(desk, address, "proposal moderator")
    press(desk, address, "store", title="Rivers and their cities", date="2019-05-11")

    event = Event.objects.get()
    assert "Proposed for removal" not in settled
    assert [question.asked_by and question.asked_by.name for question in event.questions.order_by("number")] == [
        "Ida Krane",
        "Ida Krane",
    ]
    assert list(event.answers.order_by("question__number", "position").values_list("speaker__name", "text")) == [
        ("Ben Marsh", "Open it."),
        ("Ana Pinto", "I agree."),
        ("Mayor Jones", "Less."),
        ("Ben Marsh", "It does."),
    ]
    assert event.panelists.get(speaker__name="Ida Krane").role == "moderator"
    assert event.panelists.get(speaker__name="Ana Pinto").organisation == "Porto"
    assert (event.introduction, event.source_note) == ("", "By Nora Field")


def test_lines_between_the_answers_become_questions_with_one_click(desk: Client) -> None:
    text = "The quay\n\nWhat should it become?\n\nIda Krane: A place for boats.\n\n"
    text += "Ben Marsh: Trees.\n\nAnd who should pay?\n\nWho should decide?\n\nIda Krane: We should.\n"
    address = brought(desk, text)
    page = page_of(desk, address)
    assert "Make 2 lines questions" in page
    assert "No questions found." not in page

    declined = pressed(desk, address, "proposal no-question 2")
    settled = pressed(desk, address, "proposal questions")

    assert "Make 1 line a question" in declined
    assert "may be questions" not in settled
    assert "1 question · 3 answers" in settled


def test_text_of_a_passage_and_of_the_introduction_is_edited_on_the_page(desk: Client) -> None:
    address = brought(desk, ARTICLE)
    introduction = page_of(desk, f"{address}?at=0")
    assert re.search(r'<textarea id="text"[^>]*>By Nora Field', introduction)

    pressed_with = {"step": "edit 0", "text": "An evening\r\nby the water.", "title": "Rivers", "date": "2019-05-11"}
    press(desk, address, "step", "edit 0", **pressed_with)
    press(desk, address, "step", "edit 1.2", text="Open it at once.", speaker="Ben Marsh", evidence="")
    press(desk, address, "step", "name 1.3", text="Dr. Ana Pinto agrees.", speaker="Ana Pinto", evidence="")
    page = press(desk, address, "store")

    event = Event.objects.get()
    said = list(event.answers.order_by("position").values_list("speaker__name", "text")[1:3])
    assert "as a draft" in page
    assert event.introduction == "An evening\nby the water."
    assert said == [("Ben Marsh", "Open it at once."), ("Ana Pinto", "Dr. Ana Pinto agrees.")]


def test_what_is_kept_stays_and_is_not_proposed_again(desk: Client) -> None:
    address = brought(desk, ARTICLE)

    pressed(desk, address, "proposal keep-line 3")
    page = pressed(desk, address, "proposal lines")

    assert "Read more: How the river came back" in page
    assert "Proposed for removal" not in page


def test_what_was_declined_is_not_asked_again_until_undone(desk: Client) -> None:
    address = brought(desk, ARTICLE)

    pressed(desk, address, "proposal no-speaker 1")
    declined = pressed(desk, address, "proposal no-moderator")
    undone = press(desk, address, "undo", title="Rivers and their cities", date="2019-05-11")

    assert "This is a speaker" not in declined
    assert "the moderator" not in declined
    assert "Make Ida Krane the moderator" in undone


def test_a_proposal_that_is_gone_is_said(desk: Client) -> None:
    address = brought(desk, ARTICLE)

    assert "This proposal no longer exists" in pressed(desk, address, "proposal speaker 9")
    assert "This proposal no longer exists" in pressed(desk, address, "proposal speaker x")
    assert "This proposal no longer exists" in pressed(desk, address, "proposal nothing")


def test_publisher_and_byline_are_fields_that_can_be_emptied(desk: Client) -> None:
    address = brought(desk, ARTICLE)
    assert re.search(r"<textarea[^>]*name=.source_note.[^>]*>\s*By Nora Field</textarea>", page_of(desk, address))

    press(desk, address, "store", title="Rivers", date="2019-05-11", publisher="The Daily Example", source_note="")

    event = Event.objects.get()
    assert (event.publisher, event.source_note) == ("The Daily Example", "")


def corrected_text(desk: Client, event: Event, text: str) -> str:
    """The address of the page on which a text is reviewed that was imported as the corrected one of an event."""
    return str(desk.post(f"{PATH}?event={event.pk}", {"text": text})["Location"])


def test_a_source_note_keeps_its_lines_and_may_be_long(desk: Client) -> None:
    note = "What the recording does not say:\n\n- One name.\n- " + ", ".join(["the last word of the evening"] * 40)
    given = read(Source.of("Ida Krane: What should a city do?\n\nBen Marsh: Open the river.\n"))
    address = brought(desk, session_document.write(replace(given, title="Rivers", source_note=note)))

    page = page_of(desk, address)
    press(desk, address, "store", title="Rivers", date="2019-05-11", source_note=note.replace("\n", "\r\n"))

    assert "- One name.\n" in page
    assert Event.objects.get().source_note == note


def test_changes_are_named_as_the_forms_name_them(desk: Client) -> None:
    event = make_event(title="Rivers", date=dt.date(2019, 5, 11), source_note="Whole.", source_title="Rivers, a talk")
    answer = make_answer(make_question(event), media_time=61)
    written = text_write.write(transcript_of(event))
    Event.objects.filter(pk=event.pk).update(source_note="Shortened.", source_title="A talk of rivers")
    Answer.objects.filter(pk=answer.pk).update(media_time=75)

    page = page_of(desk, corrected_text(desk, event, written))

    assert {"<h3>Note on the source</h3>", "<h3>Source title</h3>"} <= set(re.findall("<h3>.*?</h3>", page))
    assert "Time in the recording: 75.0 → 61.0" in page
    assert [field_label(name) for name in ("panelists", "corrections", "tags", "slug", "speaker")] == [
        "Panelists",
        "Corrections",
        "Tags",
        "Slug",
        "Speaker",
    ]


def test_a_session_without_a_question_is_on_the_checklist_and_shows_readers_none(client: Client) -> None:
    event = make_event(status="published")
    question = make_question(event, text="")
    make_answer(question, text="A lecture, from its beginning to its end.")

    page = client.get(event.get_absolute_url()).content.decode()

    assert "No questions: the whole text comes before the first question." in [one.text for one in checklist(event)]
    assert "Question 1" not in page
    assert "Before the first question" not in page


def test_a_session_with_a_question_keeps_its_heading(client: Client) -> None:
    event = make_event(status="published")
    make_answer(make_question(event, text=""), text="Welcome.")
    make_answer(make_question(event, text="Why?"), text="Because.")

    page = client.get(event.get_absolute_url()).content.decode()

    assert "Before the first question" in page
    assert "Question 2" in page
    assert "No questions: the whole text comes before the first question." not in [one.text for one in checklist(event)]


BREAD = """The price of bread

Ann Example: Welcome to the third evening of our series. Tonight we talk about bread.

Ben Marsh: Thank you. Bread is the only thing that everybody buys.

Cara Stone: In my town the last bakery closed in 2015.

Ben Marsh: And nobody was asked.

Cara Stone: Nobody ever is.

Ben Mrash: Except the bakers.
"""
PANIS = """面包的价钱

安然：欢迎来到我们系列的第三个晚上。今晚我们谈面包。

马小本：谢谢。面包是人人都买的东西。

石佳：我们镇上最后一家面包店2015年就关了。

马小本：也没有人问过我们。

石佳：从来没有人问。

马晓本：面包师除外。
"""


@pytest.mark.parametrize(
    ("text", "opens", "right", "wrong"),
    [(BREAD, "Ann Example", "Ben Marsh", "Ben Mrash"), (PANIS, "安然", "马小本", "马晓本")],
)
def test_who_only_opens_and_a_misspelt_name_take_one_click_each(
    desk: Client, text: str, opens: str, right: str, wrong: str
) -> None:
    address = brought(desk, text)
    page = page_of(desk, address)
    assert f"<strong>{wrong}</strong> (1 passage) may be another spelling of <strong>{right}</strong>." in page

    pressed(desk, address, "proposal speaker 1")
    assert f"{opens} opens the session." in page_of(desk, address)
    pressed(desk, address, "proposal moderator")
    pressed(desk, address, "proposal spelling 1")
    press(desk, address, "store", title="The price of bread", date="2019-05-11")

    transcript = transcript_of(Event.objects.get())
    assert transcript.introduction == ""
    assert [(one.name, one.role) for one in transcript.panelists if one.role is Role.MODERATOR] == [
        (opens, Role.MODERATOR)
    ]
    third = "Cara Stone" if text is BREAD else "石佳"
    assert {turn.speaker for turn in transcript.turns if turn.speaker} == {opens, right, third}
    assert {one.name for one in transcript.panelists} == {opens, right, third}


def test_somebody_else_with_nearly_the_same_name_is_not_asked_about_again(desk: Client) -> None:
    address = brought(desk, BREAD)

    pressed(desk, address, "proposal no-spelling 1")

    assert "may be another spelling" not in page_of(desk, address)
    assert "Ben Mrash" in page_of(desk, address)
