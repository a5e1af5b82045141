"""One session on one screen: by hand, by keyboard, without scripts."""

import os
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Browser, Locator, Page, expect

from panels.models import Answer, Event
from tests.browser.test_quality import JUDGED, LOCALES, faults_of, in_every_look, window_beside

pytestmark = pytest.mark.slow


def desk_of(site: str, slug: str = "library-round-table-2021-09-18", status: str = "draft") -> str:
    Event.objects.filter(slug=slug).update(status=status)
    return f"{site}/admin/panels/event/{Event.objects.get(slug=slug).pk}/editor/"


def words_at(anchor: str) -> str:
    return Answer.objects.get(event__slug="library-round-table-2021-09-18", anchor=anchor).text


def opened(page: Page, anchor: str) -> Locator:
    """The field for the words of a passage, whose form is opened."""
    page.locator(f"#{anchor}").get_by_role("link", name=f"Edit {anchor}").click()
    return page.locator(f"#{anchor} [name=text]")


def drag(page: Page, anchor: str, other: str, *, below: bool) -> None:
    """A passage by its handle to the upper or the lower edge of another one."""
    target = page.locator(f"#{other}")
    page.locator(f"#{anchor} .handle").hover()
    page.mouse.down()
    box = target.bounding_box()
    assert box
    for inward in (6, 4):  # the first move takes hold, and only the next one is over the other passage
        target.hover(position={"x": 20, "y": box["height"] - inward if below else inward})
    expect(page.locator(f"#{other}.drop{':not(.above)' if below else '.above'}")).to_be_visible()
    page.mouse.up()


def order(page: Page) -> list[str]:
    return [str(one.get_attribute("id")) for one in page.locator(".passage").all()]


def test_a_session_is_edited_where_it_is_read(editor_at_work: User, site: str, page: Page) -> None:
    page.goto(desk_of(site))

    opened(page, "q1-a1").fill("One.\n\nTwo.")
    page.locator("#q1-a1").get_by_label("Tags, separated by commas").fill("Night, Lamps")
    page.locator("#q1-a1").get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#q1-a1 .tag")).to_have_text(["Lamps", "Night"])
    expect(page.locator("#notices")).to_contain_text("Saved.")
    assert words_at("q1-a1") == "One.\n\nTwo."

    opened(page, "q1-a1")
    page.locator("#q1-a1 summary").click()
    page.locator("#q1-a1").get_by_role("button", name="Split").click()
    expect(page.locator(".passage:focus")).to_contain_text("Two.")
    drag(page, "q1-a2", "q1-a1", below=False)
    expect(page.locator("#q1 + #q1-a2 + #q1-a1")).to_be_visible()
    drag(page, "q1-a2", "q1-a1", below=True)
    expect(page.locator("#q1 + #q1-a1 + #q1-a2")).to_be_visible()
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(page.locator("#q1 + #q1-a2 + #q1-a1")).to_be_visible()


def test_an_answer_of_one_paragraph_is_saved_by_the_button(editor_at_work: User, site: str, page: Page) -> None:
    Answer.objects.filter(anchor="q1-a1").update(text="One paragraph.")
    page.goto(desk_of(site))

    opened(page, "q1-a1").fill("One paragraph, mended.")
    page.locator("#q1-a1").get_by_role("button", name="Save", exact=True).click()

    expect(page.locator("#q1-a1 .words")).to_have_text("One paragraph, mended.")


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


def press_in(page: Page, anchor: str, button: str) -> None:
    page.locator(f"#{anchor}").get_by_role("link", name=f"Edit {anchor}").click()
    page.locator(f"#{anchor} summary").click()
    page.locator(f"#{anchor}").get_by_role("button", name=button, exact=True).click()


def test_a_form_closes_with_what_is_gone_and_the_keyboard_stays_where_it_was(
    editor_at_work: User, site: str, page: Page
) -> None:
    page.goto(desk_of(site))
    before = order(page)
    opened(page, "q1-a1")  # the form above is open, and nothing is typed there

    press_in(page, "q1-a2", "Merge with previous answer")
    expect(page.locator("#q1-a2").get_by_role("radio").first).to_be_focused()
    page.keyboard.press("Space")
    page.locator("#q1-a2 .whose").get_by_role("button").click()
    expect(page.locator("#notices")).to_contain_text("Merged q1-a2 with q1-a1. Undo")
    expect(page.locator("#q1-a1")).to_be_focused()
    expect(page.locator("#q1-a2, .passage-form")).to_have_count(0)

    page.get_by_role("button", name="Undo", exact=True).click()
    expect(page.locator("#q1-a1 + #q1-a2:focus")).to_be_visible()
    assert order(page) == before
    page.keyboard.press("k")
    expect(page.locator("#q1-a1")).to_be_focused()

    press_in(page, "q1-a2", "Delete")
    expect(page.locator("#notices")).to_contain_text("Deleted q1-a2.")
    expect(page.locator("#q1-a1")).to_be_focused()
    page.keyboard.press("z")
    expect(page.locator("#q1-a2")).to_be_focused()
    page.keyboard.press("k")
    expect(page.locator("#q1-a1")).to_be_focused()
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator("#notices")).to_contain_text("Moved q1-a1 down.")
    page.keyboard.press("z")
    expect(page.locator("#q1-a1:focus + #q1-a2")).to_be_visible()


