"""Metadata of a session as `Name: value` lines, and the visible form of a turn's speaker.

Files for people have no fields, so their writers put these lines at the head and at the end of a file, and their
readers parse them. Values are one line each.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from panels.formats.parsing.xmltree import legal
from panels.formats.structure.cues import TIME, seconds
from panels.transcript import (
    EVENT_FIELDS,
    Attribution,
    CorrectionEntry,
    PanelMember,
    Role,
    Transcript,
    Translation,
    Turn,
)

_ABOUT = {
    "Programme": "programme",
    "Publisher": "publisher",
    "Language": "language",
    "Translation": "translation",
    "Translated from": "translated_from",
}
_CLOSING = {
    "Pull quote": "pull_quote",
    "Source": "source_title",
    "Source address": "source_url",
    "Source note": "source_note",
    "Recording": "recording_url",
    "Licence": "licence",
    "Version": "version",
    "Address": "address",
}
_WRITTEN_OTHERWISE = {"title", "date", "introduction"}
_ABOUT |= {
    name.replace("_", " ").capitalize(): name
    for name in EVENT_FIELDS
    if name not in {*_WRITTEN_OTHERWISE, *_ABOUT.values(), *_CLOSING.values()}
}
_FIELDS = {**_ABOUT, **_CLOSING, "Edition": "version"}  # "Edition" in files of earlier releases
_INFERRED = re.compile(r"(?=.+\)\Z)(?P<name>.+?) \(attribution inferred: (?P<evidence>.+)\)")
_CORRECTION = re.compile(r"(?P<date>\d{4}-\d\d-\d\d)(?: \((?P<anchor>[^()\s]+)\))? (?P<note>.+)")
_LINE = re.compile(r"(?P<name>[A-Z][a-z]+(?: [a-z]+)*): (?P<value>\S.*)")
_WHOLE = re.compile(r"[0-9]{1,18}")


def about_lines(transcript: Transcript) -> Iterator[str]:
    """The lines at the head: date, programme, people. Unknown fields are left out."""
    return filter(_is_known, _about(transcript))


def closing_lines(transcript: Transcript) -> Iterator[str]:
    """The lines at the end: corrections, source, licence, version and URL."""
    return filter(_is_known, _closing(transcript))


def _about(transcript: Transcript) -> Iterator[str]:
    if transcript.date:
        yield f"Date: {transcript.date.isoformat()}"
    yield from _lines(transcript, _ABOUT)
    if transcript.tags:
        yield "Tags: " + "; ".join(map(one_line, transcript.tags))
    for panelist in transcript.panelists:
        parts = map(one_line, (panelist.name, panelist.title, panelist.organisation))
        yield f"{panelist.role.value.capitalize()}: " + "; ".join(parts).rstrip("; ")


def _closing(transcript: Transcript) -> Iterator[str]:
    for correction in transcript.corrections:
        where = f" ({correction.anchor})" if correction.anchor else ""
        yield one_line(f"Correction: {correction.date.isoformat()}{where} {correction.note}")
    yield from _lines(transcript, _CLOSING)


def _lines(transcript: Transcript, fields: dict[str, str]) -> Iterator[str]:
    for name, field in fields.items():
        value = getattr(transcript, field)
        if value not in ("", None):
            yield f"{name}: {one_line(str(value))}"


def _is_known(line: str) -> bool:
    """Whether a line can be parsed again; one with an empty value, for example, cannot."""
    return not take(Transcript(), [line])[1]


def one_line(text: str) -> str:
    """A text on one line, of characters that every file can hold."""
    return legal(" ".join(text.split()))


def shown_name(turn: Turn) -> str:
    """The visible form of the speaker: the name, and how it is known if the source does not give it."""
    name = turn.speaker or turn.label or ""
    shown = f"{name} (attribution inferred: {turn.evidence})" if turn.evidence and turn.speaker else name
    return one_line(shown)


def named(shown: str) -> dict[str, Any]:
    """The fields of a Turn for the visible form of its speaker."""
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


def time_of(shown: str) -> float | None:
    """The time that `clock` wrote; None for anything else."""
    return seconds(shown) if TIME.fullmatch(shown) else None


def as_shown(turn: Turn) -> Turn:
    """The turn reduced to its visible name, time and text."""
    time = None if turn.time is None else time_of(clock(turn.time))
    return Turn(text=turn.text, time=time, line=turn.line, **named(shown_name(turn)))


def take(transcript: Transcript, lines: Iterable[str]) -> tuple[Transcript, list[str]]:
    """The transcript with the fields in the lines, and the lines that were not recognised."""
    left = []
    for line in lines:
        found = _LINE.fullmatch(line.strip())
        changed = _with(transcript, found["name"], found["value"]) if found else None
        if changed is None:
            left.append(line)
        else:
            transcript = changed
    return transcript, left


def as_taken(transcript: Transcript) -> Transcript:
    """The transcript reduced to the fields in its lines, without text."""
    return take(Transcript(), (*about_lines(transcript), *closing_lines(transcript)))[0]


def _with(transcript: Transcript, name: str, value: str) -> Transcript | None:
    if name in _FIELDS:
        return _field(transcript, _FIELDS[name], value)
    if name == "Date":
        return _dated(transcript, value)
    if name == "Tags":
        return replace(transcript, tags=tuple(value.split("; ")))
    if name == "Correction":
        return _corrected(transcript, value)
    if name.lower() in {role.value for role in Role}:
        person, title, organisation, *_ = [*value.split("; "), "", ""]
        panelist = PanelMember(name=person, role=Role(name.lower()), title=title, organisation=organisation)
        return replace(transcript, panelists=(*transcript.panelists, panelist))
    return None


def _field(transcript: Transcript, field: str, value: str) -> Transcript | None:
    changes: dict[str, Any] = {field: value}
    if field == "version":
        if not _WHOLE.fullmatch(value):
            return None
        changes = {field: int(value)}
    if field == "translation":
        if value not in set(Translation):
            return None
        changes = {field: Translation(value)}
    return replace(transcript, **changes)


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
    correction = CorrectionEntry(date=date, note=found["note"], anchor=found["anchor"] or "")
    return replace(transcript, corrections=(*transcript.corrections, correction))
