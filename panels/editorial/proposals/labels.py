"""Lines within a turn or the introduction that begin like a label, but were not read as one, and labels within a line.

Within a line, only a label that somebody has elsewhere in the session is one: `I did. Krane: You did not.`
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from panels.editorial.proposals.furniture import is_furniture
from panels.editorial.proposals.passages import INTRODUCTION, text_passages
from panels.formats.speakers.described import described, is_whole_name, may_be_office, names_who_holds_it
from panels.formats.speakers.names import is_capitalised
from panels.formats.speakers.people_labels import is_person, person_name
from panels.transcript import Attribution, Exchange, Transcript, Turn

_BESIDE = re.compile(
    r"^(?:\*\*|__)?(?P<label>(?=[^\W\d_])[^:：\n*_]{1,120}?)(?:\*\*|__)?\s?(?:：\s*|:(?:\*\*|__)?\s+)(?:\*\*|__)?(?=\S)",
    re.MULTILINE,
)
_WITHIN = re.compile(
    r"(?<=[.!?…”\"])[ \t](?P<label>[^\W\d_][^:\n.!?…]{0,60}):[ \t]++(?=\S)|"
    r"(?<=[。！？…”])(?P<unspaced>[^\W\d_][^：\n。！？…”]{0,20})：(?=\S)"
)
_ABOVE = re.compile(r"^#{1,6}\s+(?P<label>[^\n]{2,120}?)\s?[:：]?\n+(?=\S)", re.MULTILINE)
_BRACKETED = re.compile(r"\s?[(（][^()（）]*[)）]")
_SENTENCE = re.compile(r"[.!?…。！？]['\"”’)]*\s*$")
_FEWEST_WORDS = 3  # of what an introduction lets somebody say


@dataclass(frozen=True, slots=True)
class LabelDoubt:
    """A label that may be a speaker's; `place` is its first passage. An editor decides."""

    label: str
    place: str
    beginning: str
    passages: int = 1


def label_doubts(transcript: Transcript, dismissed: Collection[str] = ()) -> tuple[LabelDoubt, ...]:
    """The labels within turns that may be speakers', each once, without those `dismissed`."""
    found: dict[str, LabelDoubt] = {}
    known_labels = _labels_of(transcript)
    for passage in text_passages(transcript):
        for match in _matches(passage.text, known_labels):
            label = _label_of(match)
            if label in dismissed or (match.start() == 0 and passage.is_attributed):
                continue
            rest = passage.text[match.end() :].partition("\n")[0]
            line = passage.text[match.start() : match.end() + len(rest)].strip()
            if line not in dismissed and is_furniture(line):
                continue  # it is proposed for removal
            if passage.place == INTRODUCTION and not _is_said(rest):
                continue
            known = found.get(label)
            found[label] = (
                replace(known, passages=known.passages + 1) if known else LabelDoubt(label, passage.place, rest.strip())
            )
    return tuple(found.values())


def split_at_label(transcript: Transcript, label: str) -> Transcript:
    """The transcript with a new turn wherever a line begins with the label."""
    who = described(person_name(label))
    exchanges = tuple(
        replace(one, answers=tuple(part for turn in one.answers for part in _parts(turn, label, who.name)))
        for one in transcript.exchanges
    )
    introduction, spoken = _introduced(transcript, label, who.name)
    if spoken and exchanges and exchanges[0].question is None:
        exchanges = (replace(exchanges[0], answers=(*spoken, *exchanges[0].answers)), *exchanges[1:])
    elif spoken:
        exchanges = (Exchange(question=None, answers=spoken), *exchanges)
    listed = {one.name for one in transcript.panelists}
    labels = (label,) if label != who.name else ()
    panelists = transcript.panelists if who.name in listed else (*transcript.panelists, replace(who, labels=labels))
    return replace(transcript, exchanges=exchanges, introduction=introduction, panelists=panelists)


def _labels_of(transcript: Transcript) -> frozenset[str]:
    """What speakers of the session are called."""
    return frozenset(name for turn in transcript.turns for name in (turn.label, turn.speaker) if name)


def _label_of(match: re.Match[str]) -> str:
    groups = match.groupdict()
    return str(groups["label"] or groups["unspaced"]).strip()


def _matches(text: str, known: Collection[str]) -> Iterator[re.Match[str]]:
    if ":" in text or "：" in text:
        yield from (found for found in _WITHIN.finditer(text) if _label_of(found) in known)
        yield from (found for found in _BESIDE.finditer(text) if _is_like_speaker(found["label"].strip()))
    if "#" in text:
        yield from (found for found in _ABOVE.finditer(text) if may_be_office(found["label"]))


def _is_like_speaker(label: str) -> bool:
    who = described(person_name(label))
    if who.name != label and is_whole_name(who.name):
        return True
    office = may_be_office(label) or names_who_holds_it(label)
    outside = _BRACKETED.sub("", label)
    return office or (is_capitalised(outside) and is_person(label) and "," not in outside)


def _is_said(rest: str) -> bool:
    """Whether a line of an introduction is speech, and not a field such as `Moderator: Ida Krane`."""
    enough = len(rest.split()) >= _FEWEST_WORDS or not rest.isascii()
    return enough and bool(_SENTENCE.search(rest))


def _starts(text: str, label: str) -> list[re.Match[str]]:
    return sorted((one for one in _matches(text, {label}) if _label_of(one) == label), key=lambda one: one.start())


def _parts(turn: Turn, label: str, name: str) -> Iterator[Turn]:
    """A turn, followed by the turns that begin with the label within it."""
    starts = [one for one in _starts(turn.text, label) if one.start() or not (turn.speaker or turn.label)]
    if not starts:
        yield turn
        return
    if before := turn.text[: starts[0].start()].strip():
        yield replace(turn, text=before)
    for one, until in zip(starts, [*(later.start() for later in starts[1:]), len(turn.text)], strict=True):
        yield _turn(turn.text[one.end() : until], label, name, turn.line)


def _turn(text: str, label: str, name: str, line: int | None) -> Turn:
    return Turn(text=text.strip(), label=label, speaker=name, attribution=Attribution.STATED, line=line)


def _introduced(transcript: Transcript, label: str, name: str) -> tuple[str, tuple[Turn, ...]]:
    """The introduction without the text under a label, and that text as turns, each up to the next label."""
    text = transcript.introduction
    starts = [one for one in _starts(text, label) if _is_said(text[one.end() :].partition("\n")[0])]
    every = sorted(one.start() for one in _matches(text, {label}))
    turns: list[Turn] = []
    for one in reversed(starts):
        until = next((start for start in every if start > one.start()), len(text))
        turns.insert(0, _turn(text[one.end() : until], label, name, 1))
        text = f"{text[: one.start()].rstrip()}\n\n{text[until:]}".strip()
    return (text, tuple(turns)) if turns else (transcript.introduction, ())
