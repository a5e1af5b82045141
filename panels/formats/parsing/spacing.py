"""Decide whether a line break is a space: Chinese and Japanese are written without spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from panels.formats.parsing.richtext import Span

UNSPACED = (
    "\u2e80-\u303f\u3040-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff9f\U00020000-\U0003ffff"
)
_UNSPACED = re.compile(f"[{UNSPACED}]")
_SHARED = "“”‘’…—"  # punctuation that Chinese and Western texts both have
_BREAK = re.compile(r"(?<!\s)[^\S\n]*+\n\s*+")


def is_unspaced(character: str) -> bool:
    """Whether a character belongs to a script that is written without spaces."""
    return bool(_UNSPACED.match(character))


def adjoin(before: str, after: str) -> bool:
    """Whether no space belongs between two characters when a line break between them is removed."""
    one, other = is_unspaced(before), is_unspaced(after)
    return (one and (other or after in _SHARED)) or (other and before in _SHARED) if before and after else False


def joined(lines: Sequence[str]) -> str:
    """Lines as one, with spaces where their script has them.

    >>> joined(["我们讨论", "图书馆的未来"])
    '我们讨论图书馆的未来'
    """
    return "".join(span.text for span in run_on([Span("\n".join(line.strip() for line in lines if line.strip()))]))


def run_on(spans: Sequence[Span]) -> Iterator[Span]:
    """The spans on one line: each line break becomes a space, or nothing."""
    ahead = [""] * len(spans)  # the first character after each span
    for index in range(len(spans) - 1, 0, -1):
        ahead[index - 1] = spans[index].text.lstrip()[:1] or ahead[index]
    last = ""
    for span, after in zip(spans, ahead, strict=True):
        yield replace(span, text=_without_breaks(span.text, last, after))
        last = span.text.rstrip()[-1:] or last


def _without_breaks(text: str, before: str, after: str) -> str:
    def space(found: re.Match[str]) -> str:
        left = text[found.start() - 1] if found.start() else before
        right = text[found.end()] if found.end() < len(text) else after
        return "" if adjoin(left, right) else " "

    return _BREAK.sub(space, text)
