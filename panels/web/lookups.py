"""Look up the object at a URL: published, permanently moved, gone, or not found."""

from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from typing import TypeVar

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse

from panels.models import Event, RetiredAnchor, Speaker, Tag
from panels.models.retired_anchor import present_anchor
from panels.reading.discovery.speakers import (
    LabelledSessions,
    labelled_at,
    sessions_by_speaker,
    speakers_once_at,
)
from panels.reading.sessions import PassageView, load_passage

Found = TypeVar("Found", bound=models.Model)


class MovedError(Exception):
    """The requested object has another URL now."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


class GoneError(Exception):
    """The requested object was public and has been withdrawn.

    `event` is the session it was part of, if that remains; `reason` is why an event was withdrawn.
    """

    def __init__(self, event: Event | None = None, reason: str = "") -> None:
        super().__init__()
        self.event, self.reason = event, reason


class SeveralSpeakersError(GoneError):
    """Several speakers shared a URL before they were split; `speakers` are these speakers now.

    `labelled` are the sessions in which it is not known who they are.
    """

    def __init__(self, speakers: Sequence[Speaker], labelled: LabelledSessions | None = None) -> None:
        super().__init__()
        self.speakers, self.labelled = tuple(speakers), labelled


class AddressMiddleware:
    """Turns `MovedError` into 301 and `GoneError` into 410, wherever they are raised and not caught.

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
        if isinstance(exception, SeveralSpeakersError):
            return several_speakers_page(request, exception, status=410)
        if isinstance(exception, GoneError):
            return render(request, "410.html", {"event": exception.event, "reason": exception.reason}, status=410)
        return None


def several_speakers_page(request: HttpRequest, several: SeveralSpeakersError, *, status: int = 200) -> HttpResponse:
    """The speakers whom the URL may mean, each with their sessions."""
    context = {"listed": sessions_by_speaker(several.speakers), "labelled": several.labelled}
    return render(request, "panels/discovery/several_speakers.html", context, status=status)


def find_event(slug: str, route: str = "event", **rest: str) -> Event:
    """The published event with a slug, with its version.

    `route` and `rest` give the new URL if the event has moved.
    Raises Gone for a withdrawn event, Moved for a former slug, Http404 for anything else.
    """
    event = Event.objects.published().select_related("version").filter(slug=slug).first()
    if event is not None:
        return event
    reason = Event.objects.withdrawn().filter(slug=slug).values_list("withdrawal_reason", flat=True).first()
    if reason is not None:
        raise GoneError(reason=reason)
    moved = _formerly(Event.objects.published(), slug)
    raise MovedError(reverse(route, kwargs={"slug": moved, **rest}))


def find_passage(event: Event, anchor: str, route: str = "passage", **rest: str) -> PassageView:
    """The passage at an anchor of a published event.

    `route` and `rest` make the URL to redirect to when the words of a deleted passage have another anchor now, as after
    a merge. Raises Moved then, Gone if the passage was removed, Http404 if it never existed.
    """
    passage = load_passage(event, anchor)
    if passage is not None:
        return passage
    target = find_present_anchor(event, anchor)
    raise MovedError(reverse(route, kwargs={"slug": event.slug, "anchor": target, **rest}))


def find_present_anchor(event: Event, anchor: str) -> str:
    """The anchor at which the words of a passage stand now. Raises Gone or Http404 as `find_passage` does."""
    if event.questions.filter(anchor=anchor).exists() or event.answers.filter(anchor=anchor).exists():
        return anchor
    target = present_anchor(event.pk, anchor)
    if target and find_present_anchor(event, target):
        return target
    if RetiredAnchor.objects.filter(event=event, anchor=anchor).exists():
        raise GoneError(event)
    raise Http404


def find_speaker(slug: str, route: str = "speaker") -> Speaker:
    """The speaker with a slug, if one of their events is public. Raises as `find_present_speaker`, or Moved."""
    speaker = find_present_speaker(slug)
    if speaker.slug != slug:
        raise MovedError(reverse(route, args=[speaker.slug]))
    return speaker


def find_present_speaker(slug: str) -> Speaker:
    """The speaker with a current or former slug, if one of their events is public.

    Raises SeveralSpeakersError for a former slug that several shared, Http404 for any other slug.
    """
    speaker = Speaker.objects.published().filter(slug=slug).first()
    if speaker is not None:
        return speaker
    found, labelled = speakers_once_at(slug), labelled_at(slug)
    if len(found) > 1 or labelled:
        raise SeveralSpeakersError(found, labelled)
    if not found:
        raise Http404
    return found[0]


def find_speakers(slugs: Iterable[str]) -> list[Speaker]:
    """The speakers with these current or former slugs, each once and in order.

    A slug that several speakers shared stands for all of them. Raises SeveralSpeakersError if nobody is known who had
    a slug, but sessions were listed at it; Http404 for any other slug.
    """
    wanted = [slug for slug in dict.fromkeys(slugs) if slug]
    public = Speaker.objects.published()
    found = {speaker.slug: speaker for speaker in public.filter(slug__in=wanted)}
    formerly = {slug: speakers_once_at(slug) for slug in wanted if slug not in found}
    for slug in (slug for slug, speakers in formerly.items() if not speakers):
        find_present_speaker(slug)  # raises what there is to say
    return list(dict.fromkeys(chain.from_iterable(formerly.get(slug) or [found[slug]] for slug in wanted)))


def find_tag(slug: str, route: str = "tag") -> Tag:
    """The tag with a slug, if anything public has it. Raises Moved or Http404 otherwise."""
    tag = Tag.objects.published().filter(slug=slug).first()
    if tag is not None:
        return tag
    raise MovedError(reverse(route, args=[_formerly(Tag.objects.published(), slug)]))


def find_present(visible: "models.QuerySet[Found]", slug: str) -> Found:
    """The tag or event of `visible` with a current or former slug, for filters of lists. Raises Http404 otherwise."""
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
