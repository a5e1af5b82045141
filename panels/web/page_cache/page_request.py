"""The parts of a request that determine its page."""

from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from types import SimpleNamespace
from typing import Any, TypeAlias

from django.conf import settings
from django.http import parse_cookie
from django.utils.translation import get_language_from_request

Environ: TypeAlias = dict[str, Any]
Key: TypeAlias = tuple[str, ...]

LONGEST = 2_000
"""Characters of a key; longer ones are not cached."""

# Set in the `environ` of a request for a shared page, then to the version that it was made from.
MADE_FOR_ALL = "panels.made_for_all"
SITE_STATE = "panels.site_state"

_METHODS = frozenset({"GET", "HEAD"})
# With one of these a request is personal, or has conditions that Django must evaluate.
_SOMEBODYS = frozenset({"HTTP_AUTHORIZATION", "REMOTE_USER", "HTTP_IF_UNMODIFIED_SINCE"})
_MESSAGES_COOKIE = "messages"


@dataclass(frozen=True, slots=True)
class PageRequest:
    """A request for a cacheable page. `key` holds everything that the page is made from."""

    key: Key
    path: str
    query: str
    language: str


class RequestReader:
    """Reads requests according to the site's settings."""

    def __init__(self) -> None:
        static = settings.STATIC_URL or ""
        # Never cached. PATH_INFO does not include the prefix of a site that is not at the root.
        self._never_cached = ("/admin/", "/preview/", "/healthz", *([static] if static.startswith("/") else []))
        self._url_headers = _url_header_names()

    def read(self, environ: Environ) -> PageRequest | None:
        """The requested page; None for requests that Django must handle: editors, forms, the admin, static files."""
        if environ["REQUEST_METHOD"] not in _METHODS or not _SOMEBODYS.isdisjoint(environ):
            return None
        path = environ.get("PATH_INFO", "")
        if path.startswith(self._never_cached) or environ.get("CONTENT_LENGTH") not in {None, "", "0"}:
            return None
        chosen = ""
        if sent := environ.get("HTTP_COOKIE"):
            cookies = parse_cookie(sent)
            if settings.SESSION_COOKIE_NAME in cookies or _MESSAGES_COOKIE in cookies:
                return None
            chosen = cookies.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = _language(chosen, environ.get("HTTP_ACCEPT_LANGUAGE", ""))
        query = environ.get("QUERY_STRING", "")
        address = [environ.get(name, "") for name in self._url_headers]
        key = (path, query, language, environ["wsgi.url_scheme"], environ.get("SCRIPT_NAME", ""), *address)
        return PageRequest(key, path, query, language) if sum(map(len, key)) <= LONGEST else None

    def canonical(self, asked: PageRequest, environ: Environ, request_id: str) -> Environ:
        """The request that the page is made from: `environ` without anything that is not in the key."""
        stored = {name: value for name, value in environ.items() if not name.startswith("HTTP_")}
        stored.pop("CONTENT_TYPE", None)
        stored.pop("CONTENT_LENGTH", None)
        stored |= {name: environ[name] for name in self._url_headers if name in environ}
        return stored | {
            "REQUEST_METHOD": "GET",
            "HTTP_ACCEPT_LANGUAGE": asked.language,
            "HTTP_X_REQUEST_ID": request_id,
            "wsgi.input": BytesIO(),
            MADE_FOR_ALL: True,
        }


@lru_cache(maxsize=1024)
def _language(chosen: str, accepted: str) -> str:
    """The language that Django chooses, from the reader's cookie and the browser's accepted languages."""
    cookies = {settings.LANGUAGE_COOKIE_NAME: chosen} if chosen else {}
    request = SimpleNamespace(COOKIES=cookies, META={"HTTP_ACCEPT_LANGUAGE": accepted})
    return get_language_from_request(request)  # type: ignore[arg-type]


def _url_header_names() -> list[str]:
    """The headers from which Django determines host and scheme; without them, it uses the server's."""
    names = ["HTTP_HOST", "SERVER_NAME", "SERVER_PORT"]
    if settings.SECURE_PROXY_SSL_HEADER:
        names.append(settings.SECURE_PROXY_SSL_HEADER[0])
    if settings.USE_X_FORWARDED_HOST:
        names.append("HTTP_X_FORWARDED_HOST")
    if settings.USE_X_FORWARDED_PORT:
        names.append("HTTP_X_FORWARDED_PORT")
    return names
