"""The one shape of errors: `application/problem+json`, RFC 9457."""

from http import HTTPStatus

from django.http import HttpResponse
from pydantic import Field

from panels.api.shapes import Shape

MEDIA_TYPE = "application/problem+json"

# Pythons differ in what they call it.
_TITLES = {HTTPStatus.UNPROCESSABLE_ENTITY: "Unprocessable Content"}
_DETAILS = {
    HTTPStatus.NOT_FOUND: "There is nothing at this address, or it has not been published.",
    HTTPStatus.METHOD_NOT_ALLOWED: "This API is for reading: GET, HEAD and OPTIONS.",
    HTTPStatus.GONE: "This was published once and was taken back.",
    HTTPStatus.PRECONDITION_FAILED: "It is not what If-Match or If-Unmodified-Since asks for.",
}


class BadCursor(Exception):  # noqa: N818 - an answer, not an error
    """A cursor that this list did not give."""


class Fault(Shape):
    """What is wrong with one parameter."""

    parameter: str = Field(examples=["limit"])
    reason: str = Field(examples=["Input should be less than or equal to 100"])


class Problem(Shape):
    """What went wrong (RFC 9457)."""

    type: str = Field(default="about:blank", description="The status code says all that there is to it.")
    title: str = Field(examples=["Not Found"])
    status: int = Field(examples=[404])
    detail: str = Field(description="For people.", examples=[_DETAILS[HTTPStatus.NOT_FOUND]])
    errors: tuple[Fault, ...] = Field(default=(), description="One for each wrong parameter.")


def problem(status: int, detail: str = "", errors: tuple[Fault, ...] = ()) -> HttpResponse:
    """The answer to who asked for what there is not, or wrongly."""
    known = HTTPStatus(status)
    said = Problem(
        title=_TITLES.get(known, known.phrase),
        status=status,
        detail=detail or _DETAILS.get(known, known.description),
        errors=errors,
    )
    return HttpResponse(said.model_dump_json().encode(), status=status, content_type=MEDIA_TYPE)
