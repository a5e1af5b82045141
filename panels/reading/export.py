"""Export one event, as a fixture for another database or as a Transcript for any format.

This is the only module that reads both the models and `Transcript`.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import Any, TypeVar

from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Prefetch

from panels import transcript as plain
from panels.models import Answer, Event, Panelist, Question, Speaker, Tag, TaggedAnswer, TaggedQuestion
from panels.reading.sessions import AnswerView, QuestionView, load_session

Named = TypeVar("Named", Tag, Speaker)


class _FixtureEncoder(DjangoJSONEncoder):
    """Writes times to the microsecond: Django cuts them to milliseconds, and loading a fixture would change them."""

    def default(self, o: Any) -> Any:
        if isinstance(o, dt.datetime):
            return o.isoformat().replace("+00:00", "Z")
        return super().default(o)


def fixture_of(event: Event) -> str:
    """The event with its speakers, panelists, questions, answers, tags and corrections, as JSON for `loaddata`.

    Other events are not included, such as the original of a translation.
    """
    written: str = serializers.serialize(
        "json",
        _objects(event),
        cls=_FixtureEncoder,
        indent=2,
        use_natural_foreign_keys=True,
        use_natural_primary_keys=True,
    )
    return written


def transcript_of(event: Event, *, address: str = "") -> plain.Transcript:
    """The transcript of an event, published or not, in four queries whatever its size.

    It takes one more query if the event's version is not read yet. `address` is the absolute URL of the record, which
    is only known while responding to a request.
    """
    version = event.version.number  # before the text, so that the version is never newer than it
    session = load_session(event)
    fields = {name: getattr(event, name) for name in plain.EVENT_FIELDS}
    fields["translation"] = plain.Translation(event.translation)
    return plain.Transcript(
        **fields,
        slug=event.slug,
        address=address,
        version=version,
        tags=tuple(tag.name for tag in session.tags),
        panelists=tuple(_panelist(panelist) for panelist in session.panelists),
        exchanges=tuple(_exchange(question_view) for question_view in session.questions),
        corrections=tuple(
            plain.CorrectionEntry(date=one.date, note=one.note, anchor=one.anchor) for one in session.corrections
        ),
    )


def _panelist(panelist: Panelist) -> plain.PanelMember:
    speaker = panelist.speaker
    return plain.PanelMember(
        name=speaker.name,
        original_name=speaker.original_name,
        family_name=speaker.family_name,
        role=plain.Role(panelist.role),
        title=panelist.title,
        organisation=panelist.organisation,
    )


def _exchange(question_view: QuestionView) -> plain.Exchange:
    question, asker = question_view.question, question_view.question.asked_by
    turn = plain.Turn(
        text=question.text,
        speaker=asker.name if asker else None,
        attribution=plain.Attribution.STATED if asker else plain.Attribution.UNKNOWN,
        time=question.media_time,
        anchor=question.anchor,
        tags=tuple(tag.name for tag in question_view.tags),
    )
    answers = tuple(_turn(answer_view) for answer_view in question_view.answers)
    return plain.Exchange(question=turn, answers=answers, follow_up=question.is_follow_up)


def _turn(answer_view: AnswerView) -> plain.Turn:
    answer = answer_view.answer
    return plain.Turn(
        text=answer.text,
        speaker=answer.speaker.name if answer.speaker else None,
        attribution=plain.Attribution(answer.attribution),
        evidence=answer.evidence,
        time=answer.media_time,
        anchor=answer.anchor,
        tags=tuple(tag.name for tag in answer_view.tags),
    )


def _objects(event: Event) -> Iterator[models.Model]:
    """The objects, each before those that refer to it."""
    questions = list(
        event.questions.select_related("asked_by", "event").prefetch_related(
            Prefetch("tagged", TaggedQuestion.objects.select_related("tag", "content_object__event")),
            Prefetch("answers", Answer.objects.select_related("speaker", "question__event").order_by("position")),
            Prefetch(
                "answers__tagged",
                TaggedAnswer.objects.select_related("tag", "content_object__question__event"),
            ),
        )
    )
    panelists = list(event.panelists.select_related("event", "speaker"))
    event_tags = list(event.tagged.select_related("tag", "content_object"))
    passages = [passage for question in questions for passage in (question, *question.answers.all())]

    yield from _sorted(tagged.tag for tagged in [*event_tags, *_tagged(passages)])
    speakers = _sorted(_speakers(panelists, passages))
    yield from (one for one in speakers if one.session_id is None)
    yield event
    yield from (one for one in speakers if one.session_id is not None)
    yield from panelists
    yield from sorted(event_tags, key=_by_tag)
    for passage in passages:
        yield passage
        yield from sorted(_tagged([passage]), key=_by_tag)
    yield from event.corrections.select_related("event")
    yield from event.retired_anchors.select_related("event").order_by("anchor")


def _tagged(passages: Iterable[Question | Answer]) -> list[Any]:
    return [tagged for passage in passages for tagged in passage.tagged.all()]


def _speakers(panelists: Iterable[Any], passages: Iterable[Question | Answer]) -> Iterator[Speaker]:
    for panelist in panelists:
        yield panelist.speaker
    for passage in passages:
        speaker = passage.asked_by if isinstance(passage, Question) else passage.speaker
        if speaker is not None:
            yield speaker


def _sorted(named: "Iterable[Named]") -> "list[Named]":
    return sorted(set(named), key=attrgetter("slug"))


def _by_tag(tagged: Any) -> str:
    slug: str = tagged.tag.slug
    return slug
