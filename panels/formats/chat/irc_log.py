"""Read logs of IRC channels, in the styles of common clients.

Joins, parts, topic changes and actions (`* nick notes …`) are not turns and are kept as `unread`. Clock times become
seconds since the first line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from panels.formats.base import Format, FormatError, Source
from panels.formats.dates import date_in
from panels.formats.limits import timed
from panels.formats.parsing.text_lines import Line, LineKind, joined
from panels.formats.speakers.people import Elapsed, clock_of
from panels.formats.speakers.speaker_resolution import SpeakerResolution
from panels.formats.structure.document import Document, opened
from panels.formats.structure.grouping import grouped
from panels.formats.wording import gettext_noop
from panels.transcript import Transcript, Unread

_DATE = r"(?:\d{4}-\d\d-\d\d|\d\d-\d\d-\d{4}|[A-Z][a-z]{2} \d\d)"
_ZONE = r"(?:Z|[+-]\d\d:?\d\d)"
_STAMP = rf"[\[(]?{_DATE}?[T ]?\s?(?P<time>\d{{1,2}}:\d{{2}}(?::\d{{2}}(?:\.\d+)?)?){_ZONE}?[\])]?"
# Not a tag (`</p>`, `<br>` and the like, which logs from web pages contain), nor the `▷` or `--` of an event.
_NICK = (
    r"(?!/|(?:br|p|div|span|pre|code|li|ul|ol|td|tr|table|hr|img|em|strong|blockquote|h[1-6])/?>)"
    r"(?=[^\s<>]*\w)[^\s<>:!*]{1,40}"
)
_MESSAGE = re.compile(
    rf"(?:{_STAMP}[ |\t]*)?(?:<\s?[@+%&~]?(?P<a>{_NICK})>(?:\s|$)|[<>]\s(?P<b>{_NICK})(?:!\S+)?:\s|"
    rf"(?<=[\d\] \t])[@+%&~]?(?P<c>{_NICK})\t|(?<=[\])] )[@+]?(?P<d>{_NICK}):\s)(?P<text>.*)"
)
_BEGINS = re.compile(_STAMP)
_EVENT = re.compile(
    rf"(?:{_STAMP}[\s|]*)?(?:-!-|\*\*\*|---|=!=|==|-->|<--|<-|->|!|[^\w\s<>\[(]{{1,3}}(?=\t)|[<>]?\s?\*(?=\s)|•).*|"
    rf"{_STAMP.replace('time', 'at')}\s*\S+ (?:\[.*\] |\(.*\) )?(?:has )?(?:joined|left|quit|parted)\b.*"
)
# A name of several words after a time: no nick, so that this is a transcript.
_NAMED = re.compile(rf"{_STAMP}[ \t]+(?![*<>=-])[^\s:<>]+\s[^:\t<>]{{1,60}}(?::\s|\t)\S.*")
_MOVE = re.compile(
    r"(?P<nick>\S+) (?:\(.{0,80}?\) |\[.{0,80}?\] )?"
    r"(?:has (?:joined|left|quit|changed the topic|parted)|is now known as|joined|left|quit)\b.*"
)
_DAY = re.compile(r"(?P<d>\d\d)-(?P<m>\d\d)-(?P<y>\d{4})")
_LONG_DATE = re.compile(r"\d{4}|[A-Z][a-z]{2} \d")
_DIGITS = "0123456789["
_HALF = 1.5
_MOST = 0.5


@dataclass(frozen=True, slots=True)
class _IrcMessage:
    nick: str
    text: str
    clock: float | None
    line: int


def recognises(source: Source) -> float:
    """Surer with more messages by a nick; most lines must belong to a log."""
    found = [n for n, line in enumerate(timed(source.lines)) if _MESSAGE.fullmatch(line)]
    lines = [line for line in source.lines[found[0] :] if line.strip()] if found else []
    spoken = len(found)
    others = sum(1 for line in timed(lines) if not _MESSAGE.fullmatch(line) and _EVENT.fullmatch(line))
    if not spoken or spoken + others < _MOST * len(lines) or _names_people(lines):
        return 0.0
    return 0.92 * spoken / (spoken + _HALF)


def _names_people(lines: Sequence[str]) -> bool:
    """Whether there are names of several words among the nicks, which only transcripts have."""
    rest = [line for line in timed(lines) if not _MESSAGE.fullmatch(line) and not _EVENT.fullmatch(line)]
    return any(_NAMED.fullmatch(line) for line in rest)


def read(source: Source) -> Transcript:
    """Read a log. Raises FormatError if it has no messages."""
    unread: list[Unread] = []
    document = opened(source)
    known = document.head.transcript
    before = _before(document, source)
    resolution = SpeakerResolution.of(document.head.transcript.panelists)
    lines = list(_lines(source, {line.number for line in before}, document.head.first, unread))
    passed = _clock(source, lines)
    turns = [
        resolution.turn(message.nick, message.text, time=passed(message.clock), line=message.line) for message in lines
    ]
    if not turns:
        raise FormatError(
            gettext_noop("This log contains no messages."), advice=gettext_noop("Use the log of the channel.")
        )
    first = next((line for line in source.lines if line.strip()), "")
    return replace(
        known,
        date=known.date or date_in(_DAY.sub(r"\g<y>-\g<m>-\g<d>", first[:40])),
        introduction=joined(before),
        panelists=resolution.panelists(),
        exchanges=grouped(turns, resolution.panelists()),
        unread=tuple(sorted((*known.unread, *unread), key=lambda item: item.line)),
    )


def _clock(source: Source, lines: Sequence[_IrcMessage]) -> Elapsed:
    """The clock, which counts from the first message, or from the log's first line if a clock went back since."""
    passed = Elapsed()
    first = next((found for line in timed(source.lines) if (found := _BEGINS.match(line))), None)
    begun = clock_of(first["time"]) if first else None
    if lines and begun is not None and lines[0].clock is not None and lines[0].clock < begun:
        passed(begun)
    return passed


