"""An earlier state of an event made its state again."""

from django.contrib.auth.models import AbstractBaseUser

from panels.editorial import history
from panels.editorial.corrections import ChangeNote
from panels.editorial.importing.planning import ImportOptions, Plan, apply, plan
from panels.editorial.saving import UNREAD, recorded_change
from panels.models import Event, Revision, Speaker


def plan_to_restore(revision: Revision) -> Plan:
    """What would become of the event."""
    choices = ImportOptions(settled=_people(revision), trusting=True)
    return plan(history.transcript_at(revision), choices, onto=revision.event, whole=True)


def restore(
    revision: Revision,
    *,
    by: AbstractBaseUser | None,
    why: str = "",
    change_note: ChangeNote | None = None,
    seen: int | None = UNREAD,
) -> Event:
    """Make the event what it was; its state until now stays in the history.

    Raises ImportRefusedError, and ChangeNoteRequiredError and EditConflictError as `recorded_change` does.
    """
    with recorded_change(revision.event, by=by, why=why, change_note=change_note, seen=seen):
        return apply(plan_to_restore(revision))


def _people(revision: Revision) -> dict[str, Speaker]:
    """Who the names were. A name that was turned into a label since, or back, is the one that takes part now."""
    now = {one.name: one for one in Speaker.objects.taking_part_in(revision.event)}
    return {
        name: who
        for name, who in history.people_at(revision).items()
        if name not in now or now[name].is_identified == who.is_identified
    }
