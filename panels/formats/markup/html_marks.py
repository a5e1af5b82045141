"""Mark speakers and times in a page by its markup, before the page is read.

`mark` renames elements: to `panels-label` if they name the speaker of the following text, to `panels-time` if they
give a time, to `panels-aside` (with a `reason`) if they are not speech.
"""

from __future__ import annotations

import re
from collections import Counter

from lxml import etree

from panels.formats.data.csv_table import speaker_column
from panels.formats.limits import timed
from panels.formats.markup.html_times import clock, plays_at, time_column
from panels.formats.parsing.flow import name_of
from panels.formats.parsing.times import seconds_of
from panels.formats.parsing.xmltree import legal, words, words_apart
from panels.formats.speakers.people import Elapsed, clock_of
from panels.formats.structure.article_parts import FURNITURE
from panels.formats.structure.cues import TIME
from panels.formats.wording import gettext_noop

COLUMN_HEADINGS = gettext_noop("column headings")

LABEL, MOMENT, ASIDE = "panels-label", "panels-time", "panels-aside"
_CHROME = frozenset({"nav", "footer", "aside", "form", "menu", "button", "select", "textarea", "noscript"})
_CHROME_CLASS = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|menu|breadcrumbs?|sidebar|footer|share|sharing|social|comments?|cookie|related|"
    r"pagination|toc|advert\w*|newsletter|subscribe)(?:$|[\s_-])"
)
_SPEAKER = re.compile(r"(?:^|\s)(?:[\w-]*speaker(?:[_-]?name)?)(?:$|\s)")
_SPEAKER_IN_TURN = re.compile(
    r"(?:^|\s)(?:(?=[\w-]*speaker)[\w-]++|who|person|author|voice|[\w-]*name|nick|participant|attribution)(?:$|\s)"
)
_TURN = re.compile(
    r"(?:^|\s)(?:[\w-]*(?:turn|statement|utterance|intervention|dialogue|speech|message|contribution|cue))(?:$|\s)"
)
_WHEN = re.compile(r"(?:^|\s)(?:[\w-]*(?:timestamp|time|timecode))(?:$|\s)")
_ATTRIBUTES = ("data-speaker", "data-speaker-name", "data-person-speaking-attribution", "data-name")
_TYPED = frozenset({"irc", "bot", "summary", "action", "resolution", "issue"})
_NAMING = ("cite", "time", "span", "div", "p", "b", "strong", "dt", "h2", "h3", "h4", "h5")
_SHORT, _REPEATED = 80, 2
NOBODY = "\u200b"  # in a label if the page says that the speaker is unknown


def mark(body: etree._Element) -> None:
    """Rename the elements whose meaning is clear from the page's markup."""
    _mark_chrome(body)
    _mark_controls(body)
    _mark_minutes(body)
    _mark_turns(body)
    _mark_tables(body)
    _mark_terms(body)
    for element in timed(list(body.iter(*_NAMING))):
        classes = element.get("class") or ""
        if (name_of(element) == "cite" and _is_label(element)) or (
            _SPEAKER.search(classes) and len(words(element)) <= _SHORT
        ):
            element.tag = LABEL
        elif (name_of(element) == "time" or _WHEN.search(classes)) and TIME.search(words(element)):
            element.tag = MOMENT


def _mark_chrome(body: etree._Element) -> None:
    for element in timed(list(body.iter())):
        name, classes = name_of(element), f"{element.get('class') or ''} {element.get('id') or ''}".lower()
        if name in _CHROME or (name in ("div", "section", "ul", "p") and _CHROME_CLASS.search(classes)):
            _set_aside(element, FURNITURE)


def _set_aside(element: etree._Element, reason: str) -> None:
    text = words_apart(element)
    for child in list(element):
        element.remove(child)
    element.tag, element.text = ASIDE, legal(text)
    element.set("reason", reason)


