"""What editors do under stress: each form read and sent as a browser does, with one word more in one of its fields."""

import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus

from tests.stress.browsing import Browser, Page

Try = Callable[[Browser, "Site", str, random.Random], tuple[int, bool] | None]
"""Reads a form and saves it with a word; gives the key of what was saved, and whether it was acknowledged."""


@dataclass(frozen=True)
class Site:
    """What there is to be edited, by keys: events with the anchors of their answers, speakers and tags."""

    events: Mapping[int, list[str]]
    slugs: list[str]
    speakers: list[int]
    tags: list[int]


def _saved(page: Page) -> bool:
    return page.status == HTTPStatus.FOUND


def _appended(browser: Browser, path: str, field: str, word: str) -> bool:
    """Save a form with a word more in a field."""
    form = browser.get(path).form_with(field)
    if form is None:
        return False
    return _saved(browser.post(path, form | {field: f"{form.get(field, '')} {word}".strip()}))


def details(browser: Browser, site: Site, word: str, chance: random.Random) -> tuple[int, bool]:
    event = chance.choice(list(site.events))
    return event, _appended(browser, f"/admin/panels/event/{event}/change/", "introduction", word)


def correction(browser: Browser, site: Site, word: str, chance: random.Random) -> tuple[int, bool]:
    event = chance.choice(list(site.events))
    return event, _appended(browser, f"/admin/panels/event/{event}/change/", "corrections-0-note", word)


def panel(browser: Browser, site: Site, word: str, chance: random.Random) -> tuple[int, bool] | None:
    """The field is short: the word takes the place of the one before it."""
    event = chance.choice(list(site.events))
    path = f"/admin/panels/event/{event}/change/"
    form = browser.get(path).form_with("panelists-0-title")
    return None if form is None else (event, _saved(browser.post(path, form | {"panelists-0-title": word})))


def speaker(browser: Browser, site: Site, word: str, chance: random.Random) -> tuple[int, bool]:
    key = chance.choice(site.speakers)
    return key, _appended(browser, f"/admin/panels/speaker/{key}/change/", "biography", word)


def tag(browser: Browser, site: Site, word: str, chance: random.Random) -> tuple[int, bool] | None:
    """A name is short, too."""
    key = chance.choice(site.tags)
    path = f"/admin/panels/tag/{key}/change/"
    form = browser.get(path).form_with("name")
    return None if form is None else (key, _saved(browser.post(path, form | {"name": word})))


def passage(browser: Browser, site: Site, word: str, chance: random.Random) -> tuple[int, bool]:
    """Whoever is told of a conflict begins anew, from what is stored then."""
    event = chance.choice(list(site.events))
    anchor = chance.choice(site.events[event])
    path = f"/admin/panels/event/{event}/editor/"
    form = browser.get(f"{path}?edit={anchor}").form_with("text")
    if form is None:
        return event, False
    sent = form | {"text": f"{form['text'].strip()} {word}", "same_meaning": "on", "do": "save"}
    done = _saved(browser.post(path, sent))
    if not done:
        again = browser.get(f"{path}?edit={anchor}").form_with("text") or {}
        browser.post(path, {"do": "discard", "at": anchor, "kept_at": again.get("kept_at", "")})
    return event, done


def text(browser: Browser, site: Site, word: str, chance: random.Random) -> tuple[int, bool]:
    """Sent as one text; what changes is looked at, and stored if that is nothing but the word.

    Where the page says that storing would undo what others saved since, the editor begins anew.
    """
    event = chance.choice(list(site.events))
    anchor = chance.choice(site.events[event])
    path = f"/admin/panels/event/{event}/text/"
    form = browser.get(path).form_with("text")
    if form is None:
        return event, False
    written = form["text"].replace("\r\n", "\n")
    longer = re.sub(rf"^(.*\{{#{anchor}[ }}].*)$", rf"\1 {word}", written, flags=re.MULTILINE)
    taken = browser.post(path, form | {"text": longer})
    if not _saved(taken):
        again = browser.get(path).form_with("text") or {}
        browser.post(path, {"do": "discard", "kept_at": again.get("kept_at", "")})
        return event, False
    plan = browser.get(taken.location)
    settled = plan.form_with("title")
    changed = len(re.findall(r'class="change[ "]', plan.text))
    if settled is None or word not in plan.text or changed != 1 or "errornote" in plan.text:
        browser.post(taken.location, {"discard": "", "import_version": settled["import_version"] if settled else ""})
        return event, False
    stored = browser.post(taken.location, settled | {"store": "", "same_meaning": "on"})
    done = _saved(stored) and stored.location != taken.location
    if not done:
        again = browser.get(taken.location).form_with("title") or settled
        browser.post(taken.location, {"discard": "", "import_version": again["import_version"]})
    return event, done


FORMS: dict[str, Try] = {
    "details": details, "panel": panel, "correction": correction, "passage": passage, "text": text,
    "speaker": speaker, "tag": tag,
}  # fmt: skip

READ = (
    "/", "/events/", "/events/{slug}/", "/events/{slug}/q1/", "/events/{slug}.json", "/search/?q=words", "/speakers/",
)  # fmt: skip
