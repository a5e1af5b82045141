"""Questions and answers: lists over all events, and each at its own address."""

from django.http import Http404, HttpRequest, HttpResponseBase
from ninja import Query

from panels.api import rows, shapes, telling
from panels.api.addresses import addresses_for
from panels.api.answering import answer as answered
from panels.api.answering import answer_of_edition, beside, linked, unchanged
from panels.api.cursors import STORED_LAST_FIRST, slice_of
from panels.api.filters import AnswerFilters, QuestionFilters
from panels.api.lists import Answers, Questions
from panels.api.registry import get
from panels.views.addresses import find_event, find_passage


@get("/questions/", "questions", Questions, tag="Record", refuses=(400, 404, 410), is_list=True)
def questions(request: HttpRequest, filters: Query[QuestionFilters]) -> HttpResponseBase:
    """Questions of all events, those stored last first."""
    at = addresses_for(request)
    found = slice_of(filters.apply(rows.questions()), STORED_LAST_FIRST, cursor=filters.cursor, limit=filters.limit)
    links = beside(request, found)
    items = tuple(telling.question_listed(one, one.question.event, at) for one in rows.asked(found.rows))
    return linked(answered(request, Questions(items=items, **links)), links)


@get("/answers/", "answers", Answers, tag="Record", refuses=(400, 404, 410), is_list=True)
def answers(request: HttpRequest, filters: Query[AnswerFilters]) -> HttpResponseBase:
    """Answers of all events, those stored last first.

    Each says who speaks, in what capacity on that day, and how that is known.
    """
    at = addresses_for(request)
    found = slice_of(filters.apply(rows.answers()), STORED_LAST_FIRST, cursor=filters.cursor, limit=filters.limit)
    links = beside(request, found)
    items = tuple(telling.answer(one, one.answer.question, one.answer.event, at) for one in rows.said(found.rows))
    return linked(answered(request, Answers(items=items, **links)), links)


@get("/questions/{slug}/{anchor}/", "question", shapes.Question, tag="Record", refuses=(404, 410))
def question(request: HttpRequest, slug: str, anchor: str) -> HttpResponseBase:
    """One question with its answers.

    `slug` is the event's, `anchor` the question's, such as `q3`.
    """
    event = find_event(slug, "api:question", anchor=anchor)
    passage = find_passage(event, anchor)
    if passage.said:
        raise Http404
    if response := unchanged(request, event.edition):
        return response
    return answer_of_edition(telling.question(passage.asked, event, addresses_for(request)), event.edition)


@get("/answers/{slug}/{anchor}/", "answer", shapes.Answer, tag="Record", refuses=(404, 410))
def answer(request: HttpRequest, slug: str, anchor: str) -> HttpResponseBase:
    """One answer, with the question that it answers.

    `slug` is the event's, `anchor` the answer's, such as `q3-a2`.
    """
    event = find_event(slug, "api:answer", anchor=anchor)
    passage = find_passage(event, anchor)
    if passage.said is None:
        raise Http404
    if response := unchanged(request, event.edition):
        return response
    told = telling.answer(passage.said, passage.asked.question, event, addresses_for(request))
    return answer_of_edition(told, event.edition)
