import datetime as dt
import io
import zipfile
from typing import Any

import pytest
from docx import Document
from docx.document import Document as DocxDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from panels.formats.base import FormatError
from panels.formats.office import docx
from panels.transcript import Exchange, Transcript, Turn
from tests.formats.plain_values import exchanges_of, unread_of


def saved(document: DocxDocument) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def archive(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in parts.items():
            packed.writestr(name.replace("__", "/") + ".xml", data)
    return out.getvalue()


def test_read_takes_bold_labels() -> None:
    document = Document()
    document.add_paragraph("A talk", style="Title")
    document.add_paragraph("Held in town.")
    for label, text in [("AE: ", "One."), ("Ben: ", "Two."), ("AE: ", "Three.")]:
        paragraph = document.add_paragraph()
        paragraph.add_run(label).bold = True
        paragraph.add_run(text)
    document.add_paragraph("Four.")

    transcript = docx.read(saved(document))

    assert (transcript.title, transcript.introduction) == ("A talk", "Held in town.")
    assert exchanges_of(transcript) == [
        (
            None,
            [("AE", "AE", "One.", None), ("Ben", "Ben", "Two.", None), ("AE", "AE", "Three.\n\nFour.", None)],
        )
    ]
    assert [answer.line for answer in transcript.exchanges[0].answers] == [3, 4, 5]


def test_read_takes_headings_that_come_back_for_names() -> None:
    document = Document()
    for name, text in [("安娜", "一。"), ("Ben", "Two."), ("安娜", "三。"), ("Ben", "Four.")]:
        document.add_heading(name, level=2)
        document.add_paragraph(text)

    assert exchanges_of(docx.read(saved(document))) == [
        (
            None,
            [
                ("安娜", "安娜", "一。", None),
                ("Ben", "Ben", "Two.", None),
                ("安娜", "安娜", "三。", None),
                ("Ben", "Ben", "Four.", None),
            ],
        )
    ]


def test_read_takes_headings_that_do_not_for_questions() -> None:
    document = Document()
    document.add_heading("What is it?", level=1)
    paragraph = document.add_paragraph()
    paragraph.add_run("Anna").bold = True
    paragraph.add_run(": A thing.")
    document.add_paragraph("And more", style="List Bullet")
    document.add_heading("Why?", level=1)
    document.add_paragraph("Because.")

    assert exchanges_of(docx.read(saved(document))) == [
        ((None, None, "What is it?", None), [("Anna", "Anna", "A thing.\n\n- And more", None)]),
        ((None, None, "Why?", None), [("Anna", "Anna", "Because.", None)]),
    ]


def test_read_takes_a_table_with_a_column_of_names() -> None:
    document = Document()
    table = document.add_table(rows=0, cols=2)
    for name, text in [
        ("Anna", "A first answer, at length."),
        ("Ben", "A second."),
        ("Anna", "A third of many."),
    ]:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = name, text

    assert exchanges_of(docx.read(saved(document))) == [
        (
            None,
            [
                ("Anna", "Anna", "A first answer, at length.", None),
                ("Ben", "Ben", "A second.", None),
                ("Anna", "Anna", "A third of many.", None),
            ],
        )
    ]


def test_read_divides_a_question_and_its_answer_at_reply() -> None:
    document = Document()
    for text in ("NATIONAL ASSEMBLY", "QUESTION NO: 7", "DATE: 21 FEBRUARY 2020"):
        document.add_paragraph(text)
    asked = "Ms A Example (P) to ask the Minister of Examples:"
    for text in (asked, "Whether she knows?", "REPLY", "Yes", "(b) She does."):
        document.add_paragraph(text)

    transcript = docx.read(saved(document))

    assert (transcript.title, str(transcript.date)) == ("NATIONAL ASSEMBLY", "2020-02-21")
    assert transcript.introduction == "QUESTION NO: 7\n\nDATE: 21 FEBRUARY 2020"
    assert exchanges_of(transcript) == [
        (
            (asked, "Ms A Example (P)", "Whether she knows?", None),
            [("REPLY", "Minister of Examples", "Yes\n\n(b) She does.", None)],
        )
    ]


def test_read_keeps_deleted_text_and_page_headers_as_unread() -> None:
    document = Document()
    document.sections[0].header.paragraphs[0].text = "Draft 2"
    paragraph = document.add_paragraph("Kept.")
    paragraph._p.append(_deletion("gone"))

    transcript = docx.read(saved(document))

    assert exchanges_of(transcript) == [(None, [(None, None, "Kept.", None)])]
    assert unread_of(transcript) == [
        (1, "gone", "deleted in a tracked change"),
        (1, "Draft 2", "page header"),
    ]


def _deletion(text: str) -> Any:
    return parse_xml(f'<w:del {nsdecls("w")} w:id="1" w:author="x"><w:r><w:delText>{text}</w:delText></w:r></w:del>')


def words_of(body: str) -> tuple[str, list[str]]:
    """What is said in a document with this body, and what is not read of it."""
    names = nsdecls("w", "m")
    fallback = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    document = f"<w:document {names} {fallback}><w:body>{body}</w:body></w:document>"
    transcript = docx.read(archive(word__document=document.encode()))
    return transcript.exchanges[0].answers[0].text, [left.text for left in transcript.unread]


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


INNER = f"<w:tbl><w:tr><w:tc><w:p>{run('Inner')}</w:p></w:tc></w:tr></w:tbl>"
BOX = f"<w:txbxContent><w:p>{run('Boxed')}</w:p></w:txbxContent>"


@pytest.mark.parametrize(
    ("body", "said", "left"),
    [
        (f"<w:tbl><w:tr><w:tc><w:p>{run('Outer')}</w:p>{INNER}</w:tc></w:tr></w:tbl>", "Outer\n\nInner", []),
        (f"<w:p><w:moveFrom>{run('Old')}</w:moveFrom><w:moveTo>{run('New')}</w:moveTo></w:p>", "New", ["Old"]),
        (f"<w:p>{run('It is ')}<m:oMath><m:r><m:t>2x</m:t></m:r></m:oMath></w:p>", "It is 2x", []),
        (
            f"<w:p><w:r><w:ruby><w:rt>{run('かんじ')}</w:rt><w:rubyBase>{run('漢字')}</w:rubyBase></w:ruby></w:r></w:p>",
            "漢字（かんじ）",
            [],
        ),
        (f"<w:p><w:r><w:instrText>PAGE</w:instrText></w:r>{run('Seven')}</w:p>", "Seven", ["PAGE"]),
        (
            f"<w:p><w:r><mc:AlternateContent><mc:Choice>{BOX}</mc:Choice><mc:Fallback>{BOX}</mc:Fallback>"
            "</mc:AlternateContent></w:r></w:p>",
            "Boxed",
            [],
        ),
    ],
)
def test_read_takes_every_word_once(body: str, said: str, left: list[str]) -> None:
    assert words_of(body) == (said, left)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"PK\x03\x04 broken", "archive is damaged"),
        (b"PK\x03\x04" + archive(word__document=b"<a/>")[20:], "cannot be unpacked"),
        (archive(other=b"<a/>"), "does not contain a Word document"),
        (archive(word__document=b"<a>"), "is not valid XML"),
        (archive(word__document=b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "declares a document type"),
        (archive(word__document=b" " * (65 * 1024 * 1024)), "unpacks to more than"),
    ],
)
def test_read_refuses_hostile_archives(data: bytes, reason: str) -> None:
    with pytest.raises(FormatError, match=reason):
        docx.read(data)


