"""The texts of a transcript in which proposals are looked for."""

from collections.abc import Iterator
from dataclasses import dataclass

from panels.transcript import Transcript

INTRODUCTION = "0"


@dataclass(frozen=True, slots=True)
class TextPassage:
    """The introduction or an answer; `place` is its number on the preview."""

    place: str
    text: str
    is_attributed: bool
    """Whether a speaker or a label stands above it."""


def text_passages(transcript: Transcript) -> Iterator[TextPassage]:
    """The introduction, then the answers in order."""
    yield TextPassage(INTRODUCTION, transcript.introduction, is_attributed=False)
    for number, exchange in enumerate(transcript.exchanges, start=1):
        for at, turn in enumerate(exchange.answers, start=1):
            yield TextPassage(f"{number}.{at}", turn.text, is_attributed=bool(turn.speaker or turn.label))
