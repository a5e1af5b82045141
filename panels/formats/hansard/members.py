"""Who speaks in a Hansard: the label as printed, the name, and the office, riding or party.

Canada prints `Ms. Ida Krane (North, Ind.)`, Australia has `Krane, Ida, MP` beside `Ms KRANE`, South Australia only
`Ms KRANE`, with an electorate. Several members at once, and members that are not named, are nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from panels.formats.limits import timed
from panels.formats.parsing.flow import name_of
from panels.formats.parsing.xmltree import words
from panels.formats.speakers.parts_played import is_name_part

_WITH_ROLE = re.compile(r"(?P<name>[^()]*[^()\s])\s*+\((?P<inside>[^()]*+)\)?.*")
_TITLES = re.compile(r"(?:(?:Sen|Senator|the Hon|Hon|MP|MLA|MLC)\.? )+(?=\S)")
_MEMBERS = re.compile(r"(?:the )?hon(?:ou?rable)?s?\.? (?:members?|senators?|députés|sénateurs)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who speaks; without a name if the source does not say who."""

    label: str
    name: str = ""
    role: str = ""


def _is_collective(label: str) -> bool:
    """Whether a label means several members, or one that is not named."""
    return is_name_part(label) or bool(_MEMBERS.fullmatch(label))


def labelled(label: str) -> Member:
    """The member of whom only the printed label is known."""
    label = label.rstrip(" :")
    if not label or _is_collective(label):
        return Member(label)
    found = _WITH_ROLE.fullmatch(label)
    return Member(label, found["name"], found["inside"]) if found else Member(label, label)


def of_talker(talker: etree._Element) -> Member:
    """The member in Australia's `<talker>`, of the Commonwealth or of South Australia."""
    names = {(name.get("role") or ""): words(name) for name in talker.iter("name")}
    whole = names.get("metadata") or next(iter(names.values()), "")
    printed = (names.get("display") or whole).rstrip(" :")
    role = words(talker.find("party")) or words(talker.find("electorate"))
    if _is_collective(printed):
        return Member(printed)
    family, *given = whole.split(", ")
    return Member(printed, f"{_TITLES.sub('', given[0])} {family}".strip() if given else whole, role)


@dataclass
class Members:
    """The members whom a day declares, by their numbers and by their labels."""

    by_number: dict[str, Member] = field(default_factory=dict)
    by_label: dict[str, Member] = field(default_factory=dict)

    @classmethod
    def of(cls, root: etree._Element) -> Members:
        """Collect them from every `<talker>`. A label that two members have is not known."""
        found = cls()
        same: dict[str, set[str]] = {}
        for talker in timed(root.iter("talker")):
            member = of_talker(talker)
            number = words(talker.find("name.id"))
            if number and member.name:
                found.by_number.setdefault(number, member)
            same.setdefault(member.label.casefold(), set()).add(member.name)
            found.by_label.setdefault(member.label.casefold(), member)
        found.by_label = {label: member for label, member in found.by_label.items() if len(same[label]) == 1}
        return found

    def called(self, label: str, number: str = "") -> Member:
        """The member with a number or, failing that, a label."""
        label = label.rstrip(" :")
        known = self.by_number.get(number) or self.by_label.get(label.casefold())
        return Member(label, known.name, known.role) if known and known.name else labelled(label)


def speaker_of(element: etree._Element) -> Member:
    """The member who speaks in an element of a turn."""
    person = next(element.iter("PersonSpeaking"), None)
    if person is not None:
        return labelled(words(person))
    talker = element if name_of(element) == "talker" else next(_own(element), None)
    return Member("") if talker is None else of_talker(talker)


def _own(element: etree._Element) -> Iterator[etree._Element]:
    """The talker at the beginning of a turn, but not those of turns within it."""
    for child in element:
        if name_of(child) == "talker":
            yield child
        elif name_of(child) == "talk.start":
            yield from _own(child)
