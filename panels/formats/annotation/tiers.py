"""Convert transcriptions with one tier per speaker to turns; shared by EXMARaLDA and ELAN."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby

from panels.formats.parsing.richtext import escape
from panels.formats.speakers.people import People, named, turn
from panels.formats.structure.outline import Outline
from panels.transcript import Transcript


@dataclass(frozen=True, slots=True)
class TimedUtterance:
    """An utterance from a time on; `order` sorts the times."""

    order: int
    name: str | None
    text: str
    time: float | None
    line: int


def spoken(events: Iterable[TimedUtterance], known: Transcript) -> Transcript:
    """The transcript of events: the longest run of one speaker is a turn."""
    ordered = sorted((event for event in events if event.text.strip()), key=lambda event: event.order)
    outline, people = Outline(), People()
    for label, run in groupby(ordered, key=lambda event: event.name):
        first, *rest = run
        called = named(label)
        name = called and people.met(called, label)
        text = " ".join(" ".join(event.text for event in (first, *rest)).split())
        outline.answer(turn(escape(text), name, label=label, time=first.time, line=first.line))
    return replace(known, panelists=people.panelists(), exchanges=outline.exchanges())
