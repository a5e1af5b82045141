"""The whole job in a browser: from a text in one of five shapes to a published session, with every click counted."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from docx import Document
from playwright.sync_api import Browser, Page, expect

from panels.models import Event
from panels.reading.export import transcript_of

pytestmark = pytest.mark.slow

Shape = list[tuple[str | None, str, list[tuple[str, str]]]]

CLEAN = """# Night trains and day jobs

12 September 2021

## What did the first timetable get wrong?

**Ada Vale:** It was written for people who sleep at night. Half of the passengers were going to work.

**Ben Marsh:** And it stopped at stations that had no bus after eleven.

## Who pays for an empty carriage?

**Ada Vale:** Everybody does, a little.

**Carla Stone:** The city paid for the first year, and the employers for the second.
"""
COPIED = """Harbour Daily

Menu
Subscribe to our newsletter
Advertisement

Who owns the quay?

By Nora Flint | 11 May 2019

Share on Facebook
Photo: Nora Flint / Harbour Daily

The city wants to sell the old quay. We asked three neighbours what should become of it.

What should the quay become?

Ida Krane: A place where boats can land, as it was when I was a child.

Read more: Ten facts about the harbour

Tom Field: I would plant trees. Boats can land elsewhere.

Advertisement

Who should decide?

Ida Krane: Those who live there, and not only those who own something there.

Rosa Lind: Nobody has asked the fishermen yet.

Topics: harbour, city, housing
Related articles
© 2019 Harbour Daily. All rights reserved.
"""
INITIALS = """---
title: A library without walls
date: 2020-02-14
language: en
participants:
  - Ida Krane
  - Ben Marsh
  - Carla Stone
---

IK: Good evening. What does a library need apart from books?

BM: Chairs. People forget the chairs.

CS: And somebody who is there when you have a question.

IK: And who should pay for it?

BM: The city, as for the fire brigade.
"""
CAPTIONS = """WEBVTT

00:00:01.000 --> 00:00:05.000
<v Ida Krane>Welcome. What does a street need to be quiet?

00:00:09.500 --> 00:00:15.000
<v Ben Marsh>Trees help less than people think.

00:00:15.500 --> 00:00:20.000
<v Carla Stone>And windows that close.

00:00:21.000 --> 00:00:25.000
<v Ida Krane>Who should pay for the windows?

