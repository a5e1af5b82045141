"""Whether transcripts survive being written and read again: `python -m tests.roundtrips PATH…`.

Reads every file at the paths (folders with all that is in them), writes what was read in every format that can be
written, reads that back, and compares it with what the format says it holds. Says which field differs, and exits
with 1 if one does.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

from panels.formats.base import Format, FormatError, Source
from panels.formats.lossiness import without_lines
from panels.formats.registry import FORMATS, read
from panels.transcript import Transcript

BOTH_WAYS = tuple(known for known in FORMATS if known.read and known.write)
_SHOWN = 160  # characters of a value


def gives_back(known: Format, transcript: Transcript) -> list[str] | None:
    """What differs after a format was written and read; None where it can hold nothing of this transcript.

    Lines are those of the file that was read last, and are compared only where the format holds them.
    """
    assert known.write
    assert known.read
    assert known.preserved
    try:
        written = known.write(transcript)
    except FormatError:
        if known.needs_times:
            return None
        raise
    again = known.read(Source(written.encode() if isinstance(written, str) else written))
    return list(differences(known.preserved(transcript), again if known.is_record else without_lines(again)))


def differences(before: Any, after: Any, path: str = "") -> Iterator[str]:
    """The fields in which two transcripts differ, each with both values."""
    if is_dataclass(before) and type(before) is type(after):
        for field in fields(before):
            yield from differences(getattr(before, field.name), getattr(after, field.name), f"{path}.{field.name}")
    elif isinstance(before, tuple) and isinstance(after, tuple) and len(before) == len(after):
        for index, (one, other) in enumerate(zip(before, after, strict=True)):
            yield from differences(one, other, f"{path}[{index}]")
    elif before != after:
        yield f"{path.lstrip('.')}: {_shown(before)} became {_shown(after)}"


def _shown(value: Any) -> str:
    shown = f"{len(value)} of them" if isinstance(value, tuple) else repr(value)
    return shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…"


def files_at(paths: Iterable[Path]) -> Iterator[Path]:
    """The files at the paths, those of folders in order."""
    for path in paths:
        yield from sorted(inner for inner in path.rglob("*") if inner.is_file()) if path.is_dir() else [path]


def main(arguments: Sequence[str] | None = None) -> int:
    """Check, report, and say whether all is well: 0 or 1."""
    parser = argparse.ArgumentParser(prog="python -m tests.roundtrips", description="Check round trips of transcripts.")
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    parser.add_argument("--exclude", action="append", default=[], metavar="GLOB", help="names of files to pass over")
    chosen = parser.parse_args(arguments)
    counts: Counter[str] = Counter()
    for path in files_at(chosen.paths):
        if any(path.match(pattern) for pattern in chosen.exclude):
            continue
        try:
            transcript = read(Source(path.read_bytes(), path.name))
        except FormatError as error:
            counts["not read"] += 1
            sys.stdout.write(f"{path}: not read: {error}\n")
            continue
        counts["read"] += 1
        for known in BOTH_WAYS:
            found = gives_back(known, transcript)
            counts["not held" if found is None else "different" if found else "the same"] += 1
            for difference in found or ():
                sys.stdout.write(f"{path}: {known.name}: {difference}\n")
    sys.stdout.write(
        f"{counts['read']} files read, {counts['not read']} not; {counts['the same']} round trips, "
        f"{counts['different']} with a difference, {counts['not held']} not to be had (captions without times)\n"
    )
    return 1 if counts["different"] or not counts["read"] else 0


if __name__ == "__main__":
    sys.exit(main())
