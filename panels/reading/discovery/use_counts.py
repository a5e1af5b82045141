"""How often each tag, speaker and year is used in public, counted once per site version.

Lists of tags and speakers show these numbers on every page, so counting them per row would take longer the more is
stored. They are counted for all rows at once and kept in memory with the site version that they were counted at. The
first page that needs them after a change counts again, and so does each process.

A table of numbers kept by triggers would spare that, but not be as safe: transactions that use the same tag would wait
for each other and could deadlock, and if a passage is tagged while its event is published, neither transaction sees the
other's row, and the number stays wrong.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from heapq import nsmallest
from threading import Lock
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Count, QuerySet

from panels.models import Answer, Event, Panelist, Speaker, Tag, TaggedAnswer, TaggedEvent, TaggedQuestion
from panels.models.database import site_version
from panels.models.database.snapshot import in_snapshot, snapshot

Counts = TypeVar("Counts")

_MOST_USED = 24
_MOST_HEARD = 12


@dataclass(frozen=True, slots=True)
class TagCounts:
    """The public events and passages (questions and answers) with each tag, by its key."""

    events: Mapping[int, int]
    passages: Mapping[int, int]
    most_used: tuple[int, ...]
    """The keys of the tags with most events and passages, most first."""


@dataclass(frozen=True, slots=True)
class SpeakerCounts:
    """The public panels and answers of each identified speaker, by their key."""

    events: Mapping[int, int]
    answers: Mapping[int, int]
    most_heard: tuple[int, ...]
    """The keys of the speakers with most panels, and of those with most answers, most first."""


class _KeptCounts(Generic[Counts]):
    """Counts of the last site version that was asked for; one thread counts while the others wait."""

    def __init__(self, count: Callable[[], Counts]) -> None:
        self._count = count
        self._kept: tuple[tuple[str, ...], Counts] | None = None
        self._lock = Lock()

    def now(self) -> Counts:
        """The counts in the current state of the database."""
        if connection.in_atomic_block and not in_snapshot():
            return self._count()  # the transaction may have written what will never be committed
        with snapshot():
            state = site_version.read(connection)
            if state is None:
                return self._count()
            made_from = (*(str(connection.settings_dict[name]) for name in ("HOST", "PORT", "NAME")), state.version)
            with self._lock:
                if self._kept is None or self._kept[0] != made_from:
                    self._kept = made_from, self._count()
                return self._kept[1]


def with_use(tags: Iterable[Tag]) -> list[Any]:
    """The tags, each with `event_count` and `passage_count` as `TagQuerySet.with_counts` adds them."""
    counts, found = _of_tags.now(), list(tags)
    for tag in found:
        tag.event_count = counts.events.get(tag.pk, 0)
        tag.passage_count = counts.passages.get(tag.pk, 0)
    return found


def with_appearances(speakers: Iterable[Speaker]) -> list[Any]:
    """Identified speakers, each with `event_count` and `answer_count` as `SpeakerQuerySet.with_counts` adds them."""
    counts, found = _of_speakers.now(), list(speakers)
    for speaker in found:
        speaker.event_count = counts.events.get(speaker.pk, 0)  # type: ignore[attr-defined]
        speaker.answer_count = counts.answers.get(speaker.pk, 0)  # type: ignore[attr-defined]
    return found


def most_used_tags() -> list[Tag]:
    """The tags with most public events and passages, most first, at most 24."""
    keys = _of_tags.now().most_used
    tags = Tag.objects.in_bulk(keys)
    return [tags[key] for key in keys if key in tags]


def most_heard_speakers() -> list[Speaker]:
    """The identified speakers with most public panels and answers, most first, at most 12."""
    keys = _of_speakers.now().most_heard
    speakers = Speaker.objects.in_bulk(keys)
    return [speakers[key] for key in keys if key in speakers]


def events_by_year() -> Mapping[int | None, int]:
    """The number of public events of each year; None for undated ones."""
    return _of_years.now()


def _count_years() -> Mapping[int | None, int]:
    years = Event.objects.published().order_by().values_list("date__year")
    return dict(years.annotate(Count("pk")))


def _count_tags() -> TagCounts:
    public = Event.objects.published()
    events = _grouped(TaggedEvent.objects.filter(content_object__in=public), "tag")
    passages = _grouped(TaggedQuestion.objects.filter(content_object__event__in=public), "tag")
    passages.update(_grouped(TaggedAnswer.objects.filter(content_object__event__in=public), "tag"))
    used = events + passages
    names = dict(Tag.objects.values_list("pk", "sort_key"))
    most = sorted(used, key=lambda tag: (-used[tag], names[tag], tag))
    return TagCounts(dict(events), dict(passages), tuple(most[:_MOST_USED]))


def _count_speakers() -> SpeakerCounts:
    known = {"speaker__session": None, "event__in": Event.objects.published()}
    events = _grouped(Panelist.objects.filter(**known), "speaker")
    answers = _grouped(Answer.objects.filter(**known).exclude(speaker=None), "speaker")
    most = nsmallest(_MOST_HEARD, events, key=lambda speaker: (-events[speaker], -answers[speaker], speaker))
    return SpeakerCounts(dict(events), dict(answers), tuple(most))


def _grouped(rows: "QuerySet[Any]", column: str) -> Counter[int]:
    return Counter(dict(rows.order_by().values_list(column).annotate(Count("pk"))))


_of_tags, _of_speakers = _KeptCounts(_count_tags), _KeptCounts(_count_speakers)
_of_years = _KeptCounts(_count_years)