def _before(document: Document, source: Source) -> list[Line]:
    """The text above the log, if any: notes and questions of the meeting."""
    logged = (n for n, line in enumerate(timed(source.lines), 1) if _MESSAGE.fullmatch(line) or _EVENT.fullmatch(line))
    first = next((n for n in logged if n >= document.head.first and _MESSAGE.fullmatch(source.lines[n - 1])), 0)
    forms = (LineKind.WORDS, LineKind.HEADING, LineKind.CODE)
    return [
        line
        for line in document.lines
        if line.number < first and line.kind in forms and not (_EVENT.fullmatch(line.raw) and line.raw[:1] in _DIGITS)
    ]


def _prefix(found: re.Match[str], line: int, prefixes: list[tuple[int, str]]) -> None:
    """Store the rest of a prefix besides time and nick: the day, the address of the nick."""
    before = found.string[: found.start("text")]
    if "!" in before or _LONG_DATE.search(before):
        prefixes.append((line, before.strip()))


def _lines(source: Source, above: set[int], start: int, unread: list[Unread]) -> Iterator[_IrcMessage]:
    prefixes: list[tuple[int, str]] = []
    for number, line in enumerate(timed(source.lines), start=1):
        found = None if number < start or number in above else _MESSAGE.fullmatch(line)
        nick = (found["a"] or found["b"] or found["c"] or found["d"]) if found else None
        move = _MOVE.fullmatch(found["text"]) if found else None
        if found and nick and not (move and move["nick"] == nick):
            _prefix(found, number, prefixes)
            yield _IrcMessage(nick, found["text"].strip(), clock_of(found["time"]), number)
        elif line.strip() and number >= start and number not in above:
            reason = (
                gettext_noop("channel notice")
                if found or _EVENT.fullmatch(line)
                else gettext_noop("not in the format of the log")
            )
            unread.append(Unread(line=number, text=line.strip(), reason=reason))
    if prefixes:
        text = "\n".join(words for _, words in prefixes)
        unread.append(
            Unread(line=prefixes[0][0], text=text, reason=gettext_noop("dates and links before the discussion"))
        )


FORMAT = Format(
    name="irc-log", suffix=".txt", media_type="text/plain", recognises=recognises, read=read, finds_date=True
)