def _mark_controls(body: etree._Element) -> None:
    """Mark links without text that play the recording or point to a place: their time counts, not their symbol."""
    for link in timed(list(body.iter("a"))):
        text, href = words(link), (link.get("href") or "").strip()
        if not text or any(sign.isalnum() for sign in text) or href.startswith(("http:", "https:", "mailto:", "/")):
            continue
        when = plays_at(link)
        for child in list(link):
            link.remove(child)
        link.text = "" if when is None else clock(when)
        link.tag = "span" if when is None else MOMENT


def _mark_minutes(body: etree._Element) -> None:
    """Mark minutes of the W3C: text typed on the channel, or summarised by the scribe, is not speech."""
    paragraphs = list(body.iter("p"))
    if any("phone" in (paragraph.get("class") or "").split() for paragraph in paragraphs):
        for paragraph in paragraphs:
            classes = set((paragraph.get("class") or "").split())
            if _TYPED & classes:
                _set_aside(paragraph, gettext_noop("typed or summarised, not spoken"))
            elif "phone" in classes and next(paragraph.iter("cite"), None) is None and not _goes_on(paragraph):
                _first_child(paragraph, LABEL, NOBODY)  # the scribe attributes it to nobody
        for part in list(body.iter("div", "section", "address")):
            named = f"{part.get('id') or ''} {part.get('class') or ''}".lower()
            if "summary" in named or "diagnostics" in named or name_of(part) == "address":
                _set_aside(part, gettext_noop("below the minutes"))


def _goes_on(paragraph: etree._Element) -> bool:
    return words(paragraph).startswith(("…", "..."))


def _is_label(cite: etree._Element) -> bool:
    """Whether a cite names a speaker rather than a book: it comes first, before a colon, time or paragraph."""
    text, parent, following = words(cite), cite.getparent(), cite.getnext()
    if parent is None or (parent.text or "").strip():
        return False
    first = cite.getprevious() is None or name_of(parent) in ("body", "div", "section", "article")
    then = text.endswith((":", "：")) or (cite.tail or "").lstrip().startswith((":", "："))
    alone = not (cite.tail or "").strip() and following is not None and name_of(following) in ("time", "p", "div")
    return first and len(text) <= _SHORT and (then or alone)


def _mark_turns(body: etree._Element) -> None:
    """Mark elements classed as turns, whose speaker is in an attribute, in an element, or missing."""
    turns = [
        element
        for element in body.iter("div", "section", "article", "li", "p", "blockquote")
        if _TURN.search(element.get("class") or "")
    ]
    outer = {parent for element in turns for parent in element.iterancestors()}
    leaves = [element for element in turns if element not in outer]
    labels = [_label_in(element) for element in timed(leaves)]
    if len(leaves) < _REPEATED or not any(label != "" for label in labels):
        return
    clock = Elapsed()
    heads: tuple[str, ...] = ()
    for element, label in zip(leaves, labels, strict=True):
        passed = clock(clock_of(element.get("data-timestamp")))
        if passed is not None:
            whole = int(passed)
            _first_child(element, MOMENT, f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}")
        if isinstance(label, str):
            _first_child(element, LABEL, label or NOBODY)
        else:
            label.tag = LABEL
        heads = _add_heads(element, heads)


def _add_heads(element: etree._Element, before: tuple[str, ...]) -> tuple[str, ...]:
    """Add the headings that a turn declares above it, unless the previous turn has the same."""
    heads = tuple(element.get(f"data-h{level}") or "" for level in (1, 2, 3))
    for level, head in reversed(list(enumerate(heads))):
        if head and head != "".join(before[level : level + 1]):
            _first_child(element, f"h{level + 2}", head)
    return heads


def _label_in(element: etree._Element) -> etree._Element | str:
    """The element in a turn that names its speaker, or the name; "" if there is none."""
    for name in _ATTRIBUTES:
        if (element.get(name) or "").strip():
            return " ".join((element.get(name) or "").split())
    for inner in element.iterdescendants():
        classes = inner.get("class") or ""
        if (name_of(inner) == "cite" or _SPEAKER_IN_TURN.search(classes)) and 0 < len(words(inner)) <= _SHORT:
            return inner
    return ""


