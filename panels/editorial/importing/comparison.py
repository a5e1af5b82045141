"""Compare two states of an event, passage by passage. Pure functions."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, fields
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from panels.transcript import Transcript, Turn
from panels.transcript.diff import DiffPiece, differences


class ChangeKind(StrEnum):
    KEPT = "kept"
    ADDED = "added"
    CHANGED = "changed"
    MOVED = "moved"  # nothing but its place changed
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Change:
    """A change of one question or answer. `old` is None if it was added, `new` if it was removed.

    `asked` is the anchor of the question above an answer; for a removed answer, of the question that was above it.
    """

    kind: ChangeKind
    is_question: bool
    old: Turn | None
    new: Turn | None
    fields: tuple[str, ...] = ()
    asked: str | None = None

    @property
    def anchor(self) -> str:
        """The anchor of the passage; empty if it has none yet."""
        turn = self.old or self.new
        return (turn.anchor if turn else None) or ""

    @property
    def details(self) -> tuple[tuple[str, str, str], ...]:
        """The other fields that differ, each with its old and new value."""
        if self.old is None or self.new is None:
            return ()
        named = (name for name in self.fields if name in _PASSAGE_FIELDS and name != "text")
        return tuple((name, _written(getattr(self.old, name)), _written(getattr(self.new, name))) for name in named)

    @property
    def words(self) -> tuple[DiffPiece, ...]:
        return differences(self.old.text if self.old else "", self.new.text if self.new else "")


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A change of a field of the event itself, such as its title."""

    field: str
    old: Any
    new: Any

    @property
    def words(self) -> tuple[DiffPiece, ...]:
        return differences(_written(self.old), _written(self.new))


@dataclass(frozen=True, slots=True)
class Comparison:
    """All changes of an event: passages in their new order, removed ones after the passage that they followed."""

    event: tuple[FieldChange, ...]
    passages: tuple[Change, ...]

    def of(self, kind: ChangeKind) -> tuple[Change, ...]:
        return tuple(change for change in self.passages if change.kind is kind)

    @property
    def same(self) -> frozenset[str]:
        """The anchors of passages that did not change, even if they moved."""
        return frozenset(one.anchor for one in self.passages if one.kind in {ChangeKind.KEPT, ChangeKind.MOVED})

    def __bool__(self) -> bool:
        """Whether anything differs."""
        return bool(self.event) or any(change.kind is not ChangeKind.KEPT for change in self.passages)


_PASSAGE_FIELDS = ("text", "speaker", "attribution", "evidence", "time", "tags")
_OWN_TO_A_SOURCE = {"exchanges", "unread", "address", "version"}


def compare(old: Transcript, new: Transcript) -> Comparison:
    """Compare two states. Passages with the same anchor are the same passage."""
    event = tuple(
        FieldChange(field.name, getattr(old, field.name), getattr(new, field.name))
        for field in fields(Transcript)
        if field.name not in _OWN_TO_A_SOURCE
        and getattr(old, field.name) != getattr(new, field.name)
        and (field.name != "slug" or new.slug)  # a text without one leaves it as it is
    )
    return Comparison(event, tuple(_with_removed(old, list(_passages(old, new)))))


@dataclass(frozen=True, slots=True)
class _Placed:
    turn: Turn
    asked: str | None  # the anchor of the question above an answer; None for a question itself
    follow_up: bool = False


def _passages(old: Transcript, new: Transcript) -> Iterator[Change]:
    before = {placed.turn.anchor: placed for placed in _placed(old)}
    after = list(_placed(new))
    moved = _moved(old, new)
    for placed in after:
        was = before.pop(placed.turn.anchor, None) if placed.turn.anchor else None
        if was is None or (was.asked is None) != (placed.asked is None):
            yield Change(ChangeKind.ADDED, placed.asked is None, None, placed.turn, asked=placed.asked)
            continue
        differing = tuple(name for name in _PASSAGE_FIELDS if getattr(was.turn, name) != getattr(placed.turn, name))
        if was.follow_up != placed.follow_up:
            differing += ("follow_up",)
        elsewhere = placed.turn.anchor in moved or was.asked != placed.asked
        kind = ChangeKind.CHANGED if differing else ChangeKind.MOVED if elsewhere else ChangeKind.KEPT
        yield Change(kind, placed.asked is None, was.turn, placed.turn, differing, placed.asked)


def _with_removed(old: Transcript, changes: list[Change]) -> Iterator[Change]:
    """The changes, with the removed passages of the old text inserted."""
    here = {change.anchor for change in changes if change.old}
    removed: dict[str, list[Change]] = defaultdict(list)
    before = ""
    for placed in _placed(old):
        anchor = placed.turn.anchor or ""
        if anchor in here:
            before = anchor
        else:
            removed[before].append(
                Change(ChangeKind.REMOVED, placed.asked is None, placed.turn, None, asked=placed.asked)
            )
    yield from removed[""]
    for change in changes:
        yield change
        if change.old:
            yield from removed[change.anchor]


def _placed(transcript: Transcript) -> Iterator[_Placed]:
    for exchange in transcript.exchanges:
        asked = exchange.question or Turn(text="")
        yield _Placed(asked, None, exchange.follow_up)
        for turn in exchange.answers:
            yield _Placed(turn, asked.anchor or "")


def _moved(old: Transcript, new: Transcript) -> set[str | None]:
    """The fewest anchors that must be left out for the rest to be in the same order."""
    before = [placed.turn.anchor for placed in _placed(old)]
    after = [placed.turn.anchor for placed in _placed(new)]
    here, there = set(after), set(before)
    before = [anchor for anchor in before if anchor in here]
    after = [anchor for anchor in after if anchor in there]
    if before == after:
        return set()
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    in_order = {anchor for block in blocks for anchor in before[block.a : block.a + block.size]}
    return set(after) - in_order


def _written(value: Any) -> str:
    if isinstance(value, tuple):
        return ", ".join(_written(one) for one in value)
    if hasattr(value, "__dataclass_fields__"):
        parts = (getattr(value, field.name) for field in fields(value))
        return " · ".join(str(part) for part in parts if part)
    return "" if value is None else str(value)
