"""Transitions of an event's status in the admin: their labels, who may make them, and from which statuses."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from panels.admin.shared.base import PanelsAdmin, editor_of
from panels.editorial import publishing
from panels.editorial.saving.changes import EditConflictError
from panels.models import Event


@dataclass(frozen=True, slots=True)
class Transition:
    """A transition. `label` is its button alone, `with_save` the button that saves the form first."""

    label: Any
    with_save: Any
    do: Callable[..., Event]
    right: str
    states: frozenset[str]
    shows_words: bool = False  # to others, who rely on somebody having read them


# In the order of their appearance.
TRANSITIONS = {
    "_publish": Transition(
        _("Publish now"),
        _("Save and publish"),
        publishing.publish,
        "publish_event",
        frozenset(publishing.PUBLISHABLE),
        shows_words=True,
    ),
    "_submit": Transition(
        _("Submit for review"),
        _("Save and submit for review"),
        publishing.submit,
        "change_event",
        frozenset({"draft"}),
        shows_words=True,
    ),
    "_return": Transition(
        _("Return to draft"),
        _("Save and return to draft"),
        publishing.return_to_draft,
        "change_reviewed_event",
        frozenset({"in_review"}),
    ),
    "_withdraw": Transition(
        _("Withdraw"), _("Save and withdraw"), publishing.withdraw, "publish_event", frozenset({"published"})
    ),
}


def transitions_for(request: HttpRequest, event: Event) -> dict[str, Transition]:
    """The transitions that the user may make now."""
    return {
        name: transition
        for name, transition in TRANSITIONS.items()
        if event.status in transition.states and request.user.has_perm(f"panels.{transition.right}")
    }


def transition_all(
    admin: PanelsAdmin,
    request: HttpRequest,
    events: Iterable[Event],
    transition: Callable[..., Event],
    **seen: int | None,
) -> None:
    """Move every event that can be moved, and report how many were and which could not be.

    `seen` is the version that the editor saw, where that matters.
    """
    moved: list[Event] = []
    for event in events:
        try:
            moved.append(transition(event, by=editor_of(request), **seen))
        except publishing.StateError as error:
            admin.message_user(request, str(error), messages.WARNING)
        except EditConflictError as conflict:
            admin.message_user(request, str(conflict), messages.ERROR)
        except Event.DoesNotExist:
            continue  # somebody deleted it meanwhile
    if moved:
        text = ngettext("%(count)s session is now %(status)s.", "%(count)s sessions are now %(status)s.", len(moved))
        status = moved[0].get_status_display()
        admin.message_user(request, text % {"count": len(moved), "status": status}, messages.SUCCESS)
