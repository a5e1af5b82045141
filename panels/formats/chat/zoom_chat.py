"""Read the chat of a Zoom meeting: `HH:MM:SS<TAB>Name:<TAB>text`, with messages over several lines.

About half of the rows are reactions to others, which contain no words and so are no turns. A reply quotes the message
it replies to above its own text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from panels.formats.base import Format, FormatError, Source
from panels.formats.limits import timed
from panels.formats.speakers.label_patterns import seconds
from panels.formats.speakers.speaker_resolution import SpeakerResolution
from panels.formats.structure.grouping import grouped
from panels.formats.wording import gettext_noop
from panels.transcript import Transcript, Turn, Unread

_TIME = r"(?:\d{4}-\d\d-\d\d )?(?P<time>\d{1,2}:\d{2}:\d{2})"
_GAP = r"\s{1,3}"
_ROWS = (
    re.compile(
        rf"{_TIME}{_GAP}From{_GAP}(?P<name>\S[^\n]{{0,99}}?){_GAP}to{_GAP}[^\n:]{{1,80}}?\s?:\s*(?P<text>.*)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{_TIME}{_GAP}(?:Von|De|Da|От|Od|Van|من){_GAP}(?P<name>\S[^\n]{{0,99}}?){_GAP}"
        rf"(?:an|à|a|para|для|do|aan|إلى){_GAP}"
        r"[^\n:]{1,80}?\s?:\s*(?P<text>.*)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{_TIME}{_GAP}(?:来自|來自|从|從|寄件者|開始|送信者|보낸 사람|발신자)"
        r"\s?[:：]?\s?(?P<name>\S[^\n]{0,99}?)\s?"
        r"(?:发送至|發送至|发送给|到|至|收件者|宛先|받는 사람|수신자)\s?[^\n:：]{1,80}?\s?[:：]\s*(?P<text>.*)"
    ),
    re.compile(rf"{_TIME}{_GAP}From{_GAP}(?P<name>[^\s:][^\n:]{{0,99}}?)\s?:{_GAP}(?P<text>.*)"),
    re.compile(rf"{_TIME}[ \t]+(?:From[ \t]+)?(?P<name>[^\t\n]{{1,120}}?)[ \t]?:[ \t]*(?:\t(?P<text>.*)|$)"),
)
_REACTION = re.compile(r"(?:Reacted to .*|Removed an? .{1,40}(?: reaction)? from .*|.{1,20} reacted to .*)", re.DOTALL)
_REPLY = re.compile(r"(?P<quoted>Replying to \"(?:.*?)\")\s*\n(?P<text>.*)", re.DOTALL)
_HALF = 1.5


@dataclass
class _ChatRow:
    name: str
    time: float | None
    line: int
    frame: str  # the rest of the row: the recipient of the message
    lines: list[str] = field(default_factory=list)


def recognises(source: Source) -> float:
    """Surer with more rows."""
    count = sum(1 for line in timed(source.lines) if _row(line))
    return 0.93 * count / (count + _HALF)


def read(source: Source) -> Transcript:
    """Read the rows. Raises FormatError if there are none."""
    unread: list[Unread] = []
    resolution = SpeakerResolution()
    turns: list[Turn] = []
    frames: list[_ChatRow] = []
    for row in _rows(source, unread):
        frames += [row] if row.frame else []
        text = "\n".join(row.lines).strip()
        if _REACTION.fullmatch(text):
            unread.append(Unread(line=row.line, text=f"{row.name}: {text}", reason=gettext_noop("reaction")))
        else:
            turns.append(resolution.turn(row.name, _quoted(text), time=row.time, line=row.line))
    if not turns:
        raise FormatError(
            gettext_noop("This chat contains no messages."), advice=gettext_noop("Use the exported chat file.")
        )
    if frames:
        text = "\n".join(row.frame for row in frames)
        unread.append(Unread(line=frames[0].line, text=text, reason=gettext_noop("recipients")))
    return Transcript(
        panelists=resolution.panelists(),
        exchanges=grouped(turns, resolution.panelists()),
        unread=tuple(sorted(unread, key=lambda item: item.line)),
    )


def _row(line: str) -> re.Match[str] | None:
    if not line[:1].isdigit():
        return None
    return next((found for form in _ROWS if (found := form.fullmatch(line))), None)


def _rows(source: Source, unread: list[Unread]) -> Iterator[_ChatRow]:
    row: _ChatRow | None = None
    for number, line in enumerate(timed(source.lines), start=1):
        found = _row(line)
        if found:
            if row:
                yield row
            row = _ChatRow(found["name"].strip(), seconds(found["time"]), number, _frame(found), [found["text"] or ""])
        elif row:
            row.lines.append(line.rstrip())
        elif line.strip():
            unread.append(Unread(line=number, text=line.strip(), reason=gettext_noop("before the first message")))
    if row:
        yield row


def _frame(found: re.Match[str]) -> str:
    before = found[0][found.end("time") : found.start("name")]
    after = found[0][found.end("name") : found.start("text") if found["text"] else len(found[0])]
    return " ".join(f"{before} {after}".replace(":", " ").split())


def _quoted(text: str) -> str:
    found = _REPLY.fullmatch(text)
    if not found:
        return text
    return "\n".join(f"> {line}" for line in found["quoted"].split("\n")) + f"\n\n{found['text'].strip()}"


FORMAT = Format(
    name="zoom-chat", suffix=".txt", media_type="text/plain", recognises=recognises, read=read, finds_date=True
)
