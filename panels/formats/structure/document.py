"""Split a text source into its front matter, its lines, and the people it lists."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from panels.formats.base import Source
from panels.formats.parsing.front_matter import Head, read_head
from panels.formats.parsing.text_lines import Line, scan
from panels.formats.speakers.lists.attendees import attendees
from panels.formats.speakers.lists.participants import listed_people, merged
from panels.formats.unsupported import refuse_data
from panels.transcript import PanelMember


@dataclass(frozen=True, slots=True)
class Document:
    """A source split into its front matter, its lines, and the people it lists."""

    head: Head
    lines: tuple[Line, ...]
    people: tuple[PanelMember, ...]
    listed: frozenset[int] = frozenset()  # the lines of lists of people, which are no turns

    @property
    def known(self) -> tuple[str, ...]:
        """The names and short forms of the listed people."""
        return tuple(name for person in self.people for name in (person.name, *person.labels))

    @property
    def unlisted(self) -> tuple[Line, ...]:
        """The lines that are in no list of people."""
        return tuple(line for line in self.lines if line.number not in self.listed) if self.listed else self.lines


@lru_cache(maxsize=2)
def opened(source: Source) -> Document:
    """Split a source, once for all formats that check it. Raises FormatError for data that is not text for people."""
    refuse_data(source.text)
    head = read_head(source.lines)
    lines = tuple(scan(source.lines, first=head.first))
    lists = listed_people(lines)
    people = merged((*head.transcript.panelists, *attendees(lines), *lists.people))
    return Document(head, lines, tuple(people), lists.lines)
