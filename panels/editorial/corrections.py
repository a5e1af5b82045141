"""Changes to published passages: the former wording is kept, and the change is published as a correction."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import chain

from django.utils.translation import gettext as _

from panels.editorial import history
from panels.models import Correction, Event, FormerWording, Revision
from panels.reading.export import transcript_of
from panels.transcript import Transcript


@dataclass(frozen=True, slots=True)
class ChangeNote:
    """The note that goes with a change to a published passage, or the statement that its meaning is unchanged."""

    note: str = ""
    same_meaning: bool = False

    def __bool__(self) -> bool:
        return bool(self.note.strip()) or self.same_meaning


SAME_MEANING = ChangeNote(same_meaning=True)


class ChangeNoteRequiredError(ValueError):
    """Published passages would change without a note; `anchors` are the passages."""

    def __init__(self, anchors: Collection[str]) -> None:
        self.anchors = tuple(anchors)
        super().__init__(
            _(
                "This passage is published (%(anchors)s). Add a correction note, or confirm that the "
                "meaning is unchanged. Nothing is saved yet."
            )
            % {"anchors": ", ".join(self.anchors)}
        )


@dataclass(frozen=True, slots=True)
class _Wording:
    text: str
    speaker: str

    def differs(self, other: "_Wording | None") -> bool:
        """Space that readers do not see is no difference."""
        return other is None or self.speaker != other.speaker or self.text.split() != other.text.split()


def record_correction(
    event: Event, change_note: ChangeNote | None, *, before: Transcript | None = None, after: Transcript | None = None
) -> Correction | None:
    """Keep what readers saw at passages that were changed or deleted, with the correction note as a correction.

    To be called in the transaction of the change, between `history.ensure_recorded` before it and `history.record`
    after it. `before` and `after` are the two states, if the caller has them. Gives the correction, if one was made.
    Raises ChangeNoteRequiredError if the event is public, somebody's words or who said them were changed, and the
    correction note says nothing.
    """
    stored = Event.objects.get(pk=event.pk)
    last = Revision.objects.filter(event=event.pk).order_by("-number").first() if stored.is_public else None
    if last is None:
        return None
    old, new = _wordings(before or history.transcript_at(last)), _wordings(after or transcript_of(stored))
    changed = [anchor for anchor, wording in old.items() if wording.text and wording.differs(new.get(anchor))]
    if not changed:
        return None
    if not change_note:
        raise ChangeNoteRequiredError(changed)
    correction = None
    if note := change_note.note.strip():
        correction = Correction.objects.create(event=stored, anchor=_correction_anchor(changed, new), note=note)
    FormerWording.objects.bulk_create(
        FormerWording(
            event=stored, anchor=anchor, text=old[anchor].text, speaker=old[anchor].speaker, correction=correction
        )
        for anchor in changed
    )
    return correction


def _wordings(transcript: Transcript) -> dict[str, _Wording]:
    turns = chain.from_iterable((one.question, *one.answers) for one in transcript.exchanges)
    return {turn.anchor: _Wording(turn.text, turn.speaker or "") for turn in turns if turn and turn.anchor}


def _correction_anchor(changed: Collection[str], after: Mapping[str, _Wording]) -> str:
    """The anchor that the correction is attached to.

    If exactly one changed passage still exists, that one (after a merge, the surviving answer); if several do, an empty
    string, the whole event.
    """
    remaining = [anchor for anchor in changed if anchor in after]
    one, *others = remaining or changed
    return "" if others else one
