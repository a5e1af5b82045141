"""Patterns of labels in lines of text, one function for each form.

A function takes a line and returns a LabelMatch, or None if the line does not have that form. Whether the label really
is one is decided over the whole file, in `labels`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import IntEnum

from panels.formats.parsing.text_lines import Line, LineKind
from panels.formats.speakers.described import described, is_whole_name
from panels.formats.speakers.east_asian_names import is_full_name
from panels.formats.speakers.names import TIME, answers, asks, is_capitalised


class Strength(IntEnum):
    """The strength of a form as evidence for a label."""

    RETURNS = 0  # not at all, unless the label recurs
    ORDINARY = 1
    STRONG = 2


@dataclass(frozen=True, slots=True)
class LabelMatch:
    """A label on a line. `label` is "" if there is only a time."""

    line: Line
    label: str
    text: str
    time: float | None = None
    strength: Strength = Strength.ORDINARY
    stamped: str = ""  # the text with the time before it
    nobody: bool = False  # a label that is not a person's


Form = Callable[[Line], LabelMatch | None]


def _stamp(group: str) -> str:
    """A time, bare or in brackets that Markdown may have escaped, or a range of times."""
    end = rf"(?:\s?(?:-->|-|–)\s?{TIME})?"
    return rf"(?:\\?\[|\(|（|<)?\s?(?:at\s)?(?P<{group}>{TIME}){end}\s?(?:\\?\]|\)|）|>)?"


_AT, _BEFORE = _stamp("time"), _stamp("before")
_DASH = r"(?:[-–—|]\s)?"
_BULLET = r"(?:[-*+•]\s+|>\s+|\d{1,3}[.)]\s+)?"
_NAME = r"(?P<name>[^:：*\n]{1,70}?)"
_BOLD = re.compile(
    rf"{_BULLET}(?:{_BEFORE}\s*[-–]?\s*)?(?P<open>\*\*\*|\*\*|__)\s?(?:{_stamp('inside')}\s*)?{_NAME}\s?(?P<colon>[:：])?\s?"
    rf"(?:{_stamp('within')})?\s?[:：]?\s?(?P=open)(?P<after>\s?[:：])?\s*{_DASH}(?P<stamp>{_AT}(?:\s*(?P<later>[:：]))?)?(?P<text>(?:\s|\\?\[).*|$|(?<=[:：*]).*)"
)
_ONLY_TIME = re.compile(rf"(?:\*\*|__)?{_AT}\s?[:：]?(?:\*\*|__)?\s?[:：]?\s*(?P<text>.*)")
_EMPHASIS = re.compile(
    rf"(?P<open>__|_|\*)(?![*_\s]){_NAME}\s?(?:{_stamp('within')})?\s?(?P<colon>[:：])?\s?(?P=open)"
    rf"(?P<after>\s?[:：])?\s*(?:{_AT}\s*)?(?P<text>.*)"
)
_COLON = re.compile(
    rf"(?:>{{2,4}}\s*)?(?:{_BEFORE}\s*[-–|]?\s*)?(?P<bracket>\[)?(?P<name>[^:：\n\[\]]{{1,60}}?(?:\s\[[^\[\]:：\d]{{1,30}}\])?)(?(bracket)\])\s?(?:[(（\[]\s?(?P<time>{TIME})\s?[)）\]]\s?)?"
    r"(?:：\s*|:(?:\s+|$|(?=[^\s/\d])))(?P<text>.*)"
)
_QUESTION = re.compile(
    r"(?:\*\*|__)?(?P<name>(?:[QA]|(?:Q(?:uestion)?|A(?:nswer)?)\s?\d{1,3}|Question|Answer|QUESTION|ANSWER)"
    r"(?:\s?[-–—](?=\s)|\.(?=\s|\*\*|__)|\s?[:：])|(?:问|問|答|追问|追問|提问|提問|回答)\s?\d{0,3}\s?[:：])(?:\*\*|__)?\s*(?P<text>.*)"
)
_DASHED = re.compile(r"(?:\*\*|__)?[\w ]{1,12}?\s?[-–—]\s")
_WHOLE = re.compile(r"(?P<open>\*\*\*|\*\*|__|\*|_)(?![\s*_])(?P<text>[^*]+?)(?P=open)")
_ADDED = r"(?:\s?[(（\[](?!\s?\d)[^()（）\[\]\n]{1,60}[)）\]])?"  # the organisation, or the guest status
_NAME_TIME = re.compile(
    rf"{_BULLET}(?P<name>[^:：\n(\[]{{1,60}}?{_ADDED})(?:\s?(?P<colon>[:：])\s*|(?P<wide>\s+(?:[-–—|]\s+)?)|(?=[(\[]))(?P<stamp>{_AT})"
    r"(?P<end>\s?[:：])?(?P<text>(?:\s.*)?)"
)
_BOXED_TIME = re.compile(rf"\\?\[(?P<name>[^\[\]:：\n]{{1,60}})\\?\]\s+{_AT}")
_TIME_NAME = re.compile(rf"{_BEFORE}\s+(?P<dash>[-–—|]\s)?(?P<name>[^:：\n(\[]{{1,50}}{_ADDED})")
_BRACKETED = re.compile(
    rf"(?:{_BEFORE}\s*)?(?:\\?\[(?P<name>[^\[\]:\n]{{1,50}}?)\\?\](?![(\[:])|【(?P<cjk>[^【】\n]{{1,50}})】)\s*(?P<text>\S.*)"
)
_TABBED = re.compile(
    rf"(?:{_BEFORE}\s*)?(?P<name>[^\t\n:：|]{{1,60}}?)"
    r"(?:\t\s*| {3,}|(?<=[\u3040-\u30ff\u3400-\u9fff])\u3000{1,4}(?!\u3000))"  # the wide space of Chinese and Japanese
    r"(?P<text>(?=.*[^\W\d_])\S.*)"
)
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff]")
_HEADING = re.compile(rf"(?P<name>[^:：\n]{{1,60}}?)\s?(?P<colon>[:：])?\s*(?:{_AT})?\s*(?P<colons>[:：])?")
_ALONE = re.compile(r"(?P<name>[^:：\n]{1,50}?)\s?[:：]?")


_LONGEST_LABEL = 200  # characters
_BLANKS = "".join(filter(str.isspace, map(chr, range(0x3001))))


def seconds(clock: str | None) -> float | None:
    """Seconds of a time such as `1:02:03.500`, `02:03,5` or `014:30:00`."""
    if not clock:
        return None
    total = 0.0
    for part in clock.replace(",", ".").split(":"):
        total = total * 60 + float(part)
    return round(total, 3)


def plain_label(label: str) -> str:
    """A label without Markdown's marks and the dash or colon after it."""
    bare = _INVISIBLE.sub("", label).lstrip(_BLANKS + "*_`\\[")
    bare = bare.rstrip(_BLANKS + "*_`:：\\" + ("" if "[" in bare else "]"))
    if len(bare) > _LONGEST_LABEL:
        return bare
    return " ".join(re.sub(r"\*\*+|(?<!\w)_+|_+(?!\w)", "", bare).split())


