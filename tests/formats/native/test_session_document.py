import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panels.formats import registry
from panels.formats.base import FormatError, Source
from panels.formats.native import session_document
from panels.formats.native.session_attributes import attributes, read_attributes
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

ODD = ["", "## ", "##", "**A:** b", "\\**A:** b", "{#q1}", "{", "---", "x\n\n## y", " a ", "a\n \nb", "a: b", "null"]
SIGNS = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
TEXTS = st.one_of(st.sampled_from(ODD), st.text(SIGNS, max_size=30))
NAMES = st.one_of(st.none(), st.sampled_from(["Ada Byron", "?", "MF", "a:b", "*x*", ""]), TEXTS)
TUPLES = st.lists(TEXTS, max_size=3).map(tuple)
DATES = st.dates(min_value=dt.date(1000, 1, 1))
LINES = st.one_of(st.none(), st.integers(0, 10**6))
TURNS = st.builds(
    Turn,
    text=TEXTS,
    label=NAMES,
    speaker=NAMES,
    attribution=st.sampled_from(Attribution),
    evidence=TEXTS,
    time=st.one_of(st.none(), st.floats(0, 1e9)),
    anchor=st.one_of(st.none(), st.just("q1-a2"), TEXTS),
    tags=TUPLES,
    line=LINES,
    candidates=st.lists(st.builds(Candidate, name=TEXTS, evidence=TEXTS), max_size=2).map(tuple),
)
TRANSCRIPTS = st.builds(
    Transcript,
    title=TEXTS,
    date=st.one_of(st.none(), DATES),
    language=TEXTS,
    introduction=TEXTS,
    translation=st.sampled_from(Translation),
    tags=TUPLES,
    panelists=st.lists(
        st.builds(PanelMember, name=TEXTS, title=TEXTS, role=st.sampled_from(Role), labels=TUPLES), max_size=2
    ).map(tuple),
    exchanges=st.lists(
        st.builds(
            Exchange,
            question=st.one_of(st.none(), TURNS),
            answers=st.lists(TURNS, max_size=3).map(tuple),
            follow_up=st.booleans(),
        ),
        max_size=3,
    ).map(tuple),
    corrections=st.lists(st.builds(CorrectionEntry, date=DATES, note=TEXTS, anchor=TEXTS), max_size=2).map(tuple),
    unread=st.lists(st.builds(Unread, line=st.integers(1, 99), text=TEXTS, reason=TEXTS), max_size=2).map(tuple),
)


@given(TRANSCRIPTS)
def test_what_is_written_is_read_again(transcript: Transcript) -> None:
    assert registry.read(Source.of(session_document.write(transcript))) == transcript


def without_labels(transcript: Transcript) -> Transcript:
    """As a session is once it is stored."""
    exchanges = (
        replace(
            one,
            question=one.question and replace(one.question, label=None),
            answers=tuple(replace(turn, label=None) for turn in one.answers),
        )
        for one in transcript.exchanges
    )
    return replace(transcript, exchanges=tuple(exchanges))


@given(TRANSCRIPTS.map(without_labels))
def test_so_is_what_was_stored_without_labels(transcript: Transcript) -> None:
    written = session_document.write(transcript)

    assert registry.read(Source.of(written)) == transcript


DOCUMENT = """---
panels: 1
title: Parks after the epidemic
date: "2020-04-10"
panelists:
  - name: Zhang Xin
    title: CEO
---

What it was about.

## What impact will it have? {#q1 tags=["parks"]}

**Zhang Xin:** {#q1-a1 time=12.5} Mainly two.

\\## Not a question

**?:** Nobody is named.

##

**MF:** {speaker="Mary Fable"} Why?

**Zhang Xin:** So.
"""
TRANSCRIPT = Transcript(
    title="Parks after the epidemic",
    date=dt.date(2020, 4, 10),
    introduction="What it was about.",
    panelists=(PanelMember(name="Zhang Xin", title="CEO"),),
    exchanges=(
        Exchange(
            question=Turn(text="What impact will it have?", anchor="q1", tags=("parks",)),
            answers=(
                Turn(
                    text="Mainly two.\n\n## Not a question",
                    label="Zhang Xin",
                    speaker="Zhang Xin",
                    attribution=Attribution.STATED,
                    time=12.5,
                    anchor="q1-a1",
                ),
                Turn(text="Nobody is named."),
            ),
        ),
        Exchange(
            question=Turn(text="Why?", label="MF", speaker="Mary Fable", attribution=Attribution.STATED),
            answers=(Turn(text="So.", label="Zhang Xin", speaker="Zhang Xin", attribution=Attribution.STATED),),
        ),
    ),
)


