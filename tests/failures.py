"""Every answer of 500 or 503 that a test provokes finds its line in the log; the fixture in `conftest` sees to it."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from panels.web.monitoring.request_log import LineFormatter, current_request_id

_failed: list[tuple[str, int]] = []


class FailureWatch:
    """Remembers the requests that were answered so; stands behind the middleware that gives the IDs."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code in {500, 503}:
            _failed.append((current_request_id(), response.status_code))
        return response


class Lines(logging.Handler):
    """Keeps what the log would say."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(LineFormatter())
        self.written: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.written.append(self.format(record))


@contextmanager
def log_lines() -> Iterator[list[str]]:
    """What is logged in the block, as it would stand on standard error."""
    lines = Lines()
    logging.getLogger().addHandler(lines)
    try:
        yield lines.written
    finally:
        logging.getLogger().removeHandler(lines)


@contextmanager
def failures_are_logged() -> Iterator[None]:
    """Fails where a request was answered with 500 or 503 and the log does not say so with its ID and a traceback."""
    _failed.clear()
    with log_lines() as lines:
        yield
    failed = [_failed.pop() for _ in range(len(_failed))]
    for request_id, status in failed:
        told = [line for line in lines if f" id={request_id} " in line.partition("\n")[0]]
        assert any(" ERROR " in line and "Traceback" in line for line in told), f"{status} without a line in the log"
