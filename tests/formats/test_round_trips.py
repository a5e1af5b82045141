"""`read(write(t)) == preserved(t)` for every format that is read and written, tried on generated sessions."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panels.formats import registry
from panels.formats.base import Format, Source
from panels.formats.lossiness import without_lines
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
from tests.roundtrips import BOTH_WAYS, gives_back

SIGNS = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
MARKS = [
    "\n",
    "\n\n",
    "\n\n- ",
    "\n\n1. ",
    "\n    ",
    "> ",
    "-->",
    "[0:01] ",
    "\n\n## **b** ",
    "\n\n```\nc  d\n```\n\n",
    "[x](https://example.org/a) ",
    "**b** ",
    "`c` ",
]
ODD = [*'ab 1.*_`[](<&>):-#"é我。\\~=|!{}+', *MARKS]
WORDS = st.lists(st.sampled_from(ODD), max_size=20).map("".join)
TEXTS = WORDS | st.text(SIGNS, max_size=30)
LINES = st.sampled_from(["", "A & B", "题目", "A talk --> later", " a  b ", "x; y", "Date: today", "<b>"]) | TEXTS
NAMES = st.sampled_from(["Anna Example", "Ben", "唐样本", "O'Sample & Co <x>", "Ms. C. (guest)", "A: B [0:01]"]) | LINES
TUPLES = st.lists(LINES, max_size=3).map(tuple)
TIMES = st.none() | st.floats(0, 90_000) | st.sampled_from([0.0, 12.5, 3661.25])


@st.composite
def turns(draw: Any) -> Turn:
    speaker = draw(st.none() | NAMES.filter(bool))
    evidence = draw(st.just("") | LINES) if speaker else ""
    kinds = [Attribution.STATED, Attribution.INFERRED] if evidence else [Attribution.STATED]
    return Turn(
        text=draw(TEXTS),
        label=draw(st.just(speaker) | st.none() | NAMES.filter(bool)),
        speaker=speaker,
        attribution=draw(st.sampled_from(kinds)) if speaker else Attribution.UNKNOWN,
        evidence=evidence,
        time=draw(TIMES),
        anchor=draw(st.none() | st.sampled_from(["q1", "q1-a1"]) | LINES.filter(bool)),
        tags=draw(TUPLES),
        line=draw(st.none() | st.integers(1, 99)),
        candidates=draw(st.lists(st.builds(Candidate, name=LINES, evidence=LINES), max_size=1).map(tuple)),
    )


HEADINGS = st.builds(Turn, text=TEXTS, tags=TUPLES, time=TIMES)
EXCHANGES = st.builds(
    Exchange,
    question=st.none() | turns() | HEADINGS,
    answers=st.lists(turns(), max_size=3).map(tuple),
    follow_up=st.booleans(),
)
SESSIONS = st.builds(
    Transcript,
    title=LINES,
    date=st.none() | st.dates(min_value=dt.date(1000, 1, 1)),
    language=st.sampled_from(["", "en", "zh-Hans", "eng"]),
    programme=LINES,
    publisher=LINES,
    introduction=TEXTS,
    source_url=st.sampled_from(["", "https://example.org/?a=1&b=2"]),
    source_title=LINES,
    source_note=LINES,
    licence=LINES,
    recording_url=LINES,
    translation=st.sampled_from(Translation),
    translated_from=st.sampled_from(["", "de"]),
    slug=LINES,
    address=st.sampled_from(["", "https://panels.example/events/a/"]),
    version=st.none() | st.integers(1, 10**12),
    tags=TUPLES,
    panelists=st.lists(
        st.builds(
            PanelMember,
            name=NAMES,
            original_name=LINES,
            family_name=LINES,
            role=st.sampled_from(Role),
            title=LINES,
            organisation=LINES,
            labels=TUPLES,
        ),
        max_size=2,
    ).map(tuple),
    exchanges=st.lists(EXCHANGES, max_size=4).map(tuple),
    corrections=st.lists(
        st.builds(CorrectionEntry, date=st.dates(min_value=dt.date(1000, 1, 1)), note=LINES, anchor=LINES), max_size=2
    ).map(tuple),
    unread=st.lists(st.builds(Unread, line=st.integers(1, 9), text=LINES, reason=LINES), max_size=1).map(tuple),
)


@pytest.mark.parametrize("known", BOTH_WAYS, ids=lambda known: known.name)
@settings(max_examples=40)
@given(session=SESSIONS)
def test_what_is_written_is_read_again_as_far_as_the_format_holds_it(known: Format, session: Transcript) -> None:
    assert gives_back(known, session) in ([], None)


@pytest.mark.parametrize("known", BOTH_WAYS, ids=lambda known: known.name)
def test_every_format_says_what_it_holds_and_is_recognised(known: Format) -> None:
    turn = Turn(text="Yes.", label="Anna", speaker="Anna", attribution=Attribution.STATED, time=1.0, anchor="q1-a1")
    session = Transcript(
        title="A talk", licence="CC0", version=3, address="https://panels.example/events/a/",
        exchanges=(Exchange(question=Turn(text="Is it?", anchor="q1"), answers=(turn,)),),
    )  # fmt: skip
    assert known.write is not None
    written = known.write(session)

    source = Source(written.encode() if isinstance(written, str) else written)

    assert registry.recognised(source)[0][1] is known
    again = without_lines(registry.read(source))
    assert (again.title, again.licence, again.version, again.address) == (
        "A talk", "CC0", 3, "https://panels.example/events/a/",
    )  # fmt: skip


@pytest.mark.parametrize("known", BOTH_WAYS, ids=lambda known: known.name)
def test_an_empty_session_comes_back_empty(known: Format) -> None:
    assert gives_back(known, Transcript()) in ([], None)
