"""Labelled dialogue in text: what the readers of all such shapes share.

A shape is the forms its labels have. The file is read line by line: what stands before the first label is the
introduction, a line with a label begins a turn, headings and lines without one are placed by the grouping
rule (see `grouping`). Every line ends up in a turn, the introduction, a field or `unread`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from panels.formats.article_parts import is_chrome, tags_in
from panels.formats.base import Format, Source
from panels.formats.document import Document, opened
from panels.formats.footer import below_dialogue, footer_start
from panels.formats.grouping import Heading, grouped
from panels.formats.labels import accepted
from panels.formats.limits import timed
from panels.formats.links import definitions, with_definitions
from panels.formats.marks import Form, Mark, Strength, colon, from_the_floor, only_time, seconds
from panels.formats.names import answers, asks, is_nobody, is_part, is_voice, looks_like_name, squeezed
from panels.formats.settling import Settling
from panels.formats.text_lines import Kind, Line, joined
from panels.formats.times_above import with_times_above
from panels.transcript import Transcript, Turn, Unread

_LEADING_TIME = re.compile(
    r"(?:\\?\[|\()\s?(?P<time>(?:\d{1,3}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?)\s?(?:\\?\]|\))\s*(?P<text>.*)", re.DOTALL
)
_TITLES = re.compile(
    r"(?:full |interview |edited |verbatim )?(?:transcript|transcription|transcripción|逐字稿|文字记录|文字稿)s?",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"(?:transcribed|transcript(?:ion)? (?:is )?(?:provided|generated|created)) (?:by|with|using|in) \S+|"
    r"Transcription ended after [\d:]+|This editable transcript was computer generated and might contain errors\..*",
    re.IGNORECASE,
)
_AMID = re.compile(r"[^\W\d_][.,!?…]? ?\\?\[\d{1,2}:\d\d(?::\d\d)?\\?\] ?[^\W\d_]")
_SEVERAL, _PAIR = 3, 2
_HALF, _MOSTLY = 1.5, 0.5
_LONGEST_TITLE = 150  # characters
_MONOLOGUE = 0.5  # one label alone hardly makes a dialogue


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape of dialogue: the forms that show it, further forms met along with them, and how sure it can be."""

    forms: tuple[Form, ...]
    further: tuple[Form, ...] = ()
    weight: float = 0.8
    introductions: bool = True


@dataclass
class _Open:
    """A turn that is being read."""

    label: str
    time: float | None
    line: int
    lines: list[Line] = field(default_factory=list)
    floor: bool = False  # a question that nobody is said to ask


@dataclass
class Body:
    """What a dialogue holds, in order."""

    running: bool = False  # times stand amid the words
    title: str = ""
    tags: tuple[str, ...] = ()
    introduction: list[Line] = field(default_factory=list)
    items: list[_Open | Line] = field(default_factory=list)
    last: int | None = None  # where the last turn stands among the items
    unread: list[Unread] = field(default_factory=list)


def format_of(name: str, shape: Shape, *, suffix: str = ".md", media_type: str = "text/markdown") -> Format:
    """The format of a shape."""
    return Format(
        name=name,
        suffix=suffix,
        media_type=media_type,
        recognises=lambda source: sureness(source, shape),
        read=lambda source: read_dialogue(source, shape),
    )


def sureness(source: Source, shape: Shape) -> float:
    """How surely a source has a shape: the more labels, the surer, up to the weight of the shape."""
    document = opened(source)
    found = [mark for mark in accepted(marks_of(document.lines, shape.forms), document.known) if mark.label]
    said = _with_words(document.lines, found)
    if said <= _MOSTLY * len(found):
        return 0.0  # names above nothing: a schedule, or a list of those present
    voices = Counter(_voice(mark.label) for mark in found)
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
    return squeezed(label).rstrip("0123456789") if same else squeezed(label)


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
    found = marks_of(document.lines, (*shape.forms, *shape.further))
    marks = accepted(found, document.known)
    people = {mark.line.number for mark in marks}
    empty = {mark.line.number for mark in found if mark.strength is Strength.STRONG and mark.label and not mark.text}
    body = gathered(document.lines, marks, breaks=empty - people)
    return finished(document, body)


