"""The pages of the lists, one class each so that the description names them, and the address of each list."""

from pydantic import Field

from panels.api.schemas import SITE, AnswerSchema, EventListed, Page, QuestionListed, Schema, SpeakerListed, TagSchema


class Events(Page):
    """Events, by their day, the newest first."""

    items: tuple[EventListed, ...]


class Questions(Page):
    """Questions, those stored last first."""

    items: tuple[QuestionListed, ...]


class Answers(Page):
    """Answers, those stored last first."""

    items: tuple[AnswerSchema, ...]


class Speakers(Page):
    """Speakers, by family name."""

    items: tuple[SpeakerListed, ...]


class Tags(Page):
    """Tags, by name."""

    items: tuple[TagSchema, ...]


class ApiRoot(Schema):
    """Endpoints and documentation."""

    events: str = Field(examples=[f"{SITE}/api/v1/events/"])
    questions: str
    answers: str
    speakers: str
    tags: str
    search: str
    quote: str
    openapi: str = Field(description="The OpenAPI description.")
    documentation: str = Field(description="The documentation page.")
