"""What stands about a session beside its words, as `Name: value` lines.

Plain text and caption files have no fields of their own, so their writers put these lines where the format
has room for a note, and their readers take them back. Values are one line each.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from panels.transcript import Attribution, Correction, Panelist, Role, Transcript, Turn

FIELDS = {
    "Programme": "programme",
    "Publisher": "publisher",
    "Language": "language",
    "Translation": "translation",
    "Translated from": "translated_from",
    "Source": "source_title",
    "Source address": "source_url",
    "Source note": "source_note",
    "Recording": "recording_url",
    "Licence": "licence",
}
_INFERRED = re.compile(r"(?P<name>.+?) \(attribution inferred: (?P<evidence>.+)\)")
_CORRECTION = re.compile(r"(?P<date>\d{4}-\d\d-\d\d)(?: \((?P<anchor>[^()\s]+)\))? (?P<note>.+)")
_LINE = re.compile(r"(?P<name>[A-Z][a-z]+(?: [a-z]+)?): (?P<value>\S.*)")


def lines_of(transcript: Transcript) -> Iterator[str]:
    """The lines for what a transcript says about itself; nothing for what it does not say."""
    if transcript.date:
        yield f"Date: {transcript.date.isoformat()}"
    for name, field in FIELDS.items():
        value = " ".join(getattr(transcript, field).split())
        if value:
            yield f"{name}: {value}"
    if transcript.tags:
        yield "Tags: " + "; ".join(transcript.tags)
    for correction in transcript.corrections:
        where = f" ({correction.anchor})" if correction.anchor else ""
        yield f"Correction: {correction.date.isoformat()}{where} {' '.join(correction.note.split())}"
    for panelist in transcript.panelists:
        parts = [panelist.name, panelist.title, panelist.organisation]
        yield f"{panelist.role.value.capitalize()}: " + "; ".join(parts).rstrip("; ")


def shown_name(turn: Turn) -> str:
    """Whom a reader sees before the words: the name, and how it is known where the source does not say it."""
    name = turn.speaker or turn.label or ""
    return f"{name} (attribution inferred: {turn.evidence})" if turn.evidence and turn.speaker else name


def named(shown: str) -> dict[str, Any]:
    """The fields of a Turn that a shown name stands for."""
    found = _INFERRED.fullmatch(shown)
    if found:
        fields = {"label": found["name"], "speaker": found["name"], "evidence": found["evidence"]}
        return {**fields, "attribution": Attribution.INFERRED}
    known = Attribution.STATED if shown else Attribution.UNKNOWN
    return {"label": shown or None, "speaker": shown or None, "attribution": known}


def clock(seconds: float) -> str:
    """A time as h:mm:ss, with a fraction where there is one."""
    whole = round(seconds * 1000)
    fraction = f".{whole % 1000:03}".rstrip("0") if whole % 1000 else ""
    return f"{whole // 3_600_000}:{whole // 60_000 % 60:02}:{whole // 1000 % 60:02}{fraction}"


def take(transcript: Transcript, lines: Iterable[str]) -> tuple[Transcript, list[str]]:
    """The transcript with what the lines say, and the lines that say nothing known."""
    left = []
    for line in lines:
        found = _LINE.fullmatch(line.strip())
        changed = _with(transcript, found["name"], found["value"]) if found else None
        if changed is None:
            left.append(line)
        else:
            transcript = changed
    return transcript, left


def _with(transcript: Transcript, name: str, value: str) -> Transcript | None:
    if name in FIELDS:
        said: dict[str, Any] = {FIELDS[name]: value}
        return replace(transcript, **said)
    if name == "Date":
        return _dated(transcript, value)
    if name == "Tags":
        return replace(transcript, tags=tuple(value.split("; ")))
    if name == "Correction":
        return _corrected(transcript, value)
    if name.lower() in {role.value for role in Role}:
        person, title, organisation, *_ = [*value.split("; "), "", ""]
        panelist = Panelist(name=person, role=Role(name.lower()), title=title, organisation=organisation)
        return replace(transcript, panelists=(*transcript.panelists, panelist))
    return None


def _dated(transcript: Transcript, value: str) -> Transcript | None:
    try:
        return replace(transcript, date=dt.date.fromisoformat(value))
    except ValueError:
        return None


def _corrected(transcript: Transcript, value: str) -> Transcript | None:
    found = _CORRECTION.fullmatch(value)
    if not found:
        return None
    try:
        date = dt.date.fromisoformat(found["date"])
    except ValueError:
        return None
    correction = Correction(date=date, note=found["note"], anchor=found["anchor"] or "")
    return replace(transcript, corrections=(*transcript.corrections, correction))
