"""Captions of every kind: each word once, each voice on its own, and what cannot be read is told."""

from __future__ import annotations

import pytest

from panels.formats import registry
from panels.formats.base import FormatError, Source
from panels.formats.captions import srt, vtt
from panels.transcript import Transcript
from tests.formats.reading import reads


def cues(*rows: tuple[str, str]) -> str:
    return "\n".join(f"{number}\n{times}\n{words}\n" for number, (times, words) in enumerate(rows, start=1))


def turns(transcript: Transcript) -> list[tuple[str | None, float | None, str]]:
    return [
        (turn.speaker, turn.time, turn.text)
        for exchange in transcript.exchanges
        for turn in (exchange.question, *exchange.answers)
        if turn
    ]


def aside(transcript: Transcript) -> list[tuple[int, str]]:
    return [(item.line, item.reason) for item in transcript.unread]


@pytest.mark.parametrize(
    ("times", "start"),
    [
        ("00:00:04 --> 00:00:06", 4.0),
        ("00:00:4,500 --> 00:00:6,500", 4.5),
        ("0:4.5 --> 0:6", 4.5),
        ("00:00:04,5000 --> 00:00:06,0000", 4.5),
        ("00:00:04:500 --> 00:00:06:000", 4.5),
        ("00:00:04:12 --> 00:00:06:00", 4.0),
        ("00 : 00 : 04 , 500 --> 00 : 00 : 06 , 000", 4.5),
        ("00:00:04.500 -> 00:00:06.000", 4.5),
        ("00:00:04,500 -- > 00:00:06,000", 4.5),
        ("00:00:04,500 –> 00:00:06,000", 4.5),
        ("00:00:04,500 → 00:00:06,000", 4.5),
        ("00:00:04,500 --&gt; 00:00:06,000", 4.5),
        ("1:00:04.500 --> 1:00:06.000 align:start position:0%", 3604.5),
        ("00:00:04,500 --> 00:00:06,000 X1:10 X2:20 Y1:1 Y2:2", 4.5),
    ],
)
@pytest.mark.parametrize("head", ["", "WEBVTT\n\n"])
def test_times_are_read_as_they_are_meant(times: str, start: float, head: str) -> None:
    text = head + cues(("00:00:01,000 --> 00:00:02,000", "Ida: Hello."), (times, "Ben: Yes."))

    assert turns(reads(text)[1]) == [("Ida", 1.0, "Hello."), ("Ben", start, "Yes.")]


def test_a_file_of_nothing_but_loose_times_is_captions() -> None:
    name, transcript = reads(cues(("00:00:20 --> 00:00:24", "Hello."), ("00:00:24 --> 00:00:25", "Yes.")))

    assert (name, turns(transcript)) == ("srt", [(None, 20.0, "Hello. Yes.")])


def test_words_beside_the_times_are_words() -> None:
    transcript = srt.read("1 00:00:01,000 --> 00:00:02,000 Hello there.\n2 00:00:02,000 --> 00:00:03,000 Yes.\n")

    assert turns(transcript) == [(None, 1.0, "Hello there. Yes.")]


@pytest.mark.parametrize(
    "times", ["00:00:04,000 -->", "--> 00:00:06,000", "NaN:NaN:NaN,NaN --> 00:00:06,000", "4 --> 6"]
)
def test_a_cue_without_times_is_told_and_joins_no_other(times: str) -> None:
    text = cues(("00:00:01,000 --> 00:00:02,000", "Ida: Hello."), (times, "Ben: Lost."), ("0:7 --> 0:8", "Ida: Bye."))

    transcript = srt.read(text)

    assert turns(transcript) == [("Ida", 1.0, "Hello. Bye.")]
    assert [(u.line, u.text) for u in transcript.unread if "times" in u.reason] == [(6, f"2\n{times}\nBen: Lost.")]


def test_captions_without_any_time_are_refused() -> None:
    with pytest.raises(FormatError, match="No cue has times that can be read"):
        srt.read(cues(("00:00:04 -->", "Hello.")))


def test_an_arrow_in_the_words_is_no_cue() -> None:
    transcript = srt.read(cues(("00:00:01,000 --> 00:00:02,000", "Write a --> b for that."), ("0:2 --> 0:3", "Yes.")))

    assert turns(transcript) == [(None, 1.0, r"Write a --> b for that. Yes.")]


