"""Classify the lines of a text document: heading, words, rule, code, site markup.

All readers of text start here, so that headings, code and blank lines mean the same to all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from panels.formats.limits import timed
from panels.formats.parsing.spoken_times import in_figures
from panels.formats.parsing.wiki_marks import from_wiki

_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*")
_UNSPACED = re.compile(r"(#{1,6})([^#\s].*)")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_RULE = re.compile(r" {0,3}(?:(?:\* *){3,}|(?:- *){3,}|(?:_ *){3,}|={5,})")
_DESTINATION = r"(?:<[^<>\n]*>|(?=\S*(?:[/#]|\.\w|:\w)|http)\S+)"
_TITLE = r"(?:\s+(?:\"[^\"\n]*\"|'[^'\n]*'|\([^()\n]*\)))?"
# Marks of page builders for WordPress: `[vc_row]`, `[/caption]`.
_SHORTCODE = (
    r"\[(?:/?(?:vc|et_pb|fusion|su|av|mk|cs)_\w{1,40}(?:\s[^\[\]]{0,300})?|/(?:caption|gallery|embed|audio|video|playlist)|"
    r"(?:caption|gallery|embed|audio|video|playlist)\s[^\[\]=]{1,40}=[^\[\]]{0,300})\]"
)
_MARKUP = re.compile(
    r" {0,3}\[\^[^\]\n]{1,200}\]:\s*\S.*|"  # a footnote
    rf" {{0,3}}\[(?:\d{{1,4}}\]:\s*\S+|[^\]\n]{{1,200}}\]:\s*{_DESTINATION}){_TITLE}|"  # a link's definition
    rf"(?:{_SHORTCODE}\s?){{1,9}}|"
    r"\{%.*%\}|\{\{.*\}\}|<!--.*-->|</?[a-zA-Z][^<>]*>(?:\s*</[a-zA-Z]+>)?|\{:.*\}"
)
_CLOCK = re.compile(r"\s*[\[(]?(?:\d{1,3}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?[\])]?\s*")
_LISTED = re.compile(r"\s*(?:[-*+•]\s|\d{1,3}[.)]\s|\|)")
_LINKED = re.compile(r"\s*(?:!?\[[^\[\]]*\]\([^\s()]*\)[\s,|·]*)+|\s*https?://\S+\s*")
LIST, LINKS = "list", "links"
_OPENS = re.compile(r"\s{0,3}(\*\*\s?[_*]?|__\s?|_)(?=\S)")
_LOOSE = re.compile(
    r"(?P<strong>\*\*|__)\s*(?P<weak>[_*]?)\s*(?P<text>[^\s*_](?:[^*]*[^\s*_])?)\s*(?P=weak)\s*(?P=strong)"
)
_BETWEEN = re.compile(r"(?<=[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef])\n(?=[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef])")
_LONGEST_WRAP = 8  # lines
# A time that links to that moment of a recording: `[\\[00:12\\]](https://example.org/?t=12)`.
_LINKED_TIME = re.compile(
    r"\[(?:\\?[\[(])?(?P<time>(?:\d{1,3}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?)(?:\\?[\])])?\]\([^()\s]*[?&#](?:t|start|time|at)=[^()\s]*\)"
)
_TAGS_OF_BLOCKS = r"(?:</?(?:p|div|br|span|section|article|center|font|td|tr|li|ul|ol)(?:[\s/][^<>]{0,200})?+>\s*+)"
_LEADING_TAGS = re.compile(rf"\A\s*{_TAGS_OF_BLOCKS}{{1,9}}")
_ENDING_TAGS = re.compile(rf"(?<!\s)\s*+{_TAGS_OF_BLOCKS}{{1,9}}\Z")
_SHORTCODES = re.compile(_SHORTCODE)
_UNDERLINE = re.compile(r" {0,3}(?:={3,}|-{3,})\s*")
_LONGEST_UNDERLINED = 100  # characters
_EMPHASIS = re.compile(r"\*\*+|__+|(?<!\w)[_*](?=\S)|(?<=\S)[_*](?!\w)")
_WIDEST = 40
_WIDE = re.compile(rf"\s{{{_WIDEST + 1},}}")  # meaningless; label patterns take quadratic time in its length
_AUTOLINK = re.compile(r"<(?:https?://|mailto:)[^<>]*>")


class LineKind(StrEnum):
    """The kind of a line."""

    BLANK = "blank"
    HEADING = "heading"
    WORDS = "words"
    RULE = "rule"
    CODE = "code"
    MARKUP = "markup"


@dataclass(frozen=True, slots=True)
class Line:
    """A line; `blank_before` counts the blank lines before it, `alone` if there are blank lines on both sides."""

    number: int
    raw: str
    kind: LineKind
    text: str
    level: int = 0
    blank_before: int = 1
    alone: bool = False
    timed: bool = False  # the line below is only a time
    heads: str = ""  # what follows: LIST for a list item or a row, LINKS for images and links alone
    below_time: bool = False  # the line above is only a time

    @property
    def apart(self) -> bool:
        """Whether anything separates the line from the text above it."""
        return self.blank_before > 0 or self.below_time


def scan(lines: Sequence[str], *, first: int = 1) -> list[Line]:
    """The lines that are not blank, from number `first` on, in order."""
    found: list[Line] = []
    lines = from_wiki(in_figures(lines))
    heads = _heads(lines)
    fence = ""
    blank_before = 1
    wraps = 0  # further lines of the previous one
    for number, written in enumerate(timed(lines[first - 1 :]), start=first):
        if wraps:
            wraps -= 1
            continue
        mark = _FENCE.match(written)
        inside = bool(fence)
        raw = written if inside or mark else _without_tags(written)
        if mark and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1][:3]
        if not raw.strip() and not inside:
            blank_before += 1
            continue
        code = inside or bool(mark)
        wraps = 0 if code else _wraps(lines, number)
        whole = "\n".join(line.strip() for line in lines[number - 1 : number + wraps]) if wraps else raw
        kind, text, level = (
            (LineKind.CODE, raw, 0) if code else _kind(_WIDE.sub(_narrowed, _BETWEEN.sub("", whole).replace("\n", " ")))
        )
        if kind is LineKind.WORDS and blank_before and not wraps and _is_underlined(text, lines, number):
            kind, level, wraps = LineKind.HEADING, 1 if "=" in lines[number] else 2, 1
            whole = raw.rstrip()
        last = number + wraps
        below = lines[last] if last < len(lines) else ""
        alone = bool(blank_before) and not below.strip()
        timed_below = bool(_CLOCK.fullmatch(below))
        above = not blank_before and number > first and bool(_CLOCK.fullmatch(lines[number - 2]))
        found.append(
            Line(number, whole.rstrip(), kind, text, level, blank_before, alone, timed_below, heads[last - 1], above)
        )
        blank_before = 0
    return found


def _without_tags(raw: str) -> str:
    """A line without tags at its beginning and its end, left over from a page; a line of tags alone stays."""
    bare = _SHORTCODES.sub("", raw) if "[" in raw else raw
    bare = _ENDING_TAGS.sub("", _LEADING_TAGS.sub("", bare)) if "<" in bare else bare
    return bare if bare.strip() else raw


def _is_underlined(text: str, lines: Sequence[str], number: int) -> bool:
    """Whether a line alone is a heading with a line of signs below it: a short one that is no sentence and no label."""
    below = lines[number] if number < len(lines) else ""
    if not _UNDERLINE.fullmatch(below) or len(text) > _LONGEST_UNDERLINED or "*" in text:
        return False
    after = lines[number + 1] if number + 1 < len(lines) else ""
    return not after.strip() and (text[-1:].isalnum() or text[-1:] in "?？)）")


def _wraps(lines: Sequence[str], number: int) -> int:
    """The number of lines that continue an emphasis that a line opens and does not close: `**Which of the two` …"""
    opened = _OPENS.match(lines[number - 1])
    if not opened:
        return 0
    mark = "**" if "*" in opened[1] else "__" if "__" in opened[1] else "_"
    if lines[number - 1].count(mark) % 2 == 0:
        return 0
    for count, line in enumerate(lines[number : number + _LONGEST_WRAP], start=1):
        if not line.strip() or line.strip().startswith(mark):
            return 0
        if line.count(mark) % 2:
            return count if mark != "_" or line.rstrip().endswith("_") else 0
    return 0


def _heads(lines: Sequence[str]) -> list[str]:
    """For each line, the kind of the next one that is not blank: a list, links alone, or neither."""
    heads, below = [], ""
    for raw in reversed(lines):
        heads.append(below)
        below = (LIST if _LISTED.match(raw) else LINKS if _LINKED.fullmatch(raw) else "") if raw.strip() else below
    return heads[::-1]


def _narrowed(blank_before: re.Match[str]) -> str:
    return blank_before[0][:_WIDEST]


def _kind(raw: str) -> tuple[LineKind, str, int]:
    heading = _HEADING.fullmatch(raw)
    if heading and _CLOCK.fullmatch(heading[2] or ""):
        return LineKind.WORDS, heading[2].strip(), 0  # `### 00:04:12` is a time, and no heading
    if heading:
        return LineKind.HEADING, (heading[2] or "").strip(), len(heading[1])
    if _RULE.fullmatch(raw.rstrip()):
        return LineKind.RULE, raw.strip(), 0
    if _MARKUP.fullmatch(raw.rstrip()) and not _AUTOLINK.fullmatch(raw.strip()):
        return LineKind.MARKUP, raw.strip(), 0
    loose = _LOOSE.fullmatch(raw.strip())  # `** _Words? _**`, as page converters write it
    if loose:
        mark = "***" if loose["weak"] else loose["strong"]
        return LineKind.WORDS, f"{mark}{loose['text']}{mark}", 0
    text = _LINKED_TIME.sub(r"[\g<time>]", raw) if "](" in raw else raw
    return LineKind.WORDS, text.strip(), 0


def unmarked(text: str) -> str:
    """The text without the marks that make it bold or italic."""
    return _EMPHASIS.sub("", text)


def joined(lines: Iterable[Line]) -> str:
    """Lines as Markdown again, with a single blank line wherever there were any."""
    text = ""
    for line in lines:
        text += ("\n\n" if line.blank_before else "\n") * bool(text) + (
            line.raw if line.kind is LineKind.CODE else line.raw.strip()
        )
    return text
