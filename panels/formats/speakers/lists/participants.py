"""Read lists of people by the words before them: `Panel: Ida Krane (moderator), Ben Marsh`, or one on each line below.

Such a list is no turn of somebody called “Panel”. Its text stays in the introduction; here the people are read, with
their roles, titles and organisations, and the lines that belong to the list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from panels.formats.limits import timed
from panels.formats.parsing.text_lines import Line, LineKind, unmarked
from panels.formats.speakers.described import is_organisation, is_whole_name
from panels.formats.speakers.label_patterns import colon, name_time, plain_label
from panels.formats.speakers.names import (
    CAPITALS,
    definition,
    initials,
    is_capitalised,
    is_chair,
    is_initials,
    is_name_part,
    is_no_name,
    looks_like_name,
    may_be_chinese_name,
)
from panels.formats.speakers.words.participants import is_for_one, role_before_list, role_in
from panels.transcript import PanelMember, Role

_HEAD = re.compile(
    r"(?:[-*+•]\s+)?(?P<open>[*_]{0,3})(?P<word>[^:：*|\n]{2,30}?)\s?(?:[:：]\s?(?P=open)|(?P=open)\s?[:：]|(?P=open)$)\s*(?P<names>.*)"
)
_WITH = re.compile(
    r"(?:[*_]{0,3})(?P<word>with|featuring|moderated by|hosted by|chaired by)\s(?P<names>[A-Z].*)", re.IGNORECASE
)
_BULLET = re.compile(r"(?:[-*+•·–]|\d{1,2}[.)、])\s+")
_ENTRIES = re.compile(r"(?<!\s)\s*+[;；|]\s*+")
_OUTSIDE_BRACKETS = r"(?![^(（\[]{0,120}[)）\]])"
_COMMAS = re.compile(rf"(?:(?<!\s)\s*+[,،、，]|\s·\s)\s*+{_OUTSIDE_BRACKETS}")
_AND = re.compile(
    rf"(?:^|(?<!\s)\s++)(?:and|&|und|et|y|e|и|та|και|with|sowie)\s++{_OUTSIDE_BRACKETS}|"
    r"(?<=[\u4e00-\u9fff])(?:和|与|與|及|以及)(?=[\u4e00-\u9fff])"
)
_IN_BRACKETS = re.compile(
    r"(?P<name>[^()（）\[\]]{1,60}?)\s?[(（\[](?P<more>[^()（）\[\]]{1,100})[)）\]][.,]?\s*(?P<rest>.*)"
)
_AFTER_NAME = re.compile(
    r"(?P<name>[^,，、|–—:：-]{1,60}?)(?:\s?[,，|]\s?|\s+[-–—]\s+|\s?[–—:：]\s?|\s+(?:from|of|at)\s+(?=[A-Z]))(?P<more>\S.{0,160})"
)
_HAN_OFFICE = re.compile(
    r"(?P<name>[\u3400-\u9fff々]{2,4}|[\u30a0-\u30ffー・]{3,20})[\s　]+(?P<more>[\u3040-\u9fff々].{0,60})"
)
_SHORT = re.compile(
    rf"(?P<short>[{CAPITALS}][^\W\d_.]{{0,4}}\d?)\s?(?:=|[:：]|\s[-–—]\s)\s*(?P<name>[^\W\d_].{{2,80}})"
)
_INITIALS_LABEL = re.compile(rf"[*_]{{0,3}}(?P<short>[{CAPITALS}]{{2,4}})[*_]{{0,3}}\s?[:：]")
_SHARE = re.compile(r"\d{1,3}(?:[.,]\d+)? ?%")  # of the words that somebody speaks, as Otter writes it
_HONORIFICS = re.compile(r"\s?(?:先生|女士|老师|老師|さん|氏|様)$")
_SPEAKING = re.compile(r"_|\b(?:I|I['’]m|we|my|our|you|your|have|had|was|were|am|are|do|does|did|can|will|would)\b")
_STOPS = (".", "!", "?", "。", "！", "？", "…")
_MOST_NAME_WORDS = 5
_SPEECH = 8  # words after a label that are more than a field
_SEVERAL = 2
_MOST_LINES = 400
_LONGEST_TITLE = 120  # characters


@dataclass(frozen=True, slots=True)
class ListedPeople:
    """The people of the lists in a text, and the numbers of the lines of the lists."""

    people: tuple[PanelMember, ...] = ()
    lines: frozenset[int] = frozenset()


def listed_people(lines: Sequence[Line]) -> ListedPeople:
    """The people of the lists in the head of a text, above the first line that somebody speaks."""
    head = list(_head(lines))
    people: list[PanelMember] = []
    taken: set[int] = set()
    at = 0
    while at < len(head):
        count, found = _list_at(head, at, lines)
        if found:
            people += found
            taken |= {line.number for line in head[at : at + count]}
        at += max(count, 1) if found else 1
    return ListedPeople(_with_initials(tuple(merged(people)), lines), frozenset(taken))


def _with_initials(people: tuple[PanelMember, ...], lines: Sequence[Line]) -> tuple[PanelMember, ...]:
    """The people with their initials as labels, if the labels of the text are initials of theirs, each of one alone."""
    used = {found["short"] for line in lines if (found := _INITIALS_LABEL.match(line.text))}
    if len(used) < _SEVERAL or not people:
        return people
    mean = {short: [one for one in people if short in (initials(one.name), *one.labels)] for short in used}
    if any(len(found) != 1 for found in mean.values()) or len({found[0].name for found in mean.values()}) < len(used):
        return people
    short_of = {found[0].name: short for short, found in mean.items()}
    return tuple(
        replace(one, labels=tuple(dict.fromkeys((*one.labels, short_of[one.name])))) if one.name in short_of else one
        for one in people
    )


def _head(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines above the first one that somebody speaks, as far as its form tells."""
    for line in timed(lines[:_MOST_LINES]):
        if line.kind is not LineKind.HEADING and _speaks(line):
            return
        yield line


