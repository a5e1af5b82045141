"""Find the stored session that a transcript belongs to, or may be a translation of.

It is the same session only if the slug or the source URL is the same, or if title, date and language agree and the
texts are similar. Titles and dates alone prove nothing: a translation has those of its original, and many files begin
with the same heading.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice

from django.db.models import Count, Max, Q
from rapidfuzz import fuzz

from panels.editorial.importing.checking import is_storable
from panels.models import Answer, Event, Question
from panels.models.event import EventQuerySet
from panels.transcript import Transcript, Translation
from panels.transcript.languages import languages_agree
from panels.transcript.text import normalize_newlines
from panels.transcript.words import folded_words_of

_CANDIDATES = 20  # stored sessions whose words are compared
_NEWEST = 50_000  # passages of a kind, in which the text of a new session is looked for
_TELLING = 5  # passages by which a session is looked for among many of one title
_RUN = 3  # words: sequences of so many are compared
_SHARED = 0.3  # of the shorter text's sequences, to be alike; two texts on one subject share some 0.05
_FEW = 60  # words: shorter texts have too few sequences and are compared by their letters as well
_NEARLY = 65.0  # how alike the letters of such texts are, from 0 to 100
_FEWEST, _CONTAINED = 8, 0.8  # sequences of such a text, and how many of them the other has, if it is a part of it


class MatchReason(StrEnum):
    """Why a transcript was matched with a stored session, for operators."""

    SLUG = "same slug"
    SOURCE = "same source URL"
    WORDS = "same title, date, language and words"


class Likeness(StrEnum):
    """How similar the text of a transcript is to the stored one."""

    SAME = "same"
    ALIKE = "alike"
    UNLIKE = "unlike"


@dataclass(frozen=True, slots=True)
class SessionMatch:
    """The stored session that a transcript belongs to, why, and how similar the texts are."""

    event: Event
    reason: MatchReason
    likeness: Likeness


def match_session(transcript: Transcript, language: str = "") -> SessionMatch | None:
    """The stored session that the transcript belongs to. Sessions in trash are ignored.

    `language` is a guess for a transcript that does not say its own. A similar text outweighs it.
    """
    if not all(map(is_storable, (transcript.slug, transcript.source_url, transcript.title))):
        return None  # nothing stored is called so, and it will be refused
    if transcript.slug:
        event = Event.objects.not_trashed().filter(slug=transcript.slug).first()
        return SessionMatch(event, MatchReason.SLUG, likeness(transcript, event)) if event else None
    return _same_source(transcript, transcript.language or language) or _same_words(transcript)


def find_original(transcript: Transcript) -> Event | None:
    """The stored session that a new one may be a translation of: same title and date or source, another language.

    An original is preferred to another translation. Call this only for a transcript that is not stored yet.
    """
    if not transcript.language or not all(map(is_storable, (transcript.source_url, transcript.title))):
        return None
    same = Q(title=transcript.title, date=transcript.date) if transcript.date else Q(pk__in=())
    if transcript.source_url:
        same |= Q(source_url=transcript.source_url)
    found = Event.objects.not_trashed().filter(same).order_by("translation", "pk")[:_CANDIDATES]
    return next((one for one in found if not languages_agree(one.language, transcript.language)), None)


def find_alike(transcript: Transcript) -> Event | None:
    """The stored session with the same or nearly the same text, whatever its title and date.

    This is a suggestion; `match_session` finds certain matches. It is found by identical passages or by the title; of
    several sessions, the one with most identical passages is chosen. No index holds whole texts, so only the newest
    passages are searched: a text is usually imported again soon, or with its title.
    """
    texts = [text for text in _telling(transcript) if len(text.split()) >= _FEWEST or not text.isascii()]
    shared = Counter[int]()
    for model in (Answer, Question):
        shared.update(_events_of(model, texts))
    sharing = [pk for pk, _count in sorted(shared.items(), key=lambda one: (-one[1], one[0]))]
    title = transcript.title if is_storable(transcript.title) else ""
    titled = Event.objects.filter(title=title).order_by("pk") if title else Event.objects.none()
    titles = titled.values_list("pk", flat=True)[:_CANDIDATES]
    keys = list(dict.fromkeys([*sharing, *titles]))[:_CANDIDATES]
    found = Event.objects.not_trashed().in_bulk(keys)
    alike = (found[key] for key in keys if key in found)
    return next((event for event in alike if likeness(transcript, event) is not Likeness.UNLIKE), None)


def as_translation(transcript: Transcript, original: Event, how: Translation) -> Transcript:
    """The transcript as a translation of a stored original, if it or an editor says that it is one."""
    translation = transcript.translation or how
    if translation is Translation.NONE or original.translation:
        return transcript
    return replace(transcript, translation=translation, translated_from=transcript.translated_from or original.language)


def likeness(transcript: Transcript, event: Event) -> Likeness:
    """How similar the text of the transcript is to that of the event."""
    new, stored = " ".join(_texts(transcript)), " ".join(_stored_texts(event))
    if new.split() == stored.split():
        return Likeness.SAME
    return Likeness.ALIKE if _are_alike(new, stored) else Likeness.UNLIKE


def _same_source(transcript: Transcript, language: str) -> SessionMatch | None:
    """Match by the source URL.

    If several sessions share it, as with a site's front page, title and date must agree as well, or the texts be
    similar."""
    if not transcript.source_url:
        return None
    for event in _compared(Event.objects.filter(source_url=transcript.source_url), transcript):
        found = likeness(transcript, event)
        same_head = (event.title, event.date) == (transcript.title, transcript.date)
        if found is not Likeness.UNLIKE or (same_head and languages_agree(event.language, language)):
            return SessionMatch(event, MatchReason.SOURCE, found)
    return None


def _same_words(transcript: Transcript) -> SessionMatch | None:
    same = Event.objects.filter(title=transcript.title, date=transcript.date)
    for event in _compared(same, transcript):
        if (found := likeness(transcript, event)) is not Likeness.UNLIKE:
            return SessionMatch(event, MatchReason.WORDS, found)
    return None


def _compared(candidates: EventQuerySet, transcript: Transcript) -> Iterator[Event]:
    """Candidates in a matching language, first those with one of the transcript's longest passages."""
    known = candidates.not_trashed().order_by("pk")
    agreeing = [pk for pk, tag in known.values_list("pk", "language") if languages_agree(tag, transcript.language)]
    if not agreeing:
        return
    texts = _telling(transcript)
    sharing: set[int] = set()
    for model in (Answer, Question) if len(agreeing) > 1 else ():
        sharing.update(model.objects.filter(event__in=agreeing, text__in=texts).values_list("event", flat=True))
    ordered = sorted(agreeing, key=lambda pk: pk not in sharing)
    events = Event.objects.in_bulk(list(islice(ordered, _CANDIDATES)))
    yield from (events[pk] for pk in ordered[:_CANDIDATES] if pk in events)


