"""The years and tags by which the passages of a window can be filtered."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from panels.models import Question, Speaker, Tag
from panels.models.question import QuestionQuerySet
from panels.reading.discovery.index_window import IndexWindow

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


def years_of(window: IndexWindow) -> list[YearCount]:
    """The years of the answers with their counts, newest first, undated last."""
    return in_order(window.by_year())


def in_order(counts: "Counter[int | None]") -> list[YearCount]:
    """Years newest first, undated last."""
    years = [YearCount(year, count) for year, count in counts.items()]
    return sorted(years, key=lambda one: -(one.year or 0))


def tags_of(window: IndexWindow) -> list[TagCount]:
    """The tags that most of the answers are about, by name; see `AnswerQuerySet.about`."""
    return named(window.by_facet("t"))


def named(counts: Mapping[int, int]) -> list[TagCount]:
    """The most frequent of the tags, given by their keys, ordered by name."""
    most = sorted(counts, key=lambda key: (-counts[key], key))[:_TAGS_OFFERED]
    return [TagCount(tag, counts[tag.pk]) for tag in Tag.objects.filter(pk__in=most).by_name()]


def questions_asked_by(speaker: Speaker) -> QuestionQuerySet:
    """A speaker's public questions, newest event first, each with its event."""
    asked: QuestionQuerySet = Question.objects.published().filter(asked_by=speaker)
    return asked.select_related("event").order_by("-event__sort_date", "event__slug", "number")
