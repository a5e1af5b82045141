"""References to speakers and tags: the columns that refer to them, and the events whose pages show them."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import models

from panels.models import (
    Answer,
    Event,
    FormerSpeakerSlug,
    FormerTagSlug,
    Panelist,
    Question,
    SharedSpeakerSlug,
    Speaker,
    Tag,
    TaggedAnswer,
    TaggedEvent,
    TaggedQuestion,
)


@dataclass(frozen=True, slots=True)
class Reference:
    """A column that refers to a speaker or tag.

    If `once` is set, each object in that column refers to the same speaker or tag at most once.
    """

    model: Any
    field: str
    once: str = ""

    def to(self, key: int) -> "models.QuerySet[Any]":
        return self.model.objects.filter(**{self.field: key}).order_by("pk")  # type: ignore[no-any-return]

    @property
    def table(self) -> str:
        return str(self.model._meta.model_name)


_SPEAKERS = (
    Reference(Panelist, "speaker", once="event"),
    Reference(Answer, "speaker"),
    Reference(Question, "asked_by"),
    Reference(FormerSpeakerSlug, "target"),
    Reference(SharedSpeakerSlug, "target"),
)
_TAGS = (
    Reference(TaggedEvent, "tag", once="content_object"),
    Reference(TaggedQuestion, "tag", once="content_object"),
    Reference(TaggedAnswer, "tag", once="content_object"),
    Reference(FormerTagSlug, "target"),
)
_NAMED_BY: dict[type[models.Model], tuple[Reference, ...]] = {Speaker: _SPEAKERS, Tag: _TAGS}


def references_to(model: type[models.Model]) -> tuple[Reference, ...]:
    """The columns that refer to rows of the model. Empty for models other than speakers and tags."""
    return _NAMED_BY.get(model, ())


def events_naming(model: type[models.Model], keys: Collection[int]) -> "models.QuerySet[Event]":
    """The events whose pages show any of the speakers or tags, in the order in which they are locked."""
    named: tuple[models.QuerySet[Any], ...] = ()
    if model is Speaker:
        named = (
            Panelist.objects.filter(speaker__in=keys).values("event"),
            Answer.objects.filter(speaker__in=keys).values("event"),
            Question.objects.filter(asked_by__in=keys).values("event"),
        )
    elif model is Tag:
        named = (
            TaggedEvent.objects.filter(tag__in=keys).values("content_object"),
            TaggedQuestion.objects.filter(tag__in=keys).values("content_object__event"),
            TaggedAnswer.objects.filter(tag__in=keys).values("content_object__event"),
        )
    which = models.Q(pk__in=())
    for events in named:
        which |= models.Q(pk__in=events)
    return Event.objects.filter(which).order_by("pk")


def columns_of(row: models.Model) -> dict[str, Any]:
    """The values of all columns of a row, by column name. Foreign keys are keys."""
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def event_naming(ref: Reference, values: dict[str, Any]) -> Event | None:
    """The event of a referring row with these column values; None if it was deleted, or if the row is not part of an
    event.
    """
    if not ref.once:
        return None
    parent = ref.model._meta.get_field(ref.once).related_model
    found = parent.objects.filter(pk=values[f"{ref.once}_id"]).first()
    return found if found is None or isinstance(found, Event) else found.event


def put_back(ref: Reference, values: dict[str, Any]) -> None:
    """Restore a deleted referring row, unless its parent was deleted or already has such a row."""
    if not ref.once or event_naming(ref, values) is not None:
        ref.model.objects.bulk_create([ref.model(**values)], ignore_conflicts=True)
