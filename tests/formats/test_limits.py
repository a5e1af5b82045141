"""What is too large or takes too long is refused, in every format, with what to do about it."""

import io
import json
import zipfile
from dataclasses import replace

import pytest

from panels.formats.base import Format, FormatError, LimitError, Limits, Source
from panels.formats.limits import check_time, in_force
from panels.formats.registry import FORMATS, format_named, limits_from, read, recognised
from panels.transcript import Exchange, Transcript, Turn
from tests.torture.seeds import word

SMALL = Limits(
    bytes=5_000, lines=100, line=1_000, depth=20, elements=200, exchanges=5, turns=10, members=10, unpacked=10_000
)
QUESTIONS = "Q: Why is that so, then?\nA: Because.\n"
BODY = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'
LAUGHS = '<!DOCTYPE TEI [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><TEI><text><body><u>&b;</u></body></text></TEI>'


def refusal(source: Source, name: str = "") -> FormatError:
    """Why a source is refused, by the reader of a name or by the one that is found."""
    reader = format_named(name).read if name else read
    assert reader is not None
    with pytest.raises(FormatError) as caught:
        reader(source)
    return caught.value


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a" * 6_000, "The file has more than 5,000 bytes."),
        ("Kim: yes\n" * 101, "The file has more than 100 lines."),
        ("Kim: yes\nKim: " + "no " * 500, "The line has more than 1,000 characters."),
        (QUESTIONS * 6, "The file has more than 5 questions."),
        ("Kim: High tides.\n\nJane Doe: Low tides.\n\n" * 6, "The file has more than 10 answers."),
        ("[" * 21 + "]" * 21, "The file has more than 20 levels of lists in lists."),
        ('{"segments": [' + "[]," * 200 + "1]}", "The file has more than 200 objects and lists."),
        ("<TEI>" + "<a>" * 21 + "</a>" * 21 + "</TEI>", "The file has more than 20 levels of elements in elements."),
        ("<html><body>" + "<div>" * 21, "The file has more than 20 levels of elements in elements."),
        ("<html><body>" + "<p>" * 200, "The file has more than 200 tags."),
        ("---\npanels: 1\nx: [" + "a, " * 200 + "a]\n---\n", "The file has more than 200 values in its front matter."),
    ],
)
def test_a_limit_is_kept_and_said(text: str, reason: str) -> None:
    error = refusal(Source.of(text, limits=SMALL))

    assert (type(error), error.reason) == (LimitError, reason)
    assert error.advice


@pytest.mark.parametrize("known", [known for known in FORMATS if known.read], ids=lambda known: known.name)
def test_no_reader_takes_more_bytes_than_may_be(known: Format) -> None:
    assert refusal(Source(b"a" * 5_001, limits=SMALL), known.name).reason == "The file has more than 5,000 bytes."


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (word(BODY.format(" " * 20_000)), "The document unpacks to more than 10,000 bytes."),
        (word(BODY.format(""), styles=" " * 20_000), "The document unpacks to more than 10,000 bytes."),
        (word(BODY.format("<w:p/>" * 200)), "The document has more than 200 tags in one part."),
        (word(BODY.format(""), **{f"m{n}": "" for n in range(10)}), "The file has more than 10 parts in its archive."),
        (
            word(BODY.format("<w:ins>" * 21 + "</w:ins>" * 21)),
            "The file has more than 20 levels of elements in elements.",
        ),
    ],
    ids=["flat bomb", "bomb in a part", "tags", "members", "depth"],
)
def test_an_archive_keeps_the_limits_unpacked(raw: bytes, reason: str) -> None:
    assert refusal(Source(raw, limits=SMALL)).reason == reason


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-7"])
def test_an_archive_declares_no_entities_in_any_encoding(encoding: str) -> None:
    declared = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>' + BODY.format(
        "<w:p><w:r><w:t>&a;</w:t></w:r></w:p>"
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("word/document.xml", f'<?xml version="1.0" encoding="{encoding}"?>{declared}'.encode(encoding))

    assert "word/document.xml" in refusal(Source(packed.getvalue())).reason


@pytest.mark.parametrize(
    ("opening", "closing"),
    [("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"), ("<w:p><w:r><w:txbxContent>", "</w:txbxContent></w:r></w:p>")],
    ids=["tables", "boxes"],
)
def test_what_stands_in_nested_parts_of_a_document_is_read_once(opening: str, closing: str) -> None:
    text = opening * 40 + "<w:p><w:r><w:t>Only said once.</w:t></w:r></w:p>" + closing * 40

    (exchange,) = read(Source(word(BODY.format(text)))).exchanges

    assert [turn.text for turn in exchange.answers] == ["Only said once."]


