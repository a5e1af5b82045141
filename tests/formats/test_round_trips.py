"""`read(write(t)) == t` for what each format can hold, tried on generated sessions."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panels.formats import akn, akn_write, docx, docx_write, html_page, html_write, vtt
from panels.formats.markdown_blocks import blocks_of
from panels.formats.richtext import to_markdown
from panels.transcript import Attribution, Exchange, Panelist, Transcript, Turn

NAMES = st.sampled_from(["Anna Example", "Ben", "唐样本", "O'Sample & Co <x>", "Ms. C. (guest)"])
LINES = st.text(alphabet=st.sampled_from(list('ab 1.*_`[](<&>):-#"é我。')), min_size=1, max_size=20)


def normal(text: str) -> str:
    """Markdown as the writers of markup make it: there is one way to write each thing."""
    once = to_markdown(blocks_of(text))
    return to_markdown(blocks_of(once))


TEXTS = st.lists(LINES, min_size=1, max_size=3).map("\n\n".join).map(normal).filter(bool)
PARAGRAPHS = TEXTS.map(lambda text: normal(text.split("\n")[0])).filter(
    lambda text: len(blocks_of(text)) == 1 and blocks_of(text)[0].kind == "paragraph"
)


@st.composite
def turns(draw: Any, texts: st.SearchStrategy[str] = TEXTS) -> Turn:
    name = draw(st.none() | NAMES)
    known = Attribution.STATED if name else Attribution.UNKNOWN
    return Turn(text=draw(texts), label=name, speaker=name, attribution=known)


HEADINGS = PARAGRAPHS.map(lambda text: Turn(text=text))
EXCHANGES = st.builds(
    Exchange,
    question=turns() | HEADINGS,
    answers=st.lists(turns(), max_size=3).map(tuple),
    follow_up=st.booleans(),
)
SESSIONS = st.builds(
    Transcript,
    title=st.sampled_from(["", "A & B", "题目"]),
    introduction=TEXTS | st.just(""),
    language=st.sampled_from(["", "en", "zh-Hans"]),
    licence=st.sampled_from(["", "CC BY 4.0"]),
    panelists=st.lists(NAMES, unique=True).map(lambda names: tuple(Panelist(name=name) for name in names)),
    exchanges=st.lists(EXCHANGES, min_size=1, max_size=4).map(tuple),
)


def bare(transcript: Transcript, **changes: Any) -> Transcript:
    """The transcript without lines, which belong to a source, and with changes to each exchange."""

    def turn(value: Turn | None) -> Turn | None:
        return value and replace(value, line=None)

    exchanges = tuple(
        replace(
            exchange,
            question=turn(exchange.question),
            answers=tuple(filter(None, map(turn, exchange.answers))),
            **changes,
        )
        for exchange in transcript.exchanges
    )
    return replace(transcript, exchanges=exchanges)


@given(SESSIONS)
def test_akoma_ntoso_gives_a_session_back(session: Transcript) -> None:
    assert bare(akn.read(akn_write.write(session))) == session


@given(SESSIONS)
def test_html_gives_a_session_back(session: Transcript) -> None:
    assert bare(html_page.read(html_write.write(session))) == session


@given(SESSIONS)
def test_docx_gives_a_session_back_but_for_what_follows_up(session: Transcript) -> None:
    assert bare(docx.read(docx_write.write(session))) == bare(session, follow_up=False)


@given(st.lists(st.tuples(NAMES, PARAGRAPHS), min_size=1, max_size=6), st.data())
def test_vtt_gives_the_turns_of_different_voices_back(pairs: list[tuple[str, str]], data: st.DataObject) -> None:
    spoken = [
        Turn(text=normal(text), label=name, speaker=name, attribution=Attribution.STATED, time=float(number))
        for number, (name, text) in enumerate(pairs)
        if not number or pairs[number - 1][0] != name
    ]
    split = data.draw(st.integers(0, len(spoken)))
    session = Transcript(
        title="T", exchanges=(Exchange(question=None, answers=tuple(spoken[:split])),) if split else ()
    )
    if split < len(spoken):
        asked = Exchange(question=spoken[split], answers=tuple(spoken[split + 1 :]))
        session = replace(session, exchanges=(*session.exchanges, asked))

    again = vtt.read(vtt.write(session))

    assert [[t and (t.speaker, t.time) for t in (e.question, *e.answers)] for e in again.exchanges] == [
        [t and (t.speaker, t.time) for t in (e.question, *e.answers)] for e in session.exchanges
    ]


@pytest.mark.parametrize("write", [akn_write.write, html_write.write, docx_write.write])
def test_an_empty_session_can_be_written(write: Callable[[Transcript], str | bytes]) -> None:
    assert write(Transcript())