def test_a_document_by_hand_is_read() -> None:
    assert registry.read(Source.of(DOCUMENT)) == TRANSCRIPT


def test_an_older_document_is_read() -> None:
    assert registry.read(Source.of(DOCUMENT.replace("##\n", "## {asked=true}\n"))) == TRANSCRIPT


def test_a_bare_heading_above_no_turn_is_an_empty_question() -> None:
    read = registry.read(Source.of("---\npanels: 1\n---\n\n##\n\n## Why?\n"))

    assert [one.question and one.question.text for one in read.exchanges] == ["", "Why?"]


def test_what_is_default_is_not_written() -> None:
    stored = without_labels(TRANSCRIPT)
    asked = Turn(text="One.\n\nTwo?", speaker="Mary Fable", attribution=Attribution.STATED, anchor="q3")
    stored = replace(stored, exchanges=(*stored.exchanges, Exchange(question=asked, follow_up=True)))

    written = session_document.write(stored)

    assert "## **Mary Fable:** Why?\n" in written
    assert "date: 2020-04-10\n" in written
    assert "**Zhang Xin:** {#q1-a1 time=0:12.5} Mainly two." in written
    assert "## {follow_up=true}\n\n**Mary Fable:** {#q3} One.\n\nTwo?" in written
    assert written.count("labels: none") == 1
    assert "null" not in written
    assert "asked" not in written
    assert registry.read(Source.of(written)) == stored


def test_a_question_without_words_is_a_heading_with_its_anchor() -> None:
    answer = Turn(text="So.", speaker="Zhang Xin", attribution=Attribution.STATED, anchor="q1-a1", time=3600.0)
    stored = Transcript(exchanges=(Exchange(question=Turn(text="", anchor="q1"), answers=(answer,)),))

    written = session_document.write(stored)

    assert written.endswith("\n## {#q1}\n\n**Zhang Xin:** {#q1-a1 time=1:00:00} So.\n")
    assert registry.read(Source.of(written)) == stored


@pytest.mark.parametrize(
    ("written", "time"),
    [("12.5", 12.5), ("192", 192.0), ("3:12", 192.0), ("0:03:12.25", 192.25), ("27777:46:40", 1e8)],
)
def test_a_time_is_seconds_or_a_clock_time(written: str, time: float) -> None:
    read = registry.read(Source.of(f'---\npanels: 1\n---\n\n**A:** {{#q1-a1 time={written} tags=["x"]}} So.\n'))

    assert read.exchanges[0].answers[0].time == time
    assert read.exchanges[0].answers[0].tags == ("x",)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("---\npanels: 1\n", 1),
        ("---\npanels: 2\n---\n", 2),
        ("---\npanels: 1\ntitle: [\n---\n", 3),
        ("---\npanels: 1\nstrange: x\n---\n", 1),
        ("---\npanels: 1\n---\n\n## Why?\n\nSo.\n", 6),
        ("---\npanels: 1\n---\n\n**A:** {#q1 time=soon} So.\n", 5),
        ("---\npanels: 1\n---\n\n**A:** {#q1 So.\n", 5),
        ("---\npanels: 1\n---\n\n**A:** {#q1 time=3:12:} So.\n", 5),
    ],
)
def test_what_is_broken_is_told_with_its_line(text: str, line: int) -> None:
    with pytest.raises(FormatError) as caught:
        session_document.read(Source.of(text))

    assert caught.value.line == line


@pytest.mark.parametrize(
    ("time", "shown"),
    [(0.0, "0:00"), (12.5, "0:12.5"), (224.0, "3:44"), (3723.25, "1:02:03.25"), (0.1 + 0.2, "0.30000000000000004")],
)
def test_times_are_written_as_people_type_them_and_read_back_to_the_last_digit(time: float, shown: str) -> None:
    written = attributes("q1", {"time": time})

    assert written == f"{{#q1 time={shown}}}"
    assert read_attributes(written, line=1)[0]["time"] == time
    assert read_attributes(f"{{#q1 time={time}}}", line=1)[0]["time"] == time


@pytest.mark.parametrize("wrong", ["3:4", "3:99x", "1:2:3", "a:00", "-1:00"])
def test_what_is_no_time_is_an_error(wrong: str) -> None:
    with pytest.raises(FormatError):
        read_attributes(f"{{#q1 time={wrong}}}", line=1)
