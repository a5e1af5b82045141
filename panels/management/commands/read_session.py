"""Read a transcript and print the result."""

import sys
from argparse import ArgumentParser
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from panels.editorial.importing import ImportRefusedError, fixture_from
from panels.formats.base import FormatError, Source
from panels.formats.registry import FORMATS, format_named, read
from panels.transcript import Transcript


class Command(BaseCommand):
    help = (
        "Reads a transcript, whatever its format, and prints it in another. Saves nothing: "
        "to see what Panels understands of a file, and to convert files."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        readers = [known.name for known in FORMATS if known.read]
        written = [known for known in FORMATS if known.write]
        writers = sorted({"fixture", *(name for known in written for name in (known.name, known.suffix.lstrip(".")))})
        parser.add_argument("file", type=Path, help="transcript file; - for standard input")
        parser.add_argument("--format", choices=readers, help="the input format (default: detected)")
        parser.add_argument(
            "--encoding", default="", help="its encoding, such as windows-1251, if it is guessed wrongly"
        )
        parser.add_argument("--to", choices=writers, default="json", help="the output format (default: json)")

    def handle(self, *_args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            source = _source(path, options["encoding"])
            transcript = _required(format_named(options["format"]).read)(source) if options["format"] else read(source)
            written = _written(transcript, options["to"], path.stem)
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from error
        except (FormatError, ImportRefusedError) as error:
            raise CommandError(f"{path}: {error}") from error
        sys.stdout.buffer.write(written.encode() if isinstance(written, str) else written)


def _source(path: Path, encoding: str) -> Source:
    if str(path) == "-":
        return Source.open(sys.stdin.buffer, limits=settings.PANELS_IMPORT_LIMITS, encoding=encoding)
    with path.open("rb") as file:
        return Source.open(file, path.name, settings.PANELS_IMPORT_LIMITS, encoding=encoding)


def _written(transcript: Transcript, name: str, title: str) -> str | bytes:
    """A fixture is of an event, which has a title: the file's name, if it has no other."""
    if name == "fixture":
        return fixture_from(transcript if transcript.title.strip() else replace(transcript, title=title))
    written: str | bytes = _required(format_named(name).write)(transcript)
    return written


def _required(function: Callable[..., Any] | None) -> Callable[..., Any]:
    assert function is not None  # noqa: S101 - the choices are the formats that have one
    return function
