"""Parse the text in the search box.

All words must occur; AND between them changes nothing. "Words in quotation marks" must be adjacent, as must those of
a script without spaces. A word with `-` before it must not occur; one with `*` after it matches all words with that
beginning. `speaker:`, `tag:`, `event:`, `year:` and `language:` filter the search by a name or a slug, in quotation
marks if it has spaces; with `-` before it they exclude. No query is an error: invalid syntax is read as words, and
punctuation alone is ignored.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import islice

from panels.models.database.search_words import BETWEEN
from panels.transcript.words import stem, words_of

LONGEST = 500
"""At most this many characters of a query are read,"""
MOST_TERMS = 24
"""and at most this many words, phrases and filters."""
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
    """Adjacent words; for a prefix, the last one may continue. A name is marked as it is, not by its stem."""

    words: tuple[str, ...]
    is_prefix: bool = False
    is_name: bool = False

    def __str__(self) -> str:
        words = " ".join(self.words)
        return (f'"{words}"' if len(self.words) > 1 else words) + "*" * self.is_prefix

    @property
    def stems(self) -> tuple[str, ...]:
        """The stems, which are compared."""
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
    """A parsed query. `is_cut` if it was longer than the limit."""

    typed: str = ""
    terms: tuple[Term, ...] = ()
    excluded: tuple[Term, ...] = ()
    filters: tuple[QueryFilter, ...] = ()
    is_cut: bool = False

    def __str__(self) -> str:
        """The query as it may be typed; parsing it again gives an equal one."""
        excluded = (f"-{term}" for term in self.excluded)
        return " ".join([*map(str, self.terms), *excluded, *map(str, self.filters)])

    def filtered(self, chosen: Mapping[str, str]) -> "Query":
        """The query with further filters, given by field."""
        more = tuple(QueryFilter(field, value[:LONGEST]) for field, value in chosen.items())
        return replace(self, filters=tuple(dict.fromkeys((*self.filters, *more))))

    @property
    def asks_nothing(self) -> bool:
        """Whether nothing is required of a passage."""
        return not self.terms and all(query_filter.is_excluded for query_filter in self.filters)


def read_query(typed: str) -> Query:
    """Parse a query."""
    typed = typed.strip()
    read = typed[:LONGEST]
    terms: list[Term] = []
    excluded: list[Term] = []
    filters: list[QueryFilter] = []
    chunks = list(islice(_CHUNK.finditer(read), MOST_TERMS + 1))
    for chunk in chunks[:MOST_TERMS]:
        value = chunk["phrase"] if chunk["phrase"] is not None else chunk["word"]
        if chunk["field"] and (value := value.strip()):
            filters.append(QueryFilter(chunk["field"].lower(), value, bool(chunk["not"])))
        elif value == "AND":
            continue
        elif term := read_term(value, is_prefix=bool(chunk["star"]) or value.endswith("*")):
            (excluded if chunk["not"] else terms).append(term)
    is_cut = len(typed) > LONGEST or len(chunks) > MOST_TERMS
    return Query(typed, _once(terms), _once(excluded), tuple(dict.fromkeys(filters)), is_cut)


def _once(terms: list[Term]) -> tuple[Term, ...]:
    return tuple(dict.fromkeys(terms))


def read_term(text: str, *, is_prefix: bool = False) -> Term | None:
    """The words of a text as a phrase; None if it has none."""
    words = tuple(word.word for word in words_of(text.replace(BETWEEN, " ")))
    if not words:
        return None
    return Term(words, is_prefix and len(words[-1]) >= _SHORTEST_PREFIX)
