"""Lists of public events: all, or those in which a tag or a speaker is found anywhere, by year."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from panels.models import Event
from panels.models.event import EventQuerySet
from panels.reading.discovery.filters import YearCount, in_order
from panels.reading.discovery.index_window import LARGEST_KEY, IndexWindow, PassageFilter, window_of
from panels.reading.discovery.use_counts import events_by_year


@dataclass(frozen=True, slots=True)
class EventList:
    """Public events, newest first, and the number of them in each year, whatever year was asked for.

    If not `is_whole`, they are the events of the newest passages; `before` is the parameter for the others.
    """

    events: EventQuerySet
    count: int
    years: list[YearCount]
    is_whole: bool = True
    before: int = LARGEST_KEY


def list_events(facets: Sequence[str], *, year: int | None, before: int) -> EventList:
    """The events that have passages with each of these facets of the search index; all without any."""
    if facets:
        return _of_windows(facets, PassageFilter(year=year, before=before))
    counts = events_by_year()
    events = Event.objects.published().newest_first()
    if year is not None:
        events = events.filter(date__year=year)
    return EventList(events, sum(counts.values()) if year is None else counts.get(year, 0), in_order(Counter(counts)))


def _of_windows(facets: Sequence[str], passage_filter: PassageFilter) -> EventList:
    windows, of_all_years = (
        [window_of(facet, passage_filter=one) for facet in facets]
        for one in (passage_filter, passage_filter.without_year())
    )
    found = _in_all(windows)
    years = {event: year for window in of_all_years for event, year in window.event_years().items()}
    return EventList(
        Event.objects.published().filter(pk__in=found).newest_first(),
        len(found),
        in_order(Counter(years[event] for event in _in_all(of_all_years))),
        all(window.is_whole for window in windows),
        max((window.before for window in windows if not window.is_whole), default=LARGEST_KEY),
    )


def _in_all(windows: Sequence[IndexWindow]) -> set[int]:
    """The keys of the events that have passages in each window."""
    return set.intersection(*(window.events for window in windows))
