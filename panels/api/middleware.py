"""Middleware for all URLs below `/api/v1/`: cross-origin access, and errors in one shape."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve

from panels.api.problems import MEDIA_TYPE, problem

PREFIX = "/api/v1/"
_ALLOWED = "GET, HEAD, OPTIONS"
_ERROR = 400
_FAULT = 500
_PREFLIGHT = {
    "Allow": _ALLOWED,
    "Access-Control-Allow-Methods": _ALLOWED,
    "Access-Control-Allow-Headers": "Accept, If-None-Match, If-Modified-Since, If-Match, If-Unmodified-Since",
    "Access-Control-Max-Age": "86400",
}


class ApiMiddleware:
    """Must come before any middleware that may respond with a page. Answers OPTIONS itself, and HEAD as GET."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        response = _options(request) if request.method == "OPTIONS" else self._answer(request)
        if response.status_code >= _ERROR and not (settings.DEBUG and response.status_code >= _FAULT):
            response = _as_problem(response)
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        response.headers["Access-Control-Expose-Headers"] = "ETag, Link, Location"
        return response

    def _answer(self, request: HttpRequest) -> HttpResponseBase:
        asked = request.method
        if asked == "HEAD":  # the server sends no body then
            request.method = "GET"
        response = self.get_response(request)
        request.method = asked
        _speak_no_language(response)
        return response


def _options(request: HttpRequest) -> HttpResponseBase:
    try:
        resolve(request.path_info)
    except Resolver404:
        return problem(404)
    return HttpResponse(status=204, headers=_PREFLIGHT)


def _as_problem(response: HttpResponseBase) -> HttpResponseBase:
    """The response as a problem, unless it is one already: error pages are HTML for people."""
    if response.headers.get("Content-Type") == MEDIA_TYPE:
        return response
    converted = problem(response.status_code)
    if response.status_code == 405:  # noqa: PLR2004
        converted.headers["Allow"] = _ALLOWED
    return converted


def _speak_no_language(response: HttpResponseBase) -> None:
    """Remove the language headers that Django adds: the response is the same in every language."""
    response.headers.pop("Content-Language", None)
    varying = [name for name in response.headers.get("Vary", "").split(", ") if name != "Accept-Language"]
    response.headers.pop("Vary", None)
    if any(varying):
        response.headers["Vary"] = ", ".join(varying)
