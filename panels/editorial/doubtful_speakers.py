"""Stored speakers who are probably several people: joined by a label, as initials or a given name, over sessions."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from panels.formats.speakers.identity import identifies
from panels.models import Answer, Panelist, Question, Speaker

_AT_ONCE = 500  # speakers in one query


@dataclass(frozen=True, slots=True)
class DoubtfulSpeaker:
    """A speaker whose name does not identify anybody, with the keys of the sessions that they take part in."""

    speaker: Speaker
    sessions: tuple[int, ...]


def doubtful_speakers() -> list[DoubtfulSpeaker]:
    """Identified speakers in more than one session by a name that identifies nobody, most sessions first.

    Organisations are left out: only editors say of a speaker that it is one.
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
    for one in speakers:
        if len(sessions[one.pk]) > 1:
            yield DoubtfulSpeaker(one, tuple(sorted(sessions[one.pk])))
