"""Times that a cell or a line consists of: `0:01:07`, `0h01m07s`, `1 minute 7 seconds`."""

from __future__ import annotations

import re

_WORDED = re.compile(
    r"(?:(?P<h>\d{1,3})\s?(?:h|hr|hours?|小时|小時|时|時)[\s:]*)?(?:(?P<m>\d{1,3})\s?(?:m|min|minutes?|分钟|分鐘|分)[\s:]*)?"
    r"(?:(?P<s>\d{1,2}(?:[.,]\d+)?)\s?(?:s|sec|seconds?|秒))?",
    re.IGNORECASE,
)
_COLONS = re.compile(r"(?:(?P<h>\d{1,3}):)?(?P<m>\d{1,3}):(?P<s>\d{1,2}(?:[.,]\d+)?)")


def seconds_of(text: str) -> float | None:
    """The seconds if all of the text is a time; None otherwise."""
    bare = text.strip(" \t\n[](){}<>\xa0")
    found = _COLONS.fullmatch(bare) or (_WORDED.fullmatch(bare) if bare else None)
    if not found or not any(found.groups()):
        return None
    hours, minutes, rest = (float((found[name] or "0").replace(",", ".")) for name in ("h", "m", "s"))
    return hours * 3600 + minutes * 60 + rest
