"""RTF files are read as Word documents are; what a reader does not see is set aside with the reason."""

import pytest

from panels.formats.base import FormatError, Limits, Source
from panels.formats.registry import read_as
from panels.transcript import Transcript
from tests.formats.plain_values import exchanges_of, unread_of

HEAD = (
    r"{\rtf1\ansi\ansicpg1252\uc1\deff0{\fonttbl{\f0\froman\fcharset0 Times New Roman;}{\f1\fnil\fcharset134 SimSun;}"
    r"{\f2\fnil\fcharset2 Symbol;}{\f3\fswiss\fcharset204{\*\fname Arial;}Arial CYR;}{\f4\fcharset2 Oddments;}}"
    r"{\colortbl;\red0\green0\blue0;}{\stylesheet{\s0 Normal;}{\s1 heading 1;}{\*\cs10 Default Font;}{\s15 Title;}}"
    r"{\info{\title Not this}{\author Nobody}}"
)


def read(body: str, *, encoding: str = "") -> Transcript:
    chosen, transcript = read_as(Source((HEAD + body + "}").encode("ascii"), "talk.rtf", encoding=encoding))
    assert chosen.name == "rtf"
    return transcript


def said(text: str) -> Transcript:
    """What is read of a turn with a text, in a dialogue of three."""
    return read(rf"{{\b Ida Krane:}} {text}\par {{\b Ben Marsh:}} Yes.\par {{\b Ida Krane:}} So be it.\par ")


def words(text: str) -> str:
    return said(text).exchanges[0].answers[0].text


def test_bold_labels_are_names() -> None:
    transcript = read(
        r"\pard\s15 A talk\par\pard Held on 4 May 2031.\par {\b Ida:} One.\par {\b Ben:} Two.\par\b Ida:\b0  Three.\par"
        r" Four.\par"
    )

    assert (transcript.title, transcript.introduction, str(transcript.date)) == (
        "A talk", "Held on 4 May 2031.", "2031-05-04",
    )  # fmt: skip
    assert exchanges_of(transcript) == [
        (
            None,
            [("Ida", "Ida", "One.", None), ("Ben", "Ben", "Two.", None), ("Ida", "Ida", "Three.\n\nFour.", None)],
        )
    ]
    assert [answer.line for answer in transcript.exchanges[0].answers] == [3, 4, 5]


def test_headings_are_questions_and_lists_are_lists() -> None:
    transcript = read(
        r"\pard\s15 A talk\par\pard\s1\b What is it?\b0\par\pard {\b Ida:} A thing:\par"
        r"{\listtext\f2 \'b7\tab}\ls1\ilvl0 one\par{\pntext 2.\tab}\ilvl0 two\par"
        r"\pard\outlinelevel0 Why?\par\pard {\b Ben:} Because.\par"
    )

    assert transcript.title == "A talk"
    assert exchanges_of(transcript) == [
        ((None, None, "What is it?", None), [("Ida", "Ida", "A thing:\n\n- one\n\n2. two", None)]),
        ((None, None, "Why?", None), [("Ben", "Ben", "Because.", None)]),
    ]


def test_a_table_with_a_column_of_names() -> None:
    rows = [("Ida", "A first answer, at length."), ("Ben", "A second."), ("Ida", "A third of many.")]
    table = "".join(rf"\trowd\cellx1\cellx2\pard\intbl {name}\cell {text}\cell\row" + "\n" for name, text in rows)

    assert exchanges_of(read(table + r"\pard ")) == [
        (None, [(name, name, text, None) for name, text in rows]),
    ]


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (r"caf\'e9 \endash  na\'efve", "café – naïve"),
        (r"\f1\'c4\'e3\'ba\'c3\f0", "你好"),
        (r"\f3\'cf\'f0\'e8\'e2\'e5\'f2\f0 .", "Привет."),
        (r"\u20320 ?\u22909 ?", "你好"),
        (r"\u-10179?\u-8704?", "😀"),
        (r"{\uc0\u20320\u22909}", "你好"),
        (r"{\uc2\u20320\'c4\'e3!}", "你!"),
        (r"\f2\'b0\f0 C", "°C"),
        (r"10{\super 9} H{\sub 2}O", "10⁹ H₂O"),
        (r"C\~x\_y a\-b \{c\} \\", "C\xa0x-y ab {c} \\\\"),
        (r"one\line two", "one\ntwo"),
        (r'{\field{\*\fldinst{HYPERLINK "https://example.org/a"}}{\fldrslt{the page}}}.', "[the page](https://example.org/a)."),
        (r"{\*\bkmkstart x}in{\*\bkmkend x} place{\pict\pngblip 89504e47}", "in place"),
        ("{\\pict\\bin5 }}}}}}after", "after"),
        (r"{\object{\*\objdata 0102}{\result shown}}", "shown"),
        (r"\i so\i0  it {\b is}", "*so* it **is**"),
        (r"{\mmath{\*\moMath{\mf{\mfPr x}{\mr y}}}{\mmathPict z}}", "y"),
        (r"{\*\unknown zzz}left", "left"),
    ],
)  # fmt: skip
def test_what_a_reader_sees(written: str, text: str) -> None:
    assert words(written) == text


