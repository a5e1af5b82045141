"""The desk's front page, and the pages that keep speakers and tags tidy."""

import os
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from panels.editorial.history import event_history
from panels.models import Comment, Event, Speaker, Tag
from tests.browser.test_quality import JUDGED, LOCALES, faults_of, in_every_look, window_beside


@pytest.fixture
def work(site: str, editor_at_work: User) -> Event:
    """Something to do of every kind."""
    event = Event.objects.get(slug="library-round-table-2021-09-18")
    event.status, event.published_at = "draft", None
    event.save()
    event_history.record(event, by=editor_at_work, why="Begun")
    Event.objects.filter(slug="chengshi-dangan-2022-05-21").update(status="in_review", published_at=None)
    Comment.objects.create(event=event, anchor="q2-a1", text="Is this the archivist?", author=editor_at_work)
    Speaker.objects.create(name="Doe, Jane")
    Tag.objects.create(name="Archive")
    return event


def test_an_editor_merges_two_and_takes_it_back(work: Event, site: str, page: Page) -> None:
    page.goto(f"{site}/admin/panels/speaker/")
    page.get_by_role("link", name="Likely duplicates").click()
    page.get_by_role("row", name="Doe, Jane").get_by_role("link", name="Preview merge").click()
    page.get_by_label("Jane Doe").check()
    page.get_by_role("button", name="Preview merge").click()
    page.get_by_role("button", name="Merge into “Jane Doe”").click()
    assert not Speaker.objects.filter(name="Doe, Jane").exists()

    expect(page.get_by_role("heading", name="Jane Doe")).to_be_visible()
    page.get_by_role("link", name="Undo merge").click()
    page.get_by_role("button", name="Undo merge").click()

    expect(page.get_by_text("Merge undone: “Doe, Jane” restored.")).to_be_visible()
    assert Speaker.objects.filter(name="Doe, Jane").exists()


def test_a_tag_that_fits_is_taken_by_a_click(work: Event, site: str, page: Page) -> None:
    Tag.objects.create(name="Paper")
    page.goto(f"{site}/admin/panels/event/{work.pk}/editor/?edit=q1#q1")
    page.get_by_role("button", name="Paper", exact=True).click()
    page.locator("#q1").get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#q1").get_by_text("Paper", exact=True)).to_be_visible()
    assert "Paper" in work.questions.get(anchor="q1").tags.names()


@pytest.mark.slow
@pytest.mark.looks
@pytest.mark.parametrize("language", LOCALES)
def test_the_pages_are_for_everyone(language: str, site: str, page: Page, work: Event) -> None:
    with window_beside(page, language) as window:
        shots = os.environ.get("SCREENSHOTS")
        one, other = Speaker.objects.filter(name__in=["Jane Doe", "Doe, Jane"])
        paths = {
            "front": "/admin/",
            "duplicates": "/admin/panels/speaker/duplicates/",
            "merge": f"/admin/panels/speaker/merge/?of={one.pk},{other.pk}&into={one.pk}",
        }
        for name, path in paths.items():
            window.goto(f"{site}{path}")
            for look in in_every_look(window, 390, 1280):
                assert look not in JUDGED[language] or faults_of(window) == [], (name, look)
                if shots:
                    window.screenshot(path=Path(shots) / f"tidy-{name}-{language}-{look}.png", full_page=True)
