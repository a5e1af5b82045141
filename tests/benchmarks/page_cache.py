"""How fast cached public pages are, beside uncached ones and a bare Django view that returns the same bytes.

    python -m tests.benchmarks.page_cache
    .ci/with_postgres python -m tests.benchmarks.page_cache --rounds 20

Works on the database that DATABASE_URL names, which must be empty, or on an SQLite file of its own, with the seed
session in it. All are asked in turn, round by round, in this process and without a server, so that they differ in
nothing else; a server adds the same to each. "bare Django" is a view that returns the page's bytes, behind the
middleware of a new project or behind none. Medians of the processor time of one request in microseconds, on PostgreSQL
without what its server does; the clock is printed beside it.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from io import BytesIO
from typing import Any

import django
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import path as url

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

PATHS = {
    "transcript": "/events/babbitt-2020-04-10/", "home": "/", "one answer": "/events/babbitt-2020-04-10/q1-a1/",
    "search": "/search/?q=archive", "feed": "/feeds/events.atom", "API": "/api/v1/answers/",
}  # fmt: skip
CODINGS = {"identity": "", "gzip": "gzip", "Brotli": "br"}
_page = b""

_STARTPROJECT = (
    "middleware.security.Security", "contrib.sessions.middleware.Session", "middleware.common.Common",
    "middleware.csrf.CsrfView", "contrib.auth.middleware.Authentication", "contrib.messages.middleware.Message",
    "middleware.clickjacking.XFrameOptions",
)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=30, help="rounds of 20 requests of each kind (default: 30)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/benchmark.sqlite3")
        django.setup()
        call_command("migrate", verbosity=0)
        call_command("loaddata", "babbitt_2020_04_10", verbosity=0)
        for name, path in PATHS.items():
            _compare(name, path, options.rounds)


def _compare(name: str, path: str, rounds: int) -> None:
    global _page  # noqa: PLW0603 - what the bare site answers with
    from django.core.wsgi import get_wsgi_application

    from panels.web.page_cache.layer import PageCache

    plain = get_wsgi_application()
    cached = PageCache(plain, limit=32 * 1024 * 1024)
    bare, barest = _bare(*_STARTPROJECT), _bare()
    headers, page = _ask(cached, path)
    _page = page
    tag = headers["ETag"]
    kinds: dict[str, Callable[[], object]] = {
        "bare Django": lambda: _ask(bare, "/"),
        "bare Django, no middleware": lambda: _ask(barest, "/"),
        **{
            f"cached, {name}": lambda coding=coding: _ask(cached, path, HTTP_ACCEPT_ENCODING=coding)  # type: ignore[misc]
            for name, coding in CODINGS.items()
        },
        "cached, 304": lambda: _ask(cached, path, HTTP_IF_NONE_MATCH=tag),
        "uncached": lambda: _ask(plain, path),
    }
    for do in kinds.values():
        do()  # the first time is another matter
    _print(f"{name}: {path}, {len(page):,} bytes", kinds, rounds)


def _print(title: str, kinds: dict[str, Callable[[], object]], rounds: int) -> None:
    taken: dict[str, list[tuple[float, float]]] = {kind: [] for kind in kinds}
    for _ in range(rounds):
        for kind, do in kinds.items():
            taken[kind].append(_timed(do, 2 if kind == "uncached" else 20))
    medians = {
        kind: [statistics.median(column) for column in zip(*times, strict=True)] for kind, times in taken.items()
    }
    print(f"\n{title}\n  {'':28} {'µs':>9} {'clock':>9}  {'× bare Django':>14}")
    for kind, (busy, took) in medians.items():
        print(f"  {kind:28} {busy:9,.0f} {took:9,.0f}  {medians['bare Django'][0] / busy:14.2f}", flush=True)


def _timed(do: Callable[[], object], times: int) -> tuple[float, float]:
    """Microseconds of the processor and of the clock for one request."""
    busy, begun = time.process_time(), time.perf_counter()
    for _ in range(times):
        do()
    return (time.process_time() - busy) / times * 1e6, (time.perf_counter() - begun) / times * 1e6


class _BareDjango(WSGIHandler):
    """A site that answers every request with the same bytes."""

    def get_response(self, request: HttpRequest) -> Any:
        request.urlconf = __name__
        return super().get_response(request)


def _bare(*middleware: str) -> WSGIHandler:
    with override_settings(MIDDLEWARE=[f"django.{name}Middleware" for name in middleware]):
        return _BareDjango()


def _same_bytes(_request: HttpRequest) -> HttpResponse:
    return HttpResponse(_page)


urlpatterns = [url("", _same_bytes)]


def _ask(application: Any, address: str, **headers: str) -> tuple[dict[str, str], bytes]:
    path, _, query = address.partition("?")
    environ = {
        "REQUEST_METHOD": "GET", "SCRIPT_NAME": "", "PATH_INFO": path, "QUERY_STRING": query, "SERVER_PORT": "80",
        "SERVER_NAME": "testserver", "HTTP_HOST": "testserver", "wsgi.url_scheme": "http", "wsgi.input": BytesIO(),
        "wsgi.errors": sys.stderr, **headers,
    }  # fmt: skip
    started: list[dict[str, str]] = []
    answer = application(environ, lambda _status, headers, _exc_info=None: started.append(dict(headers)))
    body = b"".join(answer)
    if hasattr(answer, "close"):
        answer.close()
    return started[0], body


if __name__ == "__main__":
    main()
