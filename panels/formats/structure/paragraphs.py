"""Paragraphs of pages (HTML) and documents (docx), and their labels.

A label is bold text before a colon, or recurring bold text alone, or a recurring name before a colon, or a recurring
heading. Which of them are labels is decided over all paragraphs.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from panels.formats.limits import timed
from panels.formats.parsing.richtext import Block, BlockKind, Span, tidy
from panels.formats.structure.cues import TIME, looks_like_name


class ParagraphPart(StrEnum):
    """The part of a paragraph according to the markup; TEXT if it does not say."""

    TEXT = "text"
    LABEL = "label"
    TIME = "time"
    ASIDE = "aside"
    LIST = "list"  # of the people on the panel


@dataclass(frozen=True, slots=True)
class Para:
    """A block with its line; `reason` explains an aside."""

    block: Block
    line: int
    part: ParagraphPart = ParagraphPart.TEXT
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A paragraph that may begin with a label; `sure` if the markup leaves no doubt."""

    para: Para
    label: str
    rest: tuple[Span, ...]
    sure: bool


_BEFORE_COLON = re.compile(r"(?P<label>[^:：\n]{1,60}?)\s*[:：](?:\s+|$)")
_QUALIFIED = re.compile(r"\s*(?P<more>\([^()]{2,80}\))\s*[:：]")
_COLON = re.compile(r"\s*[:：]\s*")
CLOCK = re.compile(rf"[\s\[({{]*(?P<time>{TIME.pattern})[\s\])}}]*")
_NUMBERED = re.compile(
    r"(?:question|q|answer|part|section|chapter|topic|frage|вопрос|pregunta|質問|问题|問題)\W*\d*", re.IGNORECASE
)
QUESTION = re.compile(
    r"(?:question|q|pregunta|frage|вопрос|питання|ερώτηση|pergunta|domanda|vraag|سؤال|السؤال|שאלה|質問|질문|问题|問題|提问|提問)"
    r"\s*(?:\d+|[一二三四五六七八九十]+)\s*[:：,，.]",
    re.IGNORECASE,
)
_SENTENCE_ENDS = ("?", "!", ".", "？", "！", "。")
_LONGEST_NAME = 60
LONGEST_OFFICE = 120  # “The Minister for this, that and more (Mr. Somebody)”
_MOST = 0.5
_SEVERAL = 2


def label_of(para: Para) -> Labelled | None:
    """The possible label at the beginning of a paragraph."""
    spans = para.block.spans
    if para.part is not ParagraphPart.TEXT or para.block.kind in (BlockKind.CODE, BlockKind.ITEM) or not spans:
        return None
    if QUESTION.match(para.block.text):
        return None
    bold = _bold_start(spans)
    if bold:
        return _bold_label(para, bold, spans[len(bold) :])
    found = _BEFORE_COLON.match(para.block.text)
    if found and looks_like_name(found["label"]):
        return Labelled(para, found["label"].strip(), without(spans, found.end()), sure=False)
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
    if found and found.end() < len(text) and looks_like_name(found["label"]):  # bold continues after the colon
        return Labelled(para, found["label"], without(para.block.spans, found.end()), sure=True)
    if len(text) > LONGEST_OFFICE or not re.search(r"[^\W\d_]", text):
        return None
    qualified = _QUALIFIED.match(after)
    if qualified:
        label = f"{text} {qualified['more']}"
        return Labelled(para, label, without(rest, qualified.end()), sure=True)
    colon = _COLON.match(after)
    if colon or text.endswith((":", "：")):
        skip = colon.end() if colon else 0
        label = text.rstrip(":： ")
        return Labelled(para, label, without(rest, skip), sure=_nameable(label))
    clock = CLOCK.match(after)
    if clock or (not rest and not text.endswith(_SENTENCE_ENDS)):
        return Labelled(para, text, rest, sure=False)
    return None


def _nameable(label: str) -> bool:
    """Whether bold text before a colon could be a name: not a sentence or a number."""
    office = label.partition("(")[0].strip() or label
    plain = not TIME.search(label) and not office.endswith((".", "!", "?", "…"))
    return looks_like_name(label) or (plain and label[:1].isupper() and not _NUMBERED.fullmatch(label))


def without(spans: Sequence[Span], count: int) -> tuple[Span, ...]:
    """The spans without their first characters."""
    out = []
    for span in spans:
        out.append(replace(span, text=span.text[count:]))
        count = max(0, count - len(span.text))
    return tidy(out)


def accepted(paras: Sequence[Para]) -> dict[int, Labelled]:
    """The accepted labels, by paragraph: a doubtful one must recur, or be a name that is also used as a sure one."""
    found = [label for para in timed(paras) if (label := label_of(para))]
    counts = Counter(label.label for label in found)
    known = {label.label for label in found if label.sure and not _NUMBERED.fullmatch(label.label)} | {
        para.block.text.rstrip(":： ") for para in paras if para.part is ParagraphPart.LABEL
    }
    texts = sum(para.part is ParagraphPart.TEXT and para.block.kind is BlockKind.PARAGRAPH for para in paras)
    most = len(found) >= _MOST * texts
    # Beside names with times, a line in bold that occurs once is a title.
    clocked = sum(1 for label in found if _has_clock(label))
    return {
        id(label.para): label
        for label in found
        if (clocked < _SEVERAL or label.rest or counts[label.label] > 1)
        and (label.sure or label.label in known or (not known and (counts[label.label] > 1 or most)))
    }


def _has_clock(label: Labelled) -> bool:
    return bool(CLOCK.match("".join(span.text for span in label.rest)))


def heading_names(paras: Sequence[Para]) -> set[str]:
    """The headings that are names: those of a level on which most recur, and those that end in a colon."""
    names: set[str] = set()
    for level in range(1, 7):
        heads = [
            para.block.text for para in paras if para.block.kind is BlockKind.HEADING and para.block.level == level
        ]
        counts = Counter(heads)
        back = sum(count for count in counts.values() if count > 1)
        short = all(len(head) <= _LONGEST_NAME and not head.endswith(("?", "？")) for head in heads)
        if heads and short and back >= _MOST * len(heads):
            names |= counts.keys()
        names |= {head for head in heads if head.endswith((":", "：")) and looks_like_name(head.rstrip(":： "))}
    return names
