"""What every format shares: the source a reader is given, the limits it keeps, the error it raises.

A reader takes a Source and gives a Transcript; a writer takes a Transcript and gives text or bytes. Neither
knows Django or a database.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from pathlib import PurePath
from typing import Protocol, TypeVar

from panels.formats.errors import FormatError, LimitError
from panels.formats.limits import DEFAULT, Limits, check_count, check_lines, check_transcript, keeping
from panels.transcript import Transcript

__all__ = ["Format", "FormatError", "LimitError", "Limits", "Source", "checked"]

Answer = TypeVar("Answer")


class SupportsRead(Protocol):
    """An open file, as those of Python and of Django are."""

    def read(self, size: int, /) -> bytes: ...


_DECLARED = re.compile(rb"""(?:encoding|charset)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,30})""")
LINE_END = re.compile(r"[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029](?:(?<=\r)\n)?")  # a set first: found some times as fast
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1a]")
_HIGH = re.compile(rb"[\x80-\xff]+")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ALIASES = {
    "iso-8859-1": "windows-1252",
    "latin-1": "windows-1252",
    "ascii": "windows-1252",
    "us-ascii": "windows-1252",
}
_CHINESE = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030"}


@dataclass(frozen=True)
class Source:
    """A transcript as it was given: the name of the file, if it had one, and its bytes."""

    raw: bytes
    name: str = ""
    limits: Limits = field(default=DEFAULT, repr=False)

    @classmethod
    def open(cls, file: SupportsRead, name: str = "", limits: Limits = DEFAULT) -> Source:
        """A source from an open file, of which no more is taken into memory than may be read. Raises LimitError."""
        source = cls(file.read(limits.most_bytes + 1), name, limits)
        source.check_size(limits.most_bytes)
        return source

    @classmethod
    def of(cls, text: str, name: str = "", limits: Limits = DEFAULT) -> Source:
        """A source from text that was pasted."""
        try:
            return cls(text.encode(), name, limits)
        except UnicodeEncodeError as fault:
            raise _surrogate(text, fault.start) from fault

    @property
    def suffix(self) -> str:
        """The ending of the name, such as `.md`; a hint, never a proof."""
        return PurePath(self.name).suffix.lower()

    @property
    def text(self) -> str:
        """The decoded text, without a byte order mark, with `\\n` for every line end. Raises FormatError."""
        if isinstance(self._text, FormatError):
            raise self._text
        return self._text

    @cached_property
    def _text(self) -> str | FormatError:
        """The text or why there is none, found out once: every format asks for it."""
        try:
            return self._read()
        except FormatError as fault:
            return fault

    def _read(self) -> str:
        self.check_size(self.limits.bytes)
        text = checked(LINE_END.sub("\n", _decoded(self.raw)).removeprefix("\ufeff"))
        check_count(len(text), self.limits.characters, "characters")
        check_count(text.count("\n") + 1, self.limits.lines, "lines")
        return text

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The lines of the text, without their ends. Raises FormatError, also for a line that is too long."""
        lines = tuple(self.text.split("\n"))
        with keeping(self.limits):
            check_lines(lines)
        return lines

    def check_size(self, most: int) -> None:
        """Raise LimitError if the source has more bytes."""
        check_count(len(self.raw), most, "bytes", advice="Split it.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One way to write a transcript down. `recognises` says from 0 (no) to 1 (certainly) what a source is.

    Whoever calls `recognises` and `read`, they keep the limits of their source for this format.
    """

    name: str
    suffix: str
    media_type: str
    recognises: Callable[[Source], float] | None = None
    read: Callable[[Source], Transcript] | None = None
    write: Callable[[Transcript], str | bytes] | None = None
    stream: Callable[[Transcript], Iterator[str]] | None = None  # what `write` gives, in pieces
    held: Callable[[Transcript], Transcript] | None = None  # what `read` gives back of what `write` is given
    needs_times: bool = False  # it can hold nothing of a transcript whose turns have no times
    is_record: bool = False  # it holds everything, so that what it does not say is not so

    def __post_init__(self) -> None:
        if self.recognises:
            object.__setattr__(self, "recognises", _limited(self.recognises, self.name, Limits.to_recognise))
        if self.read:
            object.__setattr__(self, "read", _limited(_counted(self.read), self.name, Limits.of_format))


def _limited(
    function: Callable[[Source], Answer], name: str, chosen: Callable[[Limits, str], Limits]
) -> Callable[[Source], Answer]:
    """The function, with those limits of its source in force that are chosen for the format with a name."""

    def limited(source: Source) -> Answer:
        limits = chosen(source.limits, name)
        given = source if limits is source.limits else replace(source, limits=limits)
        given.check_size(limits.bytes)
        with keeping(limits):
            return function(given)

    return limited


def _counted(read: Callable[[Source], Transcript]) -> Callable[[Source], Transcript]:
    def counted(source: Source) -> Transcript:
        transcript = read(source)
        check_transcript(transcript)
        _check_characters(transcript)
        return transcript

    return counted


def _check_characters(transcript: Transcript) -> None:
    """Raise FormatError for what no text may hold: it can hide in a reference that a reader takes apart."""
    for exchange in transcript.exchanges:
        for turn in (exchange.question, *exchange.answers):
            if turn is not None:
                _checked_at(turn.line or 1, turn.text, turn.label, turn.speaker, turn.evidence, turn.anchor, *turn.tags)
    for listed in transcript.panelists:
        offices = (listed.original_name, listed.family_name, listed.title, listed.organisation)
        _checked_at(1, listed.name, *offices, *listed.labels)
    for left in transcript.unread:
        _checked_at(left.line, left.text, left.reason)
    of_event = (getattr(transcript, field.name) for field in fields(Transcript))
    _checked_at(1, *transcript.tags, *(value for value in of_event if isinstance(value, str)))


def _checked_at(line: int, *texts: str | None) -> None:
    for text in texts:
        try:
            checked(text or "")
        except FormatError as fault:
            raise FormatError(fault.reason, line=line, advice=fault.advice) from fault


def checked(text: str) -> str:
    """The text itself, if it holds only what can be stored. Raises FormatError with the line."""
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise FormatError("A NUL character stands in the text.", line=line, advice="Save it as plain text.")
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError as fault:
        raise _surrogate(text, fault.start) from fault
    return text


def _surrogate(text: str, at: int) -> FormatError:
    line = text.count("\n", 0, at) + 1
    return FormatError("Half of a character stands in the text.", line=line, advice="Save the file as UTF-8.")


def _decoded(raw: bytes) -> str:
    encoding = next((name for mark, name in _BOMS if raw.startswith(mark)), "")
    if encoding:
        return _strictly(raw, encoding)
    if b"\0" in raw[:4000]:
        return _without_mark(raw)
    try:
        return raw.decode()
    except UnicodeDecodeError as fault:
        return _legacy(raw, fault)


def _strictly(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as fault:
        reason = f"The file begins as {encoding.removesuffix('-sig').upper()} and is broken."
        raise _broken(fault, reason) from fault


def _without_mark(raw: bytes) -> str:
    """UTF-16 without a mark: every other byte of Western text is NUL."""
    even, odd = raw[:4000:2].count(0), raw[1:4000:2].count(0)
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    if len(raw) % 2 or max(even, odd) < len(raw[:4000]) * 0.2 or min(even, odd) > max(even, odd) * 0.1:
        return raw.decode("latin-1")  # `checked` refuses it for its NUL
    text = _strictly(raw, encoding)
    return raw.decode("latin-1") if _CONTROL.search(text) else text  # bytes that only look so


def _legacy(raw: bytes, fault: UnicodeDecodeError) -> str:
    """Text of before UTF-8: what it says it is, else GB18030 where bytes come in pairs, else windows-1252."""
    declared = _DECLARED.search(raw[:2000])
    name = declared[1].decode("ascii").lower() if declared else ""
    name = _ALIASES.get(name, _CHINESE.get(name, name))
    if not name and _mostly_utf8(raw):
        raise _broken(fault, "The file is UTF-8 but for some bytes that are broken.") from fault
    guesses = [name, "gb18030" if _in_pairs(raw) else "", "windows-1252"]
    for encoding in filter(None, guesses):
        try:
            return raw.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    raise _broken(fault, "The file's encoding is not known.") from fault


def _mostly_utf8(raw: bytes) -> bool:
    text = raw.decode(errors="replace")
    broken = text.count("\ufffd")
    whole = sum(1 for character in text if character > "\x7f") - broken
    return whole > 10 * broken


def _in_pairs(raw: bytes) -> bool:
    """Chinese bytes stand in long runs; accented letters stand alone."""
    runs = [len(run) for run in _HIGH.findall(raw)]
    return sum(run for run in runs if run > 1) > 0.8 * sum(runs) and sum(runs) / len(runs) > 3  # noqa: PLR2004


def _broken(fault: UnicodeDecodeError, reason: str) -> FormatError:
    line = fault.object.count(b"\n", 0, fault.start) + 1
    return FormatError(reason, line=line, advice="Save the file as UTF-8.")
