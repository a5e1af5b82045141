"""Find lines within a dialogue that may begin with another speaker's name, so that nobody's words go to somebody else.

A whole name before a colon may be a person who speaks once, or a term that the speaker explains: the words stay where
they are, and the line is listed. A whole name in the form of the names around it, alone on its line or in brackets,
begins a turn that keeps the label and is nobody's until an editor says whose. In a shape of which most paragraphs have
a label, so does every label.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from panels.formats.limits import timed
from panels.formats.parsing.text_lines import Line, LineKind
from panels.formats.speakers.described import is_titled_name, is_whole_name, names_who_holds_it
from panels.formats.speakers.label_patterns import LabelMatch, Strength
from panels.formats.speakers.people_labels import is_person
from panels.formats.wording import gettext_noop
from panels.transcript import Unread

_ENDS = (".", "。", "?", "？", "!", "！", "…", "”", '"', "؟", "।")
_SEVERAL = 2
DOUBT = gettext_noop("may be another speaker; kept with the words above")


def doubts_within(found: Sequence[LabelMatch], marks: Sequence[LabelMatch], lines: Sequence[Line]) -> list[Unread]:
    """The lines in the form of labels that are not accepted, below the first that is, whose label may be a person."""
    accepted = {mark.line.number for mark in marks}
    first = min((mark.line.number for mark in marks if mark.label), default=None)
    weak = {mark.line.number for mark in _in_weak_form(found, marks, lines)}
    return [
        Unread(line=mark.line.number, text=mark.line.raw.strip(), reason=DOUBT)
        for mark in timed(found)
        if first is not None
        and mark.line.number > first
        and mark.line.number not in accepted
        and (mark.line.number in weak or _may_speak(mark))
    ]


def lone_names(found: Sequence[LabelMatch], marks: Sequence[LabelMatch], lines: Sequence[Line]) -> list[LabelMatch]:
    """The marks, with those of whole names that occur once in a form that counts only if a label returns."""
    lone = [
        replace(mark, nobody=not names_who_holds_it(mark.label))
        for mark in _in_weak_form(found, marks, lines)
        if is_whole_name(mark.label)
    ]
    return sorted((*marks, *lone), key=lambda mark: mark.line.number)


def _in_weak_form(found: Sequence[LabelMatch], marks: Sequence[LabelMatch], lines: Sequence[Line]) -> list[LabelMatch]:
    """The labels before a sentence that occur once, in the form of several that count only because they return."""
    weak = [mark for mark in marks if mark.label and mark.strength is Strength.RETURNS and not mark.nobody]
    if len(weak) < _SEVERAL:
        return []
    accepted = {mark.line.number for mark in marks}
    forms = {_form_of(mark) for mark in weak}
    apart = all(mark.line.apart for mark in weak[1:])
    below = {line.number: after for line, after in pairwise(lines)}
    gapped = all(after.blank_before for mark in weak if (after := below.get(mark.line.number)))
    return [
        mark
        for mark in timed(found)
        if weak[0].line.number < mark.line.number
        and mark.line.number not in accepted
        and mark.strength is Strength.RETURNS
        and _form_of(mark) in forms
        and (mark.line.apart or not apart)
        and is_person(mark.label)
        and _has_sentence(mark, below.get(mark.line.number), gapped=gapped)
    ]


def others(found: Sequence[LabelMatch], marks: Sequence[LabelMatch]) -> list[LabelMatch]:
    """The marks, with all other labels before a sentence below the first: turns that are nobody's.

    Where paragraphs are set apart, only those at the beginning of one.
    """
    labelled = [mark for mark in marks if mark.label]
    if not labelled:
        return list(marks)
    accepted = {mark.line.number for mark in marks}
    apart = any(mark.line.blank_before for mark in labelled[1:])
    more = [
        replace(mark, nobody=True)
        for mark in timed(found)
        if labelled[0].line.number < mark.line.number
        and mark.line.number not in accepted
        and (mark.line.blank_before or not apart)
        and mark.text.rstrip("*_ ").endswith(_ENDS)
    ]
    return sorted((*marks, *more), key=lambda mark: mark.line.number)


def _form_of(mark: LabelMatch) -> tuple[bool, LineKind, int, str]:
    """What the form of a label looks like: with words on its line or not, a heading, brackets."""
    sign = mark.line.text[:1] if mark.line.text[:1] in "[【" else "\t" if "\t" in mark.line.text else ""
    return bool(mark.text), mark.line.kind, mark.line.level, sign


def _has_sentence(mark: LabelMatch, below: Line | None, *, gapped: bool) -> bool:
    """Whether a sentence follows: on the line, below a heading, or right below, unless all names have a `gap` below."""
    if mark.text:
        return mark.text.endswith(_ENDS)
    headed = mark.line.kind is LineKind.HEADING
    fits = below is not None and below.kind is LineKind.WORDS and (headed or gapped or not below.blank_before)
    return fits and below is not None and below.text.endswith(_ENDS)


def _may_speak(mark: LabelMatch) -> bool:
    """Whether a label may be a person who says the sentence after it."""
    if mark.strength is Strength.RETURNS or not mark.text.endswith(_ENDS) or not is_person(mark.label):
        return False
    return is_titled_name(mark.label) or is_whole_name(mark.label)
