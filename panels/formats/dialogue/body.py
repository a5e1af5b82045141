"""Assign the lines of a dialogue to turns, the introduction, headings, or the unread lines.

A line with the form of a label that is no known speaker still ends the previous turn: the text below is unattributed,
with the label kept, and never the previous speaker's.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from panels.formats.head_dates import says_date
from panels.formats.limits import timed
from panels.formats.parsing.text_lines import Line, LineKind, unmarked
from panels.formats.speakers.described import may_be_office, names_who_holds_it
from panels.formats.speakers.label_patterns import LabelMatch, from_the_floor, seconds
from panels.formats.speakers.labels import voice_of
from panels.formats.speakers.names import is_capitalised, is_no_name
from panels.formats.speakers.people_labels import decides
from panels.formats.speakers.times_above import with_times_above
from panels.formats.structure.article_parts import FURNITURE, is_chrome, is_credit, tags_in
from panels.formats.structure.footer import below_dialogue, footer_start
from panels.formats.structure.recorder_notices import is_notice
from panels.formats.wording import gettext_noop
from panels.transcript import Unread

_LEADING_TIME = re.compile(
    r"(?:\\?\[|\()\s?(?P<time>(?:\d{1,3}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?)\s?(?:\\?\]|\))\s*(?P<text>.*)", re.DOTALL
)
_CHEVRONS = re.compile(r"\\?>{2,4}\s*(?=\S)")
_POINT = re.compile(r"(?:\*\*|__)?(?P<letter>[A-ZА-ЯΑ-Ω])[.)]\s\S.{0,78}")
_BOLD_QUESTION = re.compile(r"(?P<open>\*\*\*|\*\*|__)[^*_\s][^*_]{3,298}[?？](?P=open)")
_STOPS = (".", "!", "?", "…", "。", "！", "？")
_SHORTEST_HEADING = 5  # characters, of one word
_LONGEST_HEADING = 120  # characters
_AMID = re.compile(r"[^\W\d_][.,!?…]? ?\\?\[\d{1,2}:\d\d(?::\d\d)?\\?\] ?[^\W\d_]")
_SEVERAL = 3


@dataclass
class Open:
    """A turn that is being read."""

    label: str
    time: float | None
    line: int
    lines: list[Line] = field(default_factory=list)
    floor: bool = False  # a question without a known asker
    nobody: bool = False  # under a label that is not a person's, or under none
    raw: str = ""  # the line with the label, if the label identifies no speaker


@dataclass
class Body:
    """The contents of a dialogue, in order."""

    running: bool = False  # times are within the text
    level: int = 0  # of the headings that name speakers; 0 if none does
    chevrons: bool = False  # `>>` begins a turn, and a name may follow
    points: frozenset[int] = frozenset()  # lines that number points by letters
    asked: frozenset[int] = frozenset()  # lines that are a question in bold right above a label: nobody's words
    title: str = ""
    tags: tuple[str, ...] = ()
    introduction: list[Line] = field(default_factory=list)
    items: list[Open | Line] = field(default_factory=list)
    last: int | None = None  # the index of the last turn in the items
    unread: list[Unread] = field(default_factory=list)


def gathered(
    lines: Sequence[Line], marks: Iterable[LabelMatch], *, breaks: Mapping[int, LabelMatch] | None = None
) -> Body:
    """Assign every line. `breaks` are lines with the form of a label but no speaker: `**Break:** [23:43]`."""
    lines, at = with_times_above(lines, {mark.line.number: mark for mark in marks})
    labelled = [mark for mark in at.values() if mark.label]
    chevrons = any(_CHEVRONS.match(mark.line.text) for mark in labelled)
    level = max((mark.line.level for mark in labelled), default=0)
    body = Body(running=_times_run(lines), level=level, chevrons=chevrons, points=_points(lines))
    body.asked = _asked(lines, {mark.line.number for mark in labelled})
    lines, below = _parted(lines, labelled)
    body.unread += below_dialogue(below)
    floor = from_the_floor(labelled)
    names = {voice_of(mark.label) for mark in labelled}
    for line in timed(lines):
        mark = at.get(line.number)
        if not (mark and mark.label) and is_notice(line.text, names):
            body.unread.append(
                Unread(
                    line=line.number,
                    text=line.raw.strip(),
                    reason=gettext_noop("name of the program that wrote the file"),
                )
            )
        elif breaks and line.number in breaks and body.last is not None:
            _break(body, breaks[line.number])
        elif mark and mark.label:
            _open(body, replace(_begun(mark, running=body.running), floor=line.number in floor))
        elif mark and body.items:
            _went_on(body, mark)
        elif is_credit(line):
            body.unread.append(Unread(line=line.number, text=line.raw.strip(), reason=gettext_noop("picture credit")))
        elif line.kind in (LineKind.MARKUP, LineKind.RULE):
            reason = gettext_noop("divider") if line.kind is LineKind.RULE else gettext_noop("site markup")
            body.unread.append(Unread(line=line.number, text=line.raw.strip(), reason=reason))
        else:
            _unlabelled(body, line)
    _split_head(body)
    return body


def _points(lines: Sequence[Line]) -> frozenset[int]:
    """The lines that number points by letters, `A. …` and then `B. …`, each alone and short."""
    found = [(line, match["letter"]) for line in lines if line.alone and (match := _POINT.fullmatch(line.text))]
    runs = [
        (one.number, other.number) for (one, before), (other, after) in pairwise(found) if ord(after) == ord(before) + 1
    ]
    return frozenset(number for pair in runs for number in pair)


def _asked(lines: Sequence[Line], labelled: Collection[int]) -> frozenset[int]:
    """The lines that are a question in bold right above a label: a headline of the article, in which nobody speaks."""
    above = (line for line, below in pairwise(lines) if below.number in labelled and line.number not in labelled)
    return frozenset(line.number for line in above if line.alone and _BOLD_QUESTION.fullmatch(line.text))


def _open(body: Body, turn: Open) -> None:
    body.last = len(body.items)
    body.items.append(turn)


def _break(body: Body, mark: LabelMatch) -> None:
    """End a turn at a line with the form of a label: nothing is spoken under `Break`, other text is unattributed.

    An office with the name of its holder is a speaker. So may be a heading beside those that name speakers.
    """
    beside = mark.line.kind is LineKind.HEADING and 0 < mark.line.level <= body.level
    named = (is_capitalised(mark.label) or beside) and not is_no_name(mark.label) and not mark.label.endswith(_STOPS)
    held = names_who_holds_it(mark.label)
    if named or held or may_be_office(mark.label):
        _open(body, Open(mark.label, mark.time, mark.line.number, nobody=not held, raw=mark.line.raw.strip()))
    else:
        reason = gettext_noop("looks like a name, but is not a person")
        body.unread.append(Unread(line=mark.line.number, text=mark.line.raw.strip(), reason=reason))


def _unlabelled(body: Body, line: Line) -> None:
    """Assign a line without a label. A heading belongs to the speaker below it, unless it holds tags, as in HackMD."""
    tags = tags_in(line) if line.kind is LineKind.HEADING else ()
    before = body.items[-1] if body.items else None
    chevron = _CHEVRONS.match(line.text) if body.chevrons else None
    if tags and not body.tags:
        body.tags = tags
    elif line.kind is LineKind.HEADING:
        body.items.append(line)
    elif chevron and body.last is not None:
        text = line.text[chevron.end() :]
        _open(body, Open("", None, line.number, [replace(line, raw=text, text=text, blank_before=1)], nobody=True))
    elif line.number in body.asked or _heads(before, line) or (line.number in body.points and _is_apart(body, before)):
        body.items.append(replace(line, kind=LineKind.HEADING, text=unmarked(line.text)))
    elif isinstance(before, Line) and before.number in body.points:
        _open(body, Open("", None, line.number, [line], nobody=True))
    else:
        _add(body, line)


def _heads(before: Open | Line | None, line: Line) -> bool:
    """Whether a line in capitals is a heading: in bold, or right below a heading."""
    bare = unmarked(line.text)
    capital = bare.isupper() and line.alone and not bare.endswith((*_STOPS, ":", "：")) and not is_no_name(bare)
    below = isinstance(before, Line) and before.kind is LineKind.HEADING
    shown = line.text.startswith(("**", "__")) and (len(bare.split()) > 1 or len(bare) >= _SHORTEST_HEADING)
    return capital and len(bare) <= _LONGEST_HEADING and (shown or (below and len(bare.split()) > 1))


def _is_apart(body: Body, before: Open | Line | None) -> bool:
    """Whether no turn can continue here: below a heading, or unattributed text."""
    return body.last is not None and (isinstance(before, Line) or (before is not None and before.nobody))


def _parted(lines: Sequence[Line], marks: Sequence[LabelMatch]) -> tuple[Sequence[Line], Sequence[Line]]:
    """The lines of the dialogue, and those of the footer below it."""
    if not marks:
        return lines, ()
    last = max(marks, key=lambda mark: mark.line.number)
    after = next((at for at, line in enumerate(lines) if line.number > last.line.number), len(lines))
    end = after + footer_start(lines[after:], {mark.label for mark in marks}, spoken=bool(last.text))
    return lines[:end], lines[end:]


def _times_run(lines: Iterable[Line]) -> bool:
    """Whether there are times within the text; then one at its beginning belongs to the text too, and stays there."""
    return sum(1 for line in lines if _AMID.search(line.text)) >= _SEVERAL


def _begun(mark: LabelMatch, *, running: bool) -> Open:
    if running and mark.stamped:
        lines = [replace(mark.line, raw=mark.stamped, blank_before=1)]
        return Open(mark.label, mark.time, mark.line.number, lines, nobody=mark.nobody, raw=mark.line.raw.strip())
    found = _LEADING_TIME.fullmatch(mark.text) if mark.time is None else None
    text, time = (found["text"], seconds(found["time"])) if found else (mark.text, mark.time)
    lines = [replace(mark.line, raw=text, text=text, blank_before=1)] if text else []
    return Open(mark.label, time, mark.line.number, lines, nobody=mark.nobody, raw=mark.line.raw.strip())


def _went_on(body: Body, mark: LabelMatch) -> None:
    """Handle a time without a name: the turn continues, and the time stays in the text if the turn already has one."""
    last = body.items[-1]
    if isinstance(last, Open) and last.time is None and not last.lines:
        last.time = mark.time
        if mark.text:
            last.lines.append(replace(mark.line, raw=mark.text, text=mark.text))
    else:
        _add(body, mark.line)


def _add(body: Body, line: Line) -> None:
    """Add a line without a label to the previous turn, and the headings between, unless one decides or is an office."""
    if body.last is None:
        body.items.append(line)
        return
    above = body.items[-1]
    named = isinstance(above, Line) and (may_be_office(above.text) or decides(unmarked(above.text).strip(" :：")))
    if isinstance(above, Line) and above.kind is LineKind.HEADING and named:
        body.items.pop()
        label, unsure = unmarked(above.text).strip(" :："), not names_who_holds_it(above.text)
        _open(body, Open(label, None, above.number, [line], nobody=unsure, raw=above.raw.strip()))
        return
    turn = body.items[body.last]
    assert isinstance(turn, Open)  # noqa: S101  (found as one)
    turn.lines.extend(item for item in body.items[body.last + 1 :] if isinstance(item, Line))
    del body.items[body.last + 1 :]
    turn.lines.append(line)


def _split_head(body: Body) -> None:
    """The lines before the first turn: title, introduction, and the headings right above the turn."""
    first = next((i for i, item in enumerate(body.items) if isinstance(item, Open)), len(body.items))
    before = [item for item in body.items[:first] if isinstance(item, Line)]
    if before and before[0].kind is LineKind.HEADING and not body.title:
        body.title, before = before[0].text, before[1:]
    words = max((i for i, line in enumerate(before) if line.kind is not LineKind.HEADING), default=-1) + 1
    for line in before[:words]:
        if is_chrome(line):
            body.unread.append(Unread(line=line.number, text=line.raw.strip(), reason=FURNITURE))
        else:
            body.introduction.append(line)
    body.introduction += [line for line in before[words:] if says_date(line.text)]
    body.items[:first] = [line for line in before[words:] if not says_date(line.text)]
