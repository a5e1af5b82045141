"""People declared by a structured file, and the panelists made from its speakers."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass, field, replace

from panels.formats.speakers.described import described, name_and_handle
from panels.formats.speakers.names import is_name_part
from panels.formats.speakers.people_labels import decides, person_name
from panels.formats.wording import gettext_noop
from panels.transcript import Attribution, PanelMember, Turn
from panels.transcript.text import tidied

_CLOCK = re.compile(r"(\d{1,3}):(\d\d)(?::(\d\d(?:\.\d+)?))?")
_HALF_A_DAY = 43_200
PRINTED = gettext_noop("printed labels; the file identifies its speakers")


@dataclass
class People:
    """Panelists by name, in the order in which they first speak or are declared."""

    found: dict[str, PanelMember] = field(default_factory=dict)
    spelled: dict[str, str] = field(default_factory=dict)
    handles: dict[str, str] = field(default_factory=dict)  # by name, as in `Ida Krane (idak)`

    def known_as(self, name: str) -> str:
        """The name as first spelled: a no-break space, full-width letters or other capitals make no new person."""
        return self.spelled.setdefault(_folded(name), tidied(name))

    def add(self, panelist: PanelMember) -> None:
        """Add a panelist; known fields stay, new ones are added."""
        self.spelled.setdefault(_folded(panelist.name), panelist.name)
        known = self.found.setdefault(panelist.name, panelist)
        labels = tuple(dict.fromkeys((*known.labels, *panelist.labels)))
        self.found[panelist.name] = replace(
            known,
            labels=labels,
            title=known.title or panelist.title,
            organisation=known.organisation or panelist.organisation,
        )

    def met(self, name: str, label: str | None = None) -> str:
        """The name of a person whom a source calls `name` under a `label`, and who is added with what both say.

        Variants of a name (`Dr. Ida Krane`, `Ida Krane (idak)`, `Ida Krane, Mill Ltd`) are one person. One name with
        two organisations or two handles may be two people: then it stays whole.
        """
        found = described(self.known_as(name))
        found = replace(found, name=self.known_as(found.name))
        if parted := name_and_handle(found.name):
            whole, handle = self.known_as(parted[0]), parted[1]
            if self.handles.setdefault(whole, handle) == handle:
                found = PanelMember(name=whole)
        known = self.found.get(found.name)
        if known and known.organisation and found.organisation and known.organisation != found.organisation:
            found = PanelMember(name=self.known_as(name))
        self.add(replace(found, labels=(label,) if label and label != found.name else ()))
        return found.name

    def speaks(self, name: str | None, *, label: str | None = None, title: str = "") -> None:
        """Record that somebody speaks, under a label that may differ from the name."""
        if name:
            labels = (label,) if label and label != name else ()
            self.add(PanelMember(name=name, title=title, labels=labels))

    def panelists(self) -> tuple[PanelMember, ...]:
        """Everybody."""
        return tuple(self.found.values())


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", tidied(name)).casefold()


def named(label: str | None) -> str | None:
    """The name in a label, without stars and additions; None for voices (`SPEAKER_00`), roles and decisions."""
    name = person_name(label) if label else ""
    return None if not name or is_name_part(name) or decides(name) else name


def turn(text: str, name: str | None, *, label: str | None = None, time: float | None = None, line: int | None) -> Turn:
    """A turn whose speaker the source names, or does not."""
    return Turn(
        text=text,
        label=label if label is not None else name,
        speaker=name,
        attribution=Attribution.STATED if name else Attribution.UNKNOWN,
        time=time,
        line=line,
    )


@dataclass
class Elapsed:
    """Clock times of a session as seconds since the first of them; counting continues past midnight.

    A clock that goes back to before the first time, as a server's may, gives no time.
    """

    start: float | None = None
    before: float = 0.0

    def __call__(self, clock: float | None) -> float | None:
        """Seconds since the first clock time given."""
        if clock is None:
            return None
        if self.start is None:
            self.start = clock
        passed = clock - self.start
        while passed < self.before - _HALF_A_DAY:
            passed += 2 * _HALF_A_DAY
        if passed < 0:
            return None
        self.before = passed
        return round(passed, 3)


def clock_of(stamp: str | None) -> float | None:
    """Seconds of a clock time (`014:30:00`) or of a moment (`2013-06-21T09:30:00`); None if it is neither."""
    stamp = (stamp or "").strip()
    found = _CLOCK.fullmatch(stamp)
    if found:
        return int(found[1]) * 3600 + int(found[2]) * 60 + float(found[3] or 0)
    try:
        moment = dt.datetime.fromisoformat(stamp)
    except ValueError:
        return None
    return moment.replace(tzinfo=moment.tzinfo or dt.UTC).timestamp()
