"""The WSGI application around Django's."""

import datetime as dt
import time
from collections.abc import Callable, Iterable
from functools import lru_cache
from http import HTTPStatus
from typing import Any, TypeAlias

from django.utils import timezone

from panels.models.database.site_version import SiteState
from panels.web.monitoring.request_log import HEADER, request_id_of
from panels.web.page_cache import encodings
from panels.web.page_cache.conditional import status_for
from panels.web.page_cache.freshness import Freshness
from panels.web.page_cache.known_pages import is_known
from panels.web.page_cache.page import CachedPage, Headers, is_keepable, page_of
from panels.web.page_cache.page_request import SITE_STATE, Environ, PageRequest, RequestReader
from panels.web.page_cache.store import PageStore, Turns

StartResponse: TypeAlias = Callable[..., Any]
Application: TypeAlias = Callable[[Environ, StartResponse], Iterable[bytes]]

_ATTEMPTS = 3
"""How many times a request waits for another to make its page; during constant saves it then makes its own."""
_STATUS_LINES = {
    status: f"{status.value} {status.phrase}"
    for status in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED, HTTPStatus.PRECONDITION_FAILED)
}


class _Response:
    """Django's response: the arguments to `start_response`, and the body."""

    def __init__(self, application: Application, environ: Environ) -> None:
        self.status, self.headers = "", Headers()
        self.body = application(environ, self._start)

    def _start(self, status: str, headers: Headers, _exc_info: object = None) -> None:
        self.status, self.headers = status, headers

    @property
    def code(self) -> int:
        return int(self.status.partition(" ")[0])

    def close(self) -> None:
        close = getattr(self.body, "close", None)
        if close:
            close()

    def read(self) -> bytes:
        try:
            return b"".join(self.body)
        finally:
            self.close()


class PageCache:
    """Serves public pages from memory, as long as the database's version is the one that they were made from."""

    def __init__(self, application: Application, *, limit: int) -> None:
        """`limit` is the total size of the cached pages in bytes."""
        self.application = application
        self.requests = RequestReader()
        self.store = PageStore(limit)
        self.freshness = Freshness()
        self.turns = Turns()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        asked = self.requests.read(environ)
        if asked is None or not (self.store.get(asked.key) or is_known(asked.path, asked.query)):
            return self.application(environ, start_response)
        request_id = request_id_of(environ.get("HTTP_X_REQUEST_ID", ""))
        found = self._find(asked, environ, request_id)
        if isinstance(found, CachedPage):
            answer = self._from_page(found, asked, environ)
            if answer is not None:
                status, headers, body = answer
                start_response(_STATUS_LINES[status], [*headers, (HEADER, request_id)])
                return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]
        elif found is not None:
            return self._pass_on(found, environ, start_response)
        return self.application(environ, start_response)

    def _find(self, asked: PageRequest, environ: Environ, request_id: str) -> CachedPage | _Response | None:
        """The page, or Django's response if it is not cacheable, or None to let Django handle the request itself."""
        for _ in range(_ATTEMPTS):
            state = self.freshness.now()
            if state is None:
                return None
            page = self.store.get(asked.key)
            if page and (page.version, page.day) == (state.version, _today()):
                return page
            with self.turns.turn(asked.key) as is_first:
                if is_first:
                    return self._make(asked, self.requests.canonical(asked, environ, request_id))
        return self._make(asked, self.requests.canonical(asked, environ, request_id))

    def _make(self, asked: PageRequest, environ: Environ) -> CachedPage | _Response | None:
        """Have Django make the page (see `SnapshotMiddleware`), and cache it with the version that it was made from."""
        day = _today()
        response = _Response(self.application, environ)
        if response.code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            response.close()
            return None  # the original request may need another response
        if not is_keepable(response.code, response.headers):
            return response
        state: SiteState | None = environ.get(SITE_STATE)
        page = page_of(response.headers, response.read(), version=state.version if state else "", day=day)
        if state:
            self.store.put(asked.key, page)
        return page

    def _from_page(
        self, page: CachedPage, asked: PageRequest, environ: Environ
    ) -> tuple[HTTPStatus, Headers, bytes] | None:
        """Status, headers and body; None for a condition that Django must evaluate."""
        if page.has_own_etag and _is_for_its_own_page(environ):
            return None
        form, is_new = page.form(encodings.choose(environ.get("HTTP_ACCEPT_ENCODING", "")))
        if is_new and self.store.get(asked.key) is page:
            self.store.put(asked.key, page)
        status = status_for(environ, form.etag)
        if status == HTTPStatus.OK:
            return status, form.headers, form.body
        empty = [("Content-Type", "text/plain"), ("Content-Length", "0")]
        of_content = empty if status == HTTPStatus.PRECONDITION_FAILED else []
        return status, [*form.headers_without_content, *of_content], b""

    @staticmethod
    def _pass_on(response: _Response, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        start_response(response.status, response.headers)
        if environ["REQUEST_METHOD"] != "HEAD":
            return response.body
        response.close()
        return []


def _is_for_its_own_page(environ: Environ) -> bool:
    """Whether a condition is for a page with its own entity tag, which evaluates conditions itself, some by date."""
    by_date = environ.get("HTTP_IF_MODIFIED_SINCE") and not environ.get("HTTP_IF_NONE_MATCH")
    return bool(by_date or environ.get("HTTP_IF_MATCH"))


def _today() -> str:
    return _day_at(int(time.time()))


@lru_cache(maxsize=4)
def _day_at(second: int) -> str:
    return timezone.localdate(dt.datetime.fromtimestamp(second, dt.UTC)).isoformat()
