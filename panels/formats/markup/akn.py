"""Read Akoma Ntoso debates: <https://docs.oasis-open.org/legaldocml/akn-core/v1.0/>.

Versions 1 to 3 and the dialects of Bungeni, SayIt and parliaments are read alike. Speeches, questions and answers are
turns, section headings open exchanges, narratives and scenes are unattributed. Additions by `akn_write` in its own
namespace are read too.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from urllib.parse import unquote

from lxml import etree

from panels.formats.base import Format
from panels.formats.dates import date_in
from panels.formats.lossiness import the_record
from panels.formats.markup import akn_write
from panels.formats.markup.akn_terms import GONE_YEAR, LANGUAGES, own, own_hidden_fields, panelist_of, q, turn_values
from panels.formats.native.passage_fields import restored
from panels.formats.parsing.flow import markdown_of, name_of
from panels.formats.parsing.richtext import escape
from panels.formats.parsing.xmltree import line_of, parse, root_name, words
from panels.formats.speakers.people import PRINTED, Elapsed, People, clock_of, turn
from panels.formats.structure.outline import Outline
from panels.formats.wording import gettext_noop
from panels.transcript import Transcript, Turn, Unread

_ROOTS = frozenset({"akomantoso", "debate", "debatereport", "an"})
_SPOKEN = frozenset({"speech", "question", "answer"})
_ASIDES = frozenset({"narrative", "scene", "summary", "comment", "recordedtime", "other"})
_TITLES = frozenset({"num", "heading", "subheading"})
_MADE = frozenset({"identification", "references", "lifecycle", "workflow", "step", "frbrauthor", "analysis", "notes"})
_NAMED = frozenset({"tlcperson", "tlcorganization", "tlcrole"})
_TEXT = frozenset({"p", "block", "ul", "ol", "table", "blocklist", "tblock", "toc", "foreign"})


def matches(text: str) -> bool:
    """Whether this is an Akoma Ntoso document."""
    return root_name(text) in _ROOTS


def read(text: str) -> Transcript:
    """Read a debate. Raises FormatError for XML that is not well formed."""
    root = parse(text)
    doc_title = words(_first(root, "doctitle"))
    known = own(root)
    found = _Debate(root, title=None)
    sole = found.title = None if doc_title or found.mine else _sole_heading(root)
    for part in _parts(root):
        found.part(part)
    found.nobody()
    title = doc_title or words(sole) or ("" if found.mine else _alias(root))
    transcript = replace(
        known,
        title=title,
        date=_date(root) or (None if found.mine else date_in(title)),
        language=known.language or _language(root),
        introduction="\n\n".join(found.introduction),
        panelists=found.people.panelists(),
        exchanges=found.outline.exchanges(),
        unread=(*found.unread, *found.labels()),
    )
    return restored(transcript, own_hidden_fields(root))


def _first(root: etree._Element, name: str) -> etree._Element | None:
    return next((element for element in root.iter() if name_of(element) == name), None)


def _parts(root: etree._Element) -> Iterator[etree._Element]:
    """The parts of a debate, without its metadata."""
    for child in root:
        name = name_of(child)
        if name in ("debate", "debatereport", "doc", "an"):
            yield from _parts(child)
        elif name and name not in ("meta", "script"):
            yield child


def _sole_heading(root: etree._Element) -> etree._Element | None:
    """The heading of the section that contains all others, if there is one, which is the title."""
    body = _first(root, "debatebody")
    sections = [] if body is None else [child for child in body if name_of(child) not in ("", *_TITLES)]
    heads = [body, *sections] if len(sections) == 1 else [body]
    for holder in heads:
        for child in () if holder is None else holder:
            if name_of(child) == "heading" and words(child):
                return child
    return None


def _alias(root: etree._Element) -> str:
    alias = _first(root, "frbralias")
    return "" if alias is None else (alias.get("value") or "").strip()


def _date(root: etree._Element) -> dt.date | None:
    """The day of the debate: as printed in the document, else from its metadata."""
    printed = _first(root, "docdate")
    work = _first(root, "frbrwork")
    stated = None if work is None else _first(work, "frbrdate")
    shown = "" if printed is None else words(printed)
    given = ["" if element is None else (element.get("date") or "")[:10] for element in (printed, stated)]
    for candidate in (given[0], shown, given[1]):
        date = date_in(candidate)
        if date and 1 < date.year < GONE_YEAR:
            return date
    return None


def _language(root: etree._Element) -> str:
    element = _first(root, "frbrlanguage")
    code = "" if element is None else (element.get("language") or "").strip()
    return LANGUAGES.get(code.lower(), code)


def _editors(root: etree._Element) -> set[str]:
    """People who only made the document: the metadata name them as source or author, and they have no speech."""
    made, spoke = set(), set()
    for element in root.iter():
        if element.get("by") or element.get("refersTo"):
            spoke |= {_key(element.get(name)) for name in ("by", "refersTo", "to")}
        elif name_of(element) in _MADE:
            made |= {_key(element.get(name)) for name in ("source", "href")}
    return made - spoke


def _key(reference: str | None) -> str:
    return unquote((reference or "").strip().removeprefix("#"))


@dataclass
class _Debate:
    """Walks the sections of a debate and collects its contents."""

    root: etree._Element
    title: etree._Element | None
    outline: Outline = field(default_factory=Outline)
    people: People = field(default_factory=People)
    introduction: list[str] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    clock: Elapsed = field(default_factory=Elapsed)

    mine: bool = False  # written by Panels, with more data
    printed: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.mine = next(self.root.iter("session"), None) is not None
        editors = set() if self.mine else _editors(self.root)
        for element in self.root.iter():
            if name_of(element) not in _NAMED:
                continue
            name = " ".join((element.get("showAs") or "").split())
            key = element.get("id") or element.get("eId") or ""
            self.names[key] = name
            listed = element.get(q("role")) or (not self.mine and key not in editors)
            if name and name_of(element) == "tlcperson" and listed:
                self.people.add(panelist_of(element, name))

    def part(self, element: etree._Element) -> None:
        """Read an element and its contents."""
        name = name_of(element)
        if element is self.title or not name:
            return
        if name in _SPOKEN:
            self._spoken(element, opens=name == "question")
        elif name in ("preface", "coverpage", "preamble"):
            self._preface(element)
        elif name in _ASIDES or name in _TEXT:
            self._aside(
                element, gettext_noop("aside, not spoken") if name in _ASIDES else gettext_noop("outside any speech")
            )
        elif name not in _TITLES:
            self._section(element)

    def _section(self, section: etree._Element) -> None:
        titles = [child for child in section if name_of(child) in _TITLES and child is not self.title]
        text = " ".join(filter(None, (markdown_of(child) for child in titles)))
        if text:
            heading = Turn(text=text, line=line_of(titles[0]), **turn_values(titles[-1]))
            self.outline.question(_restored(heading, titles[-1]))
        elif section.get("name") == "unasked":
            self.outline.question(None)
        if section.get(q("follow_up")) and (text or section.get("name") == "unasked"):
            self.outline.follow_up()
        for child in section:
            self.part(child)
            if name_of(child) == "question" and section.get(q("follow_up")):
                self.outline.follow_up()

    def _spoken(self, speech: etree._Element, *, opens: bool) -> None:
        source = next((child for child in speech if name_of(child) == "from"), None)
        label = words(source) or None
        by = _key(speech.get("by"))
        speaker = self.names.get(by)
        if not speaker and not self.mine:
            speaker = (label or "").rstrip(" :：") or by.rpartition("/")[2] or None
        text = markdown_of(speech, skip=lambda child: child is source)
        if not text and not self.mine:
            return
        if not self.mine:
            self.people.speaks(speaker, label=label)
            if label and self.names.get(by) and label != speaker:
                self.printed.append(label)
                label = None
        time = self.clock(clock_of(speech.get("startTime")))
        spoken = turn(text, speaker, label=label, time=time, line=line_of(speech))
        spoken = replace(spoken, **turn_values(speech), label=label if self.mine else spoken.label)
        (self.outline.question if opens else self.outline.answer)(_restored(spoken, speech))

    def _preface(self, element: etree._Element) -> None:
        for child in element:
            if name_of(child) not in _TEXT | {"container", "formula", "longtitle"}:
                continue
            text = markdown_of(child, skip=lambda inner: name_of(inner) in ("doctitle", "docdate"))
            if text:
                self.introduction.append(text)

    def _aside(self, element: etree._Element, reason: str) -> None:
        if words(element):
            self.unread.append(Unread(line=line_of(element), text=words(element), reason=reason))

    def labels(self) -> list[Unread]:
        """Labels that differ from the names that the document declares, in one entry."""
        text = "\n".join(self.printed)
        return [Unread(line=1, text=text, reason=PRINTED)] if text else []

    def nobody(self) -> None:
        """If there are no speakers at all, the text of the document is one unattributed turn."""
        if self.outline.empty and self.unread:
            text = "\n\n".join(escape(item.text) for item in self.unread)
            self.outline.answer(turn(text, None, line=self.unread[0].line))
            self.unread.clear()


def _restored(turn: Turn, element: etree._Element) -> Turn:
    return restored(turn, element.get(q("beside")), line=line_of(element))


FORMAT = Format(
    name="akn",
    suffix=".xml",
    media_type="application/akn+xml",
    recognises=lambda source: 0.95 if matches(source.text) else 0.0,
    read=lambda source: read(source.text),
    write=akn_write.write,
    stream=akn_write.stream,
    preserved=the_record,
)
