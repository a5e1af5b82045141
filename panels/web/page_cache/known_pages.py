"""The pages that are cached, and the parameters that they read."""

from urllib.parse import parse_qsl

from django.core.handlers.wsgi import get_path_info
from django.urls import Resolver404, resolve

from panels import search

_API = "api"
_NONE: frozenset[str] = frozenset()
_PAGES: dict[str, frozenset[str]] = {
    "home": _NONE,
    "events": frozenset({"year", "tag", "speaker", "page", "before"}),
    "event": frozenset({"speaker", "part"}),
    "passage": _NONE,
    "earlier": _NONE,
    "cite-event": _NONE,
    "cite-passage": _NONE,
    "side-by-side": frozenset({"page"}),
    "speakers": frozenset({"page"}),
    "speaker": frozenset({"tag", "year", "page", "asked", "before"}),
    "tags": frozenset({"page"}),
    "tag": frozenset({"page", "events", "questions", "before"}),
    "compare": frozenset({"name", "speaker", "tag", "event", "page"}),
    "feed": frozenset({"page"}),
    "feed-tag": frozenset({"page"}),
    "feed-speaker": frozenset({"page"}),
    "feed-search": frozenset({"q"}),
    "search": frozenset({"q", "page", *search.FIELDS}),
    "quote": frozenset({"q", "speaker", "event"}),
    "oembed": frozenset({"url", "format", "maxwidth", "maxheight"}),
    "embed": _NONE,
    "embed-event": _NONE,
    "api-reference": _NONE,
    "robots": _NONE,
    "django.contrib.sitemaps.views.index": _NONE,
    "django.contrib.sitemaps.views.sitemap": frozenset({"p"}),
}
NOT_CACHED = frozenset(
    {
        "download",  # streamed
        "picture-event",  # drawn once, and stored in Django's cache
        "picture-passage",
        "preview",  # only for holders of the link
        "health",  # queries the database
        "ready",  # queries the database
        "metrics",  # counted on each request, and only for holders of the token
        "set_language",  # sets a cookie
    }
)


def names() -> frozenset[str]:
    """The names of the URLs whose pages are cached; the API's endpoints are cached too."""
    return frozenset(_PAGES)


def is_known(path: str, query: str) -> bool:
    """Whether the page at a path is cached, and reads every parameter of the query; `path` as in WSGI."""
    try:
        found = resolve(get_path_info({"PATH_INFO": path}))
    except Resolver404:
        return False
    if found.namespaces == [_API]:
        return True  # it refuses unknown parameters
    known = _PAGES.get(found.url_name or "") if not found.namespaces else None
    if known is None:
        return False
    return not query or {name for name, _value in parse_qsl(query, keep_blank_values=True)} <= known
