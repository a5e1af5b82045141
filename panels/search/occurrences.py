"""Where a term occurs among the stems of a text."""

from panels.search.query import Term
from panels.transcript.words import stem


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
