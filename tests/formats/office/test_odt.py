"""OpenDocument texts are read as Word documents are; what a reader does not see is set aside with the reason."""

import pytest

from panels.formats.base import FormatError, Limits, Source
from panels.formats.registry import read_as
from panels.transcript import Transcript
from tests.formats.office.odt_files import NAMES, packed, turn
from tests.formats.plain_values import exchanges_of, unread_of

RUBY = "<text:ruby><text:ruby-base>漢字</text:ruby-base><text:ruby-text>かんじ</text:ruby-text></text:ruby>"
MANIFEST = f"<manifest:manifest {NAMES}><manifest:encryption-data/></manifest:manifest>"


def read(body: str, *, edges: str = "") -> Transcript:
    chosen, transcript = read_as(Source(packed(body, edges=edges), "talk.odt"))
    assert chosen.name == "odt"
    return transcript


def said(text: str, *, more: str = "") -> Transcript:
    """What is read of a turn with a text, in a dialogue of three."""
    return read(turn("Ida", text) + more + turn("Ben", "Yes.") + turn("Ida", "So be it."))


def words(text: str, *, more: str = "") -> str:
    return said(text, more=more).exchanges[0].answers[0].text


def test_bold_labels_are_names() -> None:
    transcript = read(
        '<text:p text:style-name="P1">A talk</text:p><text:p>Held on 4 May 2031.</text:p>'
        + turn("Ida", "One.") + turn("Ben", "Two.") + turn("Ida", "Three.") + "<text:p>Four.</text:p>"
    )  # fmt: skip

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
        '<text:p text:style-name="Title">A talk</text:p><text:h text:outline-level="1">What is it?</text:h>'
        + turn("Ida", "A thing:")
        + '<text:list text:style-name="L1"><text:list-item><text:p>one</text:p>'
        + '<text:list text:style-name="L1"><text:list-item><text:p>within</text:p></text:list-item></text:list>'
        + "</text:list-item></text:list>"
        + '<text:list text:style-name="L2"><text:list-item text:start-value="4"><text:p>four</text:p></text:list-item>'
        + "<text:list-item><text:p>five</text:p></text:list-item></text:list>"
        + '<text:list text:style-name="L2" text:continue-numbering="true"><text:list-item><text:p>six</text:p>'
        + "</text:list-item></text:list>"
        + '<text:h text:outline-level="1">Why?</text:h>'
        + turn("Ben", "Because.")
    )

    items = "- one\n    - within\n\n4. four\n5. five\n6. six"
    assert exchanges_of(transcript) == [
        ((None, None, "What is it?", None), [("Ida", "Ida", f"A thing:\n\n{items}", None)]),
        ((None, None, "Why?", None), [("Ben", "Ben", "Because.", None)]),
    ]


def test_a_paragraph_all_in_bold_is_bold_by_its_style() -> None:
    transcript = read(
        "".join(
            f'<text:p text:style-name="P2">{name}</text:p><text:p>{text}</text:p>'
            for name, text in [("Ida", "One."), ("Ben", "Two."), ("Ida", "Three."), ("Ben", "Four.")]
        )
    )

    assert [turn.speaker for turn in transcript.exchanges[0].answers] == ["Ida", "Ben", "Ida", "Ben"]


def test_a_table_with_a_column_of_names() -> None:
    rows = [("Ida", "A first answer, at length."), ("Ben", "A second."), ("Ida", "A third of many.")]
    cells = "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell><text:p>{text}</text:p></table:table-cell>" for text in row)
        + "</table:table-row>"
        for row in rows
    )

    assert exchanges_of(read(f"<table:table>{cells}</table:table>")) == [
        (None, [(name, name, text, None) for name, text in rows]),
    ]


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("one<text:s text:c='3'/>two<text:tab/>three\n four", "one two three four"),
        ("one<text:line-break/>two", "one\ntwo"),
        ("a<text:soft-page-break/>b <text:bookmark text:name='x'/>c", "ab c"),
        ("10<text:span text:style-name='U'>9</text:span> H<text:span text:style-name='D'>2</text:span>O", "10⁹ H₂O"),
        ("<text:a xlink:href='https://example.org/a'>the page</text:a>.", "[the page](https://example.org/a)."),
        ("<text:span text:style-name='I'>so</text:span> it is", "*so* it is"),
        (RUBY, "漢字（かんじ）"),
        ("on <text:date>4 May</text:date>", "on 4 May"),
        ("it is <text:span text:style-name='S3'>good</text:span>", "it is good"),
        ("new: <text:change-start text:change-id='c1'/>words<text:change-end text:change-id='c1'/>", "new: words"),
    ],
)  # fmt: skip
def test_what_a_reader_sees(written: str, text: str) -> None:
    assert words(written) == text