def test_a_link_to_outside_is_not_followed() -> None:
    links = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" '
        'TargetMode="External" Target="http://127.0.0.1:9/x" Type="attachedTemplate"/></Relationships>'
    )
    text = BODY.format("<w:p><w:r><w:t>Kim: yes</w:t></w:r></w:p>")

    found = read(Source(word(text, **{"_rels/document.xml.rels": links})))

    assert [turn.text for exchange in found.exchanges for turn in exchange.answers] == ["yes"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (LAUGHS, 'The file declares the entity “b "&a;&a;&a;"”, which is more than one character.'),
        (
            LAUGHS.replace('"ha"', 'SYSTEM "file:///etc/hostname"'),
            'The file declares the entity “a SYSTEM "file:///etc/hostname"”, which is more than one character.',
        ),
        (
            "---\npanels: 1\na: &a [1]\nb: [*a, *a]\n---\n",
            "The front matter is not valid YAML: references are not supported.",
        ),
        ('{"segments": [{"text": "a", "start": NaN}]}', "The JSON contains NaN, which is not a number."),
        ('{"segments": [{"text": "a", "start": 1e999}]}', "The JSON contains 1e999, which is not a number."),
        ('{"segments": [{"text": "a", "start": %s}]}' % ("9" * 400), "The JSON contains a number that is too long."),
        (
            "WEBVTT\n\n99999999:59:59.000 --> 99999999:59:59.500\nKim: yes\n",
            "This is not a plausible time in a recording: 3.6e+11 seconds.",
        ),
        ('{"segments": [{"text": "a", "start": -1}]}', "This is not a plausible time in a recording: -1 seconds."),
    ],
)
def test_what_explodes_or_is_no_number_is_refused(text: str, reason: str) -> None:
    assert refusal(Source.of(text)).reason == reason


@pytest.mark.parametrize(
    "text",
    [
        "1:11 " + " " * 199_000 + "x",
        "### " + "**" * 99_000 + "x",
        "**Kim:** " + "(" * 199_000,
        "<" + "<!DOCTYPE a [" * 100_000,
        "<!--" * 200_000,
        '{"a":"' + '\\"' * 900_000,
        "- Kim (" * 28_000,
    ],
    ids=["blanks", "stars", "brackets", "document types", "comments", "escapes", "lists"],
)
@pytest.mark.slow
def test_a_long_line_takes_no_square_of_its_length(text: str) -> None:
    """The readers' own limit of time is all that is looked at; a square would take minutes."""
    source = Source.of(text, limits=Limits(seconds=20))

    for known in FORMATS:
        for function in (known.recognises, known.read):
            try:
                if function:
                    function(source)
            except FormatError as error:
                assert "longer than" not in error.reason, known.name  # noqa: PT017


def test_a_reader_without_time_stops() -> None:
    error = refusal(Source.of(QUESTIONS * 3, limits=Limits(seconds=1e-9)), "question-answer")

    assert error.reason == "Reading took longer than 1e-09 seconds."


def test_finding_the_format_stops_too() -> None:
    with pytest.raises(LimitError, match="Reading took longer"):
        recognised(Source.of(QUESTIONS, limits=Limits(seconds=1e-9)))


def test_an_inner_limit_gives_no_more_time() -> None:
    def inner(_source: Source) -> Transcript:
        check_time()
        return Transcript()

    within = Format(name="inner", suffix="", media_type="", read=inner)
    outer = Format(name="outer", suffix="", media_type="", read=lambda s: _called(within, replace(s, limits=Limits())))

    assert "longer" in _refused(outer, Source(b"", limits=Limits(seconds=1e-9))).reason


def _called(known: Format, source: Source) -> Transcript:
    assert known.read is not None
    return known.read(source)


def _refused(known: Format, source: Source) -> FormatError:
    with pytest.raises(FormatError) as caught:
        _called(known, source)
    return caught.value


def test_limits_come_from_settings_and_a_format_may_have_its_own() -> None:
    limits = limits_from({"seconds": "2.5", "docx.bytes": "7", "turns": "9"})

    assert (limits.seconds, limits.turns, limits.bytes) == (2.5, 9, Limits().bytes)
    assert (limits.of_format("docx").bytes, limits.of_format("docx").turns) == (7, 9)
    assert limits.of_format("html") is limits


def test_a_format_may_be_larger_than_others() -> None:
    seen: list[Limits] = []

    def noted(_source: Source) -> Transcript:
        seen.append(in_force())
        return Transcript()

    limits = limits_from({"bytes": "3", "docx.bytes": "7"})
    known = Format(name="docx", suffix="", media_type="", read=noted)

    _called(known, Source.open(io.BytesIO(b"1234567"), limits=limits))

    assert seen[0].bytes == 7
    with pytest.raises(LimitError, match="more than 7 bytes"):
        Source.open(io.BytesIO(b"12345678"), limits=limits)


def test_a_larger_format_is_found_and_a_smaller_one_is_not_read_as_another() -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Kim>High tides.\n"

    found = recognised(Source.of(text, limits=limits_from({"bytes": "9", "vtt.bytes": "999"})))

    assert found[0][1].name == "vtt"
    assert refusal(Source.of(text, limits=limits_from({"vtt.bytes": "9"}))).reason == "The file has more than 9 bytes."


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"byte": "1"}, "“byte” is not a known limit"),
        ({"bytes": "many"}, "bytes must be a number"),
        ({"seconds": "nan"}, "seconds must be more than 0"),
        ({"seconds": "0"}, "seconds must be more than 0"),
        ({"doc.bytes": "1"}, "“doc” is not a format"),
    ],
)
def test_a_wrong_limit_is_named(values: dict[str, str], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        limits_from(values)


def test_what_is_read_within_the_limits_is_whole() -> None:
    turns = tuple(Turn(text="So.", time=float(n)) for n in range(10))
    archive = json.dumps(
        {"panels": 1, "exchanges": [{"question": None, "answers": [{"text": "So.", "time": t.time} for t in turns]}]}
    )

    assert read(Source.of(archive, limits=SMALL)).exchanges == (Exchange(question=None, answers=turns),)
