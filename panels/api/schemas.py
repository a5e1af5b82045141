"""The schemas of the API, in the terms of the editing guide. An unknown value is null, never an empty string.

The OpenAPI description is made from these classes: their docstrings are written for its readers.
"""

import datetime as dt
from typing import TYPE_CHECKING, Any, Literal

from django.utils.translation import override
from pydantic import BaseModel, ConfigDict, Field, create_model

from panels.models import Event
from panels.transcript import EVENT_FIELDS

SITE = "https://panels.example.org"
_EVENT = "library-round-table-2021-09-18"


class Schema(BaseModel):
    model_config = ConfigDict(frozen=True)


class ObjectUrls(Schema):
    """The URLs of an object."""

    url: str = Field(description="The web page. This URL is permanent.", examples=[f"{SITE}/events/{_EVENT}/"])
    api_url: str = Field(description="This object in the API.", examples=[f"{SITE}/api/v1/events/{_EVENT}/"])


class EventReference(ObjectUrls):
    """An event, as named by other objects."""

    slug: str = Field(description="The last part of its URL.", examples=[_EVENT])
    title: str = Field(examples=["Opening a town library's archive: a round table"])
    date: dt.date | None = Field(description="The date of the event.", examples=["2021-09-18"])
    language: str = Field(description="Language of the text, as a language tag (BCP 47).", examples=["en", "zh-Hans"])
    version: int = Field(description="Increases whenever the event changes; numbers may be skipped.", examples=[7])


class QuestionReference(ObjectUrls):
    """A question, as named by other objects."""

    anchor: str = Field(description="Permanent anchor within its event.", examples=["q3"])
    number: int = Field(description="Position in its event, starting at 1.", examples=[3])
    text: str = Field(description="The question, as Markdown. Empty for remarks before the first question.")


class SpeakerReference(Schema):
    """A speaker: a person or an organisation.

    A label that does not identify anybody, such as initials, belongs to one event and has no page.
    """

    url: str | None = Field(
        description="The web page. This URL is permanent. null for a label.",
        examples=[f"{SITE}/speakers/jane-doe/"],
    )
    api_url: str | None = Field(
        description="This object in the API. null for a label.", examples=[f"{SITE}/api/v1/speakers/jane-doe/"]
    )
    slug: str | None = Field(description="null for a label.", examples=["jane-doe"])
    name: str = Field(description="As usually written.", examples=["Zhang San"])
    original_name: str | None = Field(description="Name in the original script.", examples=["张三"])
    note: str | None = Field(description="Tells speakers of the same name apart.", examples=["historian, Lisbon"])
    kind: Literal["person", "organisation"]


class TagReference(ObjectUrls):
    """A subject."""

    slug: str = Field(examples=["archives"])
    name: str = Field(examples=["Archives"])


class OfficeSchema(Schema):
    """The role and title of a panelist at an event."""

    role: Literal["moderator", "panelist", "host", "audience"]
    title: str | None = Field(description="Job title.", examples=["head librarian"])
    organisation: str | None = Field(examples=["Town Library"])


class PanelistSchema(OfficeSchema):
    """A speaker at one event."""

    speaker: SpeakerReference


class CorrectionSchema(Schema):
    """A dated, public note on a change after publication."""

    number: int = Field(description="Numbered within its event.")
    date: dt.date
    anchor: str | None = Field(description="Anchor of the question or answer; null for the whole event.")
    note: str = Field(description="What was changed and why, as Markdown.")
    earlier_url: str | None = Field(description="Page with the earlier wording, if it was kept.")


class PassageSchema(ObjectUrls):
    """The fields that questions and answers have in common."""

    anchor: str = Field(description="Permanent anchor within its event.", examples=["q3-a2"])
    language: str = Field(description="Language of the text, as a language tag (BCP 47).", examples=["en"])
    text: str = Field(description="Word for word, as Markdown (CommonMark without HTML).")
    media_time: float | None = Field(description="Time in the recording, in seconds.", examples=[61.5])
    tags: tuple[TagReference, ...]
    corrections: tuple[CorrectionSchema, ...] = Field(description="Corrections to this passage, oldest first.")
    version: int = Field(description="Of the event: it is whole events that have versions.", examples=[7])


class AnswerInQuestion(PassageSchema):
    """An answer of one speaker to a question."""

    position: int = Field(description="Position under its question, starting at 1.")
    attribution: Literal["stated", "inferred", "unknown"] = Field(
        description="stated: the source names the speaker. inferred: the editors do, and give the evidence. "
        "unknown: nobody is named."
    )
    evidence: str | None = Field(description="What points to the speaker, or why nothing does, as Markdown.")
    speaker: SpeakerReference | None = Field(description="null if and only if the attribution is unknown.")
    office: OfficeSchema | None = Field(description="The speaker's role at this event; null if not a panelist.")


