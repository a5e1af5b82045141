"""Events and their transcripts."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from ninja import Query

from panels.api import rows, shapes, telling
from panels.api.addresses import Addresses, addresses_for
from panels.api.answering import answer, answer_of_edition, beside, linked, unchanged
from panels.api.cursors import BY_DAY, BY_NUMBER, slice_of
from panels.api.filters import EventFilters, Slice
from panels.api.lists import Events
from panels.api.registry import get
from panels.models import Event
from panels.reading import read_session
from panels.views.addresses import Gone, find_event

_FIRST_QUESTIONS = 50


@get("/events/", "events", Events, tag="Record", refuses=(400, 404, 410), is_list=True)
def events(request: HttpRequest, filters: Query[EventFilters]) -> HttpResponseBase:
    """Events, by their day, the newest first.

    Each with its panel, the offices of that day, its tags, its corrections and its source; without its
    questions and answers.
    """
    at = addresses_for(request)
    visible = rows.whole(filters.apply(Event.objects.published()))
    found = slice_of(visible, BY_DAY, cursor=filters.cursor, limit=filters.limit)
    links = beside(request, found)
    told = Events(items=tuple(telling.event_listed(one, at) for one in found.rows), **links)
    return linked(answer(request, told), links)


@get("/events/{slug}/", "event", shapes.Event, tag="Record", refuses=(404, 410))
def event(request: HttpRequest, slug: str) -> HttpResponseBase:
    """One event with its transcript.

    All of it, up to 50 questions with their answers; a longer one goes on at `transcript.next`.
    """
    found = find_event(slug, "api:event")
    if response := unchanged(request, found.edition):
        return response
    at = addresses_for(request)
    whole = rows.whole(Event.objects.published()).filter(pk=found.pk).first()
    if whole is None:
        raise Gone
    transcript = _transcript(request, found, Slice(limit=_FIRST_QUESTIONS), at)
    return answer_of_edition(telling.event(whole, transcript, at), found.edition)


@get("/events/{slug}/transcript/", "transcript", shapes.Transcript, tag="Record", refuses=(400, 404, 410), is_list=True)
def transcript(request: HttpRequest, slug: str, page: Query[Slice]) -> HttpResponseBase:
    """Questions with their answers, in the order of the session.

    For sessions that are too long to be told with their event.
    """
    found = find_event(slug, "api:transcript")
    if response := unchanged(request, found.edition):
        return response
    told = _transcript(request, found, page, addresses_for(request))
    return linked(answer_of_edition(told, found.edition), {"next": told.next, "previous": told.previous})


def _transcript(request: HttpRequest, event: Event, page: Slice, at: Addresses) -> shapes.Transcript:
    numbered = slice_of(event.questions.only("event", "number"), BY_NUMBER, cursor=page.cursor, limit=page.limit)
    session = read_session(event, event.questions.filter(pk__in=[one.pk for one in numbered.rows]))
    links: dict[str, Any] = beside(request, numbered, at.transcript(event))
    return shapes.Transcript(items=tuple(telling.question_in_event(one, event, at) for one in session.asked), **links)
