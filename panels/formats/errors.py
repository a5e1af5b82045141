"""The errors of readers and writers."""

from __future__ import annotations

from collections.abc import Callable


class FormatError(Exception):
    """A text cannot be read: the line, the reason, and advice. No line if the reason is about the whole file."""

    def __init__(self, reason: str, *, line: int | None = None, advice: str = "") -> None:
        super().__init__(f"{f'line {line}: ' if line else ''}{reason} {advice}".strip())
        self.reason, self.line, self.advice = reason, line, advice

    def __reduce__(self) -> tuple[Callable[..., FormatError], tuple[type[FormatError], str, int | None, str]]:
        """Keep the fields when the error comes from another process."""
        return _made_again, (type(self), self.reason, self.line, self.advice)


class LimitError(FormatError):
    """A text is larger than the limits allow, or takes too long to read."""


def _made_again(kind: type[FormatError], reason: str, line: int | None, advice: str) -> FormatError:
    return kind(reason, line=line, advice=advice)
