"""What a page's markup says of who speaks and when, made plain before the page is read.

`mark` renames elements: to `panels-label` what names the speaker of what follows, to `panels-time` what says
when, to `panels-aside` (with a `reason`) what is not said at all.
"""

from __future__ import annotations

import re
from collections import Counter

from lxml import etree

from panels.formats.limits import timed
from panels.formats.markup.html_times import clock, plays_at, seconds_of, time_column
from panels.formats.parsing.flow import name_of
from panels.formats.parsing.xmltree import legal, words, words_apart
from panels.formats.speakers.people import Elapsed, clock_of
from panels.formats.structure.cues import TIME

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
NOBODY = "\u200b"  # stands in a label where the page says that the speaker is unknown


def mark(body: etree._Element) -> None:
    """Rename what the markup of a page makes plain."""
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
            _set_aside(element, "page furniture, proposed for removal")


def _set_aside(element: etree._Element, reason: str) -> None:
    text = words_apart(element)
    for child in list(element):
        element.remove(child)
    element.tag, element.text = ASIDE, legal(text)
    element.set("reason", reason)


def _mark_controls(body: etree._Element) -> None:
    """Links without words that play the recording, or lead to where they stand: their time is told, not their sign."""
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
    """Minutes of the W3C: what was typed on the channel, or summed up by the scribe, was not said."""
    paragraphs = list(body.iter("p"))
    if any("phone" in (paragraph.get("class") or "").split() for paragraph in paragraphs):
        for paragraph in paragraphs:
            classes = set((paragraph.get("class") or "").split())
            if _TYPED & classes:
                _set_aside(paragraph, "typed or summarised, not spoken")
            elif "phone" in classes and next(paragraph.iter("cite"), None) is None and not _goes_on(paragraph):
                _first_child(paragraph, LABEL, NOBODY)  # the scribe says it of nobody
        for part in list(body.iter("div", "section", "address")):
            named = f"{part.get('id') or ''} {part.get('class') or ''}".lower()
            if "summary" in named or "diagnostics" in named or name_of(part) == "address":
                _set_aside(part, "below the minutes")


def _goes_on(paragraph: etree._Element) -> bool:
    return words(paragraph).startswith(("…", "..."))


def _is_label(cite: etree._Element) -> bool:
    """Whether a cite names a speaker and not a book: it stands first, before a colon, time or paragraph."""
    text, parent, following = words(cite), cite.getparent(), cite.getnext()
    if parent is None or (parent.text or "").strip():
        return False
    first = cite.getprevious() is None or name_of(parent) in ("body", "div", "section", "article")
    then = text.endswith((":", "：")) or (cite.tail or "").lstrip().startswith((":", "："))
    alone = not (cite.tail or "").strip() and following is not None and name_of(following) in ("time", "p", "div")
    return first and len(text) <= _SHORT and (then or alone)


def _mark_turns(body: etree._Element) -> None:
    """Elements classed as turns: each has its speaker in an attribute, in an element, or has none."""
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
    """Put the headings a turn says it stands under above it, where they are not those of the turn before."""
    heads = tuple(element.get(f"data-h{level}") or "" for level in (1, 2, 3))
    for level, head in reversed(list(enumerate(heads))):
        if head and head != "".join(before[level : level + 1]):
            _first_child(element, f"h{level + 2}", head)
    return heads


def _label_in(element: etree._Element) -> etree._Element | str:
    """What names the speaker of a turn: an element in it, or a name; "" where nothing does."""
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
    child.sourceline = element.sourceline  # type: ignore[misc]  # it can be set, the stubs forget it
    element.insert(0, child)


def _mark_terms(body: etree._Element) -> None:
    """Lists of definitions whose terms come back: each is who says the definition."""
    for terms in timed([list(parent.iterchildren("dt")) for parent in body.iter("dl")]):
        counts = Counter(words(term).strip(" :：") for term in terms)
        if counts and max(counts.values()) >= _REPEATED and all(len(words(term)) <= _SHORT for term in terms):
            for term in terms:
                term.tag = LABEL


def _mark_tables(body: etree._Element) -> None:
    """Tables with a column of names or of times: the names are labels, if they are short and some come back."""
    for table in timed(list(body.iter("table"))):
        rows = [[cell for cell in row if name_of(cell) in ("td", "th")] for row in table.iter("tr")]
        texts = [[words(cell) for cell in row] for row in rows]
        column, when = name_column(texts), time_column(texts)
        if column is None and when is None:
            continue
        for head in list(table.iter("thead")):
            _set_aside(head, "column headings")
        for row in rows:
            _mark_row(row, column, when)
        table.tag = "div"  # no table of figures, but a page


def _mark_row(row: list[etree._Element], column: int | None, when: int | None) -> None:
    parent = row[0].getparent() if row else None
    if parent is None or any(ancestor.tag == ASIDE for ancestor in row[0].iterancestors()):
        return
    if all(name_of(cell) == "th" for cell in row):
        _set_aside(parent, "column headings")
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
        parent.insert(0, row[column])  # the time is that of who speaks
    elif passed is not None:
        label = etree.Element(LABEL)
        label.text = NOBODY
        parent.insert(0, label)


def name_column(rows: list[list[str]]) -> int | None:
    """Which column of a table holds the names of speakers, if one does."""
    rows = [row for row in rows if len(row) > 1]
    for column in (0, 1) if rows else ():
        cells = [row[column] for row in rows if column < len(row) and row[column].strip(" :")]
        counts = Counter(cell.strip(" :") for cell in cells)
        names = all(len(cell) <= _SHORT and not TIME.fullmatch(cell.strip("[]() ")) for cell in cells)
        told = sum(len(row[-1]) for row in rows) > 2 * sum(map(len, cells))
        if cells and names and told and max(counts.values()) >= _REPEATED and column < min(map(len, rows)) - 1:
            return column
    return None
