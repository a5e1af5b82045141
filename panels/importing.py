"""From a Transcript to a stored event: first a plan that can be shown, then the plan carried out whole or not at all.

With `exporting`, the only place where the stored models meet `Transcript`. An event that is stored already is
never touched: the plan says which one it is.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q

from panels.models import Answer, Correction, Event, Panelist, Question, Speaker
from panels.text import sort_key_of
from panels.transcript import Attribution, Exchange, Transcript, Turn
from panels.transcript import Panelist as Listed

_LIKE = 0.8  # how alike two names are, from 0 to 1, to be offered as one person's
_COMPARED = 200


class ImportRefusedError(ValueError):
    """A transcript cannot be stored; the message says which part of it and why, for people."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who speaks in a transcript, and who that is among the stored speakers.

    `known` has the very name; `similar` may be the same person and are offered, never taken.
    """

    name: str
    known: Speaker | None
    similar: tuple[Speaker, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """An answer that nobody is named for."""

    question: int
    answer: int
    line: int | None
    candidates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would store. `stored` is the event that is there already: then nothing would be."""

    transcript: Transcript
    stored: Event | None
    people: tuple[Person, ...]
    gaps: tuple[Gap, ...]

    @property
    def new_people(self) -> tuple[Person, ...]:
        return tuple(person for person in self.people if person.known is None)

    @property
    def question_count(self) -> int:
        return len(self.transcript.exchanges)

    @property
    def answer_count(self) -> int:
        return sum(len(exchange.answers) for exchange in self.transcript.exchanges)


def plan(transcript: Transcript) -> Plan:
    """What storing the transcript would do. Writes nothing.

    Raises ImportRefusedError for a transcript without a word or without a title.
    """
    if not transcript.title.strip():
        raise ImportRefusedError("the transcript has no title; give it one")
    if not any(turn.text.strip() for turn in _turns(transcript)):
        raise ImportRefusedError("nobody says a word in this transcript")
    names = dict.fromkeys([*(one.name for one in transcript.panelists), *_speaking(transcript)])
    return Plan(transcript, _stored(transcript), tuple(_person(name) for name in names), tuple(_gaps(transcript)))


@transaction.atomic
def apply(plan: Plan, *, settled: Mapping[str, Speaker] | None = None) -> Event:
    """Store the transcript as a draft. `settled` says of names which stored speakers they are.

    Raises ImportRefusedError if it is stored already or breaks a rule.
    """
    if plan.stored is not None:
        raise ImportRefusedError(f"it is stored already, as {plan.stored.slug}")
    settled = settled or {}
    speakers = {
        person.name: settled.get(person.name) or person.known or _new_speaker(person.name, plan.transcript)
        for person in plan.people
    }
    event = _new_event(plan.transcript)
    _store_panel(event, plan.transcript.panelists, speakers)
    for number, exchange in enumerate(plan.transcript.exchanges, start=1):
        _store_exchange(event, number, exchange, speakers)
    for correction in plan.transcript.corrections:
        stored = Correction(event=event, date=correction.date, note=correction.note, anchor=correction.anchor)
        _save(stored, f"correction of {correction.date}")
    return event


def _turns(transcript: Transcript) -> Iterator[Turn]:
    for exchange in transcript.exchanges:
        if exchange.question is not None:
            yield exchange.question
        yield from exchange.answers


def _speaking(transcript: Transcript) -> Iterator[str]:
    return (turn.speaker for turn in _turns(transcript) if turn.speaker)


def _stored(transcript: Transcript) -> Event | None:
    """By its slug where it has one, else by title and day."""
    if transcript.slug:
        return Event.objects.filter(slug=transcript.slug).first()
    return Event.objects.filter(title=transcript.title, date=transcript.date).first()


def _person(name: str) -> Person:
    known = Speaker.objects.filter(Q(name=name) | Q(original_name=name)).order_by("slug").first()
    if known is not None:
        return Person(name, known, ())
    key = sort_key_of(name)
    shares_a_word = models.Q()
    for word in key.split():
        shares_a_word |= Q(sort_key__contains=word)
    near = Speaker.objects.filter(shares_a_word).order_by("sort_key", "slug")[:_COMPARED]
    return Person(name, None, tuple(speaker for speaker in near if _alike(key, speaker.sort_key)))


