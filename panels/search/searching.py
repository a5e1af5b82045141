"""Run a search, from the parsed query to the results page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from panels.models import Event, Speaker
from panels.models.database.search_index import key_of
from panels.models.database.search_rows import KEY_BITS
from panels.search.facets import Facet, count_facets
from panels.search.filters import resolve
from panels.search.hits import Hit, read_hits, read_texts
from panels.search.index import FOUND, Row, event_of, find
from panels.search.query import Query, QueryFilter, Term
from panels.search.ranking import score
from panels.search.suggestions import suggest

RANKED = 100
"""This many of the newest matches are ordered by relevance."""
PER_PAGE = 20


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The results of a search.

    `total` is the number of passages, at most `FOUND`; `is_capped` if there are more, older ones, which are neither
    counted nor shown. `hits` are those of the page. `facets` count all passages in `total`. `speakers` are people
    whose names have all the words. If nothing was found, `unknown` lists the filters that match nothing, and
    `suggestions` are queries with similarly spelt names.
    """

    query: Query
    total: int = 0
    is_capped: bool = False
    page: int = 1
    hits: tuple[Hit, ...] = ()
    facets: tuple[Facet, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    unknown: tuple[QueryFilter, ...] = ()
    suggestions: tuple[str, ...] = ()

    @property
    def pages(self) -> int:
        """The number of pages of `PER_PAGE` hits, at least one."""
        return max(1, -(-self.total // PER_PAGE))


def search(query: Query, *, page: int = 1) -> SearchResult:
    """The passages that match a query, and the available filters.

    Pages count from 1; a page beyond the last is the last. A query without conditions finds nothing.
    """
    if query.asks_nothing:
        return SearchResult(query)
    rows, unknown = _find(query)
    if not rows:
        return SearchResult(query, unknown=unknown, suggestions=suggest(query))
    shown = _in_order(rows[:FOUND])
    page = max(1, min(page, -(-len(shown) // PER_PAGE)))
    facets, speakers = count_facets(shown, query.terms)
    start = (page - 1) * PER_PAGE
    return SearchResult(
        query,
        total=len(shown),
        is_capped=len(rows) > FOUND,
        page=page,
        hits=read_hits(_ranked(shown, query.terms, start)[start : start + PER_PAGE], query.terms),
        facets=facets,
        speakers=speakers,
    )


def _find(query: Query) -> tuple[list[Row], tuple[QueryFilter, ...]]:
    """The newest rows, or the filters that match nothing."""
    resolved = resolve(query, is_trusting=True)
    if resolved.wanted and (rows := find(resolved.wanted)):
        return rows, ()
    resolved = resolve(query)
    return find(resolved.wanted) if resolved.wanted and query.filters else [], resolved.unknown


def _ranked(rows: list[Row], terms: Sequence[Term], start: int) -> list[Row]:
    """The newest rows by relevance, followed by the others in order; all in order if `start` is beyond the newest."""
    if start >= RANKED or not terms:
        return rows
    texts = read_texts(rows[:RANKED])
    scores = {row: score(key_of(row[0]).kind, texts[row], terms) for row in rows[:RANKED] if row in texts}
    ranked = sorted(scores, key=lambda row: -round(scores[row], 6))  # the sort is stable
    return [*ranked, *rows[RANKED:]]


def newest_published(query: Query, *, most: int) -> tuple[Hit, ...]:
    """Passages that match a query, most recently published event first: the contents of a feed."""
    if query.asks_nothing:
        return ()
    rows = _find(query)[0][:FOUND]
    events = Event.objects.published().filter(pk__in={event_of(row) for row in rows}).order_by("-published_at", "-pk")
    places = {event: place for place, event in enumerate(events.values_list("pk", flat=True))}
    known = sorted((row for row in _in_order(rows) if event_of(row) in places), key=lambda row: places[event_of(row)])
    return read_hits(known[:most], query.terms)


def _in_order(rows: Iterable[Row]) -> list[Row]:
    """The rows newest first; within a day by event: the event itself, its questions, its answers."""
    return sorted(rows, key=_place)


def _place(row: Row) -> tuple[int, int, int, int]:
    number = row[0]
    return -(number >> KEY_BITS), event_of(row), -(number & 3), number
