"""Helpers for tests of readers: read a text, and its turns as plain values."""

from panels.formats import registry
from panels.formats.base import Source
from panels.transcript import Transcript, Turn

PlainTurn = tuple[str | None, str | None, float | None, str]


def reads(text: str) -> tuple[str, Transcript]:
    """The name of the format that a text is found to be in, and what it says."""
    source = Source.of(text)
    return registry.recognised(source)[0][1].name, registry.read(source)


def plain_turn(turn: Turn | None) -> PlainTurn | None:
    """Label, speaker, time and words."""
    return (turn.label, turn.speaker, turn.time, turn.text) if turn else None


def exchanges(transcript: Transcript) -> list[tuple[PlainTurn | None, list[PlainTurn | None]]]:
    """Each question with its answers."""
    return [
        (plain_turn(entry.question), [plain_turn(turn) for turn in entry.answers]) for entry in transcript.exchanges
    ]
