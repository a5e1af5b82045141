"""The pages for readers: which objects, which template."""

import re
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db import connection
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from panels import structured_data
from panels.elsewhere import spoken_elsewhere
from panels.models import Answer, Event, Panelist, Question, Speaker, Tag
from panels.parts import show
from panels.reading import Session, answers_of, earlier_wordings, other_languages, read_session
from panels.views import pictures
from panels.views.addresses import find_event, find_passage, find_speaker, find_tag
from panels.views.citations import citation_of_passage, citation_of_session
from panels.views.downloads import suffixes_for

PER_PAGE = 20
NAMES_PER_PAGE = 120
_YEAR = re.compile(r"[1-9][0-9]{0,3}")


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    events = list(Event.objects.published().newest_first().with_counts().with_panel()[:7])
    tags = Tag.objects.published().most_used()[:24]
    lead = events[0] if events else None
    questions = lead.questions.order_by("number")[:6] if lead else []
    return render(
        request,
        "panels/home.html",
        {"lead": lead, "questions": questions, "events": events[1:], "tags": tags},
    )


@require_safe
def event_list(request: HttpRequest) -> HttpResponse:
    events = Event.objects.published()
    years = events.filter(date__isnull=False).values_list("date__year").annotate(Count("pk")).order_by("-date__year")
    year, tag_slug, speaker_slug = (request.GET.get(name, "") for name in ("year", "tag", "speaker"))
    about = find_tag(tag_slug) if tag_slug else None
    with_speaker = find_speaker(speaker_slug) if speaker_slug else None
    if _YEAR.fullmatch(year):
        events = events.filter(date__year=int(year))
    if about:
        events = events.tagged_anywhere(about)
    if with_speaker:
        events = events.with_speaker(with_speaker)
    context = {
        "page": _page(request, events.newest_first().with_counts().with_panel()),
        "years": list(years),
        "narrowed": {"year": year, "tag": about, "speaker": with_speaker},
    }
    return render(request, "panels/event_list.html", context)


@require_safe
def event(request: HttpRequest, slug: str) -> HttpResponse:
    found = find_event(slug)
    session = read_session(found)
    if anchor := request.GET.get("at"):
        return _to_anchor(session, anchor)
    shown = show(session, request.GET.getlist("speaker"), request.GET.get("part", ""))
    address = request.build_absolute_uri(found.get_absolute_url())
    context = {
        "shown": shown,
        "suffixes": suffixes_for(session),
        "other_languages": other_languages(found),
        "address": address,
        "canonical": address if shown.chosen else f"{address}{shown.own_query}",
        "picture": pictures.of_session(request, session),
        "citation": citation_of_session(request, session),
        "structured_data": structured_data.of_session(shown.here, request.build_absolute_uri),
    }
    return render(request, "panels/event.html", context)


def _to_anchor(session: Session, anchor: str) -> HttpResponse:
    """To the part of a transcript in which an anchor stands. Raises Gone or Http404 where that is none."""
    shown = show(session)
    number = shown.part_of(anchor)
    if number is None:
        find_passage(session.event, anchor)
        raise Http404
    part = shown.query(number) if number > 1 else ""
    return HttpResponseRedirect(f"{session.event.get_absolute_url()}{part}#{anchor}")


@require_safe
def passage(request: HttpRequest, slug: str, anchor: str) -> HttpResponse:
    found = find_event(slug, "passage", anchor=anchor)
    read = find_passage(found, anchor)
    citation = citation_of_passage(request, read)
    context = {
        "passage": read,
        "session": read.session,
        "citation": citation,
        "picture": pictures.of_passage(request, read),
        "elsewhere": spoken_elsewhere(read),
        "oembed": request.build_absolute_uri(f"{reverse('oembed')}?{urlencode({'url': citation.address})}"),
        "structured_data": structured_data.of_passage(read, request.build_absolute_uri),
    }
    return render(request, "panels/passage.html", context)


@require_safe
def earlier(request: HttpRequest, slug: str, anchor: str) -> HttpResponse:
    """What readers saw at a passage before it was changed."""
    read = find_passage(find_event(slug, "earlier", anchor=anchor), anchor)
    wordings = earlier_wordings(read.words)
    if not wordings:
        raise Http404
    return render(request, "panels/earlier.html", {"passage": read, "event": read.session.event, "wordings": wordings})


@require_safe
def speaker_list(request: HttpRequest) -> HttpResponse:
    speakers = Speaker.objects.published().with_counts().by_name()
    return render(request, "panels/speaker_list.html", {"page": _page(request, speakers, NAMES_PER_PAGE)})


@require_safe
def speaker(request: HttpRequest, slug: str) -> HttpResponse:
    found = find_speaker(slug)
    public = Event.objects.published()
    offices = (
        Panelist.objects.filter(speaker=found, event__in=public)
        .select_related("event")
        .order_by("-event__sort_date", "event__slug")
    )
    context = {
        "speaker": found,
        "offices": offices,
        "structured_data": structured_data.of_speaker(found, offices, request.build_absolute_uri),
        "asked_count": Question.objects.published().filter(asked_by=found).count(),
        "page": _page(request, answers_of(found)),
    }
    return render(request, "panels/speaker.html", context)


@require_safe
def tag_list(request: HttpRequest) -> HttpResponse:
    tags = Tag.objects.published().with_counts().by_name()
    return render(request, "panels/tag_list.html", {"page": _page(request, tags, NAMES_PER_PAGE)})


@require_safe
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    found = find_tag(slug)
    of_event = ("-event__sort_date", "event__slug")
    events = Event.objects.published().filter(tagged__tag=found).newest_first().with_counts().with_panel()
    questions = Question.objects.published().filter(tagged__tag=found).select_related("event")
    answers = Answer.objects.published().filter(tagged__tag=found).select_related("event", "question", "speaker")
    context = {
        "tag": found,
        "events": _page(request, events, name="events"),
        "questions": _page(request, questions.order_by(*of_event, "number"), name="questions"),
        "page": _page(request, answers.order_by(*of_event, "question__number", "position")),
    }
    return render(request, "panels/tag.html", context)


@require_safe
def health(_request: HttpRequest) -> HttpResponse:
    """200 "ok" while the database answers; 500 otherwise."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    return render(request, "robots.txt", content_type="text/plain")


def _page(request: HttpRequest, objects: "QuerySet[Any]", size: int = PER_PAGE, name: str = "page") -> "Page[Any]":
    """The page asked for by the parameter `name`; the nearest one if there is no such page."""
    return Paginator(objects, size).get_page(request.GET.get(name))
