"""Search."""

from collections.abc import Sequence
from typing import Any, Literal

from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase
from ninja import Query
from pydantic import BaseModel, Field

from panels import search
from panels.api import queries, schemas, serializers
from panels.api.links import SiteUrls, site_urls
from panels.api.pagination import LONGEST, cursor_of_page, page_of_cursor
from panels.api.registry import get
from panels.api.responses import answer, linked, page_url
from panels.models import Event
from panels.search.query import LONGEST as LONGEST_QUERY


class SearchParams(BaseModel):
    """A search query and its filters."""

    q: str = Field(
        default="",
        max_length=LONGEST_QUERY,
        description='Words that must all occur; "exact phrase", `-without`, `begin*`. Filters may '
        'be included: `speaker:"Jane Doe"`, `tag:`, `event:`, `year:`, `language:`.',
        examples=["paper -microfilm"],
    )
    speaker: str = Field(default="", description="A slug or a name.", examples=["jane-doe"])
    tag: str = Field(default="", description="A slug or a name.", examples=["archives"])
    event: str = Field(default="", description="A slug or a title.")
    year: str = Field(default="", description="Of the day of the event.", examples=["2021"])
    language: str = Field(default="", description="A language tag.", examples=["en"])
    cursor: str = Field(default="", max_length=LONGEST, description="From `next` or `previous` of another page.")

    def query(self) -> search.Query:
        chosen = {field: value for field in search.FIELDS if (value := getattr(self, field).strip())}
        return search.read_query(self.q).filtered(chosen)


class ExcerptPart(schemas.Schema):
    """A piece of an excerpt."""

    text: str
    is_found: bool = Field(description="Whether this text is a match.")


class HitSchema(schemas.ObjectUrls):
    """A matching passage. Exactly one of `answer`, `question` and `event` is set, as given by `kind`."""

    kind: Literal["answer", "question", "event"]
    in_transcript_url: str = Field(description="Link to the passage in the transcript.")
    excerpt: tuple[ExcerptPart, ...] = Field(description="Excerpt of the text (for an event, of its introduction).")
    answer: schemas.AnswerSchema | None
    question: schemas.QuestionListed | None
    event: schemas.EventReference | None


class FacetOptionSchema(schemas.Schema):
    """A value to filter the search by."""

    value: str = Field(description="Value for the parameter.")
    label: str
    count: int = Field(description="Number of counted passages with this value.")


class FacetSchema(schemas.Schema):
    """A filter parameter, and its most frequent values."""

    parameter: Literal["speaker", "tag", "year", "language"]
    options: tuple[FacetOptionSchema, ...]


class SearchResultsSchema(schemas.Page):
    """Search results, the best of the newest matches first."""

    items: tuple[HitSchema, ...]
    total: int = Field(description=f"Number of passages, at most {search.FOUND}.")
    is_capped: bool = Field(description="Whether there are more matches than are counted.")
    facets: tuple[FacetSchema, ...]
    unknown: tuple[str, ...] = Field(description="Filters that match nothing.")
    suggestions: tuple[str, ...] = Field(description="Suggested queries with similar names, if nothing was found.")


@get("/search/", "search", SearchResultsSchema, tag="Speakers, tags and search", refuses=(400, 404), is_list=True)
def searched(request: HttpRequest, params: Query[SearchParams]) -> HttpResponseBase:
    """Search answers, questions and events.

    Accents and English word endings are ignored; Chinese and Japanese match from one character on. The newest matches
    are ranked. Results are not a snapshot: while sessions are published, paging may repeat a hit.
    """
    number = page_of_cursor(params.cursor) if params.cursor else 1
    found = search.search(params.query(), page=number)
    links = {
        "next": page_url(request, cursor_of_page(found.page + 1) if found.page < found.pages else ""),
        "previous": page_url(request, cursor_of_page(found.page - 1) if found.page > 1 else ""),
    }
    schema = SearchResultsSchema(
        items=tuple(_hits(found.hits, site_urls(request))),
        **links,
        total=found.total,
        is_capped=found.is_capped,
        facets=tuple(_facet(one) for one in found.facets),
        unknown=tuple(map(str, found.unknown)),
        suggestions=found.suggestions,
    )
    return linked(answer(request, schema), links)


def _facet(facet: search.Facet) -> FacetSchema:
    field: Any = facet.field
    options = tuple(FacetOptionSchema(value=one.value, label=one.label, count=one.count) for one in facet.options)
    return FacetSchema(parameter=field, options=options)


def _hits(hits: Sequence[search.Hit], urls: SiteUrls) -> list[HitSchema]:
    """Serialize the hits that are still public."""
    by_kind: dict[str, Any] = {
        "answer": _answers(hits, urls),
        "question": _questions(hits, urls),
        "event": _events(hits, urls),
    }
    hit_schemas = []
    for hit in hits:
        place = (hit.event.pk, hit.anchor)
        found: dict[str, Any] = dict.fromkeys(by_kind)
        it = found[hit.kind] = by_kind[hit.kind].get(place)
        if it is not None:
            excerpt = tuple(ExcerptPart(text=piece.text, is_found=piece.is_found) for piece in hit.pieces)
            fragment = f"#{hit.anchor}" if hit.anchor else ""
            hit_schemas.append(
                HitSchema(
                    url=it.url,
                    api_url=it.api_url,
                    kind=hit.kind,  # type: ignore[arg-type]
                    in_transcript_url=f"{urls.event(hit.event)['url']}{fragment}",
                    excerpt=excerpt,
                    **found,
                )
            )
    return hit_schemas


def _answers(hits: Sequence[search.Hit], urls: SiteUrls) -> dict[tuple[int, str], schemas.AnswerSchema]:
    found = list(queries.answers().filter(_at(hits, "answer")))
    serialized = (
        serializers.answer(one, one.answer.question, one.answer.event, urls) for one in queries.answer_views(found)
    )
    return {(row.event_id, row.anchor): one for row, one in zip(found, serialized, strict=True)}


def _questions(hits: Sequence[search.Hit], urls: SiteUrls) -> dict[tuple[int, str], schemas.QuestionListed]:
    found = list(queries.questions().filter(_at(hits, "question")))
    serialized = (serializers.question_listed(one, one.question.event, urls) for one in queries.question_views(found))
    return {(row.event_id, row.anchor): one for row, one in zip(found, serialized, strict=True)}


def _events(hits: Sequence[search.Hit], urls: SiteUrls) -> dict[tuple[int, str], schemas.EventReference]:
    wanted = [hit.event.pk for hit in hits if hit.kind == "event"]
    events = Event.objects.published().select_related("version").filter(pk__in=wanted)
    return {(event.pk, ""): serializers.event_reference(event, urls) for event in events}


def _at(hits: Sequence[search.Hit], kind: str) -> Q:
    """A condition for the passages of the hits of a kind."""
    places = Q(pk__in=[])
    for hit in hits:
        if hit.kind == kind:
            places |= Q(event=hit.event.pk, anchor=hit.anchor)
    return places
