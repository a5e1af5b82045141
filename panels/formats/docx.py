"""Word documents, read: bold labels, names as headings, tables, names on paragraphs of their own, replies.

A document has no lines; where a line is told, it is the number of the paragraph, counted from 1. Of tracked
changes the inserted text is read and the deleted is kept as unread; footnotes, comments and page headers too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from panels.formats import docx_write
from panels.formats.base import Format
from panels.formats.dates import date_in
from panels.formats.docx_file import DocxFile, is_zip
from panels.formats.docx_notes import kept_in
from panels.formats.docx_replies import as_reply
from panels.formats.docx_styles import CODE, INLINE_CODE, NUMBERED, Styled, is_own, read_own
from panels.formats.held import the_record
from panels.formats.html_marks import name_column
from panels.formats.layout import Layout
from panels.formats.limits import check_time, timed
from panels.formats.paragraphs import Para, Part
from panels.formats.richtext import Block, Kind, Span, tidy, to_markdown
from panels.formats.shown_text import read_shown
from panels.transcript import Transcript, Unread

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_HOLDERS = frozenset(f"{_W}{name}" for name in ("sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml"))
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_HEADING = re.compile(r"(?:heading|überschrift|titre|标题|標題)\s*([1-9])", re.IGNORECASE)
_LIST = re.compile(r"list (bullet|number|paragraph)(?: ?([1-6]))?", re.IGNORECASE)
_ASIDES = {
    "footnotes": "a footnote",
    "endnotes": "an endnote",
    "comments": "a comment",
    "header": "the header of the pages",
    "footer": "the footer of the pages",
}


def matches(data: bytes) -> bool:
    """Whether the bytes are a zip archive, as a Word document is."""
    return is_zip(data)


def read(data: bytes) -> Transcript:
    """Read a document. Raises FormatError for archives that are damaged, too large or no documents."""
    document = DocxFile(data)
    body = _Body(document)
    title, paras = _title(list(body.paras()), body.titles)
    styled = [
        Styled(para.block, body.styles.get(para.line, ""), para.line, body.bookmarks.get(para.line, ()))
        for para in paras
    ]
    kept = kept_in(document)
    if kept or is_own(styled):
        return read_own(styled, title, kept)
    paras = [_unbold(para) for para in paras if para.block.spans]
    unread = [*body.deleted, *_codes(body.codes), *_asides(document)]
    reply = as_reply(paras)
    if reply:
        return replace(reply, title=title or reply.title, unread=(*reply.unread, *unread))
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
    return replace(transcript, unread=tuple(sorted([*transcript.unread, *unread], key=lambda item: item.line)))


def _unbold(para: Para) -> Para:
    """A heading without bold, which is how headings look and says nothing of a name in it."""
    if para.block.kind is not Kind.HEADING:
        return para
    plain = tidy(replace(span, bold=False) for span in para.block.spans)
    return replace(para, block=replace(para.block, spans=plain))


def _title(paras: list[Para], titles: set[int]) -> tuple[str, list[Para]]:
    """The first paragraph in the style of titles, if there is one, and the other paragraphs."""
    for index, para in enumerate(paras):
        if para.line in titles:
            return para.block.text, [*paras[:index], *paras[index + 1 :]]
    return "", paras


def _codes(codes: list[tuple[int, str]]) -> Iterator[Unread]:
    text = "\n".join(code for _, code in codes if code)
    if text:
        yield Unread(line=codes[0][0], text=text, reason="codes of fields, not shown")


def _asides(document: DocxFile) -> Iterator[Unread]:
    for name in sorted(document.names):
        kind = next((reason for key, reason in _ASIDES.items() if name.startswith(f"word/{key}")), None)
        root = document.part(name) if kind and name.endswith(".xml") else None
        if root is not None and kind:
            text = "\n".join(filter(None, (_plain(paragraph) for paragraph in root.iter(f"{_W}p"))))
            if text:
                yield Unread(line=1, text=text, reason=kind)


def _own_boxes(paragraph: etree._Element) -> Iterator[etree._Element]:
    """The boxes of text in a paragraph, but for those in another paragraph in it."""
    for box in paragraph.iter(f"{_W}txbxContent"):
        fallback = next(box.iterancestors(_FALLBACK), None)  # there it stands a second time, for old programs
        if fallback is None and next(box.iterancestors(f"{_W}p"), None) is paragraph:
            yield box


def _plain(paragraph: etree._Element) -> str:
    return " ".join("".join(paragraph.itertext(f"{_W}t", f"{_W}tab")).split())


@dataclass
class _Body:
    """Walks the body of a document in order."""

    document: DocxFile
    titles: set[int] = field(default_factory=set)
    deleted: list[Unread] = field(default_factory=list)
    codes: list[tuple[int, str]] = field(default_factory=list)  # of fields: addresses, page numbers
    number: int = 0
    styles: dict[int, str] = field(default_factory=dict)  # the name of the style by paragraph
    bookmarks: dict[int, tuple[str, ...]] = field(default_factory=dict)  # by paragraph
    counted: dict[int, int] = field(default_factory=dict)  # how far numbered items are, by depth

    def __post_init__(self) -> None:
        self.names = _style_names(self.document.part("word/styles.xml"))
        self.links = _links(self.document.part("word/_rels/document.xml.rels"))

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
                yield from self._table(child)
            elif child.tag in _HOLDERS:
                yield from self._inside(child)

    def _table(self, table: etree._Element) -> Iterator[Para]:
        rows = [list(_cells(row)) for row in _rows(table)]
        column = name_column([[_plain(cell) for cell in row] for row in timed(rows)])
        for row in rows:
            for index, cell in enumerate(row):
                for para in self._inside(cell):
                    yield replace(para, part=Part.LABEL) if index == column else para

    def _paragraph(self, paragraph: etree._Element) -> Iterator[Para]:
        check_time()
        self.number += 1
        element = paragraph.find(f"{_W}pPr/{_W}pStyle")
        identifier = "" if element is None else element.get(f"{_W}val") or ""
        style = self.styles[self.number] = self.names.get(identifier, identifier)
        marks = tuple(mark.get(f"{_W}name") or "" for mark in paragraph.iter(f"{_W}bookmarkStart"))
        if marks:
            self.bookmarks[self.number] = marks
        spans = tuple(self._runs(paragraph, ""))
        block = self._block(paragraph, style, spans if style in (CODE, NUMBERED) else tidy(spans))
        if style.lower() == "title" and block.spans:
            self.titles.add(self.number)
        yield Para(block, self.number)
        for box in _own_boxes(paragraph):
            yield from self._inside(box)

    def _block(self, paragraph: etree._Element, style: str, spans: tuple[Span, ...]) -> Block:
        heading, listed = _HEADING.fullmatch(style), _LIST.fullmatch(style)
        if heading:
            return Block(spans, Kind.HEADING, level=min(int(heading[1]), 9))
        if listed or paragraph.find(f"{_W}pPr/{_W}numPr") is not None:
            level = int(listed[2] or 1) if listed else 1
            return Block(spans, Kind.ITEM, self._marker(style, level), level)
        if spans:
            self.counted.clear()
        return Block(spans)

    def _marker(self, style: str, level: int) -> str:
        if "number" not in style.lower():
            return "-"
        self.counted[level] = self.counted.get(level, 0) + 1
        return f"{self.counted[level]}."

    def _runs(self, holder: etree._Element, link: str) -> Iterator[Span]:
        for child in holder:
            if child.tag == f"{_W}r":
                yield from self._run(child, link)
            elif child.tag == f"{_W}hyperlink":
                yield from self._runs(child, self.links.get(child.get(f"{_R}id") or "", ""))
            elif child.tag in (f"{_W}del", f"{_W}moveFrom"):
                self._deleted(child)
            elif child.tag == f"{_M}t":
                yield Span(child.text or "", link=link)
            elif child.tag != f"{_W}pPr":
                yield from self._runs(child, link)

    def _deleted(self, removed: etree._Element) -> None:
        text = "".join(removed.itertext(f"{_W}delText", f"{_W}t"))
        if text.strip():
            self.deleted.append(Unread(line=self.number, text=text.strip(), reason="deleted in a tracked change"))

    def _run(self, run: etree._Element, link: str) -> Iterator[Span]:
        named = run.find(f"{_W}rPr/{_W}rStyle")
        code = named is not None and self.names.get(named.get(f"{_W}val") or "") == INLINE_CODE
        style = Span("", _is_on(run, "b"), _is_on(run, "i"), code=code, link=link)
        for child in run:
            if child.tag == f"{_W}t":
                yield replace(style, text=child.text or "")
            elif child.tag in (f"{_W}tab", f"{_W}ptab"):
                yield replace(style, text="\t")
            elif child.tag in (f"{_W}br", f"{_W}cr"):
                yield replace(style, text="\n")
            elif child.tag == f"{_W}noBreakHyphen":
                yield replace(style, text="-")
            elif child.tag == f"{_W}ruby":
                yield from self._ruby(child, link)
            elif child.tag == f"{_W}instrText":
                self.codes.append((self.number, (child.text or "").strip()))

    def _ruby(self, ruby: etree._Element, link: str) -> Iterator[Span]:
        """Words with their reading beside them: `漢字（かんじ）`."""
        base, reading = ruby.find(f"{_W}rubyBase"), ruby.find(f"{_W}rt")
        yield from self._runs(base, link) if base is not None else ()
        text = "" if reading is None else "".join(reading.itertext(f"{_W}t"))
        yield Span(f"（{text}）" if text else "")


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    """The rows of a table, and none of those of a table within it."""
    return (row for row in table.iter(f"{_W}tr") if next(row.iterancestors(f"{_W}tbl"), None) is table)


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    return (cell for cell in row.iter(f"{_W}tc") if next(cell.iterancestors(f"{_W}tr"), None) is row)


def _is_on(run: etree._Element, name: str) -> bool:
    switch = run.find(f"{_W}rPr/{_W}{name}")
    return switch is not None and (switch.get(f"{_W}val") or "true") not in ("0", "false", "off")


def _style_names(styles: etree._Element | None) -> dict[str, str]:
    """Names of styles by identifier: identifiers are translated and shortened, names less so."""
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
    read=lambda source: read(source.raw),
    write=docx_write.write,
    held=the_record,
)
