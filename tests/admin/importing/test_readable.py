"""The import page says what Panels reads, as the documentation does, and takes the encoding of a file."""

import codecs
import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.html import escape

from panels.admin.importing.forms import SourceForm
from panels.admin.importing.readable import READABLE
from panels.formats.registry import FORMATS
from panels.models import ImportDraft
from tests.admin.importing.pages import press_on_import
from tests.formats.office.pdf_files import column, pdf

PATH = "/admin/panels/event/import/"
DOCS = Path(__file__).parents[3] / "docs" / "formats.md"
TALK = "Zoé: déjà vu\n\nBen: oui\n\nZoé: non\n"


def _plain(cell: str) -> str:
    """A cell of the table without its Markdown."""
    linked = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", cell.strip()).replace("`", "")
    return re.sub(r"(?<!\*)\*(?!\*)([^*]+)\*(?!\*)", r"\1", linked)


def test_the_import_page_lists_what_the_registry_reads() -> None:
    assert [one.name for one in READABLE] == list(dict.fromkeys(one.name for one in READABLE))
    assert {one.name for one in READABLE} == {known.name for known in FORMATS if known.read}


def test_the_import_page_says_what_the_documentation_says() -> None:
    table = DOCS.read_text(encoding="utf-8").partition("## What Panels reads")[2].partition("\n## ")[0]
    rows = [row.strip("|").split("|") for row in table.split("\n") if row.startswith("| ")][1:]

    documented = [(name.strip(" `"), *map(_plain, (label, how, kept))) for label, name, how, kept in rows]

    assert [(one.name, str(one.label), str(one.source), str(one.kept)) for one in READABLE] == documented


@pytest.mark.django_db
def test_the_import_page_shows_the_table(desk: Client) -> None:
    page = desk.get(PATH).content.decode()

    assert "What Panels reads" in page
    assert all(escape(str(one.label)) in page for one in READABLE)


@pytest.mark.django_db
def test_the_preview_says_what_was_read_in_the_same_words(desk: Client) -> None:
    page = desk.post(
        PATH, {"text": "Kim: Welcome.\n\nJane Doe: Thank you.\n\nKim: Good.\n"}, follow=True
    ).content.decode()

    assert "No questions · 3 answers" in page
    assert "format: Names before a colon" in page


def test_every_encoding_that_is_offered_is_known() -> None:
    offered = [name for name, _label in _flat(SourceForm().fields["encoding"].choices) if name]  # type: ignore[attr-defined]

    assert len(offered) > 30
    assert [name for name in offered if not codecs.lookup(name).name] == []


def _flat(choices: list[tuple[str, object]]) -> list[tuple[str, object]]:
    return [pair for value, label in choices for pair in (label if isinstance(label, list) else [(value, label)])]


@pytest.mark.django_db
def test_a_file_is_read_in_the_encoding_that_is_chosen_and_again(desk: Client) -> None:
    file = SimpleUploadedFile("talk.txt", TALK.encode("mac_roman"))

    response = desk.post(PATH, {"file": file, "encoding": "macintosh"}, follow=True)

    draft = ImportDraft.objects.get()
    page = response.content.decode()
    assert (draft.encoding, "déjà vu" in page, "not UTF-8" in page) == ("macintosh", True, False)
    assert '<li id="line-1">Zoé: déjà vu</li>' in page
    again = press_on_import(desk, response.request["PATH_INFO"], {"reread": ""}, follow=True)
    assert "déjà vu" in again.content.decode()


@pytest.mark.django_db
def test_an_encoding_that_does_not_fit_is_said(desk: Client) -> None:
    file = SimpleUploadedFile("talk.txt", TALK.encode("windows-1252"))

    page = desk.post(PATH, {"file": file, "encoding": "UTF-8"}).content.decode()

    assert "The file is not UTF-8." in page
    assert not ImportDraft.objects.exists()


@pytest.mark.django_db
def test_the_source_of_a_pdf_file_is_no_text_to_be_shown(desk: Client) -> None:
    raw = pdf(column(["**Ida: Yes.", "**Ben: No.", "**Ida: So."]))

    page = desk.post(PATH, {"file": SimpleUploadedFile("talk.pdf", raw)}, follow=True).content.decode()

    assert "Ida" in page
    assert "endobj" not in page
