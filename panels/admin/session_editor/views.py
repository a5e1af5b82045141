"""The views of the session editor."""

import json
from dataclasses import replace
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext

from panels.admin.session_editor.actions import run_action
from panels.admin.session_editor.context import EditRequest, other_editors, show_page, show_parts, show_since
from panels.admin.session_editor.forms import PassageForm
from panels.admin.session_editor.rows import clock, rows_for_request
from panels.admin.shared.base import PanelsAdmin
from panels.editorial.history import event_history
from panels.editorial.history.event_versions import number_of, snapshot_of, token_of
from panels.editorial.session_editor import editing_sessions
from panels.models import Event, Revision

_LONGEST_UNSAVED = 1_000_000


def session_editor_view(admin: PanelsAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """The page; with a POST, the action of one of its buttons."""
    edit = _desk(admin, request, pk)
    if request.method == "POST":
        return run_action(edit)
    editing_sessions.open_editing_session(edit.event, edit.editor)
    with snapshot_of(edit.event) as shown:
        return _shown(replace(edit, event=shown.event))


def _shown(edit: EditRequest) -> HttpResponse:
    """The page, or the parts of it that the script requests."""
    request, transcript = edit.request, edit.transcript()
    rows = rows_for_request(request, edit.event, transcript, edit.unsaved)
    if edit.wants_json and request.GET.get("since"):
        return show_since(edit, transcript, edit.version("since"))
    if edit.wants_json:
        wanted = {*request.GET.getlist("edit"), *request.GET.getlist("show")}
        return show_parts(edit, transcript, [row for row in rows if row.anchor in wanted or not row.anchor])
    return show_page(edit, transcript, rows)


def autosave_view(admin: PanelsAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Polled by the page's script: records that the editor is here, autosaves a form, and returns what others changed.

    A POST may have `version` (the one that the page shows), `form` (the name of a form), `values` (its values as JSON),
    and `kept_at` (the time returned when this window last autosaved the form).
    """
    edit, kept = _desk(admin, request, pk), ""
    if request.method == "POST" and request.POST.get("form"):
        values = _values(request.POST.get("values", ""))
        if values is None:
            return JsonResponse({"error": gettext("These changes cannot be saved.")}, status=400)
        name, before = request.POST["form"][:100], request.POST.get("kept_at", "")
        kept = editing_sessions.autosave(edit.event, edit.editor, name, values, seen=before)
    editing_sessions.open_editing_session(edit.event, edit.editor)
    version, seen = number_of(edit.event), edit.version("version")
    later = event_history.since(edit.event, seen) if seen and seen != version else ()
    saved = [_saved_by_whom(one) for one in later if one.by_id != edit.editor.pk]
    answer = {"version": token_of(edit.event, version), "others": other_editors(edit), "saved": saved, "kept_at": kept}
    return JsonResponse(answer)


def _desk(admin: PanelsAdmin, request: HttpRequest, pk: int) -> EditRequest:
    event = get_object_or_404(Event, pk=pk)
    if not admin.has_change_permission(request, event):
        raise PermissionDenied
    return EditRequest(admin, request, event)


def _saved_by_whom(revision: Revision) -> str:
    what = {"who": revision.by or "–", "time": clock(revision.created_at), "what": revision.why or revision.number}
    return gettext("%(who)s saved at %(time)s: %(what)s") % what


def _values(written: str) -> dict[str, Any] | None:
    """The values that the script submitted for a form; None if they are missing, invalid or too long."""
    if len(written) > _LONGEST_UNSAVED:
        return None
    try:
        values = json.loads(written)
    except (ValueError, RecursionError):
        return None
    known = (*PassageForm.base_fields, "version", "what")
    if not isinstance(values, dict) or not all(isinstance(values.get(name, ""), str) for name in known):
        return None
    return {name: values[name] for name in known if name in values}
