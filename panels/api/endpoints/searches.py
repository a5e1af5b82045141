"""Search."""

from collections.abc import Sequence
from typing import Any, Literal

from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase
from ninja import Query
from pydantic import BaseModel, Field

from panels import search
from panels.api import rows, shapes, telling
from panels.api.addresses import Addresses, addresses_for
from panels.api.answering import address_of_page, answer, linked
from panels.api.cursors import LONGEST, cursor_of_page, page_of_cursor
from panels.api.registry import get
from panels.models import Event
from panels.search.query import LONGEST as LONGEST_QUERY


class Sought(BaseModel):
    """What is looked for, and what it is narrowed to."""

    q: str = Field(
        default="",
        max_length=LONGEST_QUERY,
        description='Words that must all be there; "words that stand together", `-without`, `begin*`. Narrowings may '
        'stand here too: `speaker:"Jane Doe"`, `tag:`, `event:`, `year:`, `language:`.',
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
        return search.read_query(self.q).narrowed(chosen)


class ExcerptPart(shapes.Shape):
    """A run of an excerpt."""

    text: str
    is_found: bool = Field(description="Whether it is what was looked for.")


class HitTold(shapes.Place):
    """A passage that was found. Just one of `answer`, `question` and `event` is it, as `kind` says."""

    kind: Literal["answer", "question", "event"]
    in_transcript_url: str = Field(description="Where it stands in the transcript.")
    excerpt: tuple[ExcerptPart, ...] = Field(description="Of its words; of an event, of its introduction.")
    answer: shapes.Answer | None
    question: shapes.QuestionListed | None
    event: shapes.EventReference | None


class OptionTold(shapes.Shape):
    """A value to narrow the search to."""

    value: str = Field(description="For the parameter.")
    label: str
    count: int = Field(description="In so many of the passages that were counted.")


class FacetTold(shapes.Shape):
    """A parameter that narrows the search, and its most frequent values."""

    parameter: Literal["speaker", "tag", "year", "language"]
    options: tuple[OptionTold, ...]


class Hits(shapes.Page):
    """What was found, the best of the newest first."""

    items: tuple[HitTold, ...]
    total: int = Field(description=f"So many passages, at most {search.FOUND}.")
    is_capped: bool = Field(description="Whether there are more, which are neither counted nor shown.")
    facets: tuple[FacetTold, ...]
    unknown: tuple[str, ...] = Field(description="Narrowings that nobody and nothing has.")
    suggestions: tuple[str, ...] = Field(
        description="Queries with names that are spelt nearly so, if nothing was found."
    )


@get("/search/", "search", Hits, tag="Ways in", refuses=(400, 404), is_list=True)
def searched(request: HttpRequest, sought: Query[Sought]) -> HttpResponseBase:
    """Answers, questions and events in which words stand.

    Accents and English endings do not matter; Chinese and Japanese are found from one character on. The newest matches
    are ranked. A list of hits is of its moment: while sessions are published, walking it may give one twice.
    """
    number = page_of_cursor(sought.cursor) if sought.cursor else 1
    found = search.search(sought.query(), page=number)
    links = {
        "next": address_of_page(request, cursor_of_page(found.page + 1) if found.page < found.pages else ""),
        "previous": address_of_page(request, cursor_of_page(found.page - 1) if found.page > 1 else ""),
    }
    told = Hits(
        items=tuple(_hits(found.hits, addresses_for(request))),
        **links,
        total=found.total,
        is_capped=found.is_capped,
        facets=tuple(_facet(one) for one in found.facets),
        unknown=tuple(map(str, found.unknown)),
        suggestions=found.suggestions,
    )
    return linked(answer(request, told), links)


def _facet(facet: search.Facet) -> FacetTold:
    field: Any = facet.field
    options = tuple(OptionTold(value=one.value, label=one.label, count=one.count) for one in facet.options)
    return FacetTold(parameter=field, options=options)


def _hits(hits: Sequence[search.Hit], at: Addresses) -> list[HitTold]:
    """Those that readers still see, each with what it is."""
    told_of: dict[str, Any] = {
        "answer": _answers(hits, at),
        "question": _questions(hits, at),
        "event": _events(hits, at),
    }
    told = []
    for hit in hits:
        place = (hit.event.pk, hit.anchor)
        found: dict[str, Any] = dict.fromkeys(told_of)
        it = found[hit.kind] = told_of[hit.kind].get(place)
        if it is not None:
            excerpt = tuple(ExcerptPart(text=piece.text, is_found=piece.is_found) for piece in hit.pieces)
            fragment = f"#{hit.anchor}" if hit.anchor else ""
            told.append(
                HitTold(
                    url=it.url,
                    api_url=it.api_url,
                    kind=hit.kind,  # type: ignore[arg-type]
                    in_transcript_url=f"{at.event(hit.event)['url']}{fragment}",
                    excerpt=excerpt,
                    **found,
                )
            )
    return told


def _answers(hits: Sequence[search.Hit], at: Addresses) -> dict[tuple[int, str], shapes.Answer]:
    found = list(rows.answers().filter(_at(hits, "answer")))
    told = (telling.answer(one, one.answer.question, one.answer.event, at) for one in rows.said(found))
    return {(row.event_id, row.anchor): one for row, one in zip(found, told, strict=True)}


def _questions(hits: Sequence[search.Hit], at: Addresses) -> dict[tuple[int, str], shapes.QuestionListed]:
    found = list(rows.questions().filter(_at(hits, "question")))
    told = (telling.question_listed(one, one.question.event, at) for one in rows.asked(found))
    return {(row.event_id, row.anchor): one for row, one in zip(found, told, strict=True)}


def _events(hits: Sequence[search.Hit], at: Addresses) -> dict[tuple[int, str], shapes.EventReference]:
    wanted = [hit.event.pk for hit in hits if hit.kind == "event"]
    events = Event.objects.published().select_related("edition").filter(pk__in=wanted)
    return {(event.pk, ""): telling.event_reference(event, at) for event in events}


def _at(hits: Sequence[search.Hit], kind: str) -> Q:
    """Where the hits of a kind stand."""
    places = Q(pk__in=[])
    for hit in hits:
        if hit.kind == kind:
            places |= Q(event=hit.event.pk, anchor=hit.anchor)
    return places
