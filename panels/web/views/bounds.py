"""Limits on requests: long query strings are refused, and refused bodies are still read to their end."""

import time
from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

LONGEST_QUERY = 20_000
"""Bytes of the query string. SQLite accepts 50,000 for LIKE, where an escaped character counts twice."""

MOST_DISCARDED = 64 * 1024 * 1024
"""Bytes of a refused form or upload that are read and discarded."""
LONGEST_WAIT = 20.0
"""Seconds to wait for them."""
_PIECE = 256 * 1024


class UnreadBody:
    """Reads the rest of a request that was answered before its end, such as a form that is too large.

    Browsers send all of a form before they read the response. If the connection is closed first, they show a network
    error instead of the page that explains why it was refused.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.method not in {"GET", "HEAD", "OPTIONS"}:
            _discard_rest(request)
        return response


def _discard_rest(request: HttpRequest) -> None:
    left, deadline = MOST_DISCARDED, time.monotonic() + LONGEST_WAIT
    try:
        while left > 0 and time.monotonic() < deadline and (piece := request.read(_PIECE)):
            left -= len(piece)
    except (UnreadablePostError, ValueError):  # the client disconnected, or the body is read and closed
        return


class QueryLength:
    """Responds with 414 to a longer query string. Larger forms are sent by POST."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if len(request.META.get("QUERY_STRING", "")) <= LONGEST_QUERY:
            return self.get_response(request)
        message = _("The address is too long.")
        return HttpResponse(message, content_type="text/plain; charset=utf-8", status=HTTPStatus.REQUEST_URI_TOO_LONG)