def _strength(*, strong: bool) -> Strength:
    return Strength.STRONG if strong else Strength.RETURNS


def bold(line: Line) -> LabelMatch | None:
    """`**Name:** text`, `**Name**: text`, `**Name:**` alone, `**Name** [0:07]`, `**[0:07] Name:** text`,
    `**Name: text**`, `**Two** **Words:** text`."""
    shown = line.text.replace("** **", " ", 1) if line.text[:2] == "**" else line.text
    found = _BOLD.fullmatch(shown) if "**" in line.text[:90] or "__" in line.text[:90] else None
    if not found:
        return colon(line) if line.text[:2] in ("**", "__") and _WHOLE.fullmatch(line.text) else None
    time = found["before"] or found["inside"] or found["within"] or found["time"]
    ended = found["colon"] or found["after"] or found["later"]
    alone = not found["text"].strip()
    if not ended and not time and not alone:
        return None
    strength = _strength(strong=bool(ended or time))
    stamped = shown[found.start("stamp") :].strip() if found["stamp"] and not alone else ""
    return LabelMatch(line, plain_label(found["name"]), found["text"].strip(), seconds(time), strength, stamped)


def only_time(line: Line) -> LabelMatch | None:
    """A time without a name, such as `(00:01:21):` or `**6:16**`: the speaker does not change."""
    found = _ONLY_TIME.fullmatch(line.text)
    return LabelMatch(line, "", found["text"].strip(), seconds(found["time"]), Strength.STRONG) if found else None


def emphasis(line: Line) -> LabelMatch | None:
    """`__Ben__: text`, `_AS:_ text`, `*Name:* text`."""
    found = _EMPHASIS.fullmatch(line.text) if line.text[:1] in "*_" else None
    if not found or not (found["colon"] or found["after"]):
        return None
    time = seconds(found["within"] or found["time"])
    return LabelMatch(line, plain_label(found["name"]), found["text"].strip(), time, Strength.STRONG)


def colon(line: Line) -> LabelMatch | None:
    """`Name: text`, `Name (0:07): text`, `[0:07] Name: text`, `Name：text`, `*Name: text*`."""
    found = _COLON.fullmatch(_unmarked(line.text))
    if not found or (found["name"][:2] == found["text"][:2] and found["text"][:2] in ("**", "__")):
        return None  # `**Name:** text` is another form
    time = found["before"] or found["time"]
    strength = Strength.STRONG if time and is_capitalised(found["name"]) else Strength.ORDINARY
    return LabelMatch(line, plain_label(found["name"]), found["text"].strip(), seconds(time), strength)


def _unmarked(text: str) -> str:
    """A line without the marks that make all of it bold or italic."""
    whole = _WHOLE.fullmatch(text)
    return whole["text"] if whole else text


