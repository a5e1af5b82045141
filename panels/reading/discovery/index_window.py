"""The newest public passages of a speaker or under a tag, whatever is stored.

A speaker may have given tens of thousands of answers. A page about them reads a bounded number of rows of the search
index, which holds every public passage in the order of days, with its event, speakers, tags and year. Lists, counts,
years and tags are made from these rows, and say so if there are more.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from panels.models import Speaker, Tag
from panels.models.database.search_index import Key, key_of, keys_of_year
from panels.models.event import UNDATED
from panels.search.index import IndexQuery, Row, event_of, newest

READ = 500
"""At most so many rows, of answers, questions and sessions."""
LARGEST_KEY = 2**63 - 1


@dataclass(frozen=True, slots=True)
class PassageFilter:
    """A filter for passages: by a tag on them, their question or event, and by year.

    With `before`, only rows of the index with smaller keys: those that the last page could not show.
    """

    tag: Tag | None = None
    year: int | None = None
    before: int = LARGEST_KEY

    def __bool__(self) -> bool:
        return self.tag is not None or self.year is not None

    def without_tag(self) -> "PassageFilter":
        return replace(self, tag=None)

    def without_year(self) -> "PassageFilter":
        return replace(self, year=None)

    @property
    def facets(self) -> tuple[str, ...]:
        return () if self.tag is None else (tag_facet(self.tag),)

    @property
    def keys(self) -> tuple[int, int]:
        """The lowest and the highest key."""
        first, last = (0, LARGEST_KEY) if self.year is None else keys_of_year(self.year)
        return first, min(last, self.before - 1)


NO_FILTER = PassageFilter()


@dataclass(frozen=True, slots=True)
class IndexWindow:
    """The newest rows of the index with some facets, newest first; all of them if `is_whole`."""

    rows: tuple[Row, ...]
    is_whole: bool

    @property
    def before(self) -> int:
        """The value of `PassageFilter.before` for the rows that were not read."""
        return self.rows[-1][0]

    @property
    def events(self) -> set[int]:
        """The keys of the events that the passages are in."""
        return set(map(event_of, self.rows))

    def passages(self, kind: str) -> list[int]:
        """The primary keys of the passages of a kind: "answer", "question" or "event"; newest day first."""
        return [key.row for key, _facets in self._of_kind(kind)]

    def by_facet(self, letter: str, kind: str = "answer") -> "Counter[int]":
        """How many passages of a kind there are by speaker ("s") or by tag ("t"), given by their primary keys."""
        found = (facet for _key, facets in self._of_kind(kind) for facet in facets.split())
        return Counter(int(facet[1:]) for facet in found if facet[0] == letter)

    def without_speaker(self) -> int:
        """How many answers are unattributed."""
        return sum(" s" not in facets for _key, facets in self._of_kind("answer"))

    def by_year(self, kind: str = "answer") -> "Counter[int | None]":
        """How many passages of a kind there are by year; None for undated events."""
        return Counter(_year_of(key.day) for key, _facets in self._of_kind(kind))

    def event_years(self) -> dict[int, int | None]:
        """The year of each event, by its key."""
        return {event_of(row): _year_of(key_of(row[0]).day) for row in self.rows}

    def _of_kind(self, kind: str) -> Iterator[tuple[Key, str]]:
        keys = ((key_of(number), facets) for number, facets in self.rows)
        return ((key, facets) for key, facets in keys if key.kind == kind)


def window_of(*facets: str, passage_filter: PassageFilter = NO_FILTER, most: int | None = None) -> IndexWindow:
    """The newest rows that have all facets, `READ` unless said otherwise; one query on SQLite, a few on PostgreSQL."""
    most = most or READ
    wanted = IndexQuery(facets=(*facets, *passage_filter.facets), keys=passage_filter.keys)
    rows = newest(wanted, most + 1)
    return IndexWindow(tuple(rows[:most]), is_whole=len(rows) <= most)


def speaker_facet(speaker: Speaker) -> str:
    return f"s{speaker.pk}"


def tag_facet(tag: Tag) -> str:
    return f"t{tag.pk}"


def _year_of(day: int) -> int | None:
    return dt.date.fromordinal(day).year if day > UNDATED.toordinal() else None
