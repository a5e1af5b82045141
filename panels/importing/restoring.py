"""An earlier state of an event made its state again."""

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction

from panels import history
from panels.correcting import Remark, accompany
from panels.importing.planning import Choices, Plan, apply, plan
from panels.models import Event, Revision


def plan_to_restore(revision: Revision) -> Plan:
    """What would become of the event."""
    choices = Choices(settled=history.people_at(revision), trusting=True)
    return plan(history.transcript_at(revision), choices, onto=revision.event, whole=True)


@transaction.atomic
def restore(revision: Revision, *, by: AbstractBaseUser | None, why: str = "", remark: Remark | None = None) -> Event:
    """Make the event what it was; its state until now stays in the history.

    Raises ImportRefusedError, and RemarkNeededError as `accompany` does.
    """
    history.keep(revision.event)
    event = apply(plan_to_restore(revision))
    accompany(event, remark)
    history.record(event, by=by, why=why)
    return event
