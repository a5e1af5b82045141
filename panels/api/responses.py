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
from panels.site_url import absolute_url
from panels.web.caching import entity_tag, fresh, last_modified


def answer(request: HttpRequest, told: BaseModel) -> HttpResponseBase:
    """What is told, known by its own bytes: nothing else is as sure to change with every row that it is made of.

    It has no Last-Modified: a list from which something was taken back would seem older than it was before.
    """
    return answer_bytes(request, told.model_dump_json().encode())


def answer_bytes(request: HttpRequest, body: bytes) -> HttpResponseBase:
    """JSON, known by its own bytes."""
    tag = quote_etag(hashlib.sha256(body).hexdigest()[:32])
    response = get_conditional_response(request, tag) or HttpResponse(body, content_type="application/json")
    return fresh(response, tag, None)


def unchanged(request: HttpRequest, version: Version) -> HttpResponseBase | None:
    """304 for a client that has this version of the event, decided before its text is read."""
    tag, modified = _known_by(version)
    response = get_conditional_response(request, tag, modified)
    return fresh(response, tag, modified) if response else None


def respond_with_version(told: BaseModel, version: Version) -> HttpResponseBase:
    """What is told of one event, whose version was read before its words."""
    body = told.model_dump_json().encode()
    return fresh(HttpResponse(body, content_type="application/json"), *_known_by(version))


def beside(request: HttpRequest, found: RowSlice[Any], path: str = "") -> dict[str, str | None]:
    """`next` and `previous` of a page, as addresses."""
    return {
        "next": address_of_page(request, found.next, path),
        "previous": address_of_page(request, found.previous, path),
    }


def address_of_page(request: HttpRequest, cursor: str, path: str = "") -> str | None:
    """Of what is asked for, or of another list at `path`, where a cursor leads to; None for no cursor."""
    if not cursor:
        return None
    query = request.GET.copy()
    query["cursor"] = cursor
    return f"{path or absolute_url(request, request.path)}?{query.urlencode()}"


def linked(response: HttpResponseBase, links: dict[str, str | None]) -> HttpResponseBase:
    """With the addresses of the pages beside it in its Link header (RFC 8288)."""
    named = {"next": links["next"], "prev": links["previous"]}
    if written := ", ".join(f'<{address}>; rel="{name}"' for name, address in named.items() if address):
        response.headers["Link"] = written
    return response


def _known_by(version: Version) -> tuple[str, int | None]:
    return entity_tag(version, f"api-{_shape()}"), last_modified(version)


@cache
def _shape() -> str:
    """Changes with the description, so that who upgrades is not told of what an answer lacked before."""
    from panels.api.registry import description  # noqa: PLC0415 - the endpoints, which use this, are in it

    return hashlib.sha256(repr(description()).encode()).hexdigest()[:8]
