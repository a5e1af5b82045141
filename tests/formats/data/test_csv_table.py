import pytest

from panels.formats import registry
from panels.formats.base import FormatError, Source
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


@pytest.mark.parametrize(
    "table",
    [
        "时间,发言人,内容\n00:00:00,林小雨,大家好\n00:00:12,王大山,你好\n",
        "Zeit;Sprecher;Text\n0:00;林小雨;大家好\n0:12;王大山;你好\n",
        "время\tспикер\tтекст\n0:00\t林小雨\t大家好\n0:12\t王大山\t你好\n",
        "| Time | Speaker | Text |\n|---|---|---|\n| 0h00m00s | 林小雨 | 大家好 |\n| 0h00m12s | 王大山 | 你好 |\n",
    ],
)
def test_columns_may_be_named_in_many_languages(table: str) -> None:
    assert csv_table.matches(table)
    assert exchanges_of(csv_table.read(table)) == [
        (None, [("林小雨", "林小雨", "大家好", 0.0), ("王大山", "王大山", "你好", 12.0)])
    ]


@pytest.mark.parametrize("sign", [",", "\t"])
def test_the_rows_of_whisper_are_one_text_with_times_in_milliseconds(sign: str) -> None:
    rows = ["start,end,text", "1500,2500,good evening", "2500,5750,and welcome"]
    table = "\n".join(rows).replace(",", sign)

    assert exchanges_of(csv_table.read(table)) == [(None, [(None, None, "good evening and welcome", 1.5)])]


def test_a_table_below_a_heading_has_its_title_and_introduction() -> None:
    transcript = csv_table.read(
        "# Lamps\n\n5 May 2031\n\n| Speaker | Text |\n|---|---|\n| Ida | Hello. |\n| Ben | Hi. |\n"
    )

    assert (transcript.title, transcript.introduction) == ("Lamps", "5 May 2031")
    assert [turn.speaker for turn in transcript.turns] == ["Ida", "Ben"]


def test_a_table_of_figures_or_among_words_is_no_transcript() -> None:
    assert not csv_table.matches("# Prices\n\n| Year | Price |\n|---|---|\n| 2030 | 4 |\n")
    assert not csv_table.matches(
        "# A\n\n| Speaker | Text |\n|---|---|\n| Ida | Hello. |\n\nAnd then she left the room.\n"
    )


def test_variants_of_one_name_are_one_person() -> None:
    transcript = registry.read(
        Source.of(
            'speaker,words\n"Rosa Lind, Harbour Trust",Good evening to everybody.\nBen Marsh (benm),Thank you.\n'
            "Rosa Lind,Let us begin.\nBen Marsh,The quay is old.\n"
        )
    )

    assert [turn.speaker for turn in transcript.turns] == ["Rosa Lind", "Ben Marsh"] * 2
    assert [(one.name, one.organisation) for one in transcript.panelists] == [
        ("Rosa Lind", "Harbour Trust"),
        ("Ben Marsh", ""),
    ]
