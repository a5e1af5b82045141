"""Resolve the speakers, tags, events, years and languages that a query names.

A name that occurs only in drafts is not found: the index, which holds published text, decides.
"""

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db.models import Model, Q, QuerySet

from panels.models import Event, SharedSpeakerSlug, Speaker, Tag
from panels.models.database.search_index import keys_of_year, language_facet
from panels.search.index import IndexQuery, is_there
from panels.search.query import Query, QueryFilter, Term, read_term
from panels.transcript.text import slug_of

_YEAR_DIGITS = 4


@dataclass(frozen=True, slots=True)
class ResolvedQuery:
    """The query to run; None if nothing can match, because `unknown` lists filters that match nothing."""

    wanted: IndexQuery | None
    unknown: tuple[QueryFilter, ...] = ()


@dataclass(slots=True)
class _Conditions:
    facets: list[str] = field(default_factory=list)
    names: list[Term] = field(default_factory=list)


def resolve(query: Query, *, is_trusting: bool = False) -> ResolvedQuery:
    """Look up the filters of the query.

    With `is_trusting`, any stored row is assumed to be public, which is faster and sufficient if the search then finds
    anything.
    """
    having, without = _Conditions(), _Conditions()
    unknown: list[QueryFilter] = []
    for one in query.filters:
        found = _look_up(one, is_trusting=is_trusting and not one.is_excluded)
        conditions = without if one.is_excluded else having
        if isinstance(found, Term):
            conditions.names.append(found)
        elif found:
            conditions.facets.append(found)
        elif not one.is_excluded:
            unknown.append(one)
    if unknown:
        return ResolvedQuery(None, tuple(unknown))
    return ResolvedQuery(
        IndexQuery(
            terms=query.terms,
            names=tuple(having.names),
            facets=tuple(having.facets),
            excluded=query.excluded,
            excluded_names=tuple(without.names),
            excluded_facets=tuple(without.facets),
            keys=_keys(having.facets),
        )
    )


def _keys(facets: Iterable[str]) -> tuple[int, ...]:
    """The key range of the years; the keys of a year are contiguous."""
    years = [keys_of_year(int(facet[1:])) for facet in facets if facet[0] == "y"]
    return (max(first for first, _ in years), min(last for _, last in years)) if years else ()


def _look_up(query_filter: QueryFilter, *, is_trusting: bool) -> str | Term | None:
    """The facet of a filter or, for a speaker, part of the name; None if nothing public matches."""
    value = query_filter.value.replace("\0", "")
    facet = _FACETS[query_filter.field](value)
    if facet and (is_trusting or is_there(IndexQuery(facets=(facet,), keys=_keys((facet,))))):
        return facet
    name = read_term(value) if query_filter.field == "speaker" else None
    return name if name and is_there(IndexQuery(names=(name,))) else None


def _speaker(value: str) -> str | None:
    """An identified speaker.

    Labels, which many sessions may share, and names that several speakers have are matched as part of a name.
    """
    return _addressed(Speaker.objects.identified(), value, "s", "name", "original_name")


def _tag(value: str) -> str | None:
    return _addressed(Tag.objects.all(), value, "t", "name")


def _event(value: str) -> str | None:
    return _addressed(Event.objects.published(), value, "e", "title")


def _year(value: str) -> str | None:
    is_year = value.isascii() and value.isdigit() and len(value) <= _YEAR_DIGITS and int(value)
    return f"y{int(value):04d}" if is_year else None


def _language(value: str) -> str | None:
    return language_facet(value) if value.isascii() and value.replace("-", "").isalnum() else None


_FACETS: dict[str, Callable[[str], str | None]] = {
    "speaker": _speaker,
    "tag": _tag,
    "event": _event,
    "year": _year,
    "language": _language,
}


def _addressed(rows: "QuerySet[Model]", value: str, letter: str, *names: str) -> str | None:
    """The facet of the row with this name, or else slug, or else former slug, or else a name of the same slug."""
    slug = value.lower()
    spellings = {value, unicodedata.normalize("NFC", value), unicodedata.normalize("NFD", value)}
    called = Q(slug__in={slug, slug_of(value) or slug})
    for name in names:
        called |= Q(**{f"{name}__in": spellings})
    known = list(rows.filter(called).order_by("slug").values_list("slug", "pk", *names))
    if rows.model is Speaker and value != slug and len(known) > 1:
        return None
    exactly = (pk for _slug, pk, *written in known if spellings.intersection(written))
    by_slug = {known_slug: pk for known_slug, pk, *_written in known}
    key = next(exactly, None) or by_slug.get(slug) or _formerly(rows, slug) or next(iter(by_slug.values()), None)
    return f"{letter}{key}" if key else None


def _formerly(rows: "QuerySet[Model]", slug: str) -> int | None:
    if " " in slug:  # names are often written in ways that are no slug
        return None
    if rows.model is Speaker and SharedSpeakerSlug.objects.filter(slug=slug).exists():
        return None
    return rows.filter(former_slugs__slug=slug).values_list("pk", flat=True).first()
