"""Read tables with a column for the speaker and one for the text: CSV, or separated by semicolons or tabs.

An empty speaker cell continues with the previous speaker, unless the table repeats the name on neighbouring rows: then
an empty cell means an unknown speaker. Unrecognised columns are kept as unread.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise

from panels.formats.base import Format, FormatError
from panels.formats.limits import check_count, in_force, timed
from panels.formats.parsing.richtext import plain_paragraphs
from panels.formats.speakers.people import People, named, turn
from panels.formats.structure.cues import TIME, seconds
from panels.formats.structure.outline import Outline
from panels.transcript import Transcript, Unread

_SPEAKER = (
    "speaker",
    "speakers",
    "speaker name",
    "speaker_name",
    "name",
    "who",
    "person",
    "participant",
    "voice",
)
_WORDS = (
    "words", "text", "transcript", "utterance", "content", "dialogue", "speech", "quote", "line",
    "message", "statement", "transcription", "body",
)  # fmt: skip
_TIME = (
    "timestamp", "timecode", "time", "start", "start time", "start_time", "start_s", "starttime", "begin",
    "in", "tc in",
)  # fmt: skip
_TAGS = ("tags", "tag", "subjects", "keywords")
_DELIMITERS = ",;\t|"
_SECONDS = re.compile(r"\d{1,6}(?:\.\d{1,9})?")
_RULE = re.compile(r"\s*:?-{3,}:?\s*")


@dataclass(frozen=True, slots=True)
class _CsvRow:
    line: int
    speaker: str
    words: str
    time: float | None
    tags: tuple[str, ...]


def matches(text: str) -> bool:
    """Whether the first line names a column for the speaker and one for the text, and rows follow."""
    delimiter, header = _header(text)
    return _columns(header) is not None and delimiter in text[:100_000].partition("\n")[2]


def read(text: str) -> Transcript:
    """Read a table. Raises FormatError if the rows cannot be told apart."""
    delimiter, header = _header(text)
    columns = _columns(header) or {}
    table = _Table(columns, list(header))
    try:
        table.take(csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=delimiter))
    except csv.Error as fault:
        raise FormatError(
            f"The table cannot be read: {fault}.", line=table.line, advice="Close the quotation marks there."
        ) from fault
    return table.transcript()


def _header(text: str) -> tuple[str, list[str]]:
    first = text.lstrip("\ufeff").partition("\n")[0].strip("\r")[:2000]
    delimiter = max(_DELIMITERS, key=first.count)
    return delimiter, [cell.strip(" \"'").lower() for cell in first.split(delimiter)]


def _columns(header: list[str]) -> dict[str, int] | None:
    """The index of each known column, if there are a speaker and a text."""
    wanted = {"speaker": _SPEAKER, "words": _WORDS, "time": _TIME, "tags": _TAGS}
    columns = {
        role: next(header.index(name) for name in names if name in header)
        for role, names in wanted.items()
        if any(name in header for name in names)
    }
    return columns if {"speaker", "words"} <= columns.keys() and len(header) > 1 else None


@dataclass
class _Table:
    columns: dict[str, int]
    header: list[str]
    line: int = 1
    rows: list[_CsvRow] = field(default_factory=list)
    others: dict[str, list[tuple[int, str]]] = field(default_factory=dict)

    def take(self, cells: Iterator[list[str]]) -> None:
        """Read the rows below the header."""
        next(cells, None)
        count = 0
        for row in timed(cells):
            count += len(row)
            check_count(count, in_force().elements, "cells", line=self.line)
            self.line += 1
            if not all(_RULE.fullmatch(cell) for cell in row if cell.strip()):
                self._row(row)
            self.line += sum(cell.count("\n") for cell in row)

    def _row(self, cells: list[str]) -> None:
        def cell(role: str) -> str:
            index = self.columns.get(role, len(cells))
            return cells[index].strip() if index < len(cells) else ""

        clock = cell("time").strip("[]()s ")
        found = TIME.fullmatch(clock) or _SECONDS.fullmatch(clock)
        tags = tuple(tag.strip() for tag in re.split(r"[;,|]", cell("tags")) if tag.strip())
        time = seconds(found[0]) if found else None
        speaker = cell("speaker").rstrip(" :：")
        if cell("words"):
            self.rows.append(_CsvRow(self.line, speaker, cell("words"), time, tags))
        known = {self.columns[role] for role in ("speaker", "words", "tags") if role in self.columns}
        known |= {self.columns["time"]} if found and ":" in clock else set()
        for index, value in enumerate(cells):
            if value.strip() and (index not in known or not cell("words")):
                name = self.header[index] if index < len(self.header) else str(index + 1)
                self.others.setdefault(name, []).append((self.line, value.strip()))

    def transcript(self) -> Transcript:
        """The rows as turns."""
        every = any(a.speaker and a.speaker == b.speaker for a, b in pairwise(self.rows))
        outline, people = Outline(), People()
        groups: list[list[_CsvRow]] = []
        for row in self.rows:
            if groups and not row.speaker and not every:
                groups[-1].append(row)
            else:
                groups.append([row])
        for first, *rest in groups:
            name = named(first.speaker)
            people.speaks(name)
            text = "\n\n".join(plain_paragraphs(row.words) for row in (first, *rest))
            spoken = turn(text, name, label=first.speaker or None, time=first.time, line=first.line)
            outline.answer(replace(spoken, tags=first.tags))
        unread = [
            Unread(line=values[0][0], text="\n".join(value for _, value in values), reason=f"column “{name}”")
            for name, values in self.others.items()
        ]
        return Transcript(panelists=people.panelists(), exchanges=outline.exchanges(), unread=tuple(unread))


FORMAT = Format(
    name="csv",
    suffix=".csv",
    media_type="text/csv; charset=utf-8",
    recognises=lambda source: 0.92 if matches(source.text) else 0.0,
    read=lambda source: read(source.text),
)
