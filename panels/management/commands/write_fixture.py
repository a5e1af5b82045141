"""Write one event back as a fixture."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from panels.models import Event
from panels.reading.export import fixture_of


class Command(BaseCommand):
    help = (
        "Writes one session with all that belongs to it as a fixture for `loaddata`, "
        "published or not. Loading it again changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="slug of the session, as in its URL")
        parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="output file (default: standard output)")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            event = Event.objects.get(slug=options["slug"])
        except Event.DoesNotExist:
            raise CommandError(f"no session {options['slug']!r}; see the list of sessions in the admin") from None
        written = fixture_of(event)
        output: Path | None = options["output"]
        if output is None:
            sys.stdout.write(written)
            return
        try:
            output.write_text(written, encoding="utf-8")
        except OSError as error:
            raise CommandError(f"{output}: {error.strerror}") from error
        self.stderr.write(f"Wrote {output}")
