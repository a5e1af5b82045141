"""What is no transcript is refused with what it seems to be, and its markup is never words."""

from __future__ import annotations

import io
import zipfile

import pytest

from panels.formats.base import FormatError, Source
from panels.formats.registry import FORMATS, format_named, read, read_as


def packed(**parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/"), text)
    return out.getvalue()


RTF = rb"{\rtf1\ansi\deff0 {\b Ida Krane:} Good evening.\par {\b Ben Marsh:} The lamp is out.\par }"
XML = '<?xml version="1.0"?>\n<minutes><item who="Ida">Ida: Hello.</item><item>Ben: Hello.</item></minutes>\n'


@pytest.mark.parametrize(
    ("raw", "what", "advice"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "PDF file is damaged", "paste"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "an old Office program", "docx"),
        (packed(mimetype="application/vnd.oasis.opendocument.spreadsheet"), "an OpenDocument table", "CSV"),
        (packed(mimetype="application/vnd.oasis.opendocument.text"), "contain an OpenDocument text", "docx"),
        (packed(**{"xl__workbook.xml": "<a/>"}), "an Excel file", "CSV"),
        (packed(**{"ppt__presentation.xml": "<a/>"}), "a PowerPoint file", "paste"),
        (b"ID3\x04\x00\x00\x00\x00\x00\x00" + bytes(100), "a sound recording", "transcribed"),
        (b"\x00\x00\x00\x20ftypisom" + bytes(100), "a video or sound recording", "transcribed"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "a picture", "text"),
        (XML.encode(), "an XML file (<minutes>)", "Export"),
        (XML.partition("\n")[2].encode(), "an XML file (<minutes>)", "Export"),
        (b'<a:talk xmlns:a="urn:x"><a:p>Ida: Hello.</a:p>\n', "an XML file (<talk>)", "Export"),
        (b'["Ida: Hello.", "Ben: Hello.", "Ida: Bye."]', "a JSON file", "Export"),
        (b"\\documentclass{article}\n\\begin{document}\nIda: Hello.", "a LaTeX file", "Export"),
    ],
)
def test_what_is_no_transcript_is_refused_kindly(raw: bytes, what: str, advice: str) -> None:
    with pytest.raises(FormatError) as refused:
        read(Source(raw))

    assert what in str(refused.value)
    assert advice in refused.value.advice


@pytest.mark.parametrize("name", ["plain", "name-colon", "html"])
def test_a_reader_of_text_refuses_rtf(name: str) -> None:
    reader = format_named(name).read

    assert reader
    with pytest.raises(FormatError, match="This is an RTF file"):
        reader(Source(RTF))


@pytest.mark.parametrize("raw", [RTF, b"\xef\xbb\xbf\r\n" + RTF])
def test_rtf_is_found_by_its_first_bytes(raw: bytes) -> None:
    assert read_as(Source(raw))[0].name == "rtf"


@pytest.mark.parametrize("raw", [RTF, XML.encode(), b"%PDF-1.7\nIda: Hello.\nBen: Hello.\nIda: Bye.\n"])
def test_naming_a_format_makes_no_words_of_markup(raw: bytes) -> None:
    for known in FORMATS:
        if known.read:
            try:
                transcript = known.read(Source(raw))
            except FormatError:
                continue
            spoken = [
                turn.text
                for exchange in transcript.exchanges
                for turn in (exchange.question, *exchange.answers)
                if turn
            ]
            assert not any(
                "\\par" in text or "</" in text or "%PDF" in text for text in (*spoken, transcript.introduction)
            ), known.name


@pytest.mark.parametrize(
    "text",
    [
        "<p align=center>A talk</p>\n\n**Ida:** Hello.\n\n**Ben:** Hello.\n\n**Ida:** Bye.\n",
        "<details>\n<summary>Notes</summary>\n\nIda: Hello.\n\nBen: Hello.\n\nIda: Bye.\n\n</details>\n",
        "[0:07] Ida: Hello.\n[0:09] Ben: Hello.\n[0:11] Ida: Bye.\n",
        "{% include head %}\n\nIda: Hello.\n\nBen: Hello.\n\nIda: Bye.\n",
        "ID3 tags: a talk\n\nIda: Hello.\n\nBen: Hello.\n\nIda: Bye.\n",
        "[Music]\n\nIda: Hello.\n\nBen: Hello.\n\nIda: Bye.\n",
        '["A lamp"]\n\nIda: Hello.\n\nBen: Hello.\n\nIda: Bye.\n',
    ],
)
def test_text_that_only_begins_so_is_read(text: str) -> None:
    transcript = read_as(Source.of(text))[1]

    assert [person.name for person in transcript.panelists] == ["Ida", "Ben"]
