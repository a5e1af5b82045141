"""Chats that WhatsApp exports (*Export chat*), read: `[05/05/31, 19:00:12] Name: text`, `5/5/31, 19:00 - Name: text`.

A line without a stamp goes on with the message above. What the app itself says (who joined, what was left out) is no
message.
"""

from __future__ import annotations

import re
from dataclasses import replace

from panels.formats.base import Format, Source
from panels.formats.chat.reader import Message, moments, transcript_of
from panels.formats.limits import timed
from panels.transcript import Transcript, Unread

_DAY = r"\d{1,4}[-./]\d{1,2}[-./]\d{1,4}"
_CLOCK = r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:[\s\u202f\u00a0]?[AaPp]\.?[\s\u00a0]?[Mm]\.?)?"
_MARKS = "\u200e\u200f\u202a\u202c\ufeff"
_ROW = re.compile(
    rf"[{_MARKS}]*(?:\[(?P<boxed>{_DAY},?\s{_CLOCK})\]\s|(?P<bare>{_DAY},?\s{_CLOCK})\s[-–]\s)[{_MARKS}]*+(?P<rest>.*)"
)
_SAID = re.compile(r"(?P<name>[^:\n]{1,80}?):(?:\s(?P<text>.*)|$)")
_LEFT_OUT = re.compile(
    rf"[{_MARKS}]*(?:<[^<>]{{2,40}} (?:omitted|weggelassen|omis|omesso|omitido|omitidos|ausgeschlossen)>|"
    r"<(?:Media omitted|Medien ausgeschlossen|Médias omis|Multimedia omitido|Mídia oculta)>|"
    r"(?:image|video|audio|sticker|GIF|document|Contact card) omitted|"
    r"(?:图片|视频|音频|贴图|文件)(?:忽略|被忽略|已略去)|"
    r"This message was deleted\.?|You deleted this message\.?|Missed (?:voice|video) call.*|"
    r"null|\S.{0,80} \(file attached\))",
    re.IGNORECASE,
)
_HALF = 1.5
_MOST = 0.3  # of the lines begin a message or a note; the others go on


def recognises(source: Source) -> float:
    """The more lines have a stamp of this form, the surer."""
    lines = [line for line in source.lines if line.strip()]
    rows = [found for line in timed(lines) if (found := _ROW.fullmatch(line))]
    said = sum(1 for found in rows if _SAID.fullmatch(found["rest"]))
    if len(rows) < _MOST * len(lines) or not said or not _ROW.fullmatch(lines[0]):
        return 0.0
    return 0.95 * said / (said + _HALF)


def read(source: Source) -> Transcript:
    """Read a chat. Raises FormatError where nobody says anything."""
    messages: list[Message] = []
    stamps: list[str] = []
    unread: list[Unread] = []
    for number, line in enumerate(timed(source.lines), start=1):
        row = _ROW.fullmatch(line)
        said = _SAID.fullmatch(row["rest"]) if row else None
        text = (said["text"] or "").strip(_MARKS) if said else ""
        if row and said and not _LEFT_OUT.fullmatch(text):
            messages.append(Message(said["name"].strip(_MARKS + "~ \u202f"), None, number, [text]))
            stamps.append(row["boxed"] or row["bare"])
        elif row:
            unread.append(
                Unread(line=number, text=line.strip(_MARKS + " "), reason="a note of the chat, not a message")
            )
        elif messages:
            messages[-1].lines.append(line.strip(_MARKS).rstrip())
        elif line.strip():
            unread.append(Unread(line=number, text=line.strip(), reason="before the first message"))
    dated = zip(messages, moments(stamps), strict=True)
    return transcript_of([replace(message, moment=moment) for message, moment in dated], unread)


FORMAT = Format(name="whatsapp", suffix=".txt", media_type="text/plain", recognises=recognises, read=read)
