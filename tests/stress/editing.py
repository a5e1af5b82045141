"""What editors do under stress: each form read and sent as a browser does, with one word more in one of its fields."""

import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus

from tests.stress.browsing import BrowsedPage, Browser

Try = Callable[[Browser, "StressedSite", str, random.Random], tuple[int, str]]
"""Reads a form and saves it with a word; gives the key of what is saved, and why it was not; empty: acknowledged."""


@dataclass(frozen=True)
class StressedSite:
    """What there is to be edited, by keys: events with the anchors of their answers, speakers and tags.

    All but the last event are public and stay so, with these `slugs`; the last changes its status again and again.
    """

    events: Mapping[int, list[str]]
    slugs: list[str]
    speakers: list[int]
    tags: list[int]
    questions: list[int]

    @property
    def moving(self) -> int:
        return list(self.events)[-1]


ACTIONS = (
    "publish", "withdraw", "submit", "return_to_draft", "move_to_trash", "restore_from_trash", "restore_from_trash",
)  # fmt: skip
CLOSED = "not open to editors"
CONFLICT = "others saved meanwhile"


def _saved(page: BrowsedPage) -> bool:
    return page.status == HTTPStatus.FOUND


def _why_not(page: BrowsedPage) -> str:
    if _saved(page):
        return ""
    if page.status == HTTPStatus.FORBIDDEN:
        return CLOSED
    return CONFLICT if "while you were editing" in page.text else f"answered {page.status}"


def _appended(browser: Browser, path: str, field: str, word: str) -> str:
    """Save a form with a word more in a field."""
    form = browser.get(path).form_with(field)
    if form is None:
        return CLOSED
    return _why_not(browser.post(path, form | {field: f"{form.get(field, '')} {word}".strip()}))


def _replaced(browser: Browser, path: str, field: str, word: str) -> str:
    """Save a form with the word in place of the one before it, in a field that is short."""
    form = browser.get(path).form_with(field)
    return CLOSED if form is None else _why_not(browser.post(path, form | {field: word}))


def details(browser: Browser, site: StressedSite, word: str, chance: random.Random) -> tuple[int, str]:
    event = chance.choice(list(site.events))
    return event, _appended(browser, f"/admin/panels/event/{event}/change/", "introduction", word)


def correction(browser: Browser, site: StressedSite, word: str, chance: random.Random) -> tuple[int, str]:
    event = chance.choice(list(site.events))
    return event, _appended(browser, f"/admin/panels/event/{event}/change/", "corrections-0-note", word)


def panel(browser: Browser, site: StressedSite, word: str, chance: random.Random) -> tuple[int, str]:
    event = chance.choice(list(site.events))
    return event, _replaced(browser, f"/admin/panels/event/{event}/change/", "panelists-0-title", word)


def speaker(browser: Browser, site: StressedSite, word: str, chance: random.Random) -> tuple[int, str]:
    key = chance.choice(site.speakers)
    return key, _appended(browser, f"/admin/panels/speaker/{key}/change/", "biography", word)


def tag(browser: Browser, site: StressedSite, word: str, chance: random.Random) -> tuple[int, str]:
    key = chance.choice(site.tags)
    return key, _replaced(browser, f"/admin/panels/tag/{key}/change/", "name", word)


def passage(browser: Browser, site: StressedSite, word: str, chance: random.Random) -> tuple[int, str]:
    """Whoever is told of a conflict begins anew, from what is stored then."""
    event = chance.choice(list(site.events))
    return event, _passage(browser, event, chance.choice(site.events[event]), {"do": "save"}, word)


def place(browser: Browser, site: StressedSite, word: str, chance: random.Random) -> tuple[int, str]:
    """A passage is moved up or down, with no other words."""
    event = chance.choice(list(site.events))
    return event, _passage(browser, event, chance.choice(site.events[event]), {"do": chance.choice(["up", "down"])})


def _passage(browser: Browser, event: int, anchor: str, button: dict[str, str], word: str = "") -> str:
    path = f"/admin/panels/event/{event}/editor/"
    form = browser.get(f"{path}?edit={anchor}").form_with("text")
    if form is None:
        return CLOSED
    sent = form | {"text": f"{form['text'].strip()} {word}".strip(), "same_meaning": "on"} | button
    why_not = _why_not(browser.post(path, sent))
    if why_not:
        again = browser.get(f"{path}?edit={anchor}").form_with("text") or {}
        browser.post(path, {"do": "discard", "at": anchor, "kept_at": again.get("kept_at", "")})
    return why_not


def text(browser: Browser, site: StressedSite, word: str, chance: random.Random) -> tuple[int, str]:
    """Sent as one text; what changes is looked at, and stored if that is nothing but the word.

    Where the page says that storing would undo what others saved since, the editor begins anew.
    """
    event = chance.choice(list(site.events))
    return event, _as_text(browser, event, chance.choice(site.events[event]), word)


def _as_text(browser: Browser, event: int, anchor: str, word: str) -> str:
    path = f"/admin/panels/event/{event}/text/"
    form = browser.get(path).form_with("text")
    if form is None:
        return CLOSED
    written = form["text"].replace("\r\n", "\n")
    longer = re.sub(rf"^(.*\{{#{anchor}[ }}].*)$", rf"\1 {word}", written, flags=re.MULTILINE)
    taken = browser.post(path, form | {"text": longer})
    if not _saved(taken):
        again = browser.get(path).form_with("text") or {}
        browser.post(path, {"do": "discard", "kept_at": again.get("kept_at", "")})
        return _why_not(taken)
    plan = browser.get(taken.location)
    settled = plan.form_with("title")
    changed = len(re.findall(r'class="change[ "]', plan.text))
    if settled is None or word not in plan.text or changed != 1 or "errornote" in plan.text:
        browser.post(taken.location, {"discard": "", "import_version": settled["import_version"] if settled else ""})
        return "others saved before the preview"
    stored = browser.post(taken.location, settled | {"store": "", "same_meaning": "on"})
    if _saved(stored) and stored.location != taken.location:
        return ""
    again = browser.get(taken.location).form_with("title") or settled
    browser.post(taken.location, {"discard": "", "import_version": again["import_version"]})
    return "others saved after the preview"


def status(browser: Browser, site: StressedSite, word: str, chance: random.Random) -> tuple[int, str]:
    """An action of the list of sessions, which is no form and asks for no version."""
    action = chance.choice(ACTIONS)
    query = "?status=binned" if action == "restore_from_trash" else ""
    sent = {"action": action, "_selected_action": site.moving, "post": "yes", "reason": word}
    return site.moving, _why_not(browser.post(f"/admin/panels/event/{query}", sent))


def tagging(browser: Browser, site: StressedSite, word: str, chance: random.Random) -> tuple[int, str]:
    """An action of the list of questions."""
    sent = {
        "action": "tag_selected",
        "_selected_action": chance.choice(site.questions),
        "do": chance.choice(["add", "remove"]),
        "tags": chance.choice(site.tags),
    }
    return site.moving, _why_not(browser.post("/admin/panels/question/", sent))


FORMS: dict[str, Try] = {
    "details": details, "panel": panel, "correction": correction, "passage": passage, "text": text,
    "speaker": speaker, "tag": tag, "place": place, "status": status, "tagging": tagging,
}  # fmt: skip

READ = (
    "/", "/events/", "/events/{slug}/", "/events/{slug}/q1/", "/events/{slug}.json", "/search/?q=words", "/speakers/",
)  # fmt: skip
