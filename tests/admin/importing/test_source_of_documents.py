"""The preview of a document shows its paragraphs beside the passages, as the preview of a text shows its lines."""

import re
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx import Document
from lxml.html import fromstring

from panels.editorial.importing.drafts import transcript_of
from panels.models import ImportDraft
from tests.formats.office import odt_files
from tests.formats.office.pdf_files import column, pdf
from tests.formats.office.test_docx import saved
from tests.formats.office.test_rtf import HEAD

pytestmark = pytest.mark.django_db

PATH = "/admin/panels/event/import/"
TALK = (
    ("Ida Krane", "What was the last thing that you repaired?"),
    ("Ben Marsh", "A kettle. It took an afternoon and one screw."),
    ("Ida Krane", "Why do so few people do it?"),
    ("Ben Marsh", "Because nobody sells the screw."),
)


def word() -> bytes:
    document = Document()
    document.add_heading("Repair or replace?", 0)
    for name, text in TALK:
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{name}:").bold = True
        paragraph.add_run(f" {text}")
    return saved(document)


def printed() -> bytes:
    return pdf(column([line for name, text in TALK for line in (f"**{name}: {text}", "")]))


def open_document() -> bytes:
    return odt_files.packed("".join(odt_files.turn(*one) for one in TALK))


def rich_text() -> bytes:
    return (HEAD + "".join(rf"{{\b {name}:}} {text}\par " for name, text in TALK) + "}").encode()


FILES: dict[str, Callable[[], bytes]] = {
    "talk.docx": word,
    "talk.odt": open_document,
    "talk.rtf": rich_text,
    "talk.pdf": printed,
}


@pytest.mark.parametrize("name", FILES)
def test_each_passage_leads_to_its_paragraph(desk: Client, name: str) -> None:
    address = desk.post(PATH, {"file": SimpleUploadedFile(name, FILES[name]())})["Location"]
    page = fromstring(desk.get(address).content)

    turns = [turn for turn in transcript_of(ImportDraft.objects.get()).turns if turn.text]
    assert [turn.text for turn in turns] == [text for _name, text in TALK]
    for turn in turns:
        (line,) = page.xpath(f"//ol[contains(@class, 'source-lines')]/li[@id='line-{turn.line}']")
        assert " ".join(f"{turn.speaker}: {turn.text}".split()) in re.sub(r"\s+", " ", line.text_content())


def test_a_document_that_cannot_be_read_any_more_has_no_paragraphs(desk: Client) -> None:
    address = desk.post(PATH, {"file": SimpleUploadedFile("talk.docx", word())})["Location"]
    ImportDraft.objects.update(source=b"PK\x03\x04 no archive")

    page = desk.get(address)

    assert page.status_code == 200
    assert "source-lines" not in page.content.decode()
