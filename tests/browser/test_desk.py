"""One session on one screen: by hand, by keyboard, without scripts; two editors at once; the server killed between."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Browser, Locator, Page, expect

from panels import history
from panels.models import Answer, Event
from tests.browser.test_quality import LOCALES, faults_of
from tests.builders import make_editor
from tests.test_demo import ROOT, free_port, wait_for


def desk_of(site: str, slug: str = "library-round-table-2021-09-18", status: str = "draft") -> str:
    Event.objects.filter(slug=slug).update(status=status)
    return f"{site}/admin/panels/event/{Event.objects.get(slug=slug).pk}/session/"


def words_at(anchor: str) -> str:
    return Answer.objects.get(event__slug="library-round-table-2021-09-18", anchor=anchor).text


def opened(page: Page, anchor: str) -> Locator:
    """The field for the words of a passage, whose form is opened."""
    page.locator(f"#{anchor}").get_by_role("link", name=f"Edit {anchor}").click()
    return page.locator(f"#{anchor} [name=text]")


def order(page: Page) -> list[str]:
    return [str(one.get_attribute("id")) for one in page.locator(".passage").all()]


@pytest.fixture
def second(browser: Browser, editor_at_work: User, site: str) -> Iterator[Page]:
    """Another editor's window."""
    make_editor("second")
    context = browser.new_context(locale="en-GB", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{site}/admin/")
    page.get_by_label("Username").fill("second")
    page.get_by_label("Password").fill("password")
    page.get_by_role("button", name="Log in").click()
    yield page
    context.close()


def test_a_session_is_edited_where_it_is_read(editor_at_work: User, site: str, page: Page) -> None:
    page.goto(desk_of(site))

    opened(page, "q1-a1").fill("One.\n\nTwo.")
    page.locator("#q1-a1").get_by_label("Tags, between commas").fill("Night, Lamps")
    page.locator("#q1-a1").get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#q1-a1 .tag")).to_have_text(["Lamps", "Night"])
    expect(page.get_by_role("status")).to_contain_text("Saved.")
    assert words_at("q1-a1") == "One.\n\nTwo."

    opened(page, "q1-a1")
    page.locator("#q1-a1 summary").click()
    page.locator("#q1-a1").get_by_role("button", name="Split").click()
    expect(page.locator(".passage:focus")).to_contain_text("Two.")
    page.locator("#q1-a2 .handle").hover()
    page.mouse.down()
    box = page.locator("#q1-a1 .words").bounding_box()
    assert box
    page.mouse.move(box["x"] + 20, box["y"] + 2, steps=10)
    expect(page.locator("#q1-a1.drop")).to_be_visible()
    page.mouse.up()
    expect(page.locator("#q1-a1 + #q1-a2")).to_be_visible()
    page.get_by_role("button", name="Undo the last change").click()
    expect(page.locator("#q1 + #q1-a1")).to_be_visible()


def test_everything_can_be_done_with_the_keyboard_alone(editor_at_work: User, site: str, page: Page) -> None:
    page.goto(f"{desk_of(site)}#q1")
    before = order(page)

    page.keyboard.press("j")
    expect(page.locator("#q1-a1")).to_be_focused()
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator(f"#{before[2]} + #q1-a1")).to_be_visible()
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator("#q1 + #q1-a1")).to_be_visible()
    page.keyboard.press("e")
    expect(page.locator("#q1-a1 [name=text]")).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type("Before. After.")
    for _ in "After.":
        page.keyboard.press("ArrowLeft")
    page.keyboard.press("Control+Shift+Enter")
    expect(page.locator("#q1-a1 .words")).to_have_text("Before.")
    expect(page.locator(".passage:focus .words")).to_have_text("After.")
    page.keyboard.press("a")
    expect(page.locator("#new [name=text]")).to_be_focused()
    page.keyboard.type("Something new.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".passage:focus .words")).to_have_text("Something new.")
    page.keyboard.press("e")
    expect(page.locator(".open [name=text]")).to_be_focused()
    page.keyboard.type("Not saved. ")
    page.keyboard.press("Escape")
    expect(page.locator(".passage:focus .unsaved")).to_be_visible()
    page.keyboard.press("z")
    expect(page.get_by_text("Undone.")).to_be_visible()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard")).to_be_visible()


@pytest.mark.parametrize("theirs", ["save", "delete", "up", "part"])
@pytest.mark.parametrize("mine", ["save", "delete", "down", "part"])
def test_of_two_editors_at_one_answer_the_second_is_told_and_no_word_is_lost(
    mine: str, theirs: str, editor_at_work: User, site: str, page: Page, second: Page
) -> None:
    event = Event.objects.get(slug="library-round-table-2021-09-18")
    Answer.objects.filter(event=event, anchor="q1-a2").update(text="One.\n\nTwo.")
    for window, words in ((page, "First words."), (second, "Second words.")):
        window.goto(desk_of(site))
        opened(window, "q1-a2").fill(f"{words}\n\nAnd more." if "save" in {mine, theirs} else "One.\n\nTwo.")
        window.locator("#q1-a2 summary").click()

    second.locator(f"#q1-a2 button[value={theirs}]").click()
    expect(second.get_by_role("status")).to_contain_text("Saved.")
    page.locator(f"#q1-a2 button[value={mine}]").click()

    expect(page.get_by_text("eanwhile").first).to_be_visible()
    states = [history.transcript_at(revision) for revision in event.revisions.all()]
    said = {turn.text for state in states for one in state.exchanges for turn in one.answers}
    said |= {str(page.locator("#q1-a2 [name=text]").input_value())} if page.locator("#q1-a2 form").count() else set()
    assert any("One." in words for words in said)
    if theirs == "save":
        assert any("Second words." in words for words in said)
    if mine == "save":
        assert any("First words." in words for words in said)


def test_what_is_typed_outlives_the_window_and_the_login(editor_at_work: User, site: str, page: Page) -> None:
    page.goto(desk_of(site))
    opened(page, "q1-a1").fill("Typed, and then the window closed.")
    expect(page.locator("#q1-a1 [name=text]")).to_be_visible()
    with page.expect_response("**/sitting/"):
        page.locator("#q1-a1 [name=text]").press("End")
        page.keyboard.type("!")
    page.goto(desk_of(site))
    expect(page.get_by_role("region", name="Not saved yet")).to_contain_text("Typed, and then")

    page.get_by_role("link", name="q1-a1", exact=True).click()
    expect(page.locator("#q1-a1 [name=text]")).to_have_value("Typed, and then the window closed.!")
    page.context.clear_cookies(name="sessionid")
    page.locator("#q1-a1").get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("You are signed out.")).to_be_visible()
    expect(page.locator("#q1-a1 [name=text]")).to_have_value("Typed, and then the window closed.!")

    other = page.context.new_page()
    other.goto(f"{site}/admin/")
    other.get_by_label("Username").fill("editor")
    other.get_by_label("Password").fill("password")
    other.get_by_role("button", name="Log in").click()
    expect(other.get_by_role("heading", name="What is on the desk")).to_be_visible()
    page.locator("#q1-a1").get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("Saved.")
    assert words_at("q1-a1") == "Typed, and then the window closed.!"


