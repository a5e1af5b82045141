"""Look up the object at a URL: published, permanently moved, gone, or not found."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse

from panels.models import Event, RetiredAnchor, Speaker, Tag
from panels.models.speaker import FormerSpeakerSlug
from panels.reading.sessions import PassageView, load_passage

Found = TypeVar("Found", bound=models.Model)


class MovedError(Exception):
    """The requested object has another URL now."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


class GoneError(Exception):
    """The requested object was public and has been withdrawn.

    `event` is the session that it was part of, if that remains.
    """

    def __init__(self, event: Event | None = None) -> None:
        super().__init__()
        self.event = event


class AddressMiddleware:
    """Turns `MovedError` into 301 and `GoneError` into 410, wherever they are raised.

    A URL that contains a NUL is not found: PostgreSQL does not even accept it in a query.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            return render(request, "404.html", status=404)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, MovedError):
            query = request.META.get("QUERY_STRING", "")
            return HttpResponsePermanentRedirect(f"{exception.path}?{query}" if query else exception.path)
        if isinstance(exception, GoneError):
            return render(request, "410.html", {"event": exception.event}, status=410)
        return None


def find_event(slug: str, route: str = "event", **rest: str) -> Event:
    """The published event with a slug, with its version.

    `route` and `rest` give the new URL if the event has moved.
    Raises Gone for a withdrawn event, Moved for a former slug, Http404 for anything else.
    """
    event = Event.objects.published().select_related("version").filter(slug=slug).first()
    if event is not None:
        return event
    if Event.objects.withdrawn().filter(slug=slug).exists():
        raise GoneError
    moved = _formerly(Event.objects.published(), slug)
    raise MovedError(reverse(route, kwargs={"slug": moved, **rest}))


def find_passage(event: Event, anchor: str) -> PassageView:
    """The passage at an anchor of a published event. Raises Gone if it was removed, Http404 if it never existed."""
    passage = load_passage(event, anchor)
    if passage is not None:
        return passage
    if RetiredAnchor.objects.filter(event=event, anchor=anchor).exists():
        raise GoneError(event)
    raise Http404


def find_speaker(slug: str, route: str = "speaker") -> Speaker:
    """The speaker with a slug, if one of their events is public. Raises Moved or Http404 otherwise."""
    speaker = Speaker.objects.published().filter(slug=slug).first()
    if speaker is not None:
        return speaker
    raise MovedError(reverse(route, args=[_formerly(Speaker.objects.published(), slug)]))


def find_speakers(slugs: Iterable[str]) -> list[Speaker]:
    """The speakers with these current or former slugs, each once and in order. Raises Http404 for any other slug."""
    wanted = [slug for slug in dict.fromkeys(slugs) if slug]
    public = Speaker.objects.published()
    found = {speaker.slug: speaker for speaker in public.filter(slug__in=wanted)}
    missing = [slug for slug in wanted if slug not in found]
    if missing:
        former = FormerSpeakerSlug.objects.filter(slug__in=missing, target__in=public).select_related("target")
        found |= {one.slug: one.target for one in former}
    if not found.keys() >= set(wanted):
        raise Http404
    return list(dict.fromkeys(found[slug] for slug in wanted))


def find_tag(slug: str, route: str = "tag") -> Tag:
    """The tag with a slug, if anything public has it. Raises Moved or Http404 otherwise."""
    tag = Tag.objects.published().filter(slug=slug).first()
    if tag is not None:
        return tag
    raise MovedError(reverse(route, args=[_formerly(Tag.objects.published(), slug)]))


def find_present(visible: "models.QuerySet[Found]", slug: str) -> Found:
    """The row of `visible` with a current or former slug, for filters of lists. Raises Http404 for any other slug."""
    found = visible.filter(slug=slug).first() or visible.filter(former_slugs__slug=slug).first()
    if found is None:
        raise Http404
    return found


def _formerly(visible: "models.QuerySet[models.Model]", slug: str) -> str:
    """The current slug of the row that formerly had `slug`. Raises Http404 unless it is public."""
    now: str | None = visible.filter(former_slugs__slug=slug).values_list("slug", flat=True).first()
    if now is None:
        raise Http404
    return now
