"""Find the date of a session in the head of a file: in a line for it, in the title, or in the file's name.

Certain dates are set. Uncertain ones (the day of publication, the name of the file, `3/4/2031`) are proposed among the
unread lines, so that editors see them before anything is saved.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath

from panels.formats.dates import date_in, is_bare_date, readings
from panels.formats.wording import gettext_noop
from panels.transcript import Transcript, Unread

_EITHER_DATE = gettext_noop("the date may be %(one)s or %(other)s")
_PUBLICATION = gettext_noop("the day of publication, proposed as the date")
_IN_FILE_NAME = gettext_noop("the date in the file name, proposed as the date")
_PROPOSED = gettext_noop("proposed as the date")
_EITHER = re.compile(r"the date may be [\d-]+ or [\d-]+")

_OF = (
    r"(?:(?:meeting|call|event|interview|session|panel|recording|air|broadcast|episode|talk|debate|hearing|sitting|"
    r"conference|start)\s)?"
)
_SAYS = re.compile(
    rf"[\s>*_#|•+-]*(?:{_OF}(?:date|day|time|date\s?(?:/|and|&)\s?time|when)|recorded(?: on)?|held(?: on)?|"
    r"aired(?: on)?|datum(?: der \w{3,20}| und uhrzeit)?|termin|fecha(?: y hora| de(?: la)? \w{3,20})?|"
    r"data(?: d(?:a|o|ella|el) \w{3,20}| e or[ae])?|date (?:et heure|d(?:e (?:la |l['’])?|u )\w{3,20})|"
    r"дата(?: \w{3,20}| и время)?|время|дата та час|التاريخ|تاريخ \w{3,20}|الموعد|תאריך|일시|날짜|일자|"
    r"tarih|ημερομηνία|dato|päivämäärä|dátum|ngày|दिनांक|तारीख|開催日時?|収録日時?|日付|収録|"
    r"(?:会议|會議|活动|活動|访谈|訪談|采访|採訪|座谈|座談|录制|錄製|直播|举办|舉辦|开会|開會|開催)?(?:日期|时间|時間|日時))"
    r"[\s*_]*(?:[:：|]|\s[-–—]\s)[\s*_|]*+(?P<value>.+)",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    r"[\s>*_#|•+-]*(?:published|posted|updated|publication date|uploaded|发布(?:时间|日期|于)?|發布(?:時間|日期|於)?)"
    r"(?: on)?[\s*_]*+[:：|]?\s*+(?P<value>.+)",
    re.IGNORECASE,
)
_HELD = re.compile(  # a place or an occasion, then its day
    r"(?:.*,|.*\b(?:held|recorded|took place|on the evening of)(?: on)?) (?P<value>[^,]{6,40}?)"
    r"(?: (?:at|in) .{2,80})?[\s.*_)]*",
    re.IGNORECASE,
)
_LATER = re.compile(  # days of what was done with the recording afterwards
    r"\b(?:transcri(?:bed|ption by)|exported|generated|uploaded|downloaded|translated|last (?:edited|modified))\b|"
    r"\bcopyright\b|©|transkribiert|exportiert|导出|導出|整理于|上传|生成",
    re.IGNORECASE,
)
_AROUND = re.compile(r"[^\W\d_]+")
_MOST = 60  # lines
_LONGEST_PLACED = 120  # characters of a line with a place and a day
_FEW_WORDS = 6  # besides the date, on a line that only says when: the weekday, the hour, the zone


def dated(transcript: Transcript, lines: Sequence[str], name: str = "") -> Transcript:
    """The transcript with the date from its head, if it has none; `lines` are those above the first turn."""
    if transcript.date:
        return transcript
    head = [(number, line.rstrip()) for number, line in enumerate(lines[:_MOST], start=1)]
    says = [(number, found["value"]) for number, line in head if (found := _SAYS.fullmatch(line))]
    for text in (
        *(value for _, value in says),
        transcript.title,
        *(part for _, line in head if (part := _date_part(line))),
    ):
        date = date_in(text)
        if date:
            return replace(transcript, date=date)
    published = [(number, found["value"]) for number, line in head if (found := _PUBLISHED.fullmatch(line))]
    for number, text in (*says, (1, transcript.title)):
        proposed = _proposed(transcript, number, text)
        if proposed:
            return proposed
    for number, text, why in (
        *((number, text, _PUBLICATION) for number, text in published),
        *((number, value, _PROPOSED) for number, line in head if (value := _day_held(line))),
        (1, _bare(name), _IN_FILE_NAME),
    ):
        date = date_in(text)
        if date:
            return _with_unread(replace(transcript, date=date), number, name if text == _bare(name) else text, why)
    return transcript


def proposes_date(reason: str) -> bool:
    """Whether an unread line is there because of its date: then it was not taken out of the text."""
    return reason in {_PUBLICATION, _IN_FILE_NAME, _PROPOSED} or bool(_EITHER.fullmatch(reason))


def says_date(line: str) -> bool:
    """Whether a line gives the date of the session: `Meeting Date/Time: …`."""
    return bool(_SAYS.fullmatch(line))


def is_date_line(line: str) -> bool:
    """Whether a line is the date of the session and nothing else, with or without its name: `Date: 11 March 2031`."""
    bare = line.strip(" *_#>|")
    found = _SAYS.fullmatch(bare)
    return is_bare_date(found["value"].strip(" *_") if found else bare)


def above_turns(transcript: Transcript, lines: Sequence[str]) -> Sequence[str]:
    """The lines of a file above the first turn with a name or a label."""
    turns = (turn for exchange in transcript.exchanges for turn in exchange.answers if turn.label or turn.speaker)
    first = next((turn.line for turn in turns if turn.line), None)
    return lines[: first - 1] if first else lines


def only_date(line: str) -> bool:
    """Whether a line consists of little more than a date."""
    few = len(_AROUND.findall(line)) <= _FEW_WORDS and not _PUBLISHED.fullmatch(line) and not _LATER.search(line)
    return few and date_in(line) is not None


def _day_held(line: str) -> str:
    """The day at the end of a line about a place or an occasion: `A conversation at the boathouse, 9 June 2022`."""
    found = _HELD.fullmatch(line) if len(line) <= _LONGEST_PLACED and not _LATER.search(line) else None
    if not found or _PUBLISHED.fullmatch(line):
        return ""
    return value if is_bare_date(value := found["value"]) else ""


def _date_part(line: str) -> str:
    """The line, or the part at an end of it between bars, that is little more than a date: `2031-03-04 | By Ada`."""
    first, bar, rest = line.partition("|")
    if not bar or not first.strip():  # a row of a table begins with a bar
        return line if only_date(line) else ""
    return next((part for part in (line, first, rest.rpartition("|")[2]) if only_date(part)), "")


def _proposed(transcript: Transcript, number: int, text: str) -> Transcript | None:
    """The transcript with an all-numeric date, or with its possible readings as a proposal."""
    dates = readings(text)
    if not dates:
        return None
    if len(dates) == 1:
        return _with_unread(replace(transcript, date=dates[0]), number, text, _PROPOSED)
    one, other = (date.isoformat() for date in dates)
    return _with_unread(transcript, number, text, _EITHER_DATE % {"one": one, "other": other})


def _with_unread(transcript: Transcript, number: int, text: str, reason: str) -> Transcript:
    unread = (*transcript.unread, Unread(line=number, text=text.strip(), reason=reason))
    return replace(transcript, unread=tuple(sorted(unread, key=lambda item: item.line)))


def _bare(name: str) -> str:
    """The name of a file without its suffix, with spaces for the characters that replace them."""
    return re.sub(r"(?<=\d)_(?=\d\d?(?!\d))", "-", PurePath(name).stem).replace("_", " ")
