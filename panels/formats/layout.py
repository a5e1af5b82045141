"""Paragraphs with labels as turns: what pages (HTML) and documents (docx) have in common.

A label is what the markup says is one, or bold words before a colon, or bold words alone that come back, or a
name before a colon that comes back, or a heading that comes back. Other headings open exchanges. A paragraph
without a label goes on with the turn before it; before the first label it introduces.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from panels.formats.cues import TIME, looks_like_name, seconds
from panels.formats.limits import timed
from panels.formats.outline import Outline
from panels.formats.people import People, turn
from panels.formats.richtext import Block, Kind, Span, tidy, to_markdown
from panels.transcript import Unread


class Part(StrEnum):
    """What the markup says a paragraph is; TEXT where it says nothing."""

    TEXT = "text"
    LABEL = "label"
    TIME = "time"
    ASIDE = "aside"


@dataclass(frozen=True, slots=True)
class Para:
    """A block with its line; `reason` says why an aside is one."""

    block: Block
    line: int
    part: Part = Part.TEXT
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A paragraph that may begin with a label; `sure` where the markup leaves no doubt."""

    para: Para
    label: str
    rest: tuple[Span, ...]
    sure: bool


_OFFICE = re.compile(r"The [^()]+ \((?P<name>[^()]+)\)")
_BEFORE_COLON = re.compile(r"(?P<label>[^:：\n]{1,60}?)\s*[:：](?:\s+|$)")
_QUALIFIED = re.compile(r"\s*(?P<more>\([^()]{2,80}\))\s*[:：]")
_COLON = re.compile(r"\s*[:：]\s*")
_CLOCK = re.compile(rf"[\s\[({{]*(?P<time>{TIME.pattern})[\s\])}}]*")
_NUMBERED = re.compile(r"(?:question|q|answer|part|section|chapter|topic|问题|問題)\W*\d*", re.IGNORECASE)
_QUESTION = re.compile(
    r"(?:question|q|问题|問題|提问|提問)\s*(?:\d+|[一二三四五六七八九十]+)\s*[:：,，.]", re.IGNORECASE
)
_LONGEST_NAME = 60
_LONGEST_OFFICE = 120  # “The Minister for this, that and more (Mr. Somebody)”
_MOST = 0.5


def label_of(para: Para) -> Labelled | None:
    """The label a paragraph may begin with."""
    spans = para.block.spans
    if para.part is not Part.TEXT or para.block.kind in (Kind.CODE, Kind.ITEM) or not spans:
        return None
    if _QUESTION.match(para.block.text):
        return None
    bold = _bold_start(spans)
    if bold:
        return _bold_label(para, bold, spans[len(bold) :])
    found = _BEFORE_COLON.match(para.block.text)
    if found and looks_like_name(found["label"]):
        return Labelled(para, found["label"].strip(), _without(spans, found.end()), sure=False)
    return None


def _bold_start(spans: Sequence[Span]) -> list[Span]:
    start: list[Span] = []
    for span in spans:
        if not span.bold and span.text.strip():
            break
        start.append(span)
    return start


def _bold_label(para: Para, bold: list[Span], rest: tuple[Span, ...]) -> Labelled | None:
    text = "".join(span.text for span in bold).strip()
    after = "".join(span.text for span in rest)
    found = _BEFORE_COLON.match(text)
    if found and found.end() < len(text) and looks_like_name(found["label"]):  # bold goes on after the colon
        return Labelled(para, found["label"], _without(para.block.spans, found.end()), sure=True)
    if len(text) > _LONGEST_OFFICE or not re.search(r"[^\W\d_]", text):
        return None
    qualified = _QUALIFIED.match(after)
    if qualified:
        label = f"{text} {qualified['more']}"
        return Labelled(para, label, _without(rest, qualified.end()), sure=True)
    colon = _COLON.match(after)
    if colon or text.endswith((":", "：")):
        skip = colon.end() if colon else 0
        label = text.rstrip(":： ")
        return Labelled(para, label, _without(rest, skip), sure=_nameable(label))
    clock = _CLOCK.match(after)
    if clock or not rest:
        return Labelled(para, text, rest, sure=False)
    return None


def _nameable(label: str) -> bool:
    """Whether bold words before a colon could be somebody: unless they are a sentence or a number."""
    office = label.partition("(")[0].strip() or label
    plain = not TIME.search(label) and not office.endswith((".", "!", "?", "…"))
    return looks_like_name(label) or (plain and label[:1].isupper() and not _NUMBERED.fullmatch(label))


def _without(spans: Sequence[Span], count: int) -> tuple[Span, ...]:
    """Spans without their first characters."""
    out = []
    for span in spans:
        out.append(replace(span, text=span.text[count:]))
        count = max(0, count - len(span.text))
    return tidy(out)


