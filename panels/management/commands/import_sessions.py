"""Store transcripts from files and folders as events."""

from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from panels.formats.base import Format, FormatError, Source
from panels.formats.registry import FORMATS, format_named, read
from panels.importing import ImportRefusedError, Plan, apply, plan
from panels.publishing import publish
from panels.transcript import Transcript


class Command(BaseCommand):
    help = (
        "Stores transcripts as events: drafts, unless --publish is given. Each file whole or not at all; "
        "what is stored already is passed over, so that an interrupted import can be run again. "
        "Exits with 1 if a file could not be stored."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        readers = [known.name for known in FORMATS if known.read]
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="a file, or a folder of files")
        parser.add_argument("--dry-run", action="store_true", help="say what would be stored, and store nothing")
        parser.add_argument("--publish", action="store_true", help="show what is stored to readers at once")
        parser.add_argument("--format", choices=readers, help="the files' format, if it is not to be recognised")

    def handle(self, *_args: Any, **options: Any) -> None:
        chosen = format_named(options["format"]) if options["format"] else None
        outcomes: Counter[str] = Counter()
        for path in _files(options["paths"]):
            outcome, said = _import(path, chosen, dry_run=options["dry_run"], show=options["publish"])
            outcomes[outcome] += 1
            if outcome == "refused":
                self.stderr.write(f"refused  {path}: {said}")
            elif options["verbosity"] > 0:
                self.stdout.write(f"{outcome:8} {path}: {said}")
        if not outcomes:
            raise CommandError("there is no file to import")
        summary = ", ".join(f"{count} {outcome}" for outcome, count in sorted(outcomes.items()))
        if outcomes["refused"]:
            raise CommandError(summary)
        if options["verbosity"] > 0:
            self.stdout.write(self.style.SUCCESS(summary))


def _files(paths: list[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(found for found in path.rglob("*") if found.is_file() and not found.name.startswith("."))
        else:
            yield path


def _import(path: Path, chosen: Format | None, *, dry_run: bool, show: bool) -> tuple[str, str]:
    """What became of a file, in a word and in a sentence."""
    try:
        planned = plan(_transcript(path, chosen))
        if planned.stored is not None:
            return "kept", f"stored already as {planned.stored.slug}"
        if dry_run:
            return "planned", _described(planned)
        with transaction.atomic():
            event = apply(planned)
            if show:
                publish(event, by=None)
    except OSError as error:
        return "refused", error.strerror or "it cannot be read"
    except (FormatError, ImportRefusedError) as error:
        return "refused", str(error)
    return "stored", f"{event.slug}: {_described(planned)}"


def _transcript(path: Path, chosen: Format | None) -> Transcript:
    """As the file has it; a file without a title lends its name."""
    with path.open("rb") as file:
        source = Source.open(file, path.name, settings.PANELS_IMPORT_LIMITS)
    found = chosen.read(source) if chosen and chosen.read else read(source)
    return found if found.title.strip() else replace(found, title=path.stem)


def _described(planned: Plan) -> str:
    parts = [f"{planned.question_count} questions", f"{planned.answer_count} answers"]
    if planned.gaps:
        parts.append(f"{len(planned.gaps)} without a speaker")
    if planned.new_people:
        parts.append(f"new speakers {', '.join(person.name for person in planned.new_people)}")
    if planned.transcript.unread:
        parts.append(f"{len(planned.transcript.unread)} passages not understood")
    return ", ".join(parts)
