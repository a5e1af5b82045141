"""One event written down as a fixture, complete in itself and without numeric ids."""

from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import Any

from django.core import serializers
from django.db import models
from django.db.models import Prefetch

from panels.models import Answer, Event, Question, Speaker, Tag, TaggedAnswer, TaggedQuestion


def fixture_of(event: Event) -> str:
    """The event with its speakers, panelists, questions, answers, tags and corrections, as JSON for `loaddata`.

    What is in no fixture: the event that it translates, and other events.
    """
    written: str = serializers.serialize(
        "json", _objects(event), indent=2, use_natural_foreign_keys=True, use_natural_primary_keys=True
    )
    return written


def _objects(event: Event) -> Iterator[models.Model]:
    """Whatever is named stands before what names it."""
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
    yield from _sorted(_speakers(panelists, passages))
    yield event
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


def _sorted(named: Iterable[Tag | Speaker]) -> list[Tag | Speaker]:
    return sorted(set(named), key=attrgetter("slug"))


def _by_tag(tagged: Any) -> str:
    slug: str = tagged.tag.slug
    return slug
