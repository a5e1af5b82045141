"""Who is at work on an event, and what they typed and have not saved yet."""

import datetime as dt
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from panels.models import Event, Sitting

AWAY = dt.timedelta(minutes=10)
"""Who was not seen for so long has left."""


@transaction.atomic
def sit(event: Event, editor: AbstractBaseUser) -> Sitting:
    """Note that an editor is at an event now; who had left comes anew."""
    now = timezone.now()
    sitting, _new = _locked(event, editor)
    if now - sitting.seen_at > AWAY:
        sitting.opened_at = now
    sitting.seen_at = now
    sitting.save(update_fields=["opened_at", "seen_at"])
    return sitting


def others_at(event: Event, editor: AbstractBaseUser) -> "QuerySet[Sitting]":
    """Who else has the event open, the longest there first."""
    here = Sitting.objects.filter(event=event, seen_at__gt=timezone.now() - AWAY)
    return here.exclude(editor=editor.pk).select_related("editor").order_by("opened_at")


@transaction.atomic
def keep_unsaved(event: Event, editor: AbstractBaseUser, form: str, values: dict[str, Any]) -> None:
    """Keep what stands in a form that was not saved, in the place of what was kept of it before."""
    sitting, _new = _locked(event, editor)
    sitting.unsaved = {**sitting.unsaved, form: values | {"kept_at": timezone.now().isoformat()}}
    sitting.save(update_fields=["unsaved"])


@transaction.atomic
def forget_unsaved(event: Event, editor: AbstractBaseUser, form: str) -> None:
    """Of a form that was saved or discarded."""
    sitting = Sitting.objects.select_for_update().filter(event=event, editor=editor.pk).first()
    if sitting is not None and form in sitting.unsaved:
        sitting.unsaved = {name: values for name, values in sitting.unsaved.items() if name != form}
        sitting.save(update_fields=["unsaved"])


def _locked(event: Event, editor: AbstractBaseUser) -> tuple[Sitting, bool]:
    now = timezone.now()
    return Sitting.objects.select_for_update().get_or_create(
        event=event, editor_id=editor.pk, defaults={"opened_at": now, "seen_at": now}
    )
