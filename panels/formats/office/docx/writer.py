"""Write Word documents: a title, the metadata, questions as headings, names in bold.

The styles whose names begin with “Panels” mark the kind of each paragraph, so that the document can be read back
without loss; readers see ordinary paragraphs. Fields that no paragraph shows are stored separately (`notes`).
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from docx import Document
from docx.document import Document as Docx
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.text.paragraph import Paragraph

from panels.formats.lossiness import clean
from panels.formats.native.passage_fields import hidden_fields
from panels.formats.office.docx.notes import SESSION, Notes
from panels.formats.office.docx.styles import (
    ABOUT,
    CLOSING,
    CODE,
    HEADED,
    INLINE_CODE,
    INTRODUCTION,
    NOBODY,
    NUMBERED,
    OWN,
    PLAIN,
    QUESTION,
    SPEAKER,
    TURN,
    UNASKED,
    as_headed,
    head_of,
)
from panels.formats.parsing.markdown_blocks import blocks_of
from panels.formats.parsing.richtext import Block, BlockKind, Span
from panels.formats.parsing.xmltree import legal
from panels.formats.structure.metadata_lines import about_lines, as_taken, closing_lines, one_line
from panels.transcript import Exchange, Transcript, Turn

_LONGEST_PROPERTY = 255  # characters, as Word allows
_DIVIDER = "* * *"
_SERIF = "Palatino Linotype"
_INK, _QUIET = RGBColor(0x19, 0x1D, 0x21), RGBColor(0x56, 0x5E, 0x66)  # as in tokens.css
_BULLETS = 3  # depths of bullets for which Word has styles


@dataclass
class _Out:
    """A document being written. Styles are looked up once, because python-docx searches all of them each time."""

    document: Docx
    styles: dict[str, str] = field(default_factory=dict)
    notes: Notes = field(default_factory=Notes)

    def paragraph(self, style: str) -> Paragraph:
        """Add an empty paragraph in a style."""
        if style not in self.styles:
            self.styles[style] = str(self.document.styles[style].style_id)
        paragraph = self.document.add_paragraph()
        paragraph._p.style = self.styles[style]
        return paragraph

    def lines(self, lines: Iterable[str], style: str) -> None:
        """Add paragraphs of one line each."""
        for line in lines:
            self.paragraph(style).add_run(line)


def write(transcript: Transcript) -> bytes:
    """The document as bytes."""
    document = _styled_document()
    _set_properties(document, transcript)
    out = _Out(document)
    title = one_line(transcript.title)
    out.lines([title] if title else [], "Title")
    out.lines(about_lines(transcript), ABOUT)
    for block in blocks_of(clean(transcript.introduction)):
        _add(out, block, INTRODUCTION)
    for number, exchange in enumerate(transcript.exchanges):
        _exchange(out, exchange, first=number == 0)
    out.lines(closing_lines(transcript), CLOSING)
    shown = replace(as_taken(transcript), title=title, introduction=transcript.introduction)
    out.notes.add(SESSION, hidden_fields(replace(transcript, exchanges=(), unread=()), shown))
    out.notes.store(document)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _set_properties(document: Docx, transcript: Transcript) -> None:
    """Set the properties that Word and file managers show."""
    properties = document.core_properties
    texts = {
        "title": transcript.title,
        "author": transcript.publisher,
        "subject": transcript.programme,
        "keywords": "; ".join(transcript.tags),
        "language": transcript.language,
        "identifier": transcript.address,
        "comments": transcript.licence,
        "version": "" if transcript.version is None else str(transcript.version),
    }
    for name, text in texts.items():
        setattr(properties, name, one_line(text)[:_LONGEST_PROPERTY])
    for moment in properties._element.xpath("dcterms:created | dcterms:modified"):
        moment.getparent().remove(moment)  # the template's, of 2013


def _styled_document() -> Docx:
    document = Document()
    for name in OWN:
        document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = document.styles["Normal"]
    document.styles.add_style(INLINE_CODE, WD_STYLE_TYPE.CHARACTER).font.name = "Courier New"
    document.styles.add_style(SPEAKER, WD_STYLE_TYPE.CHARACTER).font.bold = True
    document.styles[CODE].font.name = "Courier New"
    _set_type(document)
    return document


def _set_type(document: Docx) -> None:
    """The type of the pages. Questions are headings, so that Word lists them in its outline and tables of contents."""
    styles: Any = document.styles
    styles["Normal"].font.name, styles["Normal"].font.size = _SERIF, Pt(11)
    styles["Normal"].paragraph_format.line_spacing = 1.3
    for name in (ABOUT, CLOSING):
        styles[name].font.size = Pt(9)
        styles[name].paragraph_format.space_after = Pt(2)
    for name in ("Title", *(f"Heading {level}" for level in range(1, 10))):
        _as_heading(styles[name], size=Pt(24) if name == "Title" else Pt(12))
    for name in (HEADED, QUESTION):
        styles[name].base_style = styles["Heading 2"]
        _as_heading(styles[name], size=Pt(15))
        styles[name].paragraph_format.space_before, styles[name].paragraph_format.space_after = Pt(20), Pt(6)
    for name in (TURN, NOBODY):
        styles[name].paragraph_format.space_before = Pt(10)
    styles["Quote"].font.color.rgb = _QUIET


def _as_heading(style: Any, *, size: Pt) -> None:
    style.font.name, style.font.size, style.font.bold, style.font.color.rgb = _SERIF, size, True, _INK
    fonts = style.element.rPr.rFonts
    for attribute in [name for name in fonts.attrib if name.endswith("Theme")]:
        del fonts.attrib[attribute]  # the template's theme would win
    style.paragraph_format.keep_with_next = True


def _exchange(out: _Out, exchange: Exchange, *, first: bool) -> None:
    question = exchange.question
    if question:
        _turn(out, question, QUESTION if head_of(question) else HEADED, follow_up=exchange.follow_up)
    elif not first or not exchange.answers or exchange.follow_up:
        paragraph = out.paragraph(UNASKED)
        paragraph.add_run(_DIVIDER)
        out.notes.bookmark(paragraph, "", follow_up=exchange.follow_up)
    for answer in exchange.answers:
        _turn(out, answer, TURN if head_of(answer) else NOBODY)


def _turn(out: _Out, turn: Turn, style: str, *, follow_up: bool = False) -> None:
    first, *rest = blocks_of(clean(turn.text)) or (Block(()),)
    head = head_of(turn)
    paragraph = out.paragraph(style)
    if head:
        paragraph.add_run(head, style=SPEAKER)
        paragraph.add_run(": ")
    if first.kind is BlockKind.PARAGRAPH:
        _runs(paragraph, first.spans)
    else:
        rest.insert(0, first)
    hidden = hidden_fields(replace(turn, line=None), as_headed(turn))
    out.notes.bookmark(paragraph, hidden, follow_up=follow_up)
    for block in rest:
        _add(out, block, PLAIN)


def _add(out: _Out, block: Block, style: str) -> None:
    """Add a block. Styles mark lists, quotations and headings within a turn."""
    marked = block.kind is BlockKind.ITEM and (block.marker != "-" or block.level > _BULLETS)
    styles = {
        BlockKind.ITEM: NUMBERED if marked else f"List Bullet {block.level}".removesuffix(" 1"),
        BlockKind.QUOTE: "Quote",
        BlockKind.CODE: CODE,
        BlockKind.HEADING: f"Heading {min(block.level + 2, 9)}",
    }
    paragraph = out.paragraph(styles.get(block.kind, style))
    if marked:
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
