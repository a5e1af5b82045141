"""The texts of a transcript that proposals are made for."""

from collections.abc import Iterator
from dataclasses import dataclass

from panels.transcript import Transcript

INTRODUCTION = "0"


@dataclass(frozen=True, slots=True)
class TextPassage:
    """The introduction or an answer; `place` is its place in the preview, `voice` its speaker or else its label."""

    place: str
    text: str
    voice: str = ""

    @property
    def is_attributed(self) -> bool:
        """Whether it has a speaker or a label."""
        return bool(self.voice)


def text_passages(transcript: Transcript) -> Iterator[TextPassage]:
    """The introduction, then the answers in order."""
    yield TextPassage(INTRODUCTION, transcript.introduction)
    for number, exchange in enumerate(transcript.exchanges, start=1):
        for at, turn in enumerate(exchange.answers, start=1):
            yield TextPassage(f"{number}.{at}", turn.text, turn.speaker or turn.label or "")
