"""Dates in running text."""

from __future__ import annotations

import datetime as dt
import re

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO = re.compile(
    r"(?<!\d)(\d{4})[-/.年]\s?(\d{1,2})[-/.月]\s?(\d{1,2})(?!\d)|(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)"
)
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?\.?\s+(?:of\s+)?([A-Za-z]{3,9})\.?,?\s+(\d{4})(?!\d)")
_MONTH_FIRST = re.compile(r"\b([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)")
_DOTTED = re.compile(r"(?<!\d)(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?!\d)")


def date_in(text: str) -> dt.date | None:
    """The first date that stands in a text, if any."""
    found = [date for date in map(_valid, _candidates(text)) if date]
    return found[0] if found else None


def _candidates(text: str) -> list[tuple[str | int, ...]]:
    some: list[tuple[int, tuple[str | int, ...]]] = []
    some += [(m.start(), (m[1] or m[4], m[2] or m[5], m[3] or m[6])) for m in _ISO.finditer(text)]
    some += [(m.start(), (m[3], _month(m[2]), m[1])) for m in _DAY_FIRST.finditer(text)]
    some += [(m.start(), (m[3], _month(m[1]), m[2])) for m in _MONTH_FIRST.finditer(text)]
    some += [(m.start(), (m[3], m[2], m[1])) for m in _DOTTED.finditer(text)]
    return [parts for _, parts in sorted(some, key=lambda item: item[0])]


def _month(name: str) -> int:
    start = name[:3].lower()
    return _MONTHS.index(start) + 1 if start in _MONTHS else 0


def _valid(parts: tuple[str | int, ...]) -> dt.date | None:
    year, month, day = (int(part) for part in parts)
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
