"""Find the lines of an article that are questions.

Some are marked as such (`Question 3, what …`, `问题一：…`, `追问：…`). Numbered headings, numbered lines in bold and
numbered lines above a label are questions if there are several and most end in a question mark. `## Q1` alone numbers
the line below.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from panels.formats.limits import timed
from panels.formats.parsing.text_lines import Line, LineKind
from panels.formats.speakers import label_patterns
from panels.formats.speakers.names import looks_like_name

_NUMBER = r"(?:\d{1,3}|[一二三四五六七八九十]{1,3})"
_WORD = (
    r"(?:Question|Q|Pregunta|Frage|Вопрос|Питання|Ερώτηση|Pergunta|Domanda|Vraag|سؤال|السؤال|שאלה|"
    r"質問|질문|问题|問題)"
)
_QUESTION = re.compile(
    rf"(?:[*_]{{1,3}})?(?P<number>(?P<word>{_WORD})\s?#?\s?{_NUMBER}|第\s?{_NUMBER}\s?(?:个问题|個問題|问|問))"
    r"\s?(?:[*_]{1,3})?\s?(?P<mark>[:：,，.、)）/]|[-–—](?=\s)|)\s*(?:[*_]{1,3})?\s*(?P<text>.+?)(?:[*_]{1,3})?",
    re.IGNORECASE,
)
_FOLLOW_UP = re.compile(
    r"(?:[*_]{1,3})?(?P<mark>(?:追问|追問|follow[- ]?up(?: question)?)\s?\d{0,2})\s?[:：]\s*(?:[*_]{1,3})?(?P<text>.+)",
    re.IGNORECASE,
)
_ALONE = re.compile(
    rf"(?:[*_]{{1,3}})?(?P<number>{_WORD}\s?#?\s?{_NUMBER})\s?[:：.]?(?:[*_]{{1,3}})?",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"(?P<bold>\*\*|__)?(?P<number>\d{1,3}|[一二三四五六七八九十]{1,3})(?:[.)]\s|[、）．])\s*"
    r"(?P<text>[^*]+?)(?(bold)(?P=bold))"
)
_ASKS = ("?", "？")
_SEVERAL = 2


@dataclass(frozen=True, slots=True)
class ArticleQuestion:
    """A question that is a heading."""

    text: str
    number: str = ""  # the prefix: `Question 3`, `追问`
    follow_up: bool = False


def asked(line: Line) -> ArticleQuestion | None:
    """The question on a line, if it is marked as one: `Question 3, what …`, `问题一：…`, `追问：…`."""
    found = _QUESTION.fullmatch(line.text)
    if found and not found["mark"] and not found["text"].endswith(("?", "？")):
        found = None  # `Q1 is …` begins a sentence
    if found and (found["word"] is None or _says_enough(found["text"])):
        return ArticleQuestion(found["text"].strip(), found["number"].strip())
    more = _FOLLOW_UP.fullmatch(line.text)
    return ArticleQuestion(more["text"].strip(" *_"), more["mark"].strip(), follow_up=True) if more else None


def _says_enough(text: str) -> bool:
    return len(text.split()) > 1 or not text.isascii() or text.endswith("?")


def questions_in(lines: Sequence[Line]) -> dict[int, ArticleQuestion | None]:
    """The questions by line number; None for a line that only numbers the one below it."""
    found: dict[int, ArticleQuestion | None] = {}
    for line in timed(lines):
        own = asked(line)
        if own:
            found[line.number] = own
    counted = dict(_counted(lines))
    asking = sum(1 for question in counted.values() if question.text.endswith(_ASKS))
    if len(counted) >= _SEVERAL and 2 * asking >= len(counted):
        found |= {number: question for number, question in counted.items() if number not in found}
    for above, line in pairwise(lines):
        alone = _ALONE.fullmatch(above.text) if above.kind is LineKind.HEADING or "*" in above.text else None
        if alone and line.kind is LineKind.WORDS and not label_patterns.colon(line) and line.number not in found:
            found[above.number] = None
            found[line.number] = ArticleQuestion(line.text.strip(" *_"), alone["number"])
    return dict(sorted(found.items()))


def _counted(lines: Sequence[Line]) -> Iterator[tuple[int, ArticleQuestion]]:
    """Numbered headings, numbered lines in bold, and numbered lines with a question, right above a label."""
    for line, below in pairwise(lines):
        one = _COUNTED.fullmatch(line.text)
        if one and line.kind in (LineKind.HEADING, LineKind.WORDS) and _says_enough(one["text"]):
            shown = line.kind is LineKind.HEADING or one["bold"]
            label = label_patterns.colon(below) or label_patterns.bold(below)
            answered = one["text"].endswith(_ASKS) and label is not None and looks_like_name(label.label)
            if shown or answered:
                yield line.number, ArticleQuestion(one["text"].strip(), one["number"])
