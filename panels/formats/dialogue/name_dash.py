"""Read `Name — text`, `Name – text`, `Name - text`, `Name. — text` and `名字——text` at the beginning of paragraphs.

A dash also follows terms, places and people in lists. A text is read as a dialogue only if names recur, most passages
are sentences, and most paragraphs begin with a name.
"""

from __future__ import annotations

import re
from collections import Counter

from panels.formats.base import Format, Source
from panels.formats.dialogue.reader import DialogueShape, marks_of, read_dialogue, sureness
from panels.formats.limits import timed
from panels.formats.parsing.text_lines import Line, LineKind
from panels.formats.speakers import label_patterns
from panels.formats.speakers.described import described, is_whole_name
from panels.formats.speakers.label_patterns import LabelMatch, Strength
from panels.formats.speakers.labels import accepted, voice_of
from panels.formats.speakers.names import TIME, is_capitalised, is_initials, is_name_part
from panels.formats.speakers.people_labels import is_person
from panels.formats.structure.document import opened
from panels.formats.structure.openings import addresses
from panels.transcript import Transcript

_DASHED = re.compile(
    rf"(?P<open>\*\*|__|[*_])?(?:[\[(]?(?P<before>{TIME})[\])]?\s)?(?P<name>[^\s:：—–*_\n-][^:：—–*_\n]{{0,60}}?)(?P<stop>\.)?"
    rf"(?:\s[\[(](?P<time>{TIME})[\])])?(?P<close>\*\*|__|[*_])?"
    r"(?:\s?(?:——|⸺)\s?|\s[—–―-]\s|(?<=[.。])[—–―]\s?)(?P<text>\S.*)"
)
_ENDS = (".", "?", "!", "…", "。", "？", "！", "”", "»", '"', "؟", "।", ")", "）")
_QUESTIONS = ("?", "？", "؟", ";")
_LONGEST_CAPITALS = 4  # letters of initials; longer ones may be the place where a report comes from
_FEWEST_TURNS = 4
_MOSTLY = 0.6  # of the paragraphs have a name, and of the passages end as sentences do


def dashed(line: Line) -> LabelMatch | None:
    """A name before a dash, and text that begins as a sentence does."""
    found = _DASHED.fullmatch(line.text) if line.kind is LineKind.WORDS else None
    if not found or found["open"] != found["close"] or found["text"][0].islower():
        return None
    label = label_patterns.plain_label(found["name"])
    if not is_person(label) and not is_name_part(label):
        return None
    if not is_capitalised(label) or _is_place(label, stopped=bool(found["stop"])):
        return None
    whole = is_whole_name(described(label).name) or is_name_part(label)
    time = label_patterns.seconds(found["before"] or found["time"])
    return LabelMatch(line, label, found["text"], time, Strength.ORDINARY if whole else Strength.RETURNS)


def _is_place(label: str, *, stopped: bool) -> bool:
    """Whether one word in capitals may be where a report comes from: `LONDON — The minister said …`."""
    capitals = label.isupper() and not is_initials(label) and len(label) > _LONGEST_CAPITALS
    return capitals and not stopped and len(label.split()) == 1


_SHAPE = DialogueShape(forms=(dashed,), weight=0.68, is_dense=True)


def recognises(source: Source) -> float:
    """Requires that two voices alternate, that names return, and that most paragraphs are what somebody says."""
    document = opened(source)
    marks = [mark for mark in accepted(marks_of(document.unlisted, _SHAPE.forms), document.known) if mark.label]
    count = Counter(voice_of(mark.label) for mark in marks)
    returning = [voice for voice, times in count.items() if times > 1]
    if len(count) <= 1 or not returning or len(marks) < _FEWEST_TURNS:
        return 0.0
    first = marks[0].line.number
    apart = [line for line in timed(document.lines) if line.number >= first and line.kind is LineKind.WORDS]
    paragraphs = [line for line in apart if line.blank_before] if any(m.line.blank_before for m in marks[1:]) else apart
    sentences = sum(1 for mark in marks if mark.text.rstrip("*_ ").endswith(_ENDS))
    if len(marks) < _MOSTLY * len(paragraphs) or sentences < _MOSTLY * len(marks):
        return 0.0
    asks = any(mark.text.endswith(_QUESTIONS) for mark in marks)
    speaks = any(addresses(mark.text) for mark in marks)
    if not (asks and speaks if all(mark.strength is Strength.RETURNS for mark in marks) else asks or speaks):
        return 0.0  # reports from places, or changes of parts, of which each has a line
    return sureness(source, _SHAPE)


def read(source: Source) -> Transcript:
    """Read a dialogue with dashes after the names."""
    return read_dialogue(source, _SHAPE)


FORMAT = Format(
    name="name-dash", suffix=".txt", media_type="text/plain", recognises=recognises, read=read, finds_date=True
)
