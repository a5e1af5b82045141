"""The filters available for search results, with counts."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice

from django.db.models import QuerySet

from panels.models import Speaker, Tag
from panels.models.speaker import NOTED
from panels.search.index import Row
from panels.search.query import Term
from panels.transcript.words import words_of

_MOST = 10
_NAMESAKES = 3


@dataclass(frozen=True, slots=True)
class Option:
    """A filter value: its label, the number of matches, and a speaker’s label in the original script."""

    value: str
    label: str
    count: int
    original_label: str = ""


@dataclass(frozen=True, slots=True)
class Facet:
    """A field ("speaker", "tag", "year" or "language") with its most frequent values; years newest first."""

    field: str
    options: tuple[Option, ...]


def count_facets(rows: Sequence[Row], terms: Sequence[Term]) -> tuple[tuple[Facet, ...], tuple[Speaker, ...]]:
    """The facets that have values, in order, and the speakers who are named by the terms.

    Everything in the index is public.
    """
    counts = Counter(" ".join(facets for _, facets in rows).split())
    speaking = _most(counts, "s", 5 * _MOST)
    people = _rows(Speaker.objects.identified(), speaking, "slug", "name", "original_name", "note")
    tags = _most(counts, "t")
    names = _rows(Tag.objects.all(), tags, "slug", "name")
    found = (
        Facet("speaker", _named(people, speaking)[:_MOST]),
        Facet("tag", _named(names, tags)),
        Facet("year", _years(counts)),
        Facet("language", _languages(counts)),
    )
    called = _namesakes(((number, people[number][1:3]) for number, _ in speaking if number in people), terms)
    known = Speaker.objects.in_bulk(called) if called else {}
    return tuple(facet for facet in found if facet.options), tuple(known[number] for number in called)


def _rows(
    stored: "QuerySet[Speaker] | QuerySet[Tag]", counts: Sequence[tuple[int, int]], *columns: str
) -> dict[int, tuple[str, ...]]:
    """Columns of the rows with these keys; many more are counted than are shown."""
    found = stored.filter(pk__in=[number for number, _ in counts]).order_by().values_list("pk", *columns)
    return {number: tuple(values) for number, *values in found}


def _most(counts: "Counter[str]", letter: str, most: int = _MOST) -> list[tuple[int, int]]:
    """The keys that are in the most rows, with their counts."""
    found = ((int(facet[1:]), count) for facet, count in counts.items() if facet[0] == letter)
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:most]


def _named(rows: Mapping[int, Sequence[str]], counts: Sequence[tuple[int, int]]) -> tuple[Option, ...]:
    """Of speakers, whose rows end with their note, with that."""
    options = (
        Option(rows[number][0], *_labels(*rows[number], count=count)) for number, count in counts if number in rows
    )
    return tuple(sorted(options, key=lambda option: (-option.count, option.value)))


def _labels(_slug: str, name: str, original_name: str = "", note: str = "", *, count: int) -> tuple[str, int, str]:
    noted = f"{NOTED}{note}" if note else ""
    return f"{name}{noted}", count, f"{original_name}{noted}" if original_name else ""


def _years(counts: "Counter[str]") -> tuple[Option, ...]:
    years = sorted(((int(facet[1:]), count) for facet, count in counts.items() if facet[0] == "y"), reverse=True)
    return tuple(Option(str(year), str(year), count) for year, count in years[:_MOST])


def _languages(counts: "Counter[str]") -> tuple[Option, ...]:
    """The counts by language, whatever the country and the script."""
    found = [Option(facet[1:-1], facet[1:-1], count) for facet, count in counts.items() if facet[0] == "p"]
    return tuple(sorted(found, key=lambda option: (-option.count, option.value))[:_MOST])


def _namesakes(people: Iterable[tuple[int, tuple[str, ...]]], terms: Sequence[Term]) -> tuple[int, ...]:
    """The most frequent speakers whose names have all words of the query, at least half of the words in the name."""
    wanted = {word for term in terms for word in term.words}
    called = (number for number, names in people if any(_is_called(wanted, name) for name in names))
    return tuple(islice(called, _NAMESAKES)) if wanted else ()


def _is_called(wanted: set[str], name: str) -> bool:
    words = _words_of_name(name)
    return wanted <= words and 2 * len(wanted) >= len(words)


def names_as_they_are(terms: Sequence[Term], speakers: Iterable[Speaker]) -> tuple[Term, ...]:
    """The terms, those that are in the name of one of these people as names: “Doe” is not “does”."""
    people = (speaker for speaker in speakers if speaker.kind == Speaker.Kind.PERSON)
    names = {word for one in people for name in (one.name, one.original_name) for word in _words_of_name(name)}
    return tuple(replace(term, is_name=True) if names.issuperset(term.words) else term for term in terms)


@lru_cache(maxsize=4096)
def _words_of_name(name: str) -> frozenset[str]:
    return frozenset(word.word for word in words_of(name))
