"""Detect changes of voice in captions without names: `>>` before the words, or a dash at the start of a line.

Both are conventions of captioners, not syntax. Arrows mean nothing else; dashes count if several lines have them,
and are reported as a doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from panels.formats.structure.cues import CuePiece, sliced
from panels.formats.wording import gettext_noop
from panels.transcript import Unread

_CHANGE = re.compile(r"(?:^|(?<=\n))[ \t]*(?P<dash>[-–—‐‑−])(?![-–—\d>])[ \t]*(?=\S)|(?:^|(?<=\s))>>+[ \t]*")
_SEVERAL = 2


def parted(pieces: Sequence[CuePiece]) -> tuple[list[CuePiece], list[Unread]]:
    """The pieces, split where the voice changes, and the doubts about that."""
    found = [_changes(piece) for piece in pieces]
    dashes = [(piece, at) for piece, marks in zip(pieces, found, strict=True) for at in marks if at["dash"]]
    spoken = len(dashes) >= _SEVERAL and any(sum(1 for at in marks if at["dash"]) >= _SEVERAL for marks in found)
    parts = [
        part
        for piece, marks in zip(pieces, found, strict=True)
        for part in _parts(piece, [at for at in marks if spoken or not at["dash"]])
    ]
    return parts, list(_doubts([piece for piece, _ in dashes])) if spoken else []


def _changes(piece: CuePiece) -> list[re.Match[str]]:
    if piece.label:
        return []  # the voice is named by a tag
    return [at for at in _CHANGE.finditer(piece.text) if not (at["dash"] and _is_aside(piece.text, at))]


def _is_aside(text: str, mark: re.Match[str]) -> bool:
    """Whether a dash begins a list item, or continues the sentence on the previous line."""
    above = text[: mark.start()].rstrip()
    return above.endswith((":", "：", ",")) or (bool(above) and above[-1].isalpha() and text[mark.end()].islower())


def _parts(piece: CuePiece, marks: Sequence[re.Match[str]]) -> Iterator[CuePiece]:
    if not marks:
        yield piece
        return
    ends = [mark.start() for mark in marks[1:]]
    if piece.text[: marks[0].start()].strip():
        yield replace(piece, spans=sliced(piece.spans, 0, marks[0].start()))
    for mark, end in zip(marks, [*ends, len(piece.text)], strict=True):
        spans = sliced(piece.spans, mark.end(), end)
        if any(span.text.strip() for span in spans):
            line = piece.line + piece.text.count("\n", 0, mark.end())
            yield replace(piece, spans=spans, line=line, changes=True)


def _doubts(dashed: Sequence[CuePiece]) -> Iterator[Unread]:
    words = " ".join(dashed[0].text.split())
    reason = gettext_noop("dashes at the start of lines: each is read as a new, unnamed speaker")
    yield Unread(line=dashed[0].line, text=words, reason=reason)


def unnamed(pieces: Iterable[CuePiece]) -> Iterator[CuePiece]:
    """The pieces, with those after a change of voice and without a label marked as unattributed."""
    for piece in pieces:
        yield replace(piece, label="") if piece.changes and piece.label is None else piece
