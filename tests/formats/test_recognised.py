import pytest

from panels.formats.base import Source
from panels.formats.office import docx
from panels.formats.registry import recognised
from panels.transcript import Transcript


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("\ufeffWEBVTT\n\n00:01.000 --> 00:02.000\n<v Anna>Hello.", "vtt"),
        ("1\n00:00:01,000 --> 00:00:02,000\nAnna: Hello.", "srt"),
        ("<akomaNtoso><debate/></akomaNtoso>", "akn"),
        ('<?xml version="1.0"?>\n<TEI xmlns="http://www.tei-c.org/ns/1.0"/>', "tei"),
        ('<!DOCTYPE publicwhip [\n<!ENTITY pound "&#163;">\n]>\n<publicwhip/>', "publicwhip"),
        ('<!DOCTYPE Trans SYSTEM "trans-14.dtd">\n<Trans/>', "trs"),
        ("<!DOCTYPE html>\n<title>A talk</title>", "html"),
        ("<cite>Anna:</cite><p>Hello.</p>", "html"),
        ('{"transcript": {"sections": [{"turns": [{"text_blocks": []}]}]}}', "oyez"),
        ('[{"speaker": "A", "text": "Hello."}]', "asr_json"),
        ("speaker,words\nAnna,Hello.\n", "csv"),
    ],
)
def test_content_tells_the_format_whatever_the_file_is_called(text: str, name: str) -> None:
    assert recognised(Source.of(text, name="transcript.txt"))[0][1].name == name


def test_a_word_document_is_told_by_its_bytes() -> None:
    source = Source(docx.write(Transcript(title="A talk")), name="transcript.txt")

    assert recognised(source)[0][1].name == "docx"