@contextmanager
def server(home: Path, port: int) -> Iterator[None]:
    """The real application server on a database of its own, killed at the end without a warning."""
    environment = {**os.environ, "SECRET_KEY": "only-for-this-test", "DEBUG": "true"}
    environment |= {"DATABASE_URL": f"sqlite:///{home / 'desk.sqlite3'}", "DJANGO_SETTINGS_MODULE": "panels.settings"}
    manage = [sys.executable, "manage.py"]
    for command in (["migrate", "-v0"], ["loaddata", "-v0", "library_round_table_2021_09_18"]):
        subprocess.run([*manage, *command], cwd=ROOT, env=environment, check=True)
    make = "from django.contrib.auth.models import User as U; U.objects.filter(username='editor') or "
    make += "U.objects.create_superuser('editor', password='password')"
    subprocess.run([*manage, "shell", "-v0", "-c", make], cwd=ROOT, env=environment, check=True)
    serve = [
        sys.executable,
        "-m",
        "granian",
        "--no-log",
        "--interface",
        "wsgi",
        "--port",
        str(port),
        "panels.wsgi:application",
    ]
    with subprocess.Popen(serve, cwd=ROOT, env=environment, start_new_session=True) as running:
        try:
            wait_for(f"http://127.0.0.1:{port}")
            yield
        finally:
            os.killpg(running.pid, signal.SIGKILL)  # with its workers


