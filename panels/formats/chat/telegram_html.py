"""Read chats that Telegram Desktop exports as HTML.

A message without a name continues the one above it. What was forwarded is a quotation with its author: the person who
forwards it did not write it. Notices, replies and media that are not in the file are reported as unread.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from panels.formats.base import Format
from panels.formats.chat.reader import Message, moments, quoted, transcript_of
from panels.formats.limits import timed
from panels.formats.parsing.flow import markdown_of
from panels.formats.parsing.htmltree import parse
from panels.formats.parsing.xmltree import line_of, root_name, words
from panels.formats.wording import gettext_noop
from panels.transcript import Transcript, Unread

_MARKS = ('class="page_wrap"', 'class="from_name"', 'class="message default')
_NOTE = gettext_noop("a note of the chat, not a message")
_ASIDE = ("reply_to", "media_wrap", "reactions", "signature")


def matches(text: str) -> bool:
    """Whether this is a page of such an export."""
    return root_name(text) == "html" and all(mark in text for mark in _MARKS)


def read(text: str) -> Transcript:
    """Read a page. Raises FormatError if it has no messages."""
    root = parse(text)
    found = _Chat()
    for element in timed(root.iter("div")):
        if _is(element, "message"):
            found.add(element)
    stamps = moments(found.stamps)
    messages = [replace(message, moment=moment) for message, moment in zip(found.messages, stamps, strict=True)]
    header = next((element for element in root.iter("div") if _is(element, "page_header")), None)
    return transcript_of(messages, found.unread, Transcript(title=words(header)))


@dataclass
class _Chat:
    name: str = ""
    messages: list[Message] = field(default_factory=list)
    stamps: list[str] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)

    def add(self, element: etree._Element) -> None:
        body = next(_inside(element, "body"), element)
        if _is(element, "service"):
            self._set_aside(body)
            return
        if not _is(element, "joined"):
            self.name = _author(body)
        stamp = next((date.get("title") or "" for date in _inside(body, "date")), "")
        text: list[str] = []
        for part in timed(body):
            if _is(part, "text"):
                text += markdown_of(part).split("\n")
            elif _is(part, "forwarded"):
                text += _forwarded(part)
                self._set_aside(*(aside for kind in _ASIDE for aside in _inside(part, kind)))
            elif not any(_is(part, kind) for kind in ("date", "from_name")):
                self._set_aside(part)
        self.messages.append(Message(self.name, None, line_of(element), text))
        self.stamps.append(stamp)

    def _set_aside(self, *elements: etree._Element) -> None:
        for element in elements:
            if words(element):
                self.unread.append(Unread(line=line_of(element), text=words(element), reason=_NOTE))


def _is(element: etree._Element, name: str) -> bool:
    return name in (element.get("class") or "").split()


def _inside(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """The parts of an element with a class, but not those of a message that is forwarded in it."""
    return (child for child in element if isinstance(child.tag, str) and _is(child, name))


def _author(body: etree._Element) -> str:
    """The name above a message, without the date or the bot beside it."""
    named = next(_inside(body, "from_name"), None)
    return " ".join((named.text or "").split()) if named is not None else ""


def _forwarded(forwarded: etree._Element) -> list[str]:
    lines = [line for part in _inside(forwarded, "text") for line in markdown_of(part).split("\n")]
    return quoted(_author(forwarded), lines) if lines else []


FORMAT = Format(
    name="telegram-html",
    suffix=".telegram.html",
    media_type="text/html",
    recognises=lambda source: 0.97 if matches(source.text) else 0.0,
    read=lambda source: read(source.text),
)
