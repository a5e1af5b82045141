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
AS_TEXT = "as text"
"""The name under which what was typed on the page *Edit as text* is kept."""
_GRAIN = dt.timedelta(seconds=10)


def sit(event: Event, editor: AbstractBaseUser) -> Sitting:
    """Note that an editor is at an event now; who had left comes anew."""
    now = timezone.now()
    sitting = Sitting.objects.filter(event=event, editor=editor.pk).first()
    if sitting is None:
        return Sitting.objects.get_or_create(event=event, editor_id=editor.pk, defaults=_present(now))[0]
    away = now - sitting.seen_at
    if away > _GRAIN:  # often asked, seldom written: a write waits for every other one
        sitting.opened_at, sitting.seen_at = now if away > AWAY else sitting.opened_at, now
        sitting.save(update_fields=["opened_at", "seen_at"])
    return sitting


def others_at(event: Event, editor: AbstractBaseUser) -> "QuerySet[Sitting]":
    """Who else has the event open, the longest there first."""
    here = Sitting.objects.filter(event=event, seen_at__gt=timezone.now() - AWAY)
    return here.exclude(editor=editor.pk).select_related("editor").order_by("opened_at")


@transaction.atomic
def keep_unsaved(event: Event, editor: AbstractBaseUser, form: str, values: dict[str, Any]) -> None:
    """Keep what stands in a form that was not saved, in the place of what was kept of it before.

    What no database holds as text, NUL and halves of characters, is left out.
    """
    sitting, _new = Sitting.objects.select_for_update().get_or_create(
        event=event, editor_id=editor.pk, defaults=_present(timezone.now())
    )
    kept = {name: _storable(value) if isinstance(value, str) else value for name, value in values.items()}
    sitting.unsaved = {**sitting.unsaved, _storable(form): kept | {"kept_at": timezone.now().isoformat()}}
    sitting.save(update_fields=["unsaved"])


def forget_unsaved(event: Event, editor: AbstractBaseUser, form: str) -> None:
    """Of a form that was saved or discarded."""
    form = _storable(form)
    own = Sitting.objects.filter(event=event, editor=editor.pk)
    if not own.filter(unsaved__has_key=form).exists():
        return
    with transaction.atomic():
        sitting = own.select_for_update().get()
        sitting.unsaved = {name: values for name, values in sitting.unsaved.items() if name != form}
        sitting.save(update_fields=["unsaved"])


def _storable(text: str) -> str:
    return text.replace("\0", "").encode(errors="ignore").decode()


def _present(now: dt.datetime) -> dict[str, Any]:
    return {"opened_at": now, "seen_at": now}
