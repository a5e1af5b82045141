"""The admin form of an event, with conflict checks: it is saved through `recorded_change`.

The form carries the token of the version that it shows. If that was changed since, nothing is saved: the form is shown
again with what was typed, who changed what, and the difference. Saving it again overwrites the other change knowingly.
"""

from contextlib import suppress
from functools import partial
from itertools import chain
from typing import Any

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, OperationalError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from panels.admin.events.details import details_fingerprint, differing_fields, without_missing_rows
from panels.admin.events.not_saved import not_saved
from panels.admin.events.transitions import TRANSITIONS
from panels.admin.shared.base import PanelsAdmin, editor_of, refused, version_sent
from panels.admin.shared.versioned_rows import again_if_beaten, is_beaten
from panels.editorial.history import event_history
from panels.editorial.history.event_versions import fingerprint_in, number_in, snapshot_of, token_of
from panels.editorial.importing import Comparison, compare
from panels.editorial.saving.changes import EditConflictError, RecordedChange, anything, recorded_change
from panels.editorial.saving.locking import hold
from panels.models import Event, Speaker, Tag
from panels.reading.export import transcript_of
from panels.transcript import Transcript


def is_open_to(request: HttpRequest, event: Event) -> bool:
    """Whether the user may change an event in its present state."""
    if event.status == Event.Status.BINNED:
        return False
    return event.status == Event.Status.DRAFT or request.user.has_perm("panels.change_reviewed_event")


class EventPermissionMixin:
    """Permissions for parts of an event depend on the state of the event."""

    def event_of(self, obj: Any) -> Event:
        event: Event = obj if isinstance(obj, Event) else obj.event
        return event

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may: bool = super().has_change_permission(request, obj)  # type: ignore[misc]
        return may and (obj is None or is_open_to(request, self.event_of(obj)))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may: bool = super().has_delete_permission(request, obj)  # type: ignore[misc]
        return may and (obj is None or is_open_to(request, self.event_of(obj)))


class EventInlinePermissionMixin(EventPermissionMixin):
    """Same for inlines, where `obj` is the parent."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may: bool = super().has_add_permission(request, obj)  # type: ignore[misc]
        return may and (obj is None or is_open_to(request, self.event_of(obj)))


class VersionedAdmin(EventPermissionMixin, PanelsAdmin):
    """Base of the event admin: records the states before and after each save."""

    change_form_template = "admin/panels/shared/versioned_change_form.html"

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, *args, **kwargs)
        conflict: EditConflictError | None = getattr(request, "conflict", None)
        return form if conflict is None else refused(form, str(conflict))

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        event = kwargs.get("obj")
        if event is not None:
            conflict: EditConflictError | None = getattr(request, "conflict", None)
            context["version"] = getattr(request, "version", version_sent(request))
            context["conflict"] = conflict
            context["changes"] = _changes_shown(request, conflict) if conflict else None
            formsets = [inline.formset for inline in context["inline_admin_formsets"]]
            context["stored"] = differing_fields(context["adminform"].form, formsets) if conflict else ()
            context["event"] = event
        return super().render_change_form(request, context, *args, **kwargs)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        event = self.get_object(request, unquote(object_id)) if object_id else None
        if event is None and object_id:
            with suppress(Http404):
                return not_saved(self, request, None, Http404())
        if event is None:
            show_or_add = partial(super().changeform_view, request, object_id, form_url, extra_context)
            return again_if_beaten(show_or_add) if request.method == "POST" else show_or_add()
        try:
            if request.method != "POST":
                return self._shown(request, event, form_url, extra_context)
            try:
                return self._saved(request, event, form_url, extra_context)
            except (IntegrityError, OperationalError) as error:
                if not is_beaten(error):
                    raise
                return self._saved(request, event, form_url, extra_context)
        except (Event.DoesNotExist, PermissionDenied) as refusal:
            return not_saved(self, request, event.pk, refusal)

    def _saved(self, request: HttpRequest, event: Event, *rest: Any) -> HttpResponse:
        """The response to a submitted form; if it is refused, the form again."""
        token = version_sent(request)
        try:
            with recorded_change(
                event,
                by=editor_of(request),
                seen=number_in(event, token),
                overlap=lambda seen, now: self._overlap(request, event, seen, now),
            ) as change:
                request.change = change  # type: ignore[attr-defined]
                response = super().changeform_view(request, str(event.pk), *rest)
        except EditConflictError as conflict:
            request.conflict = conflict  # type: ignore[attr-defined]
            return self._shown(request, event, *rest)
        if not isinstance(response, TemplateResponse):
            return response
        with snapshot_of(event):  # no lock is held while the page of a refused form is rendered
            return _rendered(response)

    def _shown(self, request: HttpRequest, event: Event, *rest: Any) -> HttpResponse:
        """The form, with everything on it read together with its version."""
        with snapshot_of(event) as shown:
            fingerprint = details_fingerprint(event)
            request.version = token_of(event, shown.number, fingerprint)  # type: ignore[attr-defined]
            if conflict := getattr(request, "conflict", None):
                # Others may have saved again: show what belongs to the version whose token the form gets.
                conflict.now = transcript_of(shown.event)
                if conflict.seen is not None:
                    conflict.saved = tuple(event_history.since(event, number_in(event, version_sent(request)) or 0))
                request.POST = without_missing_rows(request.POST, event)  # type: ignore[assignment]
            return _rendered(super().changeform_view(request, str(event.pk), *rest))

    def _overlap(self, request: HttpRequest, event: Event, seen: Transcript, now: Transcript) -> bool:
        """Whether others changed something that the form shows or, for a button that publishes, anything at all."""
        if _publishes(request) and anything(seen, now):
            return True
        return details_fingerprint(event) != fingerprint_in(event, version_sent(request))

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001 - Django's
        """Lock the speakers and tags that the form names. If one was deleted in the meantime, nothing is saved."""
        chosen = [value for one in (form, *chain(*formsets)) for value in one.cleaned_data.values()]
        speakers = {value.pk for value in chosen if isinstance(value, Speaker)}
        tags = {tag.pk for value in chosen if isinstance(value, QuerySet) and value.model is Tag for tag in value}
        if hold(Speaker, speakers) != speakers or hold(Tag, tags) != tags:
            raise IntegrityError
        super().save_related(request, form, formsets, change)

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        event_history.record(obj, by=editor_of(request))
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Record the saved state before a button such as *Save and publish* continues with it."""
        change: RecordedChange = request.change  # type: ignore[attr-defined]
        change.record()
        return super().log_change(request, obj, message)


def _publishes(request: HttpRequest) -> bool:
    """Whether the pressed button shows the text to others, so that the editor must have seen all of it."""
    return any(move.shows_words for name, move in TRANSITIONS.items() if name in request.POST)


def _changes_shown(request: HttpRequest, conflict: EditConflictError) -> Comparison | None:
    """Changes of the details, and of passages (which the form does not show) only if they would be published."""
    if conflict.seen is None:
        return None
    changes = compare(conflict.seen, conflict.now)
    return changes if _publishes(request) else Comparison(changes.event, ())


def _rendered(response: HttpResponse) -> HttpResponse:
    """Render now: Django would otherwise read the rest of the page after the snapshot or transaction has ended."""
    return response.render() if isinstance(response, TemplateResponse) else response
