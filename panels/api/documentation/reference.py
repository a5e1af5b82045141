"""The API's documentation page."""

from dataclasses import dataclass
from functools import cache

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from panels.api.documentation.examples import examples
from panels.api.registry import description
from panels.operation.site_url import absolute_url

_MEANINGS: dict[str, str | Promise] = {
    "events": _("Sessions, newest first."),
    "event": _("One session with its transcript; long transcripts continue at transcript.next."),
    "transcript": _("Its questions with their answers, in order."),
    "questions": _("Questions from all sessions, most recently added first."),
    "question": _("One question with its answers."),
    "answers": _("Answers from all sessions, most recently added first."),
    "answer": _("One answer, with its question and the speaker’s role at the time."),
    "speakers": _("Speakers, by family name."),
    "speaker": _("One speaker, with job titles at each session."),
    "tags": _("Tags, by name."),
    "tag": _("One tag."),
    "search": _("Answers, questions and sessions that match, best recent matches first."),
    "quote": _("Whether a quotation is in the transcripts, and how it differs."),
}
_OF_EVERY_LIST = {"cursor", "limit"}


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An endpoint. `path` is relative to the API root; `parameters` leaves out those for paging."""

    path: str
    parameters: tuple[str, ...]
    meaning: str | Promise


@require_safe
def reference(request: HttpRequest) -> HttpResponse:
    context = {
        "root": absolute_url(request, reverse("api:api_root")),
        "openapi": reverse("api:openapi"),
        "places": places(),
        "examples": examples(),
    }
    return render(request, "panels/api/reference.html", context)


@cache
def places() -> tuple[Endpoint, ...]:
    """All documented endpoints except the API root."""
    api_root, *paths = description()["paths"]
    found = []
    for path in paths:
        operation = description()["paths"][path]["get"]
        names = (one["name"] for one in operation["parameters"] if one["in"] == "query")
        parameters = tuple(name for name in names if name not in _OF_EVERY_LIST)
        found.append(Endpoint(path.removeprefix(api_root), parameters, _MEANINGS[operation["operationId"]]))
    return tuple(found)
