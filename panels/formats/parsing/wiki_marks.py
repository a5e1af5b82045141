"""Turn the marks of MediaWiki into those of Markdown: `'''Name:'''`, `== Heading ==`, `[[Page|words]]`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from panels.formats.limits import timed

_BOLD = re.compile(r"'''(?P<text>[^']{1,300}(?:'(?!')[^']{1,300}){0,9})'''")
_ITALIC = re.compile(r"''(?P<text>[^']{1,300}(?:'(?!')[^']{1,300}){0,9})''")
_HEADING = re.compile(r"(?P<level>={1,6})\s?(?P<text>[^=].{0,200}?)\s?(?P=level)\s*")
_LINK = re.compile(r"\[\[(?:[^\[\]|]{1,200}\|)?(?P<text>[^\[\]|]{1,200})\]\]")
_SEVERAL = 2


def from_wiki(lines: Sequence[str]) -> Sequence[str]:
    """The lines with Markdown's marks, if several begin with bold as in MediaWiki; any others as they are."""
    if sum(1 for line in timed(lines) if line.lstrip(":*# ").startswith("'''")) < _SEVERAL:
        return lines
    return [_line(line) for line in timed(lines)]


def _line(line: str) -> str:
    heading = _HEADING.fullmatch(line)
    if heading:
        return f"{'#' * len(heading['level'])} {heading['text']}"
    marked = _ITALIC.sub(r"_\g<text>_", _BOLD.sub(r"**\g<text>**", line)) if "''" in line else line
    return _LINK.sub(r"\g<text>", marked) if "[[" in marked else marked
