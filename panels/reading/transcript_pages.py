"""A transcript's page: with some speakers or all, and in parts for long sessions, so that pages have a bounded size.

A part is never cited. Citations use anchors, and every page says which part has which anchor.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from urllib.parse import urlencode

from panels.models import Speaker
from panels.reading.sessions import AnswerView, QuestionView, Session

# Approximate HTML bytes: the questions and answers on one page, those in one part of several, the markup around each.
# With the rest of the page, this fits into 300,000 bytes, and into little more if there are no speakers to list.
WHOLE = 240_000
LARGEST = 190_000
_OF_QUESTION = 1_400
_OF_ANSWER = 720
_OF_TAG = 90
_OF_NOTE = 300

# A conversation without questions has about this many entries in its contents.
_ENTRIES = 12

# Up to this many anchors of other parts are listed individually; for longer sessions only questions, then only parts.
_LISTED = 1_500


@dataclass(frozen=True, slots=True)
class TranscriptPage:
    """Some of a session's questions; `number` counts from 1. A question may begin in the previous part."""

    number: int
    questions: tuple[QuestionView, ...]

    @property
    def first(self) -> int:
        return self.questions[0].question.number if self.questions else 0

    @property
    def last(self) -> int:
        return self.questions[-1].question.number if self.questions else 0

    @property
    def landmarks(self) -> tuple[AnswerView, ...]:
        """Evenly spaced passages for the contents of a conversation without questions."""
        answers = [answer_view for question_view in self.questions for answer_view in question_view.answers]
        step = sum(len(answer_view.answer.text) for answer_view in answers) / _ENTRIES
        found: list[AnswerView] = []
        read = 0
        for answer_view in answers:
            if read >= step * len(found):
                found.append(answer_view)
            read += len(answer_view.answer.text)
        return tuple(found)

    @property
    def anchors(self) -> Iterator[str]:
        """The anchors of all questions that begin here and of all answers, in reading order."""
        for question_view in self.questions:
            if not question_view.is_continued:
                yield question_view.question.anchor
            yield from (answer_view.answer.anchor for answer_view in question_view.answers)


@dataclass(frozen=True)
class TranscriptView:
    """One page of a session: one of its parts, with the answers of the `chosen` speakers, or all if that is empty."""

    session: Session
    chosen: tuple[Speaker, ...]
    parts: tuple[TranscriptPage, ...]
    part: TranscriptPage
    _numbers: dict[str, int] = field(repr=False)

    @cached_property
    def here(self) -> Session:
        """The session reduced to what the page shows."""
        return replace(self.session, questions=self.part.questions)

    @property
    def before(self) -> TranscriptPage | None:
        return self.parts[self.part.number - 2] if self.part.number > 1 else None

    @property
    def after(self) -> TranscriptPage | None:
        return self.parts[self.part.number] if self.part.number < len(self.parts) else None

    @property
    def other_pages(self) -> list[tuple[TranscriptPage, list[str]]]:
        """The other parts with their anchors, as far as they can be listed, for links to an anchor on another page."""
        others = [part for part in self.parts if part.number != self.part.number]
        if len(self._numbers) <= _LISTED:
            return [(part, list(part.anchors)) for part in others]
        if sum("-" not in anchor for anchor in self._numbers) <= _LISTED:
            return [(part, [anchor for anchor in part.anchors if "-" not in anchor]) for part in others]
        return [(part, []) for part in others]

    def part_of(self, anchor: str) -> int | None:
        """The number of the part with an anchor; None if there is none."""
        return self._numbers.get(anchor)

    @property
    def own_query(self) -> str:
        """The query string of this part; empty for the first."""
        return self.query(self.part.number) if self.part.number > 1 else ""

    def query(self, number: int) -> str:
        """The query string of another part, with the same speakers."""
        return "?" + urlencode({"speaker": [one.slug for one in self.chosen], "part": number}, doseq=True)


