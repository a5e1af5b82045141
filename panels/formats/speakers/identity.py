"""Decide whether a name identifies somebody in any session, or is only a label of its own session.

Two sessions with “Q”, “Ida”, “JW”, “The Chair” or “Speaker 1” need not mean the same person; two with “Ida Krane” or
张三 do, as far as a name can tell. So a name identifies somebody if it has a given and a family name:

* two words of more than one letter, or one and at least two initials (`J. R. Marsh`), not counting titles, roles,
  numbers, and the particles of family names (`van der`, `bin`);
* in Chinese, Japanese and Korean, a family name with a given name, without titles (not `王先生` or `老王`).

In doubt, a name is a label: an editor can identify it later, but cannot undo what readers have seen. Names of
organisations follow the same rule: `Bank of Exampleton` identifies it, `BBC` does not. A label of two people
identifies nobody.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from panels.formats.speakers.east_asian_names import is_east_asian, is_full_name
from panels.formats.speakers.parts_played import is_name_part
from panels.formats.speakers.people_labels import person_name
from panels.formats.speakers.words.identity import (
    ABSTRACT_FIRST,
    GENERATIONS,
    GIVEN_COMPOUNDS,
    JOINING,
    LAST_ROLES,
    PARTICLES,
    ROLES,
    SMALL_PARTICLES,
    SUFFIXES,
    TITLES,
)

_BRACKETED = re.compile(r"[(（\[【][^()（）\[\]【】]*[)）\]】]")
_IN_BRACKETS = re.compile(r"[(（\[【]([^()（）\[\]【】]+)[)）\]】]")
_SEVERAL = re.compile(r"[&/+、;；]|\s(?:" + "|".join(JOINING) + r")\s", re.IGNORECASE)
_BOTH = re.compile(r"\S+ (?:y|e|i) \S+")  # in longer names it is part of the family name
_DOTTED = re.compile(r"(?:\w\.)+\w?\.?")
_INITIALS = re.compile(r"[A-ZÀ-ÖØ-Þ]{1,3}")
_POSSESSIVE = re.compile(r"[’']s$", re.IGNORECASE)
_COMMAS = re.compile(r"[,，]")
_BEHIND = re.compile(r" [-–—|] ")  # separator that meeting recorders write before an organisation
_AROUND = ".,:;'’\"“”„«»"
_ENOUGH_INITIALS = 2


@lru_cache(maxsize=20_000)
def identifies(name: str) -> bool:
    """Whether a name identifies somebody beyond its own session.

    >>> [identifies(name) for name in ("Ida Krane", "Dr. Krane", "IK", "张三", "提問者1")]
    [True, False, False, True, False]
    """
    bare = person_name(name).lstrip("@")
    if is_name_part(bare):
        return False
    outside = " ".join(_BRACKETED.sub(" ", bare).split())
    if not _words(outside):
        inside = _IN_BRACKETS.findall(bare)
        return len(inside) == 1 and _is_whole(inside[0])
    return _is_whole(outside)


def _is_whole(name: str) -> bool:
    """Same as `identifies`, for a name without brackets. Text after a whole name and a comma is an office."""
    name = _BEHIND.split(name)[0]
    if is_name_part(name) or _SEVERAL.search(name) or _BOTH.fullmatch(name):
        return False
    first, *rest = (part.strip() for part in _COMMAS.split(name))
    if not rest:
        return _has_two_names(name)
    return _has_two_names(first) or (len(rest) == 1 and _has_two_names(f"{rest[0]} {first}"))


def _has_two_names(name: str) -> bool:
    """Whether there is a given name and a family name."""
    if is_east_asian(name):
        return is_full_name(name)
    words = name.split()
    folded = [_folded(word) for word in words]
    if not words or folded[-1] in LAST_ROLES or folded[0] in ABSTRACT_FIRST or any(map(_POSSESSIVE.search, words[:1])):
        return False
    names = _words(name)
    if " ".join(map(_folded, names)) in GIVEN_COMPOUNDS or not _are_capitalised(names):
        return False
    shouted = all(word.isupper() for word in words if len(word) > 1)
    whole = [word for word in names if not _is_initials(word, shouted=shouted)]
    initials = sum(len(re.sub(r"\W", "", word)) for word in names if _is_initials(word, shouted=shouted))
    return len(whole) > 1 or (len(whole) == 1 and initials >= _ENOUGH_INITIALS)


def _words(name: str) -> list[str]:
    """The words that are names: without titles, roles, numbers, degrees and particles."""
    words = re.sub(r"(?<=\w\.)(?=\w{2})", " ", name).split()
    while words and _folded(words[0]) in TITLES | ROLES:
        words = words[1:]
    return [word.strip(_AROUND) for word in words if not _is_name_addition(word)]


def _is_name_addition(word: str) -> bool:
    """Whether a word accompanies names without being one: a number, a degree (in capitals), a particle."""
    folded = _folded(word)
    degree = folded.replace(".", "") in SUFFIXES and (word[0].islower() or not word.istitle() or folded in GENERATIONS)
    number = not any(sign.isalpha() for sign in word) or any(sign.isdigit() for sign in word)
    return number or degree or folded in PARTICLES or word in SMALL_PARTICLES


def _is_initials(word: str, *, shouted: bool) -> bool:
    """Whether a word is one letter, letters with dots, or capitals where other words have small letters."""
    if len(word) == 1 or _DOTTED.fullmatch(word):
        return True
    return not shouted and bool(_INITIALS.fullmatch(word))


def _are_capitalised(names: list[str]) -> bool:
    """Whether names begin with capitals, in scripts that have them: `some guy` is not a name."""
    return not any(name[0].islower() for name in names if unicodedata.category(name[0])[0] == "L")


def _folded(word: str) -> str:
    return word.strip(_AROUND).casefold()
