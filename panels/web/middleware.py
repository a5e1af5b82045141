"""What happens around every answer: headers, publication at a set time, pages of one state of the database."""

import time
from collections.abc import Callable

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from panels.editorial.publishing import try_to_publish_due
from panels.models.database import site_version
from panels.models.database.snapshot import snapshot
from panels.web.page_cache.page_request import MADE_FOR_ALL, SITE_STATE

EVERY = 10.0  # seconds between two looks of one process

# What no page of ours uses, so that nothing in one may ever ask a reader for it.
_UNUSED = (
    "accelerometer", "browsing-topics", "camera", "display-capture", "geolocation", "gyroscope", "hid",
    "magnetometer", "microphone", "midi", "payment", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip
PERMISSIONS = ", ".join(f"{name}=()" for name in _UNUSED)


class HeadersMiddleware:
    """Headers of every answer, static files and errors included.

    * `Cross-Origin-Resource-Policy`: other sites may not load it, unless the view says so (`web/sharing.py`).
    * `Permissions-Policy`: nothing that is not used.
    * A charset for every type of text.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        media_type = response.headers.get("Content-Type", "")
        if media_type.startswith("text/") and "charset" not in media_type:
            response.headers["Content-Type"] = f"{media_type}; charset=utf-8"
        return response


class PublishDueMiddleware:
    """Publishes what is due before it answers. Where nobody asks for pages, `manage.py publish_due` does it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._next = time.monotonic() + EVERY

    def __call__(self, request: HttpRequest) -> HttpResponse:
        now = time.monotonic()
        if now >= self._next:
            self._next = now + EVERY
            try_to_publish_due()
        return self.get_response(request)


class SnapshotMiddleware:
    """Makes a page that is to be kept in one snapshot of the database, and says of which version of the site it is.

    The page cache asks for that and reads it, both in the WSGI environment. Stands after all others: what writes does
    so before, and Django has closed the connections that it does not trust.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if MADE_FOR_ALL not in request.META:
            return self.get_response(request)
        with snapshot():
            request.META[SITE_STATE] = site_version.read(connection)
            return self.get_response(request)
