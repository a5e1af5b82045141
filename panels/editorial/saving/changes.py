"""`recorded_change`: the only way to change a stored event.

Editors' forms, list actions, publication, restoring, importing and deleting all use it. It prevents one editor's save
from silently undoing another's, on both databases, and keeps every saved version in the history.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from panels.editorial.history import event_history
from panels.editorial.history.event_versions import number_of
from panels.editorial.saving.corrections import ChangeNote, record_correction
from panels.models import Event, Revision
from panels.reading.export import transcript_of
from panels.transcript import Transcript

UNREAD: Final = -1
"""The version of a change that depends on nothing that its editor read, such as taking an event out of the bin."""

Overlap = Callable[[Transcript, Transcript], Any]
"""What a change and the changes of others have in common, told from the state that was read and the state now."""

_changing: ContextVar[frozenset[int]] = ContextVar("changing", default=frozenset())


def anything(seen: Transcript, now: Transcript) -> bool:
    """Overlap of a change that depends on the whole event."""
    return replace(seen, version=None, address="") != replace(now, version=None, address="")


def is_changing(event_pk: int) -> bool:
    """Whether the calling code runs inside a `recorded_change` of the event."""
    return event_pk in _changing.get()


class EditConflictError(Exception):
    """Others changed what an editor is about to save. Nothing was saved.

    `seen` is the version that the editor read, None if the token they sent is not valid. `now` is the current state and
    `version` its number. `saved` are the versions saved since, and `overlap` is what the change's `Overlap` returned.
    `by` is the editor, if the caller has set it.
    """

    by: AbstractBaseUser | None = None

    def __init__(
        self,
        event: Event,
        *,
        seen: Transcript | None,
        now: Transcript,
        version: int,
        saved: Sequence[Revision] = (),
        overlap: Any = None,
    ) -> None:
        self.event, self.seen, self.now, self.version = event, seen, now, version
        self.saved, self.overlap = tuple(saved), overlap
        super().__init__(str(event.pk))

    def __str__(self) -> str:
        if self.seen is None:
            return _(
                "This page is out of date, so your changes are not saved yet. Compare them with the "
                "saved version, then save again."
            )
        if self.is_own:
            return _(
                "You changed this in another window (%(who)s). Your changes here are not saved yet. Compare them, then "
                "save again."
            ) % {"who": self.who}
        return _(
            "Someone else changed this while you were editing (%(who)s). Your changes are not saved yet. Compare them, "
            "then save again."
        ) % {"who": self.who or "–"}

    @property
    def is_own(self) -> bool:
        """Whether all saves since were the editor's own."""
        return self.by is not None and bool(self.saved) and all(one.by_id == self.by.pk for one in self.saved)

    @property
    def who(self) -> str:
        """The editors who have saved since, each with the time of their last save."""
        last = {str(one.by or "–"): _clock(one.created_at) for one in self.saved}
        return ", ".join(_("%(who)s, %(time)s") % {"who": who, "time": time} for who, time in last.items())


@dataclass
class RecordedChange:
    """A change in progress. `event` is locked; `others` are the versions that others saved since it was read."""

    event: Event
    version: int
    by: AbstractBaseUser | None
    why: str = ""
    change_note: ChangeNote | None = None
    others: tuple[Revision, ...] = ()
    states: tuple[Transcript | None, Transcript | None] = (None, None)
    """The states before and after, if the caller has them; otherwise they are read."""
    archive: bytes | None = None
    """What the history keeps of the state after, of who computed it beforehand: the row is locked meanwhile."""

    @cached_property
    def before(self) -> Transcript:
        """The event before the change. Read this before writing anything."""
        return transcript_of(self.event)

    def record(self) -> None:
        """Record the changes made so far. Raises ChangeNoteRequiredError as `record_correction` does.

        Does nothing if the event was deleted in the block.
        """
        if self.event.pk is not None and number_of(self.event) != self.version:
            before, after = self.states
            corrected = record_correction(self.event, self.change_note, before=before, after=after)
            archive = None if corrected else self.archive
            event_history.record(self.event, by=self.by, why=self.why, archive=archive)
            self.version = number_of(self.event)


@contextmanager
def recorded_change(
    event: Event,
    *,
    by: AbstractBaseUser | None,
    why: str = "",
    change_note: ChangeNote | None = None,
    seen: int | None = UNREAD,
    overlap: Overlap = anything,
) -> Iterator[RecordedChange]:
    """Change an event in the `with` block, in one transaction that no other change of the event can interleave with.

    The event's row is locked, and `seen` is compared with its current version. The state found is recorded in the
    history, the block runs, the former wording of published passages is kept with the `change_note`, and the new state
    is recorded with who changed it (`by`) and why. `seen` is the number from
    `panels.editorial.history.event_versions.number_in`, None if the token was not valid.

    Raises EditConflictError if others changed something that `overlap` finds, ChangeNoteRequiredError as
    `record_correction` does, and anything that the block raises. In each case nothing is saved.
    """
    with transaction.atomic():
        locked = Event.objects.select_for_update().get(pk=event.pk)
        event_history.ensure_recorded(locked)
        others = check(locked, seen, overlap, by=by) if seen != UNREAD else ()
        change = RecordedChange(locked, number_of(locked), by, why, change_note, others)
        entered = _changing.set(_changing.get() | {locked.pk})
        try:
            yield change
            change.record()
        finally:
            _changing.reset(entered)


def check(
    event: Event, seen: int | None, overlap: Overlap = anything, *, by: AbstractBaseUser | None = None
) -> tuple[Revision, ...]:
    """The versions that others saved since version `seen`. Raises EditConflictError as `recorded_change` does."""
    number = number_of(event)
    if seen == number:
        return ()
    state = event_history.revision_at(event, seen) if seen is not None and 0 <= seen < number else None
    now = transcript_of(event)
    if state is None:
        raise EditConflictError(event, seen=None, now=now, version=number)
    read, others = event_history.transcript_at(state), tuple(event_history.since(event, state.version))
    if found := overlap(read, now):
        conflict = EditConflictError(event, seen=read, now=now, version=number, saved=others, overlap=found)
        conflict.by = by
        raise conflict
    return others


def _clock(moment: Any) -> str:
    """The time, with the day if that is not today."""
    local = timezone.localtime(moment)
    today = local.date() == timezone.localdate()
    return formats.time_format(local, "H:i") if today else formats.date_format(local, "SHORT_DATETIME_FORMAT")
