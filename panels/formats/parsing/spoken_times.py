"""Times in words for screen readers, which come along when the transcript of Teams or YouTube is copied.

`Ida Krane 1 minute 22 seconds` becomes `Ida Krane  1:22`; a time in words above the same time in figures goes, and so
do a name and its time above the same name with the same time.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from panels.formats.limits import timed

_HOURS = r"(?:hours?|Stunden?|heures?|horas?|ore|ora|小时|小時|時間|часов|часа|час|시간)"
_MINUTES = r"(?:minutes?|Minuten?|minutos?|minuti|minuto|分钟|分鐘|分|минут[аы]?|분)"
_SECONDS = r"(?:seconds?|Sekunden?|secondes?|segundos?|secondi|secondo|秒钟|秒鐘|秒|секунд[аы]?|초)"
_SPOKEN = rf"(?:(?P<h>\d{{1,2}})\s?{_HOURS},?\s*)?(?:(?P<m>\d{{1,2}})\s?{_MINUTES},?\s*)?(?P<s>\d{{1,2}})\s?{_SECONDS}"
_LINE = re.compile(rf"(?P<name>(?!\d)\S[^:：\n]{{0,60}}?)??\s*{_SPOKEN}(?P<clock>(?:\d{{1,2}}:)?\d{{1,2}}:\d\d)?\s*")
_ENDS = re.compile(rf"{_SECONDS}(?:[\d:]{{4,8}})?\s*\Z")
_FEWEST = 2


def in_figures(lines: Sequence[str]) -> Sequence[str]:
    """The lines with such times in figures, if several lines end in one; there are as many lines as before."""
    found = {
        at: match for at, line in enumerate(timed(lines)) if _ENDS.search(line) and (match := _LINE.fullmatch(line))
    }
    if len(found) < _FEWEST:
        return lines
    out = list(lines)
    for at, match in timed(found.items()):
        clock, name = _clock(match), (match["name"] or "").strip()
        out[at] = f"{name}  {clock}" if name else clock
        below = out[at + 1].strip() if at + 1 < len(out) else ""
        if not name and below == clock:
            out[at] = ""
        above = [number for number in range(max(at - 3, 0), at) if out[number].strip()][-_FEWEST:]
        if name and [out[number].strip() for number in above] == [name, clock]:
            for number in above:
                out[number] = ""
    return out


def _clock(match: re.Match[str]) -> str:
    hours, minutes, seconds = (int(match[unit] or 0) for unit in "hms")
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
