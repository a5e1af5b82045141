"""Find a quotation in a text: word for word, or nearly and with its differences."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from panels.reading.quote_checker.quotation import Quotation
from panels.reading.quote_checker.tokens import Token, readable, surface, tokens_of, uncapped
from panels.transcript.text import without_marks

# A near match must share this many of its words, in the same order, with the recorded text.
NEAR = 0.7
_CONTEXT = 80
# A quotation with words left out of its middle has at least so many words, and so many of them before and after these.
_WHOLE = 8
_HALF = 3
_PLACES = 50


class DiffOp(StrEnum):
    """The kind of a segment of a comparison."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    AROUND = "around"


@dataclass(frozen=True, slots=True)
class DiffSegment:
    """A segment: quoted as recorded, recorded but not quoted, quoted but not recorded, or context and omissions."""

    mark: DiffOp
    text: str


@dataclass(frozen=True, slots=True)
class Match:
    """The place of a quotation. `likeness` is 1 for word for word; `passage` is the text recorded there."""

    likeness: float
    passage: str
    parts: tuple[DiffSegment, ...]

    @property
    def is_exact(self) -> bool:
        return self.likeness == 1

    def words(self, mark: DiffOp) -> tuple[str, ...]:
        """The segments of one kind that contain a word."""
        return tuple(part.text.strip() for part in self.parts if part.mark is mark and any(map(str.isalnum, part.text)))


@dataclass(frozen=True, slots=True)
class _Place:
    """A run of a quotation, aligned with the tokens of the text from `start` to `end`."""

    run: tuple[Token, ...]
    start: int
    end: int


def match(quotation: Quotation, text: str) -> Match | None:
    """The best place of a quotation in a Markdown text; None if nothing is near enough."""
    plain = readable(without_marks(text))
    tokens = tokens_of(plain)
    if exact := _exact_places(quotation, tokens):
        return Match(1, _passage(plain, tokens, exact), tuple(_parts(quotation, plain, tokens, exact)))
    near = _near_places(quotation, tokens)
    likeness = _likeness(near, tokens)
    if likeness < NEAR:
        near = _places_with_gaps(quotation, tokens)
        likeness = NEAR
    if not near:
        return None
    # If only letters differ, it is still a near match, however close.
    return Match(min(likeness, 0.999), _passage(plain, tokens, near), tuple(_parts(quotation, plain, tokens, near)))


def _exact_places(quotation: Quotation, tokens: Sequence[Token]) -> list[_Place]:
    """The earliest place of every run, each after the previous; empty if one is missing."""
    keys = [token.key for token in tokens]
    places: list[_Place] = []
    after = 0
    for run in quotation.runs:
        wanted = [token.key for token in run]
        start = _find(wanted, keys, after)
        if start is None:
            return []
        after = start + len(wanted)
        places.append(_Place(run, start, after))
    return places


def _find(wanted: list[str], keys: list[str], after: int) -> int | None:
    first, rest = uncapped(wanted[0]), wanted[1:]
    for start in range(after, len(keys) - len(wanted) + 1):
        if uncapped(keys[start]) == first and keys[start + 1 : start + len(wanted)] == rest:
            return start
    return None


def _near_places(quotation: Quotation, tokens: Sequence[Token]) -> list[_Place]:
    """The likeliest place of every run, each after the previous."""
    keys = [token.key.casefold() for token in tokens]
    places: list[_Place] = []
    after = 0
    for run in quotation.runs:
        start, end = _likeliest([token.key.casefold() for token in run], keys, after)
        places.append(_Place(run, start, end))
        after = max(after, end)
    return places


def _places_with_gaps(quotation: Quotation, tokens: Sequence[Token]) -> list[_Place]:
    """The place of every run, with words left out of its middle or not; empty if half of one is missing."""
    words = [(place, token.key.casefold()) for place, token in enumerate(tokens) if token.is_word]
    places: list[_Place] = []
    after = 0
    for run in quotation.runs:
        found = _around_gap([token.key.casefold() for token in run if token.is_word], [key for _, key in words[after:]])
        if found is None:
            return []
        first, last = after + found[0], after + found[1]
        places.append(_Place(run, words[first][0], words[last - 1][0] + 1))
        after = last
    return places


def _around_gap(wanted: list[str], keys: list[str]) -> tuple[int, int] | None:
    """The shortest stretch that begins with the first words and ends with all the others, or None."""
    if len(wanted) < _WHOLE:
        return None
    begins = [(start, _common(wanted, keys[start : start + len(wanted)])) for start in _places_of(wanted[:_HALF], keys)]
    backwards = wanted[::-1]
    ends = [
        (start + _HALF, _common(backwards, keys[max(0, start + _HALF - len(wanted)) : start + _HALF][::-1]))
        for start in _places_of(wanted[-_HALF:], keys)
    ]
    stretches = [
        (end - start, start, end)
        for start, first in begins
        for end, last in ends
        if first + last >= len(wanted) and end - start >= len(wanted)
    ]
    return min(stretches)[1:] if stretches else None


