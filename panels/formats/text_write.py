"""A session as plain text, to read anywhere and to paste: names before the words, blank lines between.

Texts stay Markdown, which is meant to be read as it is.
"""

from __future__ import annotations

from collections.abc import Iterator

from panels.formats.base import Format
from panels.formats.particulars import clock, lines_of, shown_name
from panels.transcript import Exchange, Transcript, Turn

UNKNOWN = "Unknown speaker"  # what stands where no name is: words without any would seem the last speaker's


def write(transcript: Transcript) -> str:
    """The whole text."""
    return "".join(stream(transcript))


def stream(transcript: Transcript) -> Iterator[str]:
    """The text in pieces: the head, then each exchange."""
    title = " ".join(transcript.title.split())
    about = "\n".join(lines_of(transcript))
    head = [part for part in (title, about, transcript.introduction) if part]
    if head:
        yield "\n\n".join(head) + "\n"
    for number, exchange in enumerate(transcript.exchanges, start=1):
        yield "".join(f"\n{block}\n" for block in _blocks(exchange, number))


def _blocks(exchange: Exchange, number: int) -> Iterator[str]:
    question = exchange.question
    if question and question.label is None and question.speaker is None:
        yield f"Question {number}: {question.text}"
    elif question:
        yield f"Question {number}:"
        yield _said(question)
    for answer in exchange.answers:
        yield _said(answer)


def _said(turn: Turn) -> str:
    time = f" [{clock(turn.time)}]" if turn.time is not None else ""
    return f"{shown_name(turn) or UNKNOWN}{time}: {turn.text}"


FORMAT = Format(
    name="text",
    suffix=".txt",
    media_type="text/plain; charset=utf-8",
    write=write,
)
