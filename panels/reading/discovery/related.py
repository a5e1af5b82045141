"""Sessions related to a session, and why."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q

from panels.models import Event, Panelist, TaggedEvent
from panels.reading.sessions import Session, TagLink

SHOWN = 4
# A tag on everything, or a moderator of everything, says little: of all rows, only those stored last are read.
_READ = 300

_Other = tuple[dt.date, int]  # an event's day and key


@dataclass(frozen=True, slots=True)
class Related:
    """A session that shares speakers or tags with another."""

    event: Event
    speakers: tuple[str, ...]
    """The speakers' names as the other session's language writes them."""
    tags: tuple[TagLink, ...]


def related_to(session: Session) -> list[Related]:
    """At most four other published sessions, in three queries.

    A shared speaker weighs as much as two tags; ties are ordered newest first. The session's original and translations
    are excluded, because they have the same content.
    """
    event = session.event
    tags = {
        tag.slug: tag
        for tag in (*session.tags, *(tag for question_view in session.questions for tag in question_view.tags))
    }
    people = {panelist.speaker_id: panelist.speaker.name_in(event.language) for panelist in session.panelists}
    by_tag = _shared(TaggedEvent.objects.filter(tag__slug__in=list(tags)), event, "content_object", "tag__slug")
    by_speaker = _shared(Panelist.objects.filter(speaker__in=list(people)), event, "event", "speaker")
    weights = {other: 2 * len(by_speaker[other]) + len(by_tag[other]) for other in {*by_tag, *by_speaker}}
    heaviest = sorted(weights, key=lambda other: (weights[other], *other), reverse=True)[:SHOWN]
    read = Event.objects.published().in_bulk([key for _day, key in heaviest])
    return [
        _related(read[key], by_speaker[day, key], people, by_tag[day, key], tags)
        for day, key in heaviest
        if key in read  # it may have been withdrawn a moment ago
    ]


def _shared(rows: Any, with_event: Event, path: str, what: str) -> dict[_Other, set[Any]]:
    """The other events that share rows, of which those stored last are read; `path` leads from a row to its event."""
    original = with_event.translation_of_id or with_event.pk
    same_words = Q(pk=with_event.pk) | Q(pk=original) | Q(translation_of=original)
    stored_last = rows.order_by("-pk").values("pk")[:_READ]
    is_other = Exists(Event.objects.published().exclude(same_words).filter(pk=OuterRef(path)))
    others = rows.filter(is_other, pk__in=stored_last)
    newest_first = others.order_by(f"-{path}__sort_date", f"-{path}")
    found: dict[_Other, set[Any]] = defaultdict(set)
    for day, key, shared in newest_first.values_list(f"{path}__sort_date", path, what):
        found[day, key].add(shared)
    return found


def _related(
    event: Event, speakers: Iterable[int], people: dict[int, str], tags: Iterable[str], known: dict[str, TagLink]
) -> Related:
    """A related session, with speakers and tags in the order of the session being read."""
    shared, named = set(tags), set(speakers)
    return Related(
        event,
        tuple(name for key, name in people.items() if key in named),
        tuple(tag for slug, tag in known.items() if slug in shared),
    )
