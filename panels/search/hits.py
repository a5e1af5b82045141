"""Load the passages of index keys: texts to rank, and hits to show."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from panels.models import Answer, Event, Question, Speaker
from panels.models.database.search_index import key_of
from panels.models.event import EventQuerySet
from panels.search.excerpts import ExcerptPiece, excerpt, marked
from panels.search.index import Row, event_of
from panels.search.query import Term


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found.

    `kind` is "answer", "question" or "event". `speaker` is the speaker of an answer or the asker of a question;
    `is_unknown` if an answer is unattributed. `question` is the question of an answer. `pieces` are an excerpt with the
    terms marked; for an event, whose title is shown anyway, of its introduction. `heading` is an event's title, or the
    speaker's name as the event's language writes it, marked in the same way. `anchor` is empty for an event.
    """

    kind: str
    event: Event
    pieces: tuple[ExcerptPiece, ...]
    heading: tuple[ExcerptPiece, ...] = ()
    anchor: str = ""
    speaker: Speaker | None = None
    is_unknown: bool = False
    question: Question | None = None

    def get_absolute_url(self) -> str:
        """Link to the passage in the transcript."""
        address = self.event.get_absolute_url()
        return f"{address}#{self.anchor}" if self.anchor else address

    @property
    def passage_url(self) -> str:
        """The passage's own page, to cite and share."""
        return reverse("passage", args=[self.event.slug, self.anchor]) if self.anchor else self.event.get_absolute_url()


def read_texts(rows: Iterable[Row]) -> dict[Row, str]:
    """The texts of the passages that still exist, in one query for each kind: to rank by, not to be shown."""
    found: dict[Row, str] = {}
    for kind, some in _by_kind(rows).items():
        found |= {some[number]: text for number, text in _texts(kind, some)}
    return found


def _texts(kind: str, rows: Collection[int]) -> Iterable[tuple[int, str]]:
    if kind == "answer":
        return Answer.objects.filter(pk__in=rows).order_by().values_list("pk", "text")
    if kind == "question":
        return Question.objects.filter(pk__in=rows).order_by().values_list("pk", "text")
    texts = (
        Event.objects.published().filter(pk__in=rows).order_by().values_list("pk", "title", "programme", "introduction")
    )
    return ((number, " ".join(words)) for number, *words in texts)


def read_hits(rows: Sequence[Row], terms: Sequence[Term]) -> tuple[Hit, ...]:
    """The hits in the order of the rows, without those that are no longer public."""
    events = {event.pk: event for event in _published(rows)}
    stored: dict[Row, Answer | Question | Event] = {}
    for kind, some in _by_kind(row for row in rows if event_of(row) in events).items():
        for passage in _passages(kind, some, events):
            stored[some[passage.pk]] = passage
    return tuple(_hit(stored[row], terms) for row in rows if row in stored)


def _passages(kind: str, rows: Collection[int], events: Mapping[int, Event]) -> Iterator[Answer | Question | Event]:
    if kind == "event":
        yield from (events[number] for number in rows)
        return
    answers = Answer.objects.select_related("question", "speaker")
    questions = Question.objects.select_related("asked_by")
    for passage in (answers if kind == "answer" else questions).filter(pk__in=rows).order_by():
        if passage.event_id in events:
            passage.event = events[passage.event_id]
            yield passage


def _published(rows: Iterable[Row]) -> EventQuerySet:
    """The events of these rows that are public."""
    return Event.objects.published().filter(pk__in={event_of(row) for row in rows}).order_by()


def _hit(passage: Answer | Question | Event, terms: Sequence[Term]) -> Hit:
    if isinstance(passage, Event):
        return Hit("event", passage, excerpt(passage.introduction, terms), marked(passage.title, terms))
    pieces = excerpt(passage.text, terms)
    if isinstance(passage, Question):
        named = _named(passage.asked_by, passage.event, terms)
        return Hit("question", passage.event, pieces, named, anchor=passage.anchor, speaker=passage.asked_by)
    return Hit(
        "answer",
        passage.event,
        pieces,
        _named(passage.speaker, passage.event, terms),
        anchor=passage.anchor,
        speaker=passage.speaker,
        is_unknown=passage.speaker is None,
        question=passage.question,
    )


def _named(speaker: Speaker | None, event: Event, terms: Sequence[Term]) -> tuple[ExcerptPiece, ...]:
    return marked(speaker.name_in(event.language), terms) if speaker else ()


def _by_kind(rows: Iterable[Row]) -> dict[str, dict[int, Row]]:
    """The rows by kind, then by the primary keys of their passages."""
    found: dict[str, dict[int, Row]] = {}
    for row in rows:
        key = key_of(row[0])
        found.setdefault(key.kind, {})[key.row] = row
    return found
