"""Write a session as plain text, to read anywhere and to paste: names before the text, blank lines between.

Every part of the session begins at the margin, and its further lines are indented. Texts stay Markdown, which is
meant to be readable as it is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from panels.formats.lossiness import clean
from panels.formats.structure.metadata_lines import about_lines, clock, closing_lines, one_line, shown_name
from panels.transcript import Exchange, Transcript, Turn

UNKNOWN = "Unknown speaker"  # in place of a missing name: without it, text would seem to be the previous speaker's
INTRODUCTION = "Introduction"
QUESTION = "Question"
UNASKED = "* * *"  # the following answers no question
RULE = "-----"
SIGNED = "Plain text written by Panels"
HANGING = "    "
_LINE = 72  # characters
# A name that needs no quotation marks: only evidence in brackets may contain a colon.
NAME = re.compile(r"""(?!["(])(?:[^():\[\]\n]|\([^()\[\]\n]*\))+""")
_IN_BRACKETS = re.compile(r"""(?!")[^()\[\]\n]+""")
_BRACKET = re.compile(r"[()\[\]]")
_TAKEN = re.compile(rf"{UNKNOWN}.*|{INTRODUCTION}|{QUESTION}[ ,(].*")


def write(transcript: Transcript) -> str:
    """The whole text."""
    return "".join(stream(transcript))


def stream(transcript: Transcript) -> Iterator[str]:
    """The text in pieces: the head, each exchange, the closing lines. Rules separate the three."""
    title = one_line(transcript.title)
    introduction = transcript.introduction
    head = [
        f"{title}\n{'=' * min(len(title), _LINE)}" if title else "",
        "\n".join(about_lines(transcript)),
        hanging(f"{INTRODUCTION}: ", introduction) if introduction.strip() else "",
    ]
    if any(head):
        yield "".join(f"{block}\n\n" for block in (*head, RULE) if block)
    for number, exchange in enumerate(transcript.exchanges, start=1):
        yield "".join(f"{block}\n\n" for block in _blocks(exchange, number, first=number == 1))
    yield "\n".join((RULE, *closing_lines(transcript), SIGNED)) + "\n"


def hanging(head: str, text: str) -> str:
    """A head and a text whose further lines are indented."""
    first, *rest = clean(text).strip("\n").split("\n")
    return "\n".join((f"{head}{first}" if first else head.rstrip(), *(line and f"{HANGING}{line}" for line in rest)))


def _blocks(exchange: Exchange, number: int, *, first: bool) -> Iterator[str]:
    question = exchange.question
    if question:
        follow_up = " (follow-up)" if exchange.follow_up else ""
        yield hanging(f"{QUESTION} {number}{follow_up}{_asked_by(question)}: ", question.text)
    elif not first or not exchange.answers:
        yield UNASKED
    for answer in exchange.answers:
        yield hanging(f"{_name(answer) or UNKNOWN}{_time(answer)}: ", answer.text)


def _asked_by(question: Turn) -> str:
    name = _name(question)
    return (f", {name}" if name else "") + _time(question)


def _name(turn: Turn) -> str:
    """The speaker; an unresolved label in brackets, and an unusual name in quotation marks."""
    if turn.speaker is None and turn.label:
        return f"{UNKNOWN} ({label_shown(turn.label)})"
    name = shown_name(turn)
    plain = not name or (NAME.fullmatch(name) and not _TAKEN.fullmatch(name))
    return name if plain else json.dumps(name, ensure_ascii=False)


def label_shown(label: str) -> str:
    """A label in brackets; an unusual one in quotation marks, without brackets of its own."""
    label = one_line(label)
    if _IN_BRACKETS.fullmatch(label):
        return label
    return _BRACKET.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(label, ensure_ascii=False))


def _time(turn: Turn) -> str:
    return f" [{clock(turn.time)}]" if turn.time is not None else ""
