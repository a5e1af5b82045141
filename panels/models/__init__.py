"""The database models, in the terms of docs/editing.md. Each model's constraints enforce its rules."""

from panels.models.answer import Answer
from panels.models.event import Event, FormerEventSlug
from panels.models.history.audit_entry import AuditEntry
from panels.models.history.correction import Correction
from panels.models.history.former_wording import FormerWording
from panels.models.history.merge import Merge
from panels.models.history.revision import Revision
from panels.models.history.row_revision import RowRevision
from panels.models.history.sign_in_attempt import SignInAttempt
from panels.models.history.split import Split
from panels.models.history.version import Version
from panels.models.panelist import Panelist
from panels.models.question import Question
from panels.models.retired_anchor import RetiredAnchor
from panels.models.speaker import FormerSpeakerSlug, SharedSpeakerSlug, Speaker
from panels.models.tag import FormerTagSlug, Tag, TaggedAnswer, TaggedEvent, TaggedQuestion
from panels.models.workflow.comment import Comment
from panels.models.workflow.editing_session import EditingSession
from panels.models.workflow.import_draft import ImportDraft
from panels.models.workflow.preview_link import PreviewLink
from panels.models.workflow.schedule import Schedule

__all__ = [
    "Answer",
    "AuditEntry",
    "Comment",
    "Correction",
    "EditingSession",
    "Event",
    "FormerEventSlug",
    "FormerSpeakerSlug",
    "FormerTagSlug",
    "FormerWording",
    "ImportDraft",
    "Merge",
    "Panelist",
    "PreviewLink",
    "Question",
    "RetiredAnchor",
    "Revision",
    "RowRevision",
    "Schedule",
    "SharedSpeakerSlug",
    "SignInAttempt",
    "Speaker",
    "Split",
    "Tag",
    "TaggedAnswer",
    "TaggedEvent",
    "TaggedQuestion",
    "Version",
]
