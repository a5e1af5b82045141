"""Somebody who asks a WSGI application for pages, as a server does."""

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from wsgiref.validate import validator

from django.core.wsgi import get_wsgi_application

from panels.web.page_cache.layer import PageCache

HOST = "testserver"
OF_EACH_REQUEST = {"x-request-id"}
OF_THE_CACHE = {"etag", "cache-control"}


@dataclass(frozen=True)
class CachedResponse:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    def without(self, *names: str) -> dict[str, str]:
        return {name: value for name, value in self.headers.items() if name not in {*OF_EACH_REQUEST, *names}}


class CachedSite:
    """Panels with its pages kept, beside the same without."""

    def __init__(self, limit: int = 4_000_000) -> None:
        self.made: list[str] = []
        self._django = get_wsgi_application()
        self.cache = PageCache(self._counted, limit=limit)

    def get(self, address: str, method: str = "GET", **headers: str) -> CachedResponse:
        return ask(validator(self.cache), address, method, **headers)

    def uncached(self, address: str, method: str = "GET", **headers: str) -> CachedResponse:
        return ask(self._django, address, method, **headers)

    def _counted(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        self.made.append(environ["PATH_INFO"])
        return self._django(environ, start_response)


def ask(application: Any, address: str, method: str = "GET", **headers: str) -> CachedResponse:
    """The answer to a request; headers are written `Accept_Language`, keys of the environment in capitals."""
    path, _, query = address.partition("?")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": method, "SCRIPT_NAME": "", "PATH_INFO": path, "QUERY_STRING": query, "HTTP_HOST": HOST,
        "SERVER_NAME": HOST, "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http", "wsgi.input": BytesIO(), "wsgi.errors": sys.stderr, "wsgi.multithread": True,
        "wsgi.multiprocess": True, "wsgi.run_once": False,
    }  # fmt: skip
    environ |= {name if name.isupper() or "." in name else f"HTTP_{name.upper()}": headers[name] for name in headers}
    started: dict[str, Any] = {}

    def start_response(status: str, headers: list[tuple[str, str]], exc_info: object = None) -> Any:
        started.update(status=status, headers=headers)
        return lambda _data: None

    answer = application(environ, start_response)
    try:
        body = b"".join(answer)
    finally:
        close = getattr(answer, "close", None)
        if close:
            close()
    named = {name.lower(): value for name, value in started["headers"]}
    return CachedResponse(int(started["status"].split()[0]), named, body)
