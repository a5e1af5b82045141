"""Decide which labels of a file are people: over the whole file, because a single line is ambiguous.

`**Break:** \\[23:43\\]`, a song's title, `Slides: …` or the end of a sentence before a colon have the form of labels. A
label counts if it recurs, if somebody of that name is known, or if it is written as only names are.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from panels.formats.speakers.described import (
    described,
    has_certain_office,
    has_office,
    is_titled_name,
    offices_identify_people,
)
from panels.formats.speakers.label_patterns import LabelMatch, Strength
from panels.formats.speakers.names import (
    answers,
    asks,
    definition,
    guesses,
    is_capitalised,
    is_initials,
    is_name_part,
    looks_like_name,
    may_be_chinese_name,
    squeezed,
)
from panels.formats.speakers.people_labels import decides, is_person, is_structure, person_name

_OFTEN = 3
_DENSE = 0.35  # of the lines, including blank ones, begin with a label
_HARDLY = 0.2  # of the labels have a blank line before them
_NEARLY_ALL = 0.8
_FIELD = re.compile(
    r"(?:speakers?|moderators?|hosts?|guests?|panelists?|panellists?|interviewers?|嘉宾|主持人?)", re.IGNORECASE
)
_KIND = re.compile(
    r"(?:panel(?: discussion)?|round ?table|debate|webinar|workshop|in conversation|interview|symposium|"
    r"圆桌|圓桌|座谈会?|座談會?|对谈|對談|访谈|訪談|论坛|論壇)",
    re.IGNORECASE,
)
_AND = re.compile(r"(?:(?<!\s)\s+)?(?:,|;|&|、|，|\band\b)\s*")
_WHOLE_NAME = range(1, 5)  # words
_MOST = 400  # labels and names that are compared with each other
_OFTEN_BELOW = 0.3  # of the labels are on the line after another label's
_RETURNS = 2
_ENDS = (".", "。", "?", "？", "!", "！", "…", "”", '"')
_LINKS = re.compile(r"(?:!?\[[^\[\]]*\]\([^\s()]*\)|<?https?://\S+(?!\S)|[\s,|·-])+")
_NUMBER = re.compile(r"[0-9]{1,3}")
_LETTERED = re.compile(r"(?:\*\*|__)?A\s?[.–—-]\s")


def accepted(marks: Sequence[LabelMatch], known: Iterable[str]) -> list[LabelMatch]:
    """The marks that begin a turn, and those with only a time, in order; `nobody` if a label is not a person's."""
    known = tuple(known)
    marks = _without_points(marks)
    turn_marks = _turn_marks(marks, known)
    if any(mark.label for mark in turn_marks):
        turn_marks = _with_numbers(marks, _with_decisions(marks, turn_marks))
    return _judged(turn_marks, {squeezed(name) for name in known})


def _without_points(marks: Sequence[LabelMatch]) -> list[LabelMatch]:
    """The marks without `A. …` if there are no questions: it numbers a point, as `B. …` below does."""
    if any(mark.label and asks(mark.label) for mark in marks):
        return list(marks)
    return [mark for mark in marks if not (answers(mark.label) and _LETTERED.match(mark.line.text))]


def _with_decisions(marks: Sequence[LabelMatch], turn_marks: Sequence[LabelMatch]) -> list[LabelMatch]:
    """The marks, with those of decisions below the first speaker: the meeting decides, not the previous speaker."""
    begins = min(mark.line.number for mark in turn_marks if mark.label)
    people = {mark.line.number: mark for mark in turn_marks}
    for mark in marks:
        if mark.line.number > begins and decides(mark.label):
            people.setdefault(mark.line.number, mark)
    return sorted(people.values(), key=lambda mark: mark.line.number)


def _with_numbers(marks: Sequence[LabelMatch], turn_marks: Sequence[LabelMatch]) -> list[LabelMatch]:
    """The marks, with numbers that return in bold below the first speaker, as where `**1:**` is somebody in the room.

    Numbers that count up without a speaker between them are points of a list.
    """
    begins = min(mark.line.number for mark in turn_marks if mark.label)
    found = [mark for mark in marks if mark.line.number > begins and _NUMBER.fullmatch(mark.label) and mark.text]
    found = [mark for mark in found if mark.strength is Strength.STRONG]
    count = Counter(mark.label for mark in found)
    between = [mark.line.number for mark in turn_marks if mark.label]
    points = any(
        int(below.label) == int(above.label) + 1
        and bisect(between, above.line.number) == bisect(between, below.line.number)
        for above, below in pairwise(found)
    )
    if points or not found or min(count.values()) < _RETURNS:
        return list(turn_marks)
    return sorted((*turn_marks, *(replace(mark, nobody=True) for mark in found)), key=lambda mark: mark.line.number)


