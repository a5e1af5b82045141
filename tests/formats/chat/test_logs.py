"""Chats and logs: who says what, and what is no saying."""

import datetime as dt

from panels.transcript import Unread
from tests.formats.reading import exchanges, reads

CHAT = (
    '00:06:15\tAda | Lab:\tHey all\n00:07:10\tBen:\tReacted to "Hey all" with ❤️\n'
    '00:07:20\tBen:\tReplying to "Hey all"\n\nand we start\n00:07:30\tAda | Lab:\tYes\n'
)
LOG = """18-04-2019 23:59:58 -!- ada!~a@host has joined #room
18-04-2019 23:59:58 < ada!~a@host: Hello
18-04-2019 23:59:59 < * bot!b@host notes agenda
19-04-2019 00:00:01 > Bert: +1
"""
PAGE = """---
title: Fees
host: ada
---

## Questions

1. Why?

{% irc %}
18:00 <ada> Hi
18:01 <ben> Hello
18:02 <ada> Bye
{% endirc %}
"""


def test_chat_keeps_reactions_aside() -> None:
    found, transcript = reads(CHAT)

    assert (found, exchanges(transcript)) == (
        "zoom-chat",
        [
            (
                None,
                [
                    ("Ada | Lab", "Ada | Lab", 375.0, "Hey all"),
                    ("Ben", "Ben", 440.0, '> Replying to "Hey all"\n\nand we start'),
                    ("Ada | Lab", "Ada | Lab", 450.0, "Yes"),
                ],
            )
        ],
    )
    assert transcript.unread == (Unread(line=2, text='Ben: Reacted to "Hey all" with ❤️', reason="reaction"),)


def test_log_counts_time_past_midnight() -> None:
    found, transcript = reads(LOG)

    assert (found, transcript.date, exchanges(transcript)) == (
        "irc-log",
        dt.date(2019, 4, 18),
        [(None, [("ada", "ada", 0.0, "Hello"), ("Bert", "Bert", 3.0, "+1")])],
    )
    assert [left.line for left in transcript.unread] == [1, 2, 3]


def test_words_above_a_log_are_its_introduction() -> None:
    found, transcript = reads(PAGE)

    assert (found, transcript.title, transcript.introduction) == ("irc-log", "Fees", "## Questions\n\n1. Why?")
    assert [turn.speaker for entry in transcript.exchanges for turn in entry.answers] == ["ada", "ben", "ada"]


def test_a_page_that_ends_in_markup_is_no_log() -> None:
    found, _ = reads("Some words.\n\nMore words.\n\n<i>Sponsored by us.</i>\n\n<i>And by them.</i>\n")

    assert found == "plain"
