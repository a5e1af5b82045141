"""What is part of a session: every save on the desk is recorded in the event's history, and none undoes another's.

A form carries the edition of the event that it was made from. If what it shows was changed since, it is not saved but
shown again, with what was typed, who saved what, and the difference; saved once more, it is laid over that knowingly.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext

from panels import history
from panels.admin.base import PanelsAdmin, editor_of
from panels.admin.remarks import RemarkFields, remark_in
from panels.correcting import RemarkNeededError, accompany
from panels.exporting import transcript_of
from panels.importing import Change, Comparison, compare
from panels.models import Edition, Event, Revision


@dataclass(frozen=True, slots=True)
class Overtaken:
    """What others did, since a form was made, to what it shows."""

    comparison: Comparison
    saved: tuple[Revision, ...]
    since: int

    def __str__(self) -> str:
        who = ", ".join(dict.fromkeys(str(one.by or "–") for one in self.saved))
        return gettext(
            "This was changed meanwhile, by %(who)s. Nothing of yours is saved yet: look at the difference, then save "
            "again to lay yours over it."
        ) % {"who": who}


def is_open_to(request: HttpRequest, event: Event) -> bool:
    """Whether an event is in a state in which somebody who edits events may change this one."""
    if event.status == Event.Status.BINNED:
        return False
    return event.status == Event.Status.DRAFT or request.user.has_perm("panels.change_reviewed_event")


class OfAnEvent:
    """The rights to what is part of an event depend on the event's state."""

    def event_of(self, obj: Any) -> Event:
        event: Event = obj if isinstance(obj, Event) else obj.event
        return event

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may: bool = super().has_change_permission(request, obj)  # type: ignore[misc]
        return may and (obj is None or is_open_to(request, self.event_of(obj)))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may: bool = super().has_delete_permission(request, obj)  # type: ignore[misc]
        return may and (obj is None or is_open_to(request, self.event_of(obj)))


class InlineOfAnEvent(OfAnEvent):
    """`obj` is what the rows belong to."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may: bool = super().has_add_permission(request, obj)  # type: ignore[misc]
        return may and (obj is None or is_open_to(request, self.event_of(obj)))


class RecordedAdmin(OfAnEvent, PanelsAdmin):
    """Keeps the state that a save or a deletion finds, and records the one that it leaves."""

    change_form_template = "admin/panels/recorded_change_form.html"

    shows_event = True
    """Whether a form shows what is said once of the event, as its title or its panel."""

    changes_words = True
    """Whether a form changes what somebody said, so that readers may have to be told."""

    def shows(self, obj: Any, change: Change) -> bool:
        """Whether a form of `obj` shows the passage that was changed."""
        return False

    def get_queryset(self, request: HttpRequest) -> Any:
        """Without what belongs to an event in the bin."""
        rows = super().get_queryset(request)
        return rows if rows.model is Event else rows.exclude(event__status=Event.Status.BINNED)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Something new is added only where something may be changed."""
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name in {"event", "question"} and not request.user.has_perm("panels.change_reviewed_event"):
            status = "status" if db_field.name == "event" else "event__status"
            field.queryset = field.queryset.filter(**{status: Event.Status.DRAFT})
        return field

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, *args, **kwargs)
        refused: Overtaken | RemarkNeededError | None = getattr(request, "refused", None)
        if refused is None:
            return form
        said = str(refused)

        class RefusedForm(form):  # type: ignore[misc]
            def clean(self) -> Any:
                super().clean()
                raise ValidationError(said)

        return RefusedForm

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        obj = kwargs.get("obj")
        if obj is not None:
            event = self.event_of(obj)
            context["edition"] = Edition.objects.values_list("number", flat=True).get(event=event)
            refused = getattr(request, "refused", None)
            context["overtaken"] = refused if isinstance(refused, Overtaken) else None
            context["remark"] = RemarkFields(
                request.POST or None, public=event.is_public and self.changes_words, label_suffix=""
            )
            context["event"] = event
        return super().render_change_form(request, context, *args, **kwargs)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if request.method != "POST":
            self._keep(request, object_id)
            return super().changeform_view(request, object_id, form_url, extra_context)
        try:
            with transaction.atomic():
                found = self._keep(request, object_id)
                request.refused = self._overtaken(request, found) if found else None  # type: ignore[attr-defined]
                return super().changeform_view(request, object_id, form_url, extra_context)
        except RemarkNeededError as needed:
            request.refused = needed  # type: ignore[attr-defined]
            return super().changeform_view(request, object_id, form_url, extra_context)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        try:
            return super().delete_view(request, object_id, extra_context)
        except RemarkNeededError:
            return self._led_to_the_session(request, self.get_object(request, unquote(object_id)))

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        try:
            return super().changelist_view(request, extra_context)
        except RemarkNeededError:
            return self._led_to_the_session(request)

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        self._record(request, obj)
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        self._record(request, obj)
        return super().log_change(request, obj, message)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        with transaction.atomic():
            event = self.event_of(obj)
            history.keep(event)
            super().delete_model(request, obj)
            self._record(request, event)

    def delete_queryset(self, request: HttpRequest, queryset: "models.QuerySet[Any]") -> None:
        with transaction.atomic():
            events = {event.pk: event for event in map(self.event_of, queryset)}
            for event in events.values():
                history.keep(event)
            super().delete_queryset(request, queryset)
            for event in events.values():
                self._record(request, event)

    def _keep(self, request: HttpRequest, object_id: str | None) -> Any:
        """The object, its event's present state recorded."""
        found = self.get_object(request, unquote(object_id)) if object_id else None
        if found is not None:
            history.keep(self.event_of(found))
        return found

    def _led_to_the_session(self, request: HttpRequest, obj: Any = None) -> HttpResponse:
        """Where something can be deleted with a word to readers."""
        said = gettext("Readers have seen this: delete it in the session, where you can say for them why.")
        messages.error(request, said)
        if obj is None:
            return HttpResponseRedirect(request.get_full_path())
        desk = reverse("admin:panels_event_desk", args=[self.event_of(obj).pk])
        return HttpResponseRedirect(f"{desk}?edit={obj.anchor}#{obj.anchor}")

    def _overtaken(self, request: HttpRequest, obj: Any) -> Overtaken | None:
        """What the form that was sent does not know of and would undo."""
        written, event = request.POST.get("edition", ""), self.event_of(obj)
        if not written.isdecimal() or len(written) > 18:  # noqa: PLR2004 — no edition is as long
            return None
        edition = int(written)
        now = Edition.objects.values_list("number", flat=True).get(event=event)
        state = history.revision_at(event, edition) if now != edition else None
        if state is None:
            return None
        changes = compare(history.transcript_at(state), transcript_of(event))
        passages = tuple(change for change in changes.passages if self.shows(obj, change))
        comparison = Comparison(changes.event if self.shows_event else (), passages)
        return Overtaken(comparison, tuple(history.since(event, edition)), state.number) if comparison else None

    def _record(self, request: HttpRequest, obj: Any) -> None:
        """An event that is gone has no history."""
        event = self.event_of(obj)
        if event.pk is not None and Event.objects.filter(pk=event.pk).exists():
            accompany(event, remark_in(request))
            history.record(event, by=editor_of(request))
