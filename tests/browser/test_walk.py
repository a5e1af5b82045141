"""The main job, walked through by a reader and by an editor."""

from collections.abc import Callable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Browser, Page, expect

from tests.builders import make_hebrew_session

pytestmark = [pytest.mark.slow, pytest.mark.both_databases]

Watch = Callable[[Page], Page]


def test_a_reader_walks_from_home_to_event_to_speaker_to_tag(site: str, page: Page, watch: Watch) -> None:
    watch(page).goto(site)
    page.get_by_role("link", name="The Cellar and the Lamp").first.click()
    expect(page).to_have_url(f"{site}/events/library-round-table-2021-09-18/")

    page.get_by_role("region", name="Who speaks").get_by_role("link", name="Zhang San", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("张三")

    page.get_by_role("link", name="老街修缮之前").first.click()
    page.get_by_role("region", name="Tags").get_by_role("link", name="口述历史").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("口述历史")
    expect(page.get_by_role("region", name="Sessions")).to_contain_text("老街修缮之前")


def test_the_matrix_leads_to_the_answer(site: str, page: Page, watch: Watch) -> None:
    watch(page).goto(f"{site}/events/babbitt-2020-04-10/")

    page.get_by_text("Who answered what", exact=True).click()
    page.get_by_role("link", name="Question 4: Shi Weijie, inferred").click()

    expect(page).to_have_url(f"{site}/events/babbitt-2020-04-10/#q4-a1")
    expect(page.locator("#q4-a1")).to_be_in_viewport()


def test_an_address_is_copied_by_keyboard(site: str, page: Page, watch: Watch) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    watch(page).goto(f"{site}/events/babbitt-2020-04-10/")

    page.get_by_role("button", name="Copy: q1-a1", exact=True).focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.locator("#q1-a1").get_by_role("status")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == f"{site}/events/babbitt-2020-04-10/q1-a1/"


def test_a_reader_without_javascript_reads_and_changes_the_language(site: str, browser: Browser, watch: Watch) -> None:
    page = watch(browser.new_page(java_script_enabled=False, locale="en-GB"))
    page.goto(f"{site}/events/babbitt-2020-04-10/")
    expect(page.get_by_role("link", name="q3-a2", exact=True)).to_have_attribute(
        "href", "/events/babbitt-2020-04-10/q3-a2/"
    )

    page.get_by_role("button", name="简体中文").click()

    expect(page).to_have_url(f"{site}/events/babbitt-2020-04-10/")
    expect(page.get_by_role("region", name="发言者")).to_be_visible()
    page.close()


def test_a_reader_checks_a_quotation_and_arrives_at_the_words(site: str, page: Page, watch: Watch) -> None:
    watch(page).goto(site)
    page.get_by_role("link", name="Check a quotation").click()
    page.get_by_label("Quotation").fill("“A thing that nobody has asked for”")
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_role("heading", name="Exact match")).to_be_visible()

    page.get_by_role("link", name="Read in the full transcript").click()

    expect(page.locator("#q1-a3")).to_be_in_viewport()


def test_a_reader_copies_a_citation_without_javascript(site: str, browser: Browser, watch: Watch) -> None:
    page = watch(browser.new_page(java_script_enabled=False, locale="en-GB"))
    page.goto(f"{site}/events/library-round-table-2021-09-18/q1-a3/")

    page.get_by_text("Cite", exact=True).click()

    expect(page.get_by_text("(q1-a3, version")).to_be_visible()
    expect(page.get_by_role("link", name="BibTeX")).to_be_visible()
    page.close()


def test_a_reader_puts_two_of_a_panel_side_by_side_without_javascript(
    site: str, browser: Browser, watch: Watch
) -> None:
    page = watch(browser.new_page(java_script_enabled=False, locale="en-GB"))
    page.goto(f"{site}/events/library-round-table-2021-09-18/")
    page.get_by_text("About the speakers", exact=True).click()
    page.get_by_role("link", name="Compare speakers").click()
    page.get_by_role("checkbox", name="Zhang San").check()
    page.get_by_label("Add another speaker by name").fill("jane")
    page.get_by_role("button", name="Compare side by side").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Jane Doe")

    page.get_by_role("link", name="Opening hours").click()

    expect(page.get_by_role("heading", name="answered by more than one of them")).to_be_visible()
    expect(page.get_by_text("About “Opening hours”.")).to_be_visible()
    page.close()


