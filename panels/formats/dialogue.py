"""Labelled dialogue in text: what the readers of all such shapes share.

A shape is the forms its labels have. The file is read line by line: what stands before the first label is the
introduction, a line with a label begins a turn, headings and lines without one are placed by the grouping
rule (see `grouping`). Every line ends up in a turn, the introduction, a field or `unread`.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from panels.formats.base import Format, Source
from panels.formats.dialogue_body import Body, Open, gathered
from panels.formats.document import Document, opened
from panels.formats.grouping import Heading, grouped
from panels.formats.labels import accepted, voice_of
from panels.formats.limits import timed
from panels.formats.links import definitions, with_definitions
from panels.formats.marks import Form, Mark, Strength, colon, only_time
from panels.formats.names import answers, asks, is_nobody, is_part, is_voice, looks_like_name, squeezed
from panels.formats.people_labels import is_person
from panels.formats.settling import Settling
from panels.formats.text_lines import Kind, Line, joined
from panels.transcript import Transcript, Turn, Unread

_TITLES = re.compile(
    r"(?:full |interview |edited |verbatim )?(?:transcript|transcription|transcripción|逐字稿|文字记录|文字稿)s?",
    re.IGNORECASE,
)
_HALF = 1.5
_PAIR = 2
_MOSTLY = 0.5
_LONGEST_TITLE = 150  # characters
_MONOLOGUE = 0.5  # one label alone hardly makes a dialogue


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape of dialogue: the forms that show it, further forms met along with them, and how sure it can be."""

    forms: tuple[Form, ...]
    further: tuple[Form, ...] = ()
    weight: float = 0.8
    introductions: bool = True


def format_of(name: str, shape: Shape, *, suffix: str = ".md", media_type: str = "text/markdown") -> Format:
    """The format of a shape."""
    return Format(
        name=name,
        suffix=suffix,
        media_type=media_type,
        recognises=lambda source: sureness(source, shape),
        read=lambda source: read_dialogue(source, shape),
        finds_date=True,
    )


def sureness(source: Source, shape: Shape) -> float:
    """How surely a source has a shape: the more labels, the surer, up to the weight of the shape."""
    document = opened(source)
    every = accepted(_since_title(document.lines, marks_of(document.lines, shape.forms)), document.known)
    found = [mark for mark in every if mark.label and not mark.nobody]
    said = _with_words(document.lines, found)
    if said <= _MOSTLY * len(found):
        return 0.0  # names above nothing: a schedule, or a list of those present
    voices = Counter(_voice(mark.label) for mark in every if mark.label)
    known = {squeezed(name) for name in document.known}
    returns = any(count > 1 or name in known for name, count in voices.items())
    if not said or (said == 1 and not _numbers_voice(found[0].label)) or (len(voices) > _PAIR and not returns):
        return 0.0  # each label once: a list of terms, hardly a dialogue
    if len(voices) == 1 and found[0].strength is Strength.RETURNS and not is_voice(found[0].label):
        return 0.0
    return shape.weight * said / (said + _HALF) * (1 if len(voices) > 1 else _MONOLOGUE)


def _with_words(lines: Sequence[Line], marks: Sequence[Mark]) -> int:
    """How many labels have words, beside or below them."""
    at = {mark.line.number: bool(mark.text) for mark in marks}
    above = (line.number for line, below in pairwise(lines) if below.number not in at)
    spoken = {number for number in above if number in at} | {number for number, beside in at.items() if beside}
    return len(spoken)


def _numbers_voice(label: str) -> bool:
    return is_voice(label) and any(character.isdigit() for character in label)


def _voice(label: str) -> str:
    """What comes back where the same voice does: `Q1` and `Q2` are one."""
    same = asks(label) or answers(label)
    return squeezed(label).rstrip("0123456789") if same else voice_of(label)


def marks_of(lines: Iterable[Line], forms: Sequence[Form]) -> list[Mark]:
    """The first form that each line has, if any."""
    found = []
    for line in timed(lines):
        if line.kind in (Kind.WORDS, Kind.HEADING):
            mark = next((mark for form in forms if (mark := form(line)) is not None and _fits(line, mark)), None)
            if mark:
                found.append(mark)
    return found


