"""What every format shares."""

from __future__ import annotations


class FormatError(Exception):
    """A text cannot be read: at which line, why, and what to do about it."""

    def __init__(self, reason: str, *, line: int = 1, advice: str = "") -> None:
        super().__init__(f"line {line}: {reason} {advice}".strip())
        self.reason, self.line, self.advice = reason, line, advice
