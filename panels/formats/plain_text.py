"""Prose in which nobody is named: one turn without a speaker. Whatever is text can be read so."""

from __future__ import annotations

from panels.formats.base import Format, Source
from panels.transcript import Exchange, Transcript, Turn


def recognises(source: Source) -> float:
    """Anything may be prose; every other format is surer of what it knows."""
    return 0.01 if source.raw.strip() else 0.0


def read(source: Source) -> Transcript:
    """The whole text as one turn."""
    text = source.text.strip()
    line = next((n for n, words in enumerate(source.lines, start=1) if words.strip()), 1)
    return Transcript(exchanges=(Exchange(question=None, answers=(Turn(text=text, line=line),)),))


FORMAT = Format(name="plain", suffix=".txt", media_type="text/plain", recognises=recognises, read=read)
