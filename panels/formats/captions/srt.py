"""Read SubRip subtitles: numbered cues with times, in which the first cue of a turn may have a label."""

from __future__ import annotations

from panels.formats.base import Format
from panels.formats.captions.cue_files import below_head, is_untimed, scan, under_head
from panels.formats.captions.reader import captioned
from panels.formats.structure.cues import TIMING
from panels.formats.wording import gettext_noop
from panels.transcript import Transcript, Unread


def matches(text: str) -> bool:
    """Whether one of the first lines is a timing line; WebVTT is checked before."""
    lines = [line for line in text.lstrip()[:2000].splitlines() if line.strip()][:3]
    return any(TIMING.fullmatch(line) or (is_untimed(line) and "--" in line) for line in lines[:2])


def read(text: str) -> Transcript:
    """Read an SRT file, with or without cue numbers."""
    found = scan(text)
    above = [Unread(line=line, text=text, reason=gettext_noop("before the first cue")) for line, text in found.head]
    return captioned(found, unread=above)


FORMAT = Format(
    name="srt",
    suffix=".srt",
    media_type="application/x-subrip; charset=utf-8",
    recognises=lambda source: 0.92 if matches(below_head(source)[1]) else 0.0,
    read=lambda source: under_head(source, read),
)
