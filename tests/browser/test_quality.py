"""Every page kind × theme × language × width: no accessibility fault, no complaint, nothing wider than the window."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import RequestFactory
from django.views.defaults import server_error
from playwright.sync_api import Browser, Page

from tests.builders import make_editor, make_hebrew_session

pytestmark = [pytest.mark.looks, pytest.mark.slow]

PAGES = {
    "home": "/",
    "events": "/events/",
    "events-narrowed": "/events/?year=2021&tag=libraries&speaker=zhang-san",
    "events-none": "/events/?year=1066",
    "transcript": "/events/babbitt-2020-04-10/",
    "transcript-media": "/events/library-round-table-2021-09-18/",
    "transcript-zh": "/events/chengshi-dangan-2022-05-21/",
    "transcript-narrowed": "/events/library-round-table-2021-09-18/?speaker=zhang-san",
    "transcript-rtl": "/events/hiwar/",
    "answer-rtl": "/events/hiwar/q1-a1/",
    "question": "/events/library-round-table-2021-09-18/q2/",
    "answer": "/events/library-round-table-2021-09-18/q1-a1/",
    "answer-inferred": "/events/babbitt-2020-04-10/q4-a1/",
    "answer-unknown": "/events/babbitt-2020-04-10/q1-a3/",
    "speakers": "/speakers/",
    "speaker": "/speakers/zhang-san/",
    "speaker-narrowed": "/speakers/zhang-san/?tag=libraries&year=2021",
    "speaker-asked": "/speakers/erika-mustermann/",
    "speaker-right-to-left": "/speakers/archivist-on-duty/",
    "compare-form": "/compare/",
    "compare-called": "/compare/?event=library-round-table-2021-09-18&name=z",
    "compare-nobody": "/compare/?name=nobody",
    "compare": "/compare/?speaker=zhang-san&speaker=jane-doe&tag=libraries",
    "compare-languages": "/compare/?speaker=zhang-san&speaker=archivist-on-duty&speaker=librarian-of-the-day",
    "compare-four": "/compare/?speaker=zhang-san&speaker=jane-doe&speaker=li-si&speaker=j-p-placeholder&speaker=kim",
    "parallel": "/events/ma-lishmor/side-by-side/what-to-keep/",
    "parallel-reversed": "/events/what-to-keep/side-by-side/ma-lishmor/",
    "right-to-left": "/events/ma-lishmor/",
    "right-to-left-answer": "/events/ma-lishmor/q2-a1/",
    "tags": "/tags/",
    "tag": "/tags/libraries/",
    "api": "/api/",
    "quote": "/quote/",
    "quote-exact": "/quote/?q=We+have+no+quarrel+about+the+timetables",
    "quote-near": "/quote/?q=学生听录音的时候发现，有两位街坊都说桥头的澡堂是发大水那年关的",
    "quote-changed": "/quote/?q=nobody+else+has+it+whole.+That+is+sixteen+metres&event=library-round-table-2021-09-18",
    "quote-absent": "/quote/?q=Nobody+ever+said+so+about+lighthouses&speaker=zhang-san",
    "search": "/search/",
    "search-hits": "/search/?q=library&year=2021",
    "search-chinese": "/search/?q=图书馆",
    "search-none": "/search/?q=Zhang+Sann+speaker:nobody",
    "404": "/nothing/",
    "earlier": "/events/babbitt-2020-04-10/q4-a1/earlier/",
    "410-event": "/events/taken-back/",
    "410-passage": "/events/library-round-table-2021-09-18/q7/",
}
CARDS = {
    "card-session": "/embed/events/library-round-table-2021-09-18/",
    "card": "/embed/events/library-round-table-2021-09-18/q1-a1/",
    "card-question": "/embed/events/library-round-table-2021-09-18/q1/",
    "card-unknown": "/embed/events/babbitt-2020-04-10/q1-a3/",
}
AXE = Axe().axe_script
LOCALES = {"en": "en-GB", "zh-hans": "zh-CN"}
# axe-core sees each page in each light and width, in each light and language, and in each width and language.
JUDGED = {"en": ("light-390", "dark-1280"), "zh-hans": ("dark-390", "light-1280")}


def faults_of(page: Page) -> list[str]:
    """What axe-core finds on the page when it has come whole, with where.

    It does not load style sheets again, for which it would need inline styles. Only what it says of a locked
    orientation depends on that, and `tests/web/test_styles.py` sees that no style sheet asks for the orientation.
    What is right is not listed, which is most of the work. Frames, whose pages are among those that are looked at, do
    not let it in.
    """
    page.wait_for_load_state()
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found = page.evaluate("axe.run({preload: false, iframes: false, resultTypes: ['violations']})")["violations"]
    return [f"{fault['id']}: {node['target']} {node['html'][:120]}" for fault in found for node in fault["nodes"]]


# Django's admin lets colours fade over when the light changes.
FADED = "document.getAnimations().forEach(one => one instanceof CSSTransition && one.finish())"


def in_every_look(page: Page, *widths: int) -> Iterator[str]:
    """In each light and at each width, without loading the page again: no script of ours asks for either."""
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for width in widths:
            page.set_viewport_size({"width": width, "height": 900})
            page.evaluate(FADED)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (scheme, width)
            yield f"{scheme}-{width}"


@contextmanager
def window_beside(page: Page, language: str) -> Iterator[Page]:
    """Another window of the user who is logged in, in another language."""
    assert page.context.browser
    context = page.context.browser.new_context(storage_state=page.context.storage_state(), locale=LOCALES[language])
    try:
        yield context.new_page()
    finally:
        context.close()


@pytest.mark.parametrize("language", LOCALES)
def test_pages_are_for_everyone(language: str, site: str, browser: Browser, watch: Callable[[Page], Page]) -> None:
    make_hebrew_session()
    context = browser.new_context(locale=LOCALES[language])
    page = watch(context.new_page())
    shots = os.environ.get("SCREENSHOTS")
    for name, path in PAGES.items():
        page.goto(f"{site}{path}")
        assert page.locator("html").get_attribute("lang") == language
        for look in in_every_look(page, 390, 1280):
            assert look not in JUDGED[language] or faults_of(page) == [], (name, look)
            if shots:
                page.screenshot(path=Path(shots) / f"{name}-{language}-{look}.png", full_page=True)
    context.close()


@pytest.mark.parametrize("width", [390, 600])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_card_for_other_sites_is_for_everyone(
    scheme: str, width: int, site: str, browser: Browser, watch: Callable[[Page], Page]
) -> None:
    size = {"width": width, "height": 320}
    # The card's own policy lets no script run, axe-core's included.
    context = browser.new_context(color_scheme=scheme, locale="en-GB", viewport=size, bypass_csp=True)  # type: ignore[arg-type]
    page = watch(context.new_page())
    for name, path in CARDS.items():
        page.goto(f"{site}{path}")
        assert faults_of(page) == [], name
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        if shots := os.environ.get("SCREENSHOTS"):
            page.screenshot(path=Path(shots) / f"{name}-{scheme}-{width}.png")
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_preview_of_a_draft_is_for_everyone(
    scheme: str, site: str, browser: Browser, watch: Callable[[Page], Page]
) -> None:
    make_editor()
    page = watch(browser.new_page(color_scheme=scheme))  # type: ignore[arg-type]
    page.goto(f"{site}/admin/login/?next=/admin/panels/event/1/preview/")
    page.get_by_label("Username").fill("editor")
    page.get_by_label("Password").fill("password")
    page.get_by_role("button", name="Log in").click()
    page.wait_for_load_state()

    assert faults_of(page) == []
    page.close()


def test_pages_are_valid_html(
    site: str, browser: Browser, tmp_path: Path, rf: RequestFactory, missing: Callable[[str], None]
) -> None:
    checker, java = os.environ.get("VNU_JAR"), shutil.which("java")
    if checker is None or java is None:
        missing("the Nu HTML checker (VNU_JAR names its jar, java runs it)")
        return
    make_hebrew_session()
    for language, locale in LOCALES.items():
        context = browser.new_context(locale=locale)
        for name, path in {**PAGES, **CARDS}.items():
            html = context.request.get(f"{site}{path}").text()
            (tmp_path / f"{name}-{language}.html").write_text(html, encoding="utf-8")
        context.close()
    (tmp_path / "500.html").write_bytes(server_error(rf.get("/")).content)

    done = subprocess.run(
        [java, "-jar", checker, "--format", "json", "--stdout", *tmp_path.iterdir()], capture_output=True, check=False
    )

    messages = json.loads(done.stdout)["messages"]
    assert [f"{Path(found['url']).name}:{found.get('lastLine')}: {found['message']}" for found in messages] == []
    assert len(list(tmp_path.iterdir())) == 2 * len(PAGES | CARDS) + 1