def gathered(lines: Sequence[Line], marks: Iterable[Mark], *, breaks: Collection[int] = ()) -> Body:
    """Place every line. On `breaks` stands what has the form of a label but is nobody's: `**Break:** [23:43]`."""
    lines, at = with_times_above(lines, {mark.line.number: mark for mark in marks})
    body = Body(running=_times_run(lines))
    lines, below = _parted(lines, [mark for mark in at.values() if mark.label])
    body.unread += below_dialogue(below)
    floor = from_the_floor(at.values())
    for line in timed(lines):
        mark = at.get(line.number)
        if _CREDIT.fullmatch(line.text.strip(" *_()[]")):
            body.unread.append(Unread(line=line.number, text=line.raw.strip(), reason="says which program wrote this"))
        elif line.number in breaks and body.items:
            reason = "written like a name, but nobody's"
            body.unread.append(Unread(line=line.number, text=line.raw.strip(), reason=reason))
        elif mark and mark.label:
            body.last = len(body.items)
            body.items.append(replace(_begun(mark, running=body.running), floor=line.number in floor))
        elif mark and body.items:
            _went_on(body, mark)
        elif line.kind in (Kind.MARKUP, Kind.RULE):
            reason = "a rule between parts" if line.kind is Kind.RULE else "markup of the site"
            body.unread.append(Unread(line=line.number, text=line.raw.strip(), reason=reason))
        else:
            _unlabelled(body, line)
    _split_head(body)
    return body


def _unlabelled(body: Body, line: Line) -> None:
    """A heading waits for whoever speaks below it, unless it holds the tags, as HackMD writes them."""
    tags = tags_in(line) if line.kind is Kind.HEADING else ()
    if tags and not body.tags:
        body.tags = tags
    elif line.kind is Kind.HEADING:
        body.items.append(line)
    else:
        _add(body, line)


def _parted(lines: Sequence[Line], marks: Sequence[Mark]) -> tuple[Sequence[Line], Sequence[Line]]:
    """The lines of the dialogue, and those of the footer below it."""
    if not marks:
        return lines, ()
    last = max(marks, key=lambda mark: mark.line.number)
    after = next((at for at, line in enumerate(lines) if line.number > last.line.number), len(lines))
    end = after + footer_start(lines[after:], {mark.label for mark in marks}, spoken=bool(last.text))
    return lines[:end], lines[end:]


def _times_run(lines: Iterable[Line]) -> bool:
    """Whether times stand amid the words; then one at their beginning belongs to them too, and stays there."""
    return sum(1 for line in lines if _AMID.search(line.text)) >= _SEVERAL


def _begun(mark: Mark, *, running: bool) -> _Open:
    if running and mark.stamped:
        return _Open(mark.label, mark.time, mark.line.number, [replace(mark.line, raw=mark.stamped, gap=1)])
    found = _LEADING_TIME.fullmatch(mark.text) if mark.time is None else None
    text, time = (found["text"], seconds(found["time"])) if found else (mark.text, mark.time)
    lines = [replace(mark.line, raw=text, text=text, gap=1)] if text else []
    return _Open(mark.label, time, mark.line.number, lines)


def _went_on(body: Body, mark: Mark) -> None:
    """A time without a name: the words go on, and the time stays where it stood if the turn has one."""
    last = body.items[-1]
    if isinstance(last, _Open) and last.time is None and not last.lines:
        last.time = mark.time
        if mark.text:
            last.lines.append(replace(mark.line, raw=mark.text, text=mark.text))
    else:
        _add(body, mark.line)


def _add(body: Body, line: Line) -> None:
    """Words without a label belong to the turn before, with the headings in between."""
    if body.last is None:
        body.items.append(line)
        return
    turn = body.items[body.last]
    assert isinstance(turn, _Open)  # noqa: S101  (found as one)
    turn.lines.extend(item for item in body.items[body.last + 1 :] if isinstance(item, Line))
    del body.items[body.last + 1 :]
    turn.lines.append(line)


def _split_head(body: Body) -> None:
    """What stands before the first turn: title, introduction, and the headings right above the turn."""
    first = next((i for i, item in enumerate(body.items) if isinstance(item, _Open)), len(body.items))
    before = [item for item in body.items[:first] if isinstance(item, Line)]
    if before and before[0].kind is Kind.HEADING and not body.title:
        body.title, before = before[0].text, before[1:]
    words = max((i for i, line in enumerate(before) if line.kind is not Kind.HEADING), default=-1) + 1
    reason = "of the site, proposed for removal"
    for line in before[:words]:
        if is_chrome(line):
            body.unread.append(Unread(line=line.number, text=line.raw.strip(), reason=reason))
        else:
            body.introduction.append(line)
    body.items[:first] = before[words:]


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


def _item(entry: _Open | Line, settling: Settling, body: Body) -> Turn | Heading | None:
    if isinstance(entry, Line):
        if _TITLES.fullmatch(entry.text.strip(" :：")) or not entry.text:
            body.unread.append(Unread(line=entry.number, text=entry.raw, reason="a heading that says what this is"))
            return None
        return Heading(entry.text, entry.number)
    if entry.floor:
        return Heading(joined(entry.lines), entry.line)
    if is_nobody(entry.label):
        body.unread.append(Unread(line=entry.line, text=entry.label, reason="says that nobody is known"))
    return settling.turn(entry.label, joined(entry.lines), time=entry.time, line=entry.line)
