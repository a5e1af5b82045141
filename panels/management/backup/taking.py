"""Take a backup."""

import datetime as dt
import tempfile
from pathlib import Path

from django.db import connection

from panels.management.backup import archive, manifest, postgresql, sqlite
from panels.management.backup.errors import BackupError
from panels.management.backup.manifest import Manifest
from panels.operation.backups import SUFFIX, name_at


def take(path: Path, *, keep: int = 0) -> tuple[Path, Manifest]:
    """Back up the database to `path`; if that is a folder, to a file in it named after the time.

    In a folder, only the newest `keep` backups are kept. The file is read again and verified. Raises `BackupError`, and
    leaves no file behind then.
    """
    now = dt.datetime.now(dt.UTC)
    place = path / name_at(now) if path.is_dir() else path
    if place.exists():
        raise BackupError(f"{place} is there already. Name another file, or a folder.")
    try:
        with tempfile.TemporaryDirectory(prefix=".panels-backup-", dir=place.parent) as folder:
            taken = _take(place, Path(folder), now)
    except OSError as error:
        raise BackupError(f"{place} cannot be written: {error.strerror}.") from error
    archive.check(place)
    if keep and path.is_dir():
        for old in sorted(path.glob(f"*{SUFFIX}"))[:-keep]:
            old.unlink()
    return place, taken


def _take(place: Path, folder: Path, now: dt.datetime) -> Manifest:
    database = sqlite if connection.vendor == "sqlite" else postgresql
    copy = folder / database.MEMBER
    migrations, counts = database.copy_out(copy)
    taken = Manifest(
        made_at=f"{now:%Y-%m-%dT%H:%M:%SZ}",
        engine=connection.vendor,
        member=database.MEMBER,
        sha256=archive.digest_of(copy),
        migrations=migrations,
        counts=counts,
    )
    archive.write(place, {manifest.NAME: taken.written(), database.MEMBER: copy})
    return taken
