"""Read OHMS XML of oral history archives: title, day, people, transcript, and the index as headings.

The transcript within is text with labels, or WebVTT. `<sync>` gives the word at which each minute begins; the segments
of the index are placed among the turns by it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from lxml import etree

from panels.formats.base import Format, Source
from panels.formats.captions import vtt
from panels.formats.dates import date_in
from panels.formats.dialogue import name_colon
from panels.formats.dialogue.reader import read_dialogue
from panels.formats.limits import timed
from panels.formats.parsing.flow import name_of
from panels.formats.parsing.richtext import escape, plain_paragraphs
from panels.formats.parsing.xmltree import line_of, parse, root_name, words
from panels.formats.speakers.names import guesses, squeezed
from panels.formats.speakers.people import turn
from panels.formats.structure.grouping import Heading, grouped
from panels.formats.structure.outline import Outline
from panels.formats.wording import gettext_noop
from panels.transcript import PanelMember, Role, Transcript, Turn, Unread

_SYNC = re.compile(r"\s*(\d{1,3}):(.*)", re.DOTALL)
_MARK = re.compile(r"(\d{1,7})(?:\(\d{1,5}\))?")
_NEAR = 0.5  # lines: a segment begins with the nearest turn
_SECONDS = re.compile(r"\d{1,7}(?:\.\d{1,3})?")
_KNOWN = ("title", "date", "interviewee", "interviewer", "transcript", "vtt_transcript", "sync", "index", "version")


@dataclass(frozen=True, slots=True)
class _Point:
    """A segment of the index."""

    time: float
    title: str
    text: str  # its whole text
    spoken: str
    line: int


def matches(text: str) -> bool:
    """Whether this is an OHMS record."""
    return root_name(text) in ("root", "record") and "<record" in text and ("<transcript" in text or "<index" in text)


def read(text: str) -> Transcript:
    """Read a record. Raises FormatError for XML that is not well formed."""
    root = parse(text)
    record = next(root.iter("record"), root)
    people = tuple(_people(record))
    points = [_point(element) for element in record.iter("point")]
    spoken = _spoken(record)
    turns = [_known(item, people) for item in _items(spoken)]
    items, placed = _with_index(turns, points, _first(record, "sync"), _start(record))
    return Transcript(
        title=words(_first(record, "title")),
        date=_date(record),
        language=words(_first(record, "language")) if len(words(_first(record, "language"))) == 2 else "",  # noqa: PLR2004
        introduction=spoken.introduction,
        recording_url=_address(words(_first(record, "media_url"))),
        panelists=_everybody(people, turns),
        exchanges=grouped(items, people) if items else _from_index(points).exchanges(),
        unread=(*spoken.unread, *_segments(points, placed=placed), *_other_metadata(record)),
    )


def _first(record: etree._Element, name: str) -> etree._Element | None:
    return next((child for child in record if name_of(child) == name), None)


def _date(record: etree._Element) -> dt.date | None:
    element = _first(record, "date")
    stated = "" if element is None else element.get("value") or words(element)
    return date_in(stated) or date_in(record.get("dt") or "")


def _address(value: str) -> str:
    return value if value.startswith(("https://", "http://")) else ""


def _people(record: etree._Element) -> Iterator[PanelMember]:
    for tag, role in (("interviewer", Role.MODERATOR), ("interviewee", Role.PANELIST)):
        for element in record.iterchildren(tag):
            for name in map(str.strip, re.split(r"[;|]", words(element))):
                if name:
                    yield PanelMember(name=name, role=role)


def _start(record: etree._Element) -> int:
    element = _first(record, "transcript")
    return 1 if element is None else line_of(element)


def _spoken(record: etree._Element) -> Transcript:
    """The transcript in the record, on its lines in the file."""
    element, captions = _first(record, "transcript"), _first(record, "vtt_transcript")
    if captions is not None and vtt.matches(captions.text or ""):
        return vtt.read((captions.text or "").lstrip())
    text = "" if element is None else "".join(map(str, element.itertext()))
    if not text.strip():
        return Transcript()
    source = Source.of("\n" * (_start(record) - 1) + text)
    found = read_dialogue(source, name_colon.SHAPE)
    if any(exchange.answers or (exchange.question and exchange.question.label) for exchange in found.exchanges):
        return found
    outline = Outline()
    outline.answer(turn(plain_paragraphs(text), None, line=_start(record)))
    return Transcript(exchanges=outline.exchanges(), unread=found.unread)


def _items(transcript: Transcript) -> Iterator[Turn | Heading]:
    for exchange in transcript.exchanges:
        question = exchange.question
        if question:
            heading = question.label is None and question.speaker is None
            yield Heading(question.text, question.line or 1) if heading else question
        yield from exchange.answers


def _known(item: Turn | Heading, people: Iterable[PanelMember]) -> Turn | Heading:
    """The turn with the name that the record gives for its label; otherwise with possible speakers as candidates."""
    if isinstance(item, Heading) or not item.speaker:
        return item
    names = {squeezed(person.name): person.name for person in people}
    name = names.get(squeezed(item.speaker))
    if name:
        return replace(item, speaker=name)
    return replace(item, candidates=(*item.candidates, *guesses(item.label or item.speaker, names.values())))


def _everybody(people: tuple[PanelMember, ...], items: Iterable[Turn | Heading]) -> tuple[PanelMember, ...]:
    named = {person.name: person for person in people}
    for item in items:
        if isinstance(item, Turn) and item.speaker:
            named.setdefault(item.speaker, PanelMember(name=item.speaker))
    return tuple(named.values())


def _point(element: etree._Element) -> _Point:
    time = words(element.find("time"))
    fields = [f"{name_of(child)}: {words(child)}" for child in element if name_of(child) and words(child)]
    return _Point(
        float(time) if _SECONDS.fullmatch(time) else 0.0,
        words(element.find("title")),
        "; ".join(fields),
        words(element.find("partial_transcript")),
        line_of(element),
    )


def _with_index(
    items: list[Turn | Heading], points: list[_Point], sync: etree._Element | None, start: int
) -> tuple[list[Turn | Heading], bool]:
    """The turns with the index's segments above those that they begin with, if the record gives their place."""
    marks = _marks(words(sync))
    if not items or not points or len(marks) < 2:  # noqa: PLR2004
        return items, False
    left = sorted((point for point in points if point.title), key=lambda point: point.time)
    out: list[Turn | Heading] = []
    for item in timed(items):
        while left and _line_at(left[0].time, marks) <= (item.line or start) - start + 1 + _NEAR:
            out.append(Heading(escape(left[0].title), item.line or start))
            left.pop(0)
        out.append(item)
    return out, True


