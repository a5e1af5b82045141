"""Read depositions and court transcripts: `Q.` and `A.`, `MR. LUND:` and `THE WITNESS:`, mostly on numbered lines.

The numbers count the lines of a page (`7`, `12:07`); they and the page headers are removed. What the reporter notes in
brackets, and the pages after the last words, are nobody's; the parts of the examination are headings. The rest is a
dialogue.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from panels.formats.base import Format, Source
from panels.formats.dialogue.reader import DialogueShape, read_dialogue
from panels.formats.limits import timed
from panels.formats.parsing.text_lines import Line
from panels.formats.speakers import label_patterns
from panels.formats.speakers.label_patterns import LabelMatch, Strength
from panels.formats.wording import gettext_noop
from panels.transcript import Transcript, Unread

_NUMBERED = re.compile(r"\s{0,8}(?:(?P<page>\d{1,5}):)?(?P<number>\d{1,2})(?:\s+(?P<text>\S.*)|\s*)")
_TITLED = r"(?:MR|MS|MRS|DR|JUDGE|THE|HON)\.?"
_QA = re.compile(r"(?P<who>[QA])(?:[.:]\s*|\s+)(?=\S)")
_LOOSELY_QA = re.compile(r"(?P<who>[QA]) (?=[A-Z0-9\"“(])")  # `A` may be the article
_ENDS = (".", "?", "!", "-", "–", "—", ")", '"', "”")
_CLEARLY_QA = re.compile(r"\s*(?P<who>[QA])(?:[.:]\s+|\s{2,})\S.*")
_OFFICER = re.compile(rf"(?P<name>{_TITLED} [A-Z.' -]{{2,40}}|[A-Z][A-Z.' -]{{2,40}}):\s*(?P<text>.*)")
_TITLED_OFFICER = re.compile(rf"\s*{_TITLED} [A-Z][A-Z.' -]{{1,40}}:\s.*")
_EXAMINER = re.compile(
    rf"(?:[A-Z-]{{2,12}} )?(?:(?:CROSS-)?EXAMINATION )?BY {_TITLED} (?P<name>[A-Z.' -]{{2,40}}):\s*(?P<rest>.*)"
)
_PART = re.compile(
    r"(?:(?:CONTINUED |FURTHER |VOIR DIRE )?(?:(?:RE)?(?:DIRECT|CROSS)[ -])?EXAMINATION(?: BY .{2,60})?"
    r"(?: \(CONTINUED\))?|"
    r"(?:MORNING|AFTERNOON|EVENING) SESSION|(?:OPENING|CLOSING) (?:STATEMENT|ARGUMENT)S?)"
)
_CLOSES = re.compile(
    r"(?:(?:COURT )?(?:REPORTER|NOTARY)['’]S )?(?:C ?E ?R ?T ?I ?F ?I ?C ?A ?T ?E|CERTIFICATION)(?: .{0,60})?|"
    r"E ?R ?R ?A ?T ?A(?: SHEET)?|(?:WORD )?I ?N ?D ?E ?X(?: .{0,60})?|JURAT|SIGNATURE PAGE|ACKNOWLEDGE?MENT OF .{2,60}"
)
_TITLE = re.compile(
    r"(?:(?:VIDEO|VIDEOTAPED|REMOTE|ORAL|CONTINUED|DEPOSITION) )?"
    r"(?:DEPOSITION|TESTIMONY|(?:CROSS-)?EXAMINATION) OF .{2,80}",
    re.IGNORECASE,
)
_PAGE_NUMBER = re.compile(r"(?:page )?\d{0,6}(?: of \d+)?", re.IGNORECASE)
_SEVERAL = 4
_PAIR = 2
_MOSTLY = 0.6
_PAGE = 28  # lines of a page, at most
_GAP = 2  # numbers that may be missing
_LONGEST_ASIDE = 8  # lines
_NOT_SPOKEN = gettext_noop("part of the page, not spoken")


def _officer(line: Line) -> LabelMatch | None:
    """`MR. LUND:  Objection.`: speakers other than the examiner and the witness."""
    found = _OFFICER.fullmatch(line.text)
    return (
        LabelMatch(line, label_patterns.plain_label(found["name"]), found["text"], strength=Strength.STRONG)
        if found
        else None
    )


_SHAPE = DialogueShape(forms=(label_patterns.question, _officer))


def recognises(source: Source) -> float:
    """Requires numbered lines of which some name a speaker, or questions and answers among officers in capitals."""
    rows = _numbered(source.lines)
    lines = sum(1 for line in timed(source.lines) if line.strip())
    spoken = sum(1 for text in rows.values() if _QA.match(text) or _OFFICER.fullmatch(text))
    if spoken >= _SEVERAL and len(rows) >= _MOSTLY * lines:
        return 0.94
    return 0.93 if _is_unnumbered(source.lines) else 0.0


def _is_unnumbered(lines: Sequence[str]) -> bool:
    """Whether questions and answers stand among officers, without numbers."""
    asked = [found["who"] for line in timed(lines) if (found := _CLEARLY_QA.fullmatch(line))]
    officers = sum(1 for line in lines if _TITLED_OFFICER.fullmatch(line) or _EXAMINER.fullmatch(line.strip()))
    return asked.count("Q") >= _PAIR and asked.count("A") >= _PAIR and officers > 0


def _numbered(lines: Sequence[str]) -> dict[int, str]:
    """The text of the lines whose number follows the previous one, or begins a page."""
    found: dict[int, str] = {}
    last = 0
    for at, line in enumerate(timed(lines)):
        row = _NUMBERED.fullmatch(line)
        number = int(row["number"]) if row else 0
        if row and 0 < number <= _PAGE and (last < number <= last + _GAP or number == 1):
            found[at] = (row["text"] or "").rstrip()
            last = number
    return found


def read(source: Source) -> Transcript:
    """Read a transcript without its numbers. Page headers and what the reporter notes are reported as unread."""
    rows = _numbered(source.lines)
    if len(rows) < _MOSTLY * sum(1 for line in source.lines if line.strip()):
        rows = {at: line.strip() for at, line in enumerate(source.lines) if not _is_page_number(line)}
    clear = any(_CLEARLY_QA.fullmatch(text) for text in rows.values())
    pages = _Pages(source.lines, rows, min(rows, default=0), clear=clear)
    bare = replace(source, raw="\n".join(pages.dialogue()).encode(), encoding="")
    transcript = _titled(read_dialogue(bare, _SHAPE))
    return replace(transcript, unread=tuple(sorted((*transcript.unread, *pages.unread), key=lambda item: item.line)))


def _is_page_number(line: str) -> bool:
    return bool(line.strip()) and bool(_PAGE_NUMBER.fullmatch(line.strip()))


def _titled(transcript: Transcript) -> Transcript:
    """The transcript with the line that says whose testimony it is as its title."""
    lines = transcript.introduction.split("\n")
    titles = [line for line in lines if _TITLE.fullmatch(line.strip())]
    if transcript.title or len(titles) != 1:
        return transcript
    rest = "\n".join(line for line in lines if line != titles[0])
    return replace(transcript, title=titles[0].strip(), introduction=re.sub(r"\n{3,}", "\n\n", rest).strip("\n"))


@dataclass
class _Pages:
    """The lines of the pages, from which the dialogue is taken; the rest is unread."""

    lines: Sequence[str]
    rows: dict[int, str]
    first: int
    unread: list[Unread] = field(default_factory=list)
    begun: bool = False  # somebody has spoken
    clear: bool = False  # `Q.` and `A.` have a full stop, or are apart from the words
    turn: str = ""  # who said the last words: `Q`, `A` or somebody else
    before: str = ""  # the line above
    closed: bool = False  # certificates and indexes follow
    aside: int = 0  # further lines of what the reporter notes

    def dialogue(self) -> Iterator[str]:
        """The lines without their numbers, on their original lines."""
        for at, line in enumerate(timed(self.lines)):
            if at in self.rows:
                yield self._spoken(at, self.rows[at])
            elif at < self.first and not _PAGE_NUMBER.fullmatch(line.strip()):
                yield line
            else:
                yield self._set_aside(at, line.strip(), _NOT_SPOKEN)

    def _spoken(self, at: int, text: str) -> str:
        examiner = _EXAMINER.fullmatch(text)
        asked = self._label_of(text)
        says = bool(asked or _OFFICER.fullmatch(text))
        self.turn, self.before = asked if says else self.turn, text
        self.begun = self.begun or says
        self.closed = (self.closed or (self.begun and bool(_CLOSES.fullmatch(text)))) and not says
        if examiner:
            shown = text[: examiner.start("rest")].strip()
            self._set_aside(at, shown, gettext_noop("says who asks the questions that follow"))
            return self._spoken(at, examiner["rest"]) if examiner["rest"] else ""
        if self.closed:
            return self._set_aside(at, text, _NOT_SPOKEN)
        if self.aside or self._begins_aside(at, text):
            self.aside = max(self.aside - 1, 0)
            return self._set_aside(at, text, gettext_noop("aside, not spoken"))
        if self.begun and _PART.fullmatch(text):
            return f"## {text}"
        return _QA.sub(r"\g<who>: ", text, count=1) if asked else text

    def _label_of(self, text: str) -> str:
        """`Q` or `A` if a line begins with it: where nothing sets them apart, after a sentence, and `A` after `Q`."""
        if self.clear:
            found = _CLEARLY_QA.fullmatch(text)
            return found["who"] if found else ""
        loose = _LOOSELY_QA.match(text)
        fits = not self.before or self.before.endswith(_ENDS)
        return loose["who"] if loose and fits and (loose["who"] == "Q" or self.turn != "A") else ""

    def _begins_aside(self, at: int, text: str) -> bool:
        """Whether brackets begin here that end with a line: `(Discussion off the record.)`."""
        if not self.begun or text[:1] not in ("(", "["):
            return False
        closing = {"(": ")", "[": "]"}[text[0]]
        for count in range(_LONGEST_ASIDE):
            line = self.rows.get(at + count, "").rstrip()
            if closing in line:
                self.aside = count + 1 if line.find(closing) >= len(line.rstrip(" .")) - 1 else 0
                return self.aside > 0
        return False

    def _set_aside(self, at: int, text: str, reason: str) -> str:
        if text:
            self.unread.append(Unread(line=at + 1, text=text, reason=reason))
        return ""


FORMAT = Format(
    name="deposition",
    suffix=".txt",
    media_type="text/plain",
    recognises=recognises,
    read=read,
    finds_date=True,
)
