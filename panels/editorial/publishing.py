"""Where an event's state changes, and nowhere else.

`by` is who changes it, for the history on the desk; None is an operator at a terminal.
"""

import datetime as dt
import logging
from collections.abc import Collection
from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import AbstractBaseUser
from django.db import DatabaseError, transaction
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from panels import signed_versions
from panels.editorial.locking import lock_events
from panels.editorial.saving import UNREAD, recorded_change
from panels.models import Event, PreviewLink, Schedule
from panels.models.base import free_slug
from panels.transcript.text import normalize_newlines

logger = logging.getLogger(__name__)

_LONGEST_SLUG = 100
PUBLISHABLE = {Event.Status.DRAFT, Event.Status.IN_REVIEW, Event.Status.WITHDRAWN}


class StateError(ValueError):
    """The event cannot go from its state to the one wanted; the message says why, for people."""


def submit(event: Event, *, by: AbstractBaseUser | None, seen: int | None = UNREAD) -> Event:
    """Ask for review of a draft. Raises EditConflictError if others changed it since version `seen`."""
    return _move(event, {Event.Status.DRAFT}, Event.Status.IN_REVIEW, by=by, seen=seen)


def publish(event: Event, *, by: AbstractBaseUser | None, seen: int | None = UNREAD) -> Event:
    """Show the event to readers. The time of the first publication is kept.

    Raises EditConflictError if others changed it since version `seen`: nobody publishes words that they did not read.
    """
    return _move(event, PUBLISHABLE, Event.Status.PUBLISHED, by=by, seen=seen)


def withdraw(event: Event, *, by: AbstractBaseUser | None, reason: str = "") -> Event:
    """Take a published event from readers: its addresses answer 410 from now on, with the reason."""
    return _move(event, {Event.Status.PUBLISHED}, Event.Status.WITHDRAWN, by=by, reason=normalize_newlines(reason))


def return_to_draft(event: Event, *, by: AbstractBaseUser | None) -> Event:
    """End a review without publication."""
    return _move(event, {Event.Status.IN_REVIEW}, Event.Status.DRAFT, by=by)


def move_to_trash(event: Event, *, by: AbstractBaseUser | None) -> Event:
    """Put the event into the bin, from which it can be taken whole. Readers see it no longer.

    If they never saw it, its slug is free for another event.
    """
    kept = set(Event.Status) - {Event.Status.BINNED}
    return _move(event, kept, Event.Status.BINNED, by=by)


def restore_from_trash(event: Event, *, by: AbstractBaseUser | None) -> Event:
    """Take the event out of the bin: as a draft, or as withdrawn if readers ever saw it.

    It gets its slug back; if another event has it by now, with a number behind it.
    """
    was_public = Event.objects.filter(pk=event.pk, published_at__isnull=False).exists()
    target = Event.Status.WITHDRAWN if was_public else Event.Status.DRAFT
    return _move(event, {Event.Status.BINNED}, target, by=by)


class ScheduleConflictError(StateError):
    """Somebody else scheduled the event, or cancelled its schedule, since a page was made."""


def schedule_version(event: Event, scheduled: Schedule | None) -> str:
    """The version of what a page shows of an event's schedule, to be put into its form."""
    return signed_versions.sign(_subject(event), _state(scheduled))


@transaction.atomic
def schedule(event: Event, at: dt.datetime, *, by: AbstractBaseUser | None, version: str) -> Schedule:
    """Publish the event at a time to come, in place of one that was set before. `publish_due` does it then.

    Raises StateError if it cannot be, and ScheduleConflictError if the schedule is no longer what `version` says.
    """
    stored = Event.objects.select_for_update().get(pk=event.pk)
    if stored.status not in PUBLISHABLE:
        raise StateError(_("“%(event)s” is %(status)s.") % {"event": stored, "status": stored.get_status_display()})
    _check_schedule(stored, version)
    if at <= timezone.now():
        raise StateError(_("The time is in the past."))
    return Schedule.objects.update_or_create(event=stored, defaults={"publish_at": at, "by_id": by.pk if by else None})[
        0
    ]


@transaction.atomic
def unschedule(event: Event, *, version: str) -> None:
    """Cancel the schedule: somebody has to publish the event. Raises ScheduleConflictError."""
    stored = Event.objects.select_for_update().get(pk=event.pk)
    _check_schedule(stored, version)
    Schedule.objects.filter(event=stored).delete()


def publish_due() -> list[Event]:
    """Publish those whose time has come, in the name of who set it; those that cannot be are not tried again."""
    waiting = (
        Schedule.objects.filter(publish_at__lte=timezone.now())
        .order_by("publish_at", "pk")
        .values_list("event", flat=True)
    )
    published = (_publish_if_due(event) for event in list(waiting))
    return [event for event in published if event is not None]


