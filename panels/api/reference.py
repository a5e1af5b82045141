"""The page that shows the API to people."""

from dataclasses import dataclass
from functools import cache

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from panels.api.examples import examples
from panels.api.registry import description

_MEANINGS: dict[str, str | Promise] = {
    "events": _("Events, the newest first."),
    "event": _("One event with its transcript; a long one goes on at transcript.next."),
    "transcript": _("Its questions with their answers, in order."),
    "questions": _("Questions of all events, those stored last first."),
    "question": _("One question with its answers."),
    "answers": _("Answers of all events, those stored last first."),
    "answer": _("One answer, who gave it in what capacity, and the question."),
    "speakers": _("Speakers, by family name."),
    "speaker": _("One speaker, with the offices held on the days of events."),
    "tags": _("Tags, by name."),
    "tag": _("One tag."),
    "search": _("Answers, questions and events in which words stand, the best of the newest first."),
    "quote": _("Whether a quotation stands in the record, and how it differs."),
}
_OF_EVERY_LIST = {"cursor", "limit"}


@dataclass(frozen=True, slots=True)
class Endpoint:
    """`path` is what follows the beginning of all addresses, `parameters` what there is besides pages."""

    path: str
    parameters: tuple[str, ...]
    meaning: str | Promise


@require_safe
def reference(request: HttpRequest) -> HttpResponse:
    context = {
        "root": request.build_absolute_uri(reverse("api:beginning")),
        "openapi": reverse("api:openapi"),
        "places": places(),
        "examples": examples(),
    }
    return render(request, "panels/api.html", context)


@cache
def places() -> tuple[Endpoint, ...]:
    """Every endpoint but the first, as it is described."""
    beginning, *paths = description()["paths"]
    found = []
    for path in paths:
        operation = description()["paths"][path]["get"]
        names = (one["name"] for one in operation["parameters"] if one["in"] == "query")
        narrowing = tuple(name for name in names if name not in _OF_EVERY_LIST)
        found.append(Endpoint(path.removeprefix(beginning), narrowing, _MEANINGS[operation["operationId"]]))
    return tuple(found)