ROLLS = {
    "a line carried on, as YouTube does": [
        ("00:00:00.160 --> 00:00:02.230", " \nthe<00:00:00.400><c> reading</c><00:00:00.700><c> room</c>"),
        ("00:00:02.230 --> 00:00:02.240", "the reading room\n "),
        (
            "00:00:02.240 --> 00:00:04.550",
            "the reading room\nopened<00:00:02.600><c> in</c><00:00:02.900><c> march</c>",
        ),
        ("00:00:04.550 --> 00:00:04.560", "opened in march\n "),
        ("00:00:04.560 --> 00:00:06.000", "opened in march\nand<00:00:05.000><c> closed</c>"),
    ],
    "three lines on the screen": [
        ("00:00:00.000 --> 00:00:01.000", "the reading room"),
        ("00:00:01.000 --> 00:00:02.000", "the reading room\nopened"),
        ("00:00:02.000 --> 00:00:03.000", "the reading room\nopened\nin march"),
        ("00:00:03.000 --> 00:00:04.000", "opened\nin march\nand closed"),
    ],
    "word after word": [
        ("00:00:00.000 --> 00:00:01.000", "the reading"),
        ("00:00:01.000 --> 00:00:02.000", "the reading room"),
        ("00:00:02.000 --> 00:00:03.000", "the reading room opened"),
        ("00:00:03.000 --> 00:00:04.000", "in march"),
        ("00:00:04.000 --> 00:00:05.000", "in march and closed"),
    ],
    "one word marked at a time": [
        ("00:00:00.000 --> 00:00:01.000", "<u>the</u> reading room opened"),
        ("00:00:01.000 --> 00:00:02.000", "the <u>reading</u> room opened"),
        ("00:00:02.000 --> 00:00:03.000", "the reading <u>room</u> opened"),
        ("00:00:03.000 --> 00:00:04.000", "<u>in</u> march and closed"),
        ("00:00:04.000 --> 00:00:05.000", "in <u>march</u> and closed"),
    ],
}


@pytest.mark.parametrize("rows", ROLLS.values(), ids=ROLLS.keys())
@pytest.mark.parametrize("head", ["", "WEBVTT\n\n"])
def test_rolling_captions_are_read_once_and_told(rows: list[tuple[str, str]], head: str) -> None:
    transcript = reads(head + cues(*rows))[1]

    assert [text for _, _, text in turns(transcript)] == ["the reading room opened in march and closed"]
    assert any(reason.startswith("rolling captions") for _, reason in aside(transcript))


def test_rolling_captions_without_spaces_are_read_once() -> None:
    rows = [("0:0 --> 0:1", "我们讨论"), ("0:1 --> 0:2", "我们讨论图书馆"), ("0:2 --> 0:3", "我们讨论图书馆的未来")]

    assert turns(srt.read(cues(*rows))) == [(None, 0.0, "我们讨论图书馆的未来")]


def test_what_somebody_says_again_stays() -> None:
    rows = [
        ("0:0 --> 0:1", "Ida: Yes."),
        ("0:1 --> 0:2", "Yes."),
        ("0:2 --> 0:3", "We will see."),
        ("0:3 --> 0:4", "We will see the lamp."),
        ("0:4 --> 0:5", "Ben: No."),
        ("0:5 --> 0:6", "No."),
    ]

    assert turns(srt.read(cues(*rows))) == [
        ("Ida", 0.0, "Yes. Yes. We will see. We will see the lamp."),
        ("Ben", 4.0, "No. No."),
    ]


def test_a_refrain_after_a_pause_stays() -> None:
    rows = [("0:0 --> 0:2", "light the lamp"), ("0:9 --> 0:11", "light the lamp"), ("0:19 --> 0:21", "light the lamp")]

    assert turns(srt.read(cues(*rows))) == [(None, 0.0, "light the lamp light the lamp light the lamp")]


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("我们讨论", "图书馆的未来。", "我们讨论图书馆的未来。"),
        ("リンゴを", "食べます。", "リンゴを食べます。"),
        ("他说：“", "好的”", "他说：“好的”"),
        ("我们用", "Django 写", "我们用 Django 写"),
        ("Django", "很好", "Django 很好"),
        ("도서관은", "언제 엽니까", "도서관은 언제 엽니까"),
        ("the reading", "room", "the reading room"),
    ],
)
def test_lines_are_joined_as_their_script_is_written(first: str, second: str, joined: str) -> None:
    one = vtt.read(f"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ida>{first}\n{second}\n")
    two = vtt.read(f"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ida>{first}\n\n00:02.000 --> 00:03.000\n<v Ida>{second}\n")

    assert [text for _, _, text in turns(one) + turns(two)] == [joined, joined]


