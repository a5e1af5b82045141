"""A zip archive whose comment, its last bytes, is the SHA-256 of everything before it.

So any program can open a backup, and no byte of it can change unseen. To check one without Panels:
`head -c -64 BACKUP | sha256sum` gives the 64 characters at its end.
"""

import hashlib
import os
import shutil
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

from panels.management.backup.errors import BackupError

_NAME = b"sha256:"
_DIGITS = 64
_PIECE = 1024 * 1024


def write(path: Path, members: Mapping[str, Path | bytes]) -> None:
    """Write the archive under a temporary name, then move it to its place, so that a backup is complete or missing."""
    unfinished = path.with_name(f".{path.name}.part")
    try:
        descriptor = os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)  # it holds drafts and passwords
        with os.fdopen(descriptor, "w+b") as file:
            _fill(file, members)
            _seal(file)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _fill(file: BinaryIO, members: Mapping[str, Path | bytes]) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in members.items():
            if isinstance(content, bytes):
                archive.writestr(name, content)
            else:
                archive.write(content, name)
        archive.comment = _NAME + b"0" * _DIGITS


def _seal(file: BinaryIO) -> None:
    digest = _digest_before_end(file)
    file.seek(-_DIGITS, os.SEEK_END)
    file.write(digest)


def _digest_before_end(file: BinaryIO) -> bytes:
    """Of all but the last 64 bytes."""
    left = file.seek(0, os.SEEK_END) - _DIGITS
    file.seek(0)
    digest = hashlib.sha256()
    while left > 0 and (piece := file.read(min(left, _PIECE))):
        digest.update(piece)
        left -= len(piece)
    return digest.hexdigest().encode()


def check(path: Path) -> None:
    """Raises `BackupError` unless the file is as it was written, byte by byte."""
    try:
        with path.open("rb") as file:
            expected = _digest_before_end(file)
            file.seek(max(0, file.seek(0, os.SEEK_END) - _DIGITS - len(_NAME)))
            end = file.read()
    except OSError as error:
        raise BackupError(f"{path} cannot be read: {error.strerror}.") from error
    if end != _NAME + expected:
        raise BackupError(
            f"{path} is damaged, incomplete or not a backup: its checksum does not match. Use another one."
        )


def extract(path: Path, name: str, place: Path) -> None:
    """Write one member of a checked archive to a file that only its owner can read."""
    descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with zipfile.ZipFile(path) as archive, archive.open(name) as member, os.fdopen(descriptor, "wb") as file:
        shutil.copyfileobj(member, file, _PIECE)


def read(path: Path, name: str) -> bytes:
    """One member of a checked archive."""
    with zipfile.ZipFile(path) as archive:
        return archive.read(name)


def digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
