"""Find speakers who are probably several people: the name is a label, such as initials, used in several sessions."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from panels.editorial.history.row_history import Reason, label_of
from panels.formats.speakers.identity import identifies
from panels.models import Answer, Event, Panelist, Question, RowRevision, Speaker

_AT_ONCE = 500  # speakers in one query
_BY_NOBODY = {Reason.FOUND, Reason.OUTSIDE, Reason.IMPORTED}
"""Versions in a speaker's history by which no editor has said who that is."""


@dataclass(frozen=True, slots=True)
class DoubtfulSpeaker:
    """A speaker whose name does not identify a person, with the keys of the sessions they take part in.

    With `is_certain`, the sessions are of different series, and no editor has edited the speaker, who has no note and
    no biography: only the name suggests one person. A session without a series counts as a series of its own,
    a translation as part of the series of its original.
    """

    speaker: Speaker
    sessions: tuple[int, ...]
    is_certain: bool


def doubtful_speakers() -> list[DoubtfulSpeaker]:
    """Identified speakers in several sessions whose name does not identify a person, most sessions first.

    Organisations are left out: only editors mark a speaker as one.
    """
    people = Speaker.objects.identified().filter(kind=Speaker.Kind.PERSON).order_by("pk")
    doubtful = (one for one in people.iterator() if not identifies(one.name))
    found: list[DoubtfulSpeaker] = []
    while some := list(islice(doubtful, _AT_ONCE)):
        found += _in_several_sessions(some)
    return sorted(found, key=lambda one: (-len(one.sessions), one.speaker.sort_key, one.speaker.slug))


def _in_several_sessions(speakers: Sequence[Speaker]) -> Iterator[DoubtfulSpeaker]:
    sessions: dict[int | None, set[int]] = defaultdict(set)
    for rows in (
        Panelist.objects.filter(speaker__in=speakers).order_by().values_list("speaker", "event").distinct(),
        Answer.objects.filter(speaker__in=speakers).order_by().values_list("speaker", "event").distinct(),
        Question.objects.filter(asked_by__in=speakers).order_by().values_list("asked_by", "event").distinct(),
    ):
        for speaker, event in rows:
            sessions[speaker].add(event)
    several = [one for one in speakers if len(sessions[one.pk]) > 1]
    series = _series({event for one in several for event in sessions[one.pk]})
    known = _known(several)
    for one in several:
        is_apart = len({series[event] for event in sessions[one.pk]}) > 1
        yield DoubtfulSpeaker(one, tuple(sorted(sessions[one.pk])), is_apart and one.pk not in known)


def _series(events: Iterable[int]) -> dict[int, str | int]:
    """The series of each event. An event without one is its own series, or that of its original."""
    keys, series = list(events), {}
    for some in (keys[at : at + _AT_ONCE] for at in range(0, len(keys), _AT_ONCE)):
        rows = Event.objects.filter(pk__in=some).order_by()
        for pk, programme, original, of_original in rows.values_list(
            "pk", "programme", "translation_of", "translation_of__programme"
        ):
            series[pk] = of_original or programme or original or pk
    return series


def _known(speakers: Sequence[Speaker]) -> set[int]:
    """The keys of speakers whom an editor has edited, or given a note or a biography."""
    edited = RowRevision.objects.filter(model=label_of(Speaker), key__in=[one.pk for one in speakers])
    keys = edited.exclude(reason__in=_BY_NOBODY).values_list("key", flat=True)
    return {*keys, *(one.pk for one in speakers if one.note or one.biography)}
