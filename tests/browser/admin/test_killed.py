"""The server is killed without a warning at any request of an editing session: what was typed is there again."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import count

import pytest
from playwright.sync_api import BrowserContext, Error, Page, Route, expect

from tests.browser.admin.test_session_editor import opened
from tests.served import ROOT, free_port, wait_for

pytestmark = pytest.mark.slow

PREPARE = """
from django.contrib.auth.models import User
from django.core.management import call_command
from panels.models import Event
call_command("loaddata", "library_round_table_2021_09_18", verbosity=0)
User.objects.create_superuser("editor", password="password")
Event.objects.update(status="draft")
"""


class Server:
    """The real application server on a database of its own."""

    def __init__(self, database: str) -> None:
        self.port = free_port()
        self.running: subprocess.Popen[bytes] | None = None
        self.environment = {**os.environ, "SECRET_KEY": "only-for-this-test", "DEBUG": "true", "DATABASE_URL": database}
        self.environment["DJANGO_SETTINGS_MODULE"] = "panels.settings"
        prepare = [sys.executable, "manage.py", "shell", "-v0", "-c", PREPARE]
        subprocess.run(prepare, cwd=ROOT, env=self.environment, check=True)

    def start(self) -> None:
        serve = [sys.executable, "-m", "granian", "--no-log", "--interface", "wsgi", "--port", str(self.port)]
        self.running = subprocess.Popen(
            [*serve, "panels.wsgi:application"], cwd=ROOT, env=self.environment, start_new_session=True
        )
        wait_for(f"http://127.0.0.1:{self.port}")

    def kill(self) -> None:
        if self.running:
            os.killpg(self.running.pid, signal.SIGKILL)  # with its workers
            self.running.wait()
            self.running = None


@pytest.fixture
def server(migrated_database: str) -> Iterator[Server]:
    server = Server(migrated_database)
    server.start()
    yield server
    server.kill()


def sign_in(page: Page, desk: str) -> None:
    page.goto(desk)
    page.get_by_label("Username").fill("editor")
    page.get_by_label("Password").fill("password")
    page.get_by_role("button", name="Log in").click()
    expect(page.locator("#q1-a1")).to_be_visible()


def edit(page: Page, desk: str, words: str, requests: list[str]) -> bool:
    """One editing session as far as it gets: open the page, open a passage, type, save. Whether it was typed."""
    try:
        page.goto(desk)
    except Error:
        return False
    page.get_by_role("link", name="Edit q1-a1").click()
    field = page.locator("#q1-a1 [name=text]")
    expect(field.or_(page.get_by_text("The server is not responding."))).to_be_visible()
    if not field.count():
        return False
    with page.expect_request(re.compile("/editor/")):  # it is kept while it is typed
        field.fill(words)
    page.locator("#q1-a1").get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#notices")).to_contain_text(re.compile("Saved|is not responding"))
    return True


def offered(context: BrowserContext, desk: str) -> str:
    """The words that an editor finds in the passage on return."""
    page = context.new_page()
    page.goto(desk, wait_until="networkidle")
    field = opened(page, "q1-a1")
    expect(field).to_be_visible()
    words = field.input_value()
    page.locator("#q1-a1").get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#notices")).to_contain_text(re.compile("Saved|No changes to save"))
    page.close()
    return words


def failing(server: Server, number: int, moment: str, requests: list[str]) -> Callable[[Route], None]:
    """Notes requests, and kills the server at the one of that number."""

    def handle(route: Route) -> None:
        requests.append(route.request.url)
        if len(requests) == number:
            if moment.startswith("before the browser"):
                route.fetch()
            server.kill()
        if server.running:
            route.continue_()
        else:
            route.abort()

    return handle


@pytest.mark.parametrize("moment", ["before the server hears of it", "before the browser hears of it"])
def test_a_server_killed_at_any_request_loses_nothing_that_was_typed(moment: str, server: Server, page: Page) -> None:
    desk = f"http://127.0.0.1:{server.port}/admin/panels/event/1/editor/"
    sign_in(page, desk)
    for number in count(1):
        requests: list[str] = []
        window = page.context.new_page()
        window.route(re.compile("/editor/"), failing(server, number, moment, requests))
        words = f"What was typed before request {number} failed."
        typed = edit(window, desk, words, requests)
        window.close()
        if server.running:
            break
        server.start()
        assert offered(page.context, desk) == words or not typed, number

    assert number > 4, "a session has at least the page, a form, what is typed, and what is saved"
