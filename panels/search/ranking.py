"""How well a passage answers a query."""

from collections.abc import Sequence

from panels.search.query import Term
from panels.transcript.words import stem, stems_of

# As in BM25: how soon more of the same word counts little more, and how much long passages must have more of it.
_SATURATION = 1.2
_LENGTH = 0.75
_USUAL_LENGTH = 120
_ELSEWHERE = 0.2
_TOGETHER = 1.0
_READ = 4_000
_KINDS = {"answer": 1.0, "question": 1.2, "event": 1.6}


def score(kind: str, text: str, terms: Sequence[Term]) -> float:
    """The higher, the better: often in few words, the terms side by side; titles and questions before answers.

    A term that only the speaker's name has, or that does not stand in the first 4,000 characters, counts little. Rare
    words need no more weight than frequent ones: every passage has them all.
    """
    stems = stems_of(text[:_READ])
    length = _SATURATION * (1 - _LENGTH + _LENGTH * len(stems) / _USUAL_LENGTH)
    total = 0.0
    for term in terms:
        count = occurrences(term, stems)
        total += count / (count + length) if count else _ELSEWHERE
    if len(terms) > 1 and occurrences(_together(terms), stems):
        total += _TOGETHER
    return _KINDS[kind] * total


def occurrences(term: Term, stems: list[str]) -> int:
    """How often a term stands in a text of these stems."""
    if len(term.words) == 1 and not term.is_prefix:
        return stems.count(stem(term.words[0]))
    return len(places(term, stems))


def places(term: Term, stems: list[str]) -> list[int]:
    """Where a term begins."""
    wanted = list(term.stems)
    if term.is_prefix:
        *whole, last = wanted
        ends = (place for place, one in enumerate(stems) if one.startswith(last) and place >= len(whole))
        return [end - len(whole) for end in ends if stems[end - len(whole) : end] == whole]
    first, found, place = wanted[0], [], -1
    for _ in range(stems.count(first)):
        place = stems.index(first, place + 1)
        if stems[place : place + len(wanted)] == wanted:
            found.append(place)
    return found


def _together(terms: Sequence[Term]) -> Term:
    return Term(tuple(word for term in terms for word in term.words), terms[-1].is_prefix)
