"""Chats that Telegram Desktop exports as HTML; its JSON is tested with the other chats."""

import json

import pytest

from panels.formats import registry
from panels.formats.base import FormatError, Source
from tests.formats.plain_values import value_of

PAGE = """<!DOCTYPE html>
<html><head><title>Exported Data</title></head>
<body onload="CheckLocation();"><div class="page_wrap">
<div class="page_header"><div class="content"><div class="text bold">Harbour panel</div></div></div>
<div class="page_body chat_page"><div class="history">
{messages}
</div></div></div></body></html>
"""
SERVICE = '<div class="message service" id="message-1"><div class="body details">\n{text}\n</div></div>\n'
MESSAGE = """<div class="message default clearfix{joined}" id="message{number}">
<div class="pull_left userpic_wrap"><div class="initials">IK</div></div>
<div class="body">
<div class="pull_right date details" title="05.05.2031 19:{minute}:05 UTC+01:00">19:{minute}</div>
{name}{inside}
</div></div>
"""


def message(name: str, inside: str, minute: int = 0) -> str:
    named = f'<div class="from_name">{name}</div>\n' if name else ""
    return MESSAGE.format(
        joined="" if name else " joined", number=minute, minute=f"{minute:02}", name=named, inside=inside
    )


def text(words: str) -> str:
    return f'<div class="text">{words}</div>'


def read(*messages: str) -> list[tuple[object, ...] | None]:
    transcript = registry.read(Source.of(PAGE.format(messages="".join(messages))))
    return [value_of(turn) for turn in transcript.turns]


def test_messages_have_names_and_moments() -> None:
    page = PAGE.format(
        messages=message("Ida Krane", text("Who pays?"))
        + message("Ben Marsh", text('The town. See <a href="https://example.org/">it</a>.'), 2)
    )
    transcript = registry.read(Source.of(page))

    assert (transcript.title, str(transcript.date)) == ("Harbour panel", "2031-05-05")
    assert [value_of(turn) for turn in transcript.turns] == [
        ("Ida Krane", "Ida Krane", "Who pays?", 0.0),
        ("Ben Marsh", "Ben Marsh", "The town. See [it](https://example.org/).", 120.0),
    ]


def test_a_message_without_a_name_is_by_the_one_above() -> None:
    assert read(message("林小雨", text("谁来付钱？")), message("", text("镇上吗？"), 1)) == [
        ("林小雨", "林小雨", "谁来付钱？", 0.0),
        ("林小雨", "林小雨", "镇上吗？", 60.0),
    ]


def test_what_is_forwarded_is_not_said_by_whoever_forwards_it() -> None:
    forwarded = (
        '<div class="forwarded body"><div class="from_name">Tom Field <span class="date details" '
        'title="04.05.2031 10:00:00"> 04.05.2031 10:00:00</span></div>' + text("It leaks.<br>Badly.") + "</div>"
    )

    assert read(message("Lea Okoye", forwarded)) == [
        ("Lea Okoye", "Lea Okoye", "Tom Field:\n\n> It leaks.\\\n> Badly.", 0.0)
    ]


def test_nor_is_it_in_the_json() -> None:
    row = {"id": 1, "type": "message", "date": "2031-05-05T19:00:00", "from": "Lea Okoye", "from_id": "user1"}
    data = {"name": "Panel", "messages": [{**row, "forwarded_from": "Tom Field", "text": "It leaks."}]}

    transcript = registry.read(Source.of(json.dumps(data)))

    assert [turn.text for turn in transcript.turns] == ["Tom Field:\n\n> It leaks."]


def test_notices_replies_and_media_are_set_aside() -> None:
    media = '<div class="media_wrap clearfix"><div class="title bold">Photo</div></div>'
    reply = '<div class="reply_to details">In reply to this message</div>'
    poll = '<div class="poll">Anonymous poll</div>'
    page = PAGE.format(
        messages=SERVICE.format(text="5 May 2031")
        + message("Ida Krane", reply + text("Yes."))
        + message("Ida Krane", media + poll, 1)
    )

    transcript = registry.read(Source.of(page))

    assert [turn.text for turn in transcript.turns] == ["Yes."]
    assert [item.text for item in transcript.unread] == [
        "5 May 2031",
        "In reply to this message",
        "Photo",
        "Anonymous poll",
    ]


def test_a_page_without_messages_is_refused() -> None:
    with pytest.raises(FormatError, match="no messages"):
        registry.read(Source.of(PAGE.format(messages=message("Ida Krane", ""))))
