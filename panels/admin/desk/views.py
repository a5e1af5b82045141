"""The addresses of the desk."""

import json
from dataclasses import replace
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext

from panels import history
from panels.admin.base import PanelsAdmin
from panels.admin.desk.acting import act
from panels.admin.desk.forms import PassageForm
from panels.admin.desk.rows import clock, rows_asked_for
from panels.admin.desk.showing import Desk, others_at, show_page, show_parts, show_since
from panels.desk import sittings
from panels.models import Event, Revision
from panels.versions import number_of, snapshot_of, token_of

_LONGEST_UNSAVED = 1_000_000


def desk_view(admin: PanelsAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """The page, or with a POST what one of its buttons does."""
    desk = _desk(admin, request, pk)
    if request.method == "POST":
        return act(desk)
    sittings.sit(desk.event, desk.editor)
    with snapshot_of(desk.event) as shown:
        return _shown(replace(desk, event=shown.event))


def _shown(desk: Desk) -> HttpResponse:
    """The page, or of it what the script asks for."""
    request, transcript = desk.request, desk.transcript()
    rows = rows_asked_for(request, desk.event, transcript, desk.unsaved)
    if desk.wants_json and request.GET.get("since"):
        return show_since(desk, transcript, desk.version("since"))
    if desk.wants_json:
        wanted = {*request.GET.getlist("edit"), *request.GET.getlist("show")}
        return show_parts(desk, transcript, [row for row in rows if row.anchor in wanted or not row.anchor])
    return show_page(desk, transcript, rows)


def sitting_view(admin: PanelsAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """Asked by the page's script every while: notes who is here, keeps what is not saved, tells what others do.

    A POST may bring `edition`, the one that the page shows, and of a form its name as `form` and its `values` as JSON.
    """
    desk = _desk(admin, request, pk)
    if request.method == "POST" and request.POST.get("form"):
        values = _values(request.POST.get("values", ""))
        if values is None:
            return JsonResponse({"error": gettext("This cannot be kept.")}, status=400)
        sittings.keep_unsaved(desk.event, desk.editor, request.POST["form"][:100], values)
    sittings.sit(desk.event, desk.editor)
    edition, seen = number_of(desk.event), desk.version("edition")
    later = history.since(desk.event, seen) if seen and seen != edition else ()
    saved = [_told(one) for one in later if one.by_id != desk.editor.pk]
    return JsonResponse({"edition": token_of(desk.event, edition), "others": others_at(desk), "saved": saved})


def _desk(admin: PanelsAdmin, request: HttpRequest, pk: int) -> Desk:
    event = get_object_or_404(Event, pk=pk)
    if not admin.has_change_permission(request, event):
        raise PermissionDenied
    return Desk(admin, request, event)


def _told(revision: Revision) -> str:
    what = {"who": revision.by or "–", "time": clock(revision.created_at), "what": revision.why or revision.number}
    return gettext("%(who)s saved at %(time)s: %(what)s") % what


def _values(written: str) -> dict[str, Any] | None:
    """What the script sends of a form; None for what is none or too long."""
    if len(written) > _LONGEST_UNSAVED:
        return None
    try:
        values = json.loads(written)
    except (ValueError, RecursionError):
        return None
    known = (*PassageForm.base_fields, "edition", "what")
    if not isinstance(values, dict) or not all(isinstance(values.get(name, ""), str) for name in known):
        return None
    return {name: values[name] for name in known if name in values}
