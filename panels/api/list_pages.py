"""The pages of each list, in classes of their own so that the OpenAPI description names them, and the API root."""

from pydantic import Field

from panels.api.schemas import SITE, AnswerSchema, EventListed, Page, QuestionListed, Schema, SpeakerListed, TagSchema


class Events(Page):
    """Events, newest first."""

    items: tuple[EventListed, ...]


class Questions(Page):
    """Questions, most recently stored first."""

    items: tuple[QuestionListed, ...]


class Answers(Page):
    """Answers, most recently stored first."""

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
