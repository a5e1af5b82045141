"""Compare two texts word by word; Chinese and Japanese character by character."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby, pairwise
from operator import attrgetter

from rapidfuzz.distance import Indel

_IDEOGRAPH = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_TOKENS = re.compile(rf"[{_IDEOGRAPH}]|[^\W{_IDEOGRAPH}]+|\s+|.", re.DOTALL)


class DiffKind(StrEnum):
    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class DiffPiece:
    """A run of words in both texts, only in the old one, or only in the new one."""

    kind: DiffKind
    text: str


def differences(old: str, new: str) -> tuple[DiffPiece, ...]:
    """The pieces in reading order: those that are not ADDED make the old text, those not REMOVED the new one.

    >>> [(piece.kind.value, piece.text) for piece in differences("a fine day", "a dull day")]
    [('same', 'a '), ('removed', 'fine'), ('added', 'dull'), ('same', ' day')]
    """
    return tuple(_joined(_calmed(list(_joined(_pieces(_TOKENS.findall(old), _TOKENS.findall(new)))))))


def _pieces(old: list[str], new: list[str]) -> Iterator[DiffPiece]:
    for step in Indel.opcodes(old, new):
        if step.tag == "equal":
            yield DiffPiece(DiffKind.SAME, "".join(old[step.src_start : step.src_end]))
        elif step.tag == "delete":
            yield DiffPiece(DiffKind.REMOVED, "".join(old[step.src_start : step.src_end]))
        else:
            yield DiffPiece(DiffKind.ADDED, "".join(new[step.dest_start : step.dest_end]))


def _calmed(pieces: list[DiffPiece]) -> Iterator[DiffPiece]:
    """The pieces, with spaces and punctuation between two changes made part of the change, which is easier to read."""
    for place, piece in enumerate(pieces):
        between_changes = 0 < place < len(pieces) - 1
        if piece.kind is DiffKind.SAME and between_changes and not any(sign.isalnum() for sign in piece.text):
            yield DiffPiece(DiffKind.REMOVED, piece.text)
            yield DiffPiece(DiffKind.ADDED, piece.text)
        else:
            yield piece


def _joined(pieces: Iterable[DiffPiece]) -> Iterator[DiffPiece]:
    """The pieces, with neighbouring changes joined: first all that was removed, then all that was added."""
    for same, run in groupby(pieces, lambda piece: piece.kind is DiffKind.SAME):
        group = list(run)
        for kind in (DiffKind.SAME,) if same else (DiffKind.REMOVED, DiffKind.ADDED):
            text = "".join(map(attrgetter("text"), (piece for piece in group if piece.kind is kind)))
            if text:
                yield DiffPiece(kind, text)


@dataclass(frozen=True, slots=True)
class _Edit:
    """A replacement of the words `start` to `end` of the old text."""

    start: int
    end: int
    words: tuple[str, ...]


def merged(base: str, mine: str, theirs: str) -> str | None:
    """Both changes to one text, or None if they touch the same words.

    >>> merged("a fine day", "a very fine day", "a fine night")
    'a very fine night'
    """
    old = _TOKENS.findall(base)
    edits = sorted({*_edits(old, mine), *_edits(old, theirs)}, key=lambda edit: (edit.start, edit.end))
    for one, other in pairwise(edits):
        if other.start < one.end or other.start == one.start or (other.start == one.end and one.words and other.words):
            return None
    words: list[str] = []
    at = 0
    for edit in edits:
        words += [*old[at : edit.start], *edit.words]
        at = edit.end
    return "".join([*words, *old[at:]])


def _edits(old: list[str], text: str) -> Iterator[_Edit]:
    new = _TOKENS.findall(text)
    for same, run in groupby(Indel.opcodes(old, new), lambda step: step.tag == "equal"):
        if not same:
            steps = list(run)
            words = new[steps[0].dest_start : steps[-1].dest_end]
            yield _Edit(steps[0].src_start, steps[-1].src_end, tuple(words))
