"""Endpoints and documentation."""

import json

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from panels.api.list_pages import ApiRoot
from panels.api.registry import api, description, get
from panels.api.responses import answer, answer_bytes
from panels.operation.site_url import absolute_url

_LISTS = ("events", "questions", "answers", "speakers", "tags", "search", "quote", "openapi")


@get("/", "api_root", ApiRoot, tag="About", refuses=(404,))
def api_root(request: HttpRequest) -> HttpResponseBase:
    """Endpoints and documentation."""
    found = {name: absolute_url(request, reverse(f"api:{name}")) for name in _LISTS}
    return answer(request, ApiRoot(**found, documentation=absolute_url(request, reverse("api-reference"))))


@api.get("/openapi.json", url_name="openapi", include_in_schema=False)
def openapi(request: HttpRequest) -> HttpResponseBase:
    """The OpenAPI 3.1 description of the API."""
    return answer_bytes(request, json.dumps(description(), ensure_ascii=False).encode())
