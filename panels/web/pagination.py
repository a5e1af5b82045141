"""Pagination of long lists."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

PER_PAGE = 20


def page_of(
    request: HttpRequest, objects: "QuerySet[Any] | tuple[Any, ...]", size: int = PER_PAGE, name: str = "page"
) -> "Page[Any]":
    """The page requested by the parameter `name`; the nearest one if there is no such page."""
    return Paginator(objects, size).get_page(request.GET.get(name))
