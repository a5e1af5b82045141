"""The paragraph styles of Word documents that Panels writes, and reading such documents back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from panels.formats.native.passage_fields import restored
from panels.formats.office.docx.notes import SESSION, HiddenNote
from panels.formats.parsing.richtext import Block, BlockKind, Span, tidy, to_markdown
from panels.formats.structure.cues import TIME
from panels.formats.structure.metadata_lines import clock, named, shown_name, take, time_of
from panels.formats.structure.outline import Outline
from panels.transcript import Transcript, Turn

ABOUT = "Panels About"
CLOSING = "Panels Closing"
INTRODUCTION = "Panels Introduction"
HEADED = "Panels Heading"
QUESTION = "Panels Question"
TURN = "Panels Answer"
NOBODY = "Panels Nobody"
UNASKED = "Panels Unasked"  # an exchange in which nothing was asked
PLAIN = "Panels Text"
CODE = "Panels Code"
INLINE_CODE = "Panels Inline Code"  # of characters, not of paragraphs
SPEAKER = "Panels Speaker"  # of characters, too
NUMBERED = "Panels Numbered"  # its mark is text: Word would count from 1, and knows three depths of bullets
OWN = (ABOUT, CLOSING, INTRODUCTION, HEADED, QUESTION, TURN, NOBODY, UNASKED, PLAIN, CODE, NUMBERED)
_FORMER = {"Panels Turn": TURN}
_OPENING = (HEADED, QUESTION, TURN, NOBODY, UNASKED)
_NUMBER = re.compile(r"(?P<deeper>\t*)(?P<marker>\d+\.|-)\t")
_ABOVE = 2
_TIME = re.compile(rf"(?<!\s)\s*\[(?P<time>{TIME.pattern})\]$")


@dataclass(frozen=True, slots=True)
class Styled:
    """A paragraph with the name of its style."""

    block: Block
    style: str
    line: int
    bookmarks: tuple[str, ...] = ()


def head_of(turn: Turn) -> str:
    """The bold text before a turn: name and time."""
    time = f"[{clock(turn.time)}]" if turn.time is not None else ""
    return " ".join(filter(None, (shown_name(turn), time)))


def as_headed(turn: Turn) -> Turn:
    """The turn, reduced to what its bold text and its words show."""
    return Turn(text=turn.text, **_head_fields(head_of(turn)))


def _head_fields(head: str) -> dict[str, Any]:
    found = _TIME.search(head)
    return {**named(head[: found.start()] if found else head), "time": time_of(found["time"]) if found else None}


def current_name(style: str) -> str:
    """The name of a style, also in documents of earlier releases."""
    return _FORMER.get(style, style)


def is_own(paragraphs: Sequence[Styled]) -> bool:
    """Whether Panels wrote the document."""
    return any(paragraph.style in OWN for paragraph in paragraphs)


def read_own(paragraphs: Sequence[Styled], title: str, notes: Mapping[str, HiddenNote]) -> Transcript:
    """The transcript that was written. Raises FormatError if the notes are damaged."""
    reading = _DocxReading(notes)
    for paragraph in paragraphs:
        reading.take(paragraph)
    reading.close()
    transcript, left = take(Transcript(title=title), reading.about)
    introduction = to_markdown([*(Block((Span(line),)) for line in left), *reading.introduction])
    transcript = replace(transcript, introduction=introduction, exchanges=reading.outline.exchanges())
    return restored(transcript, notes.get(SESSION, HiddenNote()).hidden)


@dataclass
class _DocxReading:
    notes: Mapping[str, HiddenNote]
    outline: Outline = field(default_factory=Outline)
    about: list[str] = field(default_factory=list)
    introduction: list[Block] = field(default_factory=list)
    head: Styled | None = None  # the first paragraph of the turn that is open
    fields: dict[str, Any] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)

    def take(self, paragraph: Styled) -> None:
        """Take a paragraph."""
        if paragraph.style == UNASKED:
            self.close()
            self.outline.question(None)
            if self._note(paragraph).follow_up:
                self.outline.follow_up()
        elif paragraph.style in _OPENING:
            self.close()
            self._open(paragraph)
        elif paragraph.style in (ABOUT, CLOSING):
            self.about.append(paragraph.block.text)
        else:
            (self.introduction if self.head is None else self.blocks).append(_own_kind(paragraph))

    def _open(self, paragraph: Styled) -> None:
        spans = list(paragraph.block.spans)
        shown = ""
        if paragraph.style in (QUESTION, TURN) and spans and spans[0].bold:
            shown = spans.pop(0).text
            spans = list(_without(spans, 1))  # the colon
        self.head, self.fields, self.blocks = paragraph, _head_fields(shown), [Block(tidy(spans))]

    def _note(self, paragraph: Styled) -> HiddenNote:
        return next((self.notes[name] for name in paragraph.bookmarks if name in self.notes), HiddenNote())

    def close(self) -> None:
        """End the current turn."""
        if self.head is None:
            return
        note, opens = self._note(self.head), self.head.style in (HEADED, QUESTION)
        said = Turn(text=to_markdown(self.blocks), line=self.head.line, **self.fields)
        (self.outline.question if opens else self.outline.answer)(restored(said, note.hidden, line=self.head.line))
        if opens and note.follow_up:
            self.outline.follow_up()
        self.head, self.blocks = None, []


def _without(spans: Sequence[Span], count: int) -> Iterator[Span]:
    for span in spans:
        yield replace(span, text=span.text[count:])
        count = max(0, count - len(span.text))


def _own_kind(paragraph: Styled) -> Block:
    if paragraph.style == CODE:
        return Block((Span(paragraph.block.text),), BlockKind.CODE)
    found = _NUMBER.match(paragraph.block.text) if paragraph.style == NUMBERED else None
    if found:
        spans = tidy(_without(paragraph.block.spans, found.end()))
        return Block(spans, BlockKind.ITEM, found["marker"], len(found["deeper"]) + 1)
    if paragraph.style == "Quote":
        return replace(paragraph.block, kind=BlockKind.QUOTE)
    if paragraph.block.kind is BlockKind.HEADING:  # below the title and the questions
        return replace(paragraph.block, level=paragraph.block.level - _ABOVE)
    return paragraph.block
