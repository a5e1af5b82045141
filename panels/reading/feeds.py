"""The contents of Atom feeds: RFC 4287, paged according to RFC 5005."""

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.paginator import Page
from django.db.models import Case, Exists, F, OuterRef, Prefetch, When, prefetch_related_objects

from panels.models import Answer, Correction, Event, Panelist, Question
from panels.models.event import EventQuerySet

PER_PAGE = 20
# An entry is an excerpt that links to its session: feed readers fetch all entries again and again.
_QUESTIONS_SHOWN = 8
_ANSWERS_SHOWN = 3
LONG_AGO = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class Entry:
    """One event in a feed. `questions` are the first, each with its first answers.

    `name` is the permanent part of its ID, whatever title and URL change to.
    """

    event: Event
    name: str
    updated: dt.datetime
    authors: tuple[str, ...]
    questions: tuple[Question, ...]


def newest_published_first(events: EventQuerySet) -> EventQuerySet:
    """Add `updated`: when an event was published or, if it has been corrected, when its record last changed.

    So a corrected event comes up again, and one in which an editor only added a tag does not.
    """
    corrected = Exists(Correction.objects.filter(event=OuterRef("pk")))
    updated = Case(When(corrected, then=F("version__changed_at")), default=F("published_at"))
    return events.select_related("version").annotate(updated=updated).order_by("-updated", "-pk")


def fingerprint(page: "Page[Event]", *about: str) -> str:
    """The data for an ETag that changes whenever the page of a feed does, without reading the text of its entries."""
    states = [f"{event.pk}:{event.version.number}" for event in page]
    return entity_tag(*about, str(page.number), str(page.paginator.num_pages), *states)


def entity_tag(*known: str) -> str:
    """An ETag that changes whenever any of this data does."""
    digest = hashlib.sha256("\n".join(known).encode()).hexdigest()
    return f'"{digest[:32]}"'


def read_entries(page: "Page[Event]") -> list[Entry]:
    """The entries of a page of `newest_published_first`, in a fixed number of queries."""
    events = list(page)
    answers = Answer.objects.filter(position__lte=_ANSWERS_SHOWN).select_related("speaker").order_by("position")
    questions = Question.objects.filter(number__lte=_QUESTIONS_SHOWN).select_related("asked_by").order_by("number")
    prefetch_related_objects(
        events,
        "panelists__speaker",
        "corrections",
        Prefetch("questions", questions.prefetch_related(Prefetch("answers", answers))),
    )
    return [_entry(event) for event in events]


def last_updated(entries: Iterable[Entry]) -> dt.datetime:
    return max((entry.updated for entry in entries), default=LONG_AGO)


def _entry(event: Event) -> Entry:
    first_published = event.published_at or LONG_AGO
    return Entry(
        event=event,
        name=f"{first_published:%Y-%m-%d}:event:{event.pk}",
        updated=event.updated,  # type: ignore[attr-defined]
        authors=tuple(_authors(event)),
        questions=tuple(event.questions.all()),
    )


def _authors(event: Event) -> list[str]:
    """The panelists in that role; if there are none, the publisher of the source."""
    panel = [panelist for panelist in event.panelists.all() if panelist.role == Panelist.Role.PANELIST]
    names = [panelist.speaker.name_in(event.language) for panelist in panel]
    return names or [event.publisher] * bool(event.publisher)