def _fits(line: Line, mark: Mark) -> bool:
    return line.kind is Kind.WORDS or not mark.text


def read_dialogue(source: Source, shape: Shape) -> Transcript:
    """Read a source in a shape."""
    document = opened(source)
    found = _since_title(document.lines, marks_of(document.lines, (*shape.forms, *shape.further)))
    marks = accepted(found, document.known)
    return finished(document, gathered(document.lines, marks, breaks=_breaks(found, marks)))


def _since_title(lines: Sequence[Line], marks: Sequence[Mark]) -> list[Mark]:
    """The marks below the heading `Transcript`: above it stand notes, and their headings are written like labels."""
    titles = (line.number for line in reversed(lines) if _TITLES.fullmatch(line.text.strip(" :：*_#")))
    for title in titles:
        below = [mark for mark in marks if mark.line.number > title]
        if sum(1 for mark in below if is_person(mark.label)) >= _PAIR:
            return below
    return list(marks)


def _breaks(found: Sequence[Mark], marks: Sequence[Mark]) -> dict[int, Mark]:
    """The marks written like those of turns that are none: by their form, or by a time that fits in the order."""
    people = {mark.line.number for mark in marks if mark.label}
    times = [(mark.line.number, mark.time) for mark in marks if mark.label and mark.time is not None]
    empty = [mark for mark in found if mark.label and not mark.text and mark.line.number not in people]
    return {mark.line.number: mark for mark in empty if mark.strength is Strength.STRONG or _in_time(mark, times)}


def _in_time(mark: Mark, times: Sequence[tuple[int, float]]) -> bool:
    """Whether a label's time lies between those of the turns around it; `times` are by line."""
    at = bisect(times, (mark.line.number, 0.0))
    between = 0 < at < len(times) and mark.time is not None
    return between and times[at - 1][1] <= (mark.time or 0.0) <= times[at][1]


def finished(document: Document, body: Body) -> Transcript:
    """The transcript of a document and its body."""
    known = document.head.transcript
    settling = Settling.of(document.people)
    items = [item for entry in body.items if (item := _item(entry, settling, body)) is not None]
    if not known.title and not body.title and _is_title(body.introduction):
        body.title = body.introduction.pop(0).text.strip("*_ ")
    title = known.title
    if body.title and title and squeezed(title) != squeezed(body.title):
        items.insert(0, Heading(body.title, document.head.first))
    panelists = settling.panelists()
    transcript = replace(
        known,
        title=title or body.title,
        tags=known.tags or body.tags,
        introduction=joined(body.introduction),
        panelists=panelists,
        exchanges=grouped(items, panelists),
        unread=tuple(sorted((*known.unread, *body.unread), key=lambda item: item.line)),
    )
    return with_definitions(transcript, definitions(document.lines))


def _is_title(lines: Sequence[Line]) -> bool:
    """Whether a text without headings begins with its title: one short line by itself that is no sentence or field."""
    if not lines or len(lines[0].text) > _LONGEST_TITLE or (len(lines) > 1 and not lines[1].gap):
        return False
    field = colon(lines[0])
    named = field is None or (looks_like_name(field.label) and not is_part(field.label))
    return named and lines[0].kind is Kind.WORDS and lines[0].text[-1:].isalnum() and not only_time(lines[0])


def _item(entry: Open | Line, settling: Settling, body: Body) -> Turn | Heading | None:
    if isinstance(entry, Line):
        if _TITLES.fullmatch(entry.text.strip(" :：")) or not entry.text:
            body.unread.append(Unread(line=entry.number, text=entry.raw, reason="a heading that says what this is"))
            return None
        return Heading(entry.text, entry.number)
    if entry.floor:
        return Heading(joined(entry.lines), entry.line)
    if entry.nobody and not entry.lines:
        body.unread.append(Unread(line=entry.line, text=entry.raw, reason="written like a name, but nobody's"))
        return None
    if is_nobody(entry.label):
        body.unread.append(Unread(line=entry.line, text=entry.label, reason="says that nobody is known"))
    return settling.turn(entry.label, joined(entry.lines), time=entry.time, line=entry.line, nobody=entry.nobody)
