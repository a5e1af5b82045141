"""An earlier state of an event made its state again."""

from django.contrib.auth.models import AbstractBaseUser

from panels import history
from panels.correcting import Remark
from panels.importing.planning import Choices, Plan, apply, plan
from panels.models import Event, Revision
from panels.saving import UNREAD, recorded_change


def plan_to_restore(revision: Revision) -> Plan:
    """What would become of the event."""
    choices = Choices(settled=history.people_at(revision), trusting=True)
    return plan(history.transcript_at(revision), choices, onto=revision.event, whole=True)


def restore(
    revision: Revision,
    *,
    by: AbstractBaseUser | None,
    why: str = "",
    remark: Remark | None = None,
    seen: int | None = UNREAD,
) -> Event:
    """Make the event what it was; its state until now stays in the history.

    Raises ImportRefusedError, and RemarkNeededError and EditConflictError as `recorded_change` does.
    """
    with recorded_change(revision.event, by=by, why=why, remark=remark, seen=seen):
        return apply(plan_to_restore(revision))
