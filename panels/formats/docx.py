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
from panels.formats.docx_replies import as_reply
from panels.formats.docx_styles import CODE, INLINE_CODE, NUMBERED, Styled, is_own, read_own
from panels.formats.html_marks import name_column
from panels.formats.layout import Layout, Para, Part
from panels.formats.limits import check_time, timed
from panels.formats.richtext import Block, Kind, Span, tidy, to_markdown
from panels.transcript import Transcript, Unread

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
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
    styled = [Styled(para.block, body.styles.get(para.line, ""), para.line) for para in paras]
    if is_own(styled):
        return read_own(styled, title)
    paras = [para for para in paras if para.block.spans]
    unread = [*body.deleted, *_asides(document)]
    reply = as_reply(paras)
    if reply:
        return replace(reply, title=title or reply.title, unread=(*reply.unread, *unread))
    layout = Layout()
    layout.read(paras)
    return Transcript(
        title=title,
        date=date_in(title),
        introduction=to_markdown(layout.introduction),
        panelists=layout.people.panelists(),
        exchanges=layout.outline.exchanges(),
        unread=tuple(sorted([*layout.unread, *unread], key=lambda item: item.line)),
    )


def _title(paras: list[Para], titles: set[int]) -> tuple[str, list[Para]]:
    """The first paragraph in the style of titles, if there is one, and the other paragraphs."""
    for index, para in enumerate(paras):
        if para.line in titles:
            return para.block.text, [*paras[:index], *paras[index + 1 :]]
    return "", paras


def _asides(document: DocxFile) -> Iterator[Unread]:
    for name in sorted(document.names):
        kind = next((reason for key, reason in _ASIDES.items() if name.startswith(f"word/{key}")), None)
        root = document.part(name) if kind and name.endswith(".xml") else None
        if root is not None and kind:
            text = "\n".join(filter(None, (_plain(paragraph) for paragraph in root.iter(f"{_W}p"))))
            if text:
                yield Unread(line=1, text=text, reason=kind)


def _own(holder: etree._Element, name: str) -> list[etree._Element]:
    """The elements in a table, row or paragraph that are not in another one inside it."""
    kind = str(holder.tag)
    return [inner for inner in holder.iter(f"{_W}{name}") if next(inner.iterancestors(kind), None) is holder]


def _plain(paragraph: etree._Element) -> str:
    return " ".join("".join(paragraph.itertext(f"{_W}t", f"{_W}tab")).split())


@dataclass
class _Body:
    """Walks the body of a document in order."""

    document: DocxFile
    titles: set[int] = field(default_factory=set)
    deleted: list[Unread] = field(default_factory=list)
    number: int = 0
    styles: dict[int, str] = field(default_factory=dict)  # the name of the style by paragraph
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
            elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}smartTag", f"{_W}customXml"):
                yield from self._inside(child)

    def _table(self, table: etree._Element) -> Iterator[Para]:
        rows = [_own(row, "tc") for row in _own(table, "tr")]
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
        spans = tuple(self._runs(paragraph, ""))
        block = self._block(paragraph, style, spans if style in (CODE, NUMBERED) else tidy(spans))
        if style.lower() == "title" and block.spans:
            self.titles.add(self.number)
        yield Para(block, self.number)
        for box in _own(paragraph, "txbxContent"):
            yield from self._inside(box)

    def _block(self, paragraph: etree._Element, style: str, spans: tuple[Span, ...]) -> Block:
        heading, listed = _HEADING.fullmatch(style), _LIST.fullmatch(style)
        if heading:
            plain = tidy(replace(span, bold=False) for span in spans)
            return Block(plain, Kind.HEADING, level=min(int(heading[1]), 9))
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
            elif child.tag == f"{_W}del":
                self._deleted(child)
            elif child.tag != f"{_W}pPr":
                yield from self._runs(child, link)

    def _deleted(self, removed: etree._Element) -> None:
        text = "".join(removed.itertext(f"{_W}delText"))
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
)
