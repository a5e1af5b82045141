"""Write events as files, one each."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from panels.formats.base import FormatError
from panels.formats.registry import FORMATS, format_named
from panels.models import Event
from panels.reading.export import fixture_of, transcript_of


class Command(BaseCommand):
    help = (
        "Writes events as files, one each, named by their slugs: all that are published, or those named, "
        "published or not. Exits with 1 if one could not be written."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        written = [known for known in FORMATS if known.write]
        writers = sorted({"fixture", *(name for known in written for name in (known.name, known.suffix.lstrip(".")))})
        parser.add_argument("slugs", nargs="*", metavar="SLUG", help="slugs of events (default: all published events)")
        parser.add_argument("--to", choices=writers, default="json", help="the output format (default: json)")
        parser.add_argument(
            "--output", type=Path, default=Path(), metavar="FOLDER", help="the output folder (default: current folder)"
        )
        parser.add_argument(
            "--site",
            default="",
            metavar="URL",
            help="public URL of the site, such as https://panels.example; adds its link to every file",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
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
            self.stderr.write("No events are published. Give the slugs of the events to export.")


def _chosen(slugs: list[str]) -> Any:
    """Raises CommandError for slugs of no event."""
    events = Event.objects.select_related("version")
    if not slugs:
        return events.published().order_by("slug")
    found = events.filter(slug__in=slugs).order_by("slug")
    missing = set(slugs) - set(found.values_list("slug", flat=True))
    if missing:
        raise CommandError(f"no event {', '.join(sorted(missing))}")
    return found


def _write(event: Event, name: str, folder: Path, *, site: str) -> Path:
    """Beside its place first, then moved there: a file is whole or is not."""
    if name == "fixture":
        suffix, content = ".json", fixture_of(event).encode()
    else:
        chosen = format_named(name)
        assert chosen.write is not None  # noqa: S101 - the choices are formats that can be written
        address = f"{site.rstrip('/')}{event.get_absolute_url()}" if site else ""
        made = chosen.write(transcript_of(event, address=address))
        suffix, content = chosen.suffix, made.encode() if isinstance(made, str) else made
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{event.slug}{suffix}"
    unfinished = path.with_name(f".{path.name}.part")
    unfinished.write_bytes(content)
    return unfinished.replace(path)
