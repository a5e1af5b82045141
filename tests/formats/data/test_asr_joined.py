"""JSON that keeps words, paragraphs and speakers in lists of their own, built from what the tools document."""

import json
from typing import Any

import pytest

from panels.formats import registry
from panels.formats.base import FormatError, Source
from tests.formats.plain_values import PlainTurn, value_of

TRINT_WORDS = [
    {"name": "Good", "time": 1000, "duration": 300, "confidence": 0.98, "para": "1000", "strikethrough": False},
    {"name": "uh", "time": 1100, "duration": 100, "para": "1000", "strikethrough": True},
    {"name": "evening.", "time": 1300, "duration": 300, "para": "1000"},
    {"name": "The", "time": 5000, "duration": 200, "para": "5000"},
    {"name": "roof.", "time": 5200, "duration": 200, "para": "5000"},
]
KRANE_AND_MARSH: list[PlainTurn] = [
    ("Ida Krane", "Ida Krane", "Good evening.", 1.0),
    ("Ben Marsh", "Ben Marsh", "The roof.", 5.0),
]
LIN_AND_WANG: list[PlainTurn] = [("林小雨", "林小雨", "大家好。", 3.0), ("王大山", "王大山", "谢谢。", 21.0)]


def read(data: Any) -> list[PlainTurn | None]:
    transcript = registry.read(Source.of(json.dumps(data, ensure_ascii=False)))
    return [value_of(answer) for exchange in transcript.exchanges for answer in exchange.answers]


def test_the_speakers_of_trint_are_those_of_its_paragraphs() -> None:
    paragraphs = [{"time": 1000, "speaker": "Ida Krane"}, {"time": 5000, "speaker": "Ben Marsh"}]

    assert read({"transcript": {"words": TRINT_WORDS, "paragraphs": paragraphs, "speakers": []}}) == KRANE_AND_MARSH


def test_speakers_may_be_places_in_a_list() -> None:
    words = [{**word, "speaker": int(word["para"] == "5000")} for word in TRINT_WORDS]

    assert read({"words": words, "speakers": [{"name": "Ida Krane"}, {"name": "Ben Marsh"}]}) == KRANE_AND_MARSH


def test_struck_words_are_set_aside() -> None:
    transcript = registry.read(Source.of(json.dumps({"transcript": {"words": TRINT_WORDS}})))

    assert [(item.text, item.reason) for item in transcript.unread] == [("uh", "struck through")]


def test_voices_of_speechmatics_are_no_people() -> None:
    speakers = [{"name": "M1", "time": "1.000", "duration": "4.0"}, {"name": "F2", "time": "5.000", "duration": "1"}]
    words = [
        {"name": "Good", "time": "1.000", "duration": "0.260"},
        {"name": "evening", "time": "1.300", "duration": "0.260"},
        {"name": ".", "time": "1.560", "duration": "0.0"},
        {"name": "Thanks", "time": "5.130", "duration": "0.3"},
    ]

    assert read({"speakers": speakers, "words": words}) == [
        ("M1", None, "Good evening.", 1.0),
        ("F2", None, "Thanks", 5.13),
    ]


@pytest.mark.parametrize("names", ["beside", "inside"])
def test_the_paragraphs_of_feishu_have_words_in_sentences(names: str) -> None:
    rows: list[dict[str, Any]] = [
        {"pid": "1", "start_time": "3000", "sentences": [{"contents": [{"content": "大家"}, {"content": "好。"}]}]},
        {"pid": "2", "start_time": "21000", "sentences": [{"contents": [{"content": "谢谢。"}]}]},
    ]
    people: dict[str, Any] = {"s1": {"user_name": "林小雨"}, "s2": {"user_name": "王大山"}}
    if names == "inside":
        rows = [{**row, "speaker": person} for row, person in zip(rows, people.values(), strict=True)]
        assert read({"paragraphs": rows}) == LIN_AND_WANG
    else:
        whose = {"paragraph_to_speaker": {"1": "s1", "2": "s2"}, "speaker_info_map": people}
        assert read({"code": 0, "data": {"paragraphs": rows, **whose}}) == LIN_AND_WANG


def test_a_paragraph_of_feishu_without_a_speaker_is_nobodys() -> None:
    rows = [
        {"pid": "1", "start_time": "3000", "sentences": [{"contents": [{"content": "大家好。"}]}]},
        {"pid": "2", "start_time": "9000", "sentences": [{"contents": [{"content": "Why"}, {"content": " not?"}]}]},
    ]
    whose = {"paragraph_to_speaker": {"1": "s1"}, "speaker_info_map": {"s1": {"user_name": "林小雨"}}}

    assert read({"paragraphs": rows, **whose}) == [LIN_AND_WANG[0], (None, None, "Why not?", 9.0)]


def test_the_answer_of_the_feishu_api_holds_text() -> None:
    text = "林小雨 00:03\n大家好。\n\n王大山 00:21\n谢谢。\n\n林小雨 00:40\n谁来付钱？\n"
    data = {"code": 0, "data": {"minute": {"title": "港口圆桌"}, "transcript": text}}

    assert read(data) == [*LIN_AND_WANG, ("林小雨", "林小雨", "谁来付钱？", 40.0)]
    assert registry.read(Source.of(json.dumps(data))).title == "港口圆桌"


def test_tencent_meeting_has_its_words_in_minutes() -> None:
    first = [{"words": [{"text": "大家"}, {"text": "好"}]}, {"words": [{"text": "。"}]}]
    rows = [
        {"pid": "0", "start_time": 3000, "sentences": first, "speaker_info": {"userid": "u", "username": "林小雨"}},
        {"start_time": 21000, "sentences": [{"words": [{"text": "谢谢。"}]}], "speaker_info": {"username": "王大山"}},
    ]

    assert read({"minutes": {"paragraphs": rows}, "more": False}) == LIN_AND_WANG


def test_dingtalk_has_nicknames() -> None:
    rows = [
        {"nickName": "林小雨", "startTime": 3000, "paragraph": "大家好。", "sentenceList": [{"sentence": "大家好。"}]},
        {"nickName": "王大山", "startTime": 21000, "paragraph": "谢谢。"},
    ]

    assert read({"paragraphList": rows, "hasNext": False}) == LIN_AND_WANG


@pytest.mark.parametrize(
    "data",
    [
        {"paragraphs": [{"pid": "1"}]},
        {"paragraphs": [{"pid": 1, "sentences": [{"contents": [{"content": 3}]}]}], "paragraph_to_speaker": []},
        {"words": [{"name": 3, "time": True}]},
    ],
)
def test_other_json_is_refused(data: Any) -> None:
    with pytest.raises(FormatError, match="No transcript was found"):
        registry.read(Source.of(json.dumps(data)))
