"""Match the passages of a corrected text with those that are stored, so that they keep their anchors.

A pure function of two transcripts. Passages match by the same anchor, the same words, nearly the same words, or the
same speaker at the same place between matched neighbours. They are tried in this order, so that a weaker sign never
overrules a stronger one.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import chain

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from panels.transcript import Exchange, Transcript, Turn

_NEARLY = 60.0  # how alike two texts are, from 0 to 100, to be one passage corrected
_SHORT, _NEARLY_SHORT = 20, 75.0  # shorter texts are alike by chance sooner
_COMPARED = 2_000  # characters of each text
_NEIGHBOURS = 40  # unrecognised passages on either side with which one is compared
_AT_ONCE = 400_000_000  # pairs of passages: a bit of memory each


@dataclass(frozen=True, slots=True)
class _Statement:
    """The parts of a passage that are compared."""

    anchor: str | None
    speaker: str | None
    words: str


def with_anchors(new: Transcript, old: Transcript, *, retired: Collection[str] = ()) -> Transcript:
    """The new text with the anchors of the old passages that it still has.

    A passage with a `retired` anchor is the deleted passage with that anchor, whichever other passage resembles it.
    """
    questions = _anchors(_questions(old), _questions(new), retired)
    answers = _anchors(_answers(old), _answers(new), retired)
    return replace(new, exchanges=tuple(_anchored(new.exchanges, iter(questions), iter(answers))))


def _anchored(
    exchanges: tuple[Exchange, ...], questions: Iterator[str | None], answers: Iterator[str | None]
) -> Iterator[Exchange]:
    for exchange in exchanges:
        asked = replace(exchange.question or Turn(text=""), anchor=next(questions))
        told = tuple(replace(turn, anchor=next(answers)) for turn in exchange.answers)
        yield replace(exchange, question=asked, answers=told)


def _questions(transcript: Transcript) -> list[_Statement]:
    return [_statement_of(exchange.question or Turn(text="")) for exchange in transcript.exchanges]


def _answers(transcript: Transcript) -> list[_Statement]:
    return [_statement_of(turn) for turn in chain.from_iterable(exchange.answers for exchange in transcript.exchanges)]


def _statement_of(turn: Turn) -> _Statement:
    return _Statement(turn.anchor, turn.speaker, " ".join(turn.text.split()))


def _anchors(old: Sequence[_Statement], new: Sequence[_Statement], retired: Collection[str]) -> list[str | None]:
    """The anchor of each new passage; None if it needs a new one."""
    returning = set(retired).difference(said.anchor for said in old)
    others = iter(_recognised(old, [said for said in new if said.anchor not in returning]))
    return [said.anchor if said.anchor in returning else next(others) for said in new]


def _recognised(old: Sequence[_Statement], new: Sequence[_Statement]) -> list[str | None]:
    """The anchor of the old passage for each new one; without an old one, its own anchor if that is free."""
    matched = _by_anchor(old, new)
    for recognise in (_by_order, _by_words, _by_likeness, _by_place):
        matched |= recognise(old, new, matched)
    given = {said.anchor for said in old}
    return [
        old[matched[place]].anchor if place in matched else said.anchor if said.anchor not in given else None
        for place, said in enumerate(new)
    ]


def _by_anchor(old: Sequence[_Statement], new: Sequence[_Statement]) -> dict[int, int]:
    where = {said.anchor: place for place, said in enumerate(old) if said.anchor}
    matched: dict[int, int] = {}
    for place, said in enumerate(new):
        if said.anchor in where:
            matched[place] = where.pop(said.anchor)
    return matched


def _by_order(old: Sequence[_Statement], new: Sequence[_Statement], matched: dict[int, int]) -> dict[int, int]:
    """Match the same words by the same speaker in the same order."""
    left, right = _unmatched(old, new, matched)
    numbers: dict[tuple[str | None, str], int] = defaultdict(lambda: len(numbers))  # compared far faster than texts
    before = [numbers[old[place].speaker, old[place].words] for place in left]
    after = [numbers[new[place].speaker, new[place].words] for place in right]
    return {right[there]: left[here] for here, there in _in_order(before, after)}


def _in_order(before: list[int], after: list[int]) -> Iterator[tuple[int, int]]:
    """The places of equal items that are in the same order in both."""
    if len(before) * len(after) <= _AT_ONCE:
        for step in LCSseq.opcodes(before, after):
            if step.tag == "equal":
                yield from zip(range(step.src_start, step.src_end), range(step.dest_start, step.dest_end), strict=True)
        return
    for block in SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks():
        yield from zip(range(block.a, block.a + block.size), range(block.b, block.b + block.size), strict=True)


def _by_words(old: Sequence[_Statement], new: Sequence[_Statement], matched: dict[int, int]) -> dict[int, int]:
    """Match the same words elsewhere or by another speaker, if no other passage has them."""
    left, right = _unmatched(old, new, matched)
    often = Counter(old[place].words for place in left) + Counter(new[place].words for place in right)
    where = {old[place].words: place for place in left}
    return {
        place: where[new[place].words]
        for place in right
        if new[place].words in where and often[new[place].words] == 2  # noqa: PLR2004 — once in each
    }


def _by_likeness(old: Sequence[_Statement], new: Sequence[_Statement], matched: dict[int, int]) -> dict[int, int]:
    """Match nearly the same words: most similar pairs first, then nearest."""
    left, right = _unmatched(old, new, matched)
    pairs: list[tuple[float, int, int, int]] = []
    for rank, place in enumerate(right):
        middle = rank * len(left) // len(right)
        for other in left[max(0, middle - _NEIGHBOURS) : middle + _NEIGHBOURS]:
            likeness = _likeness(old[other].words, new[place].words)
            if likeness:
                pairs.append((-likeness, abs(other - place), place, other))
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, place, other in sorted(pairs):
        if place not in found and other not in taken:
            found[place] = other
            taken.add(other)
    return found


def _by_place(old: Sequence[_Statement], new: Sequence[_Statement], matched: dict[int, int]) -> dict[int, int]:
    """Match a single passage by the same speaker between the same two neighbours: other words, but the same turn."""
    found: dict[int, int] = {}
    taken = set(matched.values())
    for place, said in enumerate(new):
        if place in matched:
            continue
        before = matched.get(place - 1, -1 if place == 0 else None)
        after = matched.get(place + 1, len(old) if place == len(new) - 1 else None)
        if before is None or after != before + 2:
            continue
        other = before + 1
        if other not in taken and old[other].speaker == said.speaker:
            found[place] = other
    return found


def _unmatched(
    old: Sequence[_Statement], new: Sequence[_Statement], matched: dict[int, int]
) -> tuple[list[int], list[int]]:
    taken = set(matched.values())
    return [at for at in range(len(old)) if at not in taken], [at for at in range(len(new)) if at not in matched]


def _likeness(one: str, other: str) -> float:
    """The similarity from 0 to 100; 0 if they are not nearly the same."""
    needed = _NEARLY if min(len(one), len(other)) >= _SHORT else _NEARLY_SHORT
    return fuzz.ratio(one[:_COMPARED], other[:_COMPARED], score_cutoff=needed)
