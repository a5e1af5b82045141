"""Group turns into exchanges under their questions.

The grouping rule: **headings and a moderator's questions open an exchange; interjections do not.**

* A heading opens one, and is nobody's turn. Text below it without a label belongs to the previous turn, and then
  the heading is in that turn's text, where it was in the source.
* A question without a known asker (`Q - ` among turns with names) opens one as a heading does.
* A turn labelled as a question (`Q:`, `问：`, `Audience:`) opens one.
* A turn of the moderator opens one if it asks something: it has a question mark in its last paragraph and more than
  a few words. It does not if the heading above it has no turn yet.
* Everything else answers the latest question. Words before the first question answer None.

The source names the moderator (a role in the list, a label "Moderator"); otherwise it is the first speaker, if they ask
in most of their turns and nobody else does.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from panels.formats.speakers.names import asks, is_chair
from panels.transcript import Exchange, PanelMember, Role, Turn

_ASKED = re.compile(r"[?？]")
_FEW_WORDS = 4
_FEW_SIGNS = 8  # for languages without spaces
_MOSTLY = 0.4
_SEVERAL = 3


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading among turns."""

    text: str
    line: int


@dataclass
class _OpenGroup:
    question: Turn | None
    answers: list[Turn] = field(default_factory=list)
    waits: bool = False  # a heading without a turn yet


def grouped(items: Sequence[Turn | Heading], panelists: Iterable[PanelMember] = ()) -> tuple[Exchange, ...]:
    """Exchanges of headings and turns, by the rule above."""
    leads = _leads([item for item in items if isinstance(item, Turn)], panelists)
    opened: list[_OpenGroup] = []
    for item in items:
        if isinstance(item, Heading):
            opened.append(_OpenGroup(Turn(text=item.text, line=item.line), waits=True))
        elif _opens(item, leads, waiting=bool(opened) and opened[-1].waits):
            opened.append(_OpenGroup(item))
        else:
            if not opened:
                opened.append(_OpenGroup(None))
            opened[-1].answers.append(item)
            opened[-1].waits = False
    return tuple(Exchange(question=entry.question, answers=tuple(entry.answers)) for entry in opened)


def _opens(turn: Turn, leads: set[str], *, waiting: bool) -> bool:
    label = turn.label or ""
    if label and asks(label):
        return not waiting
    leading = is_chair(label) or _voice(turn) in leads
    return leading and not waiting and is_question(turn.text)


def is_question(text: str) -> bool:
    """Whether a text asks something, and is more than an interjection such as `Really?`."""
    last = text.rsplit("\n\n", 1)[-1]
    enough = len(text.split()) > _FEW_WORDS or (not text.isascii() and len(text) > _FEW_SIGNS)
    return enough and bool(_ASKED.search(last))


def _voice(turn: Turn) -> str:
    return turn.speaker or turn.label or ""


def _may_be(turn: Turn) -> set[str]:
    return {candidate.name for candidate in turn.candidates}


def _leads(turns: Sequence[Turn], panelists: Iterable[PanelMember]) -> set[str]:
    stated = {person.name for person in panelists if person.role in (Role.MODERATOR, Role.HOST)}
    if stated or not turns:
        return stated | {_voice(turn) for turn in turns if turn.candidates and _may_be(turn) <= stated}
    spoken = Counter(map(_voice, turns))
    asked = Counter(_voice(turn) for turn in turns if is_question(turn.text))
    first = _voice(turns[0])
    often = [name for name in spoken if name and spoken[name] >= _SEVERAL and asked[name] >= _MOSTLY * spoken[name]]
    return {first} if often == [first] else set()
