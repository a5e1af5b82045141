"""The search page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from panels import search
from panels.reading.languages import language_name
from panels.transcript.text import is_written_in

_PAGE_DIGITS = 3


@dataclass(frozen=True, slots=True)
class Choice:
    """A filter to add or, if it is active, to remove, and the URL for that."""

    field: str
    label: str
    url: str
    count: int = 0


@require_safe
def search_page(request: HttpRequest) -> HttpResponse:
    """The form and, for a query, the passages that match."""
    typed = search.read_query(request.GET.get("q", ""))
    chosen = {field: value for field in search.FIELDS if (value := request.GET.get(field, "").strip())}
    query = typed.filtered(chosen)
    found = search.search(query, page=_number(request))
    asked = ({"q": typed.typed} if typed.typed else {}) | chosen
    context = {
        "found": found,
        "typed": typed.typed,
        "hidden": chosen,
        "page": Paginator(range(found.total), search.PER_PAGE).page(found.page),
        "chosen": [_chosen(field, found, asked) for field in chosen],
        "facets": [(facet.field, list(_choices(facet, asked))) for facet in found.facets if facet.field not in chosen],
        "suggestions": [(one, _search_url({"q": one})) for one in found.suggestions],
        "feed": f"{reverse('feed-search')}?{urlencode({'q': str(query)})}",
        "limits": {"found": search.FOUND, "ranked": search.RANKED},
    }
    return render(request, "panels/search/search.html", context)


def _chosen(field: str, found: search.SearchResult, asked: Mapping[str, str]) -> Choice:
    """The active filter on a field, with the URL without it."""
    others = {name: value for name, value in asked.items() if name != field}
    return Choice(field, _label(field, asked[field], found), _search_url(others))


def _number(request: HttpRequest) -> int:
    number = request.GET.get("page", "")
    return int(number) if number.isascii() and number.isdigit() and len(number) <= _PAGE_DIGITS else 1


def _choices(facet: search.Facet, asked: Mapping[str, str]) -> Iterator[Choice]:
    for option in facet.options:
        label = language_name(option.label) if facet.field == "language" else _shown(option)
        yield Choice(facet.field, label, _search_url({**asked, facet.field: option.value}), option.count)


def _label(field: str, value: str, found: search.SearchResult) -> str:
    """The label of a chosen value; the value itself if no result has it."""
    if field == "language":
        return language_name(value)
    if field == "event" and found.hits:
        return found.hits[0].event.title
    options = (option for facet in found.facets if facet.field == field for option in facet.options)
    return next((_shown(option) for option in options if option.value == value), value)


def _shown(option: search.Option) -> str:
    """The label, of a speaker as the language of the page writes the name."""
    return option.original_label if is_written_in(option.original_label, get_language() or "") else option.label


def _search_url(asked: Mapping[str, str]) -> str:
    return f"{reverse('search')}?{urlencode(asked)}" if asked else reverse("search")
