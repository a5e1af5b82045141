"""Likely names for labels that do not identify a speaker: suggested to editors, never set automatically."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from django.db.models import Q

from panels.editorial.importing.matching.speakers import Person
from panels.editorial.proposals import UnresolvedLabel
from panels.formats.speakers.identity import identifies
from panels.formats.speakers.names import guesses, is_initials, looks_like_name, squeezed
from panels.models import Speaker
from panels.transcript import Transcript

_OFFERED = 12  # names for one label
_FITTING = 6  # of one kind
_LISTED = 100  # panelists who are compared with a label
_LOOKED_FOR = 50  # initials for which stored speakers are looked for
_EXAMINED = 500  # stored speakers
_SHORTEST_NAME = 2  # characters of a single name by which stored speakers are looked for
_LONGEST_NAME = Speaker._meta.get_field("name").max_length or 0  # databases refuse a pattern of some 50,000 characters
_MOST_WORDS = 4  # of a name
_RUN = re.compile(
    r"\b[A-ZÀ-ÖØ-ÞΑ-ΩА-Я][\w’'-]*\.?(?: (?:(?:van|von|der|den|de|da|di|du|la|le|bin|ibn|al|el) ){0,2}"
    r"[A-ZÀ-ÖØ-ÞΑ-ΩА-Я][\w’'-]*\.?){1,5}"
)


def candidates_of(
    labels: Sequence[UnresolvedLabel], transcript: Transcript, people: Iterable[Person]
) -> dict[str, tuple[str, ...]]:
    """The people each label may mean, most likely first.

    These are listed people who fit, full names in the text that fit, stored speakers who fit, and the rest of those
    listed.
    """
    if not labels:
        return {}
    persons = {person.name: person for person in people}
    panel = [_full_name(person) for person in persons.values() if identifies(person.name)][:_LISTED]
    mentioned = _mentioned(transcript, {squeezed(one.label) for one in labels})
    stored = fitting_speakers(one.label for one in labels)
    found = {}
    for one in labels:
        similar = persons[one.label].similar if one.label in persons else ()
        fitting = [
            *one.candidates,
            *(guess.name for guess in guesses(one.label, panel)),
            *mentioned.get(squeezed(one.label), ()),
            *_fitting(one.label, map(str, similar)),
            *map(str, stored.get(one.label, ())[:_FITTING]),
        ]
        found[one.label] = tuple(dict.fromkeys([*fitting, *panel]))[:_OFFERED]
    return found


def proposed_names(labels: Sequence[UnresolvedLabel], transcript: Transcript) -> dict[str, str]:
    """The names proposed for labels: the only listed person who fits, or else the only one in the head who does.

    A name in the head that fits several initials is proposed for none of them.
    """
    proposed = {one.label: one.candidate for one in labels if one.candidate}
    initials = [one.label for one in labels if not one.candidates and is_initials(one.label)]
    head = replace(transcript, exchanges=())
    mentioned = _mentioned(head, {squeezed(label) for label in initials}) if initials else {}
    found = {label: _fitting(label, mentioned.get(squeezed(label), ())) for label in initials}
    counts = Counter(name for names in (*found.values(), proposed.values()) for name in names)
    sole = {label: names[0] for label, names in found.items() if len(names) == 1 and counts[names[0]] == 1}
    return proposed | sole


def _full_name(person: Person) -> str:
    return str(person.known) if person.known else person.name


def _fitting(label: str, names: Iterable[str]) -> list[str]:
    return [guess.name for guess in guesses(label, names)][:_FITTING]


def fitting_speakers(labels: Iterable[str]) -> dict[str, list[Speaker]]:
    """The identified speakers whose names begin with initials, or have a single name as a part, by label."""
    short_enough = (label for label in dict.fromkeys(labels) if len(label) <= _LONGEST_NAME)
    wanted = [label for label in short_enough if squeezed(label).isalpha()][:_LOOKED_FOR]
    asked = Q(pk=None)
    for label in wanted:
        short = squeezed(label)
        if is_initials(label):
            asked |= Q(name__istartswith=short[0], name__icontains=f" {short[-1]}")
        elif len(label) >= _SHORTEST_NAME and " " not in label:
            asked |= Q(name__istartswith=f"{label} ") | Q(name__iendswith=f" {label}")
    if not wanted:
        return {}
    near = list(Speaker.objects.identified().filter(asked).order_by("sort_key", "slug")[:_EXAMINED])
    return {label: [one for one in near if _fitting(label, [one.name])] for label in wanted}


def _mentioned(transcript: Transcript, wanted: set[str]) -> Mapping[str, list[str]]:
    """The full names in a text that one of the `wanted` may be short for, the most frequent first."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    texts = (transcript.title, transcript.introduction, *(turn.text for turn in transcript.turns))
    for text in texts:
        for run in _RUN.finditer(text):
            for name in _names_in(run[0].split()):
                for short in _short_forms(name) & wanted:
                    counts[short][" ".join(name)] += 1
    return {short: _most_frequent(names) for short, names in counts.items()}


def _names_in(words: list[str]) -> Iterator[list[str]]:
    """The parts of a run of words that may be a name, which begin and end with a capital."""
    words[-1] = words[-1].removesuffix(".").removesuffix("’s").removesuffix("'s")
    for first in range(len(words)):
        for after in range(first + 2, min(first + _MOST_WORDS, len(words)) + 1):
            if words[first][:1].isupper() and words[after - 1][:1].isupper():
                yield words[first:after]


def _short_forms(name: list[str]) -> set[str]:
    capitals = "".join(word[0] for word in name if word[0].isupper()).casefold()
    return {capitals, capitals[0] + capitals[-1], squeezed(name[0]), squeezed(name[-1])}


def _most_frequent(names: Counter[str]) -> list[str]:
    whole = [name for name, _count in names.most_common(4 * _FITTING) if looks_like_name(name) and identifies(name)]
    return whole[:_FITTING]
