from panels.formats import text_write
from panels.transcript import Attribution, Exchange, Transcript, Turn


def test_write_puts_names_before_the_words() -> None:
    anna = Turn(text="Yes.\n\nTruly.", label="Anna", speaker="Anna", attribution=Attribution.STATED, time=62.0)
    transcript = Transcript(
        title="A talk",
        licence="CC0",
        introduction="Held here.",
        exchanges=(
            Exchange(question=Turn(text="Is it?"), answers=(anna, Turn(text="Who says?"))),
            Exchange(question=anna),
        ),
    )

    assert text_write.write(transcript) == (
        "A talk\n\nLicence: CC0\n\nHeld here.\n"
        "\nQuestion 1: Is it?\n\nAnna [0:01:02]: Yes.\n\nTruly.\n\nUnknown speaker: Who says?\n"
        "\nQuestion 2:\n\nAnna [0:01:02]: Yes.\n\nTruly.\n"
    )
