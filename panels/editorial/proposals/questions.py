"""Find questions between the answers of an article that lost its headings when it was copied as plain text.

Each is a paragraph of its own, and would be read as the end of the introduction or of an answer.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from panels.editorial.proposals.moderator import has_no_questions, is_asking
from panels.editorial.proposals.passages import INTRODUCTION, TextPassage, text_passages
from panels.transcript import Exchange, Transcript, Turn

_SIGNS = " \t*_#>"
_LONGEST = 300  # characters
_SEVERAL = 2  # speakers whose answers end with such a line


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """A line that may be a question of the session; `place` is the passage that ends with it."""

    line: str
    place: str


def question_lines(transcript: Transcript, dismissed: Collection[str] = ()) -> tuple[QuestionLine, ...]:
    """The lines that may be questions, each once, without those `dismissed`; none if the text has questions.

    An answer may end with a question of its own. So lines are proposed only if one is before the first answer, or if
    answers of several speakers end with one.
    """
    if not has_no_questions(transcript):
        return ()
    *passages, _last = text_passages(transcript)  # after the last answer nothing is asked
    ending = [(passage, line) for passage in passages if (line := _line_at_end(passage))]
    is_pattern = len({passage.voice for passage, _line in ending}) >= _SEVERAL
    if not is_pattern and not any(passage.place == INTRODUCTION for passage, _line in ending):
        return ()
    found: dict[str, QuestionLine] = {}
    for passage, line in ending:
        if line not in dismissed:
            found.setdefault(line, QuestionLine(line, passage.place))
    return tuple(found.values())


def with_questions(transcript: Transcript, lines: Collection[str]) -> Transcript:
    """The transcript with some lines turned into questions, wherever they end the introduction or an answer."""
    introduction, question = _parted(transcript.introduction, lines)
    exchanges = [part for one in transcript.exchanges for part in _opened(one, lines)]
    if question and exchanges and exchanges[0].question is None:
        exchanges[0] = replace(exchanges[0], question=Turn(text=question, line=1))
    elif question:
        exchanges.insert(0, Exchange(question=Turn(text=question, line=1)))
    return replace(transcript, introduction=introduction, exchanges=tuple(exchanges))


def _opened(exchange: Exchange, lines: Collection[str]) -> Iterator[Exchange]:
    """An exchange, followed by those that begin with the questions at the end of its answers."""
    current = replace(exchange, answers=())
    for turn in exchange.answers:
        text, question = _parted(turn.text, lines)
        if text:
            current = replace(current, answers=(*current.answers, replace(turn, text=text)))
        if not question:
            continue
        if current.question is not None or current.answers:
            yield current
        current = Exchange(question=Turn(text=question, line=turn.line))
    if current.question is not None or current.answers:
        yield current


def _parted(text: str, lines: Collection[str]) -> tuple[str, str]:
    """A text without its last paragraph, and that paragraph as a question, if it is one of the lines."""
    before, _blank, last = text.rpartition("\n\n")
    question = last.strip(_SIGNS)
    return (before.rstrip(), question) if question and question in lines else (text, "")


def _line_at_end(passage: TextPassage) -> str:
    """The question in the last paragraph of a passage; empty if the passage has no other text."""
    before, _blank, last = passage.text.rpartition("\n\n")
    line = last.strip(_SIGNS)
    by_itself = bool(before) or not passage.is_attributed
    is_one_line = "\n" not in last.strip() and len(line) <= _LONGEST
    return line if by_itself and is_one_line and line.endswith(("?", "？")) and is_asking(line) else ""
