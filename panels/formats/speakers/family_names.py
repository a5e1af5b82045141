"""The family name in a name, by the habits of the language that the name is written in: a proposal."""

from __future__ import annotations

import re
from dataclasses import replace

from panels.formats.speakers.chinese_names import FAMILY
from panels.formats.speakers.described import is_organisation
from panels.formats.speakers.east_asian_names import is_east_asian
from panels.formats.speakers.identity import identifies
from panels.formats.speakers.people_labels import person_name
from panels.formats.speakers.words.identity import PARTICLES, SMALL_PARTICLES, SUFFIXES
from panels.transcript import PanelMember

# Words of organisations that are family names, too, or not only of organisations.
_MAY_BE_ORGANISATION = re.compile(
    r"\b(?:of|for|and|the|und|für|der Stadt|pour|du|para)\b|&|"
    r"\b(?:alliance|archives?|board|bureau|church|city|committee|cooperative|daily|federation|festival|fund|gallery|hall|"
    r"initiative|journal|laboratory|league|network|party|project|radio|service|studios?|team|theat(?:er|re)|trust)\b",
    re.IGNORECASE,
)
_CHINESE = re.compile(rf"(?P<family>{FAMILY})[\u4e00-\u9fff]{{1,2}}")
_FEWEST = 2  # words of a name with a family name


def family_name_of(name: str) -> str:
    """The family name as it stands in a name; empty where it is not plain, as for organisations.

    >>> [family_name_of(name) for name in ("Dr. Ida Krane", "Ludwig van der Berg", "欧阳修", "Martin King Jr.", "Ida")]
    ['Krane', 'van der Berg', '欧阳', 'King', '']
    """
    if not identifies(name):
        return ""
    bare = person_name(name)
    if is_east_asian(bare):
        chinese = _CHINESE.fullmatch(bare)
        return chinese["family"] if chinese else ""
    if is_organisation(bare) or _MAY_BE_ORGANISATION.search(bare) or re.search(r"[(),，（）|/–—]", bare):
        return ""
    words = bare.split()
    while len(words) > _FEWEST and _is_suffix(words[-1]):
        words.pop()
    first = len(words) - 1
    while first > 1 and (words[first - 1].casefold() in PARTICLES or words[first - 1] in SMALL_PARTICLES):
        first -= 1
    found = " ".join(words[first:]).strip(".,")
    return found if len(words) >= _FEWEST and found in name else ""


def with_family_name(listed: PanelMember) -> PanelMember:
    """Somebody with the family name that the source says, or else the one in the name."""
    return replace(listed, family_name=listed.family_name or family_name_of(listed.name))


def _is_suffix(word: str) -> bool:
    return word.strip(".,").casefold().replace(".", "") in SUFFIXES
