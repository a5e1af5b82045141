from panels.formats import registry
from panels.formats.base import Source
from panels.formats.native import text, text_write
from panels.transcript import Attribution, Exchange, Transcript, Turn, Unread

ANNA = Turn(text="Yes.\n\nTruly.", label="Anna", speaker="Anna", attribution=Attribution.STATED, time=62.0)
SESSION = Transcript(
    title="A talk",
    publisher="The Press",
    introduction="Held here.\n\nLast year.",
    licence="CC0",
    version=3,
    address="https://panels.example/events/a-talk/",
    exchanges=(
        Exchange(question=Turn(text="Is it?"), answers=(ANNA, Turn(text="Who says?"))),
        Exchange(question=ANNA, follow_up=True),
        Exchange(question=None, answers=(Turn(text="Hm.", label="Voice 2"),)),
    ),
)
WRITTEN = """A talk
======

Publisher: The Press

Introduction: Held here.

    Last year.

-----

Question 1: Is it?

Anna [0:01:02]: Yes.

    Truly.

Unknown speaker: Who says?

Question 2 (follow-up), Anna [0:01:02]: Yes.

    Truly.

* * *

Unknown speaker (Voice 2): Hm.

-----
Licence: CC0
Version: 3
Address: https://panels.example/events/a-talk/
Plain text written by Panels
"""


def test_write_puts_names_before_the_words_and_closes_with_where_they_are_from() -> None:
    assert text_write.write(SESSION) == WRITTEN


def test_what_is_written_is_recognised_and_read() -> None:
    source = Source.of(WRITTEN)

    assert registry.recognised(source)[0][1] is text.FORMAT
    assert text.preserved(registry.read(source)) == SESSION


def test_read_keeps_what_somebody_put_in_between() -> None:
    edited = WRITTEN.replace("Who says?\n", "Who says?\n\nA new paragraph\nat the margin.\n").replace(
        "-----\n\nQuestion", "-----\n\nBy hand\n\nQuestion"
    )

    again = text.read(Source.of(edited))

    assert again.exchanges[0].answers[1].text == "Who says?\n\nA new paragraph\nat the margin."
    assert again.unread == (Unread(line=12, text="By hand", reason="outside any turn"),)


def test_an_odd_name_stands_in_quotation_marks() -> None:
    def spoken(name: str) -> Turn:
        return Turn(text="x", label=name, speaker=name, attribution=Attribution.STATED)

    names = ["Question 2", "Unknown speaker", "A: B", "Introduction", '"Al"', "Ben (MP)", "[x]"]
    session = Transcript(exchanges=(Exchange(question=None, answers=tuple(map(spoken, names))),))

    written = text_write.write(session)

    assert text.preserved(text.read(Source.of(written))) == session
    assert '\n"A: B": x\n' in written
    assert "\nBen (MP): x\n" in written


def test_suffix_names_the_format_that_is_written() -> None:
    assert registry.format_named("txt") is text.FORMAT
    for known in registry.FORMATS:
        assert not known.write or registry.format_named(known.suffix) is known
