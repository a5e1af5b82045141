"""What a script adds to reading a transcript, and that it is read without one."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from panels.reading import transcript_pages
from tests.browser.test_quality import faults_of

Watch = Callable[[Page], Page]
LIBRARY = "/events/library-round-table-2021-09-18/"


@pytest.fixture
def in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sample sessions are long enough for parts."""
    monkeypatch.setattr(transcript_pages, "WHOLE", 12_000)
    monkeypatch.setattr(transcript_pages, "LARGEST", 12_000)


@pytest.fixture
def library(site: str, page: Page, watch: Watch) -> Page:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    watch(page).goto(f"{site}{LIBRARY}")
    return page


def copied(page: Page, anchor: str, what: str) -> str:
    page.locator(f"#{anchor}").hover()
    page.get_by_role("button", name=f"Copy: {anchor}", exact=True).click()
    page.locator(f"#{anchor}").get_by_role("button", name=what, exact=True).click()
    expect(page.locator(f"#{anchor}").get_by_role("status")).to_have_text("Copied")
    return str(page.evaluate("navigator.clipboard.readText()"))


def test_the_contents_mark_the_place(library: Page) -> None:
    library.locator("#q3-a1").scroll_into_view_if_needed()
    library.evaluate("document.querySelector('#q3').scrollIntoView({behavior: 'instant'})")

    marked = library.locator(".contents [aria-current]")
    expect(marked).to_have_count(1)
    expect(marked).to_have_attribute("href", "#q3")


def test_keys_go_from_answer_to_answer_and_along_one_speaker(library: Page) -> None:
    def key(pressed: str) -> str:
        library.keyboard.press(pressed)
        return str(library.evaluate("document.activeElement.id"))

    assert [key("j"), key("j"), key("k")] == ["q1-a1", "q1-a2", "q1-a1"]
    assert [key("n"), key("p")] == ["q2-a3", "q1-a1"]
    expect(library.locator("#q1-a1")).to_be_in_viewport()


def test_keys_are_listed_and_may_be_switched_off(library: Page) -> None:
    library.keyboard.press("?")
    keys = library.get_by_role("dialog", name="Keyboard shortcuts")
    expect(keys).to_be_visible()
    assert faults_of(library) == []
    keys.get_by_label("Enable single-key shortcuts").uncheck()
    keys.get_by_role("button", name="Close").click()

    library.keyboard.press("j")
    assert library.evaluate("document.activeElement.id") != "q1-a1"
    library.keyboard.press("/")
    assert library.url.endswith(LIBRARY)
    library.reload()
    library.keyboard.press("?")
    expect(keys).to_be_hidden()
    library.get_by_role("button", name="Keyboard shortcuts").click()
    expect(keys.get_by_label("Enable single-key shortcuts")).not_to_be_checked()


def test_a_citation_and_the_words_are_copied(library: Page) -> None:
    cited = copied(library, "q1-a3", "Citation")
    quoted = copied(library, "q1-a3", "Quotation")

    assert f"{LIBRARY}q1-a3/" in cited
    assert "Musterstadt Friends of the Library" in cited
    assert quoted.startswith("“")
    assert quoted.endswith(f"\n\n{cited}")


def test_selected_words_are_quoted_with_an_address_that_finds_them(library: Page) -> None:
    library.evaluate("""() => {
        const text = document.querySelector("#q1-a1 .answer-text p").firstChild;
        getSelection().setBaseAndExtent(text, 0, text, 12);
    }""")
    words = library.evaluate("getSelection().toString()").strip()

    quoted = copied(library, "q1-a1", "Quotation")

    assert quoted.startswith(f"“{words}”\n\n")
    assert f"{LIBRARY}q1-a1/#:~:text={words}" in unquote(quoted)


LOOKS = "(one) => ['color', 'fontFamily', 'fontSize'].map((name) => getComputedStyle(one)[name])"


def looks_of(line: Locator) -> Any:
    """How a line of a card looks once the frame has all its style sheets. No script runs in there that could tell."""
    for _ in range(600):
        if line.evaluate("(one) => one.ownerDocument.readyState") == "complete":
            break
        line.page.wait_for_timeout(100)
    expect(line).not_to_have_css("font-size", "16px")
    return line.evaluate(LOOKS)