def _speaks(line: Line) -> bool:
    """Whether a line has the form of a turn: a label that is no word before a list, and a sentence."""
    if name_time(line):
        return True
    bare = unmarked(_BULLET.sub("", line.text, count=1))
    mark = colon(replace(line, text=bare))
    if not mark or not mark.text or is_no_name(mark.label) or not looks_like_name(mark.label):
        return False
    role = role_before_list(mark.label)
    spoken = mark.text.endswith(_STOPS) or len(mark.text.split()) > _SPEECH
    return spoken and (role is None or not _people(mark.text, mark.label))


def _list_at(head: Sequence[Line], at: int, lines: Sequence[Line]) -> tuple[int, list[PanelMember]]:
    """The number of lines of the list that begins at a line, and its people; none if there is no list."""
    line = head[at]
    found = _HEAD.fullmatch(line.text) or _WITH.fullmatch(unmarked(line.text).rstrip("."))
    role = role_before_list(plain_label(found["word"])) if found else None
    if not found or role is None:
        return _initials_list(head, at)
    word = plain_label(found["word"])
    if found["names"]:
        people = [_in_role(person, role) for person in _people(unmarked(found["names"]), word)]
        return (1, people) if _is_certain(people, word, lines[at:]) else (1, [])
    count, people = _below(head, at + 1)
    return count + 1, [_in_role(person, role) for person in people]


def _is_certain(people: Sequence[PanelMember], word: str, below: Sequence[Line]) -> bool:
    """Whether the words after `Host:` are a name: of one word, only if a line below begins with it."""
    one_word = [one.name for one in people if not is_whole_name(one.name) and not is_initials(one.name)]
    if not one_word or not is_name_part(word):
        return bool(people)
    return all(any(unmarked(line.text).startswith(name) for line in below[1:]) for name in one_word)


def _below(head: Sequence[Line], start: int) -> tuple[int, list[PanelMember]]:
    """The entries below the words of a list, one on a line; the number of lines, and the people."""
    people: list[PanelMember] = []
    count = 0
    for line in head[start:]:
        heads = _HEAD.fullmatch(line.text)
        if line.kind is not LineKind.WORDS or (heads and role_before_list(plain_label(heads["word"])) is not None):
            break
        found = _entries_of(line)
        if not found or (count and line.blank_before and not _is_entry(line, found) and not people[-1].title):
            break
        people += found
        count += 1
    # A name alone right above a sentence is who speaks it.
    while count and start + count < len(head) and _is_bare(head[start + count - 1], people):
        following = head[start + count]
        if following.kind is LineKind.HEADING or (following.blank_before and not head[start + count - 1].blank_before):
            break
        people.pop()
        count -= 1
    return count, people


def _is_entry(line: Line, found: Sequence[PanelMember]) -> bool:
    return bool(_BULLET.match(line.text)) or any(one.title or one.organisation or one.labels for one in found)


def _is_bare(line: Line, people: Sequence[PanelMember]) -> bool:
    return not _BULLET.match(line.text) and not _is_entry(line, people[-1:])


def _entries_of(line: Line) -> list[PanelMember]:
    text = unmarked(_BULLET.sub("", line.text.strip(), count=1)).strip(" *_")
    short = _defined(text)
    if short:
        return [short]
    one = _entry(text, titled=True)
    several = [] if _BULLET.match(line.text.strip()) else _people(text, "")
    return several if len(several) > 1 or not one else [one]


def _initials_list(head: Sequence[Line], at: int) -> tuple[int, list[PanelMember]]:
    """Lines that only say whom initials stand for: `IK = Ida Krane`."""
    people: list[PanelMember] = []
    for line in head[at:]:
        found = _defined(unmarked(_BULLET.sub("", line.text, count=1)))
        if not found:
            break
        people.append(found)
    return (len(people), people) if len(people) >= _SEVERAL else (0, [])


