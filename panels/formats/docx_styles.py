"""The paragraph styles that Panels gives its Word documents, and reading such a document back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from panels.formats.cues import TIME, seconds
from panels.formats.outline import Outline
from panels.formats.particulars import named, take
from panels.formats.richtext import Block, Kind, Span, tidy, to_markdown
from panels.transcript import Transcript, Turn

ABOUT = "Panels About"
INTRODUCTION = "Panels Introduction"
HEADED = "Panels Heading"
QUESTION = "Panels Question"
TURN = "Panels Turn"
NOBODY = "Panels Nobody"
PLAIN = "Panels Text"
CODE = "Panels Code"
INLINE_CODE = "Panels Inline Code"  # of characters, not of paragraphs
NUMBERED = "Panels Numbered"  # its number is text: Word would count from 1
OWN = (ABOUT, INTRODUCTION, HEADED, QUESTION, TURN, NOBODY, PLAIN, CODE, NUMBERED)
_NUMBER = re.compile(r"(?P<deeper>\t*)(?P<marker>\d+\.)\t")
_ABOVE = 2
_TIME = re.compile(rf"\s*\[(?P<time>{TIME.pattern})\]\s?")


@dataclass(frozen=True, slots=True)
class Styled:
    """A paragraph with the name of its style."""

    block: Block
    style: str
    line: int


def is_own(paragraphs: Sequence[Styled]) -> bool:
    """Whether Panels wrote the document."""
    return any(paragraph.style in (HEADED, QUESTION, TURN, NOBODY) for paragraph in paragraphs)


def read_own(paragraphs: Sequence[Styled], title: str) -> Transcript:
    """The transcript that was written."""
    reading = _Reading()
    for paragraph in paragraphs:
        reading.take(paragraph)
    reading.close()
    transcript, left = take(Transcript(title=title), reading.about)
    introduction = to_markdown([*(Block((Span(line),)) for line in left), *reading.introduction])
    return replace(transcript, introduction=introduction, exchanges=reading.outline.exchanges())


@dataclass
class _Reading:
    outline: Outline = field(default_factory=Outline)
    about: list[str] = field(default_factory=list)
    introduction: list[Block] = field(default_factory=list)
    turn: dict[str, Any] | None = None
    opens: bool = False
    blocks: list[Block] = field(default_factory=list)

    def take(self, paragraph: Styled) -> None:
        """Take a paragraph."""
        if paragraph.style in (HEADED, QUESTION, TURN, NOBODY):
            self.close()
            self.opens = paragraph.style in (HEADED, QUESTION)
            self.turn = {"line": paragraph.line}
            self._head(paragraph)
        elif paragraph.style == ABOUT and self.turn is None:
            self.about.append(paragraph.block.text)
        else:
            (self.introduction if self.turn is None else self.blocks).append(_own_kind(paragraph))

    def _head(self, paragraph: Styled) -> None:
        spans = list(paragraph.block.spans)
        shown = ""
        if paragraph.style in (QUESTION, TURN) and spans and spans[0].bold:
            shown = spans.pop(0).text
            spans = list(_without(spans, 1))  # the colon
        fields = named(shown)
        found = _TIME.match("".join(span.text for span in spans))
        if found and paragraph.style != HEADED:
            fields["time"] = seconds(found["time"])
            spans = list(_without(spans, found.end()))
        self.turn = {**(self.turn or {}), **fields}
        self.blocks = [Block(tidy(spans))]

    def close(self) -> None:
        """End the turn that is open."""
        if self.turn is not None:
            said = Turn(text=to_markdown(self.blocks), **self.turn)
            (self.outline.question if self.opens else self.outline.answer)(said)


def _without(spans: Sequence[Span], count: int) -> Iterator[Span]:
    for span in spans:
        yield replace(span, text=span.text[count:])
        count = max(0, count - len(span.text))


def _own_kind(paragraph: Styled) -> Block:
    if paragraph.style == CODE:
        return Block((Span(paragraph.block.text),), Kind.CODE)
    found = _NUMBER.match(paragraph.block.text) if paragraph.style == NUMBERED else None
    if found:
        spans = tidy(_without(paragraph.block.spans, found.end()))
        return Block(spans, Kind.ITEM, found["marker"], len(found["deeper"]) + 1)
    if paragraph.style == "Quote":
        return replace(paragraph.block, kind=Kind.QUOTE)
    if paragraph.block.kind is Kind.HEADING:  # below the title and the questions
        return replace(paragraph.block, level=paragraph.block.level - _ABOVE)
    return paragraph.block
