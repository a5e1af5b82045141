"""Convert the running text of marked-up documents (HTML, Akoma Ntoso, TEI, TheyWorkForYou) to blocks.

One walk handles them all: their names for paragraphs, lists and emphasis do not conflict. Trees come from `xmltree`
or `htmltree` and are at most 256 deep, so the walk may recurse.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from panels.formats.limits import timed
from panels.formats.parsing.raised import lowered, raised
from panels.formats.parsing.richtext import Block, BlockKind, Span, tidy, to_markdown


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


BLOCKS = _names(
    "address article aside block blockcontainer blocklist blockquote body caption center dd div dl dt "
    "fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header heading hr item li lg main nav "
    "narrative ol option p pre scene section seg sp subheading summary table tbody td tfoot th thead title "
    "toc tr ul panels-label panels-time panels-aside"
)
SILENT = _names("script style noscript template head iframe object svg math select button input")
BOLD = _names("b strong")
ITALIC = _names("i em")
CODE = _names("code tt kbd samp")
BREAKS = _names("br eol lb")
_LAYOUT = _names("p div h1 h2 h3 h4 h5 h6 ul ol blockquote")  # in a cell, these are a page laid out as a table
_LONG_NUMBER = 9
_MOVED = {"sup": raised, "sub": lowered}
HEADINGS = {f"h{level}": level for level in range(1, 7)}


@dataclass(frozen=True, slots=True)
class Placed:
    """A block, the line where it starts, and the element it was found in."""

    block: Block
    line: int
    element: etree._Element


Skip = Callable[[etree._Element], bool]


def markdown_of(element: etree._Element, *, skip: Skip | None = None) -> str:
    """The text inside an element as Markdown, without the elements for which `skip` returns True."""
    return to_markdown([placed.block for placed in flow(element, skip=skip)])


def flow(element: etree._Element, *, skip: Skip | None = None, wrapped: bool = False) -> list[Placed]:
    """The blocks inside an element, in order. In `wrapped` pages every printed line ends in a break."""
    walk = _FlowWalk(element, skip or _nothing, wrapped)
    walk.inside(element, Span(""))
    walk.flush()
    return walk.placed


def _nothing(_element: etree._Element) -> bool:
    return False


def name_of(element: etree._Element) -> str:
    """An element's name in lower case; empty for comments and the like."""
    return element.tag.lower() if isinstance(element.tag, str) else ""


