"""Read SBV captions of YouTube, and SubViewer's: `0:00:01.000,0:00:02.500` above the text."""

from __future__ import annotations

import re
from dataclasses import replace

from panels.formats.base import Format
from panels.formats.captions.cue_files import CueFile, scan
from panels.formats.captions.reader import captioned
from panels.formats.wording import gettext_noop
from panels.transcript import Transcript, Unread

_CLOCK = r"\d{1,4}:\d{1,2}:\d{1,2}[.]\d{1,3}"
_TIMING = re.compile(rf"\s*(?P<start>{_CLOCK})\s*[,;]\s*(?P<end>{_CLOCK})\s*(?P<rest>)")
_HEADER = re.compile(r"\[(?:INFORMATION|SUBTITLE|TITLE|AUTHOR)\]", re.IGNORECASE)
_BREAK = re.compile(r"\[br\]|\|", re.IGNORECASE)
_FIRST = 3_000  # characters that are enough to recognise a file


def matches(text: str) -> bool:
    """Whether the first line is a timing line, or follows SubViewer's header."""
    lines = [line for line in text.lstrip()[:_FIRST].splitlines() if line.strip()]
    if not lines or not (_TIMING.fullmatch(lines[0]) or _HEADER.fullmatch(lines[0].strip())):
        return False
    return any(_TIMING.fullmatch(line) for line in lines)


def read(text: str) -> Transcript:
    """Read a file."""
    found = scan(text, _TIMING)
    cues = [replace(cue, text=_BREAK.sub("\n", cue.text)) for cue in found.cues]
    above = [Unread(line=line, text=text, reason=gettext_noop("before the first cue")) for line, text in found.head]
    return captioned(CueFile(cues=cues, notes=found.notes, broken=found.broken), unread=above)


FORMAT = Format(
    name="sbv",
    suffix=".sbv",
    media_type="text/plain; charset=utf-8",
    recognises=lambda source: 0.95 if matches(source.text) else 0.0,
    read=lambda source: read(source.text),
)
