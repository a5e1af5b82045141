"""A line on a terminal that says how far long work has come; silent where nobody looks."""

import time
from typing import TextIO

_EVERY = 0.1  # seconds


class Progress:
    """Counts what is done, with `note` beside it. `total` is None where it is not known beforehand."""

    def __init__(self, stream: TextIO, total: int | None = None) -> None:
        self.stream, self.total = stream, total
        self.shown = stream.isatty()
        self.done, self.begun, self.last = 0, time.monotonic(), 0.0

    def step(self, note: str) -> None:
        self.done += 1
        now = time.monotonic()
        if self.shown and now - self.last >= _EVERY:
            self.last = now
            of = f" of {self.total:,}" if self.total else ""
            self._write(f"{self.done:,}{of} in {now - self.begun:.0f} s, {note}")

    def clear(self) -> None:
        """Make room for other lines."""
        if self.shown:
            self._write("")

    def _write(self, line: str) -> None:
        self.stream.write(f"\r\x1b[K{line[:110]}")
        self.stream.flush()
