"""Base of all formats: the source that a reader is given, its limits, and the error it raises.

A reader takes a Source and returns a Transcript; a writer takes a Transcript and returns text or bytes. Neither
depends on Django or a database.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from pathlib import PurePath
from typing import Protocol, TypeVar

from panels.formats.decoding import LINE_END, Decoded, checked, decoded, half_a_character
from panels.formats.errors import FormatError, LimitError
from panels.formats.head_dates import above_turns, dated
from panels.formats.limits import CHARACTERS, DEFAULT, Limits, check_count, check_lines, check_transcript, enforcing
from panels.formats.signatures import refuse_binary
from panels.formats.wording import gettext_noop
from panels.transcript import Transcript, Unread

_BYTES = gettext_noop("The file has more than %(most)s bytes.")
_LINES = gettext_noop("The file has more than %(most)s lines.")

__all__ = ["Format", "FormatError", "LimitError", "Limits", "Source", "checked"]

Answer = TypeVar("Answer")


class SupportsRead(Protocol):
    """An open file, of Python or of Django."""

    def read(self, size: int, /) -> bytes: ...


@dataclass(frozen=True)
class Source:
    """The source of a transcript: the name of the file, if it had one, and its bytes."""

    raw: bytes
    name: str = ""
    limits: Limits = field(default=DEFAULT, repr=False)
    encoding: str = ""  # given by somebody who knows it; empty: it is detected

    @classmethod
    def open(cls, file: SupportsRead, name: str = "", limits: Limits = DEFAULT, *, encoding: str = "") -> Source:
        """A source from an open file, of which no more is read than the limits allow. Raises LimitError."""
        source = cls(file.read(limits.most_bytes + 1), name, limits, encoding)
        source.check_size(limits.most_bytes)
        return source

    @classmethod
    def of(cls, text: str, name: str = "", limits: Limits = DEFAULT) -> Source:
        """A source from pasted text."""
        try:
            return cls(text.encode(), name, limits)
        except UnicodeEncodeError as fault:
            raise half_a_character(text, fault.start) from fault

    @property
    def suffix(self) -> str:
        """The suffix of the name, such as `.md`; only a hint."""
        return PurePath(self.name).suffix.lower()

    @property
    def text(self) -> str:
        """The decoded text, without a byte order mark, with `\\n` for every line end. Raises FormatError."""
        if isinstance(self._decoded, FormatError):
            raise self._decoded
        return self._decoded.text

    @property
    def guess(self) -> Unread | None:
        """The doubt about the encoding, if it was guessed."""
        return self._decoded.doubt() if isinstance(self._decoded, Decoded) else None

    @cached_property
    def _decoded(self) -> Decoded | FormatError:
        """The text, or the error that prevents decoding; cached, because every format asks for it."""
        try:
            return self._read()
        except FormatError as fault:
            return fault

    def _read(self) -> Decoded:
        self.check_size(self.limits.bytes)
        refuse_binary(self.raw)
        found = decoded(self.raw, self.encoding)
        text = checked(LINE_END.sub("\n", found.text).removeprefix("\ufeff"))
        check_count(len(text), self.limits.characters, CHARACTERS)
        check_count(text.count("\n") + 1, self.limits.lines, _LINES)
        return Decoded(text, found.guessed)

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The lines of the text, without their ends. Raises FormatError, also for a line that is too long."""
        lines = tuple(self.text.split("\n"))
        with enforcing(self.limits):
            check_lines(lines)
        return lines

    def check_size(self, most: int) -> None:
        """Raise LimitError if the source has more bytes."""
        check_count(len(self.raw), most, _BYTES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A transcript format. `recognises` returns from 0 (no) to 1 (certainly) whether a source is in it.

    `recognises`, `read` and `paragraphs` apply the source's limits for this format themselves.
    """

    name: str
    suffix: str
    media_type: str
    recognises: Callable[[Source], float] | None = None
    read: Callable[[Source], Transcript] | None = None
    write: Callable[[Transcript], str | bytes] | None = None
    stream: Callable[[Transcript], Iterator[str]] | None = None  # the output of `write`, in pieces
    preserved: Callable[[Transcript], Transcript] | None = None  # what `read` returns of what `write` was given
    needs_times: bool = False  # it cannot hold a transcript whose turns have no times
    is_record: bool = False  # it holds everything, so that what is absent is meant to be absent
    paragraphs: Callable[[Source], Sequence[tuple[int, str]]] | None = None  # a document's, with their numbers
    finds_date: bool = False  # the date may be in the head of the text, or in the name of the file

    def __post_init__(self) -> None:
        if self.recognises:
            object.__setattr__(self, "recognises", _limited(self.recognises, self.name, Limits.to_recognise))
        if self.paragraphs:
            object.__setattr__(self, "paragraphs", _limited(self.paragraphs, self.name, Limits.of_format))
        if self.read:
            read = _dated(self.read) if self.finds_date else self.read
            object.__setattr__(self, "read", _limited(_counted(read), self.name, Limits.of_format))


def _limited(
    function: Callable[[Source], Answer], name: str, chosen: Callable[[Limits, str], Limits]
) -> Callable[[Source], Answer]:
    """The function, with the limits of its source enforced, as chosen for the named format."""

    def limited(source: Source) -> Answer:
        limits = chosen(source.limits, name)
        given = source if limits is source.limits else replace(source, limits=limits)
        given.check_size(limits.bytes)
        with enforcing(limits):
            return function(given)

    return limited


def _dated(read: Callable[[Source], Transcript]) -> Callable[[Source], Transcript]:
    def found(source: Source) -> Transcript:
        transcript = read(source)
        return dated(transcript, above_turns(transcript, source.lines), source.name)

    return found


def _counted(read: Callable[[Source], Transcript]) -> Callable[[Source], Transcript]:
    """The function, with its result checked against the limits, and a note added if the encoding was guessed."""

    def counted(source: Source) -> Transcript:
        transcript = read(source)
        check_transcript(transcript)
        _check_characters(transcript)
        return replace(transcript, unread=(source.guess, *transcript.unread)) if source.guess else transcript

    return counted


def _check_characters(transcript: Transcript) -> None:
    """Raise FormatError for characters that no text may contain: references that a reader decodes can hide them."""
    for turn in transcript.turns:
        _checked_at(turn.line or 1, turn.text, turn.label, turn.speaker, turn.evidence, turn.anchor, *turn.tags)
    for listed in transcript.panelists:
        offices = (listed.original_name, listed.family_name, listed.title, listed.organisation)
        _checked_at(1, listed.name, *offices, *listed.labels)
    for left in transcript.unread:
        _checked_at(left.line, left.text, left.reason)
    of_event = (getattr(transcript, field.name) for field in fields(Transcript))
    _checked_at(None, *transcript.tags, *(value for value in of_event if isinstance(value, str)))


def _checked_at(line: int | None, *texts: str | None) -> None:
    for text in texts:
        try:
            checked(text or "")
        except FormatError as fault:
            raise FormatError(fault.reason, line=line, advice=fault.advice) from fault
