"""What the API tells of, in the README's words. What is not known is null, never an empty text.

The description of the API is made from these classes: what is written in them is written for its readers.
"""

import datetime as dt
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

SITE = "https://panels.example.org"
_EVENT = "library-round-table-2021-09-18"


class Shape(BaseModel):
    model_config = ConfigDict(frozen=True)


class Place(Shape):
    """Where something stands."""

    url: str = Field(description="The page for people. It never breaks.", examples=[f"{SITE}/events/{_EVENT}/"])
    api_url: str = Field(description="The same thing in this API.", examples=[f"{SITE}/api/v1/events/{_EVENT}/"])


class EventReference(Place):
    """An event, so much of it as is needed to name it."""

    slug: str = Field(description="The last part of its address.", examples=[_EVENT])
    title: str = Field(examples=["Opening a town library's archive: a round table"])
    date: dt.date | None = Field(description="The day on which it took place.", examples=["2021-09-18"])
    language: str = Field(description="Of the words, as a language tag (BCP 47).", examples=["en", "zh-Hans"])
    edition: int = Field(
        description="Grows whenever anything on the event's pages changes; numbers may be left out.", examples=[7]
    )


class QuestionReference(Place):
    """A question, so much of it as is needed to name it."""

    anchor: str = Field(description="Its address in its event, given once and for ever.", examples=["q3"])
    number: int = Field(description="Where it stands in its event, from 1.", examples=[3])
    text: str = Field(description="The words asked, as Markdown. Empty for what was said before any question.")


class SpeakerReference(Place):
    """Who speaks: a person or an organisation."""

    slug: str = Field(examples=["jane-doe"])
    name: str = Field(description="As it is usually written.", examples=["Zhang San"])
    original_name: str | None = Field(description="In the original script.", examples=["张三"])
    kind: Literal["person", "organisation"]


class TagReference(Place):
    """A subject."""

    slug: str = Field(examples=["archives"])
    name: str = Field(examples=["Archives"])


class Office(Shape):
    """In what capacity somebody took part in an event, as of that day."""

    role: Literal["moderator", "panelist", "host", "audience"]
    title: str | None = Field(description="Job title.", examples=["head librarian"])
    organisation: str | None = Field(examples=["Town Library"])


class Panelist(Office):
    """A speaker at one event."""

    speaker: SpeakerReference


class Correction(Shape):
    """A dated, public note on what was changed after publication."""

    number: int = Field(description="Counted in its event.")
    date: dt.date
    anchor: str | None = Field(description="Of the question or answer that it concerns; null: the whole event.")
    note: str = Field(description="What was changed and why, as Markdown.")
    earlier_url: str | None = Field(description="The page with the wording before it, where that was kept.")


class Passage(Place):
    """What questions and answers have in common."""

    anchor: str = Field(description="Its address in its event, given once and for ever.", examples=["q3-a2"])
    language: str = Field(description="Of the words, as a language tag (BCP 47).", examples=["en"])
    text: str = Field(description="Word for word, as Markdown (CommonMark in which HTML is text).")
    media_time: float | None = Field(description="When it was said in the recording, in seconds.", examples=[61.5])
    tags: tuple[TagReference, ...]
    corrections: tuple[Correction, ...] = Field(description="Those of this passage, the oldest first.")
    edition: int = Field(description="Of the event: it is whole events that have editions.", examples=[7])


class AnswerInQuestion(Passage):
    """What one speaker said under a question."""

    position: int = Field(description="Where it stands under its question, from 1.")
    attribution: Literal["stated", "inferred", "unknown"] = Field(
        description="stated: the source names the speaker. inferred: the editors do, and give the evidence. "
        "unknown: nobody is named."
    )
    evidence: str | None = Field(
        description="What in the text points to the speaker, or why nothing does, as Markdown."
    )
    speaker: SpeakerReference | None = Field(description="null exactly where the attribution is unknown.")
    office: Office | None = Field(description="The speaker's at this event; null for who is not on the panel.")


class Answer(AnswerInQuestion):
    """An answer, with the event and the question that it belongs to."""

    event: EventReference
    question: QuestionReference


class QuestionBase(Passage):
    """What is told of a question everywhere."""

    number: int = Field(description="Where it stands in its event, from 1.")
    is_follow_up: bool = Field(description="Whether it follows up the question before it.")
    asked_by: SpeakerReference | None = Field(description="null where the source does not say.")
    office: Office | None = Field(description="The asker's at this event; null for who is not on the panel.")


class QuestionInEvent(QuestionBase):
    """A question with its answers."""

    answers: tuple[AnswerInQuestion, ...] = Field(description="All of them, in order.")


class QuestionListed(QuestionBase):
    """A question, and how many answers it has."""

    event: EventReference
    answer_count: int


class Question(QuestionInEvent):
    """A question with its answers and the event that it belongs to."""

    event: EventReference


class Page(Shape):
    """A page of a list. Walking `next` until it is null gives everything once, also while things are added."""

    next: str | None = Field(description="The address of the page after this one; also in the Link header.")
    previous: str | None = Field(description="The address of the page before this one; also in the Link header.")


class Transcript(Page):
    """Questions with their answers, in the order of the session."""

    items: tuple[QuestionInEvent, ...]


class Source(Shape):
    """Where the words come from."""

    publisher: str | None = Field(examples=["The Weekly"])
    title: str | None = Field(description="If it differs from the event's.")
    url: str | None
    note: str | None = Field(description="What a reader must know to trust the text, as Markdown.")


class Translation(Shape):
    """That the words are a translation, and how it was made."""

    made_by: Literal["human", "machine"]
    translated_from: str | None = Field(description="A language tag (BCP 47).", examples=["zh-Hans"])


class EventListed(EventReference):
    """An event, with all but its questions and answers."""

    programme: str | None = Field(description="The series that it belongs to.")
    introduction: str | None = Field(description="What stands before the first question, as Markdown.")
    source: Source
    licence: str | None = Field(description="Under which terms the words may be used.", examples=["CC BY 4.0"])
    recording_url: str | None
    translation: Translation | None = Field(description="null for an original.")
    published_at: dt.datetime = Field(description="When it was first published.")
    changed_at: dt.datetime = Field(description="When its record last changed.")
    question_count: int
    answer_count: int
    unattributed_count: int = Field(description="Answers whose speaker is not known.")
    panelists: tuple[Panelist, ...] = Field(description="Who took part, in what capacity on that day, in order.")
    tags: tuple[TagReference, ...] = Field(description="Of the event itself; questions and answers have their own.")
    corrections: tuple[Correction, ...] = Field(description="All of them, the oldest first.")


class Event(EventListed):
    """An event with its transcript. A long one begins here and goes on at `transcript.next`."""

    transcript: Transcript


class SpeakerListed(SpeakerReference):
    """A speaker, and how much of them there is to read."""

    event_count: int = Field(description="In so many published events they are on the panel.")
    answer_count: int


class OfficeHeld(Office):
    """An office on the day of an event."""

    event: EventReference


class Speaker(SpeakerListed):
    """A speaker."""

    family_name: str | None = Field(description="As it stands in the name.")
    biography: str | None = Field(description="As Markdown.")
    offices: tuple[OfficeHeld, ...] = Field(
        description="The latest 100, the newest first. Each event has the offices of all its panel."
    )
    feed_url: str = Field(description="An Atom feed of events with them.")


class Tag(TagReference):
    """A subject, and how much there is under it."""

    event_count: int
    passage_count: int = Field(description="Questions and answers.")
    feed_url: str = Field(description="An Atom feed of what is under it.")
