"""Chats as their programs export them, or as they are copied from the page."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.formats.reading import exchanges, reads

Spoken = tuple[str | None, float | None, str]
THREE: list[Spoken] = [
    ("Ida Krane", 0.0, "Good evening: welcome.\nSecond line."),
    ("Ben Marsh", 60.0, "The lamp is out."),
    ("Ida Krane", 120.0, "That is sad."),
]


def spoken(text: str) -> tuple[str, dt.date | None, list[Spoken]]:
    """The format, the day, and who says what when."""
    name, transcript = reads(text)
    turns = [turn for asked, answers in exchanges(transcript) for turn in (asked, *answers) if turn]
    return name, transcript.date, [(speaker, time, words) for _, speaker, time, words in turns]


DAY = dt.date(2031, 5, 13)


@pytest.mark.parametrize(
    "text",
    [
        "[13/05/31, 19:00:12] Ida Krane: Good evening: welcome.\nSecond line.\n"
        "[13/05/31, 19:01:12] Ben Marsh: The lamp is out.\n[13/05/31, 19:02:12] Ida Krane: That is sad.\n",
        "13/05/2031, 18:59 - Messages and calls are end-to-end encrypted.\n"
        "13/05/2031, 19:00 - Ida Krane: Good evening: welcome.\nSecond line.\n"
        "13/05/2031, 19:01 - Ben Marsh: The lamp is out.\n13/05/2031, 19:01 - Ben Marsh: <Media omitted>\n"
        "13/05/2031, 19:02 - Ida Krane: That is sad.\n",
        "5/13/31, 7:00\u202fPM - Ida Krane: Good evening: welcome.\nSecond line.\n"
        "5/13/31, 7:01\u202fPM - Ben Marsh: The lamp is out.\n5/13/31, 7:02\u202fPM - Ida Krane: That is sad.\n",
        "\u200e[13.05.31, 19:00:12] Ida Krane: \u200eGood evening: welcome.\nSecond line.\n"
        "[13.05.31, 19:01:12] Ben Marsh: The lamp is out.\n\u200e[13.05.31, 19:01:20] Ben Marsh: \u200eim"
        "age omitted\n"
        "[13.05.31, 19:02:12] Ida Krane: That is sad.\n",
    ],
)
def test_whatsapp(text: str) -> None:
    assert spoken(text) == ("whatsapp", DAY, THREE)


def test_what_whatsapp_itself_says_is_told() -> None:
    transcript = reads(
        "13/05/2031, 18:59 - Ida created group “Lamps”\n13/05/2031, 19:00 - Ida: Hello.\n13/05/2031, 19:0"
        "1 - Ben: Hello.\n"
    )[1]

    assert [(item.line, item.reason) for item in transcript.unread] == [(1, "a note of the chat, not a message")]


@pytest.mark.parametrize(
    "text",
    [
        "=====\nGuild: Lamp Club\nChannel: ama\n=====\n\n[13-May-31 07:00 PM] Ida Krane\nGood evening: we"
        "lcome.\nSecond line.\n\n"
        "[13-May-31 07:01 PM] Ben Marsh\nThe lamp is out.\n\n{Reactions}\n👍 (2)\n\n[13-May-31 07:02 PM] I"
        "da Krane\nThat is sad.\n\n"
        "=====\nExported 3 message(s)\n=====\n",
        "[5/13/2031 7:00 PM] Ida Krane\nGood evening: welcome.\nSecond line.\n\n[5/13/2031 7:01 PM] Ben M"
        "arsh\nThe lamp is out.\n\n"
        "[5/13/2031 7:02 PM] Ida Krane\nThat is sad.\n",
        "Ida Krane — 13/05/2031 19:00\nGood evening: welcome.\nSecond line.\nBen Marsh — 13/05/2031 19:01"
        "\nThe lamp is out.\n(edited)\n"
        "Ida Krane — 13/05/2031 19:02\nThat is sad.\n",
        "Ida Krane, [13.05.2031 19:00]\nGood evening: welcome.\nSecond line.\n\nBen Marsh, [13.05.2031 19"
        ":01]\nThe lamp is out.\n\n"
        "Ida Krane, [13.05.2031 19:02]\nThat is sad.\n",
    ],
)
def test_chats_with_heads_above_the_words(text: str) -> None:
    assert spoken(text) == ("chat-export", DAY, THREE)


def test_slack_copied_from_the_page_has_no_day() -> None:
    text = "Ida Krane  7:00 PM\nGood evening.\nBen Marsh  7:01 PM\nThe lamp is out.\nIda Krane  7:02 PM\nThat is sad.\n"

    assert [(name, words) for name, _, words in spoken(text)[2]] == [
        ("Ida Krane", "Good evening."),
        ("Ben Marsh", "The lamp is out."),
        ("Ida Krane", "That is sad."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        '{"guild":{"name":"Lamp Club"},"channel":{"name":"ama"},"messages":[{"type":"Default","timestamp"'
        ':"2031-05-13T19:00:00+00:00",'
        '"content":"Good evening: welcome.\\nSecond line.","author":{"name":"ida","nickname":"Ida Krane"}},'
        '{"type":"Default","timestamp":"2031-05-13T19:01:00+00:00","content":"The lamp is out.","author":'
        '{"name":"Ben Marsh"}},'
        '{"type":"ChannelPinnedMessage","timestamp":"2031-05-13T19:01:30+00:00","content":"Pinned a messa'
        'ge.","author":{"name":"x"}},'
        '{"type":"Reply","timestamp":"2031-05-13T19:02:00+00:00","content":"That is sad.","author":{"name'
        '":"ida","nickname":"Ida Krane"}}]}',
        '{"name":"Lamp Club","type":"private_group","messages":[{"type":"service","date":"2031-05-13T18:5'
        '9:00","text":""},'
        '{"type":"message","date":"2031-05-13T19:00:00","from":"Ida Krane","from_id":"user1",'
        '"text":["Good ",{"type":"bold","text":"evening"},'
        '": welcome.\\nSecond line."],"text_entities":[]},{"type":"message","date":"2031-05-13T19:01:00",'
        '"from":"Ben Marsh","text":"The lamp is out."},'
        '{"type":"message","date":"2031-05-13T19:02:00","from":"Ida Krane","text":"That is sad."}]}',
        '[{"type":"message","subtype":"channel_join","user":"U1","text":"<@U1> has joined the channel","t'
        's":"1936465140.0"},'
        '{"type":"message","user":"U1","text":"Good evening: welcome.\\nSecond line.","ts":"1936465200.0"'
        ',"user_profile":{"real_name":"Ida Krane"}},'
        '{"type":"message","user":"U2","text":"The lamp is out.","ts":"1936465260.0","user_profile":{"rea'
        'l_name":"Ben Marsh"}},'
        '{"type":"message","user":"U1","text":"That is sad.","ts":"1936465320.0"}]',
    ],
)  # fmt: skip
def test_chats_exported_as_json(text: str) -> None:
    assert spoken(text) == ("chat-json", DAY, THREE)


def test_names_with_times_of_a_recording_are_no_chat() -> None:
    text = (
        "Ida Krane — 0:00\nGood evening.\n\nBen Marsh — 0:41\nThe lamp is out.\n\nIda Krane — 1:22\nTh"
        "at is sad.\n\nBen Marsh — 1:30\nYes.\n"
    )

    assert spoken(text)[0] == "name-time"


def test_recognisers_with_messages_are_no_chat() -> None:
    assert spoken('{"segments": [{"speaker": "Ida", "start": 1, "text": "Hello."}]}')[0] == "asr_json"


def test_a_clock_that_goes_back_is_no_time() -> None:
    text = (
        "2031-05-13 19:00:54\t▷\tida (~ida@host) has joined #lamps\n2031-05-13 15:58:54\tida\tHi\n"
        "2031-05-13 19:01:04\tben\thello\n2031-05-13 19:01:14\t…\tben (feeding the dog)\n2031-05-13 19:01"
        ":24\tida\tright\n"
    )

    name, _, turns = spoken(text)

    assert (name, turns) == ("irc-log", [("ida", None, "Hi"), ("ben", 10.0, "hello"), ("ida", 30.0, "right")])


@pytest.mark.parametrize("numbers", ["{:2}  ", "{}   ", "      {:2}    "])
def test_the_numbers_of_a_deposition_are_no_words(numbers: str) -> None:
    rows = ["BY MR. MARSH:", "     Q.   What did you see?", "     A.   A lamp that was", "out.", "       "
                                                                                                 "   MS. "
                                                                                                 "DOE:  Objection.",
            "          THE WITNESS:  It was out.", "     Q.   When?", "     A.   In May."]  # fmt: skip
    text = "Page 12\n\n" + "\n".join(numbers.format(n) + row for n, row in enumerate(rows, 1))

    name, _, turns = spoken(
        text + "\n\n                                    13\n 1        Q.   Are you sure?\n 2        A.   Yes.\n"
    )

    assert (name, [(speaker, words) for speaker, _, words in turns]) == (
        "deposition",
        [
            (None, "What did you see?"),
            (None, "A lamp that was\nout."),
            ("MS. DOE", "Objection."),
            ("THE WITNESS", "It was out."),
            (None, "When?"),
            (None, "In May."),
            (None, "Are you sure?"),
            (None, "Yes."),
        ],
    )


def test_a_numbered_list_is_no_deposition() -> None:
    text = "Ida: We need:\n\n1. oil\n2. a wick\n3. a lamp\n\nBen: And?\n\nIda: Money.\n"

    assert spoken(text)[0] == "name-colon"


@pytest.mark.parametrize(
    "text",
    [
        "00:00:00\n\n\nIda Krane: Good evening.\n\nBen Marsh: The lamp is out.\n\n\n00:05:00\n\n\nIda Kra"
        "ne: Who pays?\n\nBen Marsh: The town.\n",
        "0:00\nIda Krane: Good evening.\n\nBen Marsh: The lamp is out.\n\n5:00\nIda Krane: Who pays?\n\nB"
        "en Marsh: The town.\n",
        "[00:00]\n\nIda Krane: Good evening.\n\nBen Marsh: The lamp is out.\n\n[05:00]\n\nIda Krane: Who "
        "pays?\n\nBen Marsh: The town.\n",
    ],
)
def test_a_time_above_a_label_is_that_turns(text: str) -> None:
    assert spoken(text)[2] == [
        ("Ida Krane", 0.0, "Good evening."),
        ("Ben Marsh", None, "The lamp is out."),
        ("Ida Krane", 300.0, "Who pays?"),
        ("Ben Marsh", None, "The town."),
    ]


def test_a_time_amid_a_turn_stays_there() -> None:
    text = "Ida: We begin.\n\n0:30\n\nAnd go on.\n\nBen: Yes.\n\nIda: Good.\n\nBen: Bye.\n"

    assert spoken(text)[2][0][2] == "We begin.\n\n0:30\n\nAnd go on."


def test_what_google_says_below_is_nobodys() -> None:
    text = (
        "Ida Krane: Good evening.\nBen Marsh: The lamp is out.\nIda Krane: Bye.\n\nTranscription ended af"
        "ter 00:26:31\n\n"
        "This editable transcript was computer generated and might contain errors. People can also change"
        " the text after it was created.\n"
    )

    assert spoken(text)[2][-1] == ("Ida Krane", None, "Bye.")
