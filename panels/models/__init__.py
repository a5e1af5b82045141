"""What is stored. The words are those of the README's glossary; the rules stand in each model's constraints."""

from panels.models.answer import Answer
from panels.models.correction import Correction
from panels.models.edition import Edition
from panels.models.event import Event, FormerEventSlug
from panels.models.former_wording import FormerWording
from panels.models.intake import Intake
from panels.models.merger import Merger
from panels.models.panelist import Panelist
from panels.models.question import Question
from panels.models.retired_anchor import RetiredAnchor
from panels.models.revision import Revision
from panels.models.row_revision import RowRevision
from panels.models.sitting import Sitting
from panels.models.speaker import FormerSpeakerSlug, Speaker
from panels.models.tag import FormerTagSlug, Tag, TaggedAnswer, TaggedEvent, TaggedQuestion
from panels.models.workflow import Comment, PreviewLink, Schedule

__all__ = [
    "Answer",
    "Comment",
    "Correction",
    "Edition",
    "Event",
    "FormerEventSlug",
    "FormerSpeakerSlug",
    "FormerTagSlug",
    "FormerWording",
    "Intake",
    "Merger",
    "Panelist",
    "PreviewLink",
    "Question",
    "RetiredAnchor",
    "Revision",
    "RowRevision",
    "Schedule",
    "Sitting",
    "Speaker",
    "Tag",
    "TaggedAnswer",
    "TaggedEvent",
    "TaggedQuestion",
]