@pytest.mark.parametrize(
    ("one", "other"), [("王小明：", "李四："), ("王小明:", "李四:"), ("田中：", "鈴木："), ("Ida：", "Ben：")]
)
@pytest.mark.parametrize("head", ["", "WEBVTT\n\n"])
def test_a_colon_needs_no_space_before_chinese(one: str, other: str, head: str) -> None:
    rows = [("0:1 --> 0:2", f"{one}我们开始。"), ("0:2 --> 0:3", f"{other}好的。"), ("0:3 --> 0:4", f"{one}谢谢。")]

    assert [(name, text) for name, _, text in turns(reads(head + cues(*rows))[1])] == [
        (one[:-1], "我们开始。"),
        (other[:-1], "好的。"),
        (one[:-1], "谢谢。"),
    ]


def test_a_chinese_sentence_with_a_colon_names_nobody() -> None:
    rows = [("0:1 --> 0:2", "我的问题是：谁来付钱？"), ("0:2 --> 0:3", "城里付一半。")]

    assert turns(srt.read(cues(*rows))) == [(None, 1.0, "我的问题是：谁来付钱？城里付一半。")]


@pytest.mark.parametrize("dash", ["- ", "– ", "-", "— "])
def test_dialogue_dashes_are_voices_and_a_doubt(dash: str) -> None:
    text = cues(
        ("0:1 --> 0:4", f"{dash}We opened.\n{dash}How many came?"), ("0:4 --> 0:6", f"{dash}Twelve.\n{dash}So few?")
    )

    transcript = srt.read(text)

    assert turns(transcript) == [
        (None, 1.0, "We opened."),
        (None, 1.0, "How many came?"),
        (None, 4.0, "Twelve."),
        (None, 4.0, "So few?"),
    ]
    assert (3, "dashes at the start of lines: each is read as a new, unnamed speaker") in aside(transcript)


def test_dashes_of_a_list_or_an_aside_are_no_voices() -> None:
    rows = [
        ("0:1 --> 0:4", "We need:\n- oil\n- a wick"),
        ("0:4 --> 0:6", "and a lamp\n- or rather two"),
        ("0:6 --> 0:7", "-5 degrees"),
    ]

    assert len(turns(srt.read(cues(*rows)))) == 1


def test_arrows_without_a_name_are_nobody_known() -> None:
    rows = [
        ("0:1 --> 0:2", ">> IDA: Hello."),
        ("0:2 --> 0:3", ">> Who is there? >> It is me."),
        ("0:3 --> 0:4", ">> IDA: Oh."),
    ]

    assert turns(srt.read(cues(*rows))) == [
        ("IDA", 1.0, "Hello."),
        (None, 2.0, "Who is there?"),
        (None, 2.0, "It is me."),
        ("IDA", 3.0, "Oh."),
    ]


def test_two_named_voices_in_one_cue_are_two_turns() -> None:
    rows = [
        ("0:1 --> 0:2", "- Ida: Hello.\n- Ben: Hello."),
        ("0:2 --> 0:3", "Ida: Who pays?"),
        ("0:3 --> 0:4", "Ben: The town."),
    ]

    assert [(name, text) for name, _, text in turns(srt.read(cues(*rows)))] == [
        ("Ida", "Hello."),
        ("Ben", "Hello."),
        ("Ida", "Who pays?"),
        ("Ben", "The town."),
    ]


@pytest.mark.parametrize(
    "cue",
    ["{time}\n<v {name}>{text}\n\n", "{time}\n{name}: {text}\n\n"],
)
def test_variants_of_one_name_are_one_person(cue: str) -> None:
    said = (
        ("Rosa Lind, Harbour Trust", "We begin."),
        ("Ben Marsh (benm)", "So we do."),
        ("Rosa\xa0Lind", "At once."),
        ("Dr. Ben Marsh", "Yes."),
        ("Rosa Lind", "Well."),
        ("Ben Marsh", "Good."),
    )
    cues = (
        cue.format(time=f"00:0{at}.000 --> 00:0{at + 1}.000", name=name, text=text)
        for at, (name, text) in enumerate(said)
    )

    transcript = registry.read(Source.of("WEBVTT\n\n" + "".join(cues)))

    assert [turn.speaker for turn in transcript.turns] == ["Rosa Lind", "Ben Marsh"] * 3
    assert [(one.name, one.title, one.organisation) for one in transcript.panelists] == [
        ("Rosa Lind", "", "Harbour Trust"),
        ("Ben Marsh", "Dr.", ""),
    ]


def test_one_name_with_two_organisations_may_be_two_people() -> None:
    transcript = registry.read(
        Source.of(
            "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Rosa Lind, Harbour Trust>We begin.\n\n"
            "00:02.000 --> 00:03.000\n<v Rosa Lind, Mill Trust>We end.\n"
        )
    )

    assert [turn.speaker for turn in transcript.turns] == ["Rosa Lind", "Rosa Lind, Mill Trust"]
