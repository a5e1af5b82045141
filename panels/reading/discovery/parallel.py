"""A session and its translation side by side, anchor by anchor."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import TypeVar

from django.db.models import Exists, OuterRef, Q

from panels.models import Answer, Event, Question
from panels.reading.sessions import AnswerView, QuestionView, Session

# A page of about 100 KB: both texts with their markup and URLs.
_CHARACTERS = 40_000

Item = TypeVar("Item", QuestionView, AnswerView)


@dataclass(frozen=True, slots=True)
class ParallelAnswer:
    """An answer in both texts; None on the side where it is missing."""

    anchor: str
    left: AnswerView | None
    right: AnswerView | None

    @property
    def size(self) -> int:
        """The number of characters in both texts."""
        return sum(len(one.answer.text) for one in (self.left, self.right) if one)


@dataclass(frozen=True, slots=True)
class ParallelQuestion:
    """A question in both texts; None on the side where it is missing. Its answers are paired."""

    anchor: str
    left: QuestionView | None
    right: QuestionView | None
    answers: tuple[ParallelAnswer, ...]
    is_continued: bool = False
    """Whether the question, with its first answers, is also on the previous page."""

    @property
    def number(self) -> int:
        """The question's number in the left text or, if it is missing there, in the right one."""
        shown = self.left or self.right
        return shown.question.number if shown else 0

    @property
    def size(self) -> int:
        """The number of characters in both texts."""
        size = sum(len(one.question.text) for one in (self.left, self.right) if one)
        return size + sum(pair.size for pair in self.answers)


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Two sessions with the same content. `missing_left` counts the passages only in the right text, and so on."""

    left: Session
    right: Session
    questions: tuple[ParallelQuestion, ...]
    missing_left: int
    missing_right: int

    @property
    def sessions(self) -> tuple[Session, Session]:
        return self.left, self.right

    @property
    def pages(self) -> tuple[tuple[ParallelQuestion, ...], ...]:
        """The questions by page, whole unless a single question is larger than a page."""
        return tuple(_by_size(self.questions))

    def page_of(self, anchor: str) -> int | None:
        """The page, counted from 1, that has a passage; None if neither text has it."""
        for number, page in enumerate(self.pages, start=1):
            if any(anchor in (one.anchor, *(answer_view.anchor for answer_view in one.answers)) for one in page):
                return number
        return None


def in_other_languages(event: Event, anchor: str) -> list[Event]:
    """The published original and translations of an event that have a passage at the same anchor."""
    passages = (Answer if "-" in anchor else Question).objects.filter(event=OuterRef("pk"), anchor=anchor)
    original = event.translation_of_id or event.pk
    related = Event.objects.published().filter(Q(pk=original) | Q(translation_of=original)).exclude(pk=event.pk)
    return list(related.filter(Exists(passages)).order_by("language"))


def side_by_side(left: Session, right: Session) -> SideBySide:
    """Both texts in the order of the left one; passages only in the right text keep their place there."""
    left_answers, right_answers = (
        {answer_view.answer.anchor: answer_view for answer_view in one.answers} for one in (left, right)
    )
    left_questions, right_questions = ({view.question.anchor: view for view in one.questions} for one in (left, right))
    questions = []
    for anchor in _merged(list(left_questions), list(right_questions)):
        here, there = left_questions.get(anchor), right_questions.get(anchor)
        # An answer that is under another question in the other text is shown where the left one has it.
        mine = [answer_view.answer.anchor for answer_view in here.answers] if here else []
        theirs = [answer_view.answer.anchor for answer_view in there.answers] if there else []
        under_other_questions = left_answers.keys() - set(mine)
        order = _merged(mine, [one for one in theirs if one not in under_other_questions])
        answers = tuple(ParallelAnswer(one, left_answers.get(one), right_answers.get(one)) for one in order)
        questions.append(ParallelQuestion(anchor, here, there, answers))
    return SideBySide(
        left,
        right,
        tuple(questions),
        len(right_questions.keys() - left_questions.keys()) + len(right_answers.keys() - left_answers.keys()),
        len(left_questions.keys() - right_questions.keys()) + len(left_answers.keys() - right_answers.keys()),
    )


def _merged(left: list[str], right: list[str]) -> list[str]:
    """The left order, with each item that only the right has placed after the one that it follows there."""
    known, merged, place = set(left), list(left), 0
    for anchor in right:
        if anchor in known:
            place = merged.index(anchor) + 1
        else:
            merged.insert(place, anchor)
            place += 1
    return merged


def _by_size(questions: tuple[ParallelQuestion, ...]) -> Iterator[tuple[ParallelQuestion, ...]]:
    page: list[ParallelQuestion] = []
    size = 0
    for one in chain.from_iterable(map(_parted, questions)):
        if page and size + one.size > _CHARACTERS:
            yield tuple(page)
            page, size = [], 0
        page.append(one)
        size += one.size
    yield tuple(page)


def _parted(question: ParallelQuestion) -> Iterator[ParallelQuestion]:
    """A question split into copies, each with as many of its answers as fit on a page."""
    part: list[ParallelAnswer] = []
    size, is_continued = 0, False
    for pair in question.answers:
        if part and size + pair.size > _CHARACTERS:
            yield replace(question, answers=tuple(part), is_continued=is_continued)
            part, size, is_continued = [], 0, True
        part.append(pair)
        size += pair.size
    yield replace(question, answers=tuple(part), is_continued=is_continued)
