"""Read WhatsApp exports (*Export chat*): `[05/05/31, 19:00:12] Name: text`, `5/5/31, 19:00 - Name: text`.

A line without a stamp continues the previous message. Notices of the app (joins, omitted media) are not messages.
"""

from __future__ import annotations

import re
from dataclasses import replace

from panels.formats.base import Format, Source
from panels.formats.chat.reader import Message, moments, transcript_of
from panels.formats.limits import timed
from panels.formats.wording import gettext_noop
from panels.transcript import Transcript, Unread

_DAY = r"\d{1,4}\s?[-./年년]\s?\d{1,2}\s?[-./月월]\s?\d{1,4}[日일]?\.?"
_HALF_DAY = r"(?:上午|下午|凌晨|早上|中午|晚上|午前|午後|오전|오후)"
_CLOCK = (
    rf"(?:{_HALF_DAY}\s?)?\d{{1,2}}[:.]\d{{2}}(?:[:.]\d{{2}})?"
    r"(?:[\s\u202f\u00a0]?(?:[AaPp]\.?[\s\u00a0]?[Mm]\.?|[صم]))?"
)
_MARKS = "\u200e\u200f\u202a\u202c\ufeff"
_ROW = re.compile(
    rf"[{_MARKS}]*(?:\[(?P<boxed>{_DAY}[,،]?(?:\s(?:à|um|at))?\s{_CLOCK})\]\s|(?P<bare>{_DAY}[,،]?(?:\s(?:à|um|at))?\s{_CLOCK})\s[-–]\s)[{_MARKS}]*+(?P<rest>.*)"
)
_MESSAGE = re.compile(r"(?P<name>[^:\n]{1,80}?):(?:\s(?P<text>.*)|$)")
_LEFT_OUT = re.compile(
    rf"[{_MARKS}]*(?:<[^<>]{{2,40}} (?:omitted|weggelassen|omis|omesso|omitido|omitidos|ausgeschlossen)>|"
    r"<(?:Media omitted|Medien ausgeschlossen|Médias omis|Multimedia omitido|Mídia oculta)>|"
    r"(?:image|video|audio|sticker|GIF|document|Contact card) omitted|"
    r"<(?:媒体文件已省略|媒體已略去|省略多媒体文件|已忽略多媒体文件|メディアなし|メディアは含まれていません|"
    r"미디어 파일을 제외|Без медиафайлов|تم استبعاد الوسائط)>|"
    r"이 메시지는 삭제되었습니다\.?|此消息已删除|您已删除此消息|このメッセージは削除されました|"
    r"(?:图片|视频|音频|贴图|文件)(?:忽略|被忽略|已略去)|"
    r"This message was deleted\.?|You deleted this message\.?|Missed (?:voice|video) call.*|"
    r"null|\S.{0,80} \(file attached\))",
    re.IGNORECASE,
)
_HALF = 1.5
_MOST = 0.3  # of the lines must begin a message or a notice; the others continue one


def recognises(source: Source) -> float:
    """Surer with more lines that have a stamp of this form."""
    lines = [line for line in source.lines if line.strip()]
    rows = [found for line in timed(lines) if (found := _ROW.fullmatch(line))]
    spoken = sum(1 for found in rows if _MESSAGE.fullmatch(found["rest"]))
    if len(rows) < _MOST * len(lines) or not spoken or not _ROW.fullmatch(lines[0]):
        return 0.0
    return 0.95 * spoken / (spoken + _HALF)


def read(source: Source) -> Transcript:
    """Read a chat. Raises FormatError if it has no messages."""
    messages: list[Message] = []
    stamps: list[str] = []
    unread: list[Unread] = []
    for number, line in enumerate(timed(source.lines), start=1):
        row = _ROW.fullmatch(line)
        message = _MESSAGE.fullmatch(row["rest"]) if row else None
        text = (message["text"] or "").strip(_MARKS) if message else ""
        if row and message and not _LEFT_OUT.fullmatch(text):
            messages.append(Message(message["name"].strip(_MARKS + "~ \u202f"), None, number, [text]))
            stamps.append(row["boxed"] or row["bare"])
        elif row:
            unread.append(
                Unread(
                    line=number, text=line.strip(_MARKS + " "), reason=gettext_noop("a note of the chat, not a message")
                )
            )
        elif messages:
            messages[-1].lines.append(line.strip(_MARKS).rstrip())
        elif line.strip():
            unread.append(Unread(line=number, text=line.strip(), reason=gettext_noop("before the first message")))
    dated = zip(messages, moments(stamps), strict=True)
    return transcript_of([replace(message, moment=moment) for message, moment in dated], unread)


FORMAT = Format(name="whatsapp", suffix=".txt", media_type="text/plain", recognises=recognises, read=read)
