"""Read LRC lyrics and captions: `[00:12.50]words`, with times of single words (`<00:12.80>`) or without."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from itertools import pairwise

from panels.formats.base import Format
from panels.formats.captions.cue_files import Cue, CueFile
from panels.formats.captions.reader import captioned
from panels.formats.limits import timed
from panels.formats.structure.cues import moment
from panels.formats.wording import gettext_noop
from panels.transcript import Transcript, Unread

_STAMP = r"\[(?:\d{1,3}:\d{2}\.\d{2,3})\]"
_LINE = re.compile(rf"\s*(?P<stamps>(?:{_STAMP}\s?)++)(?P<text>.*)")
_TIME = re.compile(r"\d{1,3}:\d{2}\.\d{2,3}")
_WORD = re.compile(r"\s?<\d{1,3}:\d{2}\.\d{2,3}>\s?")
_FIELD = re.compile(
    r"\s*\[(?P<name>ti|ar|al|au|by|re|ve|la|length|offset|tool|#):?(?P<value>[^\[\]]*)\]\s*", re.IGNORECASE
)
_SEVERAL = 2
_MOSTLY = 0.7  # of the lines begin with a time


def matches(text: str) -> bool:
    """Whether nearly every line begins with a time of this form, or the file begins with ID tags."""
    lines = [line for line in text.lstrip()[:5_000].splitlines() if line.strip()]
    stamped = sum(1 for line in lines if _LINE.fullmatch(line))
    fields = sum(1 for line in lines if _FIELD.fullmatch(line))
    return stamped >= _SEVERAL and stamped + fields >= _MOSTLY * len(lines)


def read(text: str) -> Transcript:
    """Read a file. A line with several times is repeated at each."""
    found, id_tags = CueFile(), dict[str, str]()
    unread: list[Unread] = []
    for number, line in enumerate(timed(text.split("\n")), start=1):
        cue, field = _LINE.fullmatch(line), _FIELD.fullmatch(line)
        if cue:
            words = html.escape(_WORD.sub(" ", cue["text"]).strip(), quote=False)
            found.cues += [Cue(moment(time), 0.0, words, number) for time in _TIME.findall(cue["stamps"])]
        elif field and field["name"].lower() in ("ti", "la"):
            id_tags[field["name"].lower()] = field["value"].strip()
        elif line.strip():
            unread.append(Unread(line=number, text=line.strip(), reason=gettext_noop("about the file, not spoken")))
    found.cues.sort(key=lambda cue: cue.start)
    found.cues[:-1] = [replace(cue, end=after.start) for cue, after in pairwise(found.cues)]
    return captioned(found, Transcript(title=id_tags.get("ti", ""), language=id_tags.get("la", "")), unread)


FORMAT = Format(
    name="lrc",
    suffix=".lrc",
    media_type="text/plain; charset=utf-8",
    recognises=lambda source: 0.95 if matches(source.text) else 0.0,
    read=lambda source: read(source.text),
)
