"""Pages that link sessions: speakers, tags, comparisons, translations."""

import re
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from panels.models import Answer, Event, Question, Speaker, Tag
from panels.operation.site_url import absolute_url
from panels.reading import structured_data
from panels.reading.discovery.compare import MOST, SpeakerComparison, compare_speakers, panel_of, speakers_called
from panels.reading.discovery.filters import questions_asked_by, tags_of, years_of
from panels.reading.discovery.index_window import IndexWindow, PassageFilter, speaker_facet, tag_facet, window_of
from panels.reading.discovery.parallel import side_by_side
from panels.reading.discovery.speakers import companions_of, is_shared, labelled_at, offices_of, split_off
from panels.reading.discovery.tags import growth_of, who_answered
from panels.reading.sessions import answers_of, load_session, other_languages
from panels.web.lookups import (
    MovedError,
    SeveralSpeakersError,
    find_event,
    find_present,
    find_speaker,
    find_speakers,
    find_tag,
    several_speakers_page,
)
from panels.web.pagination import before_of, page_of

_YEAR = re.compile(r"[1-9][0-9]{0,3}")
_FEW = 10
_COMPARED_PER_PAGE = 8


@require_safe
def speaker(request: HttpRequest, slug: str) -> HttpResponse:
    try:
        found = find_speaker(slug)
    except SeveralSpeakersError as several:
        return several_speakers_page(request, several)
    passage_filter = _passage_filter(request)
    newest, window, of_years, of_tags = _windows_of_speaker(found, passage_filter)
    offices = offices_of(found, newest)
    answers = answers_of(found).filter(pk__in=window.passages("answer"))
    asked = questions_asked_by(found).filter(pk__in=window.passages("question"))
    was_shared = is_shared(found.slug)
    context = {
        "speaker": found,
        "offices": offices,
        "together": companions_of(found, newest),
        "split_off": split_off(found.slug) if was_shared else [],
        "labelled": labelled_at(found.slug) if was_shared else None,
        "passage_filter": passage_filter,
        "window": window,
        "years": years_of(of_years),
        "tags": tags_of(of_tags),
        "page": page_of(request, answers),
        "asked": page_of(request, asked, _FEW, "asked"),
        "structured_data": structured_data.of_speaker(found, offices.read, partial(absolute_url, request)),
    }
    return render(request, "panels/discovery/speaker.html", context)


def _windows_of_speaker(found: Speaker, passage_filter: PassageFilter) -> list[IndexWindow]:
    """The newest passages of a speaker: all, those that the filter leaves, and those that part of it leaves."""
    filters = (
        PassageFilter(), passage_filter, passage_filter.without_year(), passage_filter.without_tag(),
    )  # fmt: skip
    read = {one: window_of(speaker_facet(found), passage_filter=one) for one in dict.fromkeys(filters)}
    return [read[one] for one in filters]


@require_safe
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    found = find_tag(slug)
    window = window_of(tag_facet(found), passage_filter=PassageFilter(before=before_of(request)))
    of_event = ("-event__sort_date", "event__slug")
    events = Event.objects.published().filter(tagged__tag=found, pk__in=window.passages("event"))
    questions = Question.objects.published().filter(tagged__tag=found, pk__in=window.passages("question"))
    answers = Answer.objects.published().filter(tagged__tag=found, pk__in=window.passages("answer"))
    questions = questions.select_related("event").order_by(*of_event, "number")
    answers = answers.select_related("event", "question", "speaker")
    context = {
        "tag": found,
        "window": window,
        "growth": growth_of(window),
        "who": who_answered(window),
        "events": page_of(request, events.newest_first().with_counts().with_panel(), _FEW, name="events"),
        "questions": page_of(request, questions, name="questions"),
        "page": page_of(request, answers.order_by(*of_event, "question__number", "position")),
    }
    return render(request, "panels/discovery/tag.html", context)


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Speakers side by side; with fewer than two, the form to choose them."""
    name = request.GET.get("name", "").strip()
    wanted, called = find_speakers(request.GET.getlist("speaker")), speakers_called(name)
    nobody = bool(name) and not called
    if len(called) == 1:
        wanted, called = list(dict.fromkeys([*wanted, *called])), []
    compared = compare_speakers(wanted, _passage_filter(request).tag)
    context = {
        "compared": compared,
        "name": name,
        "called": called,
        "nobody": nobody,
        "too_many": len(wanted) > MOST,
        "offered": _offered(request, compared, called),
    }
    if len(compared.speakers) > 1:
        context |= _compared(request, compared)
    return render(request, "panels/compare/compare.html", context)


@require_safe
def parallel(request: HttpRequest, slug: str, other: str) -> HttpResponse:
    """An event and its translation, passage by passage."""
    left = find_event(slug, "side-by-side", other=other)
    right, others = find_present(Event.objects.published(), other), other_languages(left)
    if right not in others:
        raise Http404
    if right.slug != other:
        raise MovedError(reverse("side-by-side", args=[slug, right.slug]))
    both = side_by_side(load_session(left), load_session(right))
    anchor = request.GET.get("at", "")
    if number := both.page_of(anchor):
        return HttpResponseRedirect(f"{request.path}?page={number}#{anchor}")
    context = {"both": both, "others": others, "page": page_of(request, both.pages, 1)}
    return render(request, "panels/compare/parallel.html", context)


def _passage_filter(request: HttpRequest) -> PassageFilter:
    """The filter in the query string. Raises Http404 for a tag that is not public."""
    tag, year = request.GET.get("tag", ""), request.GET.get("year", "")
    about = find_present(Tag.objects.published(), tag) if tag else None
    return PassageFilter(about, int(year) if _YEAR.fullmatch(year) else None, before_of(request))


def _compared(request: HttpRequest, compared: SpeakerComparison) -> dict[str, Any]:
    page = page_of(request, compared.questions, _COMPARED_PER_PAGE)
    return {
        "page": page,
        "both": compared.both(page),
        "apart": compared.apart() if page.number == 1 else [],
        "tags": compared.tags_in_common(),
    }


def _offered(request: HttpRequest, compared: SpeakerComparison, called: list[Speaker]) -> list[Speaker]:
    """The speakers that the form suggests, besides the compared ones and those matching the typed name."""
    slug = request.GET.get("event", "")
    public = Event.objects.published()
    event = find_present(public, slug) if slug else public.exclude(panelists=None).newest_first().first()
    if compared.speakers and not slug:
        first = compared.speakers[0]
        offered = list(companions_of(first, window_of(speaker_facet(first))).speakers)
    else:
        offered = panel_of(event) if event else []
    return [one for one in offered if one not in (*compared.speakers, *called)]