def _alike(one: str, other: str) -> bool:
    """The same words in another order, one name with fewer words than the other, or nearly the same letters."""
    words, others = set(one.split()), set(other.split())
    if words <= others or others <= words:
        return True
    return SequenceMatcher(None, " ".join(sorted(words)), " ".join(sorted(others))).ratio() >= _LIKE


def _gaps(transcript: Transcript) -> Iterator[Gap]:
    for number, exchange in enumerate(transcript.exchanges, start=1):
        for place, turn in enumerate(exchange.answers, start=1):
            if turn.speaker is None:
                yield Gap(number, place, turn.line, tuple(candidate.name for candidate in turn.candidates))


def _new_event(transcript: Transcript) -> Event:
    event = Event(
        title=transcript.title,
        slug=transcript.slug,
        date=transcript.date,
        language=transcript.language or "en",
        programme=transcript.programme,
        publisher=transcript.publisher,
        introduction=transcript.introduction,
        source_url=transcript.source_url,
        source_title=transcript.source_title,
        source_note=transcript.source_note,
        licence=transcript.licence,
        recording_url=transcript.recording_url,
        translation=transcript.translation.value,
        translated_from=transcript.translated_from,
    )
    _save(event, "event")
    event.tags.add(*transcript.tags)
    return event


def _new_speaker(name: str, transcript: Transcript) -> Speaker:
    listed = next((one for one in transcript.panelists if one.name == name), Listed(name=name))
    speaker = Speaker(name=name, family_name=listed.family_name, original_name=listed.original_name)
    _save(speaker, f"speaker {name}")
    return speaker


def _store_panel(event: Event, panel: Iterable[Listed], speakers: dict[str, Speaker]) -> None:
    """In the source's order; somebody whom it lists twice, by two names, sits there once."""
    seated: set[int] = set()
    for listed in panel:
        speaker = speakers[listed.name]
        if speaker.pk not in seated:
            seated.add(speaker.pk)
            role, title, organisation = listed.role.value, listed.title, listed.organisation
            stored = Panelist(event=event, speaker=speaker, role=role, title=title, organisation=organisation)
            _save(stored, f"panelist {listed.name}")


def _store_exchange(event: Event, number: int, exchange: Exchange, speakers: dict[str, Speaker]) -> None:
    asked = exchange.question or Turn(text="")
    question = Question(
        event=event,
        number=number,
        anchor=asked.anchor or "",
        text=asked.text,
        asked_by=speakers[asked.speaker] if asked.speaker else None,
        is_follow_up=exchange.follow_up,
        media_time=asked.time,
    )
    _save(question, f"question {number}")
    question.tags.add(*asked.tags)
    for place, turn in enumerate(exchange.answers, start=1):
        answer = _answer(question, place, turn, speakers)
        _save(answer, f"question {number}, answer {place}")
        answer.tags.add(*turn.tags)


def _answer(question: Question, place: int, turn: Turn, speakers: dict[str, Speaker]) -> Answer:
    """Evidence and candidates that a reader found are kept as the evidence; they name nobody."""
    offered = "\n".join(f"- {candidate.name}: {candidate.evidence}" for candidate in turn.candidates)
    named = turn.attribution if turn.speaker else Attribution.UNKNOWN
    if turn.speaker and turn.attribution is Attribution.UNKNOWN:
        named = Attribution.STATED
    return Answer(
        question=question,
        position=place,
        anchor=turn.anchor or "",
        speaker=speakers[turn.speaker] if turn.speaker else None,
        attribution=named.value,
        evidence=turn.evidence or offered,
        text=turn.text,
        media_time=turn.time,
    )


def _save(instance: models.Model, what: str) -> None:
    """Store one row that obeys every rule of its model, also those that SQLite does not enforce."""
    try:
        if isinstance(instance, Event | Speaker | Panelist | Question | Answer | Correction):
            instance.prepare()
        instance.full_clean()
    except ValidationError as error:
        faults = (f"{field}: {' '.join(messages)}" for field, messages in error.message_dict.items())
        raise ImportRefusedError(f"{what}: {'; '.join(faults)}") from error
    instance.save()
