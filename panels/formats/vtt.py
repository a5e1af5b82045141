"""WebVTT, read: <https://www.w3.org/TR/webvtt1/>.

Voices by `<v Name>` (closed or not) or by labels before the words; a file with neither is one unattributed
turn. Files that Panels wrote say more, in notes: `vtt_own` reads them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from panels.formats import vtt_write
from panels.formats.base import Format
from panels.formats.cue_files import CueFile, below_head, scan, under_head
from panels.formats.cues import labelled, pieces_of, repeated_labels, turns_of
from panels.formats.held import captions
from panels.formats.outline import Outline
from panels.formats.particulars import take
from panels.formats.vtt_own import is_own, read_own
from panels.transcript import Transcript, Unread

_HEADER = re.compile(r"\ufeff?WEBVTT(?:[ \t]+(?:-[ \t]*)?(?P<title>.*))?")


def matches(text: str) -> bool:
    """Whether this is WebVTT."""
    return text.lstrip("\ufeff \r\n").startswith("WEBVTT")


def read(text: str) -> Transcript:
    """Read a WebVTT file."""
    found = scan(text)
    if is_own(found):
        return read_own(found)
    transcript, unread = _header(found)
    pieces = labelled([piece for cue in found.cues for piece in pieces_of(cue.text, line=cue.line, time=cue.start)])
    unread += [Unread(line=line, text=note, reason="a note in the file, not spoken") for line, note in found.notes]
    unread += [*identifiers(found), *repeated_labels(pieces)]
    outline = Outline()
    for turn in turns_of(pieces):
        outline.answer(turn)
    return replace(transcript, exchanges=outline.exchanges(), unread=tuple(sorted(unread, key=lambda item: item.line)))


def _header(found: CueFile) -> tuple[Transcript, list[Unread]]:
    transcript = Transcript()
    unread: list[Unread] = []
    for line, block in found.head:
        first, *rest = block.split("\n")
        header = _HEADER.fullmatch(first.strip())
        if header:
            transcript, rest = take(replace(transcript, title=(header["title"] or "").strip()), rest)
            found.identifiers.insert(0, (line, "WEBVTT"))
        elif block.startswith("NOTE"):
            found.notes.insert(0, (line, block))
            rest = []
        else:
            rest = [first, *rest]
        if rest:
            unread.append(Unread(line=line, text="\n".join(rest), reason="stands before the first cue"))
    return transcript, unread


def identifiers(found: CueFile) -> Iterator[Unread]:
    """What numbers the cues and signs the file, in one entry: nobody said it."""
    if found.identifiers:
        names = " ".join(name for _, name in found.identifiers)
        yield Unread(line=found.identifiers[0][0], text=names, reason="identifiers of cues, not spoken")


FORMAT = Format(
    name="vtt",
    suffix=".vtt",
    media_type="text/vtt; charset=utf-8",
    needs_times=True,
    recognises=lambda source: 0.95 if matches(below_head(source)[1]) else 0.0,
    read=lambda source: under_head(source, read),
    write=vtt_write.write,
    stream=vtt_write.stream,
    held=captions,
)
