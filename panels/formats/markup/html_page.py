"""Read HTML pages and pasted HTML.

The markup is trusted first: `<cite>` before text, an element classed as speaker, an attribute that names one, a table
with a column of names, `<time>`. Then the paragraphs are laid out as in `layout`. Menus, footers and the like are
proposed for removal: they are in `unread`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import replace

from lxml import etree

from panels.formats.base import Format
from panels.formats.dates import date_in
from panels.formats.dialogue.shown_text import read_shown
from panels.formats.head_dates import dated
from panels.formats.lossiness import the_record
from panels.formats.markup import html_write
from panels.formats.markup.html_marks import ASIDE, LABEL, MOMENT, mark
from panels.formats.markup.html_nesting import repaired
from panels.formats.markup.html_own import is_own, read_own
from panels.formats.markup.html_seen import show
from panels.formats.parsing.flow import Placed, flow, name_of
from panels.formats.parsing.htmltree import parse
from panels.formats.parsing.richtext import Block, Span, tidy, to_markdown
from panels.formats.parsing.xmltree import root_name, words
from panels.formats.speakers.people import People
from panels.formats.structure.cues import looks_like_name
from panels.formats.structure.layout import Layout
from panels.formats.structure.paragraphs import Para, ParagraphPart, label_of
from panels.formats.wording import gettext_noop
from panels.transcript import PanelMember, Transcript

_ROOTS = (
    "html body head p div cite article section main h1 h2 h3 table span dl ul ol blockquote header meta "
    "title center font b strong"
)
_WHOLE = ("html", "body", "head", "meta")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_BLOCK = re.compile(r"<(?:p|div|br|li|h[1-6]|table|tr|pre|section|article|blockquote|dd|dt)\b", re.IGNORECASE)
_BLANK_LINES = re.compile(r"\n[ \t\r]*\n\s*")
_PARTS = {LABEL: ParagraphPart.LABEL, MOMENT: ParagraphPart.TIME, ASIDE: ParagraphPart.ASIDE}
_PRESENT = ("present", "attendees", "panelists", "panellists", "speakers", "participants")
_HANDLE = re.compile(r"[^\s.,;!?…-]{1,30}")
_DIGITS = re.compile(r"\d+")
_IN_DATA = re.compile(r'"datePublished"\s*:\s*"(?P<date>\d{4}-\d\d-\d\d)')
_PAGES, _LONGEST_HEADER = 3, 120


def matches(text: str) -> bool:
    """Whether this is HTML: it starts with a tag of HTML, and is not Markdown with some tags at its beginning."""
    root = root_name(text)
    return root in _WHOLE or (root in _ROOTS.split() and _is_marked_up(text))


def _is_marked_up(text: str) -> bool:
    """Whether most paragraphs, separated by blank lines, contain tags."""
    paragraphs = [part for part in re.split(r"\n\s*\n", text) if part.strip()]
    return 2 * sum(1 for part in paragraphs if _TAG.search(part)) >= len(paragraphs)


def read(text: str, name: str = "") -> Transcript:
    """Read a page. Raises FormatError if it cannot be read to its end."""
    root = parse(repaired(text) if _BLOCK.search(text) else _BLANK_LINES.sub("\n<p>", text))
    if is_own(root):
        return read_own(root)
    body = root if (found := root.find("body")) is None else found
    site = _meta(root, ("og:site_name",))
    named, heading = _title(root, body, site)
    title = words(heading) or named
    people = _present(body)
    unseen = show(root, body)
    mark(body)
    wrapped = _is_wrapped(root)
    paras = [para for placed in flow(body, skip=lambda e: e is heading, wrapped=wrapped) for para in _paras(placed)]
    layout = Layout()
    for person in people.panelists():
        layout.people.add(person)
    layout.read(joined_pages(paras) if wrapped else paras)
    language = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    transcript = Transcript(
        title=title,
        date=date_in(title) or date_in(named) or _date(root),
        source_title=named if named != title else "",
        publisher=site,
        language=language,
        introduction=to_markdown(layout.introduction),
        panelists=layout.people.panelists(),
        exchanges=layout.outline.exchanges(),
        unread=tuple(layout.unread),
    )
    shown = transcript if wrapped or people.found else read_shown(paras, transcript)
    complete = replace(shown, unread=tuple(sorted((*shown.unread, *unseen), key=lambda item: item.line)))
    return dated(complete, complete.introduction.split("\n"), name)


def _title(root: etree._Element, body: etree._Element, site: str) -> tuple[str, etree._Element | None]:
    """The name of the page, and the heading that is the title of its contents.

    A heading with the `site`'s name is ignored. Of several, the title is the one in the page's own name.
    """
    named = _without_site(words(root.find("head/title")), site)
    heads = [head for head in body.iter("h1") if words(head) and words(head) != site]
    if len(heads) > 1:
        shared = {_without_site(_meta(root, ("og:title", "twitter:title")), site), named}
        heads = [head for head in heads if words(head) in shared]
    return named, heads[0] if len(heads) == 1 else None


def _without_site(named: str, site: str) -> str:
    """The name of a page without that of its site, which comes before or after it: `Rivers | The Daily Example`."""
    if not site:
        return named
    ends = re.fullmatch(rf"(?P<title>.+?)\s*[|·»–—:_-]\s*{re.escape(site)}", named, re.IGNORECASE)
    begins = re.fullmatch(rf"{re.escape(site)}\s*[|·»–—:_-]\s*(?P<title>.+)", named, re.IGNORECASE)
    found = ends or begins
    return found["title"] if found else named


def _meta(root: etree._Element, names: Collection[str]) -> str:
    """The metadata in the head of a page under one of the names; "" if there is none."""
    for meta in root.iter("meta"):
        if (meta.get("property") or meta.get("name") or "").lower() in names:
            return " ".join((meta.get("content") or "").split())
    return ""


def _date(root: etree._Element) -> dt.date | None:
    for meta in root.iter("meta"):
        name = (meta.get("name") or meta.get("property") or meta.get("itemprop") or "").lower()
        if "date" in name or "published" in name:
            return date_in(meta.get("content") or "")
    found = _IN_DATA.search(" ".join(script.text or "" for script in root.iter("script") if _is_data(script)))
    return date_in(found["date"]) if found else None


def _is_data(script: etree._Element) -> bool:
    return (script.get("type") or "").lower() == "application/ld+json"


def _is_wrapped(root: etree._Element) -> bool:
    """Whether a page was converted from a printed one, line by line, as pdftohtml does."""
    generators = [meta.get("content") or "" for meta in root.iter("meta") if meta.get("name") == "generator"]
    pages = sum((anchor.get("name") or "").isdigit() for anchor in root.iter("a"))
    return any("pdftohtml" in name for name in generators) or (pages > 0 and next(root.iter("hr"), None) is not None)


def _present(body: etree._Element) -> People:
    """The attendees, in a definition list."""
    people = People()
    for term in body.iter("dt"):
        answer = term.getnext()
        if words(term).lower().rstrip(":") in _PRESENT and answer is not None:
            for name in words(answer).split(","):
                if looks_like_name(name.strip()) or _HANDLE.fullmatch(name.strip()):
                    people.add(PanelMember(name=name.strip()))
    return people


def _paras(placed: Placed) -> Iterator[Para]:
    """A block as paragraphs: if lines of it begin with labels, each line is one."""
    part = _PARTS.get(name_of(placed.element), ParagraphPart.TEXT)
    reason = placed.element.get("reason") or ""
    para = Para(placed.block, placed.line, part, reason)
    lines = _lines(placed.block) if part is ParagraphPart.TEXT and "\n" in placed.block.text else []
    rest = [Para(replace(placed.block, spans=line), placed.line) for line in lines]
    yield from rest if any(label_of(one) for one in rest[1:]) else [para]


def _lines(block: Block) -> list[tuple[Span, ...]]:
    lines: list[list[Span]] = [[]]
    for span in block.spans:
        first, *others = span.text.split("\n")
        lines[-1].append(replace(span, text=first))
        lines += [[replace(span, text=other)] for other in others]
    return [tidied for line in lines if (tidied := tidy(line))]


def joined_pages(paras: list[Para]) -> list[Para]:
    """Paragraphs of printed pages, rejoined across the headers that are repeated on each page."""
    counts = Counter(_DIGITS.sub("#", para.block.text) for para in paras)
    out: list[Para] = []
    broken = False
    for para in paras:
        text = para.block.text
        header = counts[_DIGITS.sub("#", text)] >= _PAGES and _DIGITS.search(text) and len(text) < _LONGEST_HEADER
        if header:
            out.append(replace(para, part=ParagraphPart.ASIDE, reason=gettext_noop("page header")))
            broken = True
            continue
        before = next((index for index in range(len(out) - 1, -1, -1) if out[index].part is ParagraphPart.TEXT), None)
        if broken and before is not None and _goes_on(out[before].block.text, text):
            spans = (*out[before].block.spans, Span(" "), *para.block.spans)
            out[before] = replace(out[before], block=replace(out[before].block, spans=tidy(spans)))
        else:
            out.append(para)
        broken = False
    return out


def _goes_on(before: str, text: str) -> bool:
    return before[-1:] not in '.?!:…”")' and text[:1].islower()


FORMAT = Format(
    name="html",
    suffix=".html",
    media_type="text/html; charset=utf-8",
    recognises=lambda source: 0.95 if matches(source.text) else 0.0,
    read=lambda source: read(source.text, source.name),
    write=html_write.write,
    stream=html_write.stream,
    preserved=the_record,
)