def _judged(marks: Sequence[LabelMatch], known: set[str]) -> list[LabelMatch]:
    """The marks with `nobody` set for labels that are headings or numbers, unless they have turns repeatedly."""
    labelled = [mark for mark in marks if mark.label]
    turns = [mark for mark in labelled if not mark.line.heads and not _LINKS.fullmatch(mark.text or "-.")]
    count = Counter(voice_of(mark.label) for mark in turns)
    voices = len({voice_of(mark.label) for mark in labelled})
    insists = {name for name, times in count.items() if times >= _RETURNS and voices > 1}

    def nobody(label: str) -> bool:
        if (
            is_person(label)
            or has_office(label)
            or is_name_part(label)
            or definition(label)
            or squeezed(label) in known
        ):
            return False
        return decides(label) or is_structure(label) or voice_of(label) not in insists

    return [replace(mark, nobody=True) if mark.label and nobody(mark.label) else mark for mark in marks]


def _turn_marks(marks: Sequence[LabelMatch], known: Sequence[str]) -> list[LabelMatch]:
    """The marks whose labels are those of turns, and those with only a time, in order."""
    named = _unquoted([mark for mark in _without_fields(marks) if mark.label and _may_name(mark.label)])
    count = Counter(voice_of(mark.label) for mark in named)
    apart = _are_apart(named)
    inside = Counter(voice_of(mark.label) for mark in named if apart and not mark.line.apart)
    silent = _silent(marks)
    strong = {
        voice_of(mark.label)
        for mark in named
        if mark.strength is Strength.STRONG and _is_written_so(mark) and mark.line.number not in silent
    }
    first = {voice_of(mark.label): mark for mark in reversed(named)}
    several = len(first) <= _MOST
    known = known[:_MOST] if several else ()
    sure = {name for name, mark in first.items() if name in strong or _is_sure(mark, count, inside, known)}
    sure |= _with_office(first, sure)
    spelled = tuple(first[name].label for name in first if name in sure)
    begins = min((mark.line.number for name, mark in first.items() if name in sure), default=None)
    at = [mark.line.number for mark in named if voice_of(mark.label) in sure]
    words = [label for label in spelled if not is_initials(label)]  # minutes with initials would otherwise name nobody
    dense = bool(at) and len(at) >= _DENSE * (at[-1] - at[0] + 1) and len(words) > len(spelled) // 2
    others = {name: mark for name, mark in first.items() if several and name not in sure}
    shown = _weakest([mark for mark in named if voice_of(mark.label) in sure])
    rare = {
        name
        for name, mark in others.items()
        if (mark.line.apart or not apart)
        and (mark.strength >= shown or is_titled_name(mark.label))
        and _is_rare_name(mark, begins, spelled, dense=dense)
    }
    people = sure | rare
    named_lines = {mark.line.number for mark in named}
    return [
        mark
        for mark in marks
        if _is_turn_mark(mark, people, begins) and (not mark.label or mark.line.number in named_lines)
    ]


def _with_office(first: dict[str, LabelMatch], sure: set[str]) -> set[str]:
    """Whole names with an office and with words, if offices tell that they are people; with a title, if one is sure."""
    spoken = {name: mark.label for name, mark in first.items() if mark.text.endswith(_ENDS) and has_office(mark.label)}
    if offices_identify_people(spoken.values()):
        return set(spoken)
    return {name for name, label in spoken.items() if described(label).title} if sure else set()


def _may_name(label: str) -> bool:
    return looks_like_name(label) or has_office(label)


def _silent(marks: Sequence[LabelMatch]) -> set[int]:
    """The lines of labels with nothing between them and the next label: a list of chapters with their times."""
    return {
        mark.line.number
        for mark, below in pairwise(marks)
        if mark.label
        and not mark.text
        and below.line.number <= mark.line.number + 1 + mark.line.timed + below.line.blank_before
    }


