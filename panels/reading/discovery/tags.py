"""A tag across sessions: its use by year, and who answered."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count

from panels.models import Answer, Event, Speaker, Tag

# A gap of a few years is shown; over centuries there would be nothing but gaps.
_LONGEST_SPAN = 40
_ANSWERS_READ = 5000
_SPEAKERS = 12


@dataclass(frozen=True, slots=True)
class YearOfTag:
    """The number of sessions in a year with a tag anywhere; `part` is a percentage of the largest year."""

    year: int
    count: int
    part: int


@dataclass(frozen=True, slots=True)
class Growth:
    """The years of a tag in order, including empty years in between unless `has_gaps`."""

    years: tuple[YearOfTag, ...]
    undated: int
    has_gaps: bool

    @property
    def total(self) -> int:
        return sum(year.count for year in self.years) + self.undated


@dataclass(frozen=True, slots=True)
class SpeakerCount:
    """A speaker, and the number of their answers."""

    speaker: Speaker
    count: int


@dataclass(frozen=True, slots=True)
class WhoAnswered:
    """The speakers who answered most often about a tag; `more` if there are others."""

    speakers: tuple[SpeakerCount, ...]
    more: bool
    unnamed: int
    """Unattributed answers."""
    is_whole: bool
    """Whether all answers were counted; otherwise only the newest were."""


def growth_of(tag: Tag) -> Growth:
    """Public sessions by year, in one query."""
    tagged = Event.objects.published().tagged_anywhere(tag)
    sessions = tagged.exclude(translation_of__in=tagged)
    counts: dict[int | None, int] = dict(sessions.order_by().values_list("date__year").annotate(Count("pk")))
    undated = counts.pop(None, 0)
    years = sorted(year for year in counts if year is not None)
    most = max(counts.values(), default=1)
    has_gaps = bool(years) and years[-1] - years[0] > _LONGEST_SPAN
    if years and not has_gaps:
        years = list(range(years[0], years[-1] + 1))
    year_counts = tuple(YearOfTag(year, counts.get(year, 0), round(100 * counts.get(year, 0) / most)) for year in years)
    return Growth(year_counts, undated, has_gaps)


def who_answered(tag: Tag) -> WhoAnswered:
    """The speakers who answer about a tag, in two queries; see `AnswerQuerySet.about`."""
    answers = Answer.objects.published().about(tag).order_by("-pk")
    about = list(answers.values_list("speaker", "speaker__session")[: _ANSWERS_READ + 1])
    counts: dict[int | None, int] = defaultdict(int)
    for speaker, session in about[:_ANSWERS_READ]:
        if session is None:  # otherwise a label of that session, which identifies nobody
            counts[speaker] += 1
    unnamed = counts.pop(None, 0)
    keys = sorted((key for key in counts if key is not None), key=lambda key: (-counts[key], key))
    most = Speaker.objects.filter(pk__in=keys[:_SPEAKERS])
    named = tuple(sorted((SpeakerCount(one, counts[one.pk]) for one in most), key=_most_first))
    return WhoAnswered(named, len(keys) > _SPEAKERS, unnamed, len(about) <= _ANSWERS_READ)


def _most_first(one: SpeakerCount) -> tuple[int, str, str]:
    return -one.count, one.speaker.sort_key, one.speaker.slug
