"""Responses that may be cached and must be revalidated each time."""

import hashlib
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from pydantic import BaseModel

from panels.api.pagination import RowSlice
from panels.models import Version
from panels.operation.site_url import absolute_url
from panels.web.caching import entity_tag, fresh, last_modified


def answer(request: HttpRequest, schema: BaseModel) -> HttpResponseBase:
    """A schema as JSON, with an entity tag made from its bytes: only these are sure to change with every row they use.

    There is no Last-Modified: after a row is withdrawn, a list would seem older than before.
    """
    return answer_bytes(request, schema.model_dump_json().encode())


def answer_bytes(request: HttpRequest, body: bytes) -> HttpResponseBase:
    """A JSON body, with an entity tag made from its bytes."""
    tag = quote_etag(hashlib.sha256(body).hexdigest()[:32])
    response = get_conditional_response(request, tag) or HttpResponse(body, content_type="application/json")
    return fresh(response, tag, None)


def unchanged(request: HttpRequest, version: Version) -> HttpResponseBase | None:
    """304 if the client has this version of the event, decided before its text is read."""
    tag, modified = _known_by(version)
    response = get_conditional_response(request, tag, modified)
    return fresh(response, tag, modified) if response else None


def respond_with_version(schema: BaseModel, version: Version) -> HttpResponseBase:
    """The schema of one event. The version must have been read before the text."""
    body = schema.model_dump_json().encode()
    return fresh(HttpResponse(body, content_type="application/json"), *_known_by(version))


def page_links(request: HttpRequest, found: RowSlice[Any], path: str = "") -> dict[str, str | None]:
    """The `next` and `previous` URLs of a page."""
    return {
        "next": page_url(request, found.next, path),
        "previous": page_url(request, found.previous, path),
    }


def page_url(request: HttpRequest, cursor: str, path: str = "") -> str | None:
    """The URL that a cursor leads to, for this list or another one at `path`; None for no cursor."""
    if not cursor:
        return None
    query = request.GET.copy()
    query["cursor"] = cursor
    return f"{path or absolute_url(request, request.path)}?{query.urlencode()}"


def linked(response: HttpResponseBase, links: dict[str, str | None]) -> HttpResponseBase:
    """The response, with the URLs of the next and previous pages in its Link header (RFC 8288)."""
    named = {"next": links["next"], "prev": links["previous"]}
    if written := ", ".join(f'<{url}>; rel="{name}"' for name, url in named.items() if url):
        response.headers["Link"] = written
    return response


def _known_by(version: Version) -> tuple[str, int | None]:
    return entity_tag(version, f"api-{_shape()}"), last_modified(version)


@cache
def _shape() -> str:
    """A digest of the description, so that clients get new responses after an upgrade that changes schemas."""
    from panels.api.registry import description  # noqa: PLC0415 - the endpoints, which use this, are in it

    return hashlib.sha256(repr(description()).encode()).hexdigest()[:8]
