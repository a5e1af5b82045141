"""The history of an event: its versions, the comparison of any two, and restoring one."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from panels.admin.shared.base import PanelsAdmin, editor_of, version_sent
from panels.admin.shared.change_notes import ChangeNoteForm, change_note_from
from panels.editorial.history import event_history
from panels.editorial.history.event_restore import restore
from panels.editorial.history.event_versions import number_in, snapshot_of
from panels.editorial.importing import ImportRefusedError, compare
from panels.editorial.saving.changes import EditConflictError
from panels.editorial.saving.corrections import ChangeNoteRequiredError
from panels.models import Event, Revision

_SHOWN = 50


def history_view(admin: PanelsAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """The versions, newest first. `?old=3&new=5` compares two; a POST with `restore=3` restores one."""
    event = admin.get_object(request, unquote(object_id))
    if event is None:
        raise Http404
    if not admin.has_view_permission(request, event):
        raise PermissionDenied
    if request.method == "POST":
        if not admin.has_change_permission(request, event):
            raise PermissionDenied
        return _restore(admin, request, event)
    with snapshot_of(event) as shown:
        return _shown(admin, request, shown.event, shown.token)


def _shown(admin: PanelsAdmin, request: HttpRequest, event: Event, version: str) -> HttpResponse:
    if request.GET.get("new"):
        compared = request.GET.get("old", ""), request.GET["new"]
        return _compare(admin, request, event, version, compared)
    revisions = Revision.objects.filter(event=event).select_related("by").defer("archive")
    page = Paginator(revisions, _SHOWN).get_page(request.GET.get("page"))
    context = {"page": page, "may_restore": admin.has_change_permission(request, event)}
    return _page(admin, request, event, "history.html", context)


def _compare(
    admin: PanelsAdmin,
    request: HttpRequest,
    event: Event,
    version: str,
    compared: tuple[str, str],
    change_note: ChangeNoteForm | None = None,
) -> HttpResponse:
    """Compare two versions, by number; with the `change_note` form if it was refused."""
    new = _numbered(event, compared[1])
    chosen = compared[0] or str(new.number - 1)
    old = Revision.objects.filter(event=event, number=_number(chosen)).first() or new
    if old.number > new.number:
        old, new = new, old
    comparison = compare(event_history.transcript_at(old), event_history.transcript_at(new))
    change_note = change_note or ChangeNoteForm(public=event.is_public, label_suffix="")
    context = {"old": old, "new": new, "comparison": comparison, "change_note": change_note, "version": version}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if change_note.errors else HTTPStatus.OK
    return _page(admin, request, event, "compare.html", context, status)


def _restore(admin: PanelsAdmin, request: HttpRequest, event: Event) -> HttpResponse:
    """Restore a version. If that is refused, show the comparison again, with the input and the reason."""
    revision = _numbered(event, request.POST.get("restore", ""))
    why = gettext("Version %(number)s restored") % {"number": revision.number}
    try:
        seen = number_in(event, version_sent(request))
        restore(revision, by=editor_of(request), why=why, change_note=change_note_from(request), seen=seen)
    except (ImportRefusedError, EditConflictError, ChangeNoteRequiredError) as error:
        needs_note = isinstance(error, ChangeNoteRequiredError)
        with snapshot_of(event) as shown:
            form = ChangeNoteForm(request.POST, public=shown.event.is_public, label_suffix="")
            form.add_error("correction_note" if "correction_note" in form.fields and needs_note else None, str(error))
            compared = request.POST.get("old", ""), request.POST.get("new", "") or str(revision.number)
            return _compare(admin, request, shown.event, shown.token, compared, form)
    messages.success(request, why)
    return HttpResponseRedirect(reverse("admin:panels_event_history", args=[event.pk]))


def _numbered(event: Event, number: str) -> Revision:
    return get_object_or_404(Revision.objects.select_related("event", "by"), event=event, number=_number(number))


def _number(written: str) -> int:
    return int(written) if written.isdecimal() and len(written) < 9 else 0  # noqa: PLR2004 — no event has as many


def _page(
    admin: PanelsAdmin, request: HttpRequest, event: Event, name: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    shared = {
        **admin.admin_site.each_context(request),
        "opts": admin.opts,
        "title": _("History"),
        "subtitle": str(event),
        "event": event,
    }
    return render(request, f"admin/panels/history/{name}", shared | context, status=status)
