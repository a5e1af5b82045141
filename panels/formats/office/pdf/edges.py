"""Remove running heads, page numbers and footnotes from the edges of printed pages."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from panels.formats.limits import timed
from panels.formats.office.pdf.pages import PrintedLine, PrintedPage, usual_gap
from panels.formats.wording import gettext_noop
from panels.transcript import Unread

_PAGE_NUMBERS = gettext_noop("page numbers, on %(count)s pages")
_RUNNING = gettext_noop("running header or footer, on %(count)s pages")

_DEPTH = 3  # lines at the top and at the bottom of a page that may be running heads
_APART = 1.2  # of the usual space between lines, from which they stand apart
_OTHER_SIZE = 0.6  # points
_FEW = 3  # a running head stands on one page in three at least, and on two
_SAME_HEIGHT = 6.0  # points
_NUMBER = re.compile(r"\d+|\b[ivxl]+\b")
_PAGE_NUMBER = re.compile(
    r"(?:page|seite|p\.|pág\.|第)?\s?[-–—]?\s?\d{1,4}\s?(?:(?:of|/|von|de|sur)\s?\d{1,4})?\s?[-–—]?\s?(?:页|頁|ページ)?",
    re.IGNORECASE,
)
_PRINTED = re.compile(r"\d{1,2}/\d{1,2}/\d{2,4}, \d{1,2}:\d\d|(?:https?|file)://\S+ \d+/\d+$")
_MARK = re.compile(r"(?:\d{1,3}|[*†‡§¹²³⁴⁵⁶⁷⁸⁹⁰]+)\s*\S")
_SMALLER = 0.9  # of the size of the text, from which a line at the foot is a note


_Pattern = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Edges:
    """The lines of the text, and what was removed at the edges of the pages."""

    lines: tuple[PrintedLine, ...]
    unread: tuple[Unread, ...]
    size: float  # of most of the text


def without_edges(pages: Sequence[PrintedPage]) -> Edges:
    """The lines of all pages, without lines at the edges that recur from page to page."""
    running = list(_running(pages))
    dropped = {id(line) for lines, _reason in running for line in lines}
    unread = [_unread(lines, reason) for lines, reason in running]
    kept = [[line for line in page.lines if id(line) not in dropped] for page in pages]
    size = _common_size(line for lines in kept for line in lines)
    texts: list[PrintedLine] = []
    for lines in timed(kept):
        text, printed = _without_print(lines, size)
        notes = _notes(text, size)
        unread += [_unread(printed, gettext_noop("running header or footer"))] if printed else []
        unread += [_unread(notes, gettext_noop("a footnote"))] if notes else []
        texts += text[: len(text) - len(notes)]
    return Edges(tuple(texts), tuple(unread), size)


def _unread(lines: Sequence[PrintedLine], reason: str) -> Unread:
    return Unread(line=lines[0].page, text="\n".join(dict.fromkeys(line.text for line in lines)), reason=reason)


def _running(pages: Sequence[PrintedPage]) -> Iterator[tuple[Sequence[PrintedLine], str]]:
    """The recurring lines at the edges, each with its kind."""
    counts = Counter(_pattern(line) for page in pages for line in page.lines)
    gap = usual_gap([line for page in pages for line in page.lines])
    edges: dict[tuple[bool, _Pattern], list[PrintedLine]] = defaultdict(list)
    for page in timed(pages):
        for is_top, line in _edges(page, gap):
            edges[is_top, _pattern(line)].append(line)
    for (_, pattern), lines in edges.items():
        if _runs(pattern[0], lines, counts[pattern], len(pages)):
            reason = _PAGE_NUMBERS if _PAGE_NUMBER.fullmatch(lines[0].text) else _RUNNING
            yield lines, reason % {"count": len(lines)}
    for page in pages if len(pages) == 1 else ():
        last = min(page.lines, key=lambda line: line.y, default=None)
        if last is not None and len(page.lines) > 1 and _PAGE_NUMBER.fullmatch(last.text):
            yield [last], gettext_noop("page number")


def _edges(page: PrintedPage, gap: float) -> Iterator[tuple[bool, PrintedLine]]:
    """The lines at the top (True) and the bottom of a page that are separated from its text."""
    by_height = sorted(page.lines, key=lambda line: -line.y)
    for is_top, lines in ((True, by_height), (False, by_height[::-1])):
        ends = [at for at, (line, inner) in enumerate(pairwise(lines[: _DEPTH + 1])) if _are_apart(line, inner, gap)]
        yield from ((is_top, line) for line in lines[: max(ends, default=-1) + 1])


def _are_apart(line: PrintedLine, inner: PrintedLine, gap: float) -> bool:
    return abs(line.y - inner.y) > _APART * gap or abs(line.size - inner.size) > _OTHER_SIZE


def _pattern(line: PrintedLine) -> _Pattern:
    """A key that is the same on every page: the words without digits, and the font size."""
    return _NUMBER.sub("#", line.text), round(line.size)


def _runs(pattern: str, lines: Sequence[PrintedLine], count: int, pages: int) -> bool:
    """Whether a line recurs at one edge and one height of the pages, and nowhere else."""
    heights = [line.y for line in lines]
    at_one_height = max(heights) - min(heights) <= _SAME_HEIGHT
    several = len({line.page for line in lines}) >= max(2, pages // _FEW)
    only_there = count == len(lines) or pattern == "#"
    return at_one_height and several and only_there and not pattern.rstrip().endswith((":", "："))


def _without_print(lines: Sequence[PrintedLine], size: float) -> tuple[list[PrintedLine], list[PrintedLine]]:
    """The lines of a page, and those that a browser prints above and below: the time, the URL, the page number."""
    small = [line for line in lines if line.size <= _SMALLER * size and _PRINTED.match(line.text)]
    heights = [line.y for line in lines if line not in small]
    apart = [line for line in small if heights and not min(heights) < line.y < max(heights)]
    return [line for line in lines if line not in apart], apart


def _common_size(lines: Iterator[PrintedLine]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size * 2) / 2] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _notes(lines: Sequence[PrintedLine], size: float) -> Sequence[PrintedLine]:
    """The lines at the foot of a page that are smaller than the text and begin with a footnote mark."""
    start = len(lines)
    while start and lines[start - 1].size <= _SMALLER * size:
        start -= 1
    small = lines[start:]
    first = next((at for at, line in enumerate(small) if _MARK.match(line.text)), len(small))
    return small[first:] if 2 * len(small) <= len(lines) else ()