def try_to_publish_due() -> bool:
    """`publish_due` beside something else that goes on where it fails. A failure is logged, and answered by False."""
    try:
        publish_due()
    except DatabaseError:
        logger.exception("Could not publish what is due")
        return False
    return True


@transaction.atomic
def revoke(event: Event, link: int) -> PreviewLink:
    """Close a preview link, whose key is given. Raises PreviewLink.DoesNotExist, and StateError if it is closed."""
    found = PreviewLink.objects.select_for_update().get(event=event, pk=link)
    if found.revoked_at is not None:
        raise StateError(_("This link was already revoked."))
    found.revoked_at = timezone.now()
    found.save(update_fields=["revoked_at"])
    return found


@transaction.atomic
def publish_stored(events: Collection[int]) -> None:
    """Show drafts that an operator has just stored to readers, by their keys, in one statement."""
    drafts = Event.objects.filter(pk__in=events, status=Event.Status.DRAFT)
    drafts.update(status=Event.Status.PUBLISHED, published_at=timezone.now())


@transaction.atomic
def delete_for_good(*events: Event) -> None:
    """Delete events from the bin, with their history, all or none; those that are deleted already are passed over.

    Raises StateError if one was taken out of the bin.
    """
    keys = {event.pk for event in events}
    translations = Event.objects.filter(translation_of__in=keys).values_list("pk", flat=True)
    stored = keys.intersection(lock_events([*keys, *translations]))
    for event in Event.objects.filter(pk__in=stored).order_by("pk"):
        with recorded_change(event, by=None) as change:
            _require(change.event, {Event.Status.BINNED}, _("permanently deleted"))
            change.event.delete()


@transaction.atomic
def _publish_if_due(key: int) -> Event | None:
    """Publish one event, unless its schedule was changed or cancelled since it was found to be due."""
    event = Event.objects.select_for_update().filter(pk=key).first()
    due = Schedule.objects.filter(event=key, publish_at__lte=timezone.now()).select_related("by").first()
    if event is None or due is None:
        return None
    if event.status not in PUBLISHABLE:  # somebody was faster
        due.delete()
        return None
    return publish(event, by=due.by)


def _subject(event: Event) -> str:
    return f"schedule:{event.pk}"


def _state(scheduled: Schedule | None) -> str:
    return f"{scheduled.publish_at.astimezone(dt.UTC).isoformat()} {scheduled.by_id}" if scheduled else "none"


def _check_schedule(event: Event, version: str) -> None:
    scheduled = Schedule.objects.filter(event=event).select_related("by").first()
    if signed_versions.read(version, _subject(event)) == _state(scheduled):
        return
    if scheduled is None:
        raise ScheduleConflictError(_("Someone else cancelled the schedule, or this page is out of date."))
    at = formats.date_format(timezone.localtime(scheduled.publish_at), "DATETIME_FORMAT")
    who = scheduled.by or "–"
    raise ScheduleConflictError(_("Someone else scheduled this for %(at)s: %(who)s.") % {"at": at, "who": who})


def _move(
    event: Event,
    allowed: set[Event.Status],
    target: Event.Status,
    *,
    by: AbstractBaseUser | None,
    seen: int | None = UNREAD,
    reason: str | None = None,
) -> Event:
    """Move the event from a state that is read under its lock, so that two editors cannot both move it.

    The `reason` is that of a withdrawal. It is kept until the event is published again.
    """
    with recorded_change(event, by=by, seen=seen) as change:
        stored = change.event
        _require(stored, allowed, target.label)
        stored.status = target
        if target == Event.Status.PUBLISHED and stored.published_at is None:
            stored.published_at = timezone.now()
        stored.slug = _slug_in_state(stored)
        if reason is not None or target == Event.Status.PUBLISHED:
            stored.withdrawal_reason = reason or ""
        stored.save(update_fields=["status", "published_at", "slug", "withdrawal_reason"])
        if target != Event.Status.IN_REVIEW:
            Schedule.objects.filter(event=stored).delete()
        if by is not None:
            changes = [{"changed": {"fields": ["status"]}}]
            LogEntry.objects.log_actions(by.pk, [stored], CHANGE, change_message=changes, single_object=True)
    event.status, event.published_at, event.slug = stored.status, stored.published_at, stored.slug
    return event


def _slug_in_state(stored: Event) -> str:
    """The slug as it is outside of the bin; in the bin, one that nobody wants, unless readers know the event by it."""
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
