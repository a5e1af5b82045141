"""Headless Chromium on a live server."""

import os
import shutil
from collections.abc import Callable, Iterator
from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from panels.models import Answer, Event, FormerWording
from tests.builders import (
    make_answer,
    make_correction,
    make_editor,
    make_panelist,
    make_published,
    make_question,
    make_speaker,
)

# Playwright keeps an event loop in the test's thread; what the tests ask of the database there is synchronous.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

SESSIONS = ("babbitt_2020_04_10", "library_round_table_2021_09_18", "chengshi_dangan_2022_05_21")
CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium") or shutil.which("google-chrome")
PATIENCE = 60_000  # milliseconds: how long a state is waited for says nothing about the page, on a machine at work
expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser(missing: Callable[[str], None]) -> Iterator[Browser]:
    if CHROMIUM is None:
        missing("Chromium")
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="en-GB", viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


@pytest.fixture
def complaints() -> list[str]:
    """What browsers complained of, policy violations included; a test's end finds it empty."""
    return []


@pytest.fixture
def watch(complaints: list[str]) -> Iterator[Callable[[Page], Page]]:
    """Listens to a page's console and errors."""

    def hear(message: ConsoleMessage) -> None:
        # What is missing, gone, in conflict or refused answers so on purpose.
        expected = any(f"status of {status}" in message.text for status in (404, 409, 410, 422))
        if message.type in {"error", "warning"} and not expected:
            complaints.append(message.text)

    def listen(page: Page) -> Page:
        page.on("console", hear)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield listen
    assert complaints == []


@pytest.fixture
def site(live_server: LiveServer, transactional_db: None) -> str:
    """The address of a site with the sample sessions and one in Arabic, something withdrawn, removed and changed."""
    roles = import_module("panels.migrations.0008_roles")
    with connection.schema_editor() as editor:
        roles.make_roles(apps, editor)  # tests that write in earnest empty the tables, this one's too
    call_command("loaddata", *SESSIONS, verbosity=0)
    Event.objects.create(title="Withdrawn", slug="taken-back", status="withdrawn", published_at="2021-01-01T00:00Z")
    library = Event.objects.get(slug="library-round-table-2021-09-18")
    library.questions.order_by("number").last().delete()  # type: ignore[union-attr]
    changed = Answer.objects.get(event__slug="babbitt-2020-04-10", anchor="q4-a1")
    for text, speaker in {f"At first, {changed.text}": "", changed.text: "Kim"}.items():
        FormerWording.objects.create(event=changed.event, anchor="q4-a1", text=text, speaker=speaker)
    make_hiwar()
    return str(live_server.url)


def make_hiwar() -> None:
    """A session written from right to left, with figures, Latin letters and a name that was lost."""
    event = make_published(title="حوار عن المكتبات", slug="hiwar", language="ar", introduction="جلسة خيالية.")
    reader = make_speaker("Reader One", original_name="القارئة الأولى")
    visitor = make_speaker("A Visitor")
    for speaker in (reader, visitor):
        make_panelist(event, speaker=speaker, title="رئيسة القسم", organisation="مكتبة المدينة")
    for text in ("كيف تُحفظ المخطوطات؟", "هل تغيّر العدد منذ عام 2019؟"):
        question = make_question(event, text=text, asked_by=visitor, media_time=75)
        words = "نراقب الرطوبة كل يوم (45–50 %)، واستعملنا OCR على 3,000 صفحة."
        make_answer(question, text=words, speaker=reader).tags.add("Libraries")
        make_answer(question, text=words, attribution="unknown", evidence="ضاع الاسم في المصدر.")
    make_correction(event, anchor="q1-a1", note="كان الرقم خاطئًا.")


@pytest.fixture
def editor_at_work(site: str, page: Page, watch: Callable[[Page], Page]) -> User:
    editor = make_editor()
    watch(page).goto(f"{site}/admin/")
    page.get_by_label("Username").fill("editor")
    page.get_by_label("Password").fill("password")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", name="Your desk")).to_be_visible()
    return editor
