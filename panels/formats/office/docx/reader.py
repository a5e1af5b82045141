"""Read Word documents: bold labels, names as headings, tables, names on their own paragraphs, written replies.

A document has no lines, so a line number is the number of a paragraph, counted from 1. Inserted text of tracked changes
is read; deleted text is kept as unread, as are footnotes, comments and page headers. `runs` reads the text of runs, and
finds hidden and struck text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from panels.formats.base import Format
from panels.formats.limits import check_time, timed
from panels.formats.lossiness import the_record
from panels.formats.office.docx.notes import hidden_notes
from panels.formats.office.docx.runs import DocxRuns, ends_deleted, looks_of
from panels.formats.office.docx.styles import CODE, NUMBERED, Styled, current_name, is_own, read_own
from panels.formats.office.docx.writer import write
from panels.formats.office.shown_document import heading_level, read_paragraphs, table_paras, without_title
from panels.formats.office.zipped import DocxFile, is_zip
from panels.formats.parsing.richtext import Block, BlockKind, Span, tidy
from panels.formats.structure.paragraphs import Para
from panels.formats.wording import gettext_noop
from panels.transcript import Transcript, Unread

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HOLDERS = frozenset(f"{_W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml"))
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LIST = re.compile(r"list (bullet|number|paragraph)(?: ?([1-6]))?", re.IGNORECASE)
_ASIDES = {
    "footnotes": gettext_noop("a footnote"),
    "endnotes": gettext_noop("an endnote"),
    "comments": gettext_noop("a comment"),
    "header": gettext_noop("page header"),
    "footer": gettext_noop("page footer"),
}


def matches(data: bytes) -> bool:
    """Whether the bytes are a zip archive, as a Word document is."""
    return is_zip(data)


def read(data: bytes, name: str = "") -> Transcript:
    """Read a document. Raises FormatError for archives that are damaged, too large or no documents."""
    document = DocxFile(data)
    body = _DocxBody(document)
    title, paras = without_title(list(body.paras()), body.titles)
    styled = [
        Styled(para.block, current_name(body.styles.get(para.line, "")), para.line, body.bookmarks.get(para.line, ()))
        for para in paras
    ]
    notes = hidden_notes(document)
    if notes or is_own(styled):
        return read_own(styled, title, notes)
    unread = [*body.runs.unread, *_codes(body.runs.codes), *_asides(document)]
    return read_paragraphs(paras, title=title, unread=unread, name=name)


def paragraphs(data: bytes) -> list[tuple[int, str]]:
    """The paragraphs of a document with their numbers, as it shows them. Raises FormatError as `read` does."""
    return [(para.line, para.block.text) for para in _DocxBody(DocxFile(data)).paras()]


def _codes(codes: list[tuple[int, str]]) -> Iterator[Unread]:
    text = "\n".join(code for _, code in codes if code)
    if text:
        yield Unread(line=codes[0][0], text=text, reason=gettext_noop("field codes, not shown"))


def _asides(document: DocxFile) -> Iterator[Unread]:
    for name in sorted(document.names):
        kind = next((reason for key, reason in _ASIDES.items() if name.startswith(f"word/{key}")), None)
        root = document.part(name) if kind and name.endswith(".xml") else None
        if root is not None and kind:
            text = "\n".join(filter(None, (_plain(paragraph) for paragraph in root.iter(f"{_W}p"))))
            if text:
                yield Unread(line=1, text=text, reason=kind)


def _own_boxes(paragraph: etree._Element) -> Iterator[etree._Element]:
    """The text boxes in a paragraph, except those inside another paragraph in it."""
    for box in paragraph.iter(f"{_W}txbxContent"):
        fallback = next(box.iterancestors(_FALLBACK), None)  # there it stands a second time, for old programs
        if fallback is None and next(box.iterancestors(f"{_W}p"), None) is paragraph:
            yield box


def _plain(paragraph: etree._Element) -> str:
    return " ".join("".join(paragraph.itertext(f"{_W}t", f"{_W}tab")).split())


@dataclass
class _DocxBody:
    """Walks the body of a document in order."""

    document: DocxFile
    titles: set[int] = field(default_factory=set)
    pending: tuple[Span, ...] = ()  # of paragraphs that go on in the next one
    number: int = 0
    styles: dict[int, str] = field(default_factory=dict)  # the name of the style by paragraph
    bookmarks: dict[int, tuple[str, ...]] = field(default_factory=dict)  # by paragraph
    counted: dict[int, int] = field(default_factory=dict)  # how far numbered items are, by depth

    def __post_init__(self) -> None:
        self.names = _style_names(self.document.part("word/styles.xml"))
        links = _links(self.document.part("word/_rels/document.xml.rels"))
        self.runs = DocxRuns(self.names, links, looks_of(self.document.part("word/styles.xml")))

    def paras(self) -> Iterator[Para]:
        """The paragraphs of the document, tables included."""
        root = self.document.part("word/document.xml")
        body = None if root is None else root.find(f"{_W}body")
        if body is not None:
            yield from self._inside(body)

    def _inside(self, holder: etree._Element) -> Iterator[Para]:
        for child in holder:
            if child.tag == f"{_W}p":
                yield from self._paragraph(child)
            elif child.tag == f"{_W}tbl":
                yield from self._unended_paragraph()
                yield from self._table(child)
            elif child.tag in _HOLDERS:
                yield from self._inside(child)
        if holder.tag not in _HOLDERS:
            yield from self._unended_paragraph()

    def _unended_paragraph(self) -> Iterator[Para]:
        """The text after the last paragraph mark, if no other paragraph follows."""
        spans, self.pending = tidy(self.pending), ()
        if spans:
            yield Para(Block(spans), self.number)

    def _table(self, table: etree._Element) -> Iterator[Para]:
        rows = [list(_cells(row)) for row in timed(_rows(table))]
        texts = [[_plain(cell) for cell in row] for row in timed(rows)]
        yield from table_paras(texts, lambda row, column: self._inside(rows[row][column]), lambda: self.number)

    def _paragraph(self, paragraph: etree._Element) -> Iterator[Para]:
        check_time()
        self.number += 1
        element = paragraph.find(f"{_W}pPr/{_W}pStyle")
        identifier = "" if element is None else element.get(f"{_W}val") or ""
        style = self.styles[self.number] = self.names.get(identifier, identifier)
        marks = tuple(mark.get(f"{_W}name") or "" for mark in paragraph.iter(f"{_W}bookmarkStart"))
        if marks:
            self.bookmarks[self.number] = marks
        spans = (*self.pending, *self.runs.spans(paragraph, self.number))
        self.pending = ()
        block = self._block(paragraph, style, spans if style in (CODE, NUMBERED) else tidy(spans))
        if style.lower() == "title" and block.spans:
            self.titles.add(self.number)
        goes_on = ends_deleted(paragraph)
        if not goes_on:
            yield Para(block, self.number)
        for box in _own_boxes(paragraph):
            yield from self._inside(box)
        self.pending = spans if goes_on else ()

    def _block(self, paragraph: etree._Element, style: str, spans: tuple[Span, ...]) -> Block:
        heading, listed = heading_level(style), _LIST.fullmatch(style)
        if heading:
            return Block(spans, BlockKind.HEADING, level=heading)
        if listed or paragraph.find(f"{_W}pPr/{_W}numPr") is not None:
            level = int(listed[2] or 1) if listed else 1
            return Block(spans, BlockKind.ITEM, self._marker(style, level), level)
        if spans:
            self.counted.clear()
        return Block(spans)

    def _marker(self, style: str, level: int) -> str:
        if "number" not in style.lower():
            return "-"
        self.counted[level] = self.counted.get(level, 0) + 1
        return f"{self.counted[level]}."


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    """The rows of a table, without those of nested tables."""
    return (row for row in table.iter(f"{_W}tr") if next(row.iterancestors(f"{_W}tbl"), None) is table)


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    return (cell for cell in row.iter(f"{_W}tc") if next(cell.iterancestors(f"{_W}tr"), None) is row)


def _style_names(styles: etree._Element | None) -> dict[str, str]:
    """The names of styles by identifier: Word translates and shortens identifiers, but rarely names."""
    names = {"Title": "Title"} | {f"Heading{level}": f"Heading {level}" for level in range(1, 10)}
    for style in () if styles is None else styles.iter(f"{_W}style"):
        name = style.find(f"{_W}name")
        if name is not None:
            names[style.get(f"{_W}styleId") or ""] = (name.get(f"{_W}val") or "").strip()
    return names


def _links(relations: etree._Element | None) -> dict[str, str]:
    return {
        relation.get("Id") or "": relation.get("Target") or "" for relation in (() if relations is None else relations)
    }


FORMAT = Format(
    name="docx",
    suffix=".docx",
    media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    recognises=lambda source: 0.95 if matches(source.raw) else 0.0,
    read=lambda source: read(source.raw, source.name),
    write=write,
    paragraphs=lambda source: paragraphs(source.raw),
    preserved=the_record,
)
