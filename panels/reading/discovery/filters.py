"""A speaker's passages, filtered by tag and by year, and the tags and years available as filters."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Count

from panels.models import Answer, Question, Speaker, Tag
from panels.models.answer import AnswerQuerySet
from panels.models.question import QuestionQuerySet

Passages = TypeVar("Passages", AnswerQuerySet, QuestionQuerySet)

# Tags are counted on the newest answers only: a host of a long-running programme has tens of thousands.
ANSWERS_COUNTED = 1000
_TAGS_OFFERED = 24


@dataclass(frozen=True, slots=True)
class TagCount:
    tag: Tag
    count: int


@dataclass(frozen=True, slots=True)
class YearCount:
    """The number of passages in a year; `year` is None for undated events."""

    year: int | None
    count: int


@dataclass(frozen=True, slots=True)
class PassageFilter:
    """A filter for passages."""

    tag: Tag | None = None
    year: int | None = None

    def __bool__(self) -> bool:
        return self.tag is not None or self.year is not None

    def of(self, passages: Passages) -> Passages:
        if self.tag is not None:
            passages = passages.about(self.tag)
        return passages if self.year is None else passages.filter(event__date__year=self.year)


def years_of(answers: AnswerQuerySet) -> list[YearCount]:
    """The years with their counts, newest first, undated last."""
    counted = answers.order_by().values_list("event__date__year").annotate(count=Count("pk"))
    years = [YearCount(year, count) for year, count in counted]
    return sorted(years, key=lambda one: -(one.year or 0))


def tags_of(answers: AnswerQuerySet) -> list[TagCount]:
    """The tags that most of the newest answers are about, by name; see `AnswerQuerySet.about`."""
    counts = Counter(tag for tags in tags_by_answer(answers).values() for tag in tags)
    return named(dict(counts.most_common()))


def tags_by_answer(answers: AnswerQuerySet) -> dict[int, set[int]]:
    """The keys of the tags of the newest answers, in one query."""
    newest = answers.order_by("-event__sort_date", "-pk")[:ANSWERS_COUNTED]
    read = Answer.objects.filter(pk__in=newest.values("pk")).order_by()
    own, of_question, of_event = (
        read.values_list("pk", path) for path in ("tagged__tag", "question__tagged__tag", "event__tagged__tag")
    )
    found: dict[int, set[int]] = defaultdict(set)
    for answer, tag in own.union(of_question, of_event).order_by():  # as Django 6 orders by the model otherwise
        if tag is not None:
            found[answer].add(tag)
    return found


def named(counts: dict[int, int]) -> list[TagCount]:
    """The most frequent of the tags, given by their keys, ordered by name."""
    most = sorted(counts, key=lambda key: (-counts[key], key))[:_TAGS_OFFERED]
    return [TagCount(tag, counts[tag.pk]) for tag in Tag.objects.filter(pk__in=most).by_name()]


def questions_asked_by(speaker: Speaker) -> QuestionQuerySet:
    """A speaker's public questions, newest event first, each with its event."""
    asked: QuestionQuerySet = Question.objects.published().filter(asked_by=speaker)
    return asked.select_related("event").order_by("-event__sort_date", "event__slug", "number")