@dataclass
class _FlowWalk:
    """Collects spans until a block ends. `frame` is the kind of block being filled."""

    holder: etree._Element
    skip: Skip
    wrapped: bool = False
    frame: Block = field(default_factory=lambda: Block(()))
    spans: list[Span] = field(default_factory=list)
    placed: list[Placed] = field(default_factory=list)
    line: int = 0
    lists: list[str] = field(default_factory=list)

    def inside(self, element: etree._Element, style: Span) -> None:
        self._add_text(element.text, style, element)
        for child in timed(element):
            if isinstance(child.tag, str) and not self.skip(child):
                self._element(child, style)
            self._add_text(child.tail, style, child)

    def _element(self, child: etree._Element, style: Span) -> None:
        name = name_of(child)
        if name in BREAKS:
            self._break(style)
        elif name == "table":
            self._table(child)
        elif name in BLOCKS:
            self._block(child, name)
        elif name not in SILENT:
            if self.wrapped and name in BOLD and self._after_break():
                self.flush()
            start = len(self.spans)
            self.inside(child, _styled(style, child, name))
            moved = _MOVED.get(name) if len(self.spans) == start + 1 else None  # only words, without note marks
            if moved:
                self.spans[start:] = [replace(span, text=moved(span.text)) for span in self.spans[start:]]

    def _add_text(self, text: str | None, style: Span, near: etree._Element) -> None:
        if not text:
            return
        if not text.isspace() and not self.line:
            self.line = int(near.sourceline or 1)
        if self.frame.kind is not BlockKind.CODE:
            text = text.replace("\n", " ").replace("\r", " ")
        self.spans.append(replace(style, text=text))

    def _break(self, style: Span) -> None:
        """Handle a break: one is a line end, two in a row are a paragraph, as in pages written without paragraphs."""
        if self._after_break():
            self.flush()
        elif self.wrapped and not self.spans:
            return
        else:
            self.spans.append(replace(style, text="\n"))

    def _after_break(self) -> bool:
        last_text = next((span.text for span in reversed(self.spans) if span.text.strip(" \t\xa0")), "")
        return last_text.rstrip(" \t\xa0").endswith("\n")

    def _block(self, child: etree._Element, name: str) -> None:
        self.flush()
        before, holder = self.frame, self.holder
        self.holder = child
        self._enter(child, name)
        self.inside(child, Span(""))
        self.flush()
        self.frame, self.holder = before, holder
        if name in ("ul", "ol", "blocklist"):
            self.lists.pop()

    def _enter(self, child: etree._Element, name: str) -> None:
        role = child.get("name") or ""
        if name in ("ul", "ol", "blocklist"):
            start = child.get("start") or "1"
            self.lists.append("-" if name != "ol" else start if start.isdigit() else "1")
        elif name in ("li", "item"):
            self.frame = Block((), BlockKind.ITEM, self._marker(child), _level(child) or len(self.lists) or 1)
        elif name in HEADINGS or role == "heading":
            self.frame = Block((), BlockKind.HEADING, level=_level(child) or HEADINGS.get(name, 3))
        elif name == "blockquote" or role == "quote":
            self.frame = Block((), BlockKind.QUOTE)
        elif name == "pre" or role == "code":
            self.frame = Block((), BlockKind.CODE)

    def _marker(self, item: etree._Element) -> str:
        if not self.lists or not self.lists[-1].isdigit():
            return "-"
        value = (item.get("value") or "").rstrip(".")
        number = int(value if value.isdigit() and len(value) < _LONG_NUMBER else self.lists[-1])
        self.lists[-1] = str(number + 1)
        return f"{number}."

    def _table(self, table: etree._Element) -> None:
        """A table of figures as lines of cells, because CommonMark has no tables. A layout table is walked."""
        if any(name_of(inner) in _LAYOUT for inner in table.iter()):
            self._block(table, "table")
            return
        self.flush()
        spans = tidy((Span("\n".join(_rows(table, self.skip))),))
        if spans:
            self.placed.append(Placed(replace(self.frame, spans=spans), int(table.sourceline or 1), table))

    def flush(self) -> None:
        """End the block being filled."""
        code = self.frame.kind is BlockKind.CODE
        if self.wrapped:
            self.spans = [replace(span, text=span.text.replace("\n", " ")) for span in self.spans]
        spans = (Span("".join(span.text for span in self.spans).strip("\n")),) if code else tidy(self.spans)
        if any(span.text.strip() for span in spans):
            self.placed.append(Placed(replace(self.frame, spans=spans), self.line or 1, self.holder))
            if self.frame.kind is BlockKind.ITEM:  # further text in the item is a paragraph of its own
                self.frame = Block(())
        self.spans, self.line = [], 0


def _level(element: etree._Element) -> int:
    """The depth that our own documents give to items and headings; 0 if none is given."""
    value = next((value for name, value in element.attrib.items() if str(name).endswith(("}level", "data-level"))), "")
    return int(value) if str(value) in "123456" and value else 0


def _styled(style: Span, element: etree._Element, name: str) -> Span:
    if name in BOLD:
        return replace(style, bold=True)
    if name in ITALIC:
        return replace(style, italic=True)
    if name in CODE or element.get("name") == "code":
        return replace(style, code=True)
    if name == "a":
        return replace(style, link=(element.get("href") or "").strip())
    return style


def _rows(table: etree._Element, skip: Skip) -> Iterator[str]:
    for row in table.iter("tr", "TR", "row"):
        cells = [" ".join("".join(cell.itertext()).split()) for cell in row if not skip(cell)]
        if any(cells):
            yield " | ".join(cells)
