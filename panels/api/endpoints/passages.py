"""Questions and answers: lists over all events, and each at its own URL."""

from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from ninja import Query

from panels.api import queries, schemas, serializers
from panels.api.filters import AnswerFilters, QuestionFilters
from panels.api.links import site_urls
from panels.api.list_pages import Answers, Questions
from panels.api.pagination import STORED_LAST_FIRST, slice_of
from panels.api.registry import get
from panels.api.responses import answer as answered
from panels.api.responses import linked, page_links, respond_with_version, unchanged
from panels.models import Event
from panels.reading.sessions import PassageView
from panels.web.lookups import MovedError, find_event, find_passage, find_present_anchor


@get("/questions/", "questions", Questions, tag="Record", refuses=(400, 404, 410), is_list=True)
def questions(request: HttpRequest, filters: Query[QuestionFilters]) -> HttpResponseBase:
    """Questions of all events, most recently stored first."""
    urls = site_urls(request)
    found = slice_of(filters.apply(queries.questions()), STORED_LAST_FIRST, cursor=filters.cursor, limit=filters.limit)
    links = page_links(request, found)
    items = tuple(
        serializers.question_listed(one, one.question.event, urls) for one in queries.question_views(found.rows)
    )
    return linked(answered(request, Questions(items=items, **links)), links)


@get("/answers/", "answers", Answers, tag="Record", refuses=(400, 404, 410), is_list=True)
def answers(request: HttpRequest, filters: Query[AnswerFilters]) -> HttpResponseBase:
    """Answers of all events, most recently stored first.

    Each includes the speaker, the speaker's office on that day, and how the speaker is known.
    """
    urls = site_urls(request)
    found = slice_of(filters.apply(queries.answers()), STORED_LAST_FIRST, cursor=filters.cursor, limit=filters.limit)
    links = page_links(request, found)
    items = tuple(
        serializers.answer(one, one.answer.question, one.answer.event, urls) for one in queries.answer_views(found.rows)
    )
    return linked(answered(request, Answers(items=items, **links)), links)


@get("/questions/{slug}/{anchor}/", "question", schemas.QuestionSchema, tag="Record", refuses=(404, 410))
def question(request: HttpRequest, slug: str, anchor: str) -> HttpResponseBase:
    """One question with its answers.

    `slug` is the event's, `anchor` the question's, such as `q3`.
    """
    event = find_event(slug, "api:question", anchor=anchor)
    passage = _passage_at(event, anchor)
    if passage.answer_view:
        raise Http404
    if response := unchanged(request, event.version):
        return response
    return respond_with_version(serializers.question(passage.question_view, event, site_urls(request)), event.version)


@get("/answers/{slug}/{anchor}/", "answer", schemas.AnswerSchema, tag="Record", refuses=(404, 410))
def answer(request: HttpRequest, slug: str, anchor: str) -> HttpResponseBase:
    """One answer, with the question that it answers.

    `slug` is the event's, `anchor` the answer's, such as `q3-a2`.
    """
    event = find_event(slug, "api:answer", anchor=anchor)
    passage = _passage_at(event, anchor)
    if passage.answer_view is None:
        raise Http404
    if response := unchanged(request, event.version):
        return response
    schema = serializers.answer(passage.answer_view, passage.question_view.question, event, site_urls(request))
    return respond_with_version(schema, event.version)


def _passage_at(event: Event, anchor: str) -> PassageView:
    """The passage at an anchor. Raises Moved if its words have another anchor now, Gone or Http404."""
    try:
        return find_passage(event, anchor)
    except MovedError:
        target = find_present_anchor(event, anchor)
        route = "api:answer" if "-" in target else "api:question"
        raise MovedError(reverse(route, args=[event.slug, target])) from None
