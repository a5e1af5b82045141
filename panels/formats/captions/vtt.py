"""Read WebVTT: <https://www.w3.org/TR/webvtt1/>.

Voices are given by `<v Name>` (closed or not) or by labels before the words; a file with neither is one
unattributed turn. Files written by Panels contain more, in notes: `vtt_own` reads them.
"""

from __future__ import annotations

import re
from dataclasses import replace

from panels.formats.base import Format
from panels.formats.captions import vtt_write
from panels.formats.captions.cue_files import CueFile, below_head, scan, under_head
from panels.formats.captions.reader import captioned
from panels.formats.captions.vtt_own import is_own, read_own
from panels.formats.lossiness import captions
from panels.formats.structure.metadata_lines import take
from panels.formats.wording import gettext_noop
from panels.transcript import Transcript, Unread

_HEADER = re.compile(r"\ufeff?WEBVTT(?:[ \t]++(?:-[ \t]*+)?(?P<title>.*))?")


def matches(text: str) -> bool:
    """Whether this is WebVTT."""
    return text.lstrip("\ufeff \r\n").startswith("WEBVTT")


def read(text: str) -> Transcript:
    """Read a WebVTT file."""
    found = scan(text)
    if is_own(found):
        return read_own(found)
    transcript, unread = _header(found)
    return captioned(found, transcript, unread)


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
            unread.append(Unread(line=line, text="\n".join(rest), reason=gettext_noop("before the first cue")))
    return transcript, unread


FORMAT = Format(
    name="vtt",
    suffix=".vtt",
    media_type="text/vtt; charset=utf-8",
    needs_times=True,
    recognises=lambda source: 0.95 if matches(below_head(source)[1]) else 0.0,
    read=lambda source: under_head(source, read),
    write=vtt_write.write,
    stream=vtt_write.stream,
    preserved=captions,
)
