"""Where backups lie, and how old the newest is. `panels.management.backup` makes them."""

import datetime as dt
import re
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

SUFFIX = ".panels-backup.zip"
_TIME = "%Y-%m-%dT%H%M%SZ"
_NAMED = re.compile(rf"(\d{{4}}-\d\d-\d\dT\d{{6}}Z){re.escape(SUFFIX)}")


@dataclass(frozen=True, slots=True)
class Backup:
    path: Path
    made_at: dt.datetime


def name_at(moment: dt.datetime) -> str:
    """The name of a backup that is made at a time in UTC."""
    return f"{moment:{_TIME}}{SUFFIX}"


def newest_backup() -> Backup | None:
    """The newest in the folder `BACKUP_DIR`, by name. None if there is none, no such folder, or it cannot be read."""
    if not settings.BACKUP_DIR:
        return None
    try:
        names = [path for path in Path(settings.BACKUP_DIR).iterdir() if _NAMED.fullmatch(path.name)]
    except OSError:
        return None
    if not names:
        return None
    newest = max(names, key=lambda path: path.name)
    made_at = dt.datetime.strptime(newest.name.removesuffix(SUFFIX), _TIME).replace(tzinfo=dt.UTC)
    return Backup(newest, made_at)
