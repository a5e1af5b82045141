import datetime as dt
from pathlib import Path

import pytest

from panels.formats.base import FormatError, Source
from panels.formats.native import json_archive
from panels.transcript import (
    Attribution,
    Candidate,
    CorrectionEntry,
    Exchange,
    PanelMember,
    Role,
    Transcript,
    Translation,
    Turn,
    Unread,
)

FULL = Transcript(
    title="Parks",
    date=dt.date(2020, 4, 10),
    language="en",
    translation=Translation.MACHINE,
    tags=("a", "b"),
    panelists=(PanelMember(name="Zhang Xin", original_name="张欣", role=Role.MODERATOR, labels=("ZX",)),),
    exchanges=(
        Exchange(
            question=Turn(text="Why?", anchor="q1", tags=("x",)),
            answers=(
                Turn(
                    text="So.\n\nIt is.",
                    label="ZX",
                    speaker="Zhang Xin",
                    attribution=Attribution.INFERRED,
                    evidence="the tape",
                    time=1.5,
                    line=7,
                ),
                Turn(text="No.", candidates=(Candidate(name="Xie", evidence="on the list"),)),
            ),
            follow_up=True,
        ),
    ),
    corrections=(CorrectionEntry(date=dt.date(2021, 1, 2), note="Mended.", anchor="q1"),),
    unread=(Unread(line=9, text="Menu", reason="site chrome"),),
)


def test_everything_comes_back() -> None:
    assert json_archive.read(Source.of(json_archive.write(FULL))) == FULL


def test_fields_may_be_missing() -> None:
    source = Source.of('{"exchanges": [{"question": null, "answers": [{"text": "Hi."}]}]}')

    read = json_archive.read(source)

    assert read == Transcript(exchanges=(Exchange(question=None, answers=(Turn(text="Hi."),)),))


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        '{"exchanges": 3}',
        '{"exchanges": [3]}',
        '{"date": "April"}',
        '{"date": 3}',
        '{"title": "\\ud800"}',
        '{"title": null}',
        '{"panels": 2}',
        '{"strange": 1}',
        '{"exchanges": [{"answers": [{"text": "a", "time": NaN}]}]}',
        '{"exchanges": [{"answers": [{"text": "a", "line": 1.5}]}]}',
        '{"exchanges": [{"answers": [{"text": "a", "line": 1e999}]}]}',
        '{"exchanges": [{"answers": [{"text": "a", "time": true}]}]}',
        '{"panelists": [{"name": "a", "role": "king"}]}',
        '{"panelists": [{}]}',
        '{"title": ' + "9" * 5000 + "}",
        "[" * 100_000,
    ],
)
def test_what_is_no_transcript_is_refused(text: str) -> None:
    with pytest.raises(FormatError):
        json_archive.read(Source.of(text))


def test_seed_of_the_samples_is_not_taken_for_json() -> None:
    sample = Path(__file__).parents[2] / "samples" / "babbitt_2020_04_10.txt"

    assert json_archive.recognises(Source(sample.read_bytes())) == 0