def _defined(text: str) -> PanelMember | None:
    found = _SHORT.fullmatch(text)
    person = _entry(found["name"].strip(), titled=True) if found else None
    if not found or not person or not definition(f"{person.name} ({found['short']})"):
        return None
    return replace(person, labels=(found["short"],))


def _people(text: str, word: str) -> list[PanelMember]:
    """The people that a line names; none if any part of it is no person."""
    text = text.strip().rstrip(".") if not text.strip().endswith("...") else ""
    for signs in (_ENTRIES, None):
        parts = [part for part in signs.split(text) if part] if signs else []
        if len(parts) > 1:
            found = [_alone(part) or _people(part, "") for part in parts]
            return [one for people in found for one in people] if all(found) else []
    if is_for_one(word) and (one := _entry(text, titled=True)):
        return [one]
    people: list[PanelMember] = []
    for part in (part.strip() for half in _COMMAS.split(text) for part in _AND.split(half) if part and part.strip()):
        if is_name_part(part) and not is_chair(part):
            continue  # `Ida Krane, Speaker 3`
        person = _entry(part, titled=False)
        if person and not (people and is_organisation(part)):
            people.append(person)
        elif people and _describes(part, people[-1].name):
            people[-1] = _with(people[-1], part)
        else:
            one = _entry(text, titled=True)
            return [one] if one else []
    return people


def _alone(text: str) -> list[PanelMember]:
    person = _entry(text, titled=True)
    return [person] if person else []


def _entry(text: str, *, titled: bool) -> PanelMember | None:
    """The person of an entry: `Ida Krane`, `Ida Krane (IK)`, `Ida Krane – editor`; None if it is no person."""
    text = text.strip(" *_.")
    found = _IN_BRACKETS.fullmatch(text)
    if found and _is_name(found["name"]):
        return _with_bracket(found["name"], found["more"], found["rest"].strip(" ,，–—-:"))
    if _is_name(text):
        return PanelMember(name=_HONORIFICS.sub("", text) if is_whole_name(_HONORIFICS.sub("", text)) else text)
    found = _HAN_OFFICE.fullmatch(text) or (_AFTER_NAME.fullmatch(text) if titled else None)
    if found and _is_name(found["name"]) and _describes(found["more"], found["name"]):
        return _with(PanelMember(name=found["name"].strip()), found["more"])
    return None


def _with_bracket(name: str, more: str, rest: str) -> PanelMember | None:
    person = PanelMember(name=name.strip())
    if _SHARE.fullmatch(more):
        return None if rest else person
    defined = definition(f"{person.name} ({more})")
    abbreviated = defined and not role_in(more)
    person = replace(person, labels=(defined[1],)) if defined and abbreviated else _with(person, more)
    if rest and (not _describes(rest) or _is_name(_COMMAS.split(rest)[0])):
        return None
    return _with(person, rest) if rest else person


def _describes(words: str, name: str = "") -> bool:
    """Whether words after a name may be a title or an organisation: few, no sentence, and no second nick."""
    if name and name.isascii() and len(f"{name} {words}".split()) == _SEVERAL:
        return False
    few = len(words) <= _LONGEST_TITLE and not words.endswith(_STOPS)
    return few and not _SPEAKING.search(words)


def _is_name(text: str) -> bool:
    text = text.strip()
    few = len(text.split()) <= _MOST_NAME_WORDS and not any(sign.isdigit() for sign in text)
    return (
        few
        and looks_like_name(text)
        and is_capitalised(text)
        and may_be_chinese_name(text)
        and not is_name_part(text)
        and role_before_list(text) is None
        and not re.search(r"[:：,，、|]|\s(?:and|of|at|from)\s", text)
    )


def _with(person: PanelMember, words: str) -> PanelMember:
    """The person with the title, the organisation or the role that words after the name give."""
    role = role_in(words)
    if role and len(words.split()) == 1:
        return replace(person, role=role)
    if is_organisation(words) and not role:
        return replace(person, organisation=person.organisation or words)
    return replace(person, role=role or person.role, title=", ".join(filter(None, (person.title, words))))


def _in_role(person: PanelMember, role: Role) -> PanelMember:
    return replace(person, role=role) if person.role is Role.PANELIST else person


def merged(people: Iterable[PanelMember]) -> Iterator[PanelMember]:
    """Each person once, with what all entries say."""
    found: dict[str, PanelMember] = {}
    for person in people:
        known = found.get(person.name)
        if known is None:
            found[person.name] = person
            continue
        found[person.name] = replace(
            known,
            role=known.role if known.role is not Role.PANELIST else person.role,
            title=known.title or person.title,
            organisation=known.organisation or person.organisation,
            labels=tuple(dict.fromkeys((*known.labels, *person.labels))),
        )
    yield from found.values()
