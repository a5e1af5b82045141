"""Read tables of attendees with abbreviations, and `Name (ABC)` in a text; for lists see `participants`.

Minutes abbreviate speakers, and expand the abbreviations there. The text stays in the introduction; only the people are
read here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from panels.formats.limits import timed
from panels.formats.parsing.text_lines import Line
from panels.formats.speakers.east_asian_names import is_full_name
from panels.formats.speakers.names import CAPITALS, definition, is_capitalised, is_initials
from panels.transcript import PanelMember

_PAIR = re.compile(
    rf"(?P<name>[^\W\d_][^()（）|,;:，、：\n]{{1,48}}?)\s?[(（](?P<short>[{CAPITALS}][^\W\d_]{{1,3}}\d?)[)）]"
)
_ABBREVIATION = re.compile(r"[A-Z][A-Za-z]{0,3}\d?")
_ABBREVIATED = ("abbreviation", "abbrev", "initials", "acronym", "缩写")


def attendees(lines: Sequence[Line]) -> tuple[PanelMember, ...]:
    """The people in the lines, each once."""
    people: dict[str, PanelMember] = {}
    for person in (*_of_tables(lines), *_of_pairs(lines)):
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
        for found in _PAIR.finditer(line.text) if "(" in line.text or "（" in line.text else ():
            name = found["name"].strip(" *_-")
            if is_capitalised(name) and (
                definition(f"{name} ({found['short']})")
                or (is_full_name(name) and is_initials(found["short"]) and _is_label(found["short"], lines))
            ):
                yield PanelMember(name=name, labels=(found["short"],))


def _is_label(short: str, lines: Sequence[Line]) -> bool:
    """Whether lines begin with a short form: that of a name in another script cannot be told from its letters."""
    return any(line.text.lstrip("*_").startswith((f"{short}:", f"{short}：", f"{short} :")) for line in lines)
