import pytest

from panels.formats.base import FormatError
from panels.formats.data import csv_table
from tests.formats.plain_values import exchanges_of, unread_of


def test_read_lets_an_empty_cell_go_on_with_the_speaker_before() -> None:
    transcript = csv_table.read(
        'speaker,words,tags,timestamp\nDB:,"Hello, there.",a;b,00:01\n,"And ""more"".\nTwo lines",,\nCD:,Yes.,,00:09\n'
    )

    assert exchanges_of(transcript) == [
        (
            None,
            [("DB", "DB", 'Hello, there.\n\nAnd "more". Two lines', 1.0), ("CD", "CD", "Yes.", 9.0)],
        )
    ]
    assert transcript.exchanges[0].answers[0].tags == ("a", "b")
    assert [answer.line for answer in transcript.exchanges[0].answers] == [2, 5]


def test_read_leaves_an_empty_cell_to_nobody_where_names_are_repeated() -> None:
    transcript = csv_table.read("Speaker;Text;Note\nAnna;One;x\nAnna;Two;\n;Three;y\n")

    assert exchanges_of(transcript) == [
        (None, [("Anna", "Anna", "One", None), ("Anna", "Anna", "Two", None), (None, None, "Three", None)])
    ]
    assert unread_of(transcript) == [(2, "x\ny", "column “note”")]


@pytest.mark.parametrize("text", ["a,b\n1,2", "Anna: Hello, text, speaker", "", "speaker\nAnna"])
def test_matches_only_tables_with_a_speaker_and_words(text: str) -> None:
    assert not csv_table.matches(text)


def test_read_refuses_a_cell_that_never_ends() -> None:
    with pytest.raises(FormatError, match="cannot be read"):
        csv_table.read('speaker,words\nAnna,"' + "x" * 200_000)
