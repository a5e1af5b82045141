"""Convert cues of subtitles and captions to turns; shared by WebVTT, SRT and others.

A turn is the longest run of cues of one speaker. A cue gives its speaker in a voice tag, or in a label before its
text; whether a file labels every cue or only the first of each turn is inferred from the file as a whole.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from panels.formats.parsing.richtext import Block, Span, to_markdown
from panels.formats.parsing.spacing import UNSPACED, run_on
from panels.formats.speakers.names import is_capitalised, is_name_part, may_be_chinese_name
from panels.formats.speakers.names import looks_like_name as names_somebody
from panels.formats.speakers.people import named
from panels.formats.wording import gettext_noop
from panels.transcript import Attribution, Turn, Unread

# As captions in the wild have them: `00:01:02,500`, `1:02.5`, `0:1:2`, `00:00:6,500`, `00:00:06:500`, `00 : 00 : 06`.
_CLOCK = r"(?:\d{1,12}\s?:\s?)?\d{1,2}\s?:\s?\d{1,2}(?:\s?[.,:;]\s?\d{1,9})?"
_ARROW = r"(?:(?<!-)-++\s?-*+(?:>|&gt;)|[—–]++\s?-*+>|=++>|[→⟶➔])"
TIMING = re.compile(
    rf"\s*+(?:(?P<number>\d{{1,6}})[.):]?\s++)?(?P<start>{_CLOCK})\s*+{_ARROW}\s*+(?P<end>{_CLOCK})(?:\s++(?P<rest>.*))?"
)
UNTIMED = re.compile(
    rf"[^\W\d_]{{0,3}}[\d:.,;\s?-]*(?:NaN[\d:.,;\sNa?-]*)?{_ARROW}(?:[\d:.,;\s?-]|NaN)*+(?:[\w-]++:\S++\s*+)*+"
)
_PARTS = re.compile(r"(?:(\d+):)?(\d+):(\d+)(?:([.,:;])(\d+))?")
_CJK = re.compile(f"[{UNSPACED}]")
_SEVERAL = 2
_FRAMES = 2  # digits after a colon
TIME = re.compile(r"(?:\d{1,3}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?")
_TAG = re.compile(
    r"<(/?)(v|c|i|b|u|s|em|strong|ruby|rt|lang|font)((?:[.\s][^<>\n]*)?)>|<[\d:.]+>|\{\\an?\d\}",
    re.IGNORECASE,
)
_VOICE = re.compile(r"(?:\.\S*)?\s*(.*)", re.DOTALL)
_LABEL = re.compile(
    # The full-width colon includes its space.
    rf"(?:>>+ *|- +)?(?P<label>[^:：\n]{{1,60}}?) ?(?:：\s*|:(?:\s+|$|(?=[{UNSPACED}])))(?P<text>.*)",
    re.DOTALL,
)
_BRACKETED = re.compile(
    r"(?:\[(?P<square>[^\[\]:\n]{1,60})\]|\((?P<round>[^():\n]{1,60})\))\s*(?P<text>\S.*)", re.DOTALL
)
_HANDLE = re.compile(r"[^\s.,;!?…]{1,30}")
_LINE = re.compile(r"(?<=\n)")
_PARTICLES = "van der den de la le von zu da di du del of the al bin ibn and y e"
_NOT_NAMES = (
    "note notes question answer example warning tip tldr ps so and but well now okay ok first second third "
    "finally also then remember spoiler update edit http https break jingle music sponsor title date"
)
_LONGEST_LABEL = 6  # words
_LONGEST_NAME = 200  # characters
_MOST, _NEARLY_ALL = 0.8, 0.95
_SOME = 0.2  # of the cues begin with a label, if each turn is short


@dataclass(frozen=True, slots=True)
class CuePiece:
    """The text of one voice in one cue. `label` is as in the source; `name` is without additions."""

    spans: tuple[Span, ...]
    line: int
    time: float
    label: str | None = None  # "" if the source says that the speaker is unknown
    changes: bool = False  # the voice changes here, whoever it is

    @property
    def text(self) -> str:
        """The words."""
        return "".join(span.text for span in self.spans)


def seconds(clock: str) -> float:
    """Seconds of a time such as `1:02:03.500`, `02:03,5` or `014:30:00`."""
    total = 0.0
    for part in clock.replace(",", ".").split(":"):
        total = total * 60 + float(part)
    return round(total, 3)


def moment(clock: str) -> float:
    """The seconds of a time in the varied forms of real captions; frames (`00:01:02:12`) are ignored."""
    found = _PARTS.fullmatch("".join(clock.split()))
    assert found  # noqa: S101  (part of a timing line)
    whole = int(found[1] or 0) * 3600 + int(found[2]) * 60 + int(found[3])
    part = "" if not found[5] or (found[4] in ":;" and len(found[5]) <= _FRAMES) else found[5]
    return round(whole + float(f"0.{part or 0}"), 3)


def pieces_of(text: str, *, line: int, time: float) -> Iterator[CuePiece]:
    """The voices in one cue's text, with bold and italics; other tags are styling and are removed."""
    label: str | None = None  # "" is a voice tag without a name
    style = Span("")
    spans: list[Span] = []
    at = 0
    for tag in _TAG.finditer(text):
        spans.append(replace(style, text=html.unescape(text[at : tag.start()])))
        at = tag.end()
        name = (tag[2] or "").lower()
        if name == "v":
            yield from _piece(spans, line, time, label)
            spans = []
            label = None if tag[1] else html.unescape(_voice(tag[3]))
        else:
            style = _restyled(style, name, on=not tag[1])
    spans.append(replace(style, text=html.unescape(text[at:])))
    yield from _piece(spans, line, time, label)


