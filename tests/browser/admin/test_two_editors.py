"""Two editors in two browsers at one session, in every order of what they do."""

import re
from collections.abc import Iterator
from itertools import combinations_with_replacement

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Browser, Page, Response, expect

from panels.editorial.history import event_history
from panels.models import Event
from tests.admin.session_editor.test_two_editors import orders
from tests.browser.admin.test_session_editor import desk_of, opened, words_at
from tests.browser.conftest import PATIENCE
from tests.builders import make_editor
from tests.sampling import sampled

pytestmark = [pytest.mark.slow, pytest.mark.both_databases]

# All pairs of saving, moving and deleting, and one of splitting; the other buttons are tried without a browser, in
# tests/admin/session_editor/test_two_editors.py.
PAIRS = (*combinations_with_replacement(("save", "down", "delete"), 2), ("split", "down"))
PLACES = ("q1-a2", "q2-a1", "q2-a2", "q3-a1", "q4-a1", "q5-a1")  # one for each order
OTHERS = re.compile("while you were editing|also saved changes")  # what the second editor is told
TOLD = re.compile(rf"Saved\.|(?:Split|Moved|Deleted) q\d|{OTHERS.pattern}")


@pytest.fixture
def second(browser: Browser, editor_at_work: User, site: str) -> Iterator[Page]:
    """Another editor's window."""
    make_editor("second")
    context = browser.new_context(locale="en-GB", viewport={"width": 1280, "height": 900})
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(f"{site}/admin/")
    page.get_by_label("Username").fill("second")
    page.get_by_label("Password").fill("password")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", name="Your desk")).to_be_visible()
    yield page
    context.close()


def said_in(event: Event) -> str:
    """All words of all states."""
    states = (event_history.transcript_at(revision) for revision in event.revisions.all())
    return " ".join(turn.text for state in states for one in state.exchanges for turn in one.answers)


def is_a_save(response: Response) -> bool:
    return response.request.method == "POST" and response.url.partition("?")[0].endswith("/editor/")


def look(window: Page, site: str, anchor: str, words: str) -> None:
    window.goto(desk_of(site))
    opened(window, anchor).fill(words)
    window.locator(f"#{anchor} summary").click()


@pytest.mark.parametrize("buttons", sampled([[pair] for pair in PAIRS], every=3), ids=" ".join)
def test_no_word_is_lost_and_the_second_is_told(
    buttons: tuple[str, str], editor_at_work: User, site: str, page: Page, second: Page
) -> None:
    event = Event.objects.get(slug="library-round-table-2021-09-18")
    window, button = {"ann": page, "ben": second}, dict(zip(("ann", "ben"), buttons, strict=True))
    for order, anchor in zip(orders(), PLACES, strict=True):
        before = words_at(anchor)
        told: dict[str, str] = {}
        for who, does in order:
            if does == "look" and event.answers.filter(anchor=anchor).exists():
                look(window[who], site, anchor, f"Words of {who}.\n\nAnd more.")
            elif does == "press" and window[who].locator(f"#{anchor} form").count():
                with window[who].expect_response(is_a_save):
                    window[who].locator(f"#{anchor} button[value={button[who]}]").click()
                expect(window[who].get_by_text(TOLD).first).to_be_visible()
                told[who] = window[who].locator("#desk").inner_text()
                told[who] += " ".join(one.input_value() for one in window[who].locator("[name=text]").all())

        said = said_in(event)
        assert before in said
        assert [who for who in told if button[who] != "delete" and f"Words of {who}." not in said + told[who]] == []
        first, last = (who for who, does in order if does == "press")
        if order.index((last, "look")) < order.index((first, "press")):
            assert OTHERS.search(told[last]), order
