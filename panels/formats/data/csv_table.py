"""Read tables with a column for the speaker or the time and one for the text: CSV, semicolons, tabs, or Markdown.

Without a column for the speaker, each row is a passage, unless the rows have ends: those of a recogniser are cut
anywhere, and are one text. An empty speaker cell continues with the previous speaker, unless the table repeats the name
on neighbouring rows: then an empty cell means an unknown speaker. Unrecognised columns are kept as unread.
"""

from __future__ import annotations

import csv
import io
import re
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from panels.formats.base import Format, FormatError
from panels.formats.limits import check_count, in_force, timed
from panels.formats.parsing.richtext import plain_paragraphs
from panels.formats.parsing.times import seconds_of
from panels.formats.speakers.people import People, named, turn
from panels.formats.structure.cues import TIME, seconds
from panels.formats.structure.outline import Outline
from panels.formats.wording import gettext_noop
from panels.transcript import Transcript, Unread

_COLUMN = gettext_noop("column “%(name)s”")
_UNREADABLE = gettext_noop("The table cannot be read: %(fault)s.")
_CELLS = gettext_noop("The file has more than %(most)s cells.")

_SPEAKERS = """
    speaker speakers speaker_name speaker_label speakername name who person participant voice sprecher sprecherin redner
    orateur locuteur intervenant hablante orador ponente interlocutor oratore parlante spreker mówca
    спикер говорящий участник докладчик имя ομιλητής المتحدث المتكلم דובר
    发言人 發言人 说话人 說話人 说话者 讲话人 姓名 名字 人物 嘉宾 話者 発言者 発話者 氏名 화자 발언자 이름
"""
_SPOKEN = """
    words text transcript utterance content dialogue speech quote line message statement transcription body sentence
    caption subtitle wortlaut inhalt transkript äußerung texte contenu texto contenido transcripción testo tekst
    текст реплика высказывание содержание κείμενο النص الكلام טקסט
    内容 內容 文本 文字 发言 發言 发言内容 發言內容 原文 字幕 発言 発言内容 発話 テキスト 본문 내용 발언 텍스트
"""
_TIMES = """
    timestamp timecode time start start_time start_s starttime begin in zeit zeitstempel beginn temps horodatage début
    tiempo inicio tempo inizio время начало ώρα الوقت زمن זמן
    时间 時間 时间戳 時間戳 开始 開始 开始时间 開始時間 時刻 시간 시작
"""
_SPEAKER = (*_SPEAKERS.split(), "speaker name", "speaker label")
_WORDS = tuple(_SPOKEN.split())
_TIME = (*_TIMES.split(), "start time", "tc in", "time in", "in point")
_END = ("end", "end time", "end_time", "endtime", "stop", "out", "tc out", "time out", "out point", "duration")
_TAGS = ("tags", "tag", "subjects", "keywords")
_DELIMITERS = ",;\t|"
_SECONDS = re.compile(r"\d{1,6}(?:\.\d{1,9})?")
_LONGEST_ROW = 100  # seconds
_MOST_ABOVE = 60  # lines above a table
_RULE = re.compile(r"\s*:?-{3,}:?\s*")


@dataclass(frozen=True, slots=True)
class _CsvRow:
    line: int
    speaker: str
    words: str
    time: float | None
    end: float | None
    tags: tuple[str, ...]


def matches(text: str) -> bool:
    """Whether there is a line that names columns for the text and for the speaker or the time, with rows below it."""
    table = _table(text)
    delimiter, header = _header(table.text)
    return _columns(header) is not None and delimiter in table.text[:100_000].partition("\n")[2]


def read(text: str) -> Transcript:
    """Read a table. Raises FormatError if the rows cannot be told apart."""
    found = _table(text)
    delimiter, header = _header(found.text)
    columns = _columns(header) or {}
    table = _Table(columns, list(header), line=found.line)
    try:
        table.take(csv.reader(io.StringIO(found.text, newline=""), delimiter=delimiter))
    except csv.Error as fault:
        raise FormatError(
            _UNREADABLE % {"fault": fault}, line=table.line, advice=gettext_noop("Close the quotation marks there.")
        ) from fault
    return replace(table.transcript(), title=found.title, introduction=found.introduction)


@dataclass(frozen=True, slots=True)
class _TableText:
    """A table, the number of its first line, and what stands above it in Markdown."""

    text: str
    line: int = 1
    title: str = ""
    introduction: str = ""


def _table(text: str) -> _TableText:
    """The table of a text: all of it, or a table in Markdown with a heading and an introduction above it."""
    text = text.lstrip("\ufeff")
    lines = text[:100_000].split("\n")
    first = next((at for at, line in enumerate(lines[:_MOST_ABOVE]) if line.startswith("|")), 0)
    ruled = first + 1 < len(lines) and all(map(_RULE.fullmatch, lines[first + 1].strip().strip("|").split("|")))
    rows = text.split("\n")[first:]
    if not first or not ruled or any(row.strip() and not row.startswith("|") for row in rows):
        return _TableText(text)
    above = [line for line in lines[:first] if line.strip()]
    title = above.pop(0).lstrip("# ").strip() if above and above[0].startswith("#") else ""
    return _TableText("\n".join(rows), first + 1, title, "\n\n".join(above))


