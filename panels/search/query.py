"""What may be typed into the search box, and what it says.

Words must all be there; AND between them says nothing more. "Words in quotation marks" stand together, as do those of
a script without spaces. A word with `-` before it must not be there; one with `*` behind it stands for all that begin
so. `speaker:`, `tag:`, `event:`, `year:` and `language:` narrow the search, each to a name or an address, in quotation
marks if it has spaces, or with `-` before it to all others. Nothing that is typed is an error: what makes no sense is
taken for words, and signs alone for nothing.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import islice

from panels.models.database.search_words import BETWEEN
from panels.transcript.words import stem, words_of

LONGEST = 500
"""So many characters of a query are read,"""
MOST_TERMS = 24
"""and so many words, phrases and narrowings."""
FIELDS = ("speaker", "tag", "event", "year", "language")
_SHORTEST_PREFIX = 2

_QUOTED = '["“”„«»「」]'
_CHUNK = re.compile(
    rf"(?P<not>[-－−](?=\S))?(?:(?P<field>{'|'.join(FIELDS)})[:：])?"
    rf"(?:{_QUOTED}(?P<phrase>[^\"“”„«»「」]*)(?:{_QUOTED}|$)|(?P<word>[^\s\"“”„«»「」]+))(?P<star>\*)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand together; if it is a prefix, the last one may go on."""

    words: tuple[str, ...]
    is_prefix: bool = False

    def __str__(self) -> str:
        words = " ".join(self.words)
        return (f'"{words}"' if len(self.words) > 1 else words) + "*" * self.is_prefix

    @property
    def stems(self) -> tuple[str, ...]:
        """What is compared."""
        return tuple(map(stem, self.words))


@dataclass(frozen=True, slots=True)
class QueryFilter:
    """A speaker, tag, event, year or language that passages must have, or must not."""

    field: str
    value: str
    is_excluded: bool = False

    def __str__(self) -> str:
        return f'{"-" * self.is_excluded}{self.field}:"{self.value}"'


@dataclass(frozen=True, slots=True)
class Query:
    """What a reader asks for. `is_cut`: it was longer than is read."""

    typed: str = ""
    terms: tuple[Term, ...] = ()
    excluded: tuple[Term, ...] = ()
    narrowings: tuple[QueryFilter, ...] = ()
    is_cut: bool = False

    def __str__(self) -> str:
        """As it may be typed; read again, it asks the same."""
        excluded = (f"-{term}" for term in self.excluded)
        return " ".join([*map(str, self.terms), *excluded, *map(str, self.narrowings)])

    def narrowed(self, chosen: Mapping[str, str]) -> "Query":
        """The same query, narrowed further: values by their fields."""
        more = tuple(QueryFilter(field, value[:LONGEST]) for field, value in chosen.items())
        return replace(self, narrowings=tuple(dict.fromkeys((*self.narrowings, *more))))

    @property
    def asks_nothing(self) -> bool:
        """Whether there is nothing that a passage must have."""
        return not self.terms and all(narrowing.is_excluded for narrowing in self.narrowings)


def read_query(typed: str) -> Query:
    """What was typed, taken apart."""
    typed = typed.strip()
    read = typed[:LONGEST]
    terms: list[Term] = []
    excluded: list[Term] = []
    narrowings: list[QueryFilter] = []
    chunks = list(islice(_CHUNK.finditer(read), MOST_TERMS + 1))
    for chunk in chunks[:MOST_TERMS]:
        value = chunk["phrase"] if chunk["phrase"] is not None else chunk["word"]
        if chunk["field"] and (value := value.strip()):
            narrowings.append(QueryFilter(chunk["field"].lower(), value, bool(chunk["not"])))
        elif value == "AND":
            continue
        elif term := read_term(value, is_prefix=bool(chunk["star"]) or value.endswith("*")):
            (excluded if chunk["not"] else terms).append(term)
    is_cut = len(typed) > LONGEST or len(chunks) > MOST_TERMS
    return Query(typed, _once(terms), _once(excluded), tuple(dict.fromkeys(narrowings)), is_cut)


def _once(terms: list[Term]) -> tuple[Term, ...]:
    return tuple(dict.fromkeys(terms))


def read_term(text: str, *, is_prefix: bool = False) -> Term | None:
    """The words of a text as a phrase; None if it has none."""
    words = tuple(word.word for word in words_of(text.replace(BETWEEN, " ")))
    if not words:
        return None
    return Term(words, is_prefix and len(words[-1]) >= _SHORTEST_PREFIX)
