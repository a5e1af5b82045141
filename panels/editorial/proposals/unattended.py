"""Proposals for a text that is stored without an editor at a preview: told to the operator, and applied if asked.

Only the head and the lines of the web page can be applied so. Who speaks, who asks and who leads is for an editor.
"""

from collections.abc import Iterator

from panels.editorial.proposals.details import byline_of
from panels.editorial.proposals.furniture import furniture, without_lines
from panels.editorial.proposals.headline import with_head
from panels.editorial.proposals.labels import label_doubts
from panels.editorial.proposals.moderator import moderator_proposal
from panels.editorial.proposals.questions import question_lines
from panels.editorial.proposals.spellings import spelling_doubts
from panels.transcript import Transcript

_SHOWN = 5  # lines or names of a kind
_LONGEST = 60  # characters of a line that is shown


def with_page_proposals(transcript: Transcript) -> tuple[Transcript, tuple[str, ...]]:
    """The transcript with the head that is proposed, and without the lines of the web page, which go to `unread`.

    Also returns what that changes, each as a phrase in English for operators.
    """
    headed = with_head(transcript, byline_of(transcript.introduction))
    lines = [line for _place, line in furniture(headed)]
    names = ("title", "publisher", "source_note")
    changed = [name for name in names if getattr(headed, name) != getattr(transcript, name)]
    told = [f"{name.replace('_', ' ')} “{getattr(headed, name)}”" for name in changed]
    told += [f"remove {_quoted(lines)}"] if lines else []
    return without_lines(headed, lines), tuple(told)


def editor_proposals(transcript: Transcript) -> tuple[str, ...]:
    """What is for an editor to say about a transcript without lines of the page, as phrases in English."""
    return tuple(_for_editors(transcript))


def _for_editors(transcript: Transcript) -> Iterator[str]:
    if labels := [doubt.label for doubt in label_doubts(transcript)]:
        yield f"{_quoted(labels)} may be a speaker’s label"
    yield from _first([f"“{one.name}” may be {one.speaker}" for one in spelling_doubts(transcript)])
    if questions := [one.line for one in question_lines(transcript)]:
        yield f"{_quoted(questions)} may be a question"
    if moderator := moderator_proposal(transcript):
        yield f"{moderator.name} may be the moderator"


def _quoted(texts: list[str]) -> str:
    shown = [f"“{text if len(text) <= _LONGEST else text[:_LONGEST].rstrip() + '…'}”" for text in texts]
    return ", ".join(_first(shown))


def _first(texts: list[str]) -> list[str]:
    left = len(texts) - _SHOWN
    return [*texts[:_SHOWN], f"{left} more"] if left > 0 else texts
