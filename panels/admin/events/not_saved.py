"""Show what an editor submitted for a session that they can no longer change, so that it is not lost.

Somebody else may have moved the session to trash, deleted it or submitted it for review while the form was open.
"""

from collections.abc import Iterator
from http import HTTPStatus

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from panels.admin.shared.base import PanelsAdmin
from panels.models import Answer, Correction, Event, Panelist

_OF_FORMS: tuple[type[models.Model], ...] = (Event, Answer)
_OF_ROWS: dict[str, type[models.Model]] = {"panelists": Panelist, "corrections": Correction}


def not_saved(admin: PanelsAdmin, request: HttpRequest, key: int | None, refusal: Exception) -> HttpResponse:
    """Show the input submitted for a session that is closed, or gone (no `key`).

    Raises the original refusal if there was no input, or if the user may not change sessions at all.
    """
    event = Event.objects.filter(pk=key).first() if key else None
    typed = list(_typed(request)) if request.method == "POST" and request.accepts("text/html") else []
    is_closed = event is None or isinstance(refusal, PermissionDenied)
    if not typed or not is_closed or not admin.has_change_permission(request):
        if isinstance(refusal, Event.DoesNotExist):
            raise Http404 from refusal
        raise refusal
    reason = _("Someone else deleted this while you were editing. Your changes have not been saved.")
    if event is not None:
        reason = _("“%(event)s” is %(status)s and you cannot change it now. Your changes have not been saved.") % {
            "event": event,
            "status": event.get_status_display(),
        }
    context = {
        **admin.admin_site.each_context(request),
        "opts": admin.opts,
        "title": _("Not saved"),
        "reason": reason,
        "typed": typed,
        "event": event if event and admin.has_view_permission(request, event) else None,
    }
    status = HTTPStatus.NOT_FOUND if event is None else HTTPStatus.FORBIDDEN
    return render(request, "admin/panels/event/not_saved.html", context, status=status)


def _typed(request: HttpRequest) -> Iterator[tuple[str, str]]:
    """The texts of a form, each with its label."""
    for name, value in request.POST.items():
        rows, _dash, rest = name.partition("-")
        of_rows = _OF_ROWS.get(rows) if rest else None
        label = _label((of_rows,) if of_rows else _OF_FORMS, name.rpartition("-")[2])
        if label and str(value).strip():
            yield label, str(value)


def _label(sought: tuple[type[models.Model], ...], name: str) -> str:
    fields = (field for model in sought for field in model._meta.concrete_fields if field.name == name)
    texts = (field for field in fields if isinstance(field, models.CharField | models.TextField) and not field.choices)
    return next((capfirst(str(field.verbose_name)) for field in texts), "")