def _weakest(sure: Sequence[LabelMatch]) -> Strength:
    """The required strength of a label that occurs once: strong, if nearly all others are."""
    strong = sum(1 for mark in sure if mark.strength is Strength.STRONG)
    return Strength.STRONG if strong and strong >= _NEARLY_ALL * len(sure) else Strength.RETURNS


def voice_of(label: str) -> str:
    """A key that is equal for two labels of one person: the name without additions, however it is spelled."""
    return squeezed(person_name(described(label).name if has_office(label) else label))


def _unquoted(marks: Sequence[LabelMatch]) -> list[LabelMatch]:
    """The marks without those in quotations, unless most are: lines of a proverb or a letter are no turns."""
    free = [mark for mark in marks if mark.line.text[:1] != ">" or mark.line.text[:2] == ">>"]
    return free if 2 * len(free) > len(marks) else list(marks)


def _without_fields(marks: Sequence[LabelMatch]) -> list[LabelMatch]:
    """The marks without fields. `Host: Absolutely` is none where a host speaks."""
    fields = {mark.line.number for mark in marks if _is_field(mark)}
    fields |= {mark.line.number for mark in marks[:1] if mark.time is None and is_titled(mark.label, mark.text)}
    speak = {voice_of(mark.label) for mark in marks if mark.text and mark.line.number not in fields}
    return [mark for mark in marks if mark.line.number not in fields or voice_of(mark.label) in speak]


def is_titled(label: str, text: str) -> bool:
    """Whether a line is the title of a session with its kind: `Panel: Heat in the city`."""
    return bool(_KIND.fullmatch(label)) and bool(text) and not text.endswith((".", "。", "…"))


def _is_field(mark: LabelMatch) -> bool:
    """Whether a line names somebody in a role, such as `Speaker: Ada Byron`, rather than their words."""
    if not _FIELD.fullmatch(mark.label) or mark.time is not None:
        return False
    if not mark.text and mark.line.heads:
        return True
    names = [name.strip() for name in _AND.split(mark.text)]
    return all(len(name.split()) in _WHOLE_NAME and looks_like_name(name) and is_capitalised(name) for name in names)


def _is_written_so(mark: LabelMatch) -> bool:
    """Whether a label with a strong form is also written like one, unlike `**This is important:**`."""
    label = mark.label
    return len(label.split()) == 1 or is_capitalised(label) or is_name_part(label) or has_office(label)


def _are_apart(marks: Sequence[LabelMatch]) -> bool:
    """Whether labels have blank lines before them. If hardly any do, a line without one means nothing.

    Nor does it if many labels are right below another label's line, as where blocks of lines have blank lines between.
    """
    below = sum(1 for above, mark in pairwise(marks) if mark.line.number == above.line.number + 1)
    if below > _OFTEN_BELOW * len(marks):
        return False
    return sum(1 for mark in marks[1:] if mark.line.blank_before) > _HARDLY * len(marks)


def _is_turn_mark(mark: LabelMatch, people: set[str], begins: int | None) -> bool:
    if not mark.label:
        return begins is None or mark.line.number > begins
    return voice_of(mark.label) in people and _may_name(mark.label)


def _is_sure(mark: LabelMatch, count: Counter[str], inside: Counter[str], known: Sequence[str]) -> bool:
    label, times = mark.label, count[voice_of(mark.label)]
    if is_name_part(label) or definition(label):
        return True
    if any(squeezed(name) == squeezed(label) for name in known) or any(guesses(label, known)):
        return True
    if times == inside[voice_of(label)]:
        return times >= _OFTEN and is_capitalised(label)
    return times >= _OFTEN or (times > 1 and (is_capitalised(label) or len(label.split()) == 1))


def _is_rare_name(mark: LabelMatch, begins: int | None, spelled: Sequence[str], *, dense: bool) -> bool:
    """Whether a label that occurs once is a name: below the first sure one, and written as a name or like a sure one.

    One word alone counts as a name only if nearly every paragraph has a label (`dense`).
    """
    label = mark.label
    if begins is not None and mark.line.number < begins:
        return False
    if begins is not None and any(guesses(label, spelled)):
        return True
    if mark.strength is not Strength.RETURNS and has_certain_office(label):
        return True
    if mark.strength is Strength.RETURNS or "," in label:
        return False
    if not may_be_chinese_name(label):
        return False
    several = dense or len(label.split()) > 1 or len(label) <= _OFTEN
    return is_capitalised(label) and (is_initials(label) or several)