def _voice(annotation: str) -> str:
    found = _VOICE.fullmatch(annotation)
    return " ".join((found[1] if found else annotation).split())


def _restyled(style: Span, name: str, *, on: bool) -> Span:
    if name in ("b", "strong"):
        return replace(style, bold=on)
    if name in ("i", "em"):
        return replace(style, italic=on)
    return style


def _piece(spans: list[Span], line: int, time: float, label: str | None) -> Iterator[CuePiece]:
    if any(span.text.strip() for span in spans):
        yield CuePiece(tuple(spans), line, time, label)


def labelled(pieces: Sequence[CuePiece]) -> list[CuePiece]:
    """The pieces with labels separated from their text, if they are labels.

    A prefix is one if the file labels nearly every cue, or if it looks like a name and the file has labels that recur,
    or if the same handle recurs; "let me start with a question: …" is none.
    """
    if any(piece.label for piece in pieces):
        every = any(a.label and a.label == b.label for a, b in pairwise(pieces))
        # If each cue repeats its voice, one without is unattributed; else it continues the previous voice.
        return [replace(piece, label=piece.label or "") for piece in pieces] if every else list(pieces)
    pieces = list(_by_line(pieces))
    prefixes = [_LABEL.match(piece.text.lstrip()) for piece in pieces]
    if not any(prefixes):
        return _bracketed(pieces)
    counts = Counter(found["label"] for found in prefixes if found)
    named = [label for label, count in counts.items() if _names(label, count)]
    some = sum(counts[label] for label in named) >= _SOME * len(pieces) or any(counts[n] > 1 for n in named)
    begin = sum(counts.values())
    everywhere = begin >= _NEARLY_ALL * len(pieces) or (
        begin >= _MOST * len(pieces) and len(counts) < 0.5 * len(pieces) + 1
    )
    return [
        replace(_taken_off(piece, found), label=found["label"].strip())
        if found
        and (
            (everywhere and _may_be_label(found["label"], counts))
            or (some and _looks_like_label(found["label"], counts[found["label"]]))
        )
        else piece
        for piece, found in zip(pieces, prefixes, strict=True)
    ]


def _by_line(pieces: Sequence[CuePiece]) -> Iterator[CuePiece]:
    """The pieces, split where a line within a cue begins with a label that also begins other cues."""
    starts = {found["label"] for piece in pieces if (found := _LABEL.match(piece.text.lstrip()))}
    for piece in pieces:
        text = piece.text
        at = [0, *(line.start() for line in _LINE.finditer(text) if _begins(text[line.start() :], starts)), len(text)]
        for start, stop in pairwise(at):
            yield replace(piece, spans=sliced(piece.spans, start, stop)) if len(at) > 2 else piece  # noqa: PLR2004


