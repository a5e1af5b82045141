"""Changes to published passages: the former wording is kept, and the change is published as a correction."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from django.utils.translation import gettext as _

from panels.editorial.history import event_history
from panels.models import Correction, Event, FormerWording, Revision
from panels.reading.export import transcript_of
from panels.transcript import Transcript
from panels.transcript.moved_words import moved_words

_MOST_WORDS = 0.5


@dataclass(frozen=True, slots=True)
class ChangeNote:
    """The note that goes with a change to a published passage, or the statement that its meaning is unchanged.

    `is_undo` if the editor takes back the change just made, who spoke included.
    """

    note: str = ""
    same_meaning: bool = False
    is_undo: bool = False

    def __bool__(self) -> bool:
        return bool(self.note.strip()) or self.same_meaning


UNDO = ChangeNote(same_meaning=True, is_undo=True)


class ChangeNoteRequiredError(ValueError):
    """Published passages would change without a note; `anchors` are the passages.

    With `other_speaker`, words would move to another speaker, so the editor cannot claim that the meaning is unchanged.
    """

    def __init__(self, anchors: Collection[str], *, other_speaker: bool = False, new: bool = False) -> None:
        self.anchors, self.other_speaker = tuple(anchors), other_speaker
        message = _(
            "This passage is published (%(anchors)s). Add a correction note, or confirm that the "
            "meaning is unchanged. Nothing is saved yet."
        )
        if other_speaker:
            message = _(
                "The speaker of published words changes (%(anchors)s). Add a correction note for readers; “Meaning "
                "unchanged” is not enough here. Nothing is saved yet."
            )
        elif new:
            message = _(
                "This session is published. Add a correction note for the new passage (%(anchors)s), or confirm that "
                "the meaning is unchanged. Nothing is saved yet."
            )
        super().__init__(message % {"anchors": ", ".join(self.anchors)})


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
    """Keep the former wording of published passages that were changed, added or deleted, and publish the note.

    Call this in the transaction of the change, after `history.ensure_recorded` and before `history.record`. `before`
    and `after` are the two states, if the caller has them. If the words of a deleted passage now stand elsewhere, as
    after a merge, its URL leads there. Returns the correction, if one was made.

    Raises ChangeNoteRequiredError if the event is published, words or their speaker changed, and the note is empty, or
    if it claims that the meaning is unchanged although words moved to another speaker.
    """
    stored = Event.objects.get(pk=event.pk)
    last = Revision.objects.filter(event=event.pk).order_by("-number").first() if stored.published_at else None
    if last is None:
        return None
    old, new = _wordings(before or event_history.transcript_at(last)), _wordings(after or transcript_of(stored))
    changes = _Changes.between(old, new)
    for anchor, target in changes.targets.items():
        stored.retired_anchors.filter(anchor=anchor).update(target=target)
    if not stored.is_public or not (changes.changed or changes.added):
        return None
    changes.require(change_note)
    correction = None
    if change_note and (note := change_note.note.strip()):
        correction = Correction.objects.create(event=stored, anchor=changes.place, note=note)
    FormerWording.objects.bulk_create(
        FormerWording(
            event=stored, anchor=anchor, text=old[anchor].text, speaker=old[anchor].speaker, correction=correction
        )
        for anchor in changes.changed
    )
    return correction


@dataclass(frozen=True, slots=True)
class _Changes:
    """How the wordings of a session differ from those before, by their anchors.

    `moved` are words that left a passage and stand in others now, as `moved_words` gives them.
    """

    old: Mapping[str, _Wording]
    new: Mapping[str, _Wording]
    changed: Sequence[str]
    moved: Mapping[str, Mapping[str, float]]

    @classmethod
    def between(cls, old: Mapping[str, _Wording], new: Mapping[str, _Wording]) -> Self:
        changed = [anchor for anchor, wording in old.items() if wording.text and wording.differs(new.get(anchor))]
        gaining = {*changed, *(anchor for anchor in new if anchor not in old or not old[anchor].text)}
        places = [anchor for anchor in new if anchor in gaining]
        moved = moved_words(
            {anchor: old[anchor].text for anchor in changed}, {anchor: new[anchor].text for anchor in places}
        )
        return cls(old, new, changed, moved)

    @property
    def added(self) -> list[str]:
        """The passages with words that stood nowhere before."""
        moved_to = {place for places in self.moved.values() for place in places}
        written = (anchor for anchor, wording in self.new.items() if wording.text and anchor not in moved_to)
        return [anchor for anchor in written if anchor not in self.old or not self.old[anchor].text]

    @property
    def targets(self) -> dict[str, str]:
        """Where at least half of the words of each deleted passage stand now."""
        found = {
            anchor: max(places.items(), key=lambda place: place[1])
            for anchor, places in self.moved.items()
            if anchor not in self.new
        }
        return {anchor: target for anchor, (target, share) in found.items() if share >= _MOST_WORDS}

    @property
    def other_speaker(self) -> list[str]:
        """The passages whose words now belong to another speaker, in the same place or elsewhere."""
        return [
            anchor
            for anchor in self.changed
            if any(
                self.new[place].speaker != self.old[anchor].speaker
                for place in (anchor, *self.moved.get(anchor, ()))
                if place in self.new
            )
        ]

    @property
    def place(self) -> str:
        """The anchor that the correction is attached to.

        If exactly one passage concerned still exists, that one (after a merge, the surviving answer); if several do,
        an empty string, the whole event.
        """
        concerned = list(dict.fromkeys(self.targets.get(anchor, anchor) for anchor in (*self.changed, *self.added)))
        remaining = [anchor for anchor in concerned if anchor in self.new]
        one, *others = remaining or concerned
        return "" if others else one

    def require(self, change_note: ChangeNote | None) -> None:
        """Raise ChangeNoteRequiredError if the note is missing or not enough."""
        note = change_note or ChangeNote()
        other_speaker = self.other_speaker
        if note.note.strip() or note.is_undo or (note.same_meaning and not other_speaker):
            return
        raise ChangeNoteRequiredError(
            other_speaker or self.changed or self.added, other_speaker=bool(other_speaker), new=not self.changed
        )


def _wordings(transcript: Transcript) -> dict[str, _Wording]:
    return {turn.anchor: _Wording(turn.text, turn.speaker or "") for turn in transcript.turns if turn.anchor}
