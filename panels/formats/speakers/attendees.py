"""Read lists of attendees in a text: a table with abbreviations, `Name (ABC)`, or names under a heading.

Minutes abbreviate speakers, and expand the abbreviations in such a list. The text of the list stays in the
introduction; only the people are read here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from panels.formats.limits import timed
from panels.formats.parsing.text_lines import Line, LineKind, unmarked
from panels.formats.speakers.names import definition, is_capitalised, looks_like_name, may_be_chinese_name
from panels.transcript import PanelMember

_LIST = re.compile(
    r"[*_\s]*(?:(?:in-person|remote|online|meeting|(?:introduction|list) of)\s)?(?:attendees|attendance|participants|"
    r"present|people|panelists|panellists|guests?|speakers?|moderators?|与会者|与会嘉宾|嘉宾|出席)[*_\s]*(?:[:：][*_\s]*(?P<names>.*))?",
    re.IGNORECASE,
)
_PAIR = re.compile(r"(?P<name>[^\W\d_][^()|,;:\n]{2,48}?)\s?\((?P<short>[A-Z][A-Za-z]{1,3}\d?)\)")
_SPLIT = re.compile(r"(?:(?<!\s)\s+)?[,;、，；]\s*")
_ENTRIES = re.compile(r"(?:(?<!\s)\s+)?[;；]\s*")
_WHOLE_NAME = range(1, 5)  # words
_NAME_AND_TITLE = 2
_STOPS = ".!?"
_BULLET = re.compile(r"^(?:[-*+•]|\d+[.)])\s+")
_ABBREVIATION = re.compile(r"[A-Z][A-Za-z]{0,3}\d?")
_ABBREVIATED = ("abbreviation", "abbrev", "initials", "acronym", "缩写")


def attendees(lines: Sequence[Line]) -> tuple[PanelMember, ...]:
    """The people in the lines, each once."""
    people: dict[str, PanelMember] = {}
    for person in (*_of_tables(lines), *_of_pairs(lines), *_of_lists(lines)):
        people.setdefault(person.name, person)
    return tuple(people.values())


def _cells(line: Line) -> list[str]:
    text = line.text.strip()
    if not (text.startswith("|") or text.count("|") > 1):
        return []
    return [re.sub(r"[*_`]", "", cell).strip() for cell in text.strip("|").split("|")]


def _of_tables(lines: Sequence[Line]) -> Iterator[PanelMember]:
    where: tuple[int, int, int | None] | None = None
    for line in lines:
        cells = _cells(line)
        if not cells:
            where = None
        elif where is None:
            where = _columns(cells)
        else:
            yield from _row(cells, where)


def _columns(cells: list[str]) -> tuple[int, int, int | None] | None:
    lower = [cell.casefold() for cell in cells]
    short = next((i for i, cell in enumerate(lower) if cell.startswith(_ABBREVIATED)), None)
    if short is None:
        return None
    name = next((i for i, cell in enumerate(lower) if "name" in cell or "delegate" in cell), 0)
    place = next((i for i, cell in enumerate(lower) if "organi" in cell or "affiliation" in cell), None)
    return name, short, place


def _row(cells: list[str], where: tuple[int, int, int | None]) -> Iterator[PanelMember]:
    name, short, place = where
    if max(name, short) < len(cells) and _ABBREVIATION.fullmatch(cells[short]) and cells[name]:
        organisation = cells[place] if place is not None and place < len(cells) else ""
        yield PanelMember(name=cells[name], organisation=organisation, labels=(cells[short],))


def _of_pairs(lines: Sequence[Line]) -> Iterator[PanelMember]:
    for line in timed(lines):
        for found in _PAIR.finditer(line.text) if "(" in line.text else ():
            name = found["name"].strip(" *_-")
            if is_capitalised(name) and definition(f"{name} ({found['short']})"):
                yield PanelMember(name=name, labels=(found["short"],))


def _of_lists(lines: Sequence[Line]) -> Iterator[PanelMember]:
    inside = False
    for line in lines:
        heading = _LIST.fullmatch(line.text)
        if heading:
            inside = not heading["names"]
            yield from _names(heading["names"] or "")
        elif line.kind is LineKind.HEADING or not inside or not (listed := list(_names(line.text))):
            inside = False
        else:
            yield from listed


def _parts(text: str, signs: re.Pattern[str]) -> list[str]:
    parts = signs.split(unmarked(_BULLET.sub("", text.strip())).strip("*_ "))
    return [re.sub(r"(?<!\s)\s*\([^()]*\)$", "", part).strip() for part in parts if part]


def _person(name: str) -> bool:
    return looks_like_name(name) and is_capitalised(name) and may_be_chinese_name(name)


def _names(text: str) -> Iterator[PanelMember]:
    """Names separated by commas, or by semicolons each with a title after a comma: `Ada Byron, editor; Bo Lin, CTO`.

    In a list item with one comma, the text after it is always a title: `- Ada Byron, Head of Pier`.
    """
    parts = _parts(text, _SPLIT)
    titled = len(parts) == _NAME_AND_TITLE and bool(_BULLET.match(text.strip()))
    if all(map(_person, parts)) and not titled:
        yield from (PanelMember(name=name) for name in parts)
        return
    for entry in _parts(text, _ENTRIES):
        name, _, title = (part.strip() for part in re.sub(r"[，、]", ",", entry).partition(","))
        if _person(name) and len(name.split()) in _WHOLE_NAME and title[:1] not in _STOPS:
            yield PanelMember(name=name, title=title.rstrip("."))
