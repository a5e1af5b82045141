"""From a draft to readers: what is missing, who looks before, when it is published."""

import os
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Browser, Page, expect

from panels.models import Event
from tests.browser.test_quality import JUDGED, LOCALES, faults_of, in_every_look, window_beside

pytestmark = pytest.mark.slow


@pytest.fixture
def draft(site: str) -> Event:
    event = Event.objects.get(slug="library-round-table-2021-09-18")
    Event.objects.filter(pk=event.pk).update(status="draft", published_at=None)
    event.answers.filter(anchor="q2-a1").update(speaker=None, attribution="unknown")
    return event


def test_a_panelist_approves_a_draft_by_a_link(
    editor_at_work: User, site: str, page: Page, browser: Browser, draft: Event
) -> None:
    page.goto(f"{site}/admin/panels/event/{draft.pk}/change/")
    page.get_by_role("link", name="Publication", exact=True).click()
    page.get_by_label("Recipient").fill("The panel's chair")
    page.get_by_role("button", name="Create link").click()
    address = page.get_by_label("Link").input_value()

    reader = browser.new_context(locale="en-GB").new_page()
    reader.goto(address)
    expect(reader.get_by_role("heading", name=draft.title)).to_be_visible()
    expect(reader.get_by_text("Preview for The panel's chair")).to_be_visible()
    assert faults_of(reader) == []

    page.get_by_role("button", name="Revoke").click()
    reader.reload()
    expect(reader.get_by_role("heading", name=draft.title)).to_have_count(0)
    reader.context.close()


def test_a_publisher_sets_a_time_and_publishes_at_once_after_all(
    editor_at_work: User, site: str, page: Page, draft: Event
) -> None:
    page.goto(f"{site}/admin/panels/event/{draft.pk}/publication/")
    page.get_by_role("textbox", name="Publish at").fill("2099-05-01T08:30")
    page.get_by_role("button", name="Schedule").click()
    expect(page.get_by_text("Scheduled for 1 May 2099")).to_be_visible()

    page.get_by_role("button", name="Publish now").click()

    expect(page.get_by_role("heading", name="Status: published")).to_be_visible()
    expect(page.get_by_text("Scheduled for")).to_have_count(0)
    page.get_by_role("link", name="Public page").click()
    expect(page.get_by_role("heading", name=draft.title)).to_be_visible()


def test_editors_talk_about_an_answer_and_settle_it(editor_at_work: User, site: str, page: Page, draft: Event) -> None:
    page.goto(f"{site}/admin/panels/event/{draft.pk}/publication/")
    page.locator('.checklist a[href$="#q2-a1"]').first.click()
    page.locator("#q2-a1").get_by_role("link", name="Close").click()
    expect(page.locator("#q2-a1 form")).to_have_count(0)
    page.locator(".desk.scripted #q2-a1").focus()
    page.keyboard.press("c")
    page.get_by_label("Comment for other editors").fill("Is this the archivist?")
    page.get_by_role("button", name="Comment", exact=True).click()
    expect(page.locator("#q2-a1").get_by_text("Is this the archivist?")).to_be_visible()
    page.locator("#q2-a1").get_by_role("link", name="Edit").click()
    expect(page.locator("#q2-a1").get_by_text("Is this the archivist?")).to_be_visible()
    page.get_by_role("button", name="Resolve").click()
    expect(page.get_by_text("Is this the archivist?")).to_have_count(0)


@pytest.mark.looks
@pytest.mark.parametrize("language", LOCALES)
def test_the_page_is_for_everyone(language: str, site: str, page: Page, editor_at_work: User, draft: Event) -> None:
    with window_beside(page, language) as window:
        shots = os.environ.get("SCREENSHOTS")
        window.goto(f"{site}/admin/panels/event/{draft.pk}/editor/?comment=q2-a1")
        window.locator("[name=text_of_comment]").fill("Is this the archivist?\n\nShe said the same in 2019.")
        window.locator("[name=do][value=comment]").click()
        window.goto(f"{site}/admin/panels/event/{draft.pk}/publication/")
        window.locator("[name=at]").fill("2099-05-01T08:30")
        window.locator("[name=do][value=schedule]").click()
        window.locator("[name=reader]").fill("The panel's chair")
        window.locator("[name=do][value=share]").click()
        pages = ("publication", "editor", "change", "text", "history", "preview")
        for name in pages:
            window.goto(f"{site}/admin/panels/event/{draft.pk}/{name}/")
            for look in in_every_look(window, 390, 1280):
                if name != "change" and look in JUDGED[language]:  # Django's own form has faults of its own
                    assert faults_of(window) == [], (name, look)
                if shots:
                    window.screenshot(
                        path=Path(shots) / f"event-{name}-{language}-{look}.png", full_page=name == "publication"
                    )
        window.goto(f"{site}/admin/panels/event/{draft.pk}/editor/?comment=q1-a2#q1-a2")
        for look in in_every_look(window, 390, 1280):
            assert look not in JUDGED[language] or faults_of(window) == [], look
            if shots:
                window.screenshot(path=Path(shots) / f"event-comment-{language}-{look}.png")


def test_a_session_typed_as_text_is_accounted_for_and_kept(
    editor_at_work: User, site: str, page: Page, draft: Event, complaints: list[str]
) -> None:
    address = f"{site}/admin/panels/event/{draft.pk}/text/"
    page.goto(address)
    field = page.get_by_label("Text", exact=True)
    expect(page.locator("#account")).to_contain_text("no changes")
    field.fill(field.input_value().replace("sixty-one", "sixteen"))
    expect(page.locator("#account")).to_contain_text("2 passages changed")
    assert faults_of(page) == []

    page.locator("#account [data-line]").first.click()
    chosen = page.evaluate("getSelection().toString()")
    assert chosen.startswith("**?:**")

    page.goto(address)
    expect(page.get_by_text("These are your unsaved changes from")).to_be_visible()
    assert "sixteen" in field.input_value()
    assert faults_of(page) == []
    if shots := os.environ.get("SCREENSHOTS"):
        page.screenshot(path=Path(shots) / "text-kept.png")
    page.get_by_role("button", name="Discard and show the saved text").click()
    assert "sixty-one" in field.input_value()
    assert complaints == []
