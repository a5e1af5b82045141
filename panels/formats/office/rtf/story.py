"""The paragraphs of one story of an RTF file: its body, a text box, a note or a page header."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from itertools import count

from panels.formats.limits import check_count, in_force
from panels.formats.office.shown_document import heading_level, table_paras
from panels.formats.parsing.raised import lowered, raised
from panels.formats.parsing.richtext import Block, BlockKind, Span, tidy
from panels.formats.structure.paragraphs import Para
from panels.formats.wording import gettext_noop
from panels.transcript import Unread

_PARAGRAPHS = gettext_noop("The file has more than %(most)s paragraphs.")

_BODY_TEXT = 9  # the level of an outline at which there are no headings
HIDDEN = gettext_noop("hidden text, which Word does not show")
STRUCK = gettext_noop("struck through")
DELETED = gettext_noop("deleted in a tracked change")
_REASONS = (HIDDEN, STRUCK, DELETED)


class StoryPlace(Enum):
    """The destination of the text in a group."""

    TEXT = auto()
    NOWHERE = auto()
    SHAPE = auto()  # nowhere, but for the text in it
    FONTS = auto()
    STYLES = auto()
    CODE = auto()  # of a field
    MARKER = auto()  # of an item of a list


@dataclass(frozen=True, slots=True)
class RtfLook:
    """The formatting at a position in the file. The end of a group restores the formatting before it."""

    place: StoryPlace = StoryPlace.TEXT
    bold: bool = False
    italic: bool = False
    hidden: bool = False
    struck: bool = False
    deleted: bool = False
    moved: str = ""  # super or sub
    font: int | None = None
    default_font: int = -1
    fallback: int = 1  # bytes after a character of Unicode, for old programs
    link: str = ""
    style: int = 0
    outline: int = _BODY_TEXT
    level: int = 0
    in_table: bool = False

    @property
    def unseen(self) -> str:
        """Why the text is not visible; empty if it is."""
        shown = (self.hidden, self.struck, self.deleted)
        return next((reason for reason, yes in zip(_REASONS, shown, strict=True) if yes), "")


@dataclass
class Story:
    """Joins text to paragraphs. `numbers` counts the paragraphs of the whole file; `reason` says why it is unread."""

    numbers: count[int]
    depth: int = 0  # of the group that it is in
    reason: str = ""
    is_box: bool = False
    paras: list[Para] = field(default_factory=list)
    titles: set[int] = field(default_factory=set)
    unread: list[Unread] = field(default_factory=list)
    line: int = 0  # of the paragraph that is open
    latest: int = 1
    spans: list[Span] = field(default_factory=list)
    unseen: dict[str, str] = field(default_factory=dict)  # of this paragraph, by reason
    marker: str = ""
    boxes: list[Para] = field(default_factory=list)  # beside this paragraph
    cell: list[Para] = field(default_factory=list)
    row: list[list[Para]] = field(default_factory=list)
    rows: list[list[list[Para]]] = field(default_factory=list)

    def begin(self) -> int:
        """The number of the current paragraph; starts one if there is none."""
        self.line = self.line or next(self.numbers)
        return self.line

    def add_text(self, text: str, look: RtfLook) -> None:
        """Add text to the current paragraph."""
        self.begin()
        if look.unseen:
            self.unseen[look.unseen] = self.unseen.get(look.unseen, "") + text
            return
        moved = {"super": raised, "sub": lowered}.get(look.moved)
        self.spans.append(Span(moved(text) if moved else text, look.bold, look.italic, link=look.link))

    def end_paragraph(self, look: RtfLook, style: str = "", *, in_cell: bool = False) -> None:
        """End the current paragraph."""
        line = self.begin()
        spans = tidy(self.spans)
        for reason, text in self.unseen.items():
            if text.strip():
                self.unread.append(Unread(line=line, text=text.strip(), reason=reason))
        if not (look.in_table or in_cell):
            self._end_table()
        if style.lower() == "title" and spans:
            self.titles.add(line)
        paras = [Para(self._block(spans, look, style), line), *self.boxes]
        (self.cell if look.in_table or in_cell else self.paras).extend(paras)
        check_count(len(self.paras), in_force().lines, _PARAGRAPHS)
        self.latest, self.line = line, 0
        self.spans, self.unseen, self.marker, self.boxes = [], {}, "", []

    def _block(self, spans: tuple[Span, ...], look: RtfLook, style: str) -> Block:
        level = heading_level(style) or (look.outline + 1 if look.outline < _BODY_TEXT else 0)
        if level:
            return Block(spans, BlockKind.HEADING, level=level)
        number = self.marker.strip().strip("()[].")
        if not self.marker.strip():
            return Block(spans)
        return Block(spans, BlockKind.ITEM, f"{int(number)}." if _is_number(number) else "-", look.level + 1)

    def end_cell(self, look: RtfLook, style: str) -> None:
        """End a table cell."""
        self.end_paragraph(look, style, in_cell=True)
        self.row.append(self.cell)
        self.cell = []

    def end_row(self) -> None:
        """End a table row."""
        if self.row:
            self.rows.append(self.row)
        self.row = []

    def _end_table(self) -> None:
        if self.cell:
            self.row.append(self.cell)
            self.cell = []
        self.end_row()
        rows, self.rows = self.rows, []
        if rows:
            texts = [[" ".join(para.block.text for para in cell if para.block.text) for cell in row] for row in rows]
            self.paras.extend(table_paras(texts, lambda row, column: iter(rows[row][column]), lambda: self.latest))

    def close(self, look: RtfLook, style: str = "") -> None:
        """End everything that is open."""
        if self.line:
            self.end_paragraph(look, style)
        self._end_table()

    def aside(self) -> Iterator[Unread]:
        """The unread text of a story that is not read."""
        text = "\n".join(para.block.text for para in self.paras if para.block.text)
        if text:
            yield Unread(line=self.latest, text=text, reason=self.reason)


def replaced(look: RtfLook, **changes: object) -> RtfLook:
    """The look with some changes."""
    return replace(look, **changes)  # type: ignore[arg-type]


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 9  # noqa: PLR2004 - no list is as long
