"""Read pages and documents by their visible text, if their markup does not give the speakers.

Their paragraphs become lines of Markdown for the readers of text: for numbered questions with names alone below them,
`Q:` and `A:`, names with times. Lines are reported as numbered in the page or document.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from panels.formats.base import FormatError, Source
from panels.formats.dialogue import (
    md_bold,
    md_emphasis,
    md_heading,
    name_alone,
    name_colon,
    name_dash,
    name_time,
    question_answer,
)
from panels.formats.dialogue.interviews import article, blog_interview
from panels.formats.parsing.richtext import BlockKind, to_markdown
from panels.formats.structure.paragraphs import Para, ParagraphPart
from panels.transcript import Exchange, Transcript, Unread

_READERS = (
    article.FORMAT,
    blog_interview.FORMAT,
    md_bold.FORMAT,
    md_emphasis.FORMAT,
    md_heading.FORMAT,
    name_time.FORMAT,
    name_alone.FORMAT,
    question_answer.FORMAT,
    name_colon.FORMAT,
    name_dash.FORMAT,
)


@dataclass
class _Text:
    """Lines of text, with the original line of each."""

    lines: list[str] = field(default_factory=list)
    origins: list[int] = field(default_factory=list)

    def add(self, text: str, origin: int, *, counts: bool = False) -> None:
        """Add lines; if the source `counts` them, each has a number of its own."""
        for number, line in enumerate(text.split("\n")):
            self.lines.append(line)
            self.origins.append(origin + number * counts)

    def origin(self, line: int | None) -> int:
        """The original line of a line."""
        return self.origins[min(max(line or 1, 1), len(self.origins)) - 1]


def read_shown(paras: Sequence[Para], known: Transcript) -> Transcript:
    """The transcript of the visible text, unless `known`, which the markup gave, has more labelled turns."""
    if any(para.part is ParagraphPart.LABEL for para in paras):
        return known
    text = _shown(known.title, paras)
    try:
        found = _read(Source.of("\n".join(text.lines)))
    except FormatError:  # too many lines for a text
        return known
    if found is None or _size_of(found) < _size_of(known):
        return known
    asides = [Unread(line=para.line, text=para.block.text, reason=para.reason) for para in paras if _is_aside(para)]
    unread = [*asides, *(replace(item, line=text.origin(item.line)) for item in found.unread)]
    return replace(
        known,
        title=known.title or found.title,
        introduction=found.introduction,
        tags=known.tags or found.tags,
        panelists=found.panelists,
        exchanges=tuple(_moved(exchange, text) for exchange in found.exchanges),
        unread=tuple(sorted(unread, key=lambda item: item.line)),
    )


def _read(source: Source) -> Transcript | None:
    sure = [(reader.recognises(source), -at) for at, reader in enumerate(_READERS) if reader.recognises]
    most, at = max(sure)
    reader = _READERS[-at].read
    return reader(source) if most and reader else None


def _shown(title: str, paras: Sequence[Para]) -> _Text:
    text = _Text()
    if title:
        text.add(f"# {title}", 1)
    shown = [para for para in paras if not _is_aside(para)]
    verbatim = all(para.block.kind is BlockKind.CODE for para in shown)  # a page that is a single typewritten text
    before = BlockKind.PARAGRAPH
    for para in shown:
        if text.lines and not (before is para.block.kind is BlockKind.ITEM):
            text.add("", para.line)
        block = para.block.text if verbatim else to_markdown([para.block]).replace("\\\n", "\n")
        text.add(block, para.line, counts=verbatim)
        before = para.block.kind
    return text


def _is_aside(para: Para) -> bool:
    return para.part is ParagraphPart.ASIDE


def _size_of(transcript: Transcript) -> tuple[int, int, int]:
    """The number of turns with a label, of those with a speaker, and of those with a time."""
    turns = list(transcript.turns)
    labelled, spoken = sum(1 for turn in turns if turn.label), sum(1 for turn in turns if turn.speaker)
    return labelled, spoken, sum(1 for turn in turns if turn.time is not None)


def _moved(exchange: Exchange, text: _Text) -> Exchange:
    question = exchange.question
    return replace(
        exchange,
        question=replace(question, line=text.origin(question.line)) if question else None,
        answers=tuple(replace(turn, line=text.origin(turn.line)) for turn in exchange.answers),
    )
