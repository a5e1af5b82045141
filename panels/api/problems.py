"""The shape of all errors: `application/problem+json`, RFC 9457."""

from http import HTTPStatus

from django.http import HttpResponse
from pydantic import Field

from panels.api.schemas import Schema

MEDIA_TYPE = "application/problem+json"

# Python versions name these differently.
_TITLES = {
    HTTPStatus.REQUEST_URI_TOO_LONG: "URI Too Long",
    HTTPStatus.UNPROCESSABLE_ENTITY: "Unprocessable Content",
}
_DETAILS = {
    HTTPStatus.NOT_FOUND: "Not found, or not published.",
    HTTPStatus.METHOD_NOT_ALLOWED: "This API is read-only: use GET, HEAD or OPTIONS.",
    HTTPStatus.GONE: "This was published and later withdrawn.",
    HTTPStatus.REQUEST_URI_TOO_LONG: "The query is longer than 20,000 bytes.",
    HTTPStatus.PRECONDITION_FAILED: "The current version does not match If-Match or If-Unmodified-Since.",
}


class BadCursorError(Exception):
    """The cursor does not belong to this list."""


class Fault(Schema):
    """The problem with one parameter."""

    parameter: str = Field(examples=["limit"])
    reason: str = Field(examples=["Input should be less than or equal to 100"])


class Problem(Schema):
    """A problem (RFC 9457)."""

    type: str = Field(default="about:blank", description="Always about:blank: the status code is the problem type.")
    title: str = Field(examples=["Not Found"])
    status: int = Field(examples=[404])
    detail: str = Field(description="A description of the problem.", examples=[_DETAILS[HTTPStatus.NOT_FOUND]])
    errors: tuple[Fault, ...] = Field(default=(), description="One entry for each invalid parameter.")


def problem(status: int, detail: str = "", errors: tuple[Fault, ...] = ()) -> HttpResponse:
    """A response that describes an error."""
    known = HTTPStatus(status)
    body = Problem(
        title=_TITLES.get(known, known.phrase),
        status=status,
        detail=detail or _DETAILS.get(known, known.description),
        errors=errors,
    )
    return HttpResponse(body.model_dump_json().encode(), status=status, content_type=MEDIA_TYPE)