def question(line: Line) -> LabelMatch | None:
    """`Q: text`, `Q - text`, `A. text`, `**Q:** text`, `**Q: text**`, `问：text`."""
    found = _QUESTION.fullmatch(_unmarked(line.text))
    if not found:
        return None
    label = plain_label(found["name"]).rstrip(".)")
    return LabelMatch(line, label, found["text"].strip(), None, Strength.STRONG)


def from_the_floor(marks: Iterable[LabelMatch]) -> set[int]:
    """The lines of questions without a known asker: `Q - ` among names with colons, and no `A - ` anywhere."""
    labelled = [mark for mark in marks if mark.label]
    if any(answers(mark.label) for mark in labelled):
        return set()
    dashed = {mark.line.number for mark in labelled if asks(mark.label) and _DASHED.match(mark.line.text)}
    return dashed if 2 * len(dashed) < len(labelled) else set()


def name_time(line: Line) -> LabelMatch | None:
    """`Name: 00:00:00`, `Name  0:03`, `Name (00:00:36):`, `Name [0:03] text`, with the words there or below."""
    found = _NAME_TIME.fullmatch(line.text)
    if not found or line.kind is not LineKind.WORDS:
        return None
    text, label = found["text"].strip(), plain_label(found["name"])
    bracketed = found["stamp"].lstrip("\\")[:1] in "[(（<"
    if text and not bracketed and not found["end"]:
        return None
    shown = bracketed or found["colon"] or found["end"] or len(found["wide"] or "") > 1
    shown = shown or (not text and line.blank_before > 0 and is_full_name(label))  # names of East Asia have no spaces
    strength = _strength(strong=bool(shown)) if is_capitalised(label) else Strength.RETURNS
    return LabelMatch(line, label, text, seconds(found["time"]), strength)


def boxed_time(line: Line) -> LabelMatch | None:
    """`[Name] 14:02:11` with the words below, as Zoom saves captions."""
    found = _BOXED_TIME.fullmatch(line.text) if line.kind is LineKind.WORDS else None
    label = plain_label(found["name"]) if found else ""
    if not found or not is_capitalised(label):
        return None
    return LabelMatch(line, label, "", seconds(found["time"]), Strength.STRONG)


def time_name(line: Line) -> LabelMatch | None:
    """`00:00:01 Name` with the words below; after a dash, a whole name is one even if it occurs once."""
    found = _TIME_NAME.fullmatch(line.text) if line.kind is LineKind.WORDS else None
    if not found or not is_capitalised(found["name"]):
        return None
    label = plain_label(found["name"])
    dashed = bool(found["dash"]) and is_whole_name(described(label).name)
    return LabelMatch(line, label, "", seconds(found["before"]), _strength(strong=dashed))


def above_time(line: Line) -> LabelMatch | None:
    """A name on a line of its own, its time on the next one, the words below."""
    found = _ALONE.fullmatch(line.text) if line.timed and line.kind is LineKind.WORDS else None
    if not found or not is_capitalised(found["name"]):
        return None
    label = plain_label(found["name"])
    return LabelMatch(line, label, "", None, _strength(strong=is_whole_name(described(label).name)))


def bracketed(line: Line) -> LabelMatch | None:
    """`[Name] text`, `[0:07] [Name] text`, `【Name】text`."""
    found = _BRACKETED.fullmatch(line.text)
    label = plain_label(found["name"] or found["cjk"]) if found else ""
    if not found or not is_capitalised(label):
        return None
    return LabelMatch(line, label, found["text"].strip(), seconds(found["before"]), Strength.RETURNS)


def tabbed(line: Line) -> LabelMatch | None:
    """`Name<TAB>text`, `0:07<TAB>Name<TAB>text`, `佐藤　text`, or as a column of names with blanks after them."""
    found = _TABBED.fullmatch(line.text)
    if not found or not is_capitalised(found["name"]):
        return None
    return LabelMatch(line, plain_label(found["name"]), found["text"], seconds(found["before"]), Strength.RETURNS)


def heading(line: Line) -> LabelMatch | None:
    """`### Name：` with the words below."""
    found = (
        _HEADING.fullmatch(plain_label(line.text) + line.text[-1:] * line.text.endswith((":", "：")))
        if line.text
        else None
    )
    if not found or line.kind is not LineKind.HEADING:
        return None
    strong = bool(found["colon"] or found["colons"] or found["time"])
    return LabelMatch(line, plain_label(found["name"]), "", seconds(found["time"]), _strength(strong=strong))


def alone(line: Line) -> LabelMatch | None:
    """A name on a line of its own, with or without a colon, the words below."""
    found = _ALONE.fullmatch(line.text.rstrip()) if line.blank_before and len(line.text) <= 52 else None  # noqa: PLR2004
    return LabelMatch(line, plain_label(found["name"]), "", None, Strength.RETURNS) if found else None
