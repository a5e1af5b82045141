"""A form that was sent too early, kept in the session of its editor until a second factor or a new sign-in.

The pages of one step carry it in hidden fields instead: see `panels.admin.signed_out`.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from panels.admin.signed_out import continue_page, sent_form

_KEY = "panels_unsaved_form"


def keep(request: HttpRequest, user: Any, carried: str | None = None) -> None:
    """Keep the form that was sent, or the one that was carried through the login page, for this user alone."""
    request.session[_KEY] = {"user": user.pk, "form": carried if carried is not None else sent_form(request)}


def is_waiting(request: HttpRequest) -> bool:
    return bool(_of_user(request))


@contextmanager
def kept(request: HttpRequest) -> Iterator[None]:
    """Keep it while the session is emptied in the `with` block."""
    waiting = request.session.get(_KEY)
    yield
    if waiting:
        request.session[_KEY] = waiting


def continue_view(request: HttpRequest) -> HttpResponse:
    """Offer to send the form; without one, lead to the desk."""
    carried = _of_user(request)
    page = continue_page(request, carried) if carried else None
    return page or HttpResponseRedirect(reverse("admin:index"))


def forget_if_sent(request: HttpRequest) -> None:
    """Forget the form once it arrives where it was sent."""
    if request.method != "POST" or _KEY not in request.session:
        return
    form = json.loads(_of_user(request) or "{}")
    if form.get("url") == request.get_full_path():
        del request.session[_KEY]


def _of_user(request: HttpRequest) -> str:
    waiting = request.session.get(_KEY) or {}
    return str(waiting.get("form", "")) if waiting.get("user") == request.user.pk else ""
