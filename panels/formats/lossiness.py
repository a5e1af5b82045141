"""What each format preserves of a transcript: `read(write(t)) == preserved(t)` always holds.

The session document and the JSON archive preserve everything. The others preserve the record, but not notes made while
a source was read (`line`, `unread`): these refer to the lines of one file, and a written file is another.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from panels.formats.decoding import LINE_END
from panels.formats.parsing.markdown_blocks import blocks_of
from panels.formats.parsing.richtext import Block, to_markdown
from panels.formats.parsing.xmltree import legal
from panels.transcript import Transcript, Turn


def clean(text: str) -> str:
    """A text with the line ends and the characters that every file can hold."""
    return legal(LINE_END.sub("\n", text))


def normal(markdown: str) -> str:
    """Markdown as all writers of markup write it: the same words and formatting in normal form."""
    return to_markdown(blocks_of(clean(markdown)))


def caption_blocks(markdown: str) -> tuple[Block, ...]:
    """Markdown as paragraphs of one line each, with nothing but bold and italics."""
    return tuple(
        Block(tuple(replace(span, text=" ".join(span.text.split("\n")), code=False, link="") for span in block.spans))
        for block in blocks_of(clean(markdown))
    )


def everything(transcript: Transcript) -> Transcript:
    """The transcript itself, for lossless formats."""
    return transcript


def the_record(transcript: Transcript) -> Transcript:
    """The record with its Markdown in normal form, for formats with markup of their own."""
    changed = replace(transcript, introduction=normal(transcript.introduction), unread=())
    return with_turns(changed, lambda turn: replace(turn, text=normal(turn.text), line=None))


def captions(transcript: Transcript) -> Transcript:
    """A transcript as WebVTT preserves it: spoken turns as paragraphs with bold and italics, the record of the rest."""

    def captioned(turn: Turn) -> Turn:
        return replace(turn, text=to_markdown(caption_blocks(turn.text)), line=None)

    def asked(turn: Turn) -> Turn:
        return replace(turn, text=normal(turn.text), line=None) if is_heading(turn) else captioned(turn)

    exchanges = tuple(
        replace(
            exchange,
            question=exchange.question and asked(exchange.question),
            answers=tuple(map(captioned, exchange.answers)),
        )
        for exchange in transcript.exchanges
    )
    return replace(transcript, introduction=normal(transcript.introduction), exchanges=exchanges, unread=())


def is_heading(question: Turn) -> bool:
    """Whether a question is a written heading rather than spoken: without a speaker and a time."""
    return question.label is None and question.speaker is None and question.time is None


def with_turns(transcript: Transcript, change: Callable[[Turn], Turn]) -> Transcript:
    """The transcript with every turn changed."""
    exchanges = tuple(
        replace(
            exchange,
            question=exchange.question and change(exchange.question),
            answers=tuple(map(change, exchange.answers)),
        )
        for exchange in transcript.exchanges
    )
    return replace(transcript, exchanges=exchanges)


def without_lines(transcript: Transcript) -> Transcript:
    """The transcript without line numbers of a source: after reading, `line` always refers to the file just read."""
    return with_turns(replace(transcript, unread=()), lambda turn: replace(turn, line=None))
