"""Convert Markdown to blocks, for writers of formats with markup of their own.

CommonMark without HTML, as everywhere in Panels. Constructs that a `Block` cannot express (a list inside a quotation, a
rule, a table of another dialect) keep their words and lose their structure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from markdown_it import MarkdownIt
from markdown_it.token import Token

from panels.formats.parsing.richtext import Block, BlockKind, Span, tidy

_PARSER = MarkdownIt("commonmark", {"html": False})
# Text without any of these needs no parser: most of what people say has none, and parsing is the expensive part.
_PLAIN = re.compile(r"[^\\`*_\[\]<>&#+=~!\n-]*")
_ORDERED_START = re.compile(r"\s{0,3}\d")


def blocks_of(markdown: str) -> tuple[Block, ...]:
    """The blocks of some Markdown, in order."""
    parts = markdown.split("\n\n")
    if all(_PLAIN.fullmatch(part) and not _ORDERED_START.match(part) for part in parts):
        return tuple(Block(spans=spans) for part in parts if (spans := tidy((Span(part),))))
    return tuple(_MarkdownWalk(_PARSER.parse(markdown)).blocks())


def plain_text(markdown: str) -> str:
    """The words of some Markdown: no marks, paragraphs separated by a blank line."""
    return "\n\n".join(block.text for block in blocks_of(markdown))


@dataclass
class _MarkdownWalk:
    """One pass over the tokens; keeps track of the open lists and quotations."""

    tokens: list[Token]
    lists: list[str] = field(default_factory=list)
    quotes: int = 0
    heading: int = 0
    item_open: bool = False

    def blocks(self) -> Iterator[Block]:
        for token in self.tokens:
            if token.type == "inline":
                yield from self._text(token)
            elif token.type in ("fence", "code_block"):
                yield Block((Span(token.content.rstrip("\n")),), BlockKind.CODE)
            else:
                self._structure(token)

    def _structure(self, token: Token) -> None:
        match token.type:
            case "blockquote_open" | "blockquote_close":
                self.quotes += token.nesting
            case "heading_open" | "heading_close":
                self.heading = int(token.tag[1:]) if token.nesting > 0 else 0
            case _:
                self._list(token)

    def _list(self, token: Token) -> None:
        match token.type:
            case "bullet_list_open":
                self.lists.append("-")
            case "ordered_list_open":
                start = token.attrGet("start")
                self.lists.append("1" if start is None else str(start))
            case "bullet_list_close" | "ordered_list_close":
                self.lists.pop()
            case "list_item_open":
                self.item_open = True
            case "list_item_close" if self.lists[-1] != "-":
                self.lists[-1] = str(int(self.lists[-1]) + 1)

    def _text(self, token: Token) -> Iterator[Block]:
        spans = tidy(_spans(token.children or []))
        if not spans:
            return
        block = Block(spans)
        if self.heading:
            block = replace(block, kind=BlockKind.HEADING, level=self.heading)
        elif self.quotes:
            block = replace(block, kind=BlockKind.QUOTE)
        elif self.lists and self.item_open:
            marker = self.lists[-1] if self.lists[-1] == "-" else f"{self.lists[-1]}."
            block = replace(block, kind=BlockKind.ITEM, marker=marker, level=len(self.lists))
            self.item_open = False
        yield block


def _spans(tokens: list[Token]) -> Iterator[Span]:
    style = Span("")
    for token in tokens:
        match token.type:
            case "strong_open" | "strong_close":
                style = replace(style, bold=token.nesting > 0)
            case "em_open" | "em_close":
                style = replace(style, italic=token.nesting > 0)
            case "link_open" | "link_close":
                style = replace(style, link=str(token.attrGet("href") or ""))
            case _:
                yield _span(token, style)


def _span(token: Token, style: Span) -> Span:
    breaks = {"softbreak": " ", "hardbreak": "\n"}
    return replace(style, text=breaks.get(token.type, token.content), code=token.type == "code_inline")


def html_of(markdown: str) -> str:
    """Markdown as HTML, without raw tags, and with links to web URLs only."""
    return str(_PARSER.render(markdown))
