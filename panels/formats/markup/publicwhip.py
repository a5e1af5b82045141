"""Read TheyWorkForYou's XML of debates and written answers, which OpenAustralia and others use too.

`<speech>` is a turn, headings open exchanges, and so does `<ques>`, unless the heading right above opened one. A speech
with `nospeaker` is procedure and stays without a name. Clock times become seconds since the first of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from panels.formats.base import Format
from panels.formats.dates import date_in
from panels.formats.limits import timed
from panels.formats.parsing.flow import markdown_of, name_of
from panels.formats.parsing.xmltree import line_of, parse, root_name, words
from panels.formats.speakers.names import is_nobody
from panels.formats.speakers.people import Elapsed, People, clock_of, turn
from panels.formats.structure.outline import Outline
from panels.formats.wording import gettext_noop
from panels.transcript import Transcript, Unread

_SPOKEN = ("speech", "ques", "reply")
_NAMED = re.compile(r"<(?:speech|ques|reply)\b[^<>]*\s(?:speakername|nospeaker)\s*=")
_ROOTS = ("debates", "debate", "answers", "wrans", "wms", "committee", "proceedings", "root", "xml")


def matches(text: str) -> bool:
    """Whether this is such a file: by its root, or under another root by speeches with speaker names."""
    root = root_name(text)
    return root == "publicwhip" or (root in _ROOTS and bool(_NAMED.search(text)))


def read(text: str) -> Transcript:
    """Read a file. Raises FormatError for XML that is not well formed."""
    root = parse(text)
    found = _PublicWhipDay()
    found.inside(root)
    source = root.find("source")
    return Transcript(
        title=found.title,
        date=date_in(found.title) or date_in(found.identifier),
        source_url="" if source is None else source.get("url") or "",
        panelists=found.people.panelists(),
        exchanges=found.outline.exchanges(),
        unread=tuple(found.unread),
    )


@dataclass
class _PublicWhipDay:
    title: str = ""
    identifier: str = ""
    outline: Outline = field(default_factory=Outline)
    people: People = field(default_factory=People)
    clock: Elapsed = field(default_factory=Elapsed)
    unread: list[Unread] = field(default_factory=list)

    def inside(self, holder: etree._Element) -> None:
        """Read the contents of an element; some nest sections."""
        for element in timed(holder):
            if name_of(element) not in _SPOKEN and next(element.iter(*_SPOKEN), None) is not None:
                self.inside(element)
            else:
                self.take(element)

    def take(self, element: etree._Element) -> None:
        """Read one element of the day."""
        name = name_of(element)
        self.identifier = self.identifier or element.get("id") or ""
        if name.endswith("heading"):
            self._heading(element)
        elif name in _SPOKEN:
            self._spoken(element, opens=name == "ques")
        elif name and words(element):
            reason = gettext_noop("vote, not spoken") if name == "division" else gettext_noop("outside any speech")
            self.unread.append(Unread(line=line_of(element), text=words(element), reason=reason))

    def _heading(self, element: etree._Element) -> None:
        if not self.title and not self.outline.opened:
            self.title = words(element)
        elif words(element):
            self.outline.heading(markdown_of(element), line=line_of(element))

    def _spoken(self, element: etree._Element, *, opens: bool) -> None:
        text = markdown_of(element)
        if not text:
            return
        name = " ".join((element.get("speakername") or "").split()) or None
        if (element.get("nospeaker") or "").lower() == "true" or is_nobody(name or ""):
            name = None
        self.people.speaks(name, title=element.get("speakeroffice") or "")
        spoken = turn(text, name, time=self.clock(clock_of(element.get("time"))), line=line_of(element))
        (self.outline.question if opens and not self.outline.waits else self.outline.answer)(spoken)


FORMAT = Format(
    name="publicwhip",
    suffix=".publicwhip.xml",
    media_type="application/xml",
    recognises=lambda source: 0.95 if matches(source.text) else 0.0,
    read=lambda source: read(source.text),
)