00:00:25.500 --> 00:00:31.000
<v Ben Marsh>The road belongs to the city, and so does the noise.
"""
FURNITURE = re.compile(r"Advertisement|Subscribe to|Read more|Related articles|Photo:|Share on|rights reserved")
PANEL = {"Ida Krane": "moderator", "Ben Marsh": "panelist", "Carla Stone": "panelist"}


@dataclass
class Hand:
    """Whoever works with a mouse: every click is counted, those into a field and on the chooser of a file as well."""

    page: Page
    clicks: int = 0

    def press(self, name: str | re.Pattern[str], role: str = "button") -> None:
        self.page.get_by_role(role, name=name, exact=True).click()  # type: ignore[arg-type]
        self.clicks += 1

    def type(self, label: str, text: str) -> None:
        field = self.page.get_by_label(label)
        field.click()
        field.fill(text)
        self.clicks += 1

    def choose(self, file: Path) -> None:
        with self.page.expect_file_chooser() as chooser:
            self.page.get_by_label("Or upload a file").click()
        chooser.value.set_files(file)
        self.clicks += 1

    def publish(self) -> Event:
        """Save what is previewed, publish it, and look at its public page."""
        self.press("Save as draft")
        self.press("Save and publish")
        expect(self.page.get_by_text("Published “")).to_be_visible()
        event = Event.objects.published().latest("pk")
        self.press("Public page", "link")
        expect(self.page.get_by_role("heading", level=1)).to_have_text(event.title)
        return event


@pytest.fixture
def hand(editor_at_work: User, page: Page) -> Hand:
    return Hand(page)


@pytest.fixture
def paste(hand: Hand, page: Page) -> Callable[[str], None]:
    def paste(text: str) -> None:
        hand.press("Import", "link")
        expect(page.get_by_label("Text:")).to_be_focused()
        page.keyboard.insert_text(text)
        hand.press("Preview")

    return paste


@pytest.fixture
def upload(hand: Hand, tmp_path: Path) -> Callable[[str, bytes], None]:
    def upload(name: str, content: bytes) -> None:
        (tmp_path / name).write_bytes(content)
        hand.press("Import", "link")
        hand.choose(tmp_path / name)
        hand.press("Preview")

    return upload


def shape_of(event: Event) -> Shape:
    """By question: who asks, the question, and who answers what."""
    return [
        (
            one.question.speaker if one.question else None,
            one.question.text if one.question else "",
            [(turn.speaker or "", turn.text) for turn in one.answers],
        )
        for one in transcript_of(event).exchanges
    ]


def panel_of(event: Event) -> dict[str, str]:
    return {one.name: one.role.value for one in transcript_of(event).panelists}


def test_clean_article_takes_six_clicks_at_most(hand: Hand, paste: Callable[[str], None]) -> None:
    paste(CLEAN)
    event = hand.publish()

    assert hand.clicks <= 6
    assert (event.title, str(event.date), event.introduction) == (
        "Night trains and day jobs",
        "2021-09-12",
        "",
    )
    assert [(asked, len(answers)) for _by, asked, answers in shape_of(event)] == [
        ("What did the first timetable get wrong?", 2),
        ("Who pays for an empty carriage?", 2),
    ]
    assert panel_of(event) == dict.fromkeys(("Ada Vale", "Ben Marsh", "Carla Stone"), "panelist")


def test_article_with_furniture_and_byline_takes_nine_clicks_at_most(
    hand: Hand, paste: Callable[[str], None], page: Page
) -> None:
    paste(COPIED)
    hand.press(re.compile("^Remove all"))
    hand.press("Make 2 lines questions")
    event = hand.publish()

    assert hand.clicks <= 9
    assert (event.title, str(event.date), event.publisher, event.source_note) == (
        "Who owns the quay?",
        "2019-05-11",
        "Harbour Daily",
        "By Nora Flint",
    )
    assert event.introduction == (
        "The city wants to sell the old quay. We asked three neighbours what should become of it."
    )
    assert shape_of(event) == [
        (
            None,
            "What should the quay become?",
            [
                ("Ida Krane", "A place where boats can land, as it was when I was a child."),
                ("Tom Field", "I would plant trees. Boats can land elsewhere."),
            ],
        ),
        (
            None,
            "Who should decide?",
            [
                ("Ida Krane", "Those who live there, and not only those who own something there."),
                ("Rosa Lind", "Nobody has asked the fishermen yet."),
            ],
        ),
    ]
    expect(page.locator("main")).not_to_contain_text(FURNITURE)


def test_initials_with_front_matter_take_nine_clicks_at_most(hand: Hand, paste: Callable[[str], None]) -> None:
    paste(INITIALS)
    hand.press("Apply all")
    hand.press(re.compile("^Make Ida Krane the moderator and 2 passages questions"))
    event = hand.publish()

    assert hand.clicks <= 9
    assert shape_of(event) == [
        (
            "Ida Krane",
            "Good evening. What does a library need apart from books?",
            [
                ("Ben Marsh", "Chairs. People forget the chairs."),
                ("Carla Stone", "And somebody who is there when you have a question."),
            ],
        ),
        ("Ida Krane", "And who should pay for it?", [("Ben Marsh", "The city, as for the fire brigade.")]),
    ]
    assert panel_of(event) == PANEL


def make_document(path: Path) -> bytes:
    document = Document()
    document.add_heading("Repair or replace?", 0)
    document.add_paragraph("3 March 2024")
    document.add_paragraph("Participants: Ida Krane (moderator), Ben Marsh, Carla Stone")
    for label, text in (
        ("IK", "What was the last thing that you repaired?"),
        ("BM", "A kettle. It took an afternoon and one screw."),
        ("CS", "My bicycle, every spring."),
        ("IK", "Why do so few people do it?"),
        ("BM", "Because nobody sells the screw."),
    ):
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{label}:").bold = True
        paragraph.add_run(f" {text}")
    document.save(str(path))
    return path.read_bytes()


def test_document_with_initials_takes_nine_clicks_at_most(
    hand: Hand, upload: Callable[[str, bytes], None], tmp_path: Path
) -> None:
    upload("repair.docx", make_document(tmp_path / "made.docx"))
    event = hand.publish()  # the list of participants says whose initials they are, and who moderates

    assert hand.clicks <= 9
    assert shape_of(event) == [
        (
            "Ida Krane",
            "What was the last thing that you repaired?",
            [
                ("Ben Marsh", "A kettle. It took an afternoon and one screw."),
                ("Carla Stone", "My bicycle, every spring."),
            ],
        ),
        ("Ida Krane", "Why do so few people do it?", [("Ben Marsh", "Because nobody sells the screw.")]),
    ]
    assert panel_of(event) == PANEL
    assert (event.title, str(event.date)) == ("Repair or replace?", "2024-03-03")


def test_captions_with_a_moderator_take_eight_clicks_at_most(hand: Hand, upload: Callable[[str, bytes], None]) -> None:
    upload("quiet.vtt", CAPTIONS.encode())
    hand.press(re.compile("^Make Ida Krane the moderator and 2 passages questions"))
    hand.type("Title:", "A quiet street")
    event = hand.publish()

    assert hand.clicks <= 8
    assert shape_of(event) == [
        (
            "Ida Krane",
            "Welcome. What does a street need to be quiet?",
            [("Ben Marsh", "Trees help less than people think."), ("Carla Stone", "And windows that close.")],
        ),
        (
            "Ida Krane",
            "Who should pay for the windows?",
            [("Ben Marsh", "The road belongs to the city, and so does the noise.")],
        ),
    ]
    assert panel_of(event) == {"Ida Krane": "moderator"}  # captions list nobody


def test_everybody_is_settled_on_one_table_without_scripts(editor_at_work: User, browser: Browser, page: Page) -> None:
    state = page.context.storage_state()
    context = browser.new_context(
        java_script_enabled=False, storage_state=state, viewport={"width": 390, "height": 900}, locale="en-GB"
    )
    plain = context.new_page()
    plain.goto(page.url)
    plain.get_by_role("link", name="Import", exact=True).click()
    plain.get_by_label("Text:").fill(INITIALS)
    plain.get_by_role("button", name="Preview").click()
    plain.get_by_label("Who is “CS” (1 passage)?").fill("Clara Stone")
    plain.get_by_text("Role and office CS").click()
    row = plain.locator(".voice", has=plain.get_by_label("Who is “CS” (1 passage)?"))
    row.get_by_label("Job title").fill("Librarian")
    row.get_by_label("Family name").fill("Stone")
    plain.get_by_text("Role and office IK").click()
    plain.locator(".voice", has=plain.get_by_label(re.compile("“IK”"))).get_by_label("Asks the questions").check()
    assert plain.evaluate("document.documentElement.scrollWidth") <= 390
    plain.get_by_role("button", name="Apply all").click()

    expect(plain.get_by_text("2 questions · 3 answers")).to_be_visible()
    plain.get_by_role("button", name="Save as draft").click()
    expect(plain.get_by_text("” as a draft.")).to_be_visible()
    event = Event.objects.get(title="A library without walls")
    assert panel_of(event) == {
        "Ida Krane": "moderator",
        "Ben Marsh": "panelist",
        "Carla Stone": "panelist",
        "Clara Stone": "panelist",
    }
    assert event.panelists.get(speaker__name="Clara Stone").title == "Librarian"
    context.close()
