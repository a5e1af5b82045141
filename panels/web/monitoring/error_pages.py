"""Error pages: 500 for a bug, 503 while the database is unavailable, 413 for a form that is too large."""

import sys
from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.defaultfilters import filesizeformat
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django.views.defaults import bad_request as plain_bad_request

from panels.web.monitoring.outages import Outage, outage_of
from panels.web.monitoring.request_log import current_request_id

_API = "/api/v1/"
_REASONS: dict[Outage, str | Promise] = {
    Outage.DISK_FULL: _("The server’s disk is full."),
    Outage.READ_ONLY: _("The server’s disk is read-only at the moment."),
    Outage.BUSY: _("The database is busy."),
    Outage.UNREACHABLE: _("The database cannot be reached."),
}
_NOT_SAVED = _("Nothing was saved, and nothing that was saved before is lost.")
_NOT_READ = _("Nothing is lost.")
_TRY_AGAIN = _("Go back, keep the page open, and save again later.")
_COME_BACK = _("Try again in a minute.")
_FAULT = _("Something went wrong on the server. The error has been logged.")
_TOO_MUCH_TEXT = _("The text in a form must not be larger than %(limit)s.")
_TOO_MANY_FIELDS = _("A form must not have more than %(limit)s fields.")
_TOO_MANY_FILES = _("A form must not have more than %(limit)s files.")
_SEND_LESS = _("Nothing was saved. Go back, and send it in smaller parts or as a file.")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """413 with the limit for a form that is too large; Django's own page for any other malformed request."""
    if isinstance(exception, RequestDataTooBig):
        limit = filesizeformat(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
        reason = _TOO_MUCH_TEXT % {"limit": limit}
    elif isinstance(exception, TooManyFieldsSent):
        reason = _TOO_MANY_FIELDS % {"limit": f"{settings.DATA_UPLOAD_MAX_NUMBER_FIELDS:,}"}
    elif isinstance(exception, TooManyFilesSent):
        reason = _TOO_MANY_FILES % {"limit": f"{settings.DATA_UPLOAD_MAX_NUMBER_FILES:,}"}
    else:
        return plain_bad_request(request, exception)
    return _answer(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "413.html", [reason, _SEND_LESS])


def server_error(request: HttpRequest) -> HttpResponse:
    """500 for a bug, 503 with `Retry-After` while the database is unavailable.

    Django calls this while it handles an uncaught exception.
    """
    outage = outage_of(sys.exc_info()[1])
    if outage is None:
        return _answer(request, 500, "500.html", [_FAULT])
    saves = request.method not in {"GET", "HEAD", "OPTIONS"}
    sentences = [_REASONS[outage], _NOT_SAVED if saves else _NOT_READ, _TRY_AGAIN if saves else _COME_BACK]
    response = _answer(request, 503, "503.html", sentences)
    response.headers["Retry-After"] = str(outage.retry_after)
    return response


def _answer(request: HttpRequest, status: int, template: str, sentences: list[str | Promise]) -> HttpResponse:
    """An HTML page, or a problem (RFC 9457) for programs, including our own scripts. Neither queries the database."""
    request_id = current_request_id()
    if request.path.startswith(_API):
        with override("en"):
            return _problem(status, sentences, request_id)
    if "application/json" in request.headers.get("Accept", ""):
        return _problem(status, sentences, request_id)
    page = render_to_string(template, {"sentences": sentences, "request_id": request_id})
    return HttpResponse(page, status=status, headers={"Cache-Control": "no-store"})


def _problem(status: int, sentences: list[str | Promise], request_id: str) -> HttpResponse:
    details = [*map(str, sentences), f"Request ID: {request_id}"]
    problem = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": " ".join(details)}
    return JsonResponse(
        problem | {"errors": []},
        status=status,
        content_type="application/problem+json",
        headers={"Cache-Control": "no-store"},
    )
