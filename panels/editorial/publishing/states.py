"""Publish, withdraw, trash and delete events: no other module changes the state of an event.

`by` is the editor who does it, for the history; None stands for an operator at a terminal.
"""

from collections.abc import Collection
from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from panels.editorial import audit
from panels.editorial.audit import Action
from panels.editorial.saving.changes import UNREAD, recorded_change
from panels.editorial.saving.locking import lock_events
from panels.models import Event, Schedule
from panels.models.base import free_slug
from panels.transcript.text import normalize_newlines

_LONGEST_SLUG = 100
_AUDITED = {Event.Status.PUBLISHED: Action.PUBLISHED, Event.Status.WITHDRAWN: Action.WITHDRAWN}
PUBLISHABLE = {Event.Status.DRAFT, Event.Status.IN_REVIEW, Event.Status.WITHDRAWN}


class StateError(ValueError):
    """The event cannot change from its state to the one wanted. The message says why, for people."""


def submit(event: Event, *, by: AbstractBaseUser | None, seen: int | None = UNREAD) -> Event:
    """Submit a draft for review. Raises EditConflictError if others changed it since version `seen`."""
    return _move(event, {Event.Status.DRAFT}, Event.Status.IN_REVIEW, by=by, seen=seen)


def publish(event: Event, *, by: AbstractBaseUser | None, seen: int | None = UNREAD) -> Event:
    """Show the event to readers. The time of the first publication is kept.

    Raises EditConflictError if others changed it since version `seen`: nobody publishes words that they did not read.
    """
    return _move(event, PUBLISHABLE, Event.Status.PUBLISHED, by=by, seen=seen)


def withdraw(event: Event, *, by: AbstractBaseUser | None, reason: str = "") -> Event:
    """Withdraw a published event: its URLs return 410 with the reason from now on."""
    return _move(event, {Event.Status.PUBLISHED}, Event.Status.WITHDRAWN, by=by, reason=normalize_newlines(reason))


def return_to_draft(event: Event, *, by: AbstractBaseUser | None) -> Event:
    """End a review without publication."""
    return _move(event, {Event.Status.IN_REVIEW}, Event.Status.DRAFT, by=by)


def move_to_trash(event: Event, *, by: AbstractBaseUser | None) -> Event:
    """Move the event to trash, from where it can be restored. Readers no longer see it.

    If they never saw it, its slug is free for another event.
    """
    kept = set(Event.Status) - {Event.Status.BINNED}
    return _move(event, kept, Event.Status.BINNED, by=by)


def restore_from_trash(event: Event, *, by: AbstractBaseUser | None) -> Event:
    """Restore the event from trash: as a draft, or as withdrawn if readers ever saw it.

    It gets its slug back, with a number appended if another event uses it now.
    """
    was_public = Event.objects.filter(pk=event.pk, published_at__isnull=False).exists()
    target = Event.Status.WITHDRAWN if was_public else Event.Status.DRAFT
    return _move(event, {Event.Status.BINNED}, target, by=by)


@transaction.atomic
def publish_stored(events: Collection[int]) -> None:
    """Publish drafts that an operator has just imported, by key, in one statement."""
    drafts = Event.objects.filter(pk__in=events, status=Event.Status.DRAFT)
    audit.record_events(Action.PUBLISHED, drafts.only("title"), by=None)
    drafts.update(status=Event.Status.PUBLISHED, published_at=timezone.now())


@transaction.atomic
def delete_for_good(*events: Event, by: AbstractBaseUser | None) -> None:
    """Permanently delete events from trash with their history, all or none. Events deleted already are skipped.

    Raises StateError if one was restored from trash.
    """
    keys = {event.pk for event in events}
    translations = Event.objects.filter(translation_of__in=keys).values_list("pk", flat=True)
    stored = keys.intersection(lock_events([*keys, *translations]))
    for event in Event.objects.filter(pk__in=stored).order_by("pk"):
        with recorded_change(event, by=None) as change:
            _require(change.event, {Event.Status.BINNED}, _("permanently deleted"))
            audit.record_events(Action.DELETED, [change.event], by=by)
            change.event.delete()


def _move(
    event: Event,
    allowed: set[Event.Status],
    target: Event.Status,
    *,
    by: AbstractBaseUser | None,
    seen: int | None = UNREAD,
    reason: str | None = None,
) -> Event:
    """Change the state of an event. The old state is read under its lock, so that two editors cannot both change it.

    `reason` is the reason for a withdrawal. It is kept until the event is published again.
    """
    with recorded_change(event, by=by, seen=seen) as change:
        stored = change.event
        if stored.status == target:
            already = _("“%(event)s” is already %(status)s.")
            raise StateError(already % {"event": stored, "status": stored.get_status_display()})
        _require(stored, allowed, target.label)
        stored.status = target
        if target == Event.Status.PUBLISHED and stored.published_at is None:
            stored.published_at = timezone.now()
        stored.slug = _slug_in_state(stored)
        if reason is not None or target == Event.Status.PUBLISHED:
            stored.withdrawal_reason = reason or ""
        stored.save(update_fields=["status", "published_at", "slug", "withdrawal_reason"])
        if action := _AUDITED.get(target):
            audit.record_events(action, [stored], by=by, details=stored.withdrawal_reason)
        if target != Event.Status.IN_REVIEW:
            Schedule.objects.filter(event=stored).delete()
        if by is not None:
            changes = [{"changed": {"fields": ["status"]}}]
            LogEntry.objects.log_actions(by.pk, [stored], CHANGE, change_message=changes, single_object=True)
    event.status, event.published_at, event.slug = stored.status, stored.published_at, stored.slug
    return event


def _slug_in_state(stored: Event) -> str:
    """The slug for the event's state: in trash one that no other event needs, unless readers know the event by it."""
    mark = f"trash-{stored.pk}-"
    if stored.published_at is not None:
        return stored.slug
    wanted = stored.slug.removeprefix(mark)
    if stored.status == Event.Status.BINNED:
        return f"{mark}{wanted}"[:_LONGEST_SLUG].rstrip("-")
    return free_slug(Event, wanted) if wanted != stored.slug else wanted


def _require(stored: Event, allowed: set[Event.Status], target: Any) -> None:
    if stored.status not in allowed:
        raise StateError(
            _("“%(event)s” is %(status)s and cannot be changed to %(target)s.")
            % {"event": stored, "status": stored.get_status_display(), "target": target}
        )
