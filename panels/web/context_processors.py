"""Context for every template."""

from collections.abc import Callable
from functools import partial

from django.conf import settings
from django.http import HttpRequest

from panels.operation.site_url import site_root


def site(request: HttpRequest) -> dict[str, str | Callable[[], str]]:
    """`SITE_ROOT` is evaluated lazily: a request for a host that is not ours has none."""
    return {"SITE_NAME": settings.SITE_NAME, "SITE_ROOT": partial(site_root, request)}