def test_two_open_forms_of_one_editor_do_not_get_in_each_others_way(
    editor_at_work: User, site: str, page: Page
) -> None:
    page.goto(desk_of(site))
    words = words_at("q1-a2")
    opened(page, "q1-a1").fill("First.")
    press_in(page, "q1-a2", "Merge with previous answer")
    page.locator("#q1-a2").get_by_role("radio").first.check()
    page.locator("#q1-a2 .whose").get_by_role("button").click()
    expect(page.locator("#notices")).to_contain_text("Merged")
    expect(page.locator("#q1-a1 [name=text]")).to_have_value("First.")

    page.locator("#q1-a1").get_by_role("button", name="Save", exact=True).click()

    expect(page.locator("#q1-a1 .words")).to_contain_text("First.")
    assert words_at("q1-a1") == f"First.\n\n{words}"


def test_two_windows_of_one_editor_keep_what_is_typed_in_each(editor_at_work: User, site: str, page: Page) -> None:
    other = page.context.new_page()
    for window, words in ((page, "First window"), (other, "Second window")):
        window.goto(desk_of(site))
        opened(window, "q1-a1").fill(words)
        with window.expect_response("**/editor/autosave/"):
            window.keyboard.type(".")
    with page.expect_response("**/editor/autosave/"):
        page.keyboard.type("!")

    page.locator("#q1-a1").get_by_role("button", name="Save", exact=True).click()

    expect(page.locator("#notices")).to_contain_text("Unsaved changes from another window are kept.")
    assert words_at("q1-a1") == "First window.!"
    page.reload()
    offers = page.get_by_role("region", name="Unsaved changes")
    expect(offers).to_contain_text("Second window.")
    expect(offers).not_to_contain_text("First window")


def test_what_is_typed_outlives_the_window_and_the_login(editor_at_work: User, site: str, page: Page) -> None:
    page.goto(desk_of(site))
    opened(page, "q1-a1").fill("Typed, and then the window closed.")
    expect(page.locator("#q1-a1 [name=text]")).to_be_visible()
    with page.expect_response("**/editor/autosave/"):
        page.locator("#q1-a1 [name=text]").press("End")
        page.keyboard.type("!")
    page.goto(desk_of(site))
    expect(page.get_by_role("region", name="Unsaved changes")).to_contain_text("Typed, and then")

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
    expect(other.get_by_role("heading", name="Your desk")).to_be_visible()
    page.locator("#q1-a1").get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#notices")).to_contain_text("Saved.")
    assert words_at("q1-a1") == "Typed, and then the window closed.!"


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
    expect(form.get_by_text("This passage is published (q1-a1)")).to_be_visible()
    form.get_by_label("Correction note for readers").fill("It was sixteen.")
    form.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#q1-a1 .words")).to_contain_text("sixteen")

    page.goto(f"{site}/events/library-round-table-2021-09-18/#q1-a1")
    page.locator("#q1-a1").get_by_role("link", name="Earlier wording").click()
    expect(page.locator("del")).to_contain_text("sixty-one")


@pytest.mark.looks
@pytest.mark.parametrize("language", LOCALES)
def test_the_desk_is_for_everyone(language: str, site: str, page: Page, editor_at_work: User) -> None:
    with window_beside(page, language) as window:
        shots = os.environ.get("SCREENSHOTS")
        address = desk_of(site, "babbitt-2020-04-10", status="published")
        for name, rest in {"closed": "", "open": "?edit=q1-a3&edit=q2", "new": "?add=q1-a1"}.items():
            window.goto(address + rest)
            if name == "open":
                window.locator("#q1-a3 summary").click()
            for look in in_every_look(window, 390, 820, 1280):
                assert look not in JUDGED[language] or faults_of(window) == [], (name, look)
                if shots:
                    window.screenshot(path=Path(shots) / f"desk-{name}-{language}-{look}.png")
        window.get_by_role("button", name="?").click()
        for look in in_every_look(window, 390, 820, 1280):
            assert look not in JUDGED[language] or faults_of(window) == [], look
