"""Transcripts as small plain values, so that a test shows all of what was read."""

from __future__ import annotations

from panels.transcript import Transcript, Turn

PlainTurn = tuple[str | None, str | None, str, float | None]


def value_of(turn: Turn | None) -> PlainTurn | None:
    """Label, speaker, words and time of a turn."""
    return (turn.label, turn.speaker, turn.text, turn.time) if turn else None


def exchanges_of(transcript: Transcript) -> list[tuple[PlainTurn | None, list[PlainTurn | None]]]:
    """Each exchange as its question and its answers."""
    return [
        (value_of(exchange.question), [value_of(answer) for answer in exchange.answers])
        for exchange in transcript.exchanges
    ]


def unread_of(transcript: Transcript) -> list[tuple[int, str, str]]:
    """What was not read: line, text and reason."""
    return [(item.line, item.text, item.reason) for item in transcript.unread]