@contextmanager
def another_site(content: str) -> Iterator[str]:
    """The URL of a page on another origin."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(content.encode())

        def log_message(self, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.mark.parametrize("path", [LIBRARY, f"{LIBRARY}q1-a3/"])
def test_a_card_looks_the_same_in_its_preview_and_on_another_site(path: str, library: Page, site: str) -> None:
    library.goto(f"{site}{path}")
    library.locator("summary", has_text="Embed").click()
    line = library.frame_locator("iframe").locator(".card-source").last
    preview = looks_of(line)
    code = library.get_by_label("HTML to paste into another page").input_value()
    assert faults_of(library) == []

    with another_site(f"<!doctype html><link rel=icon href=data:><div style='width: 300px'>{code}</div>") as url:
        library.goto(url)

        assert looks_of(line) == preview
        assert library.locator("iframe").evaluate("(frame) => frame.getBoundingClientRect().width") == 300


def test_the_code_of_a_card_is_copied(library: Page) -> None:
    copied_code = copied(library, "q1-a3", "Embed code")

    assert copied_code.startswith("<iframe src=")
    assert f"/embed{LIBRARY}q1-a3/" in copied_code


def test_the_copy_menu_is_for_everyone_and_closes_with_escape(library: Page) -> None:
    button = library.get_by_role("button", name="Copy: q1-a1", exact=True)
    button.focus()
    library.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    assert faults_of(library) == []

    library.keyboard.press("Escape")

    expect(button).to_have_attribute("aria-expanded", "false")
    expect(button).to_be_focused()


def test_one_speaker_s_answers_are_followed_by_links(site: str, browser: Browser) -> None:
    page = browser.new_page(java_script_enabled=False, locale="en-GB")
    page.goto(f"{site}{LIBRARY}#q1-a1")

    page.locator("#q1-a1").get_by_role("link", name="Jane Doe: next answer").click()

    expect(page).to_have_url(f"{site}{LIBRARY}#q2-a3")
    page.close()


@pytest.mark.usefixtures("in_parts")
def test_a_cited_anchor_of_another_part_is_reached(site: str, page: Page, watch: Watch) -> None:
    watch(page).goto(f"{site}{LIBRARY}#q6-a2")

    expect(page.locator("article#q6-a2")).to_be_in_viewport()
    assert "part=" in page.url
    page.evaluate("location.hash = 'q1-a2'")
    expect(page.locator("article#q1-a2")).to_be_in_viewport()


@pytest.mark.usefixtures("in_parts")
def test_it_is_reached_without_scripts_too(site: str, browser: Browser) -> None:
    page = browser.new_page(java_script_enabled=False, locale="en-GB")
    page.goto(f"{site}{LIBRARY}#q6-a2")

    link = page.locator("a#q6-a2")
    expect(link).to_be_in_viewport()
    link.click()

    expect(page.locator("article#q6-a2")).to_be_in_viewport()
    page.close()


@pytest.mark.slow
@pytest.mark.looks
@pytest.mark.usefixtures("in_parts")
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_part_is_for_everyone(scheme: str, width: int, site: str, browser: Browser, watch: Watch) -> None:
    page = watch(browser.new_page(color_scheme=scheme, locale="en-GB", viewport={"width": width, "height": 900}))  # type: ignore[arg-type]
    page.goto(f"{site}{LIBRARY}?part=2")
    assert faults_of(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


@pytest.mark.parametrize("path", [LIBRARY, f"{LIBRARY}q1-a1/"])
def test_the_marks_of_speakers_are_seen_in_forced_colours(path: str, site: str, browser: Browser) -> None:
    page = browser.new_page(forced_colors="active", locale="en-GB")
    page.goto(f"{site}{path}")

    mark = page.locator(".avatar").first
    assert mark.evaluate("one => getComputedStyle(one).borderTopWidth") == "1px"
    assert mark.text_content()
    page.close()


@pytest.mark.parametrize(("width", "height", "screens"), [(390, 844, 1.5), (1280, 800, 1)])
def test_the_first_question_is_near_and_its_list_does_not_scroll_by_itself(
    width: int, height: int, screens: float, site: str, page: Page
) -> None:
    page.set_viewport_size({"width": width, "height": height})
    for slug in ("babbitt-2020-04-10", "library-round-table-2021-09-18", "chengshi-dangan-2022-05-21"):
        page.goto(f"{site}/events/{slug}/")
        top = page.evaluate("document.querySelector('.question h2').getBoundingClientRect().top")
        assert top < screens * height, slug
        contents = page.locator(".contents")
        assert contents.evaluate("element => element.scrollHeight <= element.clientHeight"), slug


def test_tools_of_a_passage_are_quiet_until_it_is_pointed_at_or_in_focus(site: str, page: Page) -> None:
    page.goto(f"{site}/events/library-round-table-2021-09-18/")
    answer = page.locator("#q1-a2")
    link = answer.locator(".anchor")
    assert link.evaluate("element => getComputedStyle(element).opacity") == "0"

    answer.locator(".answer-text").hover()
    assert link.evaluate("element => getComputedStyle(element).opacity") == "1"
    page.mouse.move(0, 0)
    link.focus()
    assert link.evaluate("element => getComputedStyle(element).opacity") == "1"
