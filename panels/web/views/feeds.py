"""Atom feeds of newly published or corrected events: all, with a tag, with a speaker, or matching a search."""

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from panels.formats.parsing.xmltree import legal
from panels.models import Event
from panels.models.event import EventQuerySet
from panels.operation.site_url import absolute_url, site_root
from panels.reading.feeds import (
    LONG_AGO,
    PER_PAGE,
    entity_tag,
    fingerprint,
    last_updated,
    newest_published_first,
    read_entries,
)
from panels.search import newest_published, read_query
from panels.web.lookups import find_speaker, find_tag

MEDIA_TYPE = "application/atom+xml; charset=utf-8"


@require_safe
def events(request: HttpRequest) -> HttpResponse:
    return _feed(request, Event.objects.published(), subject="", alternate=reverse("events"))


@require_safe
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    found = find_tag(slug, "feed-tag")
    tagged = Event.objects.published().tagged_anywhere(found)
    return _feed(request, tagged, subject=found.name, alternate=found.get_absolute_url())


@require_safe
def speaker(request: HttpRequest, slug: str) -> HttpResponse:
    found = find_speaker(slug, "feed-speaker")
    spoken = Event.objects.published().with_speaker(found)
    return _feed(request, spoken, subject=found.name, alternate=found.get_absolute_url())


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Passages that match a query, most recently published event first. Not paged, because it only shows the newest."""
    query = read_query(request.GET.get("q", ""))
    hits = newest_published(query, most=PER_PAGE)
    published = Event.objects.published().filter(pk__in=[hit.event.pk for hit in hits])
    events = {event.pk: event for event in newest_published_first(published)}
    entries = [(hit, events[hit.event.pk]) for hit in hits if hit.event.pk in events]
    states = [f"{event.pk}:{hit.anchor}:{event.version.number}" for hit, event in entries]
    etag = entity_tag(settings.SITE_NAME, absolute_url(request, "/"), query.typed, *states)
    asked = urlencode({"q": query.typed})
    context = {
        "typed": query.typed,
        "address": absolute_url(request, f"{request.path}?{asked}"),
        "alternate": absolute_url(request, f"{reverse('search')}?{asked}"),
        "authority": urlsplit(site_root(request)).hostname,
        "root": site_root(request),
        "updated": max((event.updated for event in events.values()), default=LONG_AGO),  # type: ignore[attr-defined]
        "entries": entries,
    }
    return _answer(request, etag, lambda: render_to_string("panels/feeds/search_feed.xml", context, request))


def _feed(request: HttpRequest, events: EventQuerySet, *, subject: str, alternate: str) -> HttpResponse:
    page = Paginator(newest_published_first(events), PER_PAGE).get_page(request.GET.get("page"))
    etag = fingerprint(page, settings.SITE_NAME, absolute_url(request, "/"), subject)
    return _answer(request, etag, lambda: _written(request, page, subject=subject, alternate=alternate))


def _answer(request: HttpRequest, etag: str, write: Callable[[], str]) -> HttpResponse:
    """304 if the client has this version of the feed. A feed has one language, whatever the reader's is."""
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        return unchanged
    with translation.override(settings.LANGUAGE_CODE):
        written = write()
    headers = {"ETag": etag, "Content-Language": settings.LANGUAGE_CODE}
    return HttpResponse(legal(written), content_type=MEDIA_TYPE, headers=headers)


def _written(request: HttpRequest, page: "Page[Event]", *, subject: str, alternate: str) -> str:
    entries = read_entries(page)
    context = {
        "title": " · ".join(filter(None, (subject, settings.SITE_NAME))),
        "address": absolute_url(request, request.path),
        "alternate": absolute_url(request, alternate),
        "root": site_root(request),
        "authority": urlsplit(site_root(request)).hostname,
        "updated": last_updated(entries),
        "page": page,
        "entries": entries,
    }
    return render_to_string("panels/feeds/feed.xml", context, request)
