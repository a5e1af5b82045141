"""Filters of the lists. Unknown values are an error; former slugs are accepted."""

from typing import Any, Literal, TypeVar

from django.db.models import Model, Q, QuerySet
from django.http import Http404
from pydantic import BaseModel, Field

from panels.api.pagination import LONGEST
from panels.models import Event, Speaker, Tag
from panels.models.answer import AnswerQuerySet
from panels.models.event import EventQuerySet
from panels.models.question import QuestionQuerySet
from panels.reading.discovery.index_window import tag_facet, window_of
from panels.web.lookups import GoneError, SeveralSpeakersError, find_present, find_present_speaker

Row = TypeVar("Row", bound=Model)

_FEW = 5_000  # passages under a tag

_TAG = Field(
    default="",
    description="Current or former slug of a tag on the passage, its question or its event.",
    examples=["archives"],
)
_SPEAKER = Field(default="", description="Current or former slug of a speaker.", examples=["jane-doe"])
_EVENT = Field(default="", description="Current or former slug of an event.")


def _without_default(schema: dict[str, Any]) -> None:
    schema.pop("default", None)  # 0 means no filter, and is not a valid year


class PageParams(BaseModel):
    """The requested page of a list."""

    cursor: str = Field(
        default="", max_length=LONGEST, description="From `next` or `previous` of another page. Cursors are opaque."
    )
    limit: int = Field(default=20, ge=1, le=100, description="Page size.")


class EventFilters(PageParams):
    year: int = Field(
        default=0,
        ge=1,
        le=9999,
        description="Year in which it took place.",
        examples=[2021],
        json_schema_extra=_without_default,
    )
    tag: str = Field(
        default="", description="The slug of a tag, on the event or anything in it.", examples=["archives"]
    )
    speaker: str = Field(
        default="", description="The slug of a speaker who takes part, answers or asks.", examples=["jane-doe"]
    )
    language: str = Field(
        default="",
        pattern=r"^([A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*)?$",
        max_length=35,
        description="A language tag: `zh` finds `zh-Hans`, too.",
        examples=["zh"],
    )
    translations_of: str = Field(default="", description="The slug of an event: returns its original and translations.")

    def apply(self, events: EventQuerySet) -> EventQuerySet:
        if self.year:
            events = events.filter(date__year=self.year)
        if self.tag:
            events = events.tagged_anywhere(named(Tag.objects.published(), self.tag))
        if self.speaker:
            events = events.with_speaker(named_speaker(self.speaker))
        if self.language:
            events = events.filter(Q(language__iexact=self.language) | Q(language__istartswith=f"{self.language}-"))
        if self.translations_of:
            event = named_event(self.translations_of)
            original = event.translation_of_id or event.pk
            events = events.filter(Q(pk=original) | Q(translation_of=original)).exclude(pk=event.pk)
        return events


class QuestionFilters(PageParams):
    event: str = _EVENT
    speaker: str = Field(
        default="", description="Current or former slug of the person who asked.", examples=["jane-doe"]
    )
    tag: str = _TAG

    def apply(self, questions: QuestionQuerySet) -> QuestionQuerySet:
        if self.event:
            questions = questions.filter(event=named_event(self.event))
        if self.speaker:
            questions = questions.filter(asked_by=named_speaker(self.speaker))
        if self.tag:
            tag = named(Tag.objects.published(), self.tag)
            tagged = _if_few(tag, "question")
            questions = questions.about(tag) if tagged is None else questions.filter(pk__in=tagged)
        return questions


class AnswerFilters(PageParams):
    event: str = _EVENT
    speaker: str = _SPEAKER
    tag: str = _TAG
    attribution: Literal["", "stated", "inferred", "unknown"] = Field(
        default="", description="How the speaker is known."
    )

    def apply(self, answers: AnswerQuerySet) -> AnswerQuerySet:
        if self.event:
            answers = answers.filter(event=named_event(self.event))
        if self.speaker:
            answers = answers.filter(speaker=named_speaker(self.speaker))
        if self.tag:
            tag = named(Tag.objects.published(), self.tag)
            tagged = _if_few(tag, "answer")
            answers = answers.about(tag) if tagged is None else answers.filter(pk__in=tagged)
        if self.attribution:
            answers = answers.filter(attribution=self.attribution)
        return answers


def _if_few(tag: Tag, kind: str) -> list[int] | None:
    """The keys of the passages under a tag, from the search index; None if there are many.

    Many are found fast by looking at the last stored passages in turn, few are not.
    """
    window = window_of(tag_facet(tag), most=_FEW)
    return window.passages(kind) if window.is_whole else None


def named(visible: "QuerySet[Row]", slug: str) -> Row:
    """The visible row with a current or former slug. Raises Http404."""
    return find_present(visible, slug)


def named_speaker(slug: str) -> Speaker:
    """The speaker with a current or former slug. Raises Http404, also for a former slug that several shared."""
    try:
        return find_present_speaker(slug)
    except SeveralSpeakersError as several:
        raise Http404 from several


def named_event(slug: str) -> Event:
    """The published event with a slug. Raises Gone for a withdrawn event, Http404 if there never was one."""
    if Event.objects.withdrawn().filter(slug=slug).exists():
        raise GoneError
    return named(Event.objects.published(), slug)