class AnswerSchema(AnswerInQuestion):
    """An answer, with its event and question."""

    event: EventReference
    question: QuestionReference


class QuestionBase(PassageSchema):
    """The fields of a question, without its answers."""

    number: int = Field(description="Position in its event, starting at 1.")
    is_follow_up: bool = Field(description="Whether it is a follow-up to the previous question.")
    asked_by: SpeakerReference | None = Field(description="null if the source does not say.")
    office: OfficeSchema | None = Field(description="The asker's role at this event; null if not a panelist.")


class QuestionInEvent(QuestionBase):
    """A question with its answers."""

    answers: tuple[AnswerInQuestion, ...] = Field(description="All answers, in order.")


class QuestionListed(QuestionBase):
    """A question, with the number of its answers."""

    event: EventReference
    answer_count: int


class QuestionSchema(QuestionInEvent):
    """A question with its answers and its event."""

    event: EventReference


class Page(Schema):
    """A page of a list. Following `next` until it is null visits everything once, even while objects are added."""

    next: str | None = Field(description="URL of the next page; also in the Link header.")
    previous: str | None = Field(description="URL of the previous page; also in the Link header.")


class TranscriptSchema(Page):
    """Questions with their answers, in the order of the session."""

    items: tuple[QuestionInEvent, ...]


class SourceSchema(Schema):
    """The source of the text."""

    publisher: str | None = Field(examples=["The Weekly"])
    title: str | None = Field(description="If different from the event's title.")
    url: str | None
    note: str | None = Field(description="What readers should know about the source, as Markdown.")


class TranslationSchema(Schema):
    """The language and kind of a translation."""

    made_by: Literal["human", "machine"]
    translated_from: str | None = Field(description="A language tag (BCP 47).", examples=["zh-Hans"])


_DESCRIBED = {"title", "date", "language", "programme", "introduction", "pull_quote", "licence", "recording_url"}
_GROUPED = {"publisher", "source_title", "source_url", "source_note", "translation", "translated_from"}


def _other_fields() -> dict[str, Any]:
    """Text fields of an event that no class here describes. Their description is the help text of the form."""
    names = [name for name in EVENT_FIELDS if name not in _DESCRIBED | _GROUPED]
    stored: dict[str, Any] = {name: Event._meta.get_field(name) for name in names}
    with override("en"):
        return {name: (str | None, Field(description=str(stored[name].help_text) or None)) for name in names}


if TYPE_CHECKING:
    EventDetails = EventReference
else:
    EventDetails = create_model("EventDetails", __base__=EventReference, **_other_fields())


class EventListed(EventDetails):
    """An event, without its questions and answers."""

    programme: str | None = Field(description="The series it belongs to.")
    introduction: str | None = Field(description="Text before the first question, as Markdown.")
    pull_quote: str | None = Field(description="Words of a question or an answer that editors chose.")
    source: SourceSchema
    licence: str | None = Field(description="Terms under which the text may be used.", examples=["CC BY 4.0"])
    recording_url: str | None
    translation: TranslationSchema | None = Field(description="null for an original.")
    published_at: dt.datetime = Field(description="When it was first published.")
    changed_at: dt.datetime = Field(description="When it last changed.")
    question_count: int
    answer_count: int
    unattributed_count: int = Field(description="Answers whose speaker is not known.")
    panelists: tuple[PanelistSchema, ...] = Field(description="Panelists with their roles at the time, in order.")
    tags: tuple[TagReference, ...] = Field(
        description="Tags of the event itself; questions and answers have their own."
    )
    corrections: tuple[CorrectionSchema, ...] = Field(description="All corrections, oldest first.")


class EventSchema(EventListed):
    """An event with its transcript. A long transcript begins here and continues at `transcript.next`."""

    transcript: TranscriptSchema


class SpeakerListed(SpeakerReference):
    """A speaker, with the numbers of their events and answers."""

    url: str = Field(description="The web page. This URL is permanent.", examples=[f"{SITE}/speakers/jane-doe/"])
    api_url: str = Field(description="This object in the API.", examples=[f"{SITE}/api/v1/speakers/jane-doe/"])
    slug: str = Field(examples=["jane-doe"])
    event_count: int = Field(description="Number of published events with this panelist.")
    answer_count: int


class OfficeHeld(OfficeSchema):
    """An office on the day of an event."""

    event: EventReference


class SpeakerSchema(SpeakerListed):
    """A speaker."""

    family_name: str | None = Field(description="As written in the name.")
    biography: str | None = Field(description="As Markdown.")
    offices: tuple[OfficeHeld, ...] = Field(
        description="The latest 100, newest first. Each event lists all its panelists."
    )
    feed_url: str = Field(description="Atom feed of events with this speaker.")


class TagSchema(TagReference):
    """A subject, with the number of items tagged with it."""

    event_count: int
    passage_count: int = Field(description="Questions and answers.")
    feed_url: str = Field(description="Atom feed of content with this tag.")