def _begins(text: str, labels: Collection[str]) -> bool:
    found = _LABEL.match(text)
    return bool(found and found["label"] in labels and _names(found["label"], _SEVERAL))


def sliced(spans: Sequence[Span], start: int, stop: int) -> tuple[Span, ...]:
    """The spans between two positions of their text."""
    out, at = [], 0
    for span in spans:
        out.append(replace(span, text=span.text[max(start - at, 0) : max(stop - at, 0)]))
        at += len(span.text)
    return tuple(out)


def _bracketed(pieces: Sequence[CuePiece]) -> list[CuePiece]:
    """The pieces with names in brackets separated, if most cues have one and several recur: not `[Door opens]`."""
    found = [_BRACKETED.match(piece.text.lstrip()) for piece in pieces]
    names = [(match["square"] or match["round"]).strip() if match else "" for match in found]
    counts = Counter(name for name in names if names_somebody(name) and is_capitalised(name))
    several = sum(count > 1 for count in counts.values()) > 1 and 2 * counts.total() >= len(pieces)
    return [
        replace(_taken_off(piece, match), label=name) if match and several and name in counts else piece
        for piece, match, name in zip(pieces, found, names, strict=True)
    ]


def _may_be_label(label: str, counts: Counter[str]) -> bool:
    """Whether the beginning of a cue is a label, if nearly all cues have one: any except a phrase that occurs once."""
    phrase = label.islower() and (" " in label or is_name_part(label))
    return counts[label] > 1 or (names_somebody(label) and not phrase)


def _looks_like_label(label: str, count: int) -> bool:
    return _names(label, count) or (count > 1 and _HANDLE.fullmatch(label) is not None and not _CJK.search(label))


def _names(label: str, count: int) -> bool:
    """Whether a label names somebody; in Chinese, where any text looks alike, one that occurs once must be a name."""
    if not _CJK.search(label):
        return looks_like_name(label)
    return names_somebody(label) and (count > 1 or may_be_chinese_name(label))


def looks_like_name(label: str) -> bool:
    """Whether a label could name somebody: few words, capitals where names have them, no sentence."""
    if len(label) > _LONGEST_NAME or label.lower() in _NOT_NAMES.split() or TIME.search(label):
        return False
    words = re.sub(r"\(.{0,100}?\)|\[.{0,100}?\]", " ", label).replace("|", " ").split()
    if not words or len(words) > _LONGEST_LABEL or re.search(r"[!?…,;]\s|[!?…,;]$|[^\s.]{4}\.\s", label):
        return False
    capitals = all(not word[0].islower() or word.lower() in _PARTICLES.split() for word in words)
    return capitals and any(word[0].isalpha() for word in words)


def _taken_off(piece: CuePiece, found: re.Match[str]) -> CuePiece:
    skip = len(piece.text) - len(found["text"])
    spans = []
    for span in piece.spans:
        spans.append(replace(span, text=span.text[skip:]))
        skip = max(0, skip - len(span.text))
    return replace(piece, spans=tuple(spans))


def turns_of(pieces: Iterable[CuePiece]) -> tuple[Turn, ...]:
    """One turn for each run of pieces: a piece without a label continues the previous turn."""
    runs: list[list[CuePiece]] = []
    for piece in pieces:
        if runs and piece.label in (None, runs[-1][0].label) and not (piece.changes and not piece.label):
            runs[-1].append(piece)
        else:
            runs.append([piece])
    return tuple(_turn(run) for run in runs)


def _turn(run: list[CuePiece]) -> Turn:
    first = run[0]
    name = named(first.label)
    spans = run_on([span for piece in run for span in (*piece.spans, Span("\n"))])
    return Turn(
        text=to_markdown([Block(tuple(spans))]),
        label=first.label or None,
        speaker=name,
        attribution=Attribution.STATED if name else Attribution.UNKNOWN,
        time=first.time,
        line=first.line,
    )


def repeated_labels(pieces: Sequence[CuePiece]) -> Iterator[Unread]:
    """The labels of cues that continue a turn: repeated in the source, but not in the transcript."""
    repeated = [b for a, b in pairwise(pieces) if b.label and a.label == b.label]
    if repeated:
        labels = "\n".join(piece.label or "" for piece in repeated)
        yield Unread(line=repeated[0].line, text=labels, reason=gettext_noop("label repeated within a turn"))
