"""The search by keyboard: from any page, wide or narrow."""

from collections.abc import Callable

from playwright.sync_api import Browser, Page, expect


def test_slash_leads_to_the_search_box(site: str, page: Page, watch: Callable[[Page], Page]) -> None:
    watch(page).goto(f"{site}/events/babbitt-2020-04-10/")

    page.keyboard.press("/")
    page.keyboard.type("library")
    page.keyboard.press("Enter")

    expect(page.get_by_role("searchbox")).to_have_value("library")
    expect(page.locator(".hit mark").first).to_have_text("Library")


def test_slash_leads_to_the_search_page_where_the_box_has_no_room(site: str, browser: Browser) -> None:
    context = browser.new_context(locale="en-GB", viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(f"{site}/events/babbitt-2020-04-10/")

    page.keyboard.press("/")

    expect(page).to_have_url(f"{site}/search/")
    context.close()
