"""Find transcripts in files, folders, archives and JSON Lines files, one at a time.

Nothing is unpacked to disk, and no more of an archive member is read than a transcript may have, so that malicious
names and sizes are harmless.
"""

import sys
import tarfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO

from panels.formats.base import Format, FormatError, Limits, Source
from panels.formats.native import json_archive
from panels.formats.registry import read_as
from panels.transcript import Transcript

_GZIP, _ZIP, _TAR = b"\x1f\x8b", b"PK\x03\x04", b"ustar"
_TAR_AT = 257  # where a tar file says that it is one
_ENCRYPTED = 1
_DOCUMENTS = frozenset(("[Content_Types].xml", "mimetype"))  # of which every Word or OpenDocument file has one
_BROKEN = (zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, NotImplementedError)


@dataclass(frozen=True, slots=True)
class FoundSource:
    """A transcript to be read, with a name for people and its format if that is fixed; or why it cannot be read."""

    name: str
    source: Source | None
    fault: str = ""
    format: Format | None = None

    def in_encoding(self, encoding: str) -> "FoundSource":
        """The source in the given encoding; unchanged if none is given."""
        if not encoding or self.source is None:
            return self
        return replace(self, source=replace(self.source, encoding=encoding))


class SourceError(Exception):
    """A source cannot be read. The message says why, for people."""


def read_found(found: FoundSource, chosen: Format | None = None) -> tuple[Format, Transcript]:
    """Read a source in the chosen format, its own format, or the one that is recognised.

    A file without a title is named after the file. Raises SourceError.
    """
    if found.source is None:
        raise SourceError(found.fault)
    settled = chosen or found.format
    try:
        known, read = (settled, settled.read(found.source)) if settled and settled.read else read_as(found.source)
    except FormatError as error:
        raise SourceError(str(error)) from error
    return known, read if read.title.strip() else replace(read, title=PurePosixPath(found.name).stem)


def found_in(paths: Iterable[Path], limits: Limits) -> Iterator[FoundSource]:
    """All transcripts at the paths, in order; `-` is standard input. Hidden files are skipped."""
    for path in paths:
        if path.is_dir():
            for inner in sorted(path.rglob("*")):
                if inner.is_file() and not _is_hidden(inner.relative_to(path).as_posix()):
                    yield from _in_file(inner, limits)
        else:
            yield from _in_file(path, limits)


def _in_file(path: Path, limits: Limits) -> Iterator[FoundSource]:
    name = str(path)
    try:
        if name == "-":
            yield FoundSource(name, Source.open(sys.stdin.buffer, "", limits))
            return
        with path.open("rb") as file:
            if path.suffix.lower() == ".jsonl":
                yield from _in_lines(file, name, limits)
            elif _is_zip(file):
                yield from _in_zip(file, name, limits)
            elif _is_tar(file):
                yield from _in_tar(file, name, limits)
            else:
                yield FoundSource(name, Source.open(file, path.name, limits))
    except FormatError as error:
        yield FoundSource(name, None, str(error))
    except _BROKEN as error:
        yield FoundSource(name, None, f"the archive is damaged: {error}")
    except OSError as error:
        yield FoundSource(name, None, error.strerror or "it cannot be read")


def _is_zip(file: BinaryIO) -> bool:
    """Whether it is an archive of files, not an Office document, which is a zip file as well."""
    if file.read(len(_ZIP)) != _ZIP:
        file.seek(0)
        return False
    try:
        with zipfile.ZipFile(file) as archive:
            return _DOCUMENTS.isdisjoint(archive.NameToInfo)
    except zipfile.BadZipFile:
        return False  # the reader of documents reports what is wrong with it
    finally:
        file.seek(0)


def _is_tar(file: BinaryIO) -> bool:
    head = file.read(_TAR_AT + len(_TAR))
    file.seek(0)
    return head.startswith(_GZIP) or head[_TAR_AT:] == _TAR


def _in_lines(file: BinaryIO, name: str, limits: Limits) -> Iterator[FoundSource]:
    """JSON Lines: one transcript a line."""
    number = 0
    while line := file.readline(limits.most_bytes + 1):
        number += 1
        if len(line) > limits.most_bytes:
            yield FoundSource(f"{name}:{number}", None, f"the line has more than {limits.most_bytes:,} bytes")
            return
        if line.strip():
            yield FoundSource(f"{name}:{number}", Source(line, limits=limits), format=json_archive.FORMAT)


def _in_zip(file: BinaryIO, name: str, limits: Limits) -> Iterator[FoundSource]:
    with zipfile.ZipFile(file) as archive:
        for info in sorted(archive.infolist(), key=lambda one: one.filename):
            if info.is_dir() or _is_hidden(info.filename):
                continue
            if info.flag_bits & _ENCRYPTED:
                yield FoundSource(f"{name}/{info.filename}", None, "it is encrypted; unpack it first")
            else:
                yield _member(archive.open(info), f"{name}/{info.filename}", limits)


def _in_tar(file: BinaryIO, name: str, limits: Limits) -> Iterator[FoundSource]:
    with tarfile.open(fileobj=file, mode="r|*") as archive:
        for info in archive:
            opened = archive.extractfile(info) if info.isfile() and not _is_hidden(info.name) else None
            if opened is not None:
                yield _member(opened, f"{name}/{info.name}", limits)


def _member(opened: IO[bytes], name: str, limits: Limits) -> FoundSource:
    with opened:
        try:
            return FoundSource(name, Source.open(opened, PurePosixPath(name).name, limits))
        except (FormatError, *_BROKEN) as error:
            return FoundSource(name, None, str(error))


def _is_hidden(path: str) -> bool:
    return any(part.startswith(".") and part != ".." for part in PurePosixPath(path).parts)
