"""A session and its translation side by side, anchor by anchor."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Exists, OuterRef, Q

from panels.models import Answer, Event, Question
from panels.reading import Asked, Said, Session

# A page of some 100 KB: both texts with their marks and addresses.
_CHARACTERS = 40_000

Item = TypeVar("Item", Asked, Said)


@dataclass(frozen=True, slots=True)
class SaidTwice:
    """An answer in both texts; one of them is None where it is missing."""

    anchor: str
    left: Said | None
    right: Said | None


@dataclass(frozen=True, slots=True)
class AskedTwice:
    """A question in both texts; one of them is None where it is missing. Its answers are paired."""

    anchor: str
    left: Asked | None
    right: Asked | None
    answers: tuple[SaidTwice, ...]

    @property
    def number(self) -> int:
        """Where it stands in the left text, or if it is missing there, in the right one."""
        asked = self.left or self.right
        return asked.question.number if asked else 0

    @property
    def size(self) -> int:
        """How many characters of both texts it has."""
        asked = (one.question.text for one in (self.left, self.right) if one)
        said = (one.answer.text for pair in self.answers for one in (pair.left, pair.right) if one)
        return sum(map(len, asked)) + sum(map(len, said))


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Two sessions of the same words. `missing_left` passages stand in the right text alone, and so on."""

    left: Session
    right: Session
    asked: tuple[AskedTwice, ...]
    missing_left: int
    missing_right: int

    @property
    def sessions(self) -> tuple[Session, Session]:
        return self.left, self.right

    @property
    def pages(self) -> tuple[tuple[AskedTwice, ...], ...]:
        """Whole questions, as many on each page as fit."""
        return tuple(_by_size(self.asked))

    def page_of(self, anchor: str) -> int | None:
        """On which page, counted from 1, a passage stands; None if it is in neither text."""
        for number, page in enumerate(self.pages, start=1):
            if any(anchor in (one.anchor, *(said.anchor for said in one.answers)) for one in page):
                return number
        return None


def in_other_languages(event: Event, anchor: str) -> list[Event]:
    """The published original and translations of an event that have a passage at the same anchor."""
    passages = (Answer if "-" in anchor else Question).objects.filter(event=OuterRef("pk"), anchor=anchor)
    original = event.translation_of_id or event.pk
    related = Event.objects.published().filter(Q(pk=original) | Q(translation_of=original)).exclude(pk=event.pk)
    return list(related.filter(Exists(passages)).order_by("language"))


def side_by_side(left: Session, right: Session) -> SideBySide:
    """Both texts in the order of the left one; what only the right one has stands where it stands there."""
    left_answers, right_answers = ({said.answer.anchor: said for said in one.answers} for one in (left, right))
    left_asked, right_asked = ({asked.question.anchor: asked for asked in one.asked} for one in (left, right))
    asked = []
    for anchor in _merged(list(left_asked), list(right_asked)):
        here, there = left_asked.get(anchor), right_asked.get(anchor)
        # An answer that stands under another question in the other text stands where the left one has it.
        mine = [said.answer.anchor for said in here.answers] if here else []
        theirs = [said.answer.anchor for said in there.answers] if there else []
        elsewhere = left_answers.keys() - set(mine)
        order = _merged(mine, [one for one in theirs if one not in elsewhere])
        answers = tuple(SaidTwice(one, left_answers.get(one), right_answers.get(one)) for one in order)
        asked.append(AskedTwice(anchor, here, there, answers))
    return SideBySide(
        left,
        right,
        tuple(asked),
        len(right_asked.keys() - left_asked.keys()) + len(right_answers.keys() - left_answers.keys()),
        len(left_asked.keys() - right_asked.keys()) + len(left_answers.keys() - right_answers.keys()),
    )


def _merged(left: list[str], right: list[str]) -> list[str]:
    """The left order, in which what only the right has follows what it follows there."""
    known, merged, place = set(left), list(left), 0
    for anchor in right:
        if anchor in known:
            place = merged.index(anchor) + 1
        else:
            merged.insert(place, anchor)
            place += 1
    return merged


def _by_size(asked: tuple[AskedTwice, ...]) -> Iterator[tuple[AskedTwice, ...]]:
    page: list[AskedTwice] = []
    size = 0
    for one in asked:
        if page and size + one.size > _CHARACTERS:
            yield tuple(page)
            page, size = [], 0
        page.append(one)
        size += one.size
    yield tuple(page)
