"""Text with simple formatting, between the markup of a file and the Markdown of a Transcript.

A `Block` is a paragraph, a list item, a quotation or code; a `Span` is a run of it in one style. Readers of markup make
blocks and call `to_markdown`; writers call `markdown_blocks.blocks_of` and get blocks back. The Markdown is CommonMark
in which every character of the text is preserved.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby

from panels.formats.limits import timed


class BlockKind(StrEnum):
    """The kind of a block."""

    PARAGRAPH = "paragraph"
    ITEM = "item"
    QUOTE = "quote"
    CODE = "code"
    HEADING = "heading"


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text in one style. An intended line break is a newline in `text`."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    link: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph-like piece; `marker` is "-" or "1." for items, `level` the depth of items and headings."""

    spans: tuple[Span, ...]
    kind: BlockKind = BlockKind.PARAGRAPH
    marker: str = ""
    level: int = 0

    @property
    def text(self) -> str:
        """The text without formatting."""
        return "".join(span.text for span in self.spans)


LINKABLE = re.compile(r"(?:https?://|mailto:)[^\s<>]+", re.IGNORECASE)
_SPECIAL = re.compile(r"[\\`*_\[\]<&#>+=~-]|^\s*\d+[.)]", re.MULTILINE)
_INLINE = re.compile(
    r"\\(?=[!-/:-@\[-`{-~\n]|$)"  # a backslash that would escape the next character
    r"|`"
    r"|(?<!\s)\*|\*(?!\s)"
    r"|(?<![^\W_])_|_(?![^\W_])"  # an underscore between two letters is literal
    r"|\](?=[(:])"  # a link, or the definition of one
    r"|<(?=[A-Za-z][A-Za-z0-9+.-]{1,31}:|[^\s<>@]+@)"
    r"|&(?=#\d{1,7};|#[xX][0-9A-Fa-f]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};)"
)
_LINE_START = re.compile(
    r"^(?:(#{1,6}(?=\s|$)|>|[-+*](?=\s|$)|=+\s*$|-+\s*$|~~~|(?:[-_]\s*){3,}$)|(\d{1,9})([.)](?=\s|$)))",
    re.MULTILINE,
)
_INLINE_IN_LINK = re.compile(_INLINE.pattern + r"|[\[\]]")
_SPACE = re.compile(r"[ \t\r\f\v]*\n[ \t\r\f\v]*|[ \t\r\f\v]+|\xa0[ \t\xa0]+")


def escape(text: str) -> str:
    """Plain text as Markdown that displays exactly the same; a newline stays a newline."""
    if not _SPECIAL.search(text):
        return text
    return _LINE_START.sub(_at_line_start, _INLINE.sub(r"\\\g<0>", text))


def _at_line_start(found: re.Match[str]) -> str:
    mark, number, dot = found.groups()
    return f"\\{mark}" if mark else f"{number}\\{dot}"


def plain_paragraphs(text: str) -> str:
    """The plain text of a file as Markdown: paragraphs stay separate, single line breaks are only wrapping."""
    parts = (" ".join(part.split()) for part in re.split(r"\n\s*\n", text))
    return "\n\n".join(escape(part) for part in parts if part)


