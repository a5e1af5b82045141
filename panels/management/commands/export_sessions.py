"""Write events as files, one each."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from panels.formats.base import FormatError
from panels.formats.registry import FORMATS, format_named
from panels.models import Event
from panels.reading.export import fixture_of, transcript_of


class Command(BaseCommand):
    help = (
        "Writes sessions as files, one each, named by their slugs: all that are published, or those named, "
        "published or not. Exits with 1 if one could not be written."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        written = [known for known in FORMATS if known.write]
        writers = sorted({"fixture", *(name for known in written for name in (known.name, known.suffix.lstrip(".")))})
        parser.add_argument(
            "slugs", nargs="*", metavar="SLUG", help="slugs of sessions (default: all published sessions)"
        )
        parser.add_argument("--to", choices=writers, default="json", help="the output format (default: json)")
        parser.add_argument(
            "--output", type=Path, default=Path(), metavar="FOLDER", help="the output folder (default: current folder)"
        )
        parser.add_argument(
            "--lines",
            type=Path,
            metavar="FILE",
            help="write all sessions into one file, a JSON archive on each line (JSON Lines); import_sessions reads it",
        )
        parser.add_argument(
            "--site",
            default=settings.SITE_URL,
            metavar="URL",
            help="public URL of the site, whose links are added to every file (default: SITE_URL)",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["lines"]:
            count = _write_lines(_chosen(options["slugs"]), options["lines"], site=options["site"])
            self.stdout.write(f"{options['lines']}: {count} sessions")
            return
        folder: Path = options["output"]
        written, failed = 0, 0
        for event in _chosen(options["slugs"]).iterator():
            try:
                path = _write(event, options["to"], folder, site=options["site"])
            except (FormatError, OSError) as error:
                failed += 1
                self.stderr.write(f"{event.slug}: {error}")
            else:
                written += 1
                if options["verbosity"] > 0:
                    self.stdout.write(str(path))
        if failed:
            raise CommandError(f"{written} written, {failed} not")
        if not written:
            self.stderr.write("No sessions are published. Give the slugs of the sessions to export.")


def _chosen(slugs: list[str]) -> Any:
    """Raises CommandError for slugs of no event."""
    events = Event.objects.select_related("version")
    if not slugs:
        return events.published().order_by("slug")
    found = events.filter(slug__in=slugs).order_by("slug")
    missing = set(slugs) - set(found.values_list("slug", flat=True))
    if missing:
        raise CommandError(f"no session {', '.join(sorted(missing))}")
    return found


def _write(event: Event, name: str, folder: Path, *, site: str) -> Path:
    """Beside its place first, then moved there: a file is whole or is not."""
    if name == "fixture":
        suffix, content = ".json", fixture_of(event).encode()
    else:
        chosen = format_named(name)
        assert chosen.write is not None  # noqa: S101 - the choices are formats that can be written
        made = chosen.write(transcript_of(event, address=_address(event, site)))
        suffix, content = chosen.suffix, made.encode() if isinstance(made, str) else made
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{event.slug}{suffix}"
    unfinished = path.with_name(f".{path.name}.part")
    unfinished.write_bytes(content)
    return unfinished.replace(path)


def _write_lines(events: Any, path: Path, *, site: str) -> int:
    """How many. Beside its place first, as above. Raises CommandError where it cannot be written."""
    unfinished = path.with_name(f".{path.name}.part")
    write, count = format_named("json").write, 0
    assert write is not None  # noqa: S101 - it can be written
    try:
        with unfinished.open("w", encoding="utf-8") as file:
            for event in events.iterator():
                archive = json.loads(write(transcript_of(event, address=_address(event, site))))
                file.write(json.dumps(archive, ensure_ascii=False, separators=(",", ":")) + "\n")
                count += 1
        unfinished.replace(path)
    except OSError as error:
        raise CommandError(f"{path} cannot be written: {error.strerror}") from error
    finally:
        unfinished.unlink(missing_ok=True)
    return count


def _address(event: Event, site: str) -> str:
    return f"{site.rstrip('/')}{event.get_absolute_url()}" if site else ""
