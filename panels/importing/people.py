"""Who the names of a transcript are among the stored speakers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from django.db.models import Q

from panels.models import Event, Speaker
from panels.text import sort_key_of
from panels.transcript import Exchange, Transcript, Turn

_LIKE = 0.8  # how alike two names are, from 0 to 1, to be offered as one person's
_COMPARED = 200


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who speaks in a transcript, and who that is among the stored speakers.

    `known` has the very name, or was said to be the one; `similar` may be the same person and are offered,
    never taken.
    """

    name: str
    known: Speaker | None
    similar: tuple[Speaker, ...] = ()


def people_of(
    transcript: Transcript, event: Event | None = None, settled: Mapping[str, Speaker] | None = None
) -> tuple[Person, ...]:
    """Everyone whom the transcript lists or lets speak. Those of `event` come before others of the same name."""
    settled = settled or {}
    here = _speakers_of(event) if event else {}
    names = dict.fromkeys([*(one.name for one in transcript.panelists), *_speaking(transcript)])
    return tuple(_person(name, settled.get(name) or here.get(name)) for name in names)


def with_stored_names(transcript: Transcript, people: tuple[Person, ...]) -> Transcript:
    """The transcript with everybody who is known by the name that is stored."""
    names = {person.name: person.known.name for person in people if person.known is not None}

    def named(turn: Turn) -> Turn:
        return replace(turn, speaker=names.get(turn.speaker, turn.speaker)) if turn.speaker else turn

    def exchange_named(exchange: Exchange) -> Exchange:
        asked = exchange.question and named(exchange.question)
        return replace(exchange, question=asked, answers=tuple(map(named, exchange.answers)))

    return replace(
        transcript,
        panelists=tuple(replace(one, name=names.get(one.name, one.name)) for one in transcript.panelists),
        exchanges=tuple(map(exchange_named, transcript.exchanges)),
    )


def turns_of(transcript: Transcript) -> Iterator[Turn]:
    """Questions and answers in reading order."""
    for exchange in transcript.exchanges:
        if exchange.question is not None:
            yield exchange.question
        yield from exchange.answers


def _speaking(transcript: Transcript) -> Iterator[str]:
    return (turn.speaker for turn in turns_of(transcript) if turn.speaker)


def _speakers_of(event: Event) -> dict[str, Speaker]:
    found: dict[str, Speaker] = {}
    for speaker in Speaker.objects.taking_part_in(event).order_by("slug"):
        found.setdefault(speaker.original_name, speaker)
        found[speaker.name] = speaker
    return found


def _person(name: str, known: Speaker | None) -> Person:
    known = known or Speaker.objects.filter(Q(name=name) | Q(original_name=name)).order_by("slug").first()
    if known is not None:
        return Person(name, known)
    key = sort_key_of(name)
    shares_a_word = Q()
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