def _header(text: str) -> tuple[str, list[str]]:
    first = text.partition("\n")[0].strip("\r")[:2000]
    delimiter = max(_DELIMITERS, key=first.count)
    return delimiter, [cell.strip(" \"'").lower() for cell in first.split(delimiter)]


def _columns(header: list[str]) -> dict[str, int] | None:
    """The index of each known column, if there are a text and a speaker or a time."""
    wanted = {"speaker": _SPEAKER, "words": _WORDS, "time": _TIME, "tags": _TAGS, "end": _END}
    columns = {
        role: next(header.index(name) for name in names if name in header)
        for role, names in wanted.items()
        if any(name in header for name in names)
    }
    told = "words" in columns and ("speaker" in columns or "time" in columns)
    return columns if told and len(header) > 1 else None


def speaker_column(header: Sequence[str]) -> int | None:
    """The index of the column for the speaker, if a row names it and one for the words."""
    columns = _columns([cell.strip(" \"'").lower() for cell in header])
    return columns.get("speaker") if columns else None


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
            check_count(count, in_force().elements, _CELLS, line=self.line)
            self.line += 1
            if not all(_RULE.fullmatch(cell) for cell in row if cell.strip()):
                self._row(row)
            self.line += sum(cell.count("\n") for cell in row)

    def _row(self, cells: list[str]) -> None:
        def cell(role: str) -> str:
            index = self.columns.get(role, len(cells))
            return cells[index].strip() if index < len(cells) else ""

        time, end = _seconds(cell("time")), _seconds(cell("end"))
        tags = tuple(tag.strip() for tag in re.split(r"[;,|]", cell("tags")) if tag.strip())
        speaker = cell("speaker").rstrip(" :：")
        if cell("words"):
            self.rows.append(_CsvRow(self.line, speaker, cell("words"), time, end, tags))
        known = {self.columns[role] for role in ("speaker", "words", "tags") if role in self.columns}
        if time is not None and (":" in cell("time") or end is not None):
            known |= {self.columns[role] for role in ("time", "end") if role in self.columns}
        for index, value in enumerate(cells):
            if value.strip() and (index not in known or not cell("words")):
                name = self.header[index] if index < len(self.header) else str(index + 1)
                self.others.setdefault(name, []).append((self.line, value.strip()))

    def transcript(self) -> Transcript:
        """The rows as turns."""
        every = any(a.speaker and a.speaker == b.speaker for a, b in pairwise(self.rows))
        passages = "speaker" not in self.columns and "end" not in self.columns
        outline, people = Outline(), People()
        groups: list[list[_CsvRow]] = []
        for row in _in_seconds(self.rows):
            if groups and not row.speaker and not every and not passages:
                groups[-1].append(row)
            else:
                groups.append([row])
        for first, *rest in groups:
            called = named(first.speaker)
            name = called and people.met(called, first.speaker)
            spoken = turn(
                self._text((first, *rest)), name, label=first.speaker or None, time=first.time, line=first.line
            )
            outline.answer(replace(spoken, tags=first.tags))
        unread = [
            Unread(line=values[0][0], text="\n".join(value for _, value in values), reason=_COLUMN % {"name": name})
            for name, values in self.others.items()
        ]
        return Transcript(panelists=people.panelists(), exchanges=outline.exchanges(), unread=tuple(unread))

    def _text(self, rows: Sequence[_CsvRow]) -> str:
        """The text of rows: paragraphs, or one if they are what a recogniser cut."""
        if "speaker" in self.columns or "end" not in self.columns:
            return "\n\n".join(plain_paragraphs(row.words) for row in rows)
        return plain_paragraphs(" ".join(row.words.strip() for row in rows))


def _seconds(cell: str) -> float | None:
    clock = cell.strip("[]() ").removesuffix("s").strip()
    if TIME.fullmatch(clock):
        return seconds(clock)
    return float(clock) if _SECONDS.fullmatch(clock) else seconds_of(cell)


def _in_seconds(rows: Sequence[_CsvRow]) -> Sequence[_CsvRow]:
    """The rows with their times in seconds: Whisper writes milliseconds, which rows of 100 seconds give away."""
    lengths = [row.end - row.time for row in rows if row.end is not None and row.time is not None]
    if not lengths or statistics.median(lengths) < _LONGEST_ROW:
        return rows
    return [replace(row, time=None if row.time is None else row.time / 1000) for row in rows]


FORMAT = Format(
    name="csv",
    suffix=".csv",
    media_type="text/csv; charset=utf-8",
    recognises=lambda source: 0.92 if matches(source.text) else 0.0,
    read=lambda source: read(source.text),
    finds_date=True,
)
