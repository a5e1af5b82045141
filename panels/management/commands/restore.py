"""Restore a backup."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from panels.management.backup.errors import BackupError
from panels.management.backup.restoring import restore


class Command(BaseCommand):
    help = (
        "Restores a backup into the database that DATABASE_URL names, which must be empty. A damaged one is refused. "
        "If the backup is of an earlier version, run migrate afterwards."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, metavar="PATH", help="a backup")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            taken = restore(options["path"])
        except BackupError as error:
            raise CommandError(str(error)) from error
        if options["verbosity"] > 0:
            rows = sum(taken.counts.values())
            self.stdout.write(f"Restored {rows:,} rows in {len(taken.counts)} tables, backed up at {taken.made_at}.")
