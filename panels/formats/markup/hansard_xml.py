"""Read Hansard in the XML of the parliaments of Canada and Australia.

Canada: `<Intervention>` with `<PersonSpeaking>` and `<ParaText>`. Australia: `<speech>`, `<question>`, `<answer>` and
`<interjection>` with a `<talker>`, in `<para>` or, since 2011, in Word paragraphs. Titles of subjects are headings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from panels.formats.base import Format
from panels.formats.dates import date_in
from panels.formats.limits import timed
from panels.formats.parsing.flow import name_of
from panels.formats.parsing.richtext import escape
from panels.formats.parsing.xmltree import line_of, parse, root_name, words
from panels.formats.speakers.people import Elapsed, People, clock_of, turn
from panels.formats.structure.outline import Outline
from panels.formats.wording import gettext_noop
from panels.transcript import PanelMember, Transcript, Unread

_MARKS = re.compile(r"<(?:Intervention|talk\.start|talker|chamber\.xscript)\b")
_HEADINGS = frozenset({"orderofbusinesstitle", "subjectofbusinesstitle", "catchline", "debateinfo"})
_SPOKEN = frozenset({"intervention", "speech", "question", "answer", "interjection", "continue"})
_PARAGRAPHS = frozenset({"paratext", "para", "p", "quote", "item"})
_ASIDE = frozenset({"talker", "personspeaking", "timestamp", "floorlanguage", "page.no", "time.stamp"})
_WITH_ROLE = re.compile(r"(?P<name>[^()]*[^()\s])\s*+\((?P<inside>[^()]*+)\)?.*")
_LEAD = re.compile(r"^(?:[^:]{0,120}?\((?:\d{1,2}:\d{2})\)|(?:The|Mr|Mrs|Ms|Dr|Senator|Madam) [^:.]{2,80}):\s*")
_WORD_STYLES = re.compile(r"HPS-")


def matches(text: str) -> bool:
    """Whether this is a Hansard of either kind."""
    return root_name(text) == "hansard" and bool(_MARKS.search(text))


def read(text: str) -> Transcript:
    """Read a day. Raises FormatError for XML that is not well formed."""
    root = parse(text)
    found = _Day()
    found.inside(root)
    stated = [words(item) for item in root.iter("ExtractedItem") if item.get("Name") == "Date"]
    dates = [*stated, *(words(date) for date in root.iter("date", "DATE")), root.get("date") or ""]
    return Transcript(
        title=words(next(root.iter("DocumentTitle"), None)),
        date=next((date for text in dates if (date := date_in(text))), None),
        panelists=found.people.panelists(),
        exchanges=found.outline.exchanges(),
        unread=tuple(found.unread),
    )


@dataclass
class _Day:
    outline: Outline = field(default_factory=Outline)
    people: People = field(default_factory=People)
    clock: Elapsed = field(default_factory=Elapsed)
    unread: list[Unread] = field(default_factory=list)
    stamp: float | None = None  # a clock time before the next turn

    def inside(self, holder: etree._Element) -> None:
        """Read the contents of an element, in order."""
        for element in timed(holder):
            name = name_of(element)
            if name in _HEADINGS or name.endswith("info"):
                self._heading(element)
            elif name in _SPOKEN:
                self._spoken(element)
            elif name == "timestamp":
                self.stamp = _clock(element)
            elif name in _PARAGRAPHS:
                self._aside(element)
            elif name and name not in ("extractedinformation", "session.header", "documenttitle"):
                self.inside(element)

    def _heading(self, element: etree._Element) -> None:
        text = words(element.find("title")) or words(element)
        if text:
            self.outline.heading(escape(text), line=line_of(element))

    def _aside(self, element: etree._Element) -> None:
        if words(element):
            self.unread.append(
                Unread(line=line_of(element), text=words(element), reason=gettext_noop("aside, not spoken"))
            )

    def _spoken(self, element: etree._Element) -> None:
        label, name, role = _who(element)
        paragraphs = [words(part) for part in _paragraphs(element)]
        if paragraphs and label and _WORD_STYLES.search(str(etree.tostring(element, encoding="unicode"))[:4000]):
            paragraphs[0] = _LEAD.sub("", paragraphs[0], count=1)
        text = "\n\n".join(escape(part) for part in paragraphs if part)
        if text:
            if name:
                self.people.add(PanelMember(name=name, organisation=role, labels=(label,) if label != name else ()))
            clock, self.stamp = self.stamp if self.stamp is not None else _clock(element), None
            time = self.clock(clock)
            self.outline.answer(turn(text, name or None, label=label or None, time=time, line=line_of(element)))
        for child in _inner(element):
            self._spoken(child)


def _who(element: etree._Element) -> tuple[str, str, str]:
    """The label as printed, the name, and the rest of the label (riding and party)."""
    person = next(element.iter("PersonSpeaking"), None)
    if person is not None:
        label = words(person).rstrip(" :")
        found = _WITH_ROLE.fullmatch(label)
        return (label, found["name"], found["inside"]) if found else (label, label, "")
    talker = next(element.iter("talker"), None)
    names = {} if talker is None else {(name.get("role") or ""): words(name) for name in talker.iter("name")}
    whole = names.get("metadata") or next(iter(names.values()), "")
    family, comma, given = whole.partition(", ")
    printed = names.get("display") or whole
    party = "" if talker is None else words(talker.find("party"))
    return printed.rstrip(" :"), f"{given} {family}" if comma else whole, party


def _inner(element: etree._Element) -> Iterator[etree._Element]:
    """Turns within a turn, such as interjections."""
    for child in element:
        if name_of(child) in _SPOKEN:
            yield child
        elif name_of(child):
            yield from _inner(child)


def _paragraphs(element: etree._Element) -> Iterator[etree._Element]:
    for child in element:
        name = name_of(child)
        if name in _PARAGRAPHS:
            yield child
        elif name and name not in _ASIDE and name not in _SPOKEN:
            yield from _paragraphs(child)


def _clock(element: etree._Element) -> float | None:
    stamp = next(element.iter("Timestamp"), None)  # including the element itself
    if stamp is not None:
        return clock_of(f"{stamp.get('Hr') or ''}:{(stamp.get('Mn') or '').zfill(2)}")
    return clock_of(words(next(element.iter("time.stamp"), None)))


FORMAT = Format(
    name="hansard-xml",
    suffix=".hansard.xml",
    media_type="application/xml",
    recognises=lambda source: 0.96 if matches(source.text) else 0.0,
    read=lambda source: read(source.text),
)
