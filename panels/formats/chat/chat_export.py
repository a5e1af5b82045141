"""Read chats with the name and time on one line and the text below: exports, and copies of pages.

Discord (`[05-May-31 07:00 PM] name`, `name — 05/05/2031 7:00 PM`), Telegram (`Name, [05.05.2031 19:00]`), Slack
(`Name  [7:00 PM]`) and Teams (`Name  5/5/2031 7:00 PM`) write them like this.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from panels.formats.base import Format, Source
from panels.formats.chat.reader import Message, moments, transcript_of
from panels.formats.limits import timed
from panels.formats.wording import gettext_noop
from panels.transcript import Transcript, Unread

_DAY = r"(?:\d{1,4}[-./ ](?:\d{1,2}|[A-Za-z]{3})[-./ ]\d{1,4}|(?:Today|Yesterday|Heute|Gestern|今天|昨天)(?: at| um)?)"
_HALF_DAY = r"(?:\s?[AaPp]\.?[Mm]\.?)"
_CLOCK = rf"\d{{1,2}}:\d{{2}}(?::\d{{2}})?{_HALF_DAY}?"
_NAME = r"(?P<name>[^\[\]\n—]{1,60}?)"
_HEADS = (
    re.compile(rf"\[(?P<stamp>{_DAY},? {_CLOCK})\] {_NAME}(?P<note> \(pinned\))?"),  # Discord, exported
    re.compile(rf"{_NAME}\s?(?:—|–|--)\s?(?P<stamp>{_DAY},? {_CLOCK}|\d{{1,2}}:\d{{2}}{_HALF_DAY})"),  # Discord, copied
    re.compile(rf"{_NAME}, \[(?P<stamp>{_DAY},? (?:at )?{_CLOCK})\]:?"),  # Telegram, copied
    re.compile(rf"{_NAME}\s{{1,4}}\[(?P<stamp>\d{{1,2}}:\d{{2}}(?:{_HALF_DAY}))\]"),  # Slack, copied
    re.compile(rf"{_NAME}\s{{1,4}}(?P<stamp>\d{{1,2}}:\d{{2}}{_HALF_DAY})"),  # Slack, newer
    re.compile(rf"{_NAME}\s{{1,4}}(?P<stamp>{_DAY},? {_CLOCK})"),  # Teams, copied
)
_TITLE = re.compile(r"(?:Guild|Channel|Topic|Server|After|Before): (?P<value>.+)")
_RULE = re.compile(r"[=\-_]{5,}|Exported \d[\d,.]* message\(s\)\.?")
_ASIDE = re.compile(
    r"\{(?:Attachments|Embed|Stickers|Reactions)\}|"
    r"(?:Joined the server|Pinned a message|Started a call.*|Changed the channel .*)\.?|"
    r"Added .{1,60} to the (?:group|thread)\.?|"
    r"(?:\(edited\)|\d{1,3} (?:replies|reply)|:[a-z0-9_+-]+:\s?\d{0,3}|New|APP|BOT|Image|GIF)",
)
_HALF = 1.5
_SEVERAL = 2


def recognises(source: Source) -> float:
    """Surer with more header lines of one form; a name must recur or be followed by text."""
    count = Counter(form for line in timed(source.lines) if (form := _form(line)) is not None)
    if not count:
        return 0.0
    form, times = count.most_common(1)[0]
    heads = [found for line in source.lines if (found := _HEADS[form].fullmatch(line.strip()))]
    names = {found["name"].strip() for found in heads}
    if times < _SEVERAL or (len(names) == len(heads) and form > 0) or len(names) > len(heads):
        return 0.0
    return 0.94 * times / (times + _HALF)


def _form(line: str) -> int | None:
    """The form of a header line, if it is one."""
    line = line.strip()
    if len(line) > 120 or ":" not in line:  # noqa: PLR2004  (no name is so long)
        return None
    return next((at for at, form in enumerate(_HEADS) if form.fullmatch(line)), None)


def read(source: Source) -> Transcript:
    """Read a chat. Raises FormatError if it has no messages."""
    forms = Counter(at for line in timed(source.lines) if (at := _form(line)) is not None)
    form = _HEADS[forms.most_common(1)[0][0]] if forms else _HEADS[0]
    unread: list[Unread] = []
    titles: list[str] = []
    messages: list[Message] = []
    stamps: list[str] = []
    for message, stamp in _messages(source, form, unread, titles):
        messages.append(message)
        stamps.append(stamp)
    dated = zip(messages, moments(stamps), strict=True)
    known = Transcript(title=" / ".join(titles))
    return transcript_of([replace(message, moment=moment) for message, moment in dated], unread, known)


def _messages(
    source: Source, form: re.Pattern[str], unread: list[Unread], titles: list[str]
) -> Iterator[tuple[Message, str]]:
    message, stamp, aside = None, "", False
    for number, line in enumerate(timed(source.lines), start=1):
        head, title = form.fullmatch(line.strip()), _TITLE.fullmatch(line.strip())
        if head:
            if message:
                yield message, stamp
            message, stamp, aside = Message(head["name"].strip(), None, number), head["stamp"], False
        elif not message and title:
            titles += [title["value"].strip()] if title[0][:1] in "GSC" else []
            unread += (
                []
                if title[0][:1] in "GSC"
                else [Unread(line=number, text=line.strip(), reason=gettext_noop("about the chat"))]
            )
        elif message and not aside and not _RULE.fullmatch(line.strip()) and not _ASIDE.fullmatch(line.strip()):
            message.lines.append(line.rstrip())
        elif line.strip():
            aside = line.strip()[:1] == "{" or (aside and bool(line.strip()))
            unread.append(
                Unread(line=number, text=line.strip(), reason=gettext_noop("part of the chat's page, not a message"))
            )
        else:
            aside = False
    if message:
        yield message, stamp


FORMAT = Format(name="chat-export", suffix=".txt", media_type="text/plain", recognises=recognises, read=read)
