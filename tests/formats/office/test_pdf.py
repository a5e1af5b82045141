"""PDF files: printed lines become paragraphs, what is at the edges of pages is set aside, and no doubt is silent."""

import io
import zlib
from collections.abc import Sequence

import pytest
from pypdf import PdfReader, PdfWriter

from panels.formats.base import FormatError, Limits, Source
from panels.formats.errors import LimitError
from panels.formats.registry import read_as
from panels.transcript import Transcript
from tests.formats.office.pdf_files import FULL, Piece, column, pdf
from tests.formats.plain_values import exchanges_of, unread_of

GUESS = "PDF files do not mark paragraphs"


def read(*pages: Sequence[Piece]) -> Transcript:
    chosen, transcript = read_as(Source(pdf(*pages), "talk.pdf"))
    assert chosen.name == "pdf"
    return transcript


def turns(transcript: Transcript) -> list[tuple[str | None, str]]:
    return [
        (turn.speaker, turn.text)
        for exchange in transcript.exchanges
        for turn in (exchange.question, *exchange.answers)
        if turn
    ]


def left(transcript: Transcript) -> list[tuple[int, str, str]]:
    """What was set aside, without the doubt about paragraphs that every longer file has."""
    return [item for item in unread_of(transcript) if not item[2].startswith(GUESS)]


TALK = [
    f"**Ida: One {FULL}", FULL, "and that was all.", f"**Ben: Two {FULL}", "or so.", "**Ida: Three.", "**Ben: Four.",
]  # fmt: skip


def test_lines_become_paragraphs_under_bold_labels() -> None:
    transcript = read(column(TALK))

    assert turns(transcript) == [
        ("Ida", f"One {FULL} {FULL} and that was all."),
        ("Ben", f"Two {FULL} or so."),
        ("Ida", "Three."),
        ("Ben", "Four."),
    ]
    assert [item for item in unread_of(transcript) if item[2].startswith(GUESS)] == [
        (
            1,
            FULL,
            "PDF files do not mark paragraphs: this line may begin one",
        )
    ]


def test_labels_without_bold_begin_paragraphs_where_they_come_back() -> None:
    lines = [
        f"KRANE: One {FULL}",
        FULL,
        f"MARSH: Two {FULL}",
        "it was: so.",
        "KRANE: Three.",
        f"MARSH: Four {FULL}",
        FULL,
    ]

    assert turns(read(column(lines))) == [
        ("KRANE", f"One {FULL} {FULL}"),
        ("MARSH", f"Two {FULL} it was: so."),
        ("KRANE", "Three."),
        ("MARSH", f"Four {FULL} {FULL}"),
    ]


@pytest.mark.parametrize(
    ("page", "paragraphs"),
    [
        (column(["**Ida: One.", FULL, FULL, "", FULL, FULL]), 3),  # a wider space
        (
            [*column(["**Ida: One.", FULL, FULL]), Piece(FULL, 718, 90), *column([FULL, FULL], top=704)],
            3,
        ),  # an indent
        (column(["**Ida: One.", FULL, FULL, "ended here.", FULL]), 3),  # a short line that ends a sentence
        (column(["**Ida: One.", FULL, FULL, FULL, FULL]), 2),
    ],
)
def test_a_paragraph_ends_where_print_shows_it(page: list[Piece], paragraphs: int) -> None:
    page = [*page, *column([f"**Ben: Two {FULL}", "**Ida: Three."], top=400)]

    text = turns(read(page))[0][1]

    assert len(text.split("\n\n")) == paragraphs


def test_a_paragraph_goes_on_over_the_page_and_its_head_is_set_aside() -> None:
    def page(number: int, *lines: str) -> list[Piece]:
        head = Piece(f"Night opening, page {number}", 810, size=9)
        return [head, *column(lines), Piece(f"- {number} -", 40, 290)]

    transcript = read(
        page(1, f"**Ida: One {FULL}", FULL),
        page(2, "and on.", f"**Ben: Two {FULL}", FULL),
        page(3, "so.", "**Ida: Three."),
    )

    assert turns(transcript) == [
        ("Ida", f"One {FULL} {FULL} and on."), ("Ben", f"Two {FULL} {FULL} so."), ("Ida", "Three."),
    ]  # fmt: skip
    assert [turn.line for turn in transcript.exchanges[0].answers] == [1, 2, 3]
    assert left(transcript) == [
        (
            1,
            "Night opening, page 1\nNight opening, page 2\nNight opening, page 3",
            "running header or footer, on 3 pages",
        ),
        (1, "- 1 -\n- 2 -\n- 3 -", "page numbers, on 3 pages"),
    ]


def test_a_name_at_the_top_of_each_page_is_no_running_head() -> None:
    pages = [column([f"**Ida: {word} {FULL}", FULL, "or so.", "**Ben: Yes."]) for word in ("One", "Two", "Three")]

    transcript = read(*pages)

    assert [speaker for speaker, _text in turns(transcript)] == ["Ida", "Ben"] * 3
    assert left(transcript) == []


def test_larger_letters_are_the_title_and_headings() -> None:
    page = [
        Piece("Night opening", 790, size=22), Piece("What is it?", 765, size=15), *column(TALK[:4], top=740),
        Piece("And why?", 640, size=15), *column(["**Ida: It is quiet.", "**Ben: It is."], top=620),
    ]  # fmt: skip

    transcript = read(page)

    assert transcript.title == "Night opening"
    assert [exchange.question.text for exchange in transcript.exchanges if exchange.question] == [
        "What is it?", "And why?",
    ]  # fmt: skip


