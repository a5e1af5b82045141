"""What the API reads, of many events at once: as many queries for one row as for a hundred."""

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


def whole(events: EventQuerySet) -> EventQuerySet:
    """Each with its version, counts, panel, tags and corrections."""
    beside: tuple[Prefetch[Any], ...] = (
        Prefetch("panelists", Panelist.objects.select_related("speaker")),
        Prefetch("tagged", TaggedEvent.objects.select_related("tag").order_by(*_BY_NAME)),
        Prefetch("corrections", _corrections()),
    )
    return events.select_related("version").with_counts().prefetch_related(*beside)


def answers() -> AnswerQuerySet:
    """What readers see, each with what it is told with."""
    return Answer.objects.filter(_in_public_event()).select_related("event__version", "question", "speaker")


def questions() -> QuestionQuerySet:
    """What readers see, each with what it is told with, and its `answer_count`."""
    counted = Question.objects.filter(_in_public_event()).annotate(answer_count=count_of(Question, "answers"))
    return counted.select_related("event__version", "asked_by")


def _in_public_event() -> Exists:
    """As `published()` has it, but asked of each row in turn: the newest are found without looking at all."""
    return Exists(Event.objects.published().filter(pk=OuterRef("event")))


def answer_views(answers: Sequence[Answer]) -> list[AnswerView]:
    """Answers with what is shown beside them, in three queries."""
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
    """Questions with what is shown beside them, without answers, in three queries."""
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
    """By event and speaker."""
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
    """By event and anchor."""
    events, anchors = {one.event_id for one in passages}, {one.anchor for one in passages}
    found: dict[tuple[int, str], tuple[CorrectionNote, ...]] = defaultdict(tuple)
    for one in _corrections().filter(event__in=events, anchor__in=anchors):
        note = CorrectionNote(one.number, one.date, one.anchor, one.note, one.is_read_only)  # type: ignore[attr-defined]
        found[one.event_id, one.anchor] += (note,)
    return found


def _corrections() -> "QuerySet[Correction]":
    """In order, each with whether the wording before it `is_read_only`."""
    kept = FormerWording.objects.filter(correction=OuterRef("pk"), anchor=OuterRef("anchor"))
    return Correction.objects.annotate(is_read_only=Exists(kept)).order_by("event", F("number"))
