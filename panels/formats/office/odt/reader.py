"""Read OpenDocument texts (.odt) like Word documents: paragraphs, headings, lists, tables, bold labels.

A line number is the number of a paragraph. Inserted text of tracked changes is read; deleted text is kept as unread, as
are notes, comments, page headers, tables of contents, and hidden and struck text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from panels.formats.base import Format, FormatError
from panels.formats.limits import check_time, timed
from panels.formats.office.odt.runs import CHANGE, OFFICE, PARAGRAPHS, OdtRuns, plain
from panels.formats.office.odt.styles import STYLE, TEXT, Styles
from panels.formats.office.shown_document import read_paragraphs, table_paras, without_title
from panels.formats.office.zipped import ZippedDocument, is_zip
from panels.formats.parsing.richtext import Block, BlockKind, Span, tidy
from panels.formats.signatures import OPENDOCUMENT_TEXT
from panels.formats.structure.paragraphs import Para
from panels.formats.wording import gettext_noop
from panels.transcript import Transcript, Unread

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
_TYPE_AT = 100  # bytes, within which the archive says what it is
_CONTENTS = tuple(
    f"{TEXT}{name}"
    for name in (
        "table-of-content", "illustration-index", "table-index", "object-index", "user-index", "alphabetical-index",
        "bibliography",
    )
)  # fmt: skip
_HEADS = {
    "header": gettext_noop("page header"),
    "header-left": gettext_noop("page header"),
    "header-first": gettext_noop("page header"),
}
_FEET = {
    "footer": gettext_noop("page footer"),
    "footer-left": gettext_noop("page footer"),
    "footer-first": gettext_noop("page footer"),
}
_HIDDEN = ("none", "condition")


class OdtFile(ZippedDocument):
    """An opened OpenDocument text."""

    own = OPENDOCUMENT_TEXT
    missing = gettext_noop("The archive does not contain an OpenDocument text.")
    main = "content.xml"
    advice = gettext_noop("Save the document again as .odt or .docx, or paste its text.")


def matches(data: bytes) -> bool:
    """Whether the bytes are an archive that declares itself an OpenDocument text."""
    return is_zip(data) and _MEDIA_TYPE.encode() in data[:_TYPE_AT]


def read(data: bytes, name: str = "") -> Transcript:
    """Read a document. Raises FormatError for archives that are damaged, encrypted, too large or no documents."""
    document = OdtFile(data)
    body, every = _opened(document)
    title, paras = without_title(every, body.titles)
    unread = [*body.runs.unread, *_page_edges(document.part("styles.xml"))]
    return read_paragraphs(paras, title=title, unread=unread, name=name)


def paragraphs(data: bytes) -> list[tuple[int, str]]:
    """The paragraphs of a document with their numbers, as it shows them. Raises FormatError as `read` does."""
    _body, paras = _opened(OdtFile(data))
    return [(para.line, para.block.text) for para in paras]


def _opened(document: OdtFile) -> tuple[_OdtBody, list[Para]]:
    _refuse_encrypted(document)
    content, styles = document.part("content.xml"), document.part("styles.xml")
    text = None if content is None else content.find(f"{OFFICE}body/{OFFICE}text")
    if text is None:
        raise document.refusal(document.missing)
    body = _OdtBody(OdtRuns(Styles(styles, content), _deletions(text)))
    return body, list(body.inside(text))


def _refuse_encrypted(document: OdtFile) -> None:
    manifest = document.part("META-INF/manifest.xml")
    if manifest is not None and any(str(one.tag).endswith("}encryption-data") for one in manifest.iter()):
        advice = gettext_noop("Save it without a password, or paste its text.")
        raise FormatError(gettext_noop("This document is protected by a password."), advice=advice)


def _deletions(text: etree._Element) -> dict[str, str]:
    """The deleted text of tracked changes, by name."""
    found: dict[str, str] = {}
    for region in text.iter(f"{TEXT}changed-region"):
        deletion = region.find(f"{TEXT}deletion")
        if deletion is not None:
            found[region.get(f"{TEXT}id") or ""] = plain(deletion)
    return found


def _page_edges(styles: etree._Element | None) -> Iterator[Unread]:
    for name, reason in (_HEADS | _FEET).items():
        for edge in () if styles is None else styles.iter(f"{STYLE}{name}"):
            text = plain(edge)
            if text:
                yield Unread(line=1, text=text, reason=reason)


@dataclass
class _List:
    """The current list: the name of its style, its depth, and its last number."""

    style: str
    level: int
    count: int = 0


@dataclass
class _OdtBody:
    """Walks the body of a document in order."""

    runs: OdtRuns
    titles: set[int] = field(default_factory=set)
    number: int = 0
    lists: list[_List] = field(default_factory=list)
    counts: dict[tuple[str, int], int] = field(default_factory=dict)  # how far lists have counted, by style and level
    marker: str = ""  # of the item that begins
    hidden: int = 0  # sections that are not shown

    def inside(self, holder: etree._Element) -> Iterator[Para]:
        """The paragraphs in an element, tables included."""
        for child in timed(holder):
            if child.tag in PARAGRAPHS:
                yield from self._paragraph(child)
            elif child.tag == f"{TEXT}list":
                yield from self._list(child)
            elif child.tag == f"{_TABLE}table":
                yield from self._table(child)
            elif isinstance(child.tag, str):
                yield from self._other(child)

    def _other(self, child: etree._Element) -> Iterator[Para]:
        if child.tag in _CONTENTS:
            self._set_aside(child)
        elif child.tag == CHANGE:
            self.runs.change(child, self.number + 1)
        elif child.tag not in _NOT_BODY:
            hides = child.tag == f"{TEXT}section" and child.get(f"{TEXT}display") in _HIDDEN
            self.hidden += hides
            yield from self.inside(child)
            self.hidden -= hides

    def _set_aside(self, index: etree._Element) -> None:
        text = plain(index)
        if text:
            self.runs.unread.append(
                Unread(line=self.number + 1, text=text, reason=gettext_noop("a table of contents or index"))
            )

    def _paragraph(self, paragraph: etree._Element) -> Iterator[Para]:
        check_time()
        self.number += 1
        number = self.number
        spans = tidy(self.runs.spans(paragraph, number, hidden=bool(self.hidden)))
        boxes = self.runs.boxes
        if spans and self.runs.styles.is_title(paragraph.get(f"{TEXT}style-name")):
            self.titles.add(number)
        yield Para(self._block(paragraph, spans), number)
        for box in boxes:
            yield from self.inside(box)

    def _block(self, paragraph: etree._Element, spans: tuple[Span, ...]) -> Block:
        marker, self.marker = self.marker, ""
        if paragraph.tag == f"{TEXT}h":
            level = paragraph.get(f"{TEXT}outline-level") or "1"
            return Block(spans, BlockKind.HEADING, level=int(level) if level in "123456789" else 9)
        return Block(spans, BlockKind.ITEM, marker, len(self.lists)) if marker else Block(spans)

    def _list(self, element: etree._Element) -> Iterator[Para]:
        style = element.get(f"{TEXT}style-name") or (self.lists[-1].style if self.lists else "")
        level = len(self.lists) + 1
        goes_on = element.get(f"{TEXT}continue-numbering") == "true" or element.get(f"{TEXT}continue-list")
        opened = _List(style, level, self.counts.get((style, level), 0) if goes_on else 0)
        self.lists.append(opened)
        for item in timed(element):
            if item.tag == f"{TEXT}list-item":
                opened.count = _start(item) or opened.count + 1
                self.marker = f"{opened.count}." if self.runs.styles.is_numbered(style, level) else "-"
            if isinstance(item.tag, str):
                yield from self.inside(item)
            self.marker = ""
        self.counts[style, level] = opened.count
        self.lists.pop()

    def _table(self, table: etree._Element) -> Iterator[Para]:
        rows = [
            [cell for cell in row if cell.tag == f"{_TABLE}table-cell"]
            for row in table.iter(f"{_TABLE}table-row")
            if next(row.iterancestors(f"{_TABLE}table"), None) is table
        ]
        texts = [[" ".join(plain(cell).split()) for cell in row] for row in timed(rows)]
        yield from table_paras(texts, lambda row, column: self.inside(rows[row][column]), lambda: self.number)


_NOT_BODY = frozenset((f"{TEXT}tracked-changes", f"{OFFICE}forms", f"{TEXT}sequence-decls", f"{OFFICE}annotation"))


def _start(item: etree._Element) -> int:
    start = item.get(f"{TEXT}start-value") or ""
    return int(start) if start.isascii() and start.isdigit() and len(start) < 9 else 0  # noqa: PLR2004 - no list is as long


FORMAT = Format(
    name="odt",
    suffix=".odt",
    media_type=_MEDIA_TYPE,
    recognises=lambda source: 0.95 if matches(source.raw) else 0.0,
    read=lambda source: read(source.raw, source.name),
    paragraphs=lambda source: paragraphs(source.raw),
)
