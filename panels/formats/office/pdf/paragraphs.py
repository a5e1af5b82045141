"""Find the paragraphs in printed lines: by spacing, indents, short lines, bold text at the beginning, and labels.

A PDF file does not say where a paragraph ends, so the result is a guess, and callers report it as one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from statistics import median

from panels.formats.limits import timed
from panels.formats.office.pdf.pages import PrintedLine, usual_gap
from panels.formats.parsing.richtext import Block, BlockKind, Span, tidy
from panels.formats.parsing.spacing import run_on
from panels.formats.structure.cues import looks_like_name
from panels.formats.structure.paragraphs import Para, without
from panels.formats.wording import gettext_noop
from panels.transcript import Unread

_BROKEN_WORD = gettext_noop("a word broken at the end of a line, read as “%(word)s”")

_WIDER = 1.35  # of the usual space between lines, from which a paragraph ends
_SHORT, _VERY_SHORT = 0.8, 0.55  # of the length of full lines
_INDENT = 0.7  # of the size of the letters
_LARGER = 1.12  # than the text, from which a line is a heading
_LONGEST_HEADING = 200
_SAME_SIZE = 0.6  # points
_ENDS = re.compile(r"[.!?…:。！？：」』）)\]\"”’][\d¹²³⁴⁵⁶⁷⁸⁹⁰]*$")
_LABEL = re.compile(r"(?P<label>[^:：\n]{1,60}?)\s*[:：](?:\s|$)|(?P<part>[QA])\.\s")
_CLOCK = re.compile(r"[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?[\])]?(?:\s|$)")
_ENDS_IN_CLOCK = re.compile(r"\D{2,60}\s[\[(]?\d{1,2}:\d{2}(?::\d{2})?[\])]?$")
_BULLET = re.compile(r"[•◦▪‣●○■–·]\s+")
_NUMBERED = re.compile(r"\d{1,3}[.)]\s")
_BROKEN = re.compile(r"(?<![^\W\d_])(?P<before>[^\W\d_]{2,})(?P<hyphen>[-\u2010])$")
_GOES_ON = re.compile(r"(?P<after>[^\W\d_]+)")
_SOFT = "\u00ad"


@dataclass
class Paragraphs:
    """Joins lines to paragraphs. `size` is the font size of most of the text."""

    lines: Sequence[PrintedLine]
    size: float
    unread: list[Unread] = field(default_factory=list)
    joined: PrintedLine | None = None  # the first line that another one was put to

    def __post_init__(self) -> None:
        body = [line for line in self.lines if abs(line.size - self.size) <= _SAME_SIZE]
        self.gap = usual_gap(body)
        self.margin = _common_margin(body)
        self.full = _full_length(body)
        self.labels = _labels(self.lines)
        self.words = Counter(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", "\n".join(line.text for line in self.lines)))
        larger = {round(line.size) for line in self.lines if line.size > _LARGER * self.size}
        self.levels = {size: level for level, size in enumerate(sorted(larger, reverse=True), start=1)}

    def paras(self) -> Iterator[Para]:
        """The paragraphs; the line of each is the page that it begins on."""
        together: list[PrintedLine] = []
        for line in timed(self.lines):
            if together and self._begins(together[-1], line):
                yield self._para(together)
                together = []
            elif together and self.joined is None and not self._level(line):
                self.joined = line
            together.append(line)
        if together:
            yield self._para(together)

    def _begins(self, before: PrintedLine, line: PrintedLine) -> bool:
        """Whether a line begins a paragraph."""
        if abs(before.size - line.size) > _SAME_SIZE or before.is_bold != line.is_bold:
            return True
        if self._starts(before, line):
            return True
        short = len(before.text) / self.full
        ends = bool(_ENDS.search(before.text))
        if short < _VERY_SHORT or (ends and short < _SHORT):
            return not (line.is_bold and self._level(line) == 0 and short >= _VERY_SHORT)
        gap = before.y - line.y
        if line.page != before.page or gap < 0:
            return False  # the paragraph goes on over the page or in the next column
        return gap > _WIDER * self.gap or self._indented(before, line)

    def _starts(self, before: PrintedLine, line: PrintedLine) -> bool:
        """Whether a line begins like a paragraph: with a name, a time, or a list mark."""
        text = line.text
        found = _LABEL.match(text)
        if found and (found["part"] or _same(found["label"]) in self.labels):
            return True
        if _CLOCK.match(text) or _BULLET.match(text) or _ENDS_IN_CLOCK.fullmatch(text):
            return True
        if _NUMBERED.match(text) and _ENDS.search(before.text):
            return True
        bold = "".join(span.text for span in _bold_start(line.spans)).strip()
        return (
            bool(bold) and not before.spans[-1].bold and bool(_ENDS.search(before.text) or bold.endswith((":", "：")))
        )

    def _indented(self, before: PrintedLine, line: PrintedLine) -> bool:
        step = _INDENT * self.size
        if line.x < self.margin - step:
            return True  # the first line hangs out
        return line.x > self.margin + step and abs(before.x - self.margin) <= step

    def _level(self, line: PrintedLine) -> int:
        return self.levels.get(round(line.size), 0) if line.size > _LARGER * self.size else 0

    def _para(self, lines: Sequence[PrintedLine]) -> Para:
        spans: list[Span] = []
        for line in lines:
            spans = [*self._unbroken(spans, line), *line.spans]
        whole = tidy(run_on(spans))
        level = self._level(lines[0])
        text = "".join(span.text for span in whole)
        bullet = _BULLET.match(text)
        if level and len(text) <= _LONGEST_HEADING:
            return Para(Block(whole, BlockKind.HEADING, level=min(level, 6)), lines[0].page)
        if bullet:
            return Para(Block(without(whole, bullet.end()), BlockKind.ITEM, "-", 1), lines[0].page)
        return Para(Block(whole), lines[0].page)

    def _unbroken(self, spans: list[Span], line: PrintedLine) -> list[Span]:
        """The spans so far, prepared for the next line: a word hyphenated at the line end is joined."""
        if not spans:
            return spans
        last = spans[-1]
        if last.text.endswith(_SOFT):
            return [*spans[:-1], replace(last, text=last.text.removesuffix(_SOFT))]
        broken, goes_on = _BROKEN.search(last.text), _GOES_ON.match(line.text)
        if not broken or not goes_on or not goes_on["after"][:1].islower():
            return [*spans, Span("\n", last.bold, last.italic)]
        whole, hyphened = f"{broken['before']}{goes_on['after']}", f"{broken['before']}-{goes_on['after']}"
        if self.words[hyphened] and not self.words[whole]:
            return spans
        if not self.words[whole]:
            reason = _BROKEN_WORD % {"word": whole}
            self.unread.append(Unread(line=line.page, text=hyphened, reason=reason))
        return [*spans[:-1], replace(last, text=last.text[: broken.start("hyphen")])]


def _bold_start(spans: Sequence[Span]) -> list[Span]:
    start: list[Span] = []
    for span in spans:
        if not span.bold:
            break
        start.append(span)
    return start


def _labels(lines: Sequence[PrintedLine]) -> frozenset[str]:
    """Text before a colon that may be a name and begins at least two lines."""
    found = (_LABEL.match(line.text) for line in lines)
    counts = Counter(_same(match["label"]) for match in found if match and match["label"])
    return frozenset(label for label, count in counts.items() if count > 1 and looks_like_name(label))


def _same(label: str) -> str:
    return " ".join(label.split())


def _common_margin(lines: Sequence[PrintedLine]) -> float:
    margins = Counter(round(line.x) for line in lines)
    return float(margins.most_common(1)[0][0]) if margins else 0.0


def _full_length(lines: Sequence[PrintedLine]) -> float:
    """The length of full lines, in characters."""
    lengths = sorted(len(line.text) for line in lines)
    return float(median(lengths[len(lengths) * 3 // 4 :])) if lengths else 1.0
