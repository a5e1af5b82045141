"""Parse the structure of WebVTT and SRT files: timing lines, identifiers, notes, and the text between them.

Real files lack cue numbers, have blank lines inside a cue, mix `.` and `,`, and have either line end; so only
timing lines count, and everything else is assigned by its position relative to the nearest one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from panels.formats.base import Source
from panels.formats.head_dates import dated
from panels.formats.limits import TAGS, check_count, check_lines, in_force, timed
from panels.formats.parsing.front_matter import read_head
from panels.formats.structure.cues import TIMING, UNTIMED, moment
from panels.transcript import Transcript

OWN = "NOTE panels"  # begins the notes of files that Panels wrote, which say everything themselves
_ASIDE = re.compile(r"(NOTE|STYLE|REGION)(?:\s|$)")
_SETTINGS = re.compile(r"(?:[\w-]+:\S*\s*)*")  # where the text is shown on the screen
_NUMBER = re.compile(r"\s*\d+\s*")


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue; `line` is where its text starts."""

    start: float
    end: float
    text: str
    line: int
    voice: str | None = None  # the speaker, if the file gives one separately from the text


@dataclass
class CueFile:
    """The contents of a file: `head` before the first cue, `notes` with their lines, `identifiers` of cues."""

    head: list[tuple[int, str]] = field(default_factory=list)
    cues: list[Cue] = field(default_factory=list)
    notes: list[tuple[int, str]] = field(default_factory=list)
    identifiers: list[tuple[int, str]] = field(default_factory=list)
    broken: list[tuple[int, str]] = field(default_factory=list)  # cues with unreadable times


def below_head(source: Source) -> tuple[Transcript, str]:
    """The front matter, if cues come below it in a text file, and the cues, each on its line in the file."""
    if source.text.lstrip()[:3] not in ("---", "+++"):
        return Transcript(), source.text
    head = read_head(source.lines)
    return head.transcript, "\n" * (head.first - 1) + "\n".join(source.lines[head.first - 1 :])


def under_head(source: Source, read: Callable[[str], Transcript]) -> Transcript:
    """The transcript of a file's cues, with the fields of the front matter above them."""
    known, text = below_head(source)
    found = read(text)
    if known != Transcript():
        found = replace(
            known, title=known.title or found.title, exchanges=found.exchanges, unread=(*known.unread, *found.unread)
        )
    return found if OWN in text else dated(found, (), source.name)


def scan(text: str, timing: re.Pattern[str] = TIMING) -> CueFile:
    """Parse the structure of a file; text outside of cues is in `head` or `notes`. Raises LimitError.

    Args:
        text: the file's text.
        timing: the pattern of its timing lines, with groups `start` and `end`, and `rest` for what follows them.
    """
    lines = re.split(r"\r\n|\n|\r", text)
    check_lines(lines)
    check_count(text.count("<"), in_force().elements, TAGS)
    found = CueFile()
    timings = [number for number, line in enumerate(timed(lines)) if timing.fullmatch(line) or is_untimed(line)]
    starts = [_start(lines, number) for number in timings]
    found.head.extend(_blocks(lines, 0, starts[0] if starts else len(lines)))
    for index, number in enumerate(timed(timings)):
        stop = starts[index + 1] if index + 1 < len(starts) else len(lines)
        times = timing.fullmatch(lines[number])
        if not times:
            block = "\n".join(line for line in lines[starts[index] : stop] if line.strip())
            found.broken.append((number + 1, block))
            continue
        if starts[index] < number:
            found.identifiers.append((number, lines[number - 1].strip()))
        _cue(found, lines, times, number, stop)
    return found


def is_untimed(line: str) -> bool:
    """Whether a line is in the place of a cue's timing line but has unreadable times."""
    return (">" in line or "→" in line) and bool(UNTIMED.fullmatch(line)) and any(map(str.isdigit, line))


def _start(lines: list[str], timing: int) -> int:
    """The line where a cue begins: its identifier, if it has one, else its timing line."""
    above = lines[timing - 1].strip() if timing else ""
    alone = not "".join(lines[max(timing - 2, 0) : timing - 1]).strip() or bool(_NUMBER.fullmatch(above))
    return timing - 1 if above and alone and "WEBVTT" not in above and "->" not in above else timing


def _cue(found: CueFile, lines: list[str], times: re.Match[str], timing: int, stop: int) -> None:
    spoken: list[tuple[int, str]] = []
    notes: list[tuple[int, str]] = []
    after_times = "" if _SETTINGS.fullmatch(times["rest"] or "") else times["rest"]
    if after_times:
        spoken.append((timing + 1, after_times))
    for first, block in _blocks(lines, timing + 1, stop):
        (notes if _ASIDE.match(block) else spoken).append((first, block))
    text = "\n\n".join(block for _, block in spoken)
    line = spoken[0][0] if spoken else timing + 1
    found.cues.append(Cue(moment(times["start"]), moment(times["end"]), text, line))
    found.notes.extend(notes)


def _blocks(lines: list[str], start: int, stop: int) -> Iterator[tuple[int, str]]:
    """Runs of non-blank lines, each with the number of its first line, counted from 1."""
    run: list[str] = []
    for number in range(start, stop + 1):
        line = lines[number] if number < stop else ""
        if line.strip():
            run.append(line)
        elif run:
            yield number - len(run) + 1, "\n".join(run)
            run = []
