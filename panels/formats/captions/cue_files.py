"""The frame of WebVTT and SRT files: timing lines, identifiers, notes, and the text between them.

Files in the wild have no cue numbers, blank lines inside a cue, `.` and `,` mixed, one line end or the other;
so a timing line is what counts, and everything else is placed by where it stands to the nearest one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from panels.formats.base import Source
from panels.formats.limits import check_count, check_lines, in_force, timed
from panels.formats.parsing.front_matter import read_head
from panels.formats.structure.cues import TIMING, UNTIMED, moment
from panels.transcript import Transcript

_ASIDE = re.compile(r"(NOTE|STYLE|REGION)(?:\s|$)")
_SETTINGS = re.compile(r"(?:[\w-]+:\S*\s*)*")  # where the words stand on the screen
_NUMBER = re.compile(r"\s*\d+\s*")


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue; `line` is where its text starts."""

    start: float
    end: float
    text: str
    line: int
    voice: str | None = None  # who speaks, where the file says so beside the words


@dataclass
class CueFile:
    """What a file holds: `head` before the first cue, `notes` with their lines, `identifiers` of cues."""

    head: list[tuple[int, str]] = field(default_factory=list)
    cues: list[Cue] = field(default_factory=list)
    notes: list[tuple[int, str]] = field(default_factory=list)
    identifiers: list[tuple[int, str]] = field(default_factory=list)
    broken: list[tuple[int, str]] = field(default_factory=list)  # cues whose times cannot be read


def below_head(source: Source) -> tuple[Transcript, str]:
    """What a head says, where cues stand below one in a text file, and the cues, each on the line that it had."""
    if source.text.lstrip()[:3] not in ("---", "+++"):
        return Transcript(), source.text
    head = read_head(source.lines)
    return head.transcript, "\n" * (head.first - 1) + "\n".join(source.lines[head.first - 1 :])


def under_head(source: Source, read: Callable[[str], Transcript]) -> Transcript:
    """What is read of the cues of a file, with what a head above them says."""
    known, text = below_head(source)
    found = read(text)
    if known == Transcript():
        return found
    return replace(
        known, title=known.title or found.title, exchanges=found.exchanges, unread=(*known.unread, *found.unread)
    )


def scan(text: str, timing: re.Pattern[str] = TIMING) -> CueFile:
    """Read the frame of a file: what belongs to no cue is in `head` or `notes`. Raises LimitError.

    Args:
        text: the file's text.
        timing: the form of its timing lines, with groups `start` and `end`, and `rest` for what stands after them.
    """
    lines = re.split(r"\r\n|\n|\r", text)
    check_lines(lines)
    check_count(text.count("<"), in_force().elements, "tags")
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
    """Whether a line stands where the times of a cue should, and cannot be read as such."""
    return (">" in line or "→" in line) and bool(UNTIMED.fullmatch(line)) and any(map(str.isdigit, line))


def _start(lines: list[str], timing: int) -> int:
    """Where a cue begins: at its identifier, if it has one, else at its timing line."""
    above = lines[timing - 1].strip() if timing else ""
    alone = not "".join(lines[max(timing - 2, 0) : timing - 1]).strip() or bool(_NUMBER.fullmatch(above))
    return timing - 1 if above and alone and "WEBVTT" not in above and "->" not in above else timing


def _cue(found: CueFile, lines: list[str], times: re.Match[str], timing: int, stop: int) -> None:
    said: list[tuple[int, str]] = []
    notes: list[tuple[int, str]] = []
    beside = "" if _SETTINGS.fullmatch(times["rest"] or "") else times["rest"]
    if beside:
        said.append((timing + 1, beside))
    for first, block in _blocks(lines, timing + 1, stop):
        (notes if _ASIDE.match(block) else said).append((first, block))
    text = "\n\n".join(block for _, block in said)
    line = said[0][0] if said else timing + 1
    found.cues.append(Cue(moment(times["start"]), moment(times["end"]), text, line))
    found.notes.extend(notes)


def _blocks(lines: list[str], start: int, stop: int) -> Iterator[tuple[int, str]]:
    """Runs of non-blank lines, each with the number of its first, counted from 1."""
    run: list[str] = []
    for number in range(start, stop + 1):
        line = lines[number] if number < stop else ""
        if line.strip():
            run.append(line)
        elif run:
            yield number - len(run) + 1, "\n".join(run)
            run = []
