"""The queries of the API: the number of queries does not depend on the number of rows."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Exists, F, OuterRef, Prefetch, QuerySet

from panels.models import (
    Answer,
    Correction,
    Event,
    FormerWording,
    Panelist,
    Question,
    TaggedAnswer,
    TaggedEvent,
    TaggedQuestion,
)
from panels.models.answer import AnswerQuerySet
from panels.models.base import count_of
from panels.models.event import EventQuerySet
from panels.models.question import QuestionQuerySet
from panels.reading.sessions import AnswerView, CorrectionNote, QuestionView, TagLink

_BY_NAME = ("tag__sort_key", "tag__name")


def with_details(events: EventQuerySet) -> EventQuerySet:
    """The events, each with its version, counts, panel, tags and corrections."""
    prefetched: tuple[Prefetch[Any], ...] = (
        Prefetch("panelists", Panelist.objects.select_related("speaker")),
        Prefetch("tagged", TaggedEvent.objects.select_related("tag").order_by(*_BY_NAME)),
        Prefetch("corrections", _corrections()),
    )
    return events.select_related("version").with_counts().prefetch_related(*prefetched)


def answers() -> AnswerQuerySet:
    """Public answers, each with the rows that its schema needs."""
    return Answer.objects.filter(_in_public_event()).select_related("event__version", "question", "speaker")


def questions() -> QuestionQuerySet:
    """Public questions, each with the rows that its schema needs, and its `answer_count`."""
    counted = Question.objects.filter(_in_public_event()).annotate(answer_count=count_of(Question, "answers"))
    return counted.select_related("event__version", "asked_by")


def _in_public_event() -> Exists:
    """Same as `published()`, but as a subquery per row, so that the newest are found without scanning all events."""
    return Exists(Event.objects.published().filter(pk=OuterRef("event")))


def answer_views(answers: Sequence[Answer]) -> list[AnswerView]:
    """Answers with their offices, tags and corrections, in three queries."""
    offices = _offices((answer.event_id, answer.speaker_id) for answer in answers)
    tags, notes = _tags(TaggedAnswer, answers), _notes(answers)
    return [
        AnswerView(
            answer,
            offices.get((answer.event_id, answer.speaker_id)),
            tags[answer.pk],
            notes[answer.event_id, answer.anchor],
        )
        for answer in answers
    ]


def question_views(questions: Sequence[Question]) -> list[QuestionView]:
    """Questions with their offices, tags and corrections, but without answers, in three queries."""
    offices = _offices((question.event_id, question.asked_by_id) for question in questions)
    tags, notes = _tags(TaggedQuestion, questions), _notes(questions)
    return [
        QuestionView(
            question,
            offices.get((question.event_id, question.asked_by_id)),
            (),
            tags[question.pk],
            notes[question.event_id, question.anchor],
        )
        for question in questions
    ]


def _offices(wanted: Iterable[tuple[int, int | None]]) -> dict[tuple[int, int | None], Panelist]:
    """The panelists, by event and speaker."""
    pairs = set(wanted)
    events, speakers = {event for event, _ in pairs}, {speaker for _, speaker in pairs if speaker}
    found = Panelist.objects.filter(event__in=events, speaker__in=speakers)
    return {(one.event_id, one.speaker_id): one for one in found}


def _tags(model: Any, passages: Iterable[Question | Answer]) -> dict[int, tuple[TagLink, ...]]:
    tagged = model.objects.filter(content_object__in=[passage.pk for passage in passages]).order_by(*_BY_NAME)
    found: dict[int, tuple[TagLink, ...]] = defaultdict(tuple)
    for passage, name, slug in tagged.values_list("content_object", "tag__name", "tag__slug"):
        found[passage] += (TagLink(name, slug),)
    return found


def _notes(passages: Sequence[Question | Answer]) -> dict[tuple[int, str], tuple[CorrectionNote, ...]]:
    """The correction notes, by event and anchor."""
    events, anchors = {one.event_id for one in passages}, {one.anchor for one in passages}
    found: dict[tuple[int, str], tuple[CorrectionNote, ...]] = defaultdict(tuple)
    for one in _corrections().filter(event__in=events, anchor__in=anchors):
        note = CorrectionNote(one.number, one.date, one.anchor, one.note, one.has_former_wording)  # type: ignore[attr-defined]
        found[one.event_id, one.anchor] += (note,)
    return found


def _corrections() -> "QuerySet[Correction]":
    """All corrections in order, each with `has_former_wording`: whether its former wording can be read."""
    former_wordings = FormerWording.objects.filter(correction=OuterRef("pk"), anchor=OuterRef("anchor"))
    return Correction.objects.annotate(has_former_wording=Exists(former_wordings)).order_by("event", F("number"))
