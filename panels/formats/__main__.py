"""`python -m panels.formats FILE [--to NAME]`: convert a transcript without Django."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from panels.formats.base import FormatError, Source
from panels.formats.registry import FORMATS, format_named, read
from panels.transcript import Transcript


def main(arguments: list[str] | None = None) -> int:
    """Read one file and write it to standard output; returns 1 after printing an error if it cannot be read."""
    parser = argparse.ArgumentParser(prog="python -m panels.formats", description=main.__doc__)
    parser.add_argument("file", type=Path, help="the transcript")
    parser.add_argument("--from", dest="origin", choices=[f.name for f in FORMATS if f.read], help="its format")
    parser.add_argument("--encoding", default="", help="its encoding, such as windows-1251, if it is guessed wrongly")
    parser.add_argument("--to", default="json", choices=[f.name for f in FORMATS if f.write])
    options = parser.parse_args(arguments)
    try:
        with options.file.open("rb") as file:
            source = Source.open(file, options.file.name, encoding=options.encoding)
        written = _write(_read(source, options.origin), options.to)
    except (FormatError, OSError) as fault:
        sys.stderr.write(f"{options.file.name}: {fault}\n")
        return 1
    sys.stdout.buffer.write(written)
    return 0


def _read(source: Source, name: str | None) -> Transcript:
    reader = format_named(name).read if name else read
    assert reader  # noqa: S101  (the choices are those that can be read)
    return reader(source)


def _write(transcript: Transcript, name: str) -> bytes:
    write = format_named(name).write
    assert write  # noqa: S101  (the choices are those that can be written)
    written = write(transcript)
    return written.encode() if isinstance(written, str) else written


if __name__ == "__main__":
    sys.exit(main())
