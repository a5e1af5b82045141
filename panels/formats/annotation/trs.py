"""Read Transcriber files (.trs): turns of identified speakers, with text after each time mark."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from panels.formats.base import Format
from panels.formats.dates import date_in
from panels.formats.parsing.flow import name_of
from panels.formats.parsing.richtext import escape
from panels.formats.parsing.xmltree import line_of, parse, root_name
from panels.formats.speakers.people import People, turn
from panels.formats.structure.outline import Outline
from panels.formats.wording import gettext_noop
from panels.transcript import PanelMember, Transcript, Unread

_COUNTED = re.compile(r"[1-9][0-9]?")


def matches(text: str) -> bool:
    """Whether this is a Transcriber file."""
    return root_name(text) == "trans"


def read(text: str) -> Transcript:
    """Read a file. Raises FormatError for XML that is not well formed."""
    root = parse(text)
    found = _Recording(
        names=_table(root, "Speaker", "name"),
        topics=_table(root, "Topic", "desc"),
    )
    for section in root.iter("Section"):
        found.section(section)
    episode = root.find("Episode")
    programme = "" if episode is None else episode.get("program") or ""
    air_date = "" if episode is None else episode.get("air_date") or ""
    return Transcript(
        title=root.get("audio_filename") or "",
        date=date_in(air_date),
        language=root.get("{http://www.w3.org/XML/1998/namespace}lang") or "",
        programme=programme,
        panelists=found.people.panelists(),
        exchanges=found.outline.exchanges(),
        unread=tuple(found.unread),
    )


def _table(root: etree._Element, name: str, value: str) -> dict[str, str]:
    return {row.get("id") or "": " ".join((row.get(value) or "").split()) for row in root.iter(name)}


@dataclass
class _Recording:
    names: dict[str, str]
    topics: dict[str, str]
    outline: Outline = field(default_factory=Outline)
    people: People = field(default_factory=People)
    unread: list[Unread] = field(default_factory=list)

    def section(self, section: etree._Element) -> None:
        """Read a section: its topic opens an exchange."""
        topic = self.topics.get(section.get("topic") or "")
        if topic:
            self.outline.heading(escape(topic), line=line_of(section))
        for element in section.iter("Turn"):
            self._turn(element)

    def _turn(self, element: etree._Element) -> None:
        speakers = [self.names.get(key) or key for key in (element.get("speaker") or "").split()]
        for comment in element.iter("Comment"):
            note = comment.get("desc") or ""
            if note:
                self.unread.append(
                    Unread(line=line_of(comment), text=note, reason=gettext_noop("a transcriber's comment"))
                )
        for voice, time, text in _voices(element):
            name = speakers[voice] if voice < len(speakers) else None
            if name:
                self.people.add(PanelMember(name=name))
            self.outline.answer(turn(escape(" ".join(text.split())), name, time=time, line=line_of(element)))


def _voices(element: etree._Element) -> Iterator[tuple[int, float | None, str]]:
    """The voice, time and text of each part of a turn: `Who` marks change the voice if there are several speakers."""
    voice, time, text = 0, _seconds(element.get("startTime")), element.text or ""
    for mark in element:
        if name_of(mark) == "who":
            if text.strip():
                yield voice, time, text
            voice, text = _voice(mark.get("nb")), ""
        elif name_of(mark) == "sync":
            time = time if text.strip() else _seconds(mark.get("time"))
        text += f" {mark.tail or ''}"
    if text.strip():
        yield voice, time, text


def _voice(number: str | None) -> int:
    """The index of the turn's speaker, who is counted from 1; the first if there is no number."""
    return int(number) - 1 if number and _COUNTED.fullmatch(number) else 0


def _seconds(value: str | None) -> float | None:
    try:
        return float(value) if value else None
    except ValueError:
        return None


FORMAT = Format(
    name="trs",
    suffix=".trs",
    media_type="application/xml",
    recognises=lambda source: 0.95 if matches(source.text) else 0.0,
    read=lambda source: read(source.text),
)
