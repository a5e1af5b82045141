"""Addresses of a bounded length: no query of a megabyte reaches a view or the database."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

LONGEST_QUERY = 20_000
"""Bytes after the question mark. SQLite takes 50,000 for LIKE, where an escaped character counts twice."""


class QueryLength:
    """Answers 414 to an address with a longer query. Forms that hold more are sent by POST."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if len(request.META.get("QUERY_STRING", "")) <= LONGEST_QUERY:
            return self.get_response(request)
        said = _("The address is too long.")
        return HttpResponse(said, content_type="text/plain; charset=utf-8", status=HTTPStatus.REQUEST_URI_TOO_LONG)
