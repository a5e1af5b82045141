"""Anchors of new passages: one more than the highest number ever used, so that none is reused."""

from collections.abc import Iterable


class Numbering:
    """Gives new anchors within one event.

    `given` are all anchors that the event has or ever had: live, deleted, and those in the text being saved.
    """

    def __init__(self, given: Iterable[str] = ()) -> None:
        self._highest: dict[str, int] = {}
        for anchor in given:
            prefix = anchor.rstrip("0123456789")
            digits = anchor[len(prefix) :]
            if digits.isascii() and digits:
                self._highest[prefix] = max(self._highest.get(prefix, 0), int(digits))

    def question(self) -> str:
        return self.next("q")

    def answer(self, question: str) -> str:
        """The anchor of a new answer to the question with the anchor `question`."""
        return self.next(f"{question}-a")

    def next(self, prefix: str) -> str:
        number = self._highest.get(prefix, 0) + 1
        self._highest[prefix] = number
        return f"{prefix}{number}"
