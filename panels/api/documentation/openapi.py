"""Complete django-ninja's OpenAPI description: introduction, headers, errors, examples, path parameters."""

import json
import re
from typing import Any

from panels.api.documentation.examples import examples_of
from panels.api.problems import MEDIA_TYPE, Problem

INTRODUCTION = """\
The published record of panels: who was asked what, who answered, and how that is known. The API is read-only and needs
no key.

* **URLs.** Every object has a `url`, its web page, and an `api_url`. A former URL returns 301, a withdrawn object 410,
  one that was never published 404.
* **Pages.** Lists have `next` and `previous`, also in the `Link` header; following them until they are null visits
  everything once. Cursors are opaque.
* **Freshness.** Every response has an `ETag`, responses about one event also `Last-Modified`. With `If-None-Match` the
  response is 304 until something changes; it is never stale.
* **Errors** are `application/problem+json` (RFC 9457), at every URL.
* **Texts** are Markdown: CommonMark in which HTML is text. Languages are BCP 47 tags, times UTC in ISO 8601.
* **From a browser.** Requests are allowed from any site (`Access-Control-Allow-Origin: *`).

Objects may get new fields, and lists new parameters; existing ones do not change. Unknown parameters are refused with
422.
"""
EXTRA: dict[str, Any] = {
    "info": {"license": {"name": "See `licence` on each event."}},
    "externalDocs": {"url": "/api/", "description": "Documentation in English and Chinese"},
    "tags": [
        {"name": "Record", "description": "Events, questions and answers."},
        {"name": "Speakers, tags and search", "description": "Speakers, tags and search."},
        {"name": "Quotations", "description": "Check quotations against the transcripts."},
        {"name": "About", "description": "Endpoints and documentation."},
    ],
}

_SCHEMAS = "#/components/schemas/"
_HEADERS = {
    "ETag": ("Changes whenever the response does.", '"7e1f…"'),
    "Cache-Control": ("May be cached, and must be revalidated.", "no-cache"),
}
_OF_ONE_EVENT = {"event", "transcript", "question", "answer"}
_MOVING = _OF_ONE_EVENT | {"speaker", "tag"}
_LAST_MODIFIED = {"Last-Modified": ("When the event last changed.", "Sat, 18 Sep 2021 10:00:00 GMT")}
_LINK = {"Link": ("The next and previous pages (RFC 8288).", '<https://panels.example.org/…>; rel="next"')}
_EVENT_SLUG = "babbitt-2020-04-10"
_PARTS = {
    "event": {"slug": ("The event's.", _EVENT_SLUG)},
    "transcript": {"slug": ("The event's.", _EVENT_SLUG)},
    "question": {"slug": ("The event's.", _EVENT_SLUG), "anchor": ("The question's, such as `q4`.", "q4")},
    "answer": {"slug": ("The event's.", _EVENT_SLUG), "anchor": ("The answer's, such as `q4-a1`.", "q4-a1")},
    "speaker": {"slug": ("The speaker's.", "zhang-san")},
    "tag": {"slug": ("The tag's.", "archives")},
}
_PROBLEMS = {
    400: "The cursor does not belong to this list.",
    404: "Not found or not published, or a parameter names an unknown slug.",
    410: "It was published and later withdrawn.",
    412: "`If-Match` or `If-Unmodified-Since` does not match the current version.",
    414: "The query is longer than 20,000 bytes.",
    422: "A parameter is missing, invalid or unknown; see `errors`.",
}
_ALWAYS = (412, 414, 422)  # every endpoint may respond with these


def described(name: str, refuses: tuple[int, ...], *, is_list: bool) -> dict[str, Any]:
    """The rest of an operation's description, which ninja merges into its own: headers, errors and examples.

    `refuses` are the error statuses that the endpoint may return besides those of every endpoint.
    """
    headers = _HEADERS | (_LAST_MODIFIED if name in _OF_ONE_EVENT else {}) | (_LINK if is_list else {})
    answered: dict[Any, Any] = {200: {"description": "Success.", "headers": _headers(headers)}}
    if examples := examples_of(name):
        answered[200]["content"] = {"application/json": {"examples": examples}}
    answered[304] = {"description": "Not modified since the version named by `If-None-Match` or `If-Modified-Since`."}
    if name in _MOVING:
        location = {"Location": ("The current URL.", "/api/v1/events/…/")}
        answered[301] = {"description": "It has moved to another URL.", "headers": _headers(location)}
    for status in sorted({*refuses, *_ALWAYS}):
        answered[status] = {
            "description": _PROBLEMS[status],
            "content": {MEDIA_TYPE: {"schema": {"$ref": f"{_SCHEMAS}Problem"}}},
        }
    return {"responses": answered}


def _headers(headers: dict[str, tuple[str, str]]) -> dict[str, Any]:
    return {
        name: {"description": text, "schema": {"type": "string"}, "example": example}
        for name, (text, example) in headers.items()
    }


def completed(schema: dict[str, Any]) -> dict[str, Any]:
    """Complete ninja's schema: add errors and path parameters, and remove schemas that nothing refers to."""
    schema = _without_suffix(schema)
    shapes = schema["components"]["schemas"] | problem_schemas()
    referred = str([schema["paths"], shapes])
    schema["components"]["schemas"] = {name: one for name, one in shapes.items() if f"'{_SCHEMAS}{name}'" in referred}
    for path in schema["paths"].values():
        operation = path["get"]
        for parameter in operation["parameters"]:
            parameter.pop("examples", None)  # those of its schema stay; here OpenAPI wants them named
            if parameter["in"] == "path":
                part = _PARTS[operation["operationId"]][parameter["name"]]
                parameter["description"], parameter["example"] = part
    return schema


def _without_suffix(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema with plain names: `AnswerSchema` becomes `Answer`."""
    plain: dict[str, Any] = json.loads(re.sub(r'(?<=\w)Schema"', '"', json.dumps(schema)))
    return plain


def problem_schemas() -> dict[str, Any]:
    """The schemas of errors, by name."""
    schema = Problem.model_json_schema(ref_template=f"{_SCHEMAS}{{model}}")
    return {**schema.pop("$defs"), "Problem": schema}
