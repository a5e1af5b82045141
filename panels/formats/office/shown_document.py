"""Turn the paragraphs of a document into a transcript. The readers for Word, OpenDocument, RTF and PDF all use this."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from panels.formats.dates import date_in
from panels.formats.dialogue.shown_text import read_shown
from panels.formats.head_dates import dated
from panels.formats.limits import timed
from panels.formats.markup.html_marks import COLUMN_HEADINGS, NOBODY, columns_of
from panels.formats.markup.html_times import clock as clock_words
from panels.formats.office.written_replies import as_reply
from panels.formats.parsing.richtext import Block, BlockKind, Span, tidy, to_markdown
from panels.formats.parsing.times import seconds_of
from panels.formats.structure.layout import Layout
from panels.formats.structure.paragraphs import Para, ParagraphPart
from panels.transcript import Transcript, Unread

_HEADING = re.compile(r"(?:heading|überschrift|titre|标题|標題)\s*([1-9])", re.IGNORECASE)
Cell = Callable[[int, int], Iterator[Para]]  # the paragraphs of a cell, by its row and column


def read_paragraphs(paras: Sequence[Para], *, title: str, unread: Sequence[Unread], name: str) -> Transcript:
    """The transcript in the paragraphs; `unread` is what the reader left out, `name` the name of the file."""
    paras = [_unbold(para) for para in paras if para.block.spans]
    reply = as_reply(paras)
    if reply:
        reply = replace(reply, title=title or reply.title, unread=(*reply.unread, *unread))
        return dated(reply, reply.introduction.split("\n"), name)
    layout = Layout()
    layout.read(paras)
    transcript = read_shown(
        paras,
        Transcript(
            title=title,
            date=date_in(title),
            introduction=to_markdown(layout.introduction),
            panelists=layout.people.panelists(),
            exchanges=layout.outline.exchanges(),
            unread=tuple(layout.unread),
        ),
    )
    told = replace(transcript, unread=tuple(sorted([*transcript.unread, *unread], key=lambda item: item.line)))
    return dated(told, transcript.introduction.split("\n"), name)


def heading_level(style: str) -> int:
    """The heading level of a paragraph style; 0 if it is not a heading."""
    found = _HEADING.fullmatch(style)
    return int(found[1]) if found else 0


def without_title(paras: list[Para], titles: set[int]) -> tuple[str, list[Para]]:
    """The first paragraph in a title style, if there is one, and the other paragraphs."""
    for index, para in enumerate(paras):
        if para.line in titles:
            return para.block.text, [*paras[:index], *paras[index + 1 :]]
    return "", paras


def table_paras(texts: list[list[str]], cell: Cell, number: Callable[[], int]) -> Iterator[Para]:
    """The paragraphs of a table: names in a column become labels and come first, then times, then text.

    `texts` are the cells by row; `number` is the number of paragraphs before the table.
    """
    column, when, is_headed = columns_of(texts)
    for row, text in enumerate(timed(texts)):
        if is_headed and not row:
            for index in range(len(text)):
                for para in cell(row, index):
                    yield replace(para, part=ParagraphPart.ASIDE, reason=COLUMN_HEADINGS)
            continue
        clock = seconds_of(text[when]) if when is not None and when < len(text) else None
        if column is None and clock is not None:
            yield Para(Block((Span(NOBODY),)), number() + 1, ParagraphPart.LABEL)
        for index in sorted(range(len(text)), key=lambda one: (one != column, one != when)):
            for para in cell(row, index):
                yield _in_column(para, named=index == column, clock=clock if index == when else None)


def _in_column(para: Para, *, named: bool, clock: float | None) -> Para:
    """A paragraph of a cell: a name becomes a label, and a time is written in the usual form."""
    if clock is not None:
        return replace(para, block=Block((Span(clock_words(clock)),)))
    return replace(para, part=ParagraphPart.LABEL) if named else para


def _unbold(para: Para) -> Para:
    """A heading without bold, because bold in a heading does not mark a name."""
    if para.block.kind is not BlockKind.HEADING:
        return para
    plain = tidy(replace(span, bold=False) for span in para.block.spans)
    return replace(para, block=replace(para.block, spans=plain))
