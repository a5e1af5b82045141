"""What an import proposes to an editor, beyond what its reader was sure of. Pure, and nothing is changed unasked.

`labels`: lines that begin like a speaker's label. `furniture`: lines that belong to the page and not to the session.
`questions`: lines that ask something between the answers. `unresolved`: labels that do not say who speaks.
`panel`: the role and office of those who do. `spellings`: names that may be one.
`moderator`: who leads, and what they ask. `headline` and `details`: what it is called and where it comes from.
`unattended`: what of all this a command tells, or applies.
"""

from panels.editorial.proposals.details import byline_of
from panels.editorial.proposals.furniture import furniture, without_lines
from panels.editorial.proposals.headline import with_head, with_headline, without_date
from panels.editorial.proposals.labels import LabelDoubt, label_doubts, split_at_label
from panels.editorial.proposals.moderator import (
    ModeratorProposal,
    has_no_questions,
    moderator_proposal,
    with_moderator,
)
from panels.editorial.proposals.panel import with_details
from panels.editorial.proposals.questions import QuestionLine, question_lines, with_questions
from panels.editorial.proposals.spellings import SpellingDoubt, spelling_doubts, with_spelling
from panels.editorial.proposals.unattended import editor_proposals, with_page_proposals
from panels.editorial.proposals.unresolved import (
    UnresolvedLabel,
    resolved,
    unresolved_label,
    unresolved_labels,
    without_labels,
)

__all__ = [
    "LabelDoubt",
    "ModeratorProposal",
    "QuestionLine",
    "SpellingDoubt",
    "UnresolvedLabel",
    "byline_of",
    "editor_proposals",
    "furniture",
    "has_no_questions",
    "label_doubts",
    "moderator_proposal",
    "question_lines",
    "resolved",
    "spelling_doubts",
    "split_at_label",
    "unresolved_label",
    "unresolved_labels",
    "with_details",
    "with_head",
    "with_headline",
    "with_moderator",
    "with_page_proposals",
    "with_questions",
    "with_spelling",
    "without_date",
    "without_labels",
    "without_lines",
]
