"""The pages for readers."""

import logging
import re
from functools import partial

from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from panels.models import Event, Speaker, Tag
from panels.models.database.readiness import missing
from panels.operation.site_url import absolute_url
from panels.reading import structured_data
from panels.reading.discovery.event_lists import list_events
from panels.reading.discovery.index_window import speaker_facet, tag_facet
from panels.reading.discovery.more_by_speaker import related_answers
from panels.reading.discovery.parallel import in_other_languages
from panels.reading.discovery.related import related_to
from panels.reading.discovery.use_counts import (
    events_by_year,
    most_heard_speakers,
    most_used_tags,
    with_appearances,
    with_use,
)
from panels.reading.pull_quotes import first_question_of, pull_quote_of
from panels.reading.sessions import Session, earlier_wordings, load_session, other_languages
from panels.reading.transcript_pages import show
from panels.web.lookups import find_event, find_passage, find_present, find_present_anchor, find_present_speaker
from panels.web.pagination import before_of, page_of
from panels.web.views import social_cards
from panels.web.views.citations import citation_of_passage, citation_of_session
from panels.web.views.downloads import suffixes_for
from panels.web.views.embeds import embed_of, oembed_url

logger = logging.getLogger(__name__)

NAMES_PER_PAGE = 120
_ON_HOME = 7
_QUESTIONS_ON_HOME = 6
_YEAR = re.compile(r"[1-9][0-9]{0,3}")


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    events = list(Event.objects.published().newest_first().with_counts().with_panel()[:_ON_HOME])
    language = get_language() or ""
    lead = next((event for event in events if event.language.split("-")[0] == language.split("-")[0]), None)
    lead = lead or (events[0] if events else None)
    quote = (pull_quote_of(lead) or first_question_of(lead)) if lead else None
    questions = lead.questions.exclude(text="").order_by("number")[: _QUESTIONS_ON_HOME + 1] if lead else []
    others = [one for one in questions if quote is None or one != quote.passage]
    context = {
        "lead": lead,
        "quote": quote,
        "questions": others[:_QUESTIONS_ON_HOME],
        "events": [event for event in events if event != lead],
        "total": sum(events_by_year().values()),
        "tags": most_used_tags(),
        "speakers": most_heard_speakers(),
    }
    return render(request, "panels/home/home.html", context)


@require_safe
def event_list(request: HttpRequest) -> HttpResponse:
    written, tag_slug, speaker_slug = (request.GET.get(name, "") for name in ("year", "tag", "speaker"))
    about = find_present(Tag.objects.published(), tag_slug) if tag_slug else None
    with_speaker = find_present_speaker(speaker_slug) if speaker_slug else None
    facets = [*([tag_facet(about)] if about else []), *([speaker_facet(with_speaker)] if with_speaker else [])]
    year = int(written) if _YEAR.fullmatch(written) else None
    listed = list_events(facets, year=year, before=before_of(request))
    context = {
        "page": page_of(request, listed.events.with_counts().with_panel(), count=listed.count),
        "listed": listed,
        "years": [(one.year, one.count) for one in listed.years if one.year],
        "narrowed": {"year": written, "tag": about, "speaker": with_speaker},
    }
    return render(request, "panels/sessions/event_list.html", context)


@require_safe
def event(request: HttpRequest, slug: str) -> HttpResponse:
    found = find_event(slug)
    session = load_session(found)
    if anchor := request.GET.get("at"):
        return _to_anchor(session, anchor)
    shown = show(session, request.GET.getlist("speaker"), request.GET.get("part", ""))
    address = absolute_url(request, found.get_absolute_url())
    citation = citation_of_session(request, session)
    context = {
        "shown": shown,
        "suffixes": suffixes_for(session),
        "other_languages": other_languages(found),
        "address": address,
        "canonical": address if shown.chosen else f"{address}{shown.own_query}",
        "picture": social_cards.of_session(request, session),
        "citation": citation,
        "embed": embed_of(request, citation, found.slug),
        "oembed": oembed_url(request, address),
        "related": related_to(session),
        "structured_data": structured_data.of_session(shown.here, partial(absolute_url, request)),
    }
    return render(request, "panels/sessions/event.html", context)


def _to_anchor(session: Session, anchor: str) -> HttpResponse:
    """Redirect to the part of a transcript that has an anchor. Raises Gone or Http404 if there is none."""
    shown = show(session)
    number = shown.part_of(anchor)
    if number is None:
        number = shown.part_of(anchor := find_present_anchor(session.event, anchor))
    if number is None:
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
        "other_languages": in_other_languages(found, anchor),
        "citation": citation,
        "picture": social_cards.of_passage(request, read),
        "related_answers": related_answers(read),
        "embed": embed_of(request, citation, found.slug, anchor),
        "oembed": oembed_url(request, citation.url),
        "structured_data": structured_data.of_passage(read, partial(absolute_url, request)),
    }
    return render(request, "panels/passages/passage.html", context)


@require_safe
def earlier(request: HttpRequest, slug: str, anchor: str) -> HttpResponse:
    """The former wordings of a passage that readers saw."""
    read = find_passage(find_event(slug, "earlier", anchor=anchor), anchor, "earlier")
    wordings = earlier_wordings(read.words)
    if not wordings:
        raise Http404
    return render(
        request,
        "panels/passages/former_wordings.html",
        {"passage": read, "event": read.session.event, "wordings": wordings},
    )


@require_safe
def speaker_list(request: HttpRequest) -> HttpResponse:
    page = page_of(request, Speaker.objects.published().by_name(), NAMES_PER_PAGE)
    context = {"page": page, "speakers": with_appearances(page)}
    return render(request, "panels/discovery/speaker_list.html", context)


@require_safe
def tag_list(request: HttpRequest) -> HttpResponse:
    page = page_of(request, Tag.objects.published().by_name(), NAMES_PER_PAGE)
    return render(request, "panels/discovery/tag_list.html", {"page": page, "tags": with_use(page)})


@require_safe
def health(_request: HttpRequest) -> HttpResponse:
    """200 "ok" while the database responds; 503 otherwise."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


@require_safe
def ready(_request: HttpRequest) -> HttpResponse:
    """200 "ready" if this version can work with the database; 503 with what is missing otherwise."""
    found = "; ".join(missing(connection))
    if found:
        logger.error("Not ready: %s", found, exc_info=NotReadyError(found))
        return HttpResponse(f"not ready: {found}", status=503, content_type="text/plain")
    return HttpResponse("ready", content_type="text/plain")


class NotReadyError(Exception):
    """Something is missing in the database, which needs an operator rather than a restart."""


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    return render(request, "robots.txt", content_type="text/plain")
