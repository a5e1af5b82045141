"""A text on its way in: pasted, looked at, settled, stored, corrected."""

import os
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Browser, Page, expect

from panels.models import Answer, Event
from tests.browser.test_quality import faults_of, in_every_look
from tests.conftest import SAMPLES

pytestmark = pytest.mark.slow

SEED = (SAMPLES / "babbitt_2020_04_10.txt").read_text(encoding="utf-8")


def paste(page: Page, site: str, text: str) -> None:
    page.goto(f"{site}/admin/panels/event/")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Import", exact=True).click()
    page.get_by_label("Text:").fill(text)
    page.get_by_role("button", name="Preview").click()


def test_an_editor_pastes_the_seeds_text_and_ends_with_a_published_session(
    editor_at_work: User, site: str, page: Page
) -> None:
    Event.objects.get(slug="babbitt-2020-04-10").delete()
    page.goto(f"{site}/admin/panels/event/")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Import", exact=True).click()
    page.get_by_label("Text:").fill((SAMPLES / "babbitt_2020_04_10.txt").read_text(encoding="utf-8"))
    page.get_by_role("button", name="Preview").click()

    expect(page.get_by_text("8 questions · 28 answers · 7 unattributed")).to_be_visible()
    expect(page.get_by_role("region", name="To check").get_by_text("no speaker")).to_have_count(7)
    page.get_by_role("region", name="To check").get_by_role("link", name="line 129").click()
    expect(page.locator("#line-129")).to_be_in_viewport()
    page.get_by_label("Date:").fill("2020-04-10")
    page.get_by_role("button", name="Save as draft").click()
    expect(page.get_by_text("” as a draft.")).to_be_visible()
    page.get_by_role("button", name="Save and publish").click()
    expect(page.get_by_text("Published “")).to_be_visible()
    page.get_by_role("link", name="Public page").click()

    expect(page.locator("article.answer")).to_have_count(28)
    expect(page.locator("article.answer.unknown")).to_have_count(7)


def test_doubts_are_settled_in_place_by_keyboard_and_without_scripts(
    editor_at_work: User, site: str, page: Page, browser: Browser
) -> None:
    Event.objects.get(slug="babbitt-2020-04-10").delete()
    context = browser.new_context(
        java_script_enabled=False, storage_state=page.context.storage_state(), viewport={"width": 1280, "height": 900}
    )
    plain = context.new_page()
    paste(plain, site, SEED)
    offered = plain.get_by_role("button", name="This is ").first
    name = offered.inner_text().removeprefix("This is ")
    offered.focus()
    plain.keyboard.press("Enter")

    expect(plain.get_by_role("region", name="To check").get_by_text("no speaker")).to_have_count(6)
    plain.get_by_role("button", name="Fix 1.1").click()
    expect(plain.get_by_label("Who speaks")).to_be_in_viewport()
    plain.get_by_role("button", name="Split here").first.click()
    expect(plain.get_by_text("8 questions · 29 answers · 6 unattributed")).to_be_visible()
    plain.get_by_role("button", name="Fix 1.2").click()
    plain.get_by_label("Who speaks").fill("Erika Mustermann")
    plain.get_by_label("Who speaks").press("Enter")
    expect(plain.locator("[id='p-1.2'] strong")).to_have_text("Erika Mustermann")
    plain.get_by_role("button", name="Undo last step").click()
    plain.get_by_label("Title:").fill("Resolve")
    plain.get_by_role("button", name="Save as draft").click()

    expect(plain.get_by_text("Saved “Resolve” as a draft.")).to_be_visible()
    assert Answer.objects.filter(event__title="Resolve").count() == 29
    assert Answer.objects.get(event__title="Resolve", attribution="inferred").speaker.name == name  # type: ignore[union-attr]
    context.close()


BREAD = """The price of bread

Ann Example: Welcome to the third evening. Tonight we talk about bread.

Ben Marsh: Thank you. Bread is the only thing that everybody buys.

It always was.

Dora: Nobody asked us.

Cara Stone: In my town the last bakery closed in 2015.

Ben Marsh: And nobody was asked.

Advertisement

Cara Stone: Nobody ever is.

Ben Mrash: Except the bakers.
"""


