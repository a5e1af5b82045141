"""Read depositions and court transcripts: pages of numbered lines, with `Q.` and `A.`, `MR. LUND:` and `THE WITNESS:`.

The numbers count the lines of a page; they and the page headers are removed. The rest is a dialogue.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from panels.formats.base import Format, Source
from panels.formats.dialogue.reader import DialogueShape, read_dialogue
from panels.formats.limits import timed
from panels.formats.parsing.text_lines import Line
from panels.formats.speakers import label_patterns
from panels.formats.speakers.label_patterns import LabelMatch, Strength
from panels.formats.wording import gettext_noop
from panels.transcript import Transcript, Unread

_NUMBERED = re.compile(r"\s{0,8}(?P<number>\d{1,2})(?:\s{2,}(?P<text>\S.*?)\s*|\s+(?P<label>[QA]\.?\s.*?)\s*|\s*)")
_SAYS = re.compile(r"(?:[QA][.:]?\s+|(?:MR|MS|MRS|DR|THE|BY)\.? [A-Z.' -]+:\s*|[A-Z][A-Z.' -]{2,40}:\s)\S?.*")
_QA = re.compile(r"(?P<who>[QA])\.?\s{1,}(?=\S)")
_EXAMINER = re.compile(r"BY (?:MR|MS|MRS|DR)\.? [A-Z.' -]+:")
_OFFICER = re.compile(
    r"(?P<name>(?:(?:MR|MS|MRS|DR|JUDGE|THE)\.? [A-Z.' -]{2,40}|[A-Z][A-Z.' -]{2,40})):\s*(?P<text>.*)"
)
_PAGE_NUMBER = re.compile(r"(?:page )?\d{0,6}(?: of \d+)?", re.IGNORECASE)
_SEVERAL = 4
_MOSTLY = 0.6
_PAGE = 28  # lines of a page, at most
_GAP = 2  # numbers that may be missing


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
    """Requires that most lines are numbered, page by page, and that some name a speaker."""
    rows = _numbered(source.lines)
    lines = sum(1 for line in timed(source.lines) if line.strip())
    spoken = sum(1 for _, text in rows.values() if _SAYS.fullmatch(text))
    if spoken < _SEVERAL or len(rows) < _MOSTLY * lines:
        return 0.0
    return 0.94


def _numbered(lines: Sequence[str]) -> dict[int, tuple[int, str]]:
    """The lines whose number follows the previous one, or begins a page."""
    found: dict[int, tuple[int, str]] = {}
    last = 0
    for at, line in enumerate(timed(lines)):
        row = _NUMBERED.fullmatch(line)
        number = int(row["number"]) if row else 0
        if row and 0 < number <= _PAGE and (last < number <= last + _GAP or number == 1):
            found[at] = (number, row["text"] or row["label"] or "")
            last = number
    return found


def read(source: Source) -> Transcript:
    """Read a transcript without its numbers. Page headers and footers are reported as unread."""
    rows = _numbered(source.lines)
    first = min(rows, default=0)
    unread: list[Unread] = []
    lines = list(_lines(source.lines, rows, first, unread))
    bare = replace(source, raw="\n".join(lines).encode(), encoding="")
    transcript = read_dialogue(bare, _SHAPE)
    return replace(transcript, unread=tuple(sorted((*transcript.unread, *unread), key=lambda item: item.line)))


def _lines(lines: Sequence[str], rows: dict[int, tuple[int, str]], first: int, unread: list[Unread]) -> Iterator[str]:
    """The lines without their numbers, on their original lines; a blank one before each label to begin a turn."""
    for at, line in enumerate(timed(lines)):
        if at in rows:
            text = rows[at][1]
            if _EXAMINER.fullmatch(text):
                unread.append(
                    Unread(line=at + 1, text=text, reason=gettext_noop("says who asks the questions that follow"))
                )
                text = ""
            yield _QA.sub(r"\g<who>: ", text, count=1) if _QA.match(text) else text
        elif at < first and not _PAGE_NUMBER.fullmatch(line.strip()):
            yield line
        else:
            if line.strip():
                unread.append(
                    Unread(line=at + 1, text=line.strip(), reason=gettext_noop("part of the page, not spoken"))
                )
            yield ""


FORMAT = Format(name="deposition", suffix=".txt", media_type="text/plain", recognises=recognises, read=read)
