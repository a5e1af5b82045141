import pickle

import pytest

from panels.formats.base import FormatError, Limits, Source


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("é 问\n".encode("utf-8-sig"), "é 问\n"),
        ("é 问".encode("utf-16"), "é 问"),
        ("plain words".encode("utf-16-le"), "plain words"),
        ("plain words".encode("utf-16-be"), "plain words"),
        ("“café” – naïve".encode("windows-1252"), "“café” – naïve"),
        (
            '<?xml version="1.0" encoding="ISO-8859-1"?>“é”'.encode("windows-1252"),
            '<?xml version="1.0" encoding="ISO-8859-1"?>“é”',
        ),
        ("主持人：各位好。\n答：好的。".encode("gb18030"), "主持人：各位好。\n答：好的。"),
        (b"a\r\nb\rc\x0bd\xe2\x80\xa8e", "a\nb\nc\nd\ne"),
    ],
)
def test_source_decodes(raw: bytes, text: str) -> None:
    assert Source(raw).text == text


@pytest.mark.parametrize(
    ("raw", "line", "reason"),
    [
        (b"a\nsome words and\0", 2, "The text contains a NUL character."),
        ("问问问问问\n问问问问问问问".encode() + b"\xff", 2, "The file is UTF-8, but some bytes are damaged."),
        (b"\xef\xbb\xbfa\n\xff", 2, "The file begins as UTF-8 but is damaged."),
    ],
)
def test_source_refuses(raw: bytes, line: int, reason: str) -> None:
    with pytest.raises(FormatError) as caught:
        Source(raw).text  # noqa: B018

    assert (caught.value.line, caught.value.reason) == (line, reason)


@pytest.mark.parametrize("raw", [b"12345678901", b"\n\n\n"])
def test_source_keeps_its_limits(raw: bytes) -> None:
    with pytest.raises(FormatError, match="Split it"):
        Source(raw, limits=Limits(bytes=10, lines=3)).text  # noqa: B018


def test_pasted_half_character_is_refused() -> None:
    with pytest.raises(FormatError) as caught:
        Source.of("a\n\ud800")

    assert caught.value.line == 2


def test_error_survives_another_process() -> None:
    error = pickle.loads(pickle.dumps(FormatError("Why.", line=3, advice="Do.")))

    assert (str(error), error.line, error.advice) == ("line 3: Why. Do.", 3, "Do.")
