"""Request logging, with an ID that readers and operators can both quote.

One line for each record, followed by the traceback of an error. No personal data: no names, addresses of people or
machines, query strings, forms or cookies; editors only by number.
"""

import logging
import os
import re
import time
import traceback
from collections.abc import Callable, Iterator
from contextvars import ContextVar

from django.db import OperationalError
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from panels.web.monitoring.outages import causes_of

HEADER = "X-Request-ID"
_SANE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")
_SECRET = re.compile(r"^/preview/[^/]+")
_LINE_ENDS = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")
_LONGEST = 300  # characters of a path

# Messages of these are about the program or the machine; those of others may quote what somebody typed.
_TECHNICAL = (
    OperationalError, OSError, ImportError, AttributeError, NameError, TypeError, RecursionError, MemoryError,
)  # fmt: skip

_current: ContextVar[tuple[str, HttpRequest] | None] = ContextVar("current_request", default=None)


def current_request_id() -> str:
    """The ID of the current request; empty outside of one."""
    current = _current.get()
    return current[0] if current else ""


def request_id_of(given: str) -> str:
    """The ID that a web server gave to a request, or a new one if that is missing or unsafe to log."""
    return given if given and _SANE.fullmatch(given) else os.urandom(16).hex()


class RequestIDMiddleware:
    """Must come before all others. Takes the ID from the web server in front, or makes one, and sends it back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request_id = request_id_of(request.headers.get(HEADER, ""))
        token = _current.set((request_id, request))
        try:
            response = self.get_response(request)
        finally:
            _current.reset(token)
        response.headers[HEADER] = request_id
        return response


class LineFormatter(logging.Formatter):
    """`2026-11-28T17:05:11Z ERROR django.request id=… GET /events/ user=3: Internal Server Error`, then a traceback."""

    converter = staticmethod(time.gmtime)
    default_time_format = "%Y-%m-%dT%H:%M:%SZ"
    default_msec_format = None

    def format(self, record: logging.LogRecord) -> str:
        head = f"{self.formatTime(record)} {record.levelname} {record.name}{_about_request()}: {_message(record)}"
        if record.exc_info and record.exc_info[1] and not record.name.startswith("django.security"):
            return "\n".join([head, *_traceback(record.exc_info[1])])
        return head


def _about_request() -> str:
    current = _current.get()
    if current is None:
        return ""
    request_id, request = current
    user = getattr(getattr(request, "_cached_user", None), "pk", None)  # only if the page loaded it
    return f" id={request_id} {request.method} {_path(request.path)} user={user or '-'}"


def _path(path: str) -> str:
    """The path without the token of a preview link, which would give access to a draft."""
    shown = _LINE_ENDS.sub(" ", _SECRET.sub("/preview/…", path))
    return shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}…"


def _message(record: logging.LogRecord) -> str:
    """The message on one line. For Django's response messages only the reason: the path is already in the line."""
    if record.name == "django.request" and isinstance(record.args, tuple) and record.args:
        return str(record.args[0])
    return _LINE_ENDS.sub(" ", record.getMessage())


def _traceback(error: BaseException) -> Iterator[str]:
    """The traceback in Python's form, causes first, but without messages that may quote what somebody typed."""
    for one in reversed(list(causes_of(error))):
        yield "Traceback (most recent call last):"
        yield from (frame.rstrip("\n") for frame in traceback.format_tb(one.__traceback__))
        yield f"{type(one).__module__}.{type(one).__qualname__}: {_words_of(one)}"


def _words_of(error: BaseException) -> str:
    if isinstance(error, OSError) and error.strerror:
        return f"[Errno {error.errno}] {error.strerror}"
    if isinstance(error, _TECHNICAL):
        return str(error).partition("\n")[0]  # PostgreSQL quotes the row below
    return "(message left out: it may quote what somebody wrote)"