def test_passages_are_fixed_in_place_without_loading_the_page(editor_at_work: User, site: str, page: Page) -> None:
    paste(page, site, BREAD)
    expect(page.get_by_role("button", name="Save as draft")).to_be_visible()
    page.evaluate("window.isTheSamePage = true")

    expect(page.get_by_text("Ann Example opens the session.")).to_be_visible()
    page.get_by_role("button", name="This is a speaker").click()
    expect(page.locator("[id='p-1.3'] strong")).to_have_text("Dora")
    page.get_by_role("button", name="This is Ben Marsh").click()
    page.get_by_role("button", name="Remove 1 line").click()
    expect(page.get_by_text("Proposed for removal")).to_have_count(0)

    page.get_by_role("button", name="Fix 1.2").click()
    expect(page.get_by_label("Text", exact=True)).to_be_focused()
    top = page.locator("[id='p-1.2']").evaluate("one => Math.round(one.getBoundingClientRect().top)")
    page.get_by_role("button", name="Split here").click()
    expect(page.get_by_text("No questions · 8 answers")).to_be_visible()
    assert abs(page.locator("[id='p-1.2']").evaluate("one => Math.round(one.getBoundingClientRect().top)") - top) <= 2
    expect(page.get_by_role("button", name="Fix 1.2")).to_be_focused()
    assert page.url.endswith("#p-1.2")

    page.get_by_role("button", name="Fix 1.3").click()
    page.get_by_label("Who speaks").fill("Cara Stone")
    page.get_by_label("Who speaks").press("Enter")
    expect(page.locator("[id='p-1.3'] strong")).to_have_text("Cara Stone")
    page.get_by_role("button", name="Fix 1.3").click()
    page.get_by_role("button", name="This is a question").click()
    expect(page.get_by_text("1 question · 7 answers")).to_be_visible()
    page.get_by_role("button", name="Undo last step").click()
    expect(page.get_by_text("No questions · 8 answers")).to_be_visible()
    page.get_by_role("button", name="Fix 1.7").click()
    page.get_by_label("Text", exact=True).fill("")
    page.get_by_role("button", name="Save text").click()
    expect(page.get_by_role("status").get_by_text("enter text, or remove the passage")).to_be_in_viewport()
    page.get_by_role("button", name="Remove", exact=True).click()
    expect(page.get_by_text("No questions · 7 answers")).to_be_visible()
    assert page.evaluate("window.isTheSamePage")

    page.get_by_role("button", name="Save as draft").click()
    expect(page.get_by_text("Saved “The price of bread” as a draft.")).to_be_visible()
    assert Answer.objects.filter(event__title="The price of bread").count() == 7


def test_a_step_of_somebody_who_is_signed_out_meanwhile_is_not_lost(
    editor_at_work: User, site: str, page: Page
) -> None:
    paste(page, site, BREAD)
    page.get_by_label("Title:").fill("Bread and its price")
    page.context.clear_cookies(name="sessionid")

    page.get_by_role("button", name="This is a speaker").click()

    expect(page.get_by_label("Username")).to_be_visible()


def test_a_corrected_text_is_shown_word_by_word_and_laid_onto_the_event(
    editor_at_work: User, site: str, page: Page
) -> None:
    event = Event.objects.get(slug="babbitt-2020-04-10")
    answer = event.answers.get(anchor="q1-a1")
    word = answer.text.split()[3]
    page.goto(f"{site}/admin/panels/event/{event.pk}/change/")
    page.get_by_role("link", name="Import a corrected text").click()
    page.get_by_label("Text:").fill(SEED.replace(answer.text[:40], answer.text[:40].replace(word, "MENDED", 1), 1))
    page.get_by_role("button", name="Preview").click()

    changes = page.get_by_role("region", name="Changes to")
    expect(changes.locator("ins")).to_have_text(["MENDED"])
    expect(changes.get_by_role("heading", name="q1-a1")).to_be_visible()
    page.get_by_label("Meaning unchanged (typo or style)").check()
    page.get_by_role("button", name="Save changes").click()

    expect(page.get_by_text("Updated “")).to_be_visible()
    assert "MENDED" in event.answers.get(anchor="q1-a1").text
    assert event.answers.filter(attribution="inferred").count() == 0 or event.is_public


@pytest.mark.parametrize("width", [390, 1280])
def test_a_session_is_edited_as_text(width: int, editor_at_work: User, site: str, page: Page) -> None:
    event = Event.objects.get(slug="library-round-table-2021-09-18")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{site}/admin/panels/event/{event.pk}/change/")
    page.get_by_role("link", name="Edit as text").click()
    assert faults_of(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    shots = os.environ.get("SCREENSHOTS")
    if shots:
        page.screenshot(path=Path(shots) / f"text-{width}.png")
    text = page.get_by_label("Text")
    text.fill(text.input_value().replace("That is sixty-one", "That is sixteen"))
    page.get_by_role("button", name="Review changes").click()
    expect(page.locator("del")).to_have_text("sixty-one")
    page.get_by_label("Meaning unchanged (typo or style)").check()
    page.get_by_role("button", name="Save changes").click()

    expect(page.get_by_text("Updated “")).to_be_visible()
    assert "sixteen" in event.answers.get(anchor="q1-a1").text


@pytest.mark.looks
def test_the_pages_of_an_import_are_for_everyone(editor_at_work: User, site: str, page: Page) -> None:
    shots = os.environ.get("SCREENSHOTS")
    paste(page, site, SEED.replace("Question 3", "Question number 3"))
    page.get_by_role("button", name="Fix 1.1").click()
    page.wait_for_load_state()

    for look in in_every_look(page, 390, 1280):
        assert faults_of(page) == [], look
        if shots:
            page.screenshot(path=Path(shots) / f"import-{look}.png")
            page.screenshot(path=Path(shots) / f"import-{look}-full.png", full_page=True)
