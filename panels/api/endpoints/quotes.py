"""Check quotations against the transcripts."""

from typing import Any, Literal

from django.http import HttpRequest, HttpResponseBase
from ninja import Query
from pydantic import BaseModel, Field

from panels.api import queries, schemas, serializers
from panels.api.filters import named, named_event
from panels.api.links import SiteUrls, site_urls
from panels.api.registry import get
from panels.api.responses import answer
from panels.models import Speaker
from panels.reading.quote_checker import Checked, Finding, check, read_quotation
from panels.reading.sessions import AnswerView


class QuoteQuery(BaseModel):
    """A quotation, and the speaker or event that it is attributed to."""

    q: str = Field(
        min_length=1,
        max_length=2_000,
        description="The quotation. Typography is forgiven, words are not; … and square brackets stand for what was "
        "left out or put in.",
        examples=["the archive is what the town remembers"],
    )
    speaker: str = Field(default="", description="The slug of the speaker it is attributed to.", examples=["jane-doe"])
    event: str = Field(default="", description="The slug of the event it is attributed to.")


class SegmentSchema(schemas.Schema):
    """A segment of the compared text."""

    mark: Literal["same", "added", "removed", "around"] = Field(
        description="same: in both. added: only in the transcript. removed: only in the quotation. "
        "around: the text before, between and after."
    )
    text: str


class FindingSchema(schemas.Schema):
    """An answer that is, or may be, the source of the quotation."""

    verdict: Literal["exact", "changed", "near"]
    answer: schemas.AnswerSchema
    words_url: str = Field(description="Link to the words in the transcript, with a text fragment.")
    passage: str = Field(description="The text of the passage.")
    likeness: float = Field(ge=0, le=1, description="1 for an exact match.")
    parts: tuple[SegmentSchema, ...] = Field(description="The difference between quotation and transcript.")
    correction: schemas.CorrectionSchema | None = Field(
        description="The correction that changed the quoted words, if there is one."
    )


class QuoteCheckSchema(schemas.Schema):
    """The result of a quotation check."""

    verdict: Literal["exact", "changed", "near", "absent", "too_short"] = Field(
        description="exact: it stands there word for word. changed: it stood there until it was changed. near: "
        "something like it stands there. absent: nothing like it was found. too_short: under three words."
    )
    outside_filter: bool = Field(description="Found only outside the given speaker or event.")
    findings: tuple[FindingSchema, ...] = Field(description="The best matches, best first.")


@get("/quote/", "quote", QuoteCheckSchema, tag="Quotations", refuses=(404, 410))
def quote(request: HttpRequest, query: Query[QuoteQuery]) -> HttpResponseBase:
    """Check whether a quotation is in the record.

    It may match word for word, match the wording before a correction, match nearly (with the differences), or not match
    at all. If it is not found among the words of `speaker` or in `event`, all published answers are searched.
    """
    urls = site_urls(request)
    speaker = named(Speaker.objects.published(), query.speaker) if query.speaker else None
    event = named_event(query.event) if query.event else None
    checked = check(read_quotation(query.q), speaker=speaker, event=event)
    return answer(request, _checked_schema(checked, urls))


def _checked_schema(checked: Checked, urls: SiteUrls) -> QuoteCheckSchema:
    pks = [finding.answer.pk for finding in checked.findings]
    answer_views = (
        {one.answer.pk: one for one in queries.answer_views(list(queries.answers().filter(pk__in=pks)))} if pks else {}
    )
    found = tuple(
        _finding(finding, answer_views[finding.answer.pk], urls)
        for finding in checked.findings
        if finding.answer.pk in answer_views
    )
    return QuoteCheckSchema(verdict=checked.verdict.value, outside_filter=checked.outside_filter, findings=found)


def _finding(finding: Finding, answer_views: AnswerView, urls: SiteUrls) -> FindingSchema:
    recorded: Any = finding.verdict.value
    correction = finding.correction
    answer = serializers.answer(answer_views, answer_views.answer.question, answer_views.answer.event, urls)
    matching = [one for one in answer.corrections if correction and one.number == correction.number]
    return FindingSchema(
        verdict=recorded,
        answer=answer,
        words_url=f"{urls.pages.rstrip('/')}{finding.url}",
        passage=finding.match.passage,
        likeness=finding.match.likeness,
        parts=tuple(SegmentSchema(mark=part.mark.value, text=part.text) for part in finding.match.parts),
        correction=matching[0] if matching else serializers.correction(correction, answer_views.answer.event, urls),
    )
