import json
from typing import Any

import pytest

from panels.formats.base import FormatError
from panels.formats.data import asr_json
from tests.formats.plain_values import PlainTurn, value_of


def turns(data: Any) -> list[PlainTurn | None]:
    transcript = asr_json.read(json.dumps(data))
    return [value_of(answer) for exchange in transcript.exchanges for answer in exchange.answers]


def test_read_joins_the_segments_of_one_speaker() -> None:
    segments = [
        {"speaker": "Anna", "startTime": 0.5, "body": "I"},
        {"speaker": "Anna", "startTime": 1, "body": "am."},
        {"speaker": "Ben", "startTime": 2.75, "body": "No"},
        {"startTime": 3, "body": "Who?"},
    ]

    assert turns({"version": "1.0.0", "segments": segments}) == [
        ("Anna", "Anna", "I am.", 0.5),
        ("Ben", "Ben", "No", 2.75),
        (None, None, "Who?", 3.0),
    ]


def test_read_keeps_utterances_apart_and_speaker_zero() -> None:
    utterances = [
        {"speaker": 0, "start": 3.04, "transcript": "And,"},
        {"speaker": 0, "start": 4.5, "transcript": "yes."},
        {"speaker": 1, "start": 6, "transcript": "Copy."},
    ]

    assert turns({"results": {"channels": [], "utterances": utterances}}) == [
        ("speaker 0", None, "And,", 3.04),
        ("speaker 0", None, "yes.", 4.5),
        ("speaker 1", None, "Copy.", 6.0),
    ]


def test_read_sees_that_times_are_milliseconds() -> None:
    utterances = [{"speaker": "A", "start": 170, "end": 26_950, "text": "One two three four five six seven."}]

    assert turns({"utterances": utterances, "words": []}) == [("A", None, "One two three four five six seven.", 0.17)]


def test_read_prefers_the_voice_of_podlove_to_its_number() -> None:
    rows = [{"start": "00:00:01.005", "speaker": "3", "voice": "Anna", "text": "Hallo."}]

    assert turns(rows) == [("Anna", "Anna", "Hallo.", 1.005)]


def test_read_joins_the_words_and_punctuation_of_amazon() -> None:
    items = [
        {"type": "pronunciation", "start_time": "0.1", "alternatives": [{"content": "Hello"}]},
        {"type": "punctuation", "alternatives": [{"content": "."}]},
        {
            "type": "pronunciation",
            "start_time": "2.1",
            "speaker_label": "",
            "alternatives": [{"content": "Hi"}],
        },
    ]
    segments = [
        {"speaker_label": "spk_0", "items": [{"start_time": "0.1", "speaker_label": "spk_0"}]},
        {"speaker_label": "spk_1", "items": [{"start_time": "2.1", "speaker_label": ""}]},
    ]

    assert turns({"results": {"speaker_labels": {"segments": segments}, "items": items}}) == [
        ("spk_0", None, "Hello.", 0.1),
        ("spk_1", None, "Hi", 2.1),
    ]


def test_read_takes_the_last_result_of_google_where_the_speakers_are() -> None:
    words = [("hello", "1.400s", 1), ("there", "2s", 1), ("hi", "3s", 2)]
    results = [
        {
            "alternatives": [
                {"transcript": "hello there hi", "words": [{"word": w, "startTime": t} for w, t, _ in words]}
            ]
        },
        {"alternatives": [{"words": [{"word": w, "startTime": t, "speakerTag": s} for w, t, s in words]}]},
    ]

    assert turns({"results": results}) == [
        ("speaker 1", None, "hello there", 1.4),
        ("speaker 2", None, "hi", 3.0),
    ]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (
            {"text": "x", "segments": [{"start": 0.0, "text": "你好"}, {"start": 1.0, "text": "吗？"}]},
            "你好吗？",
        ),
        (
            {"transcription": [{"timestamps": {"from": "00:00:00,000"}, "text": " Hi *there*"}]},
            "Hi \\*there\\*",
        ),
        (
            {
                "results": [
                    {"alternatives": [{"transcript": "one"}]},
                    {"alternatives": [{"transcript": "two"}]},
                ]
            },
            "one two",
        ),
    ],
)
def test_read_makes_one_turn_of_nobody_where_no_speaker_is_told(data: Any, expected: Any) -> None:
    assert [turn and turn[:3] for turn in turns(data)] == [(None, None, expected)]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (
            {
                "monologues": [
                    {"speaker": 0, "elements": [{"value": "Hi", "ts": 0.5}, {"value": " "}, {"value": "you"}]}
                ]
            },
            [("speaker 0", None, "Hi you", 0.5)],
        ),
        (
            {
                "results": [
                    {"type": "word", "start_time": 0.5, "alternatives": [{"content": "Hi", "speaker": "S1"}]},
                    {"type": "punctuation", "alternatives": [{"content": ".", "speaker": "S1"}]},
                    {"type": "word", "start_time": 0.9, "alternatives": [{"content": "Yo", "speaker": "S2"}]},
                ]
            },
            [("S1", None, "Hi.", 0.5), ("S2", None, "Yo", 0.9)],
        ),
    ],
)
def test_read_knows_further_recognisers(data: Any, expected: Any) -> None:
    assert turns(data) == expected


@pytest.mark.parametrize(
    "text", ["{", "{}", "[]", '{"a": 1}', "[" * 100_000, "1" * 10_000, '[{"text":"a\\ud800"}]', '[{"text":"\\u0000"}]']
)
def test_read_refuses_json_without_a_transcript(text: str) -> None:
    with pytest.raises(FormatError):
        asr_json.read(text)


