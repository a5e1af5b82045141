"""Resolve the labels of a file to people: names are set if the source gives them, otherwise candidates are suggested.

A source gives a name by writing it, by defining initials (`Mary Fable (MF):`, an attendee table), or by spelling a
listed name with other capitals. Initials, given names and near spellings of a listed name are guesses: they become the
turn's candidates, and the label stays the speaker's name. So are initials and parts of a full name that somebody had
as a label before (`Ida Krane:`, then `Krane:`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from panels.formats.limits import check_time
from panels.formats.speakers.described import described, is_whole_name, name_and_handle, names_who_holds_it
from panels.formats.speakers.names import (
    answers,
    asks,
    definition,
    guesses,
    is_chair,
    is_name_part,
    is_nobody,
    short_forms,
    squeezed,
)
from panels.formats.speakers.people_labels import person_name
from panels.formats.wording import gettext_noop
from panels.transcript import Attribution, Candidate, PanelMember, Role, Turn

_LEADS = gettext_noop("%(name)s leads the session")
ONLY_LISTED = gettext_noop("%(name)s is the only speaker listed")

_MOST = 400  # labels and names that are compared with each other


@dataclass
class SpeakerResolution:
    """People by name, in the order listed or first heard, and the meaning of each label."""

    people: dict[str, PanelMember] = field(default_factory=dict)
    meaning: dict[str, str] = field(default_factory=dict)
    listed: tuple[str, ...] = ()
    guessed: dict[str, tuple[Candidate, ...]] = field(default_factory=dict)
    handles: dict[str, str] = field(default_factory=dict)  # by name, as in `Ida Krane (idak)`
    heard: dict[str, list[str]] = field(default_factory=dict)  # full names of labels, by what may be short for them

    @classmethod
    def of(cls, panelists: Iterable[PanelMember], short: Iterable[tuple[str, str]] = ()) -> SpeakerResolution:
        """Begin with the listed people; `short` are pairs of a short form and its name."""
        resolution = cls()
        for panelist in panelists:
            resolution.people.setdefault(panelist.name, panelist)
            for label in panelist.labels:
                resolution.meaning[squeezed(label)] = panelist.name
        resolution.listed = tuple(resolution.people)
        resolution.meaning |= {squeezed(name): name for name in resolution.listed}
        for form, name in short:
            resolution.define(form, name)
        return resolution

    def define(self, short: str, name: str) -> None:
        """Record that the source defines a short form of a name."""
        name = self.meaning.get(squeezed(name), name)
        person = self.people.setdefault(name, PanelMember(name=name))
        if short != name and short not in person.labels:
            self.people[name] = replace(person, labels=(*person.labels, short))
        self.meaning[squeezed(name)] = name
        self.meaning[squeezed(short)] = name

    def turn(self, label: str | None, text: str, *, time: float | None, line: int, nobody: bool = False) -> Turn:
        """A turn with the speaker of its label; a label that is `nobody` is kept without a speaker."""
        check_time()
        turn = Turn(text=text, label=label or None, time=time, line=line)
        if nobody and label:
            return turn
        if not label or is_nobody(label):
            return replace(turn, label=None)
        found = definition(label)
        if found:
            self.define(found[1], found[0])
            label = found[0]
        name = self.meaning.get(squeezed(label))
        if name is None and is_name_part(label):
            return replace(turn, candidates=tuple(self._of_part(label)))
        if name is None:
            name = self.met(label)
        elif turn.label and turn.label not in (name, *self.people[name].labels) and not found:
            self._also(name, turn.label)
        candidates = (self._guessed(label) or self._heard_as(name)) if name not in self.listed else ()
        return replace(turn, speaker=name, attribution=Attribution.STATED, candidates=candidates)

    def met(self, label: str) -> str:
        """The person of a label who is not listed: somebody heard before, if only additions to the name differ.

        One name with two organisations or two handles may be two people: then the label stays whole.
        """
        found = described(person_name(label))
        if parted := name_and_handle(found.name):
            whole, handle = parted
            known_as = self.meaning.get(squeezed(whole), whole)
            if self.handles.setdefault(known_as, handle) == handle:
                found = PanelMember(name=whole)
                self.meaning.setdefault(squeezed(handle), known_as)
        known = self.people.get(self.meaning.get(squeezed(found.name), ""))
        if known and found.organisation and known.organisation and found.organisation != known.organisation:
            found = PanelMember(name=person_name(label))
        name = self.meaning.setdefault(squeezed(found.name), found.name)
        self.meaning[squeezed(label)] = name
        person = self.people.setdefault(name, found)
        self.people[name] = replace(
            person, title=person.title or found.title, organisation=person.organisation or found.organisation
        )
        if label not in (name, *person.labels):
            self._also(name, label)
        if person is found and (is_whole_name(name) or names_who_holds_it(name)):
            for short in short_forms(name):
                self.heard.setdefault(short, []).append(name)
        return name

    def resolved(self, turn: Turn) -> Turn:
        """A turn of which the source names the speaker, as one person with all turns under variants of the name."""
        if turn.speaker is None:
            return turn
        name = self.known_as(turn.speaker)
        return replace(turn, speaker=name, candidates=turn.candidates or self._heard_as(name))

    def known_as(self, name: str) -> str:
        """The name of the person who is called so, or by a variant of it."""
        return self.meaning.get(squeezed(name)) or self.met(name)

    def _heard_as(self, label: str) -> tuple[Candidate, ...]:
        """Those heard before whose full names a label may be short for. Not remembered, as there may be more later."""
        names = self.heard.get(squeezed(label), ())
        return tuple(guesses(label, names[:_MOST])) if names else ()

    def _guessed(self, label: str) -> tuple[Candidate, ...]:
        if label not in self.guessed:
            few = len(self.guessed) < _MOST
            self.guessed[label] = tuple(guesses(label, self.listed[:_MOST])) if few else ()
        return self.guessed[label]

    def _also(self, name: str, label: str) -> None:
        person = self.people[name]
        self.people[name] = replace(person, labels=(*person.labels, label))

    def _of_part(self, label: str) -> Iterable[Candidate]:
        """The person with the role in a label, if exactly one of those listed may have it."""
        leads = [p.name for p in self.people.values() if p.role in (Role.MODERATOR, Role.HOST)]
        others = [p.name for p in self.people.values() if p.role is Role.PANELIST and p.name in self.listed]
        fitting = leads if is_chair(label) else others if answers(label) and not asks(label) else []
        if len(fitting) == 1:
            evidence = _LEADS if is_chair(label) else ONLY_LISTED
            yield Candidate(name=fitting[0], evidence=evidence % {"name": fitting[0]})

    def panelists(self) -> tuple[PanelMember, ...]:
        """Everybody."""
        return tuple(self.people.values())
