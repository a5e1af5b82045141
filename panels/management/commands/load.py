"""Load fixtures and transcripts alike, and say where each session is."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from panels.editorial.importing.bulk import MISSING, LoadStatus, load, unidentified
from panels.editorial.importing.sources import SourceError, found_in, read_found
from panels.management.proposing import add_apply_proposals, proposed
from panels.models import Event
from panels.transcript import Transcript


class Command(BaseCommand):
    help = (
        "Loads sessions from fixtures and from transcripts in every format that is read, and prints the address of "
        "each: the public page, or the admin page of a draft. Transcripts become drafts; what the import page of the "
        "admin would propose for them is listed. What is saved already is left as it is. For more options, see "
        "loaddata and import_sessions."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "paths", nargs="+", type=Path, metavar="FILE", help="fixture, transcript, folder or archive"
        )
        parser.add_argument(
            "--site",
            default="http://127.0.0.1:8000",
            metavar="URL",
            help="where Panels runs, for the addresses (default: %(default)s)",
        )
        parser.add_argument(
            "--encoding", default="", help="the transcripts' encoding, such as windows-1251, if it is guessed wrongly"
        )
        add_apply_proposals(parser)

    def handle(self, *_args: Any, **options: Any) -> None:
        site = options["site"].rstrip("/")
        self.missing = 0
        self.encoding: str = options["encoding"]
        self.applies: bool = options["apply_proposals"]
        for path in options["paths"]:
            if not path.exists():
                raise CommandError(f"{path}: no such file")
            slugs = _slugs_in_fixture(path)
            if slugs:
                call_command("loaddata", str(path.resolve()), verbosity=0)
                self._report([(slug, "loaded") for slug in slugs], site)
            else:
                self._load_transcripts(path, site)
        if self.missing:
            raise CommandError(f"{self.missing} not loaded")

    def _load_transcripts(self, path: Path, site: str) -> None:
        """Store what can be read as drafts."""
        self.proposed: dict[str, list[str]] = {}
        for outcome in load(self._read(path)):
            if outcome.became in MISSING:
                self._miss(outcome.name, outcome.message)
            else:
                became = "saved already" if outcome.became == LoadStatus.KEPT else "loaded"
                if outcome.left_unidentified:
                    self.stdout.write(f"{outcome.name}{unidentified(outcome.left_unidentified)}")
                self._report([(outcome.slug, became)], site)
                lines = self.proposed.pop(outcome.name, [])
                self.stdout.writelines(f"  {line}\n" for line in lines if outcome.became == LoadStatus.STORED)

    def _read(self, path: Path) -> Iterator[tuple[str, Transcript]]:
        for found in found_in([path], settings.PANELS_IMPORT_LIMITS):
            try:
                read = read_found(found.in_encoding(self.encoding))[1]
                read, self.proposed[found.name] = proposed(read, applied=self.applies)
                yield found.name, read
            except SourceError as error:
                self._miss(found.name, str(error))

    def _miss(self, name: str, why: str) -> None:
        self.missing += 1
        self.stderr.write(f"{name}: {why}")

    def _report(self, loaded: list[tuple[str, str]], site: str) -> None:
        events = {event.slug: event for event in Event.objects.filter(slug__in=[slug for slug, _became in loaded])}
        for slug, became in loaded:
            event = events[slug]
            shown = Event.objects.published().filter(pk=event.pk).exists()
            url = event.get_absolute_url() if shown else reverse("admin:panels_event_change", args=[event.pk])
            state = became if shown else f"{became} as a draft" if became == "loaded" else became
            self.stdout.write(f"“{event.title}” {state}: {site}{url}")


def _slugs_in_fixture(path: Path) -> list[str]:
    """The slugs of the events in a fixture; none for a file that is no fixture."""
    if path.suffix.lower() != ".json" or path.is_dir():
        return []
    try:
        objects = json.loads(path.read_bytes())
    except (ValueError, OSError):
        return []
    if not isinstance(objects, list):
        return []
    events = [one for one in objects if isinstance(one, dict) and one.get("model") == "panels.event"]
    return [fields["slug"] for one in events if isinstance(fields := one.get("fields"), dict) and "slug" in fields]
