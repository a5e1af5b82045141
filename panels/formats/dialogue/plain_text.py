"""Read prose without names as one turn without a speaker. Any text can be read like this."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from panels.formats.base import Format, Source
from panels.formats.limits import timed
from panels.formats.parsing.links import definitions, with_definitions
from panels.formats.parsing.text_lines import Line, LineKind, joined
from panels.formats.speakers.label_patterns import only_time
from panels.formats.speakers.speaker_resolution import ONLY_LISTED
from panels.formats.structure.document import opened
from panels.formats.wording import gettext_noop
from panels.transcript import Candidate, Exchange, Transcript, Turn, Unread

_SOME = 10  # lines, of which one has a time


def recognises(source: Source) -> float:
    """Anything may be prose; every other format is surer of its own."""
    return 0.01 if source.raw.strip() else 0.0


def read(source: Source) -> Transcript:
    """The whole text as one turn; a heading at its beginning is the title."""
    document = opened(source)
    known = document.head.transcript
    aside = [line for line in document.lines if line.kind is LineKind.MARKUP]
    lines = [line for line in document.lines if line.kind is not LineKind.MARKUP]
    title = known.title
    if lines and lines[0].kind is LineKind.HEADING and not title:
        title, lines = lines[0].text, lines[1:]
    people = known.panelists
    only = people if len(people) == 1 else ()
    candidates = tuple(Candidate(name=p.name, evidence=ONLY_LISTED % {"name": p.name}) for p in only)
    turn = Turn(text=joined(lines), line=lines[0].number if lines else 1, time=_time(lines), candidates=candidates)
    unread = [Unread(line=line.number, text=line.raw.strip(), reason=gettext_noop("site markup")) for line in aside]
    transcript = replace(
        known,
        title=title,
        exchanges=(Exchange(question=None, answers=(turn,)),) if lines else (),
        unread=(*known.unread, *unread),
    )
    return with_definitions(transcript, definitions(document.lines))


def _time(lines: Sequence[Line]) -> float | None:
    """The first time, if times come before the text or within it."""
    times = [mark.time for line in timed(lines) if (mark := only_time(line))]
    return times[0] if len(times) > 1 and len(times) > len(lines) // _SOME else None


FORMAT = Format(name="plain", suffix=".txt", media_type="text/plain", recognises=recognises, read=read, finds_date=True)