def _places_of(half: list[str], keys: list[str]) -> list[int]:
    """Where the words that begin or end a quotation stand; a few places are enough."""
    found = (start for start in range(len(keys)) if keys[start : start + _HALF] == half)
    return list(islice(found, _PLACES))


def _common(wanted: Sequence[str], keys: Sequence[str]) -> int:
    """How many words two sequences have in common at their beginning."""
    return next(
        (place for place, pair in enumerate(zip(wanted, keys, strict=False)) if pair[0] != pair[1]),
        min(len(wanted), len(keys)),
    )


def _likeliest(wanted: list[str], keys: list[str], after: int) -> tuple[int, int]:
    found = fuzz.partial_ratio_alignment(wanted, keys[after:])
    if found is None or found.score == 0:
        return after, after
    start, end = after + found.dest_start, after + found.dest_end
    # The window is as long as the run; if words were left out of the quotation, the place is longer.
    margin = max(3, len(wanted) // 4)
    wider = max(after, start - margin), min(len(keys), end + margin)
    windows = (_narrowed(wanted, keys, *window) for window in ((start, end), wider))
    return max(windows, key=lambda window: Indel.normalized_similarity(wanted, keys[slice(*window)]))


def _narrowed(wanted: list[str], keys: list[str], start: int, end: int) -> tuple[int, int]:
    """The window, trimmed to the matching tokens, and extended by what the run has beyond them."""
    blocks = [step for step in Indel.opcodes(wanted, keys[start:end]) if step.tag == "equal"]
    if not blocks:
        return start, start
    first, last = blocks[0], blocks[-1]
    begin = start + max(0, first.dest_start - first.src_start)
    return begin, min(len(keys), start + last.dest_end + len(wanted) - last.src_end)


def _likeness(places: Sequence[_Place], tokens: Sequence[Token]) -> float:
    """The proportion of equal words among all, over all runs; punctuation does not count."""
    same = total = 0
    for place in places:
        quoted = [token.key.casefold() for token in place.run if token.is_word]
        recorded = [token.key.casefold() for token in tokens[place.start : place.end] if token.is_word]
        both = len(quoted) + len(recorded)
        same += both - Indel.distance(quoted, recorded)
        total += both
    return same / total if total else 0


def _passage(plain: str, tokens: Sequence[Token], places: Sequence[_Place]) -> str:
    found = [place for place in places if place.end > place.start]
    return surface(plain, tokens[found[0].start : found[-1].end])


def _parts(
    quotation: Quotation, plain: str, tokens: Sequence[Token], places: Sequence[_Place]
) -> Iterator[DiffSegment]:
    """The places, with the text around and between them, in reading order."""
    found = [place for place in places if place.end > place.start]
    before = tokens[found[0].start].start
    yield from _around(plain[max(0, before - _CONTEXT) : before], cut_before=before > _CONTEXT)
    for number, place in enumerate(places):
        yield from _compared(quotation.text, place.run, plain, tokens[place.start : place.end])
        following = places[number + 1] if number + 1 < len(places) else None
        if following and following.start > place.end > 0:
            yield DiffSegment(DiffOp.AROUND, plain[tokens[place.end - 1].end : tokens[following.start].start])
    after = tokens[found[-1].end - 1].end
    yield from _around(plain[after : after + _CONTEXT], cut_after=len(plain) > after + _CONTEXT)


def _around(text: str, *, cut_before: bool = False, cut_after: bool = False) -> Iterator[DiffSegment]:
    if cut_before:
        text = f"…{text.partition(' ')[2] or text}"
    if cut_after:
        text = f"{text.rpartition(' ')[0] or text}…"
    if text:
        yield DiffSegment(DiffOp.AROUND, text)


def _compared(
    quoted_text: str, quoted: Sequence[Token], recorded_text: str, recorded: Sequence[Token]
) -> Iterator[DiffSegment]:
    """The segments of two texts in reading order; equal ones are written as recorded."""
    keys = ([token.key for token in quoted], [token.key for token in recorded])
    if keys[0] and keys[1] and uncapped(keys[0][0]) == uncapped(keys[1][0]):
        keys[0][0] = keys[1][0]
    removed = added = ""
    for step in Indel.opcodes(*keys):
        if step.tag == "equal":
            yield from _changed(removed, added)
            removed = added = ""
            yield DiffSegment(DiffOp.SAME, _run(recorded_text, recorded, step.dest_start, step.dest_end))
        elif step.tag == "delete":
            removed += _run(quoted_text, quoted, step.src_start, step.src_end)
        else:
            added += _run(recorded_text, recorded, step.dest_start, step.dest_end)
    yield from _changed(removed, added)


def _changed(removed: str, added: str) -> Iterator[DiffSegment]:
    if removed:
        yield DiffSegment(DiffOp.REMOVED, removed)
    if added:
        yield DiffSegment(DiffOp.ADDED, added)


def _run(text: str, tokens: Sequence[Token], start: int, end: int) -> str:
    """Consecutive tokens with the space after them, except at the end of the text."""
    stop = tokens[end].start if end < len(tokens) else tokens[end - 1].end
    return text[tokens[start].start : stop]
