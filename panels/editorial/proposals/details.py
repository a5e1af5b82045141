"""Find the byline of a text."""

import re

from panels.formats.dates import date_in
from panels.formats.head_dates import only_date
from panels.formats.speakers.names import is_capitalised, looks_like_name

_BYLINE = re.compile(
    r"(?:(?:(?:written|reported|interviewed|recorded|compiled) )?by|von|por|"
    r"(?:文|撰文|作者|记者|記者|采访|採訪|整理)[:：/|]?)"
    r"\s(?P<name>[^\s|·,，:：\d][^|·,，:：\d]{1,60}?)(?:\s?(?:[|·,，–—-]|\bon\b)\s?(?P<more>.{0,60}))?",
    re.IGNORECASE,
)
_CHINESE = re.compile(
    r"(?:文|撰文|作者|记者|記者|采访|採訪|整理)\s?[:：/|]\s?(?P<name>[\u4e00-\u9fff·]{2,8})(?P<more>.{0,40})"
)
_BETWEEN = re.compile(r"[|｜]|\s[·•–—]\s")
_FIRST = 8  # lines
_AND = re.compile(r"(?<!\s)\s(?:and|und|y|&)\s|、")


def byline_of(introduction: str) -> str:
    """The byline among the first lines of an introduction, such as `By Nora Field`; empty if there is none."""
    lines = [line.strip() for line in introduction.split("\n") if line.strip()][:_FIRST]
    return next((found for line in lines if (found := byline_in(line))), "")


def byline_in(line: str) -> str:
    """The byline in a line, without the date and section beside it; empty if the line is not a byline."""
    bare = line.strip(" *_#>")
    found = _BYLINE.fullmatch(bare) or _CHINESE.fullmatch(bare)
    if not found:
        return _beside_date(bare)
    names = _AND.split(found["name"].strip())
    if not all(looks_like_name(name) and is_capitalised(name) for name in names):
        return ""
    more = found["more"] or ""
    if more and len(more.split()) > _FIRST and not date_in(more):
        return ""
    return bare[: found.end("name")].strip()


def _beside_date(line: str) -> str:
    """The byline on a line that begins with a date: `2023年6月18日 | 文：沈若溪 | 摄影：陈屿`."""
    parts = [part.strip() for part in _BETWEEN.split(line)]
    if len(parts) == 1 or not any(map(only_date, parts)):
        return ""
    return next((found for part in parts if (found := byline_in(part))), "")
