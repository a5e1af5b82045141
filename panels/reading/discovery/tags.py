"""A tag across sessions: its use by year, and who answered."""

from collections import Counter
from dataclasses import dataclass

from panels.models import Event, Speaker
from panels.reading.discovery.index_window import IndexWindow

# A gap of a few years is shown; over centuries there would be nothing but gaps.
_LONGEST_SPAN = 40
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


def growth_of(window: IndexWindow) -> Growth:
    """The sessions of a tag's window by year, in one query; a translation counts only without its original."""
    tagged = window.event_years()
    of_others = Event.objects.filter(pk__in=tagged, translation_of__in=tagged).values_list("pk", flat=True)
    counts = Counter(tagged[event] for event in tagged.keys() - set(of_others))
    undated = counts.pop(None, 0)
    years = sorted(year for year in counts if year is not None)
    most = max(counts.values(), default=1)
    has_gaps = bool(years) and years[-1] - years[0] > _LONGEST_SPAN
    if years and not has_gaps:
        years = list(range(years[0], years[-1] + 1))
    year_counts = tuple(YearOfTag(year, counts[year], round(100 * counts[year] / most)) for year in years)
    return Growth(year_counts, undated, has_gaps)


def who_answered(window: IndexWindow) -> WhoAnswered:
    """The speakers who answer in a tag's window, in one query. Labels of one session, which identify nobody, are not
    among them."""
    counts = window.by_facet("s")
    known = Speaker.objects.identified().filter(pk__in=counts)
    named = sorted((SpeakerCount(one, counts[one.pk]) for one in known), key=_most_first)
    return WhoAnswered(tuple(named[:_SPEAKERS]), len(named) > _SPEAKERS, window.without_speaker())


def _most_first(one: SpeakerCount) -> tuple[int, str, str]:
    return -one.count, one.speaker.sort_key, one.speaker.slug
