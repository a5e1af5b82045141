"""Atom feeds of what is newly published or corrected: all of it, under a tag, with a speaker."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from panels.feeds import PER_PAGE, fingerprint, last_updated, newest_published_first, read_entries
from panels.formats.xmltree import legal
from panels.models import Event
from panels.models.event import EventQuerySet
from panels.views.addresses import find_speaker, find_tag

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


def _feed(request: HttpRequest, events: EventQuerySet, *, subject: str, alternate: str) -> HttpResponse:
    """304 for who has this state of the feed. One address has one language, whatever the reader's is."""
    page = Paginator(newest_published_first(events), PER_PAGE).get_page(request.GET.get("page"))
    etag = fingerprint(page, settings.SITE_NAME, request.build_absolute_uri("/"), subject)
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        return unchanged
    with translation.override(settings.LANGUAGE_CODE):
        written = _written(request, page, subject=subject, alternate=alternate)
    headers = {"ETag": etag, "Content-Language": settings.LANGUAGE_CODE}
    return HttpResponse(legal(written), content_type=MEDIA_TYPE, headers=headers)


def _written(request: HttpRequest, page: "Page[Event]", *, subject: str, alternate: str) -> str:
    entries = read_entries(page)
    context = {
        "title": " · ".join(filter(None, (subject, settings.SITE_NAME))),
        "address": request.build_absolute_uri(request.path),
        "alternate": request.build_absolute_uri(alternate),
        "root": request.build_absolute_uri("/").rstrip("/"),
        "authority": urlsplit(request.build_absolute_uri("/")).hostname,
        "updated": last_updated(entries),
        "page": page,
        "entries": entries,
    }
    return render_to_string("panels/feed.xml", context, request)
