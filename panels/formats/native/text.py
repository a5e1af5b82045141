"""Read plain text written by `text_write`. Other text is read by the other modules."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from panels.formats.base import Format, FormatError, Source
from panels.formats.lossiness import clean, with_turns
from panels.formats.native import text_write
from panels.formats.native.text_write import HANGING, INTRODUCTION, NAME, QUESTION, RULE, SIGNED, UNASKED, UNKNOWN
from panels.formats.structure.cues import TIME
from panels.formats.structure.metadata_lines import (
    about_lines,
    clock,
    closing_lines,
    named,
    one_line,
    shown_name,
    take,
    time_of,
)
from panels.formats.structure.outline import Outline
from panels.formats.wording import gettext_noop
from panels.transcript import Attribution, Transcript, Turn, Unread

_STRING = r'"(?:[^"\\]|\\.)*"'
_NAMED = rf"(?P<name>{_STRING}|{NAME.pattern}?)"
_TIMED = rf"(?: \[(?P<time>{TIME.pattern})\])?:(?: (?P<text>.*))?"
_ASKED = re.compile(rf"{QUESTION} \d+(?P<follow_up> \(follow-up\))?(?:, {_NAMED})?{_TIMED}")
_SPOKEN = re.compile(rf"{_NAMED}{_TIMED}")
_NOBODY = re.compile(rf"{UNKNOWN}(?: \((?P<label>.+)\))?")
_INTRODUCED = re.compile(rf"{INTRODUCTION}:(?: (?P<text>.*))?")

Block = tuple[int, list[str]]


def recognises(source: Source) -> float:
    """1 if the last lines are Panels' signature."""
    return 1.0 if SIGNED.encode() in source.raw[-200:] and source.text.rstrip().endswith(f"\n{SIGNED}") else 0.0


def read(source: Source) -> Transcript:
    """The transcript that was written; text that somebody inserted is kept in place."""
    reading = _TextReading()
    blocks = _blocks(source.lines)
    body = next((index + 1 for index, (_, lines) in enumerate(blocks) if lines == [RULE]), 0)
    for block in blocks[: max(body - 1, 0)]:
        reading.head(*block)
    for number, lines in blocks[body:]:
        if lines[0] == RULE:
            reading.known(number + 1, [line for line in lines[1:] if line != SIGNED])
        else:
            reading.body_block(number, lines)
    reading.close()
    return replace(reading.transcript, exchanges=reading.outline.exchanges(), unread=tuple(reading.unread))


def _blocks(lines: Sequence[str]) -> list[Block]:
    """The blocks that begin at the margin after a blank line, with their indented lines."""
    blocks: list[Block] = []
    before = ""
    for number, line in enumerate(lines, start=1):
        if not blocks or (line and not line[0].isspace() and not before):
            blocks.append((number, []))
        blocks[-1][1].append(line)
        before = line
    for _, block in blocks:
        while len(block) > 1 and not block[-1]:
            del block[-1]
    return blocks


@dataclass
class _TextReading:
    transcript: Transcript = field(default_factory=Transcript)
    outline: Outline = field(default_factory=Outline)
    unread: list[Unread] = field(default_factory=list)
    turn: Turn | None = None
    asked: re.Match[str] | None = None  # the open turn is a question

    def head(self, number: int, lines: list[str]) -> None:
        """Read a block of the head."""
        introduced = _INTRODUCED.fullmatch(lines[0])
        if len(lines) > 1 and lines[1].startswith("=") and not lines[1].strip("="):
            self.transcript = replace(self.transcript, title=lines[0].strip())
        elif introduced:
            self.transcript = replace(self.transcript, introduction=_hung(introduced["text"], lines[1:]))
        else:
            self.known(number, lines)

    def known(self, number: int, lines: list[str]) -> None:
        """Read lines of metadata."""
        self.transcript, left = take(self.transcript, lines)
        self.unread += [
            Unread(line=number, text=line, reason=gettext_noop("unknown field")) for line in left if line.strip()
        ]

    def body_block(self, number: int, lines: list[str]) -> None:
        """Read a block of the body."""
        asked, spoken = _ASKED.fullmatch(lines[0]), _SPOKEN.fullmatch(lines[0])
        found = asked or spoken
        if found:
            self.close()
            self.asked = asked
            fields = {**_fields(found["name"] or "", number), "time": time_of(found["time"] or ""), "line": number}
            self.turn = Turn(text=_hung(found["text"], lines[1:]), **fields)
        elif lines == [UNASKED]:
            self.close()
            self.outline.question(None)
        elif self.turn:
            self.turn = replace(self.turn, text="\n\n".join((self.turn.text, _hung(lines[0], lines[1:]))))
        elif any(lines):
            self.unread.append(Unread(line=number, text="\n".join(lines), reason=gettext_noop("outside any turn")))

    def close(self) -> None:
        """End the open turn."""
        if self.turn:
            (self.outline.question if self.asked else self.outline.answer)(self.turn)
        if self.asked and self.asked["follow_up"]:
            self.outline.follow_up()
        self.turn = self.asked = None


def _hung(first: str | None, rest: Sequence[str]) -> str:
    return "\n".join((first or "", *(line.removeprefix(HANGING) for line in rest)))


def _fields(shown: str, line: int) -> dict[str, Any]:
    nobody = _NOBODY.fullmatch(shown)
    if nobody:
        label = nobody["label"] and _unquoted(nobody["label"], line)
        return {"label": label, "speaker": None, "attribution": Attribution.UNKNOWN}
    return named(_unquoted(shown, line))


def _unquoted(name: str, line: int) -> str:
    if not name.startswith('"'):
        return name
    try:
        return str(json.loads(name))
    except ValueError as fault:
        advice = gettext_noop("Write it as a JSON string, or without quotation marks.")
        raise FormatError(gettext_noop("A quoted name is not closed."), line=line, advice=advice) from fault


def preserved(transcript: Transcript) -> Transcript:
    """A transcript as plain text preserves it: the text unchanged, the names and times before it, and the metadata."""
    taken, _ = take(Transcript(), (*about_lines(transcript), *closing_lines(transcript)))
    exchanges = tuple(
        replace(exchange, follow_up=exchange.follow_up and exchange.question is not None)
        for exchange in transcript.exchanges
    )
    shown = with_turns(replace(transcript, exchanges=exchanges), _shown)
    introduction = _text(transcript.introduction) if transcript.introduction.strip() else ""
    return replace(taken, title=one_line(transcript.title), introduction=introduction, exchanges=shown.exchanges)


def _shown(turn: Turn) -> Turn:
    time = None if turn.time is None else time_of(clock(turn.time))
    shown = Turn(text=_text(turn.text), time=time, **named(shown_name(turn)))
    if turn.speaker is None and turn.label:
        return replace(shown, label=one_line(turn.label), speaker=None, attribution=Attribution.UNKNOWN)
    return shown


def _text(text: str) -> str:
    return clean(text).strip("\n")


FORMAT = Format(
    name="text",
    suffix=".txt",
    media_type="text/plain; charset=utf-8",
    recognises=recognises,
    read=read,
    write=text_write.write,
    stream=text_write.stream,
    preserved=preserved,
)
