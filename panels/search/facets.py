"""By what a search can be narrowed further, counted in what was found."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from panels.models import Speaker, Tag
from panels.search.index import Row
from panels.search.query import Term
from panels.words import words_of

_MOST = 10
_NAMESAKES = 3


@dataclass(frozen=True, slots=True)
class Option:
    """One way to narrow a search: the value of the field, what it is called, and in how many matches it is."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Facet:
    """A field ("speaker", "tag", "year" or "language") with its most frequent values; years newest first."""

    field: str
    options: tuple[Option, ...]


def count_facets(rows: Sequence[Row], terms: Sequence[Term]) -> tuple[tuple[Facet, ...], tuple[Speaker, ...]]:
    """The facets that have values, in their order, and of the speakers those whom the terms name.

    Who and what stands in the index is seen by readers.
    """
    counts = Counter(chain.from_iterable(facets.split() for _, facets in rows))
    speaking = _most(counts, "s", 5 * _MOST)
    people = Speaker.objects.in_bulk([number for number, _ in speaking])
    tags = _most(counts, "t")
    names = Tag.objects.in_bulk([number for number, _ in tags])
    found = (
        Facet("speaker", _named(people, speaking)[:_MOST]),
        Facet("tag", _named(names, tags)),
        Facet("year", _years(counts)),
        Facet("language", _languages(counts)),
    )
    called = (people[number] for number, _ in speaking if number in people)
    return tuple(facet for facet in found if facet.options), _namesakes(called, terms)


def _most(counts: "Counter[str]", letter: str, most: int = _MOST) -> list[tuple[int, int]]:
    """The keys, with their counts, that are in the most rows."""
    found = ((int(facet[1:]), count) for facet, count in counts.items() if facet[0] == letter)
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:most]


def _named(rows: "Mapping[int, Speaker] | Mapping[int, Tag]", counts: Sequence[tuple[int, int]]) -> tuple[Option, ...]:
    options = (Option(rows[number].slug, rows[number].name, count) for number, count in counts if number in rows)
    return tuple(sorted(options, key=lambda option: (-option.count, option.value)))


def _years(counts: "Counter[str]") -> tuple[Option, ...]:
    years = sorted(((int(facet[1:]), count) for facet, count in counts.items() if facet[0] == "y"), reverse=True)
    return tuple(Option(str(year), str(year), count) for year, count in years[:_MOST])


def _languages(counts: "Counter[str]") -> tuple[Option, ...]:
    """By language, whatever the country and the script."""
    found = [Option(facet[1:-1], facet[1:-1], count) for facet, count in counts.items() if facet[0] == "p"]
    return tuple(sorted(found, key=lambda option: (-option.count, option.value))[:_MOST])


def _namesakes(people: Iterable[Speaker], terms: Sequence[Term]) -> tuple[Speaker, ...]:
    """Of the most frequent speakers, those whom the query names: all its words, and they are half a name."""
    wanted = {word for term in terms for word in term.words}
    called = (one for one in people if _is_called(wanted, one.name) or _is_called(wanted, one.original_name))
    return tuple(islice(called, _NAMESAKES)) if wanted else ()


def _is_called(wanted: set[str], name: str) -> bool:
    words = {word.word for word in words_of(name)}
    return wanted <= words and 2 * len(wanted) >= len(words)
