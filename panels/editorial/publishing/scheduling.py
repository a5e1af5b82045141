"""Publish a session at a set time.

The server publishes what is due before it answers a request (`panels/web/middleware.py`). `manage.py publish_due` does
so without requests.
"""

import datetime as dt
import logging

from django.contrib.auth.models import AbstractBaseUser
from django.db import DatabaseError, transaction
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from panels.editorial.publishing.states import PUBLISHABLE, StateError, publish
from panels.editorial.saving import signed_versions
from panels.models import Event, Schedule

logger = logging.getLogger(__name__)


class ScheduleConflictError(StateError):
    """Somebody else scheduled the event, or cancelled its schedule, since a page was made."""


def schedule_version(event: Event, scheduled: Schedule | None) -> str:
    """The version of an event's schedule, to be put into a form that shows it."""
    return signed_versions.sign(_subject(event), _state(scheduled))


@transaction.atomic
def schedule(event: Event, at: dt.datetime, *, by: AbstractBaseUser | None, version: str) -> Schedule:
    """Schedule the event, replacing an earlier schedule. `publish_due` publishes it when the time has come.

    Raises StateError if it cannot be published, and ScheduleConflictError if the schedule is no longer the one that
    `version` stands for.
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
    """Cancel the schedule. Raises ScheduleConflictError."""
    stored = Event.objects.select_for_update().get(pk=event.pk)
    _check_schedule(stored, version)
    Schedule.objects.filter(event=stored).delete()


def publish_due() -> list[Event]:
    """Publish all events whose time has come, as the editor who scheduled them. Failures are not tried again."""
    waiting = (
        Schedule.objects.filter(publish_at__lte=timezone.now())
        .order_by("publish_at", "pk")
        .values_list("event", flat=True)
    )
    published = (_publish_if_due(event) for event in list(waiting))
    return [event for event in published if event is not None]


def try_to_publish_due() -> bool:
    """Same as `publish_due`, but a database error is logged, and returns False."""
    try:
        publish_due()
    except DatabaseError:
        logger.exception("Could not publish what is due")
        return False
    return True


@transaction.atomic
def _publish_if_due(key: int) -> Event | None:
    """Publish one event, unless its schedule was changed or cancelled in the meantime."""
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
