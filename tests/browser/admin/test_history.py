"""A session's history: looked at, compared, restored."""

import os
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from panels.models import Answer, Event
from tests.browser.test_quality import faults_of


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_editor_compares_two_states_and_restores_one(
    scheme: str, editor_at_work: User, site: str, page: Page
) -> None:
    event = Event.objects.get(slug="library-round-table-2021-09-18")
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(f"{site}/admin/panels/event/{event.pk}/change/")
    page.get_by_role("link", name="History").click()
    expect(page.locator(".history").get_by_role("row")).to_have_count(2)
    answer = event.answers.get(anchor="q1-a1")
    page.goto(f"{site}/admin/panels/answer/{answer.pk}/change/")  # which leads to the session
    page.get_by_label("Text").fill(answer.text.replace("sixty-one", "sixteen"))
    page.get_by_label("Meaning unchanged (typo or style)").check()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    page.goto(f"{site}/admin/panels/event/{event.pk}/history/")
    expect(page.locator(".history").get_by_role("row")).to_have_count(3)
    assert faults_of(page) == []
    shots = os.environ.get("SCREENSHOTS")
    if shots:
        page.screenshot(path=Path(shots) / f"history-{scheme}.png")
    page.get_by_role("button", name="Compare").click()

    expect(page.locator("del")).to_have_text("sixty-one")
    expect(page.locator("ins")).to_have_text("sixteen")
    assert faults_of(page) == []
    if shots:
        page.screenshot(path=Path(shots) / f"compare-{scheme}.png")
    page.get_by_label("Meaning unchanged (typo or style)").check()
    page.get_by_role("button", name="Restore version 1").click()
    expect(page.get_by_text("Version 1 restored").first).to_be_visible()
    assert Answer.objects.get(pk=answer.pk).text == answer.text
