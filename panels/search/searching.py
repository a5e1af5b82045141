"""Run a search, from the parsed query to the results page."""

from dataclasses import dataclass

from panels.models import Event, Speaker
from panels.search.facets import Facet, count_facets, names_as_they_are
from panels.search.filters import resolve
from panels.search.hits import Hit, read_hits
from panels.search.index import FOUND, Row, event_of, find
from panels.search.query import Query, QueryFilter
from panels.search.ranking import most_relevant_first, newest_first
from panels.search.suggestions import suggest

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
    shown = newest_first(rows[:FOUND])
    page = max(1, min(page, -(-len(shown) // PER_PAGE)))
    facets, speakers = count_facets(shown, query.terms)
    start = (page - 1) * PER_PAGE
    terms = names_as_they_are(query.terms, speakers)
    return SearchResult(
        query,
        total=len(shown),
        is_capped=len(rows) > FOUND,
        page=page,
        hits=read_hits(most_relevant_first(shown, terms, start)[start : start + PER_PAGE], terms),
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


def newest_published(query: Query, *, most: int) -> tuple[Hit, ...]:
    """Passages that match a query, most recently published event first: the contents of a feed."""
    if query.asks_nothing:
        return ()
    rows = _find(query)[0][:FOUND]
    events = Event.objects.published().filter(pk__in={event_of(row) for row in rows}).order_by("-published_at", "-pk")
    places = {event: place for place, event in enumerate(events.values_list("pk", flat=True))}
    known = sorted(
        (row for row in newest_first(rows) if event_of(row) in places), key=lambda row: places[event_of(row)]
    )
    return read_hits(known[:most], query.terms)