def _events_of(model: type[Answer | Question], texts: list[str]) -> dict[int, int]:
    """The events that have some of the texts among the newest passages, and how many."""
    if not texts:
        return {}
    last = model._default_manager.aggregate(last=Max("pk"))["last"] or 0
    found = (
        model._default_manager.filter(pk__gt=last - _NEWEST, text__in=texts)
        .values("event")
        .annotate(shared=Count("text", distinct=True))
        .order_by("-shared", "event")
    )
    return dict(found.values_list("event", "shared")[:_CANDIDATES])


def _telling(transcript: Transcript) -> list[str]:
    """The longest passages of a transcript: the least likely to occur in another session."""
    texts = dict.fromkeys(text for text in _texts(transcript) if is_storable(text))  # in order, each once
    return sorted(texts, key=len)[-_TELLING:]


def _texts(transcript: Transcript) -> list[str]:
    """The questions, then the answers."""
    asked = [exchange.question.text for exchange in transcript.exchanges if exchange.question]
    answers = [turn.text for exchange in transcript.exchanges for turn in exchange.answers]
    return [normalize_newlines(text) for text in (*asked, *answers)]


def _stored_texts(event: Event) -> list[str]:
    asked = Question.objects.filter(event=event).order_by("number").values_list("text", flat=True)
    answers = Answer.objects.filter(event=event).order_by("question__number", "position").values_list("text", flat=True)
    return [*asked, *answers]


def _are_alike(one: str, other: str) -> bool:
    words, others = folded_words_of(one), folded_words_of(other)
    runs, other_runs = _runs(words), _runs(others)
    shared, fewest = len(runs & other_runs), min(len(runs), len(other_runs))
    if min(len(words), len(others)) >= _FEW:
        return shared >= _SHARED * fewest
    is_part = fewest >= _FEWEST and shared >= _CONTAINED * fewest
    return is_part or fuzz.ratio(" ".join(words), " ".join(others), score_cutoff=_NEARLY) > 0


def _runs(words: list[str]) -> set[tuple[str, ...]]:
    return set(zip(*(words[start:] for start in range(_RUN)), strict=False))