def _first_child(element: etree._Element, tag: str, text: str) -> None:
    child = etree.Element(tag)
    child.tail = legal(element.text or "")
    child.text, element.text = legal(text), None
    child.sourceline = element.sourceline  # type: ignore[misc]  # it can be set; only the type stubs lack it
    element.insert(0, child)


def _mark_terms(body: etree._Element) -> None:
    """Mark the terms of definition lists as speakers, if they recur."""
    for terms in timed([list(parent.iterchildren("dt")) for parent in body.iter("dl")]):
        counts = Counter(words(term).strip(" :：") for term in terms)
        if counts and max(counts.values()) >= _REPEATED and all(len(words(term)) <= _SHORT for term in terms):
            for term in terms:
                term.tag = LABEL


def _mark_tables(body: etree._Element) -> None:
    """Mark the columns of names and times in tables, if the names are short and some recur."""
    for table in timed(list(body.iter("table"))):
        rows = [[cell for cell in row if name_of(cell) in ("td", "th")] for row in table.iter("tr")]
        texts = [[words(cell) for cell in row] for row in rows]
        column, when, is_headed = columns_of(texts)
        if column is None and when is None:
            continue
        if is_headed and (first := rows[0][0].getparent()) is not None and first.tag != ASIDE:
            _set_aside(first, COLUMN_HEADINGS)
            rows = rows[1:]
        for head in list(table.iter("thead")):
            _set_aside(head, COLUMN_HEADINGS)
        for row in rows:
            _mark_row(row, column, when)
        table.tag = "div"  # a page layout rather than a table of figures


def _mark_row(row: list[etree._Element], column: int | None, when: int | None) -> None:
    parent = row[0].getparent() if row else None
    if parent is None or any(ancestor.tag == ASIDE for ancestor in row[0].iterancestors()):
        return
    if all(name_of(cell) == "th" for cell in row):
        _set_aside(parent, COLUMN_HEADINGS)
        return
    time = row[when] if when is not None and when < len(row) else None
    passed = None if time is None else seconds_of(words(time))
    if time is not None and passed is not None:
        time.tag, time.text = MOMENT, clock(passed)
        for child in list(time):
            time.remove(child)
        parent.insert(0, time)
    if column is not None and column < len(row):
        row[column].tag = LABEL
        parent.insert(0, row[column])  # the time is that of the speaker
    elif passed is not None:
        label = etree.Element(LABEL)
        label.text = NOBODY
        parent.insert(0, label)


def columns_of(rows: list[list[str]]) -> tuple[int | None, int | None, bool]:
    """The indices of the columns with the speakers' names and with times, and whether the first row heads them."""
    headed = speaker_column(rows[0]) if rows else None
    return name_column(rows) if headed is None else headed, time_column(rows), headed is not None


def name_column(rows: list[list[str]]) -> int | None:
    """The index of the column with the speakers' names, if there is one."""
    rows = [row for row in rows if len(row) > 1]
    for column in (0, 1) if rows else ():
        cells = [row[column] for row in rows if column < len(row) and row[column].strip(" :")]
        counts = Counter(cell.strip(" :") for cell in cells)
        names = all(len(cell) <= _SHORT and not TIME.fullmatch(cell.strip("[]() ")) for cell in cells)
        recurring = 2 * sum(count for count in counts.values() if count > 1) > len(cells)
        is_mostly_text = sum(len(row[-1]) for row in rows) > (1 if recurring else 2) * sum(map(len, cells))
        if (
            cells
            and names
            and is_mostly_text
            and max(counts.values()) >= _REPEATED
            and column < min(map(len, rows)) - 1
        ):
            return column
    return None