def tidy(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans with white space collapsed, neighbours of one style joined, and both ends stripped."""
    joined: list[Span] = []
    for style, group in groupby(filter(_has_text, timed(spans)), key=_style):
        text = _SPACE.sub(_one_space, "".join(span.text for span in group))
        if joined and joined[-1].text[-1:] in " \n":
            text = text.lstrip(" ")
        if joined and text.startswith("\n"):
            joined[-1] = replace(joined[-1], text=joined[-1].text.rstrip(" "))
        if text:
            joined.append(replace(style, text=text))
    return _trimmed(joined)


def _has_text(span: Span) -> bool:
    return bool(span.text)


def _style(span: Span) -> Span:
    return replace(span, text="")


def _one_space(found: re.Match[str]) -> str:
    return "\n" if "\n" in found[0] else " "


def _trimmed(spans: list[Span]) -> tuple[Span, ...]:
    while spans and not spans[0].text.lstrip():
        del spans[0]
    while spans and not spans[-1].text.rstrip():
        del spans[-1]
    if spans:
        spans[0] = replace(spans[0], text=spans[0].text.lstrip())
        spans[-1] = replace(spans[-1], text=spans[-1].text.rstrip())
    return tuple(spans)


def to_markdown(blocks: Sequence[Block]) -> str:
    """The Markdown of some blocks, without the empty ones."""
    pieces: list[str] = []
    lists: dict[int, bool] = {}  # whether the open list at a depth is numbered
    for block in timed(blocks):
        text = _block_markdown(block)
        if not text:
            continue
        tight = bool(lists) and lists.get(block.level, _numbered(block)) is _numbered(block)
        tight = tight and block.kind is BlockKind.ITEM
        if pieces:
            pieces.append("\n" if tight else "\n\n")
        pieces.append(text)
        lists = {depth: kind for depth, kind in lists.items() if depth < block.level and tight}
        if block.kind is BlockKind.ITEM:
            lists[block.level] = _numbered(block)
    return "".join(pieces)


def _numbered(block: Block) -> bool:
    return block.marker[:1].isdigit()


def _block_markdown(block: Block) -> str:
    if block.kind is BlockKind.CODE:
        fence = "`" * max(3, _longest_backticks(block.text) + 1)
        return f"{fence}\n{block.text}\n{fence}" if block.text.strip() else ""
    text = spans_to_markdown(block.spans)
    if not text:
        return ""
    if block.kind is BlockKind.ITEM:
        indent = "    " * max(block.level - 1, 0)
        return f"{indent}{block.marker or '-'} " + text.replace("\n", f"\n{indent}    ")
    if block.kind is BlockKind.QUOTE:
        return "> " + text.replace("\n", "\n> ")
    if block.kind is BlockKind.HEADING:
        return "#" * min(max(block.level, 1), 6) + " " + text.replace("\\\n", " ")
    return text


def spans_to_markdown(spans: Iterable[Span]) -> str:
    """Inline Markdown; emphasis that CommonMark would not recognise is dropped, its words are not."""
    tidied = tidy(spans)
    out = ""
    for index, span in enumerate(tidied):
        following = tidied[index + 1].text[:1] if index + 1 < len(tidied) else ""
        if span.link and out.endswith("!"):
            out = f"{out[:-1]}\\!"  # else the link would be an image
        out += _span_markdown(span, out[-1:], following)
    return _escape_first(out)


def _escape_first(markdown: str) -> str:
    """Escape line starts, which are known only after joining the spans; emphasis must not become a bullet."""
    return _LINE_START.sub(_at_line_start, markdown).replace("\n", "\\\n")


def _span_markdown(span: Span, before: str, after: str) -> str:
    if span.code:
        ticks = "`" * (_longest_backticks(span.text) + 1)
        pad = " " if span.text[:1] == "`" or span.text[-1:] == "`" else ""
        return f"{ticks}{pad}{span.text}{pad}{ticks}"
    lead, core, trail = _split_space(span.text)
    linked = bool(core and LINKABLE.fullmatch(span.link))
    text = (_INLINE_IN_LINK if linked else _INLINE).sub(r"\\\g<0>", core)
    mark = "*" * (span.bold * 2 + span.italic)
    around = ("[", "]") if linked else (lead or before, trail or after)
    if mark and core and _flanks(around[0], core, around[1]):
        text = f"{mark}{text}{mark}"
    if linked:
        text = f"<{core}>" if text == span.link else _link_markdown(text, span.link)
    return lead + text + trail


def _link_markdown(text: str, url: str) -> str:
    target = f"<{url}>" if re.search(r"[()\\*_&]", url) else url
    return f"[{text}]({target})"


def _split_space(text: str) -> tuple[str, str, str]:
    core = text.strip()
    if not core:
        return text, "", ""
    start = text.index(core)
    return text[:start], core, text[start + len(core) :]


def _flanks(before: str, core: str, after: str) -> bool:
    """Whether CommonMark opens emphasis before `core` and closes it after."""
    opens = not _punctuation(core[0]) or _open_ground(before[-1:])
    closes = not _punctuation(core[-1]) or _open_ground(after[:1])
    return opens and closes and before[-1:] != "*" and after[:1] != "*"


def _open_ground(char: str) -> bool:
    return not char or char.isspace() or _punctuation(char)


def _punctuation(char: str) -> bool:
    return not char.isalnum() and not char.isspace()


def _longest_backticks(text: str) -> int:
    return max((len(run) for run in re.findall(r"`+", text)), default=0)