def test_a_killed_server_loses_nothing_that_was_typed(tmp_path: Path, page: Page) -> None:
    port = free_port()
    desk = f"http://127.0.0.1:{port}/admin/panels/event/1/session/"
    with server(tmp_path, port):
        page.goto(desk)
        page.get_by_label("Username").fill("editor")
        page.get_by_label("Password").fill("password")
        page.get_by_role("button", name="Log in").click()
        with page.expect_response("**/sitting/"):
            opened(page, "q1-a1").fill("It reached the server.")
        opened(page, "q1-a2").fill("It reached the browser alone.")
    page.locator("#q1-a2").get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("The server does not answer.")).to_be_visible()
    with server(tmp_path, port):
        page.goto(desk)
        expect(page.get_by_role("region", name="Not saved yet")).to_contain_text("It reached the server.")
        page.get_by_role("status").get_by_role("link", name="q1-a2").click()
        expect(page.locator("#q1-a2 [name=text]")).to_have_value("It reached the browser alone.")


def test_the_desk_needs_no_scripts(editor_at_work: User, site: str, page: Page, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, storage_state=page.context.storage_state())
    plain = context.new_page()
    plain.goto(desk_of(site))

    opened(plain, "q1-a1").fill("Without a script.")
    plain.locator("#q1-a1").get_by_role("button", name="Save", exact=True).click()
    expect(plain.get_by_text("Saved.")).to_be_visible()
    expect(plain.locator("#q1-a1 .words")).to_have_text("Without a script.")
    plain.locator("#q1-a1").get_by_role("link", name="Add below").click()
    plain.locator("#new [name=text]").fill("Another answer.")
    plain.locator("#new").get_by_role("button", name="Save", exact=True).click()
    expect(plain.locator("#q1-a1 + .passage .words")).to_have_text("Another answer.")
    context.close()


def test_what_readers_have_seen_is_corrected_with_a_word_to_them(editor_at_work: User, site: str, page: Page) -> None:
    page.goto(desk_of(site, status="published"))
    field = opened(page, "q1-a1")
    field.fill(field.input_value().replace("sixty-one", "sixteen"))
    form = page.locator("#q1-a1")
    form.get_by_role("button", name="Save", exact=True).click()
    expect(form.get_by_text("Readers have seen this (q1-a1)")).to_be_visible()
    form.get_by_label("Correction, for readers").fill("It was sixteen.")
    form.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#q1-a1 .words")).to_contain_text("sixteen")

    page.goto(f"{site}/events/library-round-table-2021-09-18/#q1-a1")
    page.locator("#q1-a1").get_by_role("link", name="Earlier wording").click()
    expect(page.locator("del")).to_contain_text("sixty-one")


@pytest.mark.parametrize("width", [390, 820, 1280])
@pytest.mark.parametrize("language", LOCALES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_desk_is_for_everyone(
    scheme: str, language: str, width: int, site: str, page: Page, request: pytest.FixtureRequest
) -> None:
    request.getfixturevalue("editor_at_work")
    browser = page.context.browser
    assert browser
    context = browser.new_context(
        storage_state=page.context.storage_state(),
        color_scheme=scheme,  # type: ignore[arg-type]
        locale=LOCALES[language],
        viewport={"width": width, "height": 900},
    )
    window = context.new_page()
    shots = os.environ.get("SCREENSHOTS")
    address = desk_of(site, "babbitt-2020-04-10", status="published")
    for name, rest in {"closed": "", "open": "?edit=q1-a3&edit=q2", "new": "?add=q1-a1"}.items():
        window.goto(address + rest)
        if name == "open":
            window.locator("#q1-a3 summary").click()
        assert faults_of(window) == [], name
        assert window.evaluate("document.documentElement.scrollWidth") <= width, name
        if shots:
            window.screenshot(path=Path(shots) / f"desk-{name}-{scheme}-{language}-{width}.png")
    window.get_by_role("button", name="?").click()
    assert faults_of(window) == []
    context.close()
