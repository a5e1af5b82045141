"""Read chats exported as JSON: Discord (DiscordChatExporter), Slack (a channel's day) and Telegram (Desktop).

Events such as joins and pins, and messages with only images, are reported as unread.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

from panels.formats.base import Format
from panels.formats.chat.reader import Message, quoted, transcript_of
from panels.formats.limits import timed
from panels.formats.parsing.jsontree import at, parse, rows, string
from panels.formats.wording import gettext_noop
from panels.transcript import Transcript, Unread

_SECONDS = re.compile(r"\d{1,11}(?:\.\d{1,9})?")
_BEGINS = re.compile(r"\s*[\[{]")
_SLACK = re.compile(r'"ts"\s*:\s*"\d+\.\d+"')
_MENTION = re.compile(
    r"<(?:@(?P<user>[A-Z0-9]+)(?:\|(?P<shown>[^<>|]+))?|#[A-Z0-9]+\|(?P<channel>[^<>|]+)|(?P<link>https?://[^<>|]+)(?:\|(?P<text>[^<>]+))?)>"
)
_HEAD = 4_000


def matches(text: str) -> bool:
    """Whether this is a chat export of one of these programs."""
    if not _BEGINS.match(text):
        return False
    head = text[:_HEAD]
    discord = '"guild"' in head and '"messages"' in text
    telegram = ('"messages"' in text and '"text_entities"' in text) or ('"messages"' in head and '"from_id"' in text)
    return discord or telegram or bool(_SLACK.search(head) and '"text"' in text and '"type"' in text)


def read(text: str) -> Transcript:
    """Read an export. Raises FormatError if it is not JSON, or has no messages."""
    data = parse(text)
    users = dict(_users(data))
    unread: list[Unread] = []
    messages = [message for row in timed(_rows(data)) for message in _message(row, users, unread)]
    names = [string(at(data, "guild", "name")), string(at(data, "channel", "name")) or string(at(data, "name"))]
    messages.sort(key=lambda message: message.moment or dt.datetime.min.replace(tzinfo=dt.UTC))
    return transcript_of(messages, unread, Transcript(title=" / ".join(filter(None, names))))


def _rows(data: Any) -> list[dict[str, Any]]:
    return rows(data) or rows(at(data, "messages"))


def _users(data: Any) -> Iterator[tuple[str, str]]:
    """The names of Slack's users by key, as given in the messages."""
    for row in [*_rows(data), *rows(at(data, "users"))]:
        profile = row.get("user_profile") or row.get("profile")
        names = (string(at(profile, key)) for key in ("real_name", "display_name", "name"))
        name = next((name for name in names if name), "") or string(row.get("real_name"))
        key = string(row.get("user")) or string(row.get("id"))
        if key and name:
            yield key, name


def _message(row: dict[str, Any], users: dict[str, str], unread: list[Unread]) -> Iterator[Message]:
    text = _words(row, users)
    kind = string(row.get("type"))
    spoken = kind.lower() in ("", "message", "default", "reply", "0", "19") and not _is_note(row)
    author = string(row.get("forwarded_from"))  # Telegram
    if text and spoken:
        lines = text.split("\n")
        yield Message(_name(row, users), _moment(row), 1, quoted(author, lines) if author else lines)
    elif text:
        unread.append(Unread(line=1, text=text, reason=gettext_noop("a note of the chat, not a message")))


def _is_note(row: dict[str, Any]) -> bool:
    return string(row.get("subtype")) not in ("", "thread_broadcast", "bot_message", "me_message", "file_share")


def _name(row: dict[str, Any], users: dict[str, str]) -> str:
    author = row.get("author")
    key = string(row.get("user"))
    names = (
        string(at(author, "nickname")), string(at(author, "name")), string(row.get("from")), users.get(key, ""),
        string(row.get("username")), key, string(row.get("from_id")),
    )  # fmt: skip
    return next((name for name in names if name), "Unknown")


def _words(row: dict[str, Any], users: dict[str, str]) -> str:
    """The text of a message; Telegram splits it where the formatting changes."""
    value = row.get("content", row.get("text"))
    if isinstance(value, list):
        value = "".join(piece if isinstance(piece, str) else str(at(piece, "text") or "") for piece in value)
    return _MENTION.sub(lambda found: _shown(found, users), value).strip() if isinstance(value, str) else ""


def _shown(mention: re.Match[str], users: dict[str, str]) -> str:
    """A mention as Slack displays it."""
    if mention["user"]:
        return f"@{mention['shown'] or users.get(mention['user'], mention['user'])}"
    return f"#{mention['channel']}" if mention["channel"] else mention["text"] or mention["link"]


def _moment(row: dict[str, Any]) -> dt.datetime | None:
    stamp = next((str(row[key]) for key in ("timestamp", "date", "ts") if row.get(key)), "")
    try:
        if _SECONDS.fullmatch(stamp):
            return dt.datetime.fromtimestamp(float(stamp), tz=dt.UTC)
        moment = dt.datetime.fromisoformat(stamp)
    except (ValueError, OverflowError, OSError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


FORMAT = Format(
    name="chat-json",
    suffix=".chat.json",
    media_type="application/json",
    recognises=lambda source: 0.93 if matches(source.text) else 0.0,
    read=lambda source: read(source.text),
)
