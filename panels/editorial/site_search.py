"""Find anything an editor may open: sessions, speakers, tags and passages, drafts included."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from itertools import islice
from operator import and_, or_
from typing import Generic, TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet

from panels.models import Answer, Event, Question, Speaker, Tag
from panels.search.excerpts import ExcerptPiece, excerpt
from panels.search.query import Query, read_query
from panels.search.searching import search

MOST = 10
"""So many of each kind are listed."""
_LONGEST, _MOST_WORDS = 500, 20

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Listed(Generic[Row]):
    """The first rows of one kind; `has_more` if there are others."""

    rows: tuple[Row, ...] = ()
    has_more: bool = False


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A question or an answer, with the part of it that has the words, and the speaker, if there is one."""

    event: Event
    anchor: str
    pieces: tuple[ExcerptPiece, ...]
    speaker: Speaker | None


def sessions_with(typed: str) -> Listed[Event]:
    """Sessions outside the trash whose title, slug or programme has all the words, newest first."""
    condition = _all_words(typed, "title", "slug", "programme")
    return _first(Event.objects.not_trashed().filter(condition).newest_first()) if condition else Listed()


def speakers_with(typed: str) -> Listed[Speaker]:
    """Speakers whose name in any script, note or slug has all the words, by family name; labels are not among them."""
    condition = _all_words(typed, "name", "original_name", "note", "slug")
    return _first(Speaker.objects.identified().filter(condition).by_name()) if condition else Listed()


def tags_with(typed: str) -> Listed[Tag]:
    """Tags whose name or slug has all the words, by name."""
    condition = _all_words(typed, "name", "slug")
    return _first(Tag.objects.filter(condition).order_by("name", "slug")) if condition else Listed()


def passages_with(typed: str) -> Listed[FoundPassage]:
    """Passages of unpublished sessions that contain all the words, then published ones, found as readers find them."""
    query = read_query(typed[:_LONGEST])
    found = list(islice((*_unpublished(query, typed), *_published(query)), MOST + 1))
    return Listed(tuple(found[:MOST]), len(found) > MOST)


def _unpublished(query: Query, typed: str) -> Iterator[FoundPassage]:
    """The search index has published passages only; these are read one by one, those of the newest sessions first."""
    condition = _all_words(typed, "text")
    if not condition or query.filters:
        return
    of_draft = Exists(Event.objects.filter(pk=OuterRef("event"), status__in=_UNPUBLISHED))
    order = ("-event__sort_date", "event__slug", "number")
    questions = Question.objects.filter(condition, of_draft).select_related("event", "asked_by").order_by(*order)
    for question in questions[: MOST + 1]:
        yield FoundPassage(question.event, question.anchor, excerpt(question.text, query.terms), question.asked_by)
    answers = Answer.objects.filter(condition, of_draft).select_related("event", "speaker")
    for answer in answers.order_by("-event__sort_date", "event__slug", "question__number", "position")[: MOST + 1]:
        yield FoundPassage(answer.event, answer.anchor, excerpt(answer.text, query.terms), answer.speaker)


_UNPUBLISHED = (Event.Status.DRAFT, Event.Status.IN_REVIEW, Event.Status.WITHDRAWN)


def _published(query: Query) -> Iterator[FoundPassage]:
    for hit in search(query).hits:
        if hit.anchor:
            yield FoundPassage(hit.event, hit.anchor, hit.pieces, hit.speaker)


def _all_words(typed: str, *fields: str) -> Q | None:
    """Each word stands in one of the fields, and those after a minus sign in none; None if nothing was typed."""
    words = typed.replace("\0", "").replace('"', " ")[:_LONGEST].split()[:_MOST_WORDS]
    return reduce(and_, (_word(word, fields) for word in words)) if words else None


def _word(word: str, fields: Iterable[str]) -> Q:
    wanted = word.removeprefix("-") or word
    found = reduce(or_, (Q(**{f"{field}__icontains": wanted}) for field in fields))
    return found if wanted == word else ~found


def _first(rows: "QuerySet[Row]") -> Listed[Row]:  # type: ignore[type-var] # rows of any model
    found = list(rows[: MOST + 1])
    return Listed(tuple(found[:MOST]), len(found) > MOST)
