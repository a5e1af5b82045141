"""What every format shares: the source a reader is given, the limits it keeps, the error it raises.

A reader takes a Source and gives a Transcript; a writer takes a Transcript and gives text or bytes. Neither
knows Django or a database.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePath

from panels.transcript import Transcript

_DECLARED = re.compile(rb"""(?:encoding|charset)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,30})""")
_LINE_END = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
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


class FormatError(Exception):
    """A text cannot be read: at which line, why, and what to do about it."""

    def __init__(self, reason: str, *, line: int = 1, advice: str = "") -> None:
        super().__init__(f"line {line}: {reason} {advice}".strip())
        self.reason, self.line, self.advice = reason, line, advice

    def __reduce__(self) -> tuple[Callable[[str, int, str], FormatError], tuple[str, int, str]]:
        """Keep what was said when the error comes from another process."""
        return _format_error, (self.reason, self.line, self.advice)


def _format_error(reason: str, line: int, advice: str) -> FormatError:
    return FormatError(reason, line=line, advice=advice)


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a source may be. `seconds` is for whoever runs a reader in another process."""

    bytes: int = 20_000_000
    lines: int = 400_000
    depth: int = 200
    seconds: float = 30.0


@dataclass(frozen=True)
class Source:
    """A transcript as it was given: the name of the file, if it had one, and its bytes."""

    raw: bytes
    name: str = ""
    limits: Limits = field(default=Limits(), repr=False)

    @classmethod
    def of(cls, text: str, name: str = "", limits: Limits = Limits()) -> Source:
        """A source from text that was pasted."""
        try:
            return cls(text.encode(), name, limits)
        except UnicodeEncodeError as fault:
            raise _surrogate(text, fault.start) from fault

    @property
    def suffix(self) -> str:
        """The ending of the name, such as `.md`; a hint, never a proof."""
        return PurePath(self.name).suffix.lower()

    @cached_property
    def text(self) -> str:
        """The decoded text, without a byte order mark, with `\\n` for every line end. Raises FormatError."""
        if len(self.raw) > self.limits.bytes:
            size = f"{len(self.raw):,} bytes; at most {self.limits.bytes:,} can be read."
            raise FormatError(f"The file has {size}", advice="Split it.")
        text = checked(_LINE_END.sub("\n", _decoded(self.raw)).removeprefix("\ufeff"))
        if text.count("\n") >= self.limits.lines:
            raise FormatError(f"The file has more than {self.limits.lines:,} lines.", advice="Split it.")
        return text

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The lines of the text, without their ends."""
        return tuple(self.text.split("\n"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One way to write a transcript down. `recognises` says from 0 (no) to 1 (certainly) what a source is."""

    name: str
    suffix: str
    media_type: str
    recognises: Callable[[Source], float] | None = None
    read: Callable[[Source], Transcript] | None = None
    write: Callable[[Transcript], str | bytes] | None = None
    needs_times: bool = False  # it can hold nothing of a transcript whose turns have no times
    is_record: bool = False  # it holds everything, so that what it does not say is not so


def checked(text: str) -> str:
    """The text itself, if it holds only what can be stored. Raises FormatError with the line."""
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise FormatError("A NUL character stands in the text.", line=line, advice="Save it as plain text.")
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
    return _strictly(raw, encoding)


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
