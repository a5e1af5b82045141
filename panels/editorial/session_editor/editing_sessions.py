"""Who is editing an event, and their unsaved changes."""

import datetime as dt
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from panels.models import EditingSession, Event

AWAY = dt.timedelta(minutes=10)
"""Who was not seen for so long has left."""
AS_TEXT = "as text"
"""The name under which what was typed on the page *Edit as text* is kept."""
_GRAIN = dt.timedelta(seconds=10)


def open_editing_session(event: Event, editor: AbstractBaseUser) -> EditingSession:
    """Record that an editor has the event open. After an absence of `AWAY` a new session begins."""
    now = timezone.now()
    editing_session = EditingSession.objects.filter(event=event, editor=editor.pk).first()
    if editing_session is None:
        return EditingSession.objects.get_or_create(event=event, editor_id=editor.pk, defaults=_opened_now(now))[0]
    away = now - editing_session.seen_at
    if away > _GRAIN:  # often asked, seldom written: a write waits for every other one
        editing_session.opened_at, editing_session.seen_at = now if away > AWAY else editing_session.opened_at, now
        editing_session.save(update_fields=["opened_at", "seen_at"])
    return editing_session


def other_sessions(event: Event, editor: AbstractBaseUser) -> "QuerySet[EditingSession]":
    """The sessions of other editors who have the event open, longest first."""
    here = EditingSession.objects.filter(event=event, seen_at__gt=timezone.now() - AWAY)
    return here.exclude(editor=editor.pk).select_related("editor").order_by("opened_at")


@transaction.atomic
def autosave(event: Event, editor: AbstractBaseUser, form: str, values: dict[str, Any]) -> None:
    """Store what was typed into a form and not saved, replacing what was stored of it before.

    NUL and lone surrogates are left out: no database stores them as text.
    """
    editing_session, _new = EditingSession.objects.select_for_update().get_or_create(
        event=event, editor_id=editor.pk, defaults=_opened_now(timezone.now())
    )
    kept = {name: _storable(value) if isinstance(value, str) else value for name, value in values.items()}
    editing_session.unsaved = {
        **editing_session.unsaved,
        _storable(form): kept | {"kept_at": timezone.now().isoformat()},
    }
    editing_session.save(update_fields=["unsaved"])


def discard_autosave(event: Event, editor: AbstractBaseUser, form: str) -> None:
    """Delete the unsaved changes of a form that was saved or discarded."""
    form = _storable(form)
    own = EditingSession.objects.filter(event=event, editor=editor.pk)
    if not own.filter(unsaved__has_key=form).exists():
        return
    with transaction.atomic():
        editing_session = own.select_for_update().get()
        editing_session.unsaved = {name: values for name, values in editing_session.unsaved.items() if name != form}
        editing_session.save(update_fields=["unsaved"])


def _storable(text: str) -> str:
    return text.replace("\0", "").encode(errors="ignore").decode()


def _opened_now(now: dt.datetime) -> dict[str, Any]:
    return {"opened_at": now, "seen_at": now}
