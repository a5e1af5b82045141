"""SubRip subtitles, read: numbered cues with times, in which a label stands on the first cue of a turn."""

from __future__ import annotations

from panels.formats.base import Format
from panels.formats.cue_files import below_head, scan, under_head
from panels.formats.cues import TIMING, labelled, pieces_of, repeated_labels, turns_of
from panels.formats.outline import Outline
from panels.formats.vtt import identifiers
from panels.transcript import Transcript, Unread


def matches(text: str) -> bool:
    """Whether one of the first lines is a timing line; WebVTT is asked before."""
    lines = [line for line in text.lstrip()[:2000].splitlines() if line.strip()][:3]
    return any(TIMING.fullmatch(line) for line in lines[:2])


def read(text: str) -> Transcript:
    """Read an SRT file, with or without cue numbers."""
    found = scan(text)
    pieces = labelled([piece for cue in found.cues for piece in pieces_of(cue.text, line=cue.line, time=cue.start)])
    outline = Outline()
    for turn in turns_of(pieces):
        outline.answer(turn)
    aside = [Unread(line=line, text=text, reason="stands before the first cue") for line, text in found.head]
    aside += [Unread(line=line, text=text, reason="a note in the file, not spoken") for line, text in found.notes]
    unread = [*aside, *identifiers(found), *repeated_labels(pieces)]
    return Transcript(exchanges=outline.exchanges(), unread=tuple(sorted(unread, key=lambda item: item.line)))


FORMAT = Format(
    name="srt",
    suffix=".srt",
    media_type="application/x-subrip; charset=utf-8",
    recognises=lambda source: 0.92 if matches(below_head(source)[1]) else 0.0,
    read=lambda source: under_head(source, read),
)
