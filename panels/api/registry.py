"""The django-ninja API: its endpoints, error handlers, and OpenAPI description."""

import functools
import inspect
from collections.abc import Callable, Mapping
from typing import Annotated, Any, get_args, get_origin

from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponsePermanentRedirect
from ninja import NinjaAPI
from ninja.errors import ValidationError

from panels.api.documentation.openapi import EXTRA, INTRODUCTION, completed, described
from panels.api.problems import BadCursorError, Fault, problem
from panels.web.lookups import GoneError, MovedError, SeveralSpeakersError

View = Callable[..., HttpResponseBase]

# Ninja's own documentation pages load scripts from other sites, which our content security policy forbids.
api = NinjaAPI(
    title="Panels",
    version="1",
    description=INTRODUCTION,
    urls_namespace="api",
    openapi_url=None,
    docs_url=None,
    openapi_extra=EXTRA,
)


class UnknownParameterError(Exception):
    """Parameters that the endpoint does not know."""

    def __init__(self, names: list[str], known: list[str]) -> None:
        super().__init__(names)
        self.names = names
        self.known = known


def get(
    path: str, name: str, shape: type, *, tag: str, refuses: tuple[int, ...] = (), is_list: bool = False
) -> Callable[[View], View]:
    """Make a view an endpoint. Its docstring is its description, `refuses` lists the statuses of its problems.

    Unknown parameters are refused, so that a misspelt filter is not silently ignored.
    """

    def register(view: View) -> View:
        parameters = _query_parameters(view)

        @functools.wraps(view)
        def endpoint(request: HttpRequest, **values: Any) -> HttpResponseBase:
            if unknown := sorted(set(request.GET) - set(parameters)):
                raise UnknownParameterError(unknown, parameters)
            return view(request, **values)

        summary, _, text = inspect.cleandoc(view.__doc__ or "").partition("\n\n")
        api.get(
            path,
            response={200: shape},
            url_name=name,
            operation_id=name,
            summary=summary.rstrip("."),
            description=text or None,
            tags=[tag],
            openapi_extra=described(name, refuses, is_list=is_list),
        )(endpoint)
        return endpoint

    return register


def _query_parameters(view: View) -> list[str]:
    """The names of a view's query parameters: the fields of its `Query` models."""
    return [
        name
        for parameter in inspect.signature(view).parameters.values()
        if get_origin(parameter.annotation) is Annotated
        for name in get_args(parameter.annotation)[0].model_fields
    ]


@functools.cache
def description() -> Mapping[str, Any]:
    """The OpenAPI 3.1 description."""
    return completed(api.get_openapi_schema())


@api.exception_handler(Http404)
def _not_found(_request: HttpRequest, _error: Any) -> HttpResponseBase:
    return problem(404)


@api.exception_handler(GoneError)
def _gone(_request: HttpRequest, gone: Any) -> HttpResponseBase:
    return problem(410, f"This was published and later withdrawn. Reason: {gone.reason}" if gone.reason else "")


@api.exception_handler(SeveralSpeakersError)
def _several(_request: HttpRequest, several: Any) -> HttpResponseBase:
    sentences = ["Several people were listed here."]
    if several.speakers:
        sentences.append(f"They are now separate speakers: {', '.join(speaker.slug for speaker in several.speakers)}.")
    if several.labelled:
        sessions = ", ".join(event.slug for event in several.labelled.sessions)
        sentences.append(
            f"It is not known who they are in these sessions: {sessions}{', …' * bool(several.labelled.more)}."
        )
    return problem(410, " ".join(sentences))


@api.exception_handler(MovedError)
def _moved(request: HttpRequest, moved: Any) -> HttpResponseBase:
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{moved.path}?{query}" if query else moved.path)


@api.exception_handler(BadCursorError)
def _bad_cursor(_request: HttpRequest, _error: Any) -> HttpResponseBase:
    return problem(400, "Unknown cursor. Use the cursor from `next` or `previous` of another page.")


@api.exception_handler(UnknownParameterError)
def _unknown(_request: HttpRequest, error: Any) -> HttpResponseBase:
    reason = f"Known parameters: {', '.join(error.known)}" if error.known else "This endpoint takes no parameters"
    return problem(422, "Unknown parameter.", tuple(Fault(parameter=one, reason=reason) for one in error.names))


@api.exception_handler(ValidationError)
def _invalid(_request: HttpRequest, error: Any) -> HttpResponseBase:
    faults = tuple(Fault(parameter=str(one["loc"][-1]), reason=one["msg"]) for one in error.errors)
    return problem(422, "A parameter is missing or invalid.", faults)
