"""The jobs of an editor without a mouse, and how often Tab is pressed on the way to each main action."""

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Locator, Page, expect

from panels.models import Correction, Event

pytestmark = pytest.mark.slow

MOST = 5
TEXT = "# Parks\n\n## Who pays?\n\n**Jane Doe:** The town pays.\n\n**Zhang San:** It always did.\n"


class Keyboard:
    """Presses keys on a page, and counts those of Tab until the focus is where it should be."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def reach(self, goal: Locator, *, through: str = "") -> int:
        """Move the focus to the goal, `through` a link that is followed on the way. At most five presses of Tab."""
        pressed = 0
        if through:
            pressed = self._tab_to(self.page.get_by_role("link", name=through, exact=True), MOST)
            self.page.keyboard.press("Enter")
        if not self._has_focus(goal):
            pressed += self._tab_to(goal, MOST - pressed)
        return pressed

    def _tab_to(self, goal: Locator, most: int) -> int:
        for pressed in range(1, most + 1):
            self.page.keyboard.press("Tab")
            if self._has_focus(goal):
                return pressed
        pytest.fail(f"{goal} does not have the focus after {most} presses of Tab")

    @staticmethod
    def _has_focus(goal: Locator) -> bool:
        return bool(goal.evaluate("element => element === document.activeElement"))


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def test_every_job_is_done_by_keyboard_with_few_presses_of_tab(editor_at_work: User, site: str, page: Page) -> None:
    event = import_a_text(site, page)
    edit_the_first_answer(site, page, event, "The town pays half.")
    publish(site, page, event)
    edit_the_first_answer(site, page, event, "The town pays a third.", note="It is a third.")
    assert Correction.objects.get(event=event).note == "It is a third."
    restore(site, page, event)
    assert event.answers.get(anchor="q1-a1").text == "The town pays half."


def import_a_text(site: str, page: Page) -> Event:
    keyboard, keys = Keyboard(page), page.keyboard
    page.goto(f"{site}/admin/")
    keyboard.reach(page.get_by_role("link", name="Import a transcript", exact=True))
    keys.press("Enter")
    expect(page.get_by_label("Text:")).to_be_focused()
    keys.insert_text(TEXT)
    keyboard.reach(button(page, "Preview"))
    keys.press("Enter")
    expect(page.get_by_role("heading", name="Preview", exact=True)).to_be_visible()
    keyboard.reach(button(page, "Save as draft"), through="Go to Save")
    keys.press("Enter")
    expect(page.get_by_text("Saved “Parks” as a draft.")).to_be_visible()
    return Event.objects.get(title="Parks")


def edit_the_first_answer(site: str, page: Page, event: Event, words: str, *, note: str = "") -> None:
    keyboard, keys = Keyboard(page), page.keyboard
    page.goto(f"{site}/admin/panels/event/{event.pk}/editor/")
    keyboard.reach(page.locator("#session"), through="Go to the transcript")
    for key in "jje":
        keys.press(key)
    passage = page.locator("#q1-a1")
    text = passage.get_by_label("Text", exact=True)
    expect(text).to_be_focused()
    keys.press("Control+A")
    keys.insert_text(words)
    if note:
        keyboard.reach(passage.get_by_label("Correction note for readers"))
        keys.insert_text(note)
    keys.press("Control+Enter")
    expect(passage.get_by_text(words)).to_be_visible()
    expect(text).to_have_count(0)


def publish(site: str, page: Page, event: Event) -> None:
    page.goto(f"{site}/admin/panels/event/{event.pk}/publication/")
    Keyboard(page).reach(button(page, "Publish now"), through="Go to the next step")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Published “Parks”.")).to_be_visible()


def restore(site: str, page: Page, event: Event) -> None:
    keyboard, keys = Keyboard(page), page.keyboard
    page.goto(f"{site}/admin/panels/event/{event.pk}/history/")
    keyboard.reach(button(page, "Compare"), through="Go to Compare")
    keys.press("Enter")
    expect(page.get_by_role("heading", name="compared with version")).to_be_visible()
    note = keyboard.reach(page.get_by_label("Correction note for readers"), through="Go to Restore")
    keys.insert_text("It was half after all.")
    assert note + keyboard.reach(page.get_by_role("button", name="Restore version").first) <= MOST
    keys.press("Enter")
    expect(page.get_by_text("restored").first).to_be_visible()
