"""Publishing: the checklist before it, the states of an event, schedules and preview links."""

from panels.editorial.publishing.preview_links import revoke
from panels.editorial.publishing.scheduling import (
    ScheduleConflictError,
    publish_due,
    schedule,
    schedule_version,
    try_to_publish_due,
    unschedule,
)
from panels.editorial.publishing.states import (
    PUBLISHABLE,
    StateError,
    delete_for_good,
    move_to_trash,
    publish,
    publish_stored,
    restore_from_trash,
    return_to_draft,
    submit,
    withdraw,
)

__all__ = [
    "PUBLISHABLE",
    "ScheduleConflictError",
    "StateError",
    "delete_for_good",
    "move_to_trash",
    "publish",
    "publish_due",
    "publish_stored",
    "restore_from_trash",
    "return_to_draft",
    "revoke",
    "schedule",
    "schedule_version",
    "submit",
    "try_to_publish_due",
    "unschedule",
    "withdraw",
]