DELETION = (
    '<text:tracked-changes><text:changed-region text:id="c1"><text:deletion><office:change-info><dc:creator>N'
    "</dc:creator></office:change-info><text:p>bad</text:p></text:deletion></text:changed-region></text:tracked-changes>"
)


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ('It<text:span text:style-name="S2"> so</text:span> is.', (1, "so", "struck through")),
        (
            'It<text:span text:style-name="V"> so</text:span> is.',
            (1, "so", "hidden text, which the document does not show"),
        ),
        (
            f'It <text:change text:change-id="c1"/>is.</text:p>{DELETION}<text:p>',
            (1, "bad", "deleted in a tracked change"),
        ),
        (
            f'It is.</text:p>{DELETION}<text:change text:change-id="c1"/><text:p>',
            (2, "bad", "deleted in a tracked change"),
        ),
        (
            'It is<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>'
            "<text:p>See there.</text:p></text:note-body></text:note>.",
            (1, "See there.", "a footnote"),
        ),
        (
            'It is<text:note text:note-class="endnote"><text:note-body><text:p>See there.</text:p></text:note-body>'
            "</text:note>.",
            (1, "See there.", "an endnote"),
        ),
        (
            "It is<office:annotation><dc:creator>N</dc:creator><text:p>Really?</text:p></office:annotation>.",
            (1, "Really?", "a comment"),
        ),
        (
            'It is.</text:p><text:section text:display="none"><text:p>Unseen.</text:p></text:section><text:p>',
            (2, "Unseen.", "hidden text, which the document does not show"),
        ),
        (
            "It is.</text:p><text:table-of-content><text:index-body><text:p>Tides 3</text:p></text:index-body>"
            "</text:table-of-content><text:p>",
            (2, "Tides 3", "a table of contents or index"),
        ),
        (
            'It is.<draw:frame draw:name="Formula1"><draw:object xlink:href="./Object 1"/></draw:frame>',
            (1, "Formula1", "a formula or another object, which cannot be read"),
        ),
    ],
)
def test_what_a_reader_does_not_see_is_set_aside(written: str, left: tuple[int, str, str]) -> None:
    transcript = said(written)

    assert transcript.exchanges[0].answers[0].text == "It is."
    assert unread_of(transcript) == [left]


def test_page_headers_and_footers_are_set_aside() -> None:
    transcript = read(
        turn("Ida", "One.") + turn("Ben", "Two.") + turn("Ida", "Three."),
        edges="<style:header><text:p>Draft 2</text:p></style:header><style:footer><text:p>p. 1</text:p></style:footer>",
    )

    assert unread_of(transcript) == [(1, "Draft 2", "page header"), (1, "p. 1", "page footer")]


def test_the_text_of_a_box_stands_after_its_paragraph() -> None:
    box = (
        "<draw:frame><svg:title>A picture</svg:title><draw:text-box><text:p>In a box."
        "<draw:frame><draw:text-box><text:p>In another.</text:p></draw:text-box></draw:frame></text:p>"
        "</draw:text-box></draw:frame>"
    )

    assert words(f"Beside{box} it.") == "Beside it.\n\nIn a box.\n\nIn another."


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (packed("")[:200], "its archive is damaged"),
        (packed("<text:p>"), "not valid XML"),
        (packed("", **{"content.xml": "<a/>"}), "does not contain an OpenDocument text"),
        (packed("", **{"content.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "declares a document type"),
        (
            packed("", **{"META-INF/manifest.xml": MANIFEST}),
            "protected by a password",
        ),
        (packed("<text:section>" * 220 + "</text:section>" * 220), "levels of elements"),
    ],
)
def test_what_is_damaged_or_protected_is_refused(raw: bytes, reason: str) -> None:
    with pytest.raises(FormatError, match=reason):
        read_as(Source(raw))


def test_an_archive_that_unpacks_to_too_much_is_refused() -> None:
    raw = packed(f"<text:p>{'x' * 100_000}</text:p>")

    with pytest.raises(FormatError, match="unpacks to more than 10,000 bytes"):
        read_as(Source(raw, limits=Limits(unpacked=10_000)))
