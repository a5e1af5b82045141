"""Limits on the size of a source and the time to read it, which all readers enforce.

`Format` applies the limits of a source while one of its functions runs. Code deep inside a reader calls `in_force()`
for them, and calls `check_time()` or iterates with `timed` wherever work grows with the source. The time is a deadline
and no signal or thread, so it works in a server's threads too; it can only be noticed between two steps, hence each
step must be short: `line` bounds the input of a single regular expression.
"""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, TypeVar

from panels.formats.errors import FormatError, LimitError
from panels.formats.wording import gettext_noop
from panels.transcript import Transcript

CHARACTERS = gettext_noop("The file has more than %(most)s characters.")
SPLIT = gettext_noop("Split it.")
_SEVERAL_SESSIONS = gettext_noop("Split it into several sessions.")
TAGS = gettext_noop("The file has more than %(most)s tags.")
OBJECTS = gettext_noop("The file has more than %(most)s objects and lists.")
_QUESTIONS = gettext_noop("The file has more than %(most)s questions.")
_ANSWERS = gettext_noop("The file has more than %(most)s answers.")
_LONG_LINE = gettext_noop("The line has more than %(most)s characters.")
_TOO_SLOW = gettext_noop("Reading took longer than %(seconds)s seconds.")
_IMPLAUSIBLE_TIME = gettext_noop("This is not a plausible time in a recording: %(seconds)s seconds.")

T = TypeVar("T")
LATEST = 1e9  # seconds from the start of a recording


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of sources. `formats` holds the limits of formats with their own."""

    bytes: int = 20_000_000
    characters: int = 20_000_000
    lines: int = 200_000
    line: int = 200_000  # characters of a line, in formats read line by line
    depth: int = 200  # of nested elements or lists
    elements: int = 500_000  # tags of markup; objects and lists of JSON
    exchanges: int = 20_000
    turns: int = 50_000
    members: int = 5_000  # of an archive
    unpacked: int = 64_000_000  # total bytes of all members that are read
    seconds: float = 30.0  # of processor time
    formats: tuple[tuple[str, Limits], ...] = ()

    @classmethod
    def of(cls, values: Mapping[str, str]) -> Limits:
        """Limits from settings such as `{"seconds": "60", "docx.bytes": "50000000"}`. Raises ValueError."""
        general: dict[str, Any] = {}
        special: dict[str, dict[str, Any]] = {}
        for key, value in values.items():
            name, dot, limit = key.rpartition(".")
            (special.setdefault(name, {}) if dot else general)[limit] = _limit(limit, value)
        limits = cls(**general)
        formats = ((name, dataclasses.replace(limits, **own)) for name, own in special.items())
        return dataclasses.replace(limits, formats=tuple(formats))

    def of_format(self, name: str) -> Limits:
        """The limits of a format: its own, or these."""
        return dict(self.formats).get(name, self)

    def to_recognise(self, name: str) -> Limits:
        """The wider of these and those of a format: a source too large for one format may be in another."""
        own = self.of_format(name)
        wider: dict[str, Any] = {limit: max(getattr(self, limit), getattr(own, limit)) for limit in _NAMES}
        return self if own is self else dataclasses.replace(self, **wider)

    @property
    def most_bytes(self) -> int:
        """The largest size that any format allows."""
        return max([self.bytes, *(own.bytes for _, own in self.formats)])

    @property
    def most_seconds(self) -> float:
        """The longest time for recognising and reading together."""
        return max([self.seconds, *(own.seconds for _, own in self.formats)])


def _limit(name: str, value: str) -> float:
    if name not in _NAMES:
        raise ValueError(f"“{name}” is not a known limit; known limits are {', '.join(_NAMES)}")
    try:
        number = float(value) if name == "seconds" else int(value)
    except ValueError as fault:
        raise ValueError(f"{name} must be a number, not “{value}”") from fault
    if not 0 < number < float("inf"):
        raise ValueError(f"{name} must be more than 0, not “{value}”")
    return number


_NAMES = tuple(field.name for field in dataclasses.fields(Limits) if field.name != "formats")
_WHATEVER: dict[str, Any] = dict.fromkeys(_NAMES, 2**62)
DEFAULT = Limits()
UNLIMITED = Limits(**_WHATEVER)  # for sources that Panels itself has written and stored


@dataclass(frozen=True, slots=True)
class _InForce:
    limits: Limits
    until: float  # on the clock of time.thread_time: waiting for a busy machine does not count


_in_force: ContextVar[_InForce | None] = ContextVar("limits in force", default=None)


@contextmanager
def enforcing(limits: Limits) -> Iterator[None]:
    """Enforce limits. The time starts now; a deadline that is already set can only become earlier."""
    until, outer = time.thread_time() + limits.seconds, _in_force.get()
    token = _in_force.set(_InForce(limits, min(until, outer.until) if outer else until))
    try:
        yield
    finally:
        _in_force.reset(token)


def in_force() -> Limits:
    """The current limits; the default ones outside of `enforcing`."""
    current = _in_force.get()
    return current.limits if current else DEFAULT


def check_time() -> None:
    """Raise LimitError if the time for reading is over."""
    current = _in_force.get()
    if current and time.thread_time() > current.until:
        reason = _TOO_SLOW % {"seconds": f"{current.limits.seconds:g}"}
        raise LimitError(reason, advice=gettext_noop("Split the file, or remove the parts that are not transcript."))


def timed(items: Iterable[T]) -> Iterator[T]:
    """The items, while there is time. Raises LimitError."""
    for item in items:
        check_time()
        yield item


def check_count(count: int, limit: int, reason: str, *, line: int | None = None, advice: str = SPLIT) -> None:
    """Raise LimitError if there are too many of something; `reason` says of what, with `%(most)s` for the limit."""
    if count > limit:
        raise LimitError(reason % {"most": f"{limit:,}"}, line=line, advice=advice)


def check_lines(lines: Sequence[str]) -> None:
    """Raise LimitError for a line that is too long to read line by line."""
    longest, most = max(lines, key=len, default=""), in_force().line
    if len(longest) > most:
        reason = _LONG_LINE % {"most": f"{most:,}"}
        raise LimitError(reason, line=lines.index(longest) + 1, advice=gettext_noop("Break it where a paragraph ends."))


def check_transcript(transcript: Transcript) -> None:
    """Raise LimitError if the transcript is too large for one session, and FormatError for an impossible time."""
    limits = in_force()
    check_count(len(transcript.exchanges), limits.exchanges, _QUESTIONS, advice=_SEVERAL_SESSIONS)
    turns = sum(len(exchange.answers) for exchange in transcript.exchanges)
    check_count(turns, limits.turns, _ANSWERS, advice=_SEVERAL_SESSIONS)
    for turn in transcript.turns:
        if turn.time is not None and not 0 <= turn.time <= LATEST:
            reason = _IMPLAUSIBLE_TIME % {"seconds": f"{turn.time:g}"}
            raise FormatError(reason, line=turn.line, advice=gettext_noop("Correct or remove it."))
