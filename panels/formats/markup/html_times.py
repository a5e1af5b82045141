"""Times in tables and in links that play a recording: `0h01m07s`, `playAt('0:0:25')`, `#t=25`."""

from __future__ import annotations

import re

from lxml import etree

from panels.formats.parsing.times import seconds_of

_IN_LINK = re.compile(r"(?:\d{1,3}:)?\d{1,3}:\d{1,2}(?:\.\d+)?(?!\d)|(?<=[?&#]t=)\d{1,6}(?:\.\d+)?(?=\D|$)")
_PLAYS = ("onclick", "data-time", "data-start", "data-timestamp", "href")


def clock(seconds: float) -> str:
    """A time as `0:01:07`."""
    whole = int(seconds)
    return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"


def plays_at(link: etree._Element) -> float | None:
    """The time at which a link plays a recording, if any."""
    for name in _PLAYS:
        found = _IN_LINK.search(link.get(name) or "")
        if found:
            return seconds_of(found[0]) if ":" in found[0] else float(found[0])
    return None


def time_column(rows: list[list[str]]) -> int | None:
    """The index of the column with times in all rows but the heads, if there is one."""
    rows = [row for row in rows if len(row) > 1]
    for column in range(min(map(len, rows), default=0)):
        are_times = [seconds_of(row[column]) is not None for row in rows if row[column].strip()]
        if len(are_times) > 1 and sum(are_times) > 1 and all(are_times[1:]):
            return column
    return None
