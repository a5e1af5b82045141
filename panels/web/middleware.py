"""Middleware: response headers, scheduled publication, and consistent snapshots of the database."""

import time
from collections.abc import Callable

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from panels.editorial.publishing import try_to_publish_due
from panels.models.database import site_version
from panels.models.database.snapshot import snapshot
from panels.web.page_cache.page_request import MADE_FOR_ALL, SITE_STATE

EVERY = 10.0  # seconds between two checks of one process

# Features that our pages do not use, so that no page can ever ask a reader for permission.
_UNUSED = (
    "accelerometer", "browsing-topics", "camera", "display-capture", "geolocation", "gyroscope", "hid",
    "magnetometer", "microphone", "midi", "payment", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip
PERMISSIONS = ", ".join(f"{name}=()" for name in _UNUSED)


class HeadersMiddleware:
    """Adds headers to every response, including static files and errors.

    * `Cross-Origin-Resource-Policy`: other sites may not load it, unless the view allows it (`web/sharing.py`). The
      cards that other sites frame are sandboxed, which makes another site of them, and load their static files.
    * `Permissions-Policy`: disables features that are not used.
    * A charset for every text type.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        is_static = request.path.startswith(settings.STATIC_URL)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "cross-origin" if is_static else "same-origin")
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        media_type = response.headers.get("Content-Type", "")
        if media_type.startswith("text/") and "charset" not in media_type:
            response.headers["Content-Type"] = f"{media_type}; charset=utf-8"
        return response


class PublishDueMiddleware:
    """Publishes scheduled sessions before responding. Without any requests, `manage.py publish_due` does it."""

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
    """Makes a cacheable page in one snapshot of the database, and records which version of the site it is.

    The page cache requests this and reads the version through the WSGI environment. Must come last: the other
    middleware may write, and Django must have closed unusable connections before.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if MADE_FOR_ALL not in request.META:
            return self.get_response(request)
        with snapshot():
            request.META[SITE_STATE] = site_version.read(connection)
            return self.get_response(request)
