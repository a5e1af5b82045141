"""Whether somebody said so."""

from typing import Any, Literal

from django.http import HttpRequest, HttpResponseBase
from ninja import Query
from pydantic import BaseModel, Field

from panels.api import rows, shapes, telling
from panels.api.addresses import Addresses, addresses_for
from panels.api.answering import answer
from panels.api.filters import named, named_event
from panels.api.registry import get
from panels.models import Speaker
from panels.quoting import Checked, Finding, check, read_quotation
from panels.reading import Said


class Quoted(BaseModel):
    """What is quoted, and to whom it is ascribed."""

    q: str = Field(
        min_length=1,
        max_length=2_000,
        description="The quotation. Typography is forgiven, words are not; … and square brackets stand for what was "
        "left out or put in.",
        examples=["the archive is what the town remembers"],
    )
    speaker: str = Field(default="", description="The slug of who is said to have said it.", examples=["jane-doe"])
    event: str = Field(default="", description="The slug of the event at which it is said to have been said.")


class Part(shapes.Shape):
    """A run of the compared text."""

    mark: Literal["same", "added", "removed", "around"] = Field(
        description="same: quoted as recorded. added: recorded, but not quoted. removed: quoted, but not recorded. "
        "around: the record before, between and after."
    )
    text: str


class FindingTold(shapes.Shape):
    """An answer that is or may be the source of the quotation."""

    verdict: Literal["exact", "changed", "near"]
    answer: shapes.Answer
    words_url: str = Field(description="Leads to the words themselves in the transcript, by a text fragment.")
    passage: str = Field(description="The words recorded there.")
    likeness: float = Field(ge=0, le=1, description="1 for word for word.")
    parts: tuple[Part, ...] = Field(description="The quotation and the record, compared.")
    correction: shapes.Correction | None = Field(
        description="The one by which the quoted words were changed, where one says so."
    )


class Verdict(shapes.Shape):
    """What became of a quotation."""

    verdict: Literal["exact", "changed", "near", "absent", "too_short"] = Field(
        description="exact: it stands there word for word. changed: it stood there until it was changed. near: "
        "something like it stands there. absent: nothing like it was found. too_short: under three words."
    )
    elsewhere: bool = Field(description="Found only outside of what it was ascribed to.")
    findings: tuple[FindingTold, ...] = Field(description="The likeliest few, the best first.")


@get("/quote/", "quote", Verdict, tag="Quotations", refuses=(404, 410))
def quote(request: HttpRequest, quoted: Query[Quoted]) -> HttpResponseBase:
    """Whether a quotation stands in the record.

    Word for word, as it was before a correction, nearly (and how it differs), or not at all. Where it is not found as
    the words of `speaker` or from `event`, it is looked for everywhere.
    """
    at = addresses_for(request)
    speaker = named(Speaker.objects.published(), quoted.speaker) if quoted.speaker else None
    event = named_event(quoted.event) if quoted.event else None
    checked = check(read_quotation(quoted.q), speaker=speaker, event=event)
    return answer(request, _told(checked, at))


def _told(checked: Checked, at: Addresses) -> Verdict:
    pks = [finding.answer.pk for finding in checked.findings]
    said = {one.answer.pk: one for one in rows.said(list(rows.answers().filter(pk__in=pks)))} if pks else {}
    found = tuple(
        _finding(finding, said[finding.answer.pk], at) for finding in checked.findings if finding.answer.pk in said
    )
    return Verdict(verdict=checked.verdict.value, elsewhere=checked.elsewhere, findings=found)


def _finding(finding: Finding, said: Said, at: Addresses) -> FindingTold:
    recorded: Any = finding.verdict.value
    correction = finding.correction
    answer = telling.answer(said, said.answer.question, said.answer.event, at)
    told = [one for one in answer.corrections if correction and one.number == correction.number]
    return FindingTold(
        verdict=recorded,
        answer=answer,
        words_url=f"{at.pages.rstrip('/')}{finding.address}",
        passage=finding.match.passage,
        likeness=finding.match.likeness,
        parts=tuple(Part(mark=part.mark.value, text=part.text) for part in finding.match.parts),
        correction=told[0] if told else telling.correction(correction, said.answer.event, at),
    )
