"""Read oral arguments as Oyez publishes them in JSON: sections of turns of text blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from panels.formats.base import Format
from panels.formats.dates import date_in
from panels.formats.parsing.jsontree import at, parse, rows, string
from panels.formats.parsing.richtext import escape
from panels.formats.speakers.people import People, turn
from panels.formats.structure.outline import Outline
from panels.formats.wording import gettext_noop
from panels.transcript import PanelMember, Transcript, Turn, Unread

_HEAD = re.compile(r"\s*\{")


def matches(text: str) -> bool:
    """Whether this is a JSON object with a transcript of sections, or an Oyez case."""
    return bool(_HEAD.match(text)) and ('"text_blocks"' in text or "api.oyez.org" in text[:20_000])


def read(text: str) -> Transcript:
    """Read an argument. A case without a transcript has no exchanges."""
    data = parse(text)
    found = at(data, "transcript") if isinstance(at(data, "transcript"), dict) else data
    outline, people = Outline(), People()
    for person, spoken in _turns(found):
        if person:
            people.add(person)
        outline.answer(spoken)
    unread = () if outline.opened else (Unread(line=1, text="", reason=gettext_noop("the case has no transcript")),)
    title = string(at(found, "title")) or string(at(data, "title")) or string(at(data, "name"))
    return Transcript(
        title=title,
        date=date_in(title),
        source_url=string(at(data, "href")),
        panelists=people.panelists(),
        exchanges=outline.exchanges(),
        unread=unread,
    )


def _turns(data: Any) -> Iterator[tuple[PanelMember | None, Turn]]:
    for section in rows(at(data, "sections")):
        for row in rows(section.get("turns")):
            blocks = [string(block.get("text")) for block in rows(row.get("text_blocks"))]
            text = "\n\n".join(escape(block) for block in blocks if block)
            if text:
                person = _panelist(row.get("speaker"))
                name = person.name if person else None
                yield person, turn(text, name, time=_time(row.get("start")), line=None)


def _panelist(speaker: Any) -> PanelMember | None:
    name = string(at(speaker, "name"))
    role = string(at(speaker, "roles", 0, "role_title"))
    return PanelMember(name=name, title=role) if name else None


def _time(value: Any) -> float | None:
    return round(float(value), 3) if isinstance(value, int | float) else None


FORMAT = Format(
    name="oyez",
    suffix=".oyez.json",
    media_type="application/json",
    recognises=lambda source: 0.94 if matches(source.text) else 0.0,
    read=lambda source: read(source.text),
)