@dataclass
class Layout:
    """Turns out of paragraphs: call `read` once."""

    outline: Outline = field(default_factory=Outline)
    people: People = field(default_factory=People)
    introduction: list[Block] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    label: str | None = None
    time: float | None = None
    line: int = 0
    blocks: list[Block] = field(default_factory=list)
    speaking: bool = False
    start: int = 1

    def read(self, paras: Sequence[Para]) -> None:
        """Take all paragraphs of a document."""
        labels = _accepted(paras)
        names = _heading_names(paras)
        start = _first_turn(paras, labels, names)
        self._introduce(paras[:start])
        for para in timed(paras[start:]):
            found = labels.get(id(para))
            if para.part is Part.LABEL or _names_speaker(para, names):
                self._open(para.block.text.strip(" :：\u200b"), para.line)
            elif found:
                self._open(found.label, para.line)
                self._text(replace(para.block, spans=found.rest))
            else:
                self._unlabelled(para)
        self._close()
        self._nobody()

    def _introduce(self, paras: Sequence[Para]) -> None:
        """What stands before the first speaker, where somebody speaks at all."""
        for para in paras:
            if para.part is Part.ASIDE:
                self.unread.append(Unread(line=para.line, text=para.block.text, reason=para.reason))
            else:
                self.introduction.append(para.block)

    def _unlabelled(self, para: Para) -> None:
        clock = _CLOCK.fullmatch(para.block.text)
        if para.part is Part.ASIDE:
            self.unread.append(Unread(line=para.line, text=para.block.text, reason=para.reason))
        elif clock:
            self._clock(clock)
        elif _is_heading(para):
            before = self.label if self.speaking else None
            self._close()
            self.label = before  # who was speaking goes on under the heading
            self.outline.heading(_unmarked(para.block), line=para.line)
        else:
            self.line = self.line or para.line
            self._text(para.block)

    def _clock(self, clock: re.Match[str]) -> None:
        if self.time is None:
            self.time = seconds(clock["time"])

    def _text(self, block: Block) -> None:
        clock = _CLOCK.match(block.text) if not self.blocks else None
        if clock and self.time is None:
            self._clock(clock)
            block = replace(block, spans=_without(block.spans, clock.end()))
        if block.spans:
            self.blocks.append(block)

    def _open(self, label: str, line: int) -> None:
        self._close()
        self.label, self.line, self.speaking = label or None, line, True

    def _close(self) -> None:
        """End the turn that is open; text that nobody spoke introduces, or stands under its heading."""
        if self.blocks and (self.speaking or self.outline.opened):
            label = self.label if self.speaking else None
            name = _person(label)
            self.people.speaks(name, label=label)
            text = to_markdown(self.blocks)
            self.outline.answer(turn(text, name, label=label, time=self.time, line=self.line))
        elif self.blocks:
            self.start = self.start if self.introduction else self.line
            self.introduction += self.blocks
        elif self.label and self.line:
            reason = "a label with nothing said after it"
            self.unread.append(Unread(line=self.line, text=self.label, reason=reason))
        self.blocks, self.label, self.time, self.line = [], None, None, 0

    def _nobody(self) -> None:
        """A document without any label or heading is one turn of nobody."""
        if self.introduction and not self.outline.opened:
            text = to_markdown(self.introduction)
            self.outline.answer(turn(text, None, time=None, line=self.start))
            self.introduction = []


def _person(label: str | None) -> str | None:
    """Who speaks under a label: of an office with a name in brackets, the one who holds it."""
    found = _OFFICE.fullmatch(label or "")
    return found["name"] if found and looks_like_name(found["name"]) else label


def _first_turn(paras: Sequence[Para], labels: dict[int, Labelled], names: set[str]) -> int:
    """Where the first speaker is named, with the headings right above; 0 where nobody is."""
    for index, para in enumerate(paras):
        if para.part is Part.LABEL or id(para) in labels or _names_speaker(para, names):
            above = index
            while above and _is_heading(paras[above - 1]):
                above -= 1
            return above
    return 0


def _names_speaker(para: Para, names: set[str]) -> bool:
    return para.block.kind is Kind.HEADING and para.block.text in names


def _is_heading(para: Para) -> bool:
    """A heading, a numbered question, or a short paragraph in bold, for who knows no headings."""
    block = para.block
    if para.part is not Part.TEXT or block.kind is Kind.HEADING or _QUESTION.match(block.text):
        return para.part is Part.TEXT
    bold = block.kind is Kind.PARAGRAPH and all(span.bold or not span.text.strip() for span in block.spans)
    return bold and len(block.text) <= 2 * _LONGEST_OFFICE and "\n" not in block.text


def _unmarked(block: Block) -> str:
    spans = tuple(replace(span, bold=False) for span in block.spans)
    return to_markdown([Block(spans)])


def _accepted(paras: Sequence[Para]) -> dict[int, Labelled]:
    """The labels to believe, by paragraph: a doubtful one must come back, or be a name seen elsewhere."""
    found = [label for para in timed(paras) if (label := label_of(para))]
    counts = Counter(label.label for label in found)
    known = {label.label for label in found if label.sure and not _NUMBERED.fullmatch(label.label)} | {
        para.block.text.rstrip(":： ") for para in paras if para.part is Part.LABEL
    }
    texts = sum(para.part is Part.TEXT and para.block.kind is Kind.PARAGRAPH for para in paras)
    most = len(found) >= _MOST * texts
    return {
        id(label.para): label
        for label in found
        if label.sure or label.label in known or (not known and (counts[label.label] > 1 or most))
    }


def _heading_names(paras: Sequence[Para]) -> set[str]:
    """Headings that are names: those of a level on which most come back, and those that end in a colon."""
    names: set[str] = set()
    for level in range(1, 7):
        heads = [para.block.text for para in paras if para.block.kind is Kind.HEADING and para.block.level == level]
        counts = Counter(heads)
        back = sum(count for count in counts.values() if count > 1)
        short = all(len(head) <= _LONGEST_NAME and not head.endswith(("?", "？")) for head in heads)
        if heads and short and back >= _MOST * len(heads):
            names |= counts.keys()
        names |= {head for head in heads if head.endswith((":", "：")) and looks_like_name(head.rstrip(":： "))}
    return names
