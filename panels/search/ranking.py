"""The order of search results: newest first, and the newest of them by relevance."""

from collections.abc import Iterable, Sequence

from panels.models.database.search_index import key_of
from panels.models.database.search_rows import KEY_BITS
from panels.search.hits import read_texts
from panels.search.index import Row, event_of
from panels.search.occurrences import SearchedText
from panels.search.query import Term

RANKED = 100
"""This many of the newest matches are ordered by relevance."""

# As in BM25: how quickly repetitions of a word count less, and how much long passages are penalised.
_SATURATION = 1.2
_LENGTH = 0.75
_USUAL_LENGTH = 120
_ELSEWHERE = 0.2
_TOGETHER = 1.0
_READ = 4_000
_KINDS = {"answer": 1.0, "question": 1.2, "event": 1.6}


def newest_first(rows: Iterable[Row]) -> list[Row]:
    """The rows newest first; within a day by event: the event itself, its questions, its answers."""
    return sorted(rows, key=_place)


def most_relevant_first(rows: list[Row], terms: Sequence[Term], start: int) -> list[Row]:
    """The newest rows by relevance, followed by the others in order; all in order if `start` is beyond the newest."""
    if start >= RANKED or not terms:
        return rows
    texts = read_texts(rows[:RANKED])
    scores = {row: score(key_of(row[0]).kind, texts[row], terms) for row in rows[:RANKED] if row in texts}
    ranked = sorted(scores, key=lambda row: -round(scores[row], 6))  # the sort is stable
    return [*ranked, *rows[RANKED:]]


def score(kind: str, text: str, terms: Sequence[Term]) -> float:
    """The relevance of a passage; higher is better.

    It grows with the share of the terms among the words, and if terms are adjacent; titles and questions rank before
    answers. A term that is only in the speaker's name, or not in the first 4,000 characters, counts little. Rare words
    need no extra weight: every matching passage has all the words.
    """
    searched = SearchedText(text[:_READ])
    length = _SATURATION * (1 - _LENGTH + _LENGTH * len(searched.stems) / _USUAL_LENGTH)
    total = 0.0
    for term in terms:
        count = searched.occurrences(term)
        total += count / (count + length) if count else _ELSEWHERE
    if len(terms) > 1 and searched.occurrences(_together(terms)):
        total += _TOGETHER
    return _KINDS[kind] * total


def _together(terms: Sequence[Term]) -> Term:
    words = tuple(word for term in terms for word in term.words)
    return Term(words, terms[-1].is_prefix, all(term.is_name for term in terms))


def _place(row: Row) -> tuple[int, int, int, int]:
    number = row[0]
    return -(number >> KEY_BITS), event_of(row), -(number & 3), number
