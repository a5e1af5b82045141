"""Events and their transcripts."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from ninja import Query

from panels.api import queries, schemas, serializers
from panels.api.filters import EventFilters, PageParams
from panels.api.links import SiteUrls, site_urls
from panels.api.list_pages import Events
from panels.api.pagination import BY_DAY, BY_NUMBER, slice_of
from panels.api.registry import get
from panels.api.responses import answer, linked, page_links, respond_with_version, unchanged
from panels.models import Event
from panels.reading.sessions import load_session
from panels.web.lookups import GoneError, find_event

_FIRST_QUESTIONS = 50


@get("/events/", "events", Events, tag="Record", refuses=(400, 404, 410), is_list=True)
def events(request: HttpRequest, filters: Query[EventFilters]) -> HttpResponseBase:
    """Events, newest first.

    Each with its panel, the offices of that day, its tags, its corrections and its source; without its
    questions and answers.
    """
    urls = site_urls(request)
    visible = queries.with_details(filters.apply(Event.objects.published()))
    found = slice_of(visible, BY_DAY, cursor=filters.cursor, limit=filters.limit)
    links = page_links(request, found)
    schema = Events(items=tuple(serializers.event_listed(one, urls) for one in found.rows), **links)
    return linked(answer(request, schema), links)


@get("/events/{slug}/", "event", schemas.EventSchema, tag="Record", refuses=(404, 410))
def event(request: HttpRequest, slug: str) -> HttpResponseBase:
    """One event with its transcript.

    Up to 50 questions with their answers are included; a longer transcript continues at `transcript.next`.
    """
    found = find_event(slug, "api:event")
    if response := unchanged(request, found.version):
        return response
    urls = site_urls(request)
    whole = queries.with_details(Event.objects.published()).filter(pk=found.pk).first()
    if whole is None:
        raise GoneError
    transcript = _transcript(request, found, PageParams(limit=_FIRST_QUESTIONS), urls)
    return respond_with_version(serializers.event(whole, transcript, urls), found.version)


@get(
    "/events/{slug}/transcript/",
    "transcript",
    schemas.TranscriptSchema,
    tag="Record",
    refuses=(400, 404, 410),
    is_list=True,
)
def transcript(request: HttpRequest, slug: str, page: Query[PageParams]) -> HttpResponseBase:
    """Questions with their answers, in the order of the session.

    For sessions too long to be included with their event.
    """
    found = find_event(slug, "api:transcript")
    if response := unchanged(request, found.version):
        return response
    schema = _transcript(request, found, page, site_urls(request))
    return linked(respond_with_version(schema, found.version), {"next": schema.next, "previous": schema.previous})


def _transcript(request: HttpRequest, event: Event, page: PageParams, urls: SiteUrls) -> schemas.TranscriptSchema:
    numbered = slice_of(event.questions.only("event", "number"), BY_NUMBER, cursor=page.cursor, limit=page.limit)
    session = load_session(event, event.questions.filter(pk__in=[one.pk for one in numbered.rows]))
    links: dict[str, Any] = page_links(request, numbered, urls.transcript(event))
    return schemas.TranscriptSchema(
        items=tuple(serializers.question_in_event(one, event, urls) for one in session.questions), **links
    )