def show(session: Session, speakers: Collection[str] = (), part: str = "") -> TranscriptView:
    """The part with that number, or the nearest, limited to the answers of the speakers with those slugs.

    Speakers who do not take part in the session are ignored.
    """
    chosen = tuple(one.speaker for one in session.panelists if one.speaker.slug in speakers)
    questions = session.answered_by([one.pk for one in chosen]) if chosen else session.questions
    parts = tuple(TranscriptPage(number, some) for number, some in enumerate(_parted(questions), start=1))
    numbers = {anchor: one.number for one in parts for anchor in one.anchors}
    wanted = min(max(int(part[:6]), 1), len(parts)) if part.isascii() and part.isdigit() else 1
    shown = TranscriptView(session, chosen, parts, parts[wanted - 1], numbers)
    return replace(shown, part=_with_steps(shown))


def _parted(questions: Iterable[QuestionView]) -> Iterator[tuple[QuestionView, ...]]:
    """The questions in as few parts as possible, at least one."""
    part: list[QuestionView] = []
    questions = tuple(questions)
    room = LARGEST
    if sum(map(_weight_of_all, questions)) <= WHOLE:
        yield questions
        return
    for whole in questions:
        for piece in _pieces(whole):
            weight = _weight_of_all(piece)
            if part and weight > room:
                yield tuple(part)
                part, room = [], LARGEST
            part.append(piece)
            room -= weight
    yield tuple(part)


def _pieces(whole: QuestionView) -> Iterator[QuestionView]:
    """A question with its answers, divided if they are larger than a part."""
    start, taken = 0, 0
    for end, answer_view in enumerate(whole.answers):
        taken += _weight(answer_view)
        if end > start and taken > LARGEST - _OF_QUESTION:
            yield replace(whole, answers=whole.answers[start:end], is_continued=start > 0)
            start, taken = end, _weight(answer_view)
    yield replace(whole, answers=whole.answers[start:], is_continued=start > 0)


def _weight_of_all(question_view: QuestionView) -> int:
    return _OF_QUESTION + _bytes(question_view.question.text) + sum(map(_weight, question_view.answers))


def _weight(answer_view: AnswerView) -> int:
    notes = sum(_OF_NOTE + _bytes(one.note) for one in answer_view.corrections) + _bytes(answer_view.answer.evidence)
    return _OF_ANSWER + _bytes(answer_view.answer.text) + len(answer_view.tags) * _OF_TAG + notes


def _bytes(text: str) -> int:
    """The size of a text as HTML, where five characters are escaped."""
    return len(text.encode()) + 5 * sum(map(text.count, "&<>\"'"))


def _with_steps(shown: TranscriptView) -> TranscriptPage:
    """The part, each answer with links to its speaker's previous and next answers."""
    turns: dict[int, list[str]] = {}
    for part in shown.parts:
        for question_view in part.questions:
            for answer_view in question_view.answers:
                turns.setdefault(answer_view.answer.speaker_id or 0, []).append(answer_view.answer.anchor)
    turns.pop(0, None)  # unattributed answers may be by different speakers

    def address(anchor: str) -> str:
        number = shown.part_of(anchor) or 1
        return f"#{anchor}" if number == shown.part.number else f"{shown.query(number)}#{anchor}"

    steps: dict[str, tuple[str, str]] = {}
    for anchors in turns.values():
        addresses = ["", *map(address, anchors), ""]
        steps |= dict(zip(anchors, zip(addresses, addresses[2:], strict=False), strict=True))
    questions_here = []
    for question_view in shown.part.questions:
        answers = tuple(
            _stepped(answer_view, *steps.get(answer_view.answer.anchor, ("", "")))
            for answer_view in question_view.answers
        )
        questions_here.append(replace(question_view, answers=answers))
    return replace(shown.part, questions=tuple(questions_here))


def _stepped(answer_view: AnswerView, before: str, after: str) -> AnswerView:
    return replace(answer_view, before=before, after=after)
