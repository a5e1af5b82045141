"""Where the words that passages lost are found again, as after a merge, a split, or cutting and pasting."""

from collections.abc import Iterator, Mapping

from rapidfuzz.distance import Indel

from panels.transcript.words import stems_of

_RUN = 5
"""So many words in a row are the same words; fewer may have been written twice."""

_PLACES = 8
"""Words that more passages gained than this are a set phrase: they do not tell where a passage went."""


def moved_words(old: Mapping[str, str], new: Mapping[str, str]) -> dict[str, dict[str, float]]:
    """For each passage of `old` that lost words, the other passages of `new` that gained them.

    Texts are by anchor. The number is the share of the lost words, from 0 to 1. A passage of fewer than five words
    counts only if it is gone as a whole. What more than eight passages gained alike is found in none of them.

    >>> moved_words({"a": "It is late.", "b": "Good night."}, {"a": "It is late. Good night."})
    {'b': {'a': 1.0}}
    """
    lost = {anchor: list(_lost(text, new.get(anchor))) for anchor, text in old.items() if text != new.get(anchor)}
    lengths = {_RUN, *(len(run) for runs in lost.values() for run in runs)}
    gained: dict[tuple[str, ...], set[str]] = {}
    for anchor, text in new.items():
        for run in _gained(old.get(anchor), text):
            for length in lengths:
                for words in _in_rows(run, length):
                    gained.setdefault(words, set()).add(anchor)
    found = {anchor: _shares(anchor, rows, gained) for anchor, rows in lost.items()}
    return {anchor: shares for anchor, shares in found.items() if shares}


def _shares(anchor: str, rows: list[tuple[str, ...]], gained: Mapping[tuple[str, ...], set[str]]) -> dict[str, float]:
    count: dict[str, int] = {}
    for words in rows:
        places = gained.get(words, set())
        if len(places) <= _PLACES:
            for place in sorted(places - {anchor}):
                count[place] = count.get(place, 0) + 1
    return {place: number / len(rows) for place, number in count.items()}


def _lost(old: str, new: str | None) -> Iterator[tuple[str, ...]]:
    """Rows of the words that a passage lost; of one that is gone, of all of them."""
    words = stems_of(old)
    if new is None:
        yield from _in_rows(words, min(_RUN, len(words)))
        return
    for step in Indel.opcodes(words, stems_of(new)):
        if step.tag == "delete":
            yield from _in_rows(words[step.src_start : step.src_end], _RUN)


def _gained(old: str | None, new: str) -> Iterator[list[str]]:
    if old == new:
        return
    words = stems_of(new)
    if old is None:
        yield words
        return
    for step in Indel.opcodes(stems_of(old), words):
        if step.tag == "insert":
            yield words[step.dest_start : step.dest_end]


def _in_rows(words: list[str], length: int) -> Iterator[tuple[str, ...]]:
    """All rows of so many words."""
    if length:
        yield from (tuple(words[at : at + length]) for at in range(len(words) - length + 1))
