"""Word documents, written: a title, what is known of the session, questions as headings, bold names.

The styles that begin with “Panels” say what each paragraph is, so that `docx` reads the document back as it
was; to a person they look like ordinary paragraphs.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import Any

from docx import Document
from docx.document import Document as Docx
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from panels.formats.docx_styles import (
    ABOUT,
    CODE,
    HEADED,
    INLINE_CODE,
    INTRODUCTION,
    NOBODY,
    NUMBERED,
    OWN,
    PLAIN,
    QUESTION,
    TURN,
)
from panels.formats.markdown_blocks import blocks_of
from panels.formats.particulars import clock, lines_of, shown_name
from panels.formats.richtext import Block, Kind, Span
from panels.formats.xmltree import legal
from panels.transcript import Exchange, Transcript, Turn

_LONGEST_PROPERTY = 255  # characters, as Word allows


@dataclass
class _Out:
    """A document being written. python-docx looks a style up by name in all styles; once is enough."""

    document: Docx
    styles: dict[str, str] = field(default_factory=dict)

    def paragraph(self, style: str) -> Paragraph:
        """Add an empty paragraph in a style."""
        if style not in self.styles:
            self.styles[style] = str(self.document.styles[style].style_id)
        paragraph = self.document.add_paragraph()
        paragraph._p.style = self.styles[style]
        return paragraph


def write(transcript: Transcript) -> bytes:
    """The document as bytes."""
    document = _styled_document()
    document.core_properties.title = legal(transcript.title)[:_LONGEST_PROPERTY]
    document.core_properties.author = legal(transcript.publisher)[:_LONGEST_PROPERTY]
    out = _Out(document)
    if transcript.title:
        out.paragraph("Title").add_run(legal(transcript.title))
    for line in lines_of(transcript):
        out.paragraph(ABOUT).add_run(legal(line))
    for block in blocks_of(transcript.introduction):
        _add(out, block, INTRODUCTION)
    for exchange in transcript.exchanges:
        _exchange(out, exchange)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _styled_document() -> Docx:
    document = Document()
    for name in OWN:
        document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = document.styles["Normal"]
    document.styles.add_style(INLINE_CODE, WD_STYLE_TYPE.CHARACTER).font.name = "Courier New"
    document.styles[ABOUT].font.size = Pt(9)
    document.styles[CODE].font.name = "Courier New"
    document.styles[HEADED].font.size = Pt(14)
    document.styles[HEADED].font.bold = True
    return document


def _exchange(out: _Out, exchange: Exchange) -> None:
    question = exchange.question
    if question and question.label is None and question.speaker is None:
        _turn(out, question, HEADED)
    elif question:
        _turn(out, question, QUESTION)
    for answer in exchange.answers:
        _turn(out, answer, TURN if shown_name(answer) else NOBODY)


def _turn(out: _Out, turn: Turn, style: str) -> None:
    first, *rest = blocks_of(turn.text) or (Block(()),)
    name = shown_name(turn)
    time = f"[{clock(turn.time)}] " if turn.time is not None else ""
    if first.kind is Kind.PARAGRAPH:
        paragraph = out.paragraph(style)
        _head(paragraph, name, time)
        _runs(paragraph, first.spans)
    else:
        _head(out.paragraph(style), name, time)
        rest.insert(0, first)
    for block in rest:
        _add(out, block, PLAIN)


def _head(paragraph: Paragraph, name: str, time: str) -> None:
    if name:
        paragraph.add_run(legal(name)).bold = True
        paragraph.add_run(": ")
    if time:
        paragraph.add_run(time)


def _add(out: _Out, block: Block, style: str) -> None:
    """Add a block; of lists, quotations and headings within a turn the style says what they are."""
    numbered = block.kind is Kind.ITEM and block.marker[:1].isdigit()
    styles = {
        Kind.ITEM: NUMBERED if numbered else f"List Bullet {min(block.level, 3)}".removesuffix(" 1"),
        Kind.QUOTE: "Quote",
        Kind.CODE: CODE,
        Kind.HEADING: f"Heading {min(block.level + 2, 9)}",
    }
    paragraph = out.paragraph(styles.get(block.kind, style))
    if numbered:
        paragraph.add_run("\t" * (block.level - 1) + f"{block.marker}\t")
    _runs(paragraph, block.spans)


def _runs(paragraph: Paragraph, spans: tuple[Span, ...]) -> None:
    for span in spans:
        run = paragraph.add_run(legal(span.text))
        run.bold, run.italic = span.bold or None, span.italic or None
        if span.code:
            run.style = INLINE_CODE
        if span.link:
            target = paragraph.part.relate_to(span.link, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
            link: Any = OxmlElement("w:hyperlink")  # python-docx reads links and has no way to make them
            link.set(qn("r:id"), target)
            link.append(run._r)
            paragraph._p.append(link)