@pytest.mark.parametrize(
    "time", ["9" * 5000 + ":00", "9" * 5000, "soon", {"seconds": "soon"}, {"seconds": 1, "nanos": "soon"}, [], True]
)
def test_read_takes_what_is_no_time_for_none(time: Any) -> None:
    read = turns({"segments": [{"speaker": "Anna", "start": time, "text": "Yes."}]})

    assert read == [("Anna", "Anna", "Yes.", None)]


SAID = [("Ida Krane", 0.1, "Good evening."), ("Ben Marsh", 1.2, "The lamp is out."), ("Ida Krane", 2.5, "Who pays?")]
EXPORTS: dict[str, Any] = {
    "Rev.ai with names": {
        "monologues": [
            {
                "speaker": number,
                "speaker_info": {"id": str(number), "display_name": name},
                "elements": [{"type": "text", "value": text, "ts": time, "end_ts": time + 0.5}],
            }
            for number, (name, time, text) in enumerate(SAID)
        ]
    },
    "Recall.ai": [
        {
            "participant": {"id": 1, "name": name, "is_host": True},
            "words": [{"text": text, "start_timestamp": {"relative": time, "absolute": "2031-05-05T10:00:00Z"}}],
        }
        for name, time, text in SAID
    ],
    "tl;dv": {"id": "x", "data": [{"speaker": name, "text": text, "startTime": time} for name, time, text in SAID]},
    "Fathom": {
        "transcript": [
            {"speaker": {"display_name": name}, "text": text, "timestamp": time} for name, time, text in SAID
        ]
    },
    "Sonix": {
        "name": "review",
        "transcript": [{"speaker": name, "text": text, "start_time": time, "words": []} for name, time, text in SAID],
    },
    "Fireflies": {
        "data": {
            "transcript": {
                "title": "Lamp review",
                "date": 1935936000000,
                "sentences": [
                    {"speaker_name": name, "speaker_id": 1, "text": text, "start_time": time}
                    for name, time, text in SAID
                ],
            }
        }
    },
}


@pytest.mark.parametrize("tool", EXPORTS)
def test_exports_of_tools_name_who_speaks_and_when(tool: str) -> None:
    assert turns(EXPORTS[tool]) == [(name, name, text, time) for name, time, text in SAID]


def test_channels_are_voices_in_the_order_of_time() -> None:
    def channel(*words: tuple[str, float]) -> dict[str, Any]:
        return {"alternatives": [{"transcript": "x", "words": [{"word": word, "start": time} for word, time in words]}]}

    channels = [channel(("Hello", 0.5), ("who?", 2.5)), channel(("Ben", 1.5))]

    assert turns({"metadata": {}, "results": {"channels": channels}}) == [
        ("speaker 0", None, "Hello", 0.5),
        ("speaker 1", None, "Ben", 1.5),
        ("speaker 0", None, "who?", 2.5),
    ]


def test_sentences_of_funasr_have_voices() -> None:
    sentences = [{"text": "大家好。", "start": 100, "end": 1000, "spk": 0}, {"text": "你好。", "start": 1200, "spk": 1}]

    assert turns([{"key": "x", "text": "大家好。你好。", "sentence_info": sentences}]) == [
        ("speaker 0", None, "大家好。", 0.1),
        ("speaker 1", None, "你好。", 1.2),
    ]


def test_sides_of_a_call_are_nobody() -> None:
    assert turns([{"speaker": "Me", "text": "Hello", "start": 1}, {"speaker": "Agent", "text": "Hi", "start": 2}]) == [
        ("Me", None, "Hello", 1.0),
        ("Agent", None, "Hi", 2.0),
    ]


def test_title_date_and_language_of_a_record_are_read() -> None:
    fireflies = asr_json.read(json.dumps(EXPORTS["Fireflies"]))
    named = asr_json.read(json.dumps([{"text": "Hello", "start": 1}]), "2031-05-07 review.json")

    assert (fireflies.title, str(fireflies.date)) == ("Lamp review", "2031-05-07")
    assert (str(named.date), [left.reason for left in named.unread]) == (
        "2031-05-07",
        ["the date in the file name, proposed as the date"],
    )


@pytest.mark.parametrize(
    ("written", "tag"), [("English", "en"), ("eng", "en"), ("en_us", "en-us"), ("zh-Hant", "zh-Hant"), ("no idea", "")]
)
def test_languages_of_recognisers_become_tags(written: str, tag: str) -> None:
    segments = [{"text": "Hello", "start": 1}]

    assert asr_json.read(json.dumps({"language": written, "segments": segments})).language == tag


def test_variants_of_one_name_are_one_person() -> None:
    said = (("Rosa Lind, Harbour Trust", "We begin."), ("Ben Marsh", "So we do."), ("Rosa Lind", "At once."))
    segments = [{"start": at, "speaker": name, "text": text} for at, (name, text) in enumerate(said)]

    transcript = asr_json.read(json.dumps({"segments": segments}), "")

    assert [turn.speaker for turn in transcript.turns] == ["Rosa Lind", "Ben Marsh", "Rosa Lind"]
    assert [(one.name, one.organisation) for one in transcript.panelists] == [
        ("Rosa Lind", "Harbour Trust"),
        ("Ben Marsh", ""),
    ]
