"""Match the names of a transcript with stored speakers.

This is decided only here, before anything is written: for a new text (`people_of`), for names that a corrected text may
have respelt (`with_doubts`), and for what will be stored (`cast_of`).

A name that does not identify a person (`formats.speakers.identity`), such as “Q” or “Ida”, is known only within its
event: it never matches a speaker of another event, and becomes a label. A name shared by several stored speakers
matches none of them until an editor chooses; if there is nobody to ask, it becomes a label, too.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from django.db.models import Q
from rapidfuzz.distance import Levenshtein

from panels.formats.speakers.identity import identifies
from panels.models import Event, Speaker
from panels.models.speaker import NOTED
from panels.transcript import Exchange, Transcript, Turn
from panels.transcript.text import sort_key_of

_LIKE = 0.8  # how alike two names are, from 0 to 1, to be offered as one person's
_SHORTEST = 3  # characters of names of which one letter may be another
_COMPARED = 200  # stored speakers who share a word with a name
_LOOKED_FOR = 200  # names of one transcript for which others are offered
_AT_ONCE = 1_000  # names in one query

Settled = Mapping[str, Speaker | None]


@dataclass(frozen=True, slots=True)
class Person:
    """A person in a transcript, and the stored speakers that match.

    `known` has exactly this name, or was chosen by an editor. `similar` may be the same person, and are only suggested.
    While `in_doubt`, nothing is stored until an editor chooses one of `similar` or a new speaker; then `is_settled`.
    `is_shared` means that several stored speakers have this name; they come first in `similar`.
    """

    name: str
    known: Speaker | None
    similar: tuple[Speaker, ...] = ()
    in_doubt: bool = False
    is_settled: bool = False
    is_shared: bool = False

    @property
    def is_label(self) -> bool:
        """Whether a new person is stored as a label of the event."""
        return self.known is None and (self.is_shared or not identifies(self.name))


def people_of(
    transcript: Transcript,
    event: Event | None = None,
    settled: Settled | None = None,
    *,
    offer: bool = True,
    unattended: bool = False,
) -> tuple[Person, ...]:
    """Everyone who is listed or speaks in the transcript. Speakers of `event` precede others of the same name.

    `settled` maps names to the speakers chosen for them, None for a new speaker. With `offer`, unknown names get
    similar stored speakers as suggestions; without it, an editor wrote the names, and even a single name means a stored
    speaker. A name that several speakers share is in doubt, unless `unattended`: then there is nobody to ask.
    """
    settled = _with_own_labels(settled or {}, event)
    names = list(dict.fromkeys([*(one.name for one in transcript.panelists), *_speaking(transcript)]))
    asked = [name for name in names if name not in settled and (identifies(name) or not offer)]
    here = {name: one for name, one in _speakers_of(event).items() if name not in settled} if event else {}
    called = {name: some for name, some in speakers_called(asked).items() if name not in here}
    shared = {name: some for name, some in called.items() if len(some) > 1}
    known: dict[str, Speaker] = {name: some[0] for name, some in called.items() if len(some) == 1} | here
    known |= {name: speaker for name, speaker in settled.items() if speaker is not None}
    unknown = [name for name in names if name not in known or name in settled][:_LOOKED_FOR] if offer else []
    similar = {name: _similar(name) for name in unknown}
    similar |= {name: tuple(dict.fromkeys([*some, *similar.get(name, ())])) for name, some in shared.items()}
    return tuple(
        Person(
            name,
            known.get(name),
            similar.get(name, ()),
            in_doubt=name in shared and not unattended,
            is_settled=name in settled,
            is_shared=name in shared,
        )
        for name in names
    )


def _with_own_labels(settled: Settled, event: Event | None) -> Settled:
    """The choices, with the label of the event for a new one of the same name: an event has each label once."""
    new = {name for name, speaker in settled.items() if speaker is None and not identifies(name)}
    if event is None or not new:
        return settled
    return {**settled, **{label.name: label for label in event.labels.all() if label.name in new}}


def with_stored_names(transcript: Transcript, people: tuple[Person, ...]) -> Transcript:
    """The transcript with the stored names of all known people."""
    names = {person.name: person.known.name for person in people if person.known is not None}
    names = {name: stored for name, stored in names.items() if name != stored}
    return renamed(transcript, names) if names else transcript


def renamed(transcript: Transcript, names: Mapping[str, str]) -> Transcript:
    """The transcript with some names replaced."""

    def named(turn: Turn) -> Turn:
        return replace(turn, speaker=names[turn.speaker]) if turn.speaker and turn.speaker in names else turn

    def exchange_named(exchange: Exchange) -> Exchange:
        asked = exchange.question and named(exchange.question)
        return replace(exchange, question=asked, answers=tuple(map(named, exchange.answers)))

    return replace(
        transcript,
        panelists=tuple(replace(one, name=names.get(one.name, one.name)) for one in transcript.panelists),
        exchanges=tuple(map(exchange_named, transcript.exchanges)),
    )


def with_doubts(people: tuple[Person, ...], event: Event, old: Transcript, new: Transcript) -> tuple[Person, ...]:
    """The people of a corrected text, with those marked whose name may be a new spelling of somebody in the event.

    `new` has the stored names and the anchors of `old`. A name new to the event is doubtful if somebody in the event
    has a similar one, or spoke the same passages and is no longer named: it may or may not be the same person.
    """
    here = list(Speaker.objects.taking_part_in(event).order_by("slug")[:_AT_ONCE])
    keys = {one.pk: (one.sort_key, sort_key_of(one.original_name)) for one in here}
    own = {speaker.pk for speaker in here}
    named = {person.known.pk for person in people if person.known}
    replaced = _replaced(old, new)

    def transcript_at_version(person: Person) -> Person:
        if not person.is_settled and person.known and person.known.pk in own:
            return person
        name = person.known.name if person.known else person.name
        key = sort_key_of(name)
        alike = [one for one in here if any(_alike(key, other) for other in keys[one.pk])]
        gone = [one for one in here if one.pk not in named and one.name in replaced[name]]
        if person.known and not person.is_settled:  # called exactly so: a doubt only where one of the event has gone
            alike = [one for one in alike if one.pk not in named]
        candidates = dict.fromkeys([*alike, *gone])
        if not candidates:
            return person
        others = (person.known, *person.similar) if person.known else person.similar
        similar = tuple(dict.fromkeys([*candidates, *others]))
        if person.is_settled:
            return replace(person, similar=similar)
        return replace(person, known=None, similar=similar, in_doubt=True)

    return tuple(map(transcript_at_version, people))


def namesakes(people: tuple[Person, ...], event: Event, old: Transcript, target: Transcript) -> tuple[Person, ...]:
    """The people, with those marked who share their name with another speaker of the event and get a new passage."""
    by_name: dict[str, list[Speaker]] = defaultdict(list)
    for speaker in Speaker.objects.taking_part_in(event).order_by("slug"):
        by_name[speaker.name].append(speaker)
    shared = {name: some for name, some in by_name.items() if len(some) > 1}
    if not shared:
        return people
    before = {turn.anchor: turn.speaker for turn in old.turns if turn.anchor}
    newly = {turn.speaker for turn in target.turns if turn.speaker != before.get(turn.anchor or "")}
    return tuple(
        replace(person, known=None, similar=tuple(shared[person.name]), in_doubt=True)
        if person.name in shared and person.name in newly and not person.is_settled
        else person
        for person in people
    )


@dataclass(frozen=True, slots=True)
class Cast:
    """The speakers of what will be stored. `people` has everybody by their name in the transcript.

    `confused` are names that would mean two speakers at once: nothing is stored while there is one.
    """

    people: Mapping[str, Person]
    confused: tuple[tuple[str, Speaker, Speaker], ...] = ()

    def __getitem__(self, name: str) -> Person:
        return self.people[name]

    @property
    def new(self) -> tuple[Person, ...]:
        """The people who become new speakers, each once."""
        return tuple(dict.fromkeys(person for person in self.people.values() if person.known is None))

    @property
    def known(self) -> dict[int, Speaker]:
        return {person.known.pk: person.known for person in self.people.values() if person.known}


def cast_of(transcript: Transcript, people: Iterable[Person], event: Event | None) -> Cast:
    """The speakers of all names in the transcript, both new and stored.

    A new person listed with a name in the original script is the same as one called by that name elsewhere.
    """
    cast: dict[str, Person] = {}
    confused: list[tuple[str, Speaker, Speaker]] = []
    own = list(Speaker.objects.taking_part_in(event).order_by("slug")) if event else []
    for person in people:
        name = person.known.name if person.known else person.name
        other = cast.setdefault(name, person)
        if person.known and other.known and person.known != other.known:
            confused.append((name, other.known, person.known))
    for name, chosen in cast.items():
        namesake = next((one for one in own if one.name == name), None) if chosen.is_settled else None
        if namesake and chosen.known and chosen.known not in own:
            confused.append((name, namesake, chosen.known))
    for name, speaker in (_speakers_of(event) if event else {}).items():
        cast.setdefault(name, Person(name, speaker))
    for listed in transcript.panelists:
        who, alias = cast.get(listed.name), cast.get(listed.original_name)
        if who and not who.known and listed.original_name and (alias is None or alias.known is None):
            cast[listed.original_name] = who
    return Cast(cast, tuple(confused))


def _replaced(old: Transcript, new: Transcript) -> dict[str, set[str]]:
    """For each name of the new text, who spoke the same passages before."""
    before = {turn.anchor: turn.speaker for turn in old.turns if turn.anchor}
    found: dict[str, set[str]] = defaultdict(set)
    for turn in new.turns:
        was = before.get(turn.anchor or "")
        if turn.speaker and was and was != turn.speaker:
            found[turn.speaker].add(was)
    return found


def _speaking(transcript: Transcript) -> Iterator[str]:
    return (turn.speaker for turn in transcript.turns if turn.speaker)


def _speakers_of(event: Event) -> dict[str, Speaker]:
    found: dict[str, Speaker] = {label.name: label for label in event.labels.all()}  # also those no passage has now
    for speaker in Speaker.objects.taking_part_in(event).order_by("slug"):
        found.setdefault(speaker.original_name, speaker)
        found[speaker.name] = speaker
    found.pop("", None)
    return found


def speakers_called(names: Collection[str]) -> dict[str, tuple[Speaker, ...]]:
    """The identified speakers who have each of the names, by slug. A name with a note means the speaker with both.

    >>> speakers_called(["Ada Vale", "Ada Vale · historian"])  # doctest: +SKIP
    {"Ada Vale": (<Speaker: Ada Vale · historian>, <Speaker: Ada Vale · painter>), "Ada Vale · historian": (...)}
    """
    asked = list(names)
    found: dict[str, dict[int, Speaker]] = defaultdict(dict)
    for start in range(0, len(asked), _AT_ONCE):
        some = asked[start : start + _AT_ONCE]
        plain = [name.rpartition(NOTED)[0] for name in some if NOTED in name]
        called = Q(name__in=[*some, *plain]) | Q(original_name__in=some)
        for speaker in Speaker.objects.identified().filter(called).order_by("slug"):
            for name in (speaker.name, speaker.original_name, f"{speaker.name}{NOTED}{speaker.note}"):
                found[name][speaker.pk] = speaker
    return {name: tuple(found[name].values()) for name in asked if name in found}


def _similar(name: str) -> tuple[Speaker, ...]:
    key = sort_key_of(name)
    shares_a_word = Q(pk=None)
    for word in set(key.split()):
        shares_a_word |= Q(sort_key__contains=word)
    near = Speaker.objects.identified().filter(shares_a_word).order_by("sort_key", "slug")[:_COMPARED]
    return tuple(speaker for speaker in near if _alike(key, speaker.sort_key))


def _alike(one: str, other: str) -> bool:
    """The same words in another order, fewer of them, initials for some, or nearly the same letters."""
    words, others = set(one.split()), set(other.split())
    if not words or not others:
        return False
    if words <= others or others <= words or _abbreviates(words, others) or _abbreviates(others, words):
        return True
    if _is_one_letter_apart(words - others, others - words):
        return True
    one, other = " ".join(sorted(words)), " ".join(sorted(others))
    if min(len(one), len(other)) >= _SHORTEST and Levenshtein.distance(one, other, score_cutoff=1) <= 1:
        return True
    return SequenceMatcher(None, one, other).ratio() >= _LIKE


def _is_one_letter_apart(words: set[str], others: set[str]) -> bool:
    """Whether two names differ only in one word that is nearly the same: `Krane` and `Crane`."""
    if len(words) != 1 or len(others) != 1:
        return False
    (word,), (other,) = words, others
    return min(len(word), len(other)) >= _SHORTEST and Levenshtein.distance(word, other, score_cutoff=1) <= 1


def _abbreviates(short: set[str], full: set[str]) -> bool:
    """Whether each word of one name is a word of the other or the initial of one, and not all are initials."""
    rest = short - full
    initials = {word[0] for word in full - short}
    return rest != short and all(len(word) == 1 and word in initials for word in rest)
