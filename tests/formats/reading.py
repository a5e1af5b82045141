"""What tests of readers share: a text read, and what was said in it as plain values."""

from panels.formats import registry
from panels.formats.base import Source
from panels.transcript import Transcript, Turn

Said = tuple[str | None, str | None, float | None, str]


def reads(text: str) -> tuple[str, Transcript]:
    """The name of the format that a text is found to be in, and what it says."""
    source = Source.of(text)
    return registry.recognised(source)[0][1].name, registry.read(source)


def said(turn: Turn | None) -> Said | None:
    """Label, speaker, time and words."""
    return (turn.label, turn.speaker, turn.time, turn.text) if turn else None


def exchanges(transcript: Transcript) -> list[tuple[Said | None, list[Said | None]]]:
    """Each question with its answers."""
    return [(said(entry.question), [said(turn) for turn in entry.answers]) for entry in transcript.exchanges]
