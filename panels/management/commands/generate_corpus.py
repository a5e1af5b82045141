"""Fill the database with made-up sessions, to measure with."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from panels.editorial.importing.bulk import MISSING, load
from panels.management.generated_sessions import ANSWERS, SLUG, sessions
from panels.management.progress import Progress
from panels.models import Event


class Command(BaseCommand):
    help = (
        "Fills the database with made-up sessions in English and Chinese, the same ones each time, to measure how "
        "Panels behaves with many answers. They are published unless --draft is given. Run it again with a larger "
        "number to add the difference."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--answers", type=_positive, required=True, metavar="N", help="number of answers in all")
        parser.add_argument("--draft", action="store_true", help="leave the sessions unpublished")

    def handle(self, *_args: Any, **options: Any) -> None:
        stored = Event.objects.filter(slug__startswith=SLUG).count()
        total = -(-options["answers"] // ANSWERS)
        progress = Progress(self.stderr, max(total - stored, 0))  # type: ignore[arg-type] # wraps a stream
        made = ((one.slug, one) for one in sessions(options["answers"], first=stored))
        for result in load(made, publish=not options["draft"]):
            if result.became in MISSING:
                raise CommandError(f"{result.name}: {result.message}")
            progress.step(result.name)
        progress.clear()
        with connection.cursor() as cursor:  # so that the database plans queries for what it holds now
            cursor.execute("ANALYZE")
        if options["verbosity"] > 0:
            self.stdout.write(f"{progress.done:,} sessions generated, {stored:,} were there already")


def _positive(written: str) -> int:
    number = int(written)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number