def test_write_says_no_day_but_the_sessions() -> None:
    written = docx.write(Transcript(title="A night", date=dt.date(2021, 5, 1)))

    with zipfile.ZipFile(io.BytesIO(written)) as packed:
        assert b"2013" not in packed.read("docProps/core.xml")


def styled(text: str, properties: str) -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


SUPER = '<w:vertAlign w:val="superscript"/>'
SUB = '<w:vertAlign w:val="subscript"/>'
DELETED = '<w:pPr><w:rPr><w:del w:id="1" w:author="x"/></w:rPr></w:pPr>'


@pytest.mark.parametrize(
    ("body", "said", "left"),
    [
        (f"<w:p>{run('10')}{styled('9', SUPER)}{run('!')}</w:p>", "10⁹!", []),
        (f"<w:p>{run('2')}{styled('n-1', SUPER)}</w:p>", "2ⁿ⁻¹", []),
        (f"<w:p>{run('2')}{styled('x/y', SUPER)}</w:p>", "2^(x/y)", []),
        (f"<w:p>{run('H')}{styled('2', SUB)}{run('O')}</w:p>", "H₂O", []),
        (f"<w:p>{run('the 21')}{styled('st', SUPER)}</w:p>", "the 21st", []),
        (f"<w:p>{run('pay ')}{styled('nothing ', '<w:strike/>')}{run('forty')}</w:p>", "pay forty", ["nothing"]),
        (f"<w:p>{run('pay ')}{styled('nothing ', '<w:dstrike/>')}{run('forty')}</w:p>", "pay forty", ["nothing"]),
        (f'<w:p>{styled("kept", """<w:strike w:val="0"/>""")}</w:p>', "kept", []),
        (f"<w:p>{run('No.')}{styled(' He lies.', '<w:vanish/>')}</w:p>", "No.", ["He lies."]),
        (f'<w:p>{run("90")}<w:r><w:sym w:font="Symbol" w:char="F0B0"/></w:r></w:p>', "90°", []),
        ('<w:p><w:r><w:sym w:font="Symbol" w:char="F061"/></w:r></w:p>', "α", []),
        ('<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r></w:p>', "✓", []),
        ('<w:p><w:r><w:sym w:font="Arial" w:char="00B5"/></w:r></w:p>', "µ", []),
        (
            f'<w:p>{run("a")}<w:r><w:sym w:font="Webdings" w:char="F061"/></w:r></w:p>',
            "a",
            ["Webdings F061"],
        ),
        (f'<w:p>{styled(chr(0xF061), """<w:rFonts w:ascii="Symbol"/>""")}</w:p>', "α", []),
        (f"<w:p>{DELETED}{run('The read')}</w:p><w:p>{run('ing room.')}</w:p>", "The reading room.", []),
        (
            f"<w:p>{DELETED}{run('One ')}</w:p><w:p>{DELETED}{run('two ')}</w:p><w:p>{run('three')}</w:p>",
            "One two three",
            [],
        ),
        (f"<w:p>{run('One')}</w:p><w:p>{DELETED}{run('two')}</w:p>", "One\n\ntwo", []),
        (f"<w:p>{DELETED}{run('One')}</w:p><w:p/><w:p>{run('Two')}</w:p>", "One\n\nTwo", []),
    ],
)
def test_read_takes_what_word_shows(body: str, said: str, left: list[str]) -> None:
    assert words_of(body) == (said, left)


