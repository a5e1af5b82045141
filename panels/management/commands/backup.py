"""Back up the database."""

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from panels.management.backup.errors import BackupError
from panels.management.backup.taking import take


class Command(BaseCommand):
    help = (
        "Backs up the whole database to one file while Panels is running, and checks it. If PATH is a folder, the file "
        "is named by its time. Without PATH, it is made in the folder that BACKUP_DIR names. A folder that is missing "
        "is created if PATH ends with a slash, or with --keep."
    )
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", nargs="?", metavar="PATH", help="a new file, or a folder")
        parser.add_argument(
            "--keep", type=int, default=0, metavar="N", help="in a folder, delete all but the newest N backups"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        named, keep = options["path"] or settings.BACKUP_DIR, options["keep"]
        if not named:
            raise CommandError("Name a file or a folder, or set BACKUP_DIR.")
        if keep < 0:
            raise CommandError(f"--keep is {keep}; it must be the number of backups to keep.")
        is_folder = not options["path"] or bool(keep) or str(named).endswith(("/", os.sep))
        try:
            place, taken = take(Path(named), keep=keep, is_folder=is_folder)
        except BackupError as error:
            raise CommandError(str(error)) from error
        if options["verbosity"] > 0:
            rows = sum(taken.counts.values())
            self.stdout.write(f"{place}: {rows:,} rows in {len(taken.counts)} tables, {place.stat().st_size:,} bytes")