def test_a_reader_narrows_what_a_speaker_said_and_stays_at_the_answers(site: str, page: Page, watch: Watch) -> None:
    watch(page).goto(f"{site}/speakers/zhang-san/")

    page.get_by_role("link", name="2022").click()
    page.get_by_role("list", name="By tag").get_by_role("link", name="口述历史").click()

    expect(page).to_have_url(f"{site}/speakers/zhang-san/?year=2022&tag=kou-shu-li-shi#answers")
    expect(page.locator("#answers")).to_be_in_viewport()


def test_a_passage_leads_to_its_translation_beside_it(site: str, page: Page, watch: Watch) -> None:
    make_hebrew_session()
    watch(page).goto(f"{site}/events/what-to-keep/q1-a2/")

    page.get_by_role("link", name="side by side").click()

    expect(page).to_have_url(f"{site}/events/what-to-keep/side-by-side/ma-lishmor/?page=1#q1-a2")
    pair = page.get_by_role("group", name="q1-a2")
    expect(pair).to_be_in_viewport()
    expect(pair).to_contain_text("I do not agree.")
    expect(pair).to_contain_text("אני לא מסכים.")


def test_another_site_shows_a_card_with_its_style(site: str, page: Page, watch: Watch, tmp_path: Path) -> None:
    answer = f"{site}/events/library-round-table-2021-09-18/q1-a3/"
    told = page.context.request.get(f"{site}/oembed/", params={"url": answer}).json()
    elsewhere = f"<!doctype html><title>Elsewhere</title><link rel=icon href=data:,>{told['html']}"
    (tmp_path / "index.html").write_text(elsewhere, encoding="utf-8")
    handler = partial(SimpleHTTPRequestHandler, directory=tmp_path)

    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        with page.expect_response(lambda response: response.url.endswith("embed.css")) as style:
            watch(page).goto(f"http://127.0.0.1:{server.server_port}/")
        page.wait_for_load_state("networkidle")
        server.shutdown()

    assert style.value.ok
    assert page.frames[1].url == f"{site}/embed/events/library-round-table-2021-09-18/q1-a3/"


def test_a_keyboard_reaches_the_content_first(site: str, page: Page, watch: Watch) -> None:
    watch(page).goto(site)

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page).to_have_url(f"{site}/#content")


def test_an_editor_adds_an_answer_and_sees_it_on_the_page(editor_at_work: User, site: str, page: Page) -> None:
    page.goto(f"{site}/admin/panels/event/")
    page.get_by_role("link", name="Sheknows").click()
    page.locator("#q7-a2").get_by_role("link", name="Add below").click()
    form = page.locator("#new")
    form.locator("[name=text]").fill("An answer written by an editor.")
    form.locator("[name=speaker]").select_option(label="Xie Wei")
    form.get_by_label("Correction note for readers").fill("An answer was left out.")
    form.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#q7-a3 .words")).to_have_text("An answer written by an editor.")

    page.goto(f"{site}/events/babbitt-2020-04-10/#q7-a3")

    answer = page.locator("#q7-a3")
    expect(answer).to_contain_text("Xie Wei")
    expect(answer).to_contain_text("An answer written by an editor.")


def test_an_editor_tags_an_event_by_autocomplete_and_publishes_it(editor_at_work: User, site: str, page: Page) -> None:
    page.goto(f"{site}/admin/panels/event/add/")
    page.get_by_label("Title", exact=False).first.fill("Night opening")
    page.locator(".field-tags .select2-selection").click()
    page.keyboard.type("Libr")
    page.get_by_role("option", name="Libraries").click()
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.get_by_role("link", name="Preview", exact=True)).to_be_visible()
    page.get_by_role("button", name="Save and publish").click()
    expect(page.get_by_text("Published “")).to_be_visible()

    page.get_by_role("link", name="Public page").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Night opening")
    expect(page.get_by_role("region", name="Tags")).to_contain_text("Libraries")
    page.get_by_role("link", name="Edit").click()
    expect(page.get_by_label("Slug:")).to_have_value("night-opening")
