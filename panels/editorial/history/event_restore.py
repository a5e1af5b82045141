"""Restore an earlier version of an event."""

from django.contrib.auth.models import AbstractBaseUser

from panels.editorial.history import event_history
from panels.editorial.importing.planning import ImportOptions, Plan, apply, plan
from panels.editorial.saving.changes import UNREAD, recorded_change
from panels.editorial.saving.corrections import ChangeNote
from panels.models import Event, Revision, Speaker


def plan_to_restore(revision: Revision) -> Plan:
    """The plan of what restoring this version would change."""
    choices = ImportOptions(settled=_people(revision), trusting=True)
    return plan(event_history.transcript_at(revision), choices, onto=revision.event, whole=True)


def restore(
    revision: Revision,
    *,
    by: AbstractBaseUser | None,
    why: str = "",
    change_note: ChangeNote | None = None,
    seen: int | None = UNREAD,
) -> Event:
    """Restore an event to a revision. The current state stays in the history.

    Raises ImportRefusedError, and ChangeNoteRequiredError and EditConflictError as `recorded_change` does.
    """
    with recorded_change(revision.event, by=by, why=why, change_note=change_note, seen=seen):
        return apply(plan_to_restore(revision))


def _people(revision: Revision) -> dict[str, Speaker]:
    """The speakers of the revision by name, without those that have since become a label or stopped being one."""
    now = {one.name: one for one in Speaker.objects.taking_part_in(revision.event)}
    return {
        name: who
        for name, who in event_history.people_at(revision).items()
        if name not in now or now[name].is_identified == who.is_identified
    }
