"""An event's history on the desk: its states, any two of them compared word by word, one of them restored."""

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

from panels.admin.base import PanelsAdmin, editor_of, version_sent
from panels.admin.change_notes import ChangeNoteForm, change_note_from
from panels.editorial import history
from panels.editorial.corrections import ChangeNoteRequiredError
from panels.editorial.importing import ImportRefusedError, compare
from panels.editorial.restore import restore
from panels.editorial.saving import EditConflictError
from panels.editorial.versions import number_in, snapshot_of
from panels.models import Event, Revision

_SHOWN = 50


def history_view(admin: PanelsAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """The states, newest first; `?old=3&new=5` compares two of them; a POST of `restore=3` makes one the present."""
    event = admin.get_object(request, unquote(object_id))
    if event is None:
        raise Http404
    if not admin.has_view_permission(request, event):
        raise PermissionDenied
    if request.method == "POST":
        if not admin.has_change_permission(request, event):
            raise PermissionDenied
        return _restore(request, event)
    with snapshot_of(event) as shown:
        return _shown(admin, request, shown.event, shown.token)


def _shown(admin: PanelsAdmin, request: HttpRequest, event: Event, version: str) -> HttpResponse:
    if request.GET.get("new"):
        return _compare(admin, request, event, version)
    revisions = Revision.objects.filter(event=event).select_related("by").defer("archive")
    page = Paginator(revisions, _SHOWN).get_page(request.GET.get("page"))
    context = {"page": page, "may_restore": admin.has_change_permission(request, event)}
    return _page(admin, request, event, "history.html", context)


def _compare(admin: PanelsAdmin, request: HttpRequest, event: Event, version: str) -> HttpResponse:
    new = _numbered(event, request.GET.get("new", ""))
    chosen = request.GET.get("old") or str(new.number - 1)
    old = Revision.objects.filter(event=event, number=_number(chosen)).first() or new
    if old.number > new.number:
        old, new = new, old
    comparison = compare(history.transcript_at(old), history.transcript_at(new))
    change_note = ChangeNoteForm(public=event.is_public, label_suffix="")
    context = {"old": old, "new": new, "comparison": comparison, "change_note": change_note, "version": version}
    return _page(admin, request, event, "compare.html", context)


def _restore(request: HttpRequest, event: Event) -> HttpResponse:
    revision = _numbered(event, request.POST.get("restore", ""))
    why = gettext("Version %(number)s restored") % {"number": revision.number}
    try:
        seen = number_in(event, version_sent(request))
        restore(revision, by=editor_of(request), why=why, change_note=change_note_from(request), seen=seen)
    except ImportRefusedError as error:
        messages.error(request, str(error))
    except (EditConflictError, ChangeNoteRequiredError) as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(f"{request.path}?new={revision.number}")
    else:
        messages.success(request, why)
    return HttpResponseRedirect(reverse("admin:panels_event_history", args=[event.pk]))


def _numbered(event: Event, number: str) -> Revision:
    return get_object_or_404(Revision.objects.select_related("event", "by"), event=event, number=_number(number))


def _number(written: str) -> int:
    return int(written) if written.isdecimal() and len(written) < 9 else 0  # noqa: PLR2004 — no event has as many


def _page(admin: PanelsAdmin, request: HttpRequest, event: Event, name: str, context: dict[str, Any]) -> HttpResponse:
    shared = {
        **admin.admin_site.each_context(request),
        "opts": admin.opts,
        "title": _("History"),
        "subtitle": str(event),
        "event": event,
    }
    return render(request, f"admin/panels/history/{name}", shared | context)
