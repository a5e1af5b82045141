import datetime as dt

from panels.formats.structure.metadata_lines import about_lines, clock, closing_lines, named, shown_name, take, time_of
from panels.transcript import Attribution, CorrectionEntry, PanelMember, Role, Transcript, Turn


def test_take_takes_back_what_the_lines_say() -> None:
    transcript = Transcript(
        date=dt.date(2020, 4, 10),
        programme="Programme",
        language="zh-Hans",
        translated_from="en",
        source_url="https://example.org/?a=1",
        address="https://panels.example/events/a/",
        version=7,
        tags=("one", "two words"),
        corrections=(CorrectionEntry(date=dt.date(2021, 1, 1), note="Mended.", anchor="q1-a1"),),
        panelists=(
            PanelMember(name="Anna", role=Role.MODERATOR, title="Editor", organisation="Example"),
            PanelMember(name="B"),
        ),
    )

    lines = [*about_lines(transcript), *closing_lines(transcript)]

    assert take(Transcript(), lines) == (transcript, [])
    assert lines[-2:] == ["Version: 7", "Address: https://panels.example/events/a/"]


def test_take_leaves_lines_it_does_not_know() -> None:
    lines = ["Kind: captions", "no line", "Date: yesterday", "Correction: 2021-99-99 x", "Edition: first"]

    assert take(Transcript(), lines) == (Transcript(), lines)


def test_named_takes_back_a_shown_name() -> None:
    turn = Turn(
        text="x",
        label="Anna",
        speaker="Anna",
        attribution=Attribution.INFERRED,
        evidence="she is asked: next",
    )

    assert shown_name(turn) == "Anna (attribution inferred: she is asked: next)"
    assert Turn(text="x", **named(shown_name(turn))) == turn
    assert Turn(text="x", **named("")) == Turn(text="x")


def test_clock_writes_hours_minutes_and_seconds() -> None:
    assert [clock(seconds) for seconds in (0.0, 62.5, 3661.25)] == ["0:00:00", "0:01:02.5", "1:01:01.25"]
    assert [time_of(shown) for shown in ("0:01:02.5", "1:01:01.25", "noon")] == [62.5, 3661.25, None]
