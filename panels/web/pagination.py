"""Pagination of long lists."""

import re
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

from panels.reading.discovery.index_window import LARGEST_KEY

PER_PAGE = 20
_KEY = re.compile(r"[1-9][0-9]{0,18}")


def page_of(
    request: HttpRequest,
    objects: "QuerySet[Any] | tuple[Any, ...]",
    size: int = PER_PAGE,
    name: str = "page",
    count: int | None = None,
) -> "Page[Any]":
    """The page requested by the parameter `name`; the nearest one if there is no such page.

    `count` is the number of objects, if it is known.
    """
    paginator = Paginator(objects, size)
    if count is not None:
        paginator.count = count
    return paginator.get_page(request.GET.get(name))


def before_of(request: HttpRequest) -> int:
    """The parameter `before`: the key of the last row that was read for the page before, see `PassageFilter`."""
    written = request.GET.get("before", "")
    return min(int(written), LARGEST_KEY) if _KEY.fullmatch(written) else LARGEST_KEY
