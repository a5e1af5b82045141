from pathlib import Path

import pytest

from panels.formats.__main__ import main
from panels.formats.base import FormatError, Source
from panels.formats.registry import FORMATS, format_named, read

SEED = Path(__file__).parents[1] / "samples" / "babbitt_2020_04_10.txt"


def test_a_file_is_written_in_another_format(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["--to", "session", str(SEED)]) == 0

    written = capfdbinary.readouterr().out
    assert read(Source(written)) == read(Source(SEED.read_bytes(), SEED.name))


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    empty = tmp_path / "empty.txt"
    empty.touch()

    assert main([str(empty)]) == 1
    assert capsys.readouterr().err == "empty.txt: The file is empty. Choose a file with a transcript.\n"


def test_formats_have_names_of_their_own() -> None:
    assert len({entry.name for entry in FORMATS}) == len(FORMATS)
    assert format_named("json") is format_named(".json")
    with pytest.raises(KeyError):
        format_named("none")


def test_nul_is_refused() -> None:
    with pytest.raises(FormatError):
        read(Source(b"some words\nand \0 more"))
