"""Group turns under their questions, for readers of structured formats.

The rule: a heading opens an exchange and is nobody's turn; so does a turn that the source marks as a question.
Everything else answers the latest question. Words before the first question answer None.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from panels.formats.limits import check_time
from panels.transcript import Exchange, Turn


@dataclass
class _OpenExchange:
    question: Turn | None
    answers: list[Turn] = field(default_factory=list)
    follow_up: bool = False


@dataclass
class Outline:
    """Collects the contents of a source, in order."""

    opened: list[_OpenExchange] = field(default_factory=list)

    def heading(self, text: str, *, line: int | None = None) -> None:
        """Open an exchange under a heading."""
        self.question(Turn(text=text, line=line))

    def question(self, turn: Turn | None) -> None:
        """Open an exchange with a question, or without one."""
        check_time()
        self.opened.append(_OpenExchange(turn))

    def follow_up(self) -> None:
        """Mark the latest question as a follow-up to the previous one."""
        self.opened[-1].follow_up = True

    def answer(self, turn: Turn) -> None:
        """Add an answer to the open exchange."""
        check_time()
        if not self.opened:
            self.question(None)
        self.opened[-1].answers.append(turn)

    @property
    def waits(self) -> bool:
        """Whether a heading was opened last, without a turn under it yet."""
        last = self.opened[-1] if self.opened else None
        return bool(last and last.question and not last.question.label and not last.answers)

    @property
    def empty(self) -> bool:
        """Whether there is no turn yet."""
        return not any(opened.answers or (opened.question and opened.question.label) for opened in self.opened)

    def exchanges(self) -> tuple[Exchange, ...]:
        """The collected exchanges."""
        return tuple(
            Exchange(question=opened.question, answers=tuple(opened.answers), follow_up=opened.follow_up)
            for opened in self.opened
        )