def test_notes_at_the_foot_of_a_page_are_set_aside() -> None:
    page = [
        *column([f"**Ida: One {FULL}", FULL, f"**Ben: Two {FULL}", FULL, "**Ida: Three.", "**Ben: Four."]),
        Piece("1 See the minutes", 80, size=8),
        Piece("of the year before.", 70, size=8),
    ]

    transcript = read(page)

    assert left(transcript) == [(1, "1 See the minutes\nof the year before.", "a footnote")]
    assert "minutes" not in str(turns(transcript))


def test_small_digits_beside_a_word_are_raised_and_lowered() -> None:
    raised = [*column(TALK[:3]), Piece("10", 600), Piece("9", 604, 85, size=7), Piece("and H", 600, 91)]
    page = [*raised, Piece("2", 597.5, 121, size=7), Piece("O.", 600, 126), *column(TALK[3:], top=500)]

    assert turns(read(page))[0][1].endswith("10⁹ and H₂O.")


@pytest.mark.parametrize(
    ("lines", "text", "doubts"),
    [
        (["the trans-", "lation of it"], "the translation of it", [("trans-lation", "translation")]),
        (["the translation, a trans-", "lation of it"], "the translation, a translation of it", []),
        (["well-known, as a well-", "known thing"], "well-known, as a well-known thing", []),
        (["the river of 1990-", "1995"], "the river of 1990- 1995", []),
        (["the Anglo-", "Saxons"], "the Anglo- Saxons", []),
    ],
)
def test_a_word_broken_at_the_end_of_a_line_is_whole_again(
    lines: list[str], text: str, doubts: list[tuple[str, str]]
) -> None:
    start = f"One {FULL} {FULL[:20]}"
    page = column([f"**Ida: {start} {lines[0]}", lines[1], "**Ben: Two.", "**Ida: Three."])

    transcript = read(page)

    assert turns(transcript)[0][1] == f"{start} {text}"
    assert left(transcript) == [
        (1, broken, f"a word broken at the end of a line, read as “{whole}”") for broken, whole in doubts
    ]


def test_a_deposition_is_read_without_its_numbers() -> None:
    lines = [
        "Q. Did you see the lamp?", "A. I did, from the", "gate.", "MR. LUND: Objection.", "Q. When was that?",
        "A. At night.", "Q. Which night?", "A. The fourth of May.",
    ]  # fmt: skip
    pages = [
        [
            piece
            for number, line in enumerate(lines, start=1)
            for piece in (Piece(str(number), 760 - 20 * number), Piece(line, 760 - 20 * number, 110))
        ]
        for _page in range(2)
    ]

    transcript = read(*pages)

    assert [turn.label for exchange in transcript.exchanges for turn in exchange.answers if turn.label][:2] == [
        "A",
        "MR. LUND",
    ]
    assert "I did, from the\ngate." in str(exchanges_of(transcript)).replace("\\n", "\n")
    assert {turn.line for exchange in transcript.exchanges for turn in exchange.answers} == {1, 2}


def test_pages_without_text_among_others_are_told() -> None:
    transcript = read(column(TALK), [], column(["**Ida: Five."]))

    assert left(transcript) == [(2, "page 2", "a page without text: a picture, or empty")]


def test_a_scanned_file_is_refused_with_what_to_do() -> None:
    with pytest.raises(FormatError, match="has no text: its pages are pictures") as refused:
        read_as(Source(pdf([], [], extra="0 0 100 100 re f")))

    assert "OCR" in refused.value.advice


def encrypted(password: str, algorithm: str = "RC4-128") -> bytes:
    writer, out = PdfWriter(), io.BytesIO()
    writer.append(PdfReader(io.BytesIO(pdf(column(TALK)))))
    writer.encrypt(password, owner_password="owner", algorithm=algorithm)
    writer.write(out)
    return out.getvalue()


def test_a_protected_file_is_refused_with_what_to_do() -> None:
    with pytest.raises(FormatError, match="protected by a password") as refused:
        read_as(Source(encrypted("secret")))

    assert "without a password" in refused.value.advice


def test_a_file_that_opens_without_a_password_is_read() -> None:
    assert len(turns(read_as(Source(encrypted("")))[1])) == 4


@pytest.mark.parametrize(
    "raw", [b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", pdf(column(TALK))[:300], b"%PDF-" + bytes(500)]
)
def test_a_damaged_file_is_refused(raw: bytes) -> None:
    with pytest.raises(FormatError, match=r"damaged|no text"):
        read_as(Source(raw))


def bomb(megabytes: int) -> bytes:
    """A page whose content unpacks to megabytes."""
    data = zlib.compress(b" " * megabytes * 1_000_000, 9)
    head, _, tail = pdf([Piece("x", 700)]).partition(b"6 0 obj\n")
    stream = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%b\nendstream\nendobj\n" % (len(data), data)
    return head + b"6 0 obj\n" + stream + b"trailer\n<< /Root 1 0 R /Size 7 >>\nstartxref\n0\n%%EOF\n" + tail[-40:]


def test_what_unpacks_to_too_much_is_refused() -> None:
    with pytest.raises(FormatError):
        read_as(Source(bomb(40)))


def test_reading_ends_when_its_time_is_over() -> None:
    pages = [column([FULL] * 50)] * 200

    with pytest.raises(LimitError, match=r"longer than 0\.1 seconds"):
        read_as(Source(pdf(*pages), limits=Limits(seconds=0.1)))


def test_a_file_of_too_many_characters_is_refused() -> None:
    with pytest.raises(LimitError, match="1,000 characters"):
        read_as(Source(pdf(*[column([FULL] * 30)] * 3), limits=Limits(characters=1_000)))