def _marks(sync: str) -> list[tuple[float, int]]:
    """Times, and the transcript lines at which they are reached."""
    found = _SYNC.fullmatch(sync)
    lines = [int(mark[1]) for mark in _MARK.finditer(found[2])] if found else []
    step = int(found[1]) * 60 if found else 0
    return [(0.0, 0), *((float(step * number), line) for number, line in enumerate(lines, start=1))]


def _line_at(time: float, marks: list[tuple[float, int]]) -> float:
    for (before, first), (after, last) in pairwise(marks):
        if before <= time < after:
            return first + (last - first) * (time - before) / (after - before)
    return float(marks[-1][1])


def _from_index(points: Iterable[_Point]) -> Outline:
    """The exchanges of a recording without a transcript: its segments, with the words that each begins with."""
    outline = Outline()
    for point in points:
        outline.question(Turn(text=escape(point.title), time=point.time, line=point.line))
        if point.spoken:
            outline.answer(turn(escape(point.spoken), None, time=point.time, line=point.line))
    return outline


def _segments(points: Iterable[_Point], *, placed: bool) -> Iterator[Unread]:
    reason = (
        gettext_noop("a segment of the index")
        if placed
        else gettext_noop("a segment of the index, not linked to a passage")
    )
    for point in points:
        yield Unread(line=point.line, text=point.text, reason=reason)


def _other_metadata(record: etree._Element) -> Iterator[Unread]:
    """The metadata of the record that transcripts have no field for."""
    for child in record:
        if name_of(child) and name_of(child) not in _KNOWN and words(child):
            yield Unread(
                line=line_of(child),
                text=f"{name_of(child)}: {words(child)}",
                reason=gettext_noop("metadata of the record"),
            )


FORMAT = Format(
    name="ohms",
    suffix=".ohms.xml",
    media_type="application/xml",
    recognises=lambda source: 0.95 if matches(source.text) else 0.0,
    read=lambda source: read(source.text),
)
