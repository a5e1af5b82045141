"""What readers and writers raise."""

from __future__ import annotations

from collections.abc import Callable


class FormatError(Exception):
    """A text cannot be read: at which line, why, and what to do about it."""

    def __init__(self, reason: str, *, line: int = 1, advice: str = "") -> None:
        super().__init__(f"line {line}: {reason} {advice}".strip())
        self.reason, self.line, self.advice = reason, line, advice

    def __reduce__(self) -> tuple[Callable[..., FormatError], tuple[type[FormatError], str, int, str]]:
        """Keep what was said when the error comes from another process."""
        return _made_again, (type(self), self.reason, self.line, self.advice)


class LimitError(FormatError):
    """A text is larger than may be read, or reading it takes longer than it may."""


def _made_again(kind: type[FormatError], reason: str, line: int, advice: str) -> FormatError:
    return kind(reason, line=line, advice=advice)