def test_read_takes_what_styles_hide() -> None:
    styles = (
        f'<w:styles {nsdecls("w")}><w:style w:styleId="Base"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:styleId="Note"><w:basedOn w:val="Base"/></w:style></w:styles>'
    )
    hidden = styled("a note", '<w:rStyle w:val="Note"/>')
    shown = styled(" shown", '<w:rStyle w:val="Note"/><w:vanish w:val="0"/>')
    body = f"<w:document {nsdecls('w')}><w:body><w:p>{run('Words')}{hidden}{shown}</w:p></w:body></w:document>"

    transcript = docx.read(archive(word__document=body.encode(), word__styles=styles.encode()))

    assert transcript.exchanges[0].answers[0].text == "Words shown"
    assert unread_of(transcript) == [(1, "a note", "hidden text, which Word does not show")]


def test_read_takes_a_table_with_times() -> None:
    document = Document()
    table = document.add_table(rows=0, cols=3)
    rows = [
        ("0:05", "Anna", "A first answer, at length."),
        ("1:07", "Ben", "A second."),
        ("2:10", "Anna", "A third of many."),
    ]
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text

    said = [turn for turn in exchanges_of(docx.read(saved(document)))[0][1] if turn]

    assert [(label, time) for label, _, _, time in said] == [
        ("Anna", 5.0),
        ("Ben", 67.0),
        ("Anna", 130.0),
    ]


def test_write_gives_styles_that_a_publisher_can_change() -> None:
    exchange = Exchange(
        question=Turn(text="When?", speaker="Ben Marsh", label="Ben Marsh"),
        answers=(Turn(text="At ten.", speaker="Jane Doe", label="Jane Doe"),),
    )

    document = Document(io.BytesIO(docx.write(Transcript(title="Lamps", exchanges=(exchange,)))))

    styled = {paragraph.style.name: paragraph for paragraph in document.paragraphs if paragraph.style}
    assert styled["Title"].text == "Lamps"
    assert styled["Panels Question"].text == "Ben Marsh: When?"
    assert document.styles["Panels Question"].base_style == document.styles["Heading 2"]
    assert styled["Panels Answer"].text == "Jane Doe: At ten."
    speaker, *words = styled["Panels Answer"].runs
    assert (speaker.style.name, speaker.bold) == ("Panels Speaker", None)
    assert all(run.bold is None for run in words)


def test_read_takes_documents_of_earlier_releases() -> None:
    transcript = Transcript(
        title="Lamps",
        exchanges=(Exchange(question=None, answers=(Turn(text="At ten.", speaker="Jane Doe", label="Jane Doe"),)),),
    )
    document = Document(io.BytesIO(docx.write(transcript)))
    document.styles["Panels Answer"].name = "Panels Turn"
    for run in document.paragraphs[-1].runs[:1]:
        run.style, run.bold = None, True

    assert docx.read(saved(document)).exchanges == docx.read(docx.write(transcript)).exchanges
