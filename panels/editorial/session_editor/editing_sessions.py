"""Who is editing an event, and their unsaved changes."""

import datetime as dt
from collections.abc import Mapping
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
_OTHERS = "other windows"
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
def autosave(event: Event, editor: AbstractBaseUser, form: str, values: dict[str, Any], *, seen: str = "") -> str:
    """Store the unsaved input of a form. Returns the time, which the window sends as `seen` the next time.

    It replaces what the same window stored before, named by `seen`; input from other windows is kept beside it. NUL and
    lone surrogates are removed, because no database stores them as text.
    """
    editing_session, _new = EditingSession.objects.select_for_update().get_or_create(
        event=event, editor_id=editor.pk, defaults=_opened_now(timezone.now())
    )
    form, values, now = _storable(form), _all_storable(values), timezone.now().isoformat()
    others = _others(editing_session.unsaved.get(form), seen, values)
    editing_session.unsaved = {**editing_session.unsaved, form: _stacked([values | {"kept_at": now}, *others])}
    editing_session.save(update_fields=["unsaved"])
    return now


def discard_autosave(
    event: Event, editor: AbstractBaseUser, form: str, *, seen: str, values: Mapping[str, Any] | None = None
) -> bool:
    """Delete what a window stored of a form that was saved or discarded: named by `seen`, or contained in `values`.

    Returns whether other windows have stored input of the form.
    """
    form = _storable(form)
    own = EditingSession.objects.filter(event=event, editor=editor.pk)
    if not own.filter(unsaved__has_key=form).exists():
        return False
    with transaction.atomic():
        editing_session = own.select_for_update().get()
        others = _others(editing_session.unsaved.get(form), seen, _all_storable(values or {}))
        rest = {name: kept for name, kept in editing_session.unsaved.items() if name != form}
        editing_session.unsaved = {**rest, form: _stacked(others)} if others else rest
        editing_session.save(update_fields=["unsaved"])
    return bool(others)


def unsaved_by_window(kept: Mapping[str, Any] | None) -> list[dict[str, Any]]:
    """The unsaved input of a form from each window, latest first."""
    if not kept:
        return []
    latest = {name: value for name, value in kept.items() if name != _OTHERS}
    return [latest, *kept.get(_OTHERS, ())]


def _others(kept: Mapping[str, Any] | None, seen: str, values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The stored input of a form, without that named by `seen` or contained in `values`."""
    return [one for one in unsaved_by_window(kept) if one.get("kept_at") != seen and not _contains(values, one)]


def _contains(values: Mapping[str, Any], kept: Mapping[str, Any]) -> bool:
    typed = {name: value for name, value in kept.items() if name not in {"kept_at", "version"}}
    return bool(typed) and typed.items() <= values.items()


def _stacked(kept: list[dict[str, Any]]) -> dict[str, Any]:
    latest, *others = kept
    return latest | ({_OTHERS: others} if others else {})


def _all_storable(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _storable(value) if isinstance(value, str) else value for name, value in values.items()}


def _storable(text: str) -> str:
    return text.replace("\0", "").encode(errors="ignore").decode()


def _opened_now(now: dt.datetime) -> dict[str, Any]:
    return {"opened_at": now, "seen_at": now}
