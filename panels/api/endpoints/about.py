"""Where everything is."""

import json

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from panels.api.answering import answer, answer_bytes
from panels.api.lists import Beginning
from panels.api.registry import api, description, get

_LISTS = ("events", "questions", "answers", "speakers", "tags", "search", "quote", "openapi")


@get("/", "beginning", Beginning, tag="About", refuses=(404,))
def beginning(request: HttpRequest) -> HttpResponseBase:
    """Where everything is."""
    found = {name: request.build_absolute_uri(reverse(f"api:{name}")) for name in _LISTS}
    return answer(request, Beginning(**found, documentation=request.build_absolute_uri(reverse("api-reference"))))


@api.get("/openapi.json", url_name="openapi", include_in_schema=False)
def openapi(request: HttpRequest) -> HttpResponseBase:
    """The description of all this, in OpenAPI 3.1."""
    return answer_bytes(request, json.dumps(description(), ensure_ascii=False).encode())
