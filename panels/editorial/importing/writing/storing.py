"""Write prepared rows, as a new event or as the new state of a stored one.

Everything runs in the caller's transaction, which holds the write lock: only a few statements are run, and nothing is
computed that could have been computed before. Everything that was assumed to be free or present is checked again.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from panels.editorial.importing.errors import ImportRefusedError
from panels.editorial.importing.writing.bulk_insert import COLUMNS, update
from panels.editorial.importing.writing.preparing import Prepared
from panels.models import (
    Answer,
    Event,
    FormerEventSlug,
    FormerSpeakerSlug,
    FormerTagSlug,
    Question,
    RetiredAnchor,
    Speaker,
    Tag,
)

_ASIDE = 1_000_000  # added to numbers and positions while their rows change places
_AT_ONCE = 5_000  # keys in one statement
_FIRST = (Speaker, Tag, Question)  # are named by rows that change
_PLACES: tuple[tuple[type[models.Model], str], ...] = ((Question, "number"), (Answer, "position"))


def is_still_true(prepared: Prepared) -> bool:
    """Whether slugs and names that were free still are, and all speakers are unchanged."""
    tags, speakers = prepared.new_tags, prepared.new_speakers
    slugs = [tag.slug for tag in tags]
    taken: list[models.QuerySet[Any] | None] = [
        Tag.objects.filter(Q(name__in=[tag.name for tag in tags]) | Q(slug__in=slugs)) if tags else None,
        FormerTagSlug.objects.filter(slug__in=slugs) if tags else None,
        Speaker.objects.filter(slug__in=[one.slug for one in speakers]) if speakers else None,
        FormerSpeakerSlug.objects.filter(slug__in=[one.slug for one in speakers]) if speakers else None,
    ]
    if prepared.version is None:
        slug = prepared.transcript.slug
        taken += [Event.objects.filter(slug=slug), FormerEventSlug.objects.filter(slug=slug)]
    return not any(some.exists() for some in taken if some is not None)


def who_changed(prepared: Prepared) -> str:
    """The name of a speaker who was renamed, merged or deleted since, or of a new one whom somebody else has stored."""
    known = prepared.cast.known
    fields = ("name", "original_name", "family_name")
    now = {pk: rest for pk, *rest in Speaker.objects.filter(pk__in=list(known)).values_list("pk", *fields)}
    for pk, speaker in known.items():
        if now.get(pk) != [getattr(speaker, name) for name in fields]:
            return speaker.name
    unasked = [person.name for person in prepared.cast.new if not person.is_settled and not person.is_label]
    others = Speaker.objects.identified().filter(name__in=unasked).values_list("name", flat=True)
    return (others.first() if unasked else None) or ""


def insert_new(prepared: Prepared) -> None:
    """Insert a new draft."""
    prepared.batch.insert()


def change(event: Event, prepared: Prepared) -> None:
    """Write a prepared change. Positions are freed first, and rows are written after the rows that they refer to."""
    changes = prepared.changes
    RetiredAnchor.objects.filter(event=event, anchor__in=prepared.returning).delete()
    if prepared.fields:
        save_event(event, prepared.fields)
    _delete(Answer, changes.deleted.pop(Answer, []))
    for model, place in _PLACES:
        for some in _chunks(changes.moved[model]):
            model._default_manager.filter(pk__in=some).update(**{place: F(place) + _ASIDE})
    prepared.batch.insert(*_FIRST)
    for (changed, columns), rows in sorted(changes.updates.items(), key=lambda one: one[0][0] is not Question):
        update(changed, columns, rows)
    for model, keys in changes.deleted.items():
        _delete(model, keys)
    for (model, tag), keys in changes.untagged.items():
        for some in _chunks(keys):
            model._default_manager.filter(tag=tag, content_object__in=some).delete()
    prepared.batch.insert(*(model for model in COLUMNS if model not in {Event, *_FIRST}))


def _delete(model: type[models.Model], keys: Sequence[int]) -> None:
    for some in _chunks(keys):
        model._default_manager.filter(pk__in=some).delete()


def save_event(event: Event, fields: dict[str, Any]) -> None:
    """Change fields of the event's row. Raises ImportRefusedError if a rule of the database is broken."""
    for name, value in fields.items():
        setattr(event, name, value)
    check(event)
    event.save()


def check(event: Event) -> None:
    """Raise ImportRefusedError if the event's row breaks a rule of its model."""
    try:
        event.full_clean()
    except ValidationError as error:
        faults = (f"{field}: {' '.join(messages)}" for field, messages in error.message_dict.items())
        raise ImportRefusedError(f"session: {'; '.join(faults)}") from error


def _chunks(keys: Sequence[int]) -> Iterable[Sequence[int]]:
    return (keys[start : start + _AT_ONCE] for start in range(0, len(keys), _AT_ONCE))