@pytest.mark.parametrize(
    ("written", "text", "left"),
    [
        (r"It is {\strike good}fine.", "It is fine.", ("good", "struck through")),
        (r"It is {\v secret}fine.", "It is fine.", ("secret", "hidden text, which Word does not show")),
        (r"It is {\deleted bad }fine.", "It is fine.", ("bad", "deleted in a tracked change")),
        (r"It is {\deleted\par}fine.", "It is fine.", None),
        (r"It is.{\footnote\pard {\super\chftn} See there.\par}", "It is.", ("See there.", "a footnote")),
        (r"It is.{\footnote\ftnalt\pard See there.}", "It is.", ("See there.", "an endnote")),
        (r"It is.{\*\atnid AB}{\*\annotation Really?}", "It is.", ("Really?", "a comment")),
        (r"{\header\pard Draft 2\par}It is.", "It is.", ("Draft 2", "page header")),
        (r"{\footerf\pard p. 2\par}It is.", "It is.", ("p. 2", "page footer")),
        (r"It is {\field{\*\fldinst PAGEREF _x}{\fldrslt 3}}.", "It is 3.", ("PAGEREF _x", "field codes, not shown")),
        (r"It is.\f4\'a0\f0", "It is.", ("Oddments A0", "a symbol of a font, with no matching character")),
    ],
)
def test_what_a_reader_does_not_see_is_set_aside(written: str, text: str, left: tuple[str, str] | None) -> None:
    transcript = said(written)

    assert transcript.exchanges[0].answers[0].text == text
    assert [item[1:] for item in unread_of(transcript)] == ([left] if left else [])


def test_the_text_of_a_box_stands_after_its_paragraph() -> None:
    box = r"{\shp{\*\shpinst{\sp{\sn shapeType}{\sv 202}}{\shptxt\pard In a box.\par}}{\shprslt again}}"

    assert words(f"Beside{box} it.") == "Beside it.\n\nIn a box."


def test_an_encoding_can_be_named() -> None:
    transcript = read(r"Ida: \'cf\'f0\'e8\par Ben: \'cf\par Ida: \'f0\par", encoding="windows-1251")

    assert [turn.text for turn in transcript.exchanges[0].answers] == ["При", "П", "р"]


def test_a_file_that_is_cut_says_so() -> None:
    body = r"{\b Ida:} One.\par {\b Ben:} Two.\par {\b Ida:} Three.\par {\b Ben:} Fo"

    transcript = read_as(Source((HEAD + body).encode()))[1]

    assert transcript.exchanges[0].answers[-1].text == "Fo"
    reason = "the file is cut off: text may be missing after this"
    assert unread_of(transcript) == [(4, "Ben: Fo", reason)]


def test_what_stands_after_the_end_is_passed_over() -> None:
    assert words(r"One.\par}}{ Two") == "One."


def test_groups_are_nested_as_deep_as_may_be() -> None:
    raw = (HEAD + "{" * 300 + "Ida: Yes." + "}" * 300 + "}").encode()

    with pytest.raises(FormatError, match="groups within groups"):
        read_as(Source(raw))


def test_a_file_that_is_too_large_is_refused() -> None:
    with pytest.raises(FormatError, match="more than 1,000 bytes"):
        read_as(Source((HEAD + "x" * 2_000).encode(), limits=Limits(bytes=1_000)))


def test_a_heading_above_all_is_not_lost() -> None:
    transcript = read(r"\pard\s1 Night opening\par\pard {\b Ida:} One.\par {\b Ben:} Two.\par {\b Ida:} Three.\par ")

    assert transcript.title == "Night opening"
