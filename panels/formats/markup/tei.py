"""Read TEI transcripts of parliaments (ParlaMint, Parla-CLARIN, siParl) and of plays.

`<u who>` is a turn; the `<note type="speaker">` before it is its label. Interruptions, applause and other events inside
an utterance stay in place, in brackets and italics: they are not words of the speaker. Names come from the persons
that the file declares, else from the identifier, which is then the name.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field, replace

from lxml import etree

from panels.formats.base import Format
from panels.formats.dates import date_in
from panels.formats.parsing.flow import markdown_of, name_of
from panels.formats.parsing.richtext import escape
from panels.formats.parsing.xmltree import line_of, parse, root_name, words, words_apart
from panels.formats.speakers.people import PRINTED, People, turn
from panels.formats.structure.outline import Outline
from panels.formats.wording import gettext_noop
from panels.transcript import Transcript, Unread

_XML = "{http://www.w3.org/XML/1998/namespace}"
_EVENTS = frozenset({"note", "kinesic", "vocal", "incident", "writing", "stage"})
_CODE = re.compile(r"\d")


def matches(text: str) -> bool:
    """Whether this is a TEI document."""
    return root_name(text) in ("tei", "tei.2", "teicorpus")


def read(text: str) -> Transcript:
    """Read a TEI document. Raises FormatError for XML that is not well formed."""
    root = parse(text)
    language = root.get(f"{_XML}lang") or ""
    titles = _titles(root, language)
    found = _TeiDebate(_persons(root))
    for part in root.iter("text"):
        found.inside(part)
    found.strangers(root)
    return Transcript(
        title=titles[0] if titles else "",
        date=_date(root),
        language=language,
        introduction="\n\n".join([*map(escape, titles[1:]), *found.introduction]),
        panelists=found.people.panelists(),
        exchanges=found.outline.exchanges(),
        unread=tuple(sorted([*found.unread, *found.labels()], key=lambda item: item.line)),
    )


def _titles(root: etree._Element, language: str) -> list[str]:
    """The main title and the subtitles, in the language of the document if there are several."""
    statement = next(root.iter("titleStmt"), None)
    titles = [] if statement is None else list(statement.iterchildren("title"))
    in_language = [title for title in titles if title.get(f"{_XML}lang") == language] or titles
    mains = [title for title in in_language if title.get("type") in (None, "main")] or in_language
    subs = [title for title in in_language if title.get("type") == "sub"]
    return [words(title) for title in (*mains[:1], *subs) if words(title)]


def _date(root: etree._Element) -> dt.date | None:
    for holder in ("setting", "settingDesc", "sourceDesc"):
        for element in root.iter(holder):
            for date in element.iter("date"):
                found = date_in(date.get("when") or date.get("from") or words(date))
                if found:
                    return found
    return date_in(root.get(f"{_XML}id") or "")


def _persons(root: etree._Element) -> dict[str, str]:
    """Names by identifier."""
    names = {}
    for person in root.iter("person"):
        name = person.find("persName")
        if name is not None:
            parts = [words(part) for tag in ("forename", "nameLink", "surname") for part in name.iterchildren(tag)]
            names[person.get(f"{_XML}id") or ""] = " ".join(parts) or words(name)
    return names


@dataclass
class _TeiDebate:
    names: dict[str, str]
    outline: Outline = field(default_factory=Outline)
    people: People = field(default_factory=People)
    introduction: list[str] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    printed: list[Unread] = field(default_factory=list)
    label: str | None = None

    def inside(self, element: etree._Element) -> None:
        """Read the contents of a division."""
        for child in element:
            name = name_of(child)
            if name in ("u", "sp"):
                self._spoken(child)
            elif name == "front":
                self.introduction += [text] if (text := markdown_of(child)) else []
            elif name == "note" and child.get("type") == "speaker":
                self.label = words(child) or None
            elif name == "head":
                self.outline.heading(markdown_of(child), line=line_of(child))
            elif name in ("body", "div", "div1", "div2", "group", "text", "back", "annotationblock"):
                self.inside(child)
            elif name and words(child):
                self._aside(child)

    def _aside(self, element: etree._Element) -> None:
        name = name_of(element)
        reason = (
            gettext_noop("details of people, not spoken")
            if name.startswith("list")
            else gettext_noop("aside, not spoken")
        )
        self.unread.append(Unread(line=line_of(element), text=words_apart(element), reason=reason))

    def _spoken(self, utterance: etree._Element) -> None:
        for child in list(utterance.iterchildren("speaker")):
            self.label = words(child) or None
            utterance.remove(child)
        for gap in [inner for inner in utterance.iter("gap", "time") if words(inner)]:
            self._set_aside(gap)
        events = [event for event in utterance.iter() if name_of(event) in _EVENTS]  # before any of them changes
        for event in events:
            _bracket(event)
        speaker = self._speaker(utterance.get("who"))
        text = markdown_of(utterance)
        if text:
            self.people.speaks(speaker, label=self.label)
            label = None if speaker in self.names.values() else self.label
            self.outline.answer(turn(text, speaker, label=label, line=line_of(utterance)))
            if self.label and label is None:
                self.printed.append(Unread(line=line_of(utterance), text=self.label, reason=PRINTED))
        self.label = None

    def _set_aside(self, element: etree._Element) -> None:
        """Set aside remarks and clock times of the editors, which are not speech."""
        self._aside(element)
        for child in list(element):
            element.remove(child)
        element.text = None

    def _speaker(self, who: str | None) -> str | None:
        identifier = (who or "").split()[0].rpartition("#")[2] if (who or "").split() else ""
        if identifier in self.names:
            return self.names[identifier]
        if _CODE.search(identifier) and self.label:  # a number in a register is not a name
            return self.label.rstrip(" :")
        return identifier or None

    def labels(self) -> list[Unread]:
        """The labels as printed, in one entry: they vary with the office, while the names do not."""
        text = "\n".join(item.text for item in self.printed)
        return [replace(self.printed[0], text=text)] if self.printed else []

    def strangers(self, root: etree._Element) -> None:
        """A document without speakers, as one unattributed turn."""
        body = next(root.iter("body"), None)
        if self.outline.empty and body is not None and (text := markdown_of(body)):
            self.outline = Outline()
            self.outline.answer(turn(text, None, line=line_of(body)))
            self.unread.clear()


def _bracket(event: etree._Element) -> None:
    """Set an event apart from the text around it."""
    text = words_apart(event)
    for child in list(event):
        event.remove(child)
    event.tag = "i"
    event.text = text if not text or text[0] in "([/" else f"({text})"
    event.tail = f" {event.tail or ''}"
    before = event.getprevious()
    parent = event.getparent()
    if before is not None:
        before.tail = f"{before.tail or ''} "
    elif parent is not None:
        parent.text = f"{parent.text or ''} "


FORMAT = Format(
    name="tei",
    suffix=".tei.xml",
    media_type="application/tei+xml",
    recognises=lambda source: 0.95 if matches(source.text) else 0.0,
    read=lambda source: read(source.text),
)
