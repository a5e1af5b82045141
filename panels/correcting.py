"""What readers have seen and is changed: kept as it was, and said openly wherever it means something else now."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import chain

from django.utils.translation import gettext as _

from panels import history
from panels.exporting import transcript_of
from panels.models import Correction, Event, FormerWording, Revision
from panels.transcript import Transcript


@dataclass(frozen=True, slots=True)
class Remark:
    """What an editor says of a change to what readers have seen: a note for them, or that it means the same."""

    note: str = ""
    same_meaning: bool = False

    def __bool__(self) -> bool:
        return bool(self.note.strip()) or self.same_meaning


SAME_MEANING = Remark(same_meaning=True)


class RemarkNeededError(ValueError):
    """Readers have seen what would be changed, and nothing is said about it; `anchors` are the passages."""

    def __init__(self, anchors: Collection[str]) -> None:
        self.anchors = tuple(anchors)
        super().__init__(
            _(
                "Readers have seen this (%(anchors)s): say for them what is corrected, or that the meaning is the "
                "same. Nothing is saved yet."
            )
            % {"anchors": ", ".join(self.anchors)}
        )


@dataclass(frozen=True, slots=True)
class _Statement:
    text: str
    speaker: str

    def differs(self, other: "_Statement | None") -> bool:
        """Space that readers do not see is no difference."""
        return other is None or self.speaker != other.speaker or self.text.split() != other.text.split()


def accompany(
    event: Event, remark: Remark | None, *, before: Transcript | None = None, after: Transcript | None = None
) -> Correction | None:
    """Keep what readers saw at passages that were changed or deleted, with the remark as a correction.

    To be called in the transaction of the change, between `history.keep` before it and `history.record` after it.
    `before` and `after` are the two states, of who has them at hand. Gives the correction, if one was made.
    Raises RemarkNeededError if the event is public, somebody's words or who said them were changed, and the remark
    says nothing.
    """
    stored = Event.objects.get(pk=event.pk)
    last = Revision.objects.filter(event=event.pk).order_by("-number").first() if stored.is_public else None
    if last is None:
        return None
    old, new = _statements(before or history.transcript_at(last)), _statements(after or transcript_of(stored))
    changed = [anchor for anchor, said in old.items() if said.text and said.differs(new.get(anchor))]
    if not changed:
        return None
    if not remark:
        raise RemarkNeededError(changed)
    correction = None
    if note := remark.note.strip():
        correction = Correction.objects.create(event=stored, anchor=_concerned(changed, new), note=note)
    FormerWording.objects.bulk_create(
        FormerWording(
            event=stored, anchor=anchor, text=old[anchor].text, speaker=old[anchor].speaker, correction=correction
        )
        for anchor in changed
    )
    return correction


def _statements(transcript: Transcript) -> dict[str, _Statement]:
    turns = chain.from_iterable((one.question, *one.answers) for one in transcript.exchanges)
    return {turn.anchor: _Statement(turn.text, turn.speaker or "") for turn in turns if turn and turn.anchor}


def _concerned(changed: Collection[str], after: Mapping[str, _Statement]) -> str:
    """The anchor where a note belongs; of joined answers the one that remains, and of several none: the whole event."""
    remaining = [anchor for anchor in changed if anchor in after]
    one, *others = remaining or changed
    return "" if others else one
