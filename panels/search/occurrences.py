"""The relevance of a passage for a query."""

from collections.abc import Sequence

from panels.search.query import Term
from panels.transcript.words import stem, stems_of

# As in BM25: how quickly repetitions of a word count less, and how much long passages are penalised.
_SATURATION = 1.2
_LENGTH = 0.75
_USUAL_LENGTH = 120
_ELSEWHERE = 0.2
_TOGETHER = 1.0
_READ = 4_000
_KINDS = {"answer": 1.0, "question": 1.2, "event": 1.6}


def score(kind: str, text: str, terms: Sequence[Term]) -> float:
    """The relevance of a passage; higher is better.

    It grows with the share of the terms among the words, and if terms are adjacent; titles and questions rank before
    answers. A term that is only in the speaker's name, or not in the first 4,000 characters, counts little. Rare words
    need no extra weight: every matching passage has all the words.
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
    """The number of occurrences of a term in the stems of a text."""
    if len(term.words) == 1 and not term.is_prefix:
        return stems.count(stem(term.words[0]))
    return len(places(term, stems))


def places(term: Term, stems: list[str]) -> list[int]:
    """The positions at which a term begins."""
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
