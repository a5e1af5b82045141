"""Views that other sites may embed: cards, their images, feeds, downloads and data."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest
from django.http.response import HttpResponseBase

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def shared_with_sites(view: View[P]) -> View[P]:
    """Decorate a view whose responses other sites may load: https://fetch.spec.whatwg.org/#cross-origin-resource-policy-header."""

    @wraps(view)
    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response

    return answer
