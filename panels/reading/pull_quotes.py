"""The words of a session that editors chose for the home page, and the passages in which they stand.

Only the words are stored. Whoever speaks them is looked up each time, so that a pull quote never has another speaker
than the transcript, and is not shown if the passage no longer says so.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from panels.models import Answer, Event, Panelist, Question, Speaker
from panels.reading.quote_checker.matching import match
from panels.reading.quote_checker.quotation import read_quotation
from panels.transcript.text import excerpt_of

_LONGEST = 220
_WORD = re.compile(r"[^\W_]+")
# What ends the last sentence, which quotations are compared without.
_STOP = re.compile(r"(?<=\w)[.!?。！？…]?\s*\Z|\Z")


@dataclass(frozen=True, slots=True)
class PullQuote:
    """Words of a question or an answer, as the transcript has them, and who speaks there."""

    words: str
    passage: Question | Answer
    panelist: Panelist | None = None

    @property
    def speaker(self) -> Speaker | None:
        return self.passage.asked_by if isinstance(self.passage, Question) else self.passage.speaker

    @property
    def is_question(self) -> bool:
        return isinstance(self.passage, Question)


def pull_quote_of(event: Event) -> PullQuote | None:
    """The pull quote of an event; None if none was chosen, or if it is not in the transcript."""
    found = next(passages_with(event, event.pull_quote), None)
    if found is None:
        return None
    return PullQuote(found.words, found.passage, _panelist(event, found.passage))


def first_question_of(event: Event) -> PullQuote | None:
    """The beginning of the first question, to introduce an event for which no words were chosen; None without any."""
    question = event.questions.exclude(text="").select_related("event", "asked_by").order_by("number").first()
    if question is None:
        return None
    return PullQuote(excerpt_of(question.text, length=_LONGEST), question, _panelist(event, question))


def _panelist(event: Event, passage: Question | Answer) -> Panelist | None:
    speaker = passage.asked_by_id if isinstance(passage, Question) else passage.speaker_id
    return next((one for one in event.panelists.all() if one.speaker_id == speaker), None)


def passages_with(event: Event, words: str) -> Iterator[PullQuote]:
    """The passages of an event that contain these words, answers first. Typography may differ."""
    longest = max(_WORD.findall(words), key=len, default="")
    if not longest or event.pk is None:
        return
    quotation = read_quotation(words)
    answers = event.answers.filter(text__contains=longest).select_related("event", "speaker")
    questions = event.questions.filter(text__contains=longest).select_related("event", "asked_by")
    for passage in (*answers.order_by("question__number", "position"), *questions.order_by("number")):
        found = match(quotation, passage.text)
        if found and found.is_exact:
            yield PullQuote(f"{found.passage}{_STOP.search(words)[0]}", passage)  # type: ignore[index] # may be empty
