"""The proposals on an import page, and the steps of their buttons.

A proposal is answered by its number on the page: `accept speaker 2`, `dismiss line 1`.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from panels.editorial.importing.drafts import transcript_of
from panels.editorial.proposals import (
    LabelDoubt,
    ModeratorProposal,
    QuestionLine,
    SpellingDoubt,
    furniture,
    has_no_questions,
    label_doubts,
    moderator_proposal,
    question_lines,
    spelling_doubts,
)
from panels.editorial.transcript_edits import StepError, dismissed_in
from panels.models import ImportDraft
from panels.transcript import Transcript

_MOST = 200  # of one kind on one page
_SPEAKER_STEPS = {"speaker", "moderator", "spelling"}
_DECLINES = {
    "no-speaker": "speaker",
    "keep-line": "line",
    "no-question": "question",
    "no-moderator": "moderator",
    "no-spelling": "spelling",
}


@dataclass(frozen=True, slots=True)
class Proposals:
    """Proposals that an editor can accept or decline with one click each."""

    labels: tuple[LabelDoubt, ...]
    lines: tuple[tuple[str, str], ...]
    questions: tuple[QuestionLine, ...]
    moderator: ModeratorProposal | None
    spellings: tuple[SpellingDoubt, ...]
    has_no_questions: bool

    def __bool__(self) -> bool:
        return bool(self.lines or self.asks_about_speakers)

    @property
    def asks_about_speakers(self) -> bool:
        """Whether there is something to check about speakers and questions."""
        return bool(self.labels or self.questions or self.moderator or self.spellings or self.has_no_questions)


def proposals_of(import_draft: ImportDraft, transcript: Transcript, stored: Transcript | None = None) -> Proposals:
    """The proposals for a text after its steps. A `stored` session may have no questions."""
    dismissed = dismissed_in(import_draft.steps)
    return Proposals(
        label_doubts(transcript, dismissed)[:_MOST],
        furniture(transcript, dismissed)[:_MOST],
        question_lines(transcript, dismissed)[:_MOST],
        moderator_proposal(transcript, dismissed),
        spelling_doubts(transcript, dismissed)[:_MOST],
        has_no_questions(transcript) and not (stored and has_no_questions(stored)),
    )


def step_of(import_draft: ImportDraft, kind: str, answer: str) -> dict[str, Any]:
    """The step of a button of a `kind`, with the number of the proposal; by default all of them. Raises StepError."""
    proposed = proposals_of(import_draft, transcript_of(import_draft))
    texts = {
        "speaker": [doubt.label for doubt in proposed.labels],
        "line": [line for _place, line in proposed.lines],
        "question": [one.line for one in proposed.questions],
        "moderator": [proposed.moderator.name] if proposed.moderator else [],
        "spelling": [one.text for one in proposed.spellings],
    }
    if declined := _DECLINES.get(kind):
        return {"do": "dismiss", "text": _numbered(texts[declined], answer or "1")}
    if kind in _SPEAKER_STEPS:
        return _speaker_step(kind, _numbered(texts[kind], "1" if kind == "moderator" else answer), proposed)
    if kind == "line":
        return {"do": "remove_lines", "lines": [_numbered(texts["line"], answer)]}
    if kind == "lines" and texts["line"]:
        return {"do": "remove_lines", "lines": texts["line"]}
    if kind == "questions" and texts["question"]:
        return {"do": "questions", "lines": texts["question"]}
    raise StepError(_("this proposal no longer exists"))


def _speaker_step(kind: str, text: str, proposed: Proposals) -> dict[str, Any]:
    if kind == "speaker":
        return {"do": kind, "label": text}
    if kind == "moderator":
        return {"do": kind, "speaker": text}
    found = next(one for one in proposed.spellings if one.text == text)
    return {"do": kind, "name": found.name, "speaker": found.speaker}


def _numbered(choices: list[str], number: str) -> str:
    if not (number.isascii() and number.isdigit() and 0 < int(number[:6]) <= len(choices)):
        raise StepError(_("this proposal no longer exists"))
    return choices[int(number[:6]) - 1]
