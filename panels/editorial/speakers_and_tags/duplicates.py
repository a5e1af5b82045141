"""Find likely duplicates: the same words in another order or script, with other accents, initials or spellings.

They are suggested to editors, and never merged automatically.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import combinations
from typing import Generic, TypeVar

from django.utils.translation import gettext as _

from panels.transcript.text import sort_key_of

Named = TypeVar("Named")

_MISSPELT_FROM = 5  # letters of a name, and
_MISSPELT_WORD = 3  # of the word in it: of shorter ones one letter makes another name
_CROWD = 20  # names of one form; where more share it, it is no likeness


class _Likeness(IntEnum):
    """The strongest first."""

    WORDS = 0
    INITIALS = 1
    SPELLING = 2
    PART = 3


@dataclass(frozen=True, slots=True)
class Pair(Generic[Named]):
    """Two likely duplicates, and why."""

    one: Named
    other: Named
    why: str


@dataclass(frozen=True, slots=True)
class _Form:
    """A form of a name that another name may share. With `short`, it is the whole name."""

    likeness: _Likeness
    written: str
    short: bool = True


def likely_duplicates(rows: Iterable[tuple[Named, Sequence[str]]], *, people: bool) -> list[Pair[Named]]:
    """Pairs of likely duplicates, likeliest first, in time linear in the number of names. A row may have several names.

    Initials and single names match whole names only among `people`.
    """
    things: list[Named] = []
    shared: dict[tuple[_Likeness, str], dict[int, bool]] = defaultdict(dict)
    for thing, names in rows:
        for form in {form for name in names for form in _forms(sort_key_of(name).split(), people=people)}:
            having = shared[form.likeness, form.written]
            having[len(things)] = having.get(len(things), False) or form.short
        things.append(thing)
    found: dict[tuple[int, int], _Likeness] = {}
    for (likeness, _written), having in sorted(shared.items(), key=lambda form: form[0][0]):
        if len(having) <= _CROWD:
            for one, other in combinations(having, 2):
                if having[one] or having[other]:
                    found.setdefault((one, other), likeness)
    why = {
        _Likeness.WORDS: _("same words"),
        _Likeness.INITIALS: _("initials"),
        _Likeness.SPELLING: _("similar spelling"),
        _Likeness.PART: _("one name contains the other"),
    }
    pairs = sorted(found.items(), key=lambda pair: (pair[1], pair[0]))
    return [Pair(things[one], things[other], why[likeness]) for (one, other), likeness in pairs]


def _forms(words: Sequence[str], *, people: bool) -> Iterator[_Form]:
    words = [word for word in (word.strip(".,") for word in words) if word]
    spelt = " ".join(sorted(words))
    if not spelt:
        return
    yield _Form(_Likeness.WORDS, spelt)
    yield _Form(_Likeness.WORDS, "".join(words))
    if len(spelt) >= _MISSPELT_FROM:
        yield _Form(_Likeness.SPELLING, spelt)
        yield from (_Form(_Likeness.SPELLING, one) for one in _without_a_letter(sorted(words)))
    if not people:
        return
    if len(words) > 1:
        for family, given in ((words[0], words[1:]), (words[-1], words[:-1])):
            short = all(len(name) == 1 for name in given)
            yield _Form(_Likeness.INITIALS, f"{family} {given[0][0]}", short=short)
    yield from (_Form(_Likeness.PART, word, short=len(words) == 1) for word in words if len(word) > 1)


def _without_a_letter(words: Sequence[str]) -> Iterator[str]:
    for place, word in enumerate(words):
        if len(word) >= _MISSPELT_WORD:
            for at in range(len(word)):
                yield " ".join((*words[:place], word[:at] + word[at + 1 :], *words[place + 1 :]))
