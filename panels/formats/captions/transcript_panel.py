"""Read transcripts copied from a video page: a time on one line, the text below it, and so on.

YouTube, Vimeo and other players show them like this. No speaker is named; each passage keeps its time. What Whisper
prints, `[00:00.000 --> 00:02.500]  text`, is one text: it is cut anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from panels.formats.base import Format, Source
from panels.formats.limits import timed
from panels.formats.parsing.richtext import escape
from panels.formats.parsing.spacing import joined
from panels.formats.speakers.people import turn
from panels.formats.structure.cues import seconds
from panels.formats.structure.outline import Outline
from panels.formats.wording import gettext_noop
from panels.transcript import Transcript, Unread

_TIME = re.compile(r"\s*\[?\(?((?:\d{1,2}:)?\d{1,2}:\d{2})\)?\]?\s*")
_RANGED = re.compile(
    r"\s*\[?(?P<time>(?:\d{1,2}:)?\d{1,2}:\d{2}[.,]\d{3})\s+-->\s+[\d:.,]{5,12}\]?\s+"
    r"(?P<text>(?!\W*[\w .()-]{1,40}[\]:：]).+)"
)
_UNIT = (
    r"(?:hours?|minutes?|seconds?|hrs?|mins?|secs?|Stunden?|Minuten?|Sekunden?|heures?|horas?|minutos?|segundos?|"
    r"secondes?|小时|小時|分钟|分鐘|分|秒钟|秒鐘|秒|時間|часов|часа|час|минут[аы]?|секунд[аы]?)"
)
_SPOKEN_TIME = re.compile(
    rf"\s*\d{{1,2}}\s?{_UNIT}(?:,?\s*(?:and |und |et |y )?\d{{1,2}}\s?{_UNIT}){{0,2}}\s*", re.IGNORECASE
)
_FURNITURE = re.compile(
    r"\s*(?:transcript|search (?:in video|transcript)|sync to video time|show transcript|.{2,30} \(auto-generated\)|"
    r"字幕|文字稿|转录|轉錄|内容转文字|transkript|transcription|transcripción)\s*",
    re.IGNORECASE,
)
_CHAPTER = re.compile(r"\s*(?:chapter \d{1,3}: |第\d{1,3}章[：:]\s*)\S.*", re.IGNORECASE)
_NAMED = re.compile(r"[^:：\n]{1,40}[:：]\s*\S")
_SEVERAL = 3
_MOSTLY = 0.5
_HEAD = 4  # lines before the first time
_LONGEST = 400  # characters of a passage


@dataclass
class _Passage:
    time: float
    line: int
    lines: list[str] = field(default_factory=list)


def recognises(source: Source) -> float:
    """1 if increasing times and short passages alternate from the first lines to the last, else 0."""
    lines = [line for line in source.lines if line.strip()]
    if len(lines) >= _SEVERAL and all(map(_RANGED.fullmatch, lines)):
        return 0.93
    at = [number for number, line in enumerate(timed(lines)) if _TIME.fullmatch(line)]
    if len(at) < _SEVERAL or at[0] > _HEAD or not all(_may_precede(line) for line in lines[: at[0]]):
        return 0.0
    between = [
        [line for line in lines[one + 1 : other] if not _is_furniture(line)]
        for one, other in zip(at, [*at[1:], len(lines)], strict=True)
    ]
    regular = all(1 <= len(words) <= 2 and len(words[0]) <= _LONGEST for words in between[:-1])  # noqa: PLR2004
    named = sum(1 for words in between if words and _NAMED.match(words[0]))
    if named >= _MOSTLY * len(at):
        return 0.0  # a time above each label is another format
    times = [_time_of(lines[number]) for number in at]
    return 0.93 if regular and times == sorted(times) and len(set(times)) == len(times) else 0.0


def _may_precede(line: str) -> bool:
    return _is_furniture(line) or bool(_CHAPTER.fullmatch(line))


def _is_furniture(line: str) -> bool:
    return bool(_SPOKEN_TIME.fullmatch(line) or _FURNITURE.fullmatch(line) or _CHAPTER.fullmatch(line))


def _time_of(line: str) -> float:
    found = _TIME.fullmatch(line)
    return seconds(found[1]) if found else 0.0


def read(source: Source) -> Transcript:
    """Read the passages; chapters are headings."""
    ranged = [found for line in timed(source.lines) if (found := _RANGED.fullmatch(line))]
    outline, unread = Outline(), list[Unread]()
    if ranged:
        text = escape(joined([found["text"] for found in ranged]))
        outline.answer(turn(text, None, time=seconds(ranged[0]["time"]), line=1))
        return Transcript(exchanges=outline.exchanges())
    for item in _items(source.lines, unread):
        if isinstance(item, _Passage):
            if item.lines:
                outline.answer(turn(escape(joined(item.lines)), None, time=item.time, line=item.line))
        else:
            outline.heading(escape(item[1]), line=item[0])
    return Transcript(exchanges=outline.exchanges(), unread=tuple(unread))


def _items(lines: Sequence[str], unread: list[Unread]) -> Iterator[_Passage | tuple[int, str]]:
    passage: _Passage | None = None
    for number, line in enumerate(timed(lines), start=1):
        chapter, time = _CHAPTER.fullmatch(line), _TIME.fullmatch(line)
        if time or chapter:
            if passage:
                yield passage
            passage = _Passage(_time_of(line), number) if time else None
        if chapter:
            yield number, line.strip()
        elif passage and not time and line.strip() and not _is_furniture(line):
            passage.lines.append(line)
        elif not time and line.strip():
            unread.append(
                Unread(line=number, text=line.strip(), reason=gettext_noop("part of the player's page, not spoken"))
            )
    if passage:
        yield passage


FORMAT = Format(name="transcript-panel", suffix=".txt", media_type="text/plain", recognises=recognises, read=read)
