"""`python -m tests.torture [--count N] [--seed N] [--jobs N]`: break files, and read them in every format."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.torture.trial import Failure, Torture, failures_of
from tests.torture.workers import Tried, tried


@dataclass
class Report:
    """What was found so far."""

    torture: Torture
    folder: Path
    failures: list[Failure] = field(default_factory=list)
    slowest: Tried | None = None
    peak: Tried | None = None

    def add(self, result: Tried) -> None:
        """Take in what became of a file; one that failed is saved."""
        if self.slowest is None or result.seconds > self.slowest.seconds:
            self.slowest = result
        if self.peak is None or result.peak > self.peak.peak:
            self.peak = result
        for failure in result.failures:
            self.failures.append(failure)
            sys.stdout.write(f"\nfile {failure.number}, {failure.reader}: {failure.what}\n")
        if result.failures:
            self.folder.mkdir(parents=True, exist_ok=True)
            saved = self.folder / f"{self.torture.seed}-{result.number}"
            saved.write_bytes(self.torture.file(result.number))
            sys.stdout.write(f"again: python -m tests.torture --file {saved}\n")

    def __str__(self) -> str:
        failed = len({failure.number for failure in self.failures})
        lines = [f"{failed} files failed (seed {self.torture.seed})"]
        if self.slowest and self.peak:
            lines.append(f"slowest: file {self.slowest.number}, {self.slowest.seconds:.2f} s in all readers together")
            lines.append(f"most memory: {self.peak.peak:.0f} MB, reached at file {self.peak.number}")
        return "\n".join(lines)


def main(arguments: list[str] | None = None) -> int:
    """Try files, or one that was saved; 1 if one fails."""
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description=main.__doc__)
    parser.add_argument("--count", type=int, default=20_000, help="how many files (default: 20,000)")
    parser.add_argument("--first", type=int, default=0, metavar="N", help="the number of the first (default: 0)")
    parser.add_argument("--seed", type=int, default=1, help="another seed makes other files (default: 1)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes (default: one a processor)")
    parser.add_argument("--save", type=Path, default=Path(tempfile.gettempdir()) / "panels-torture", metavar="FOLDER")
    parser.add_argument("--file", type=Path, help="try this file, and no other")
    options = parser.parse_args(arguments)
    if options.file:
        return _one(options.file)
    report = Report(Torture(options.seed), options.save)
    began, count = time.monotonic(), 0
    for count, result in enumerate(
        tried(report.torture, range(options.first, options.first + options.count), options.jobs), start=1
    ):
        report.add(result)
        if count % 50 == 0 or count == options.count:
            sys.stdout.write(f"\r{count:,} of {options.count:,} files, {len(report.failures)} faults")
            sys.stdout.flush()
    sys.stdout.write(f"\n{report}\n{count:,} files in {time.monotonic() - began:.0f} seconds\n")
    return 1 if report.failures else 0


def _one(path: Path) -> int:
    found = list(failures_of(path.read_bytes()))
    for failure in found:
        sys.stdout.write(f"{failure.reader}: {failure.what}\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
