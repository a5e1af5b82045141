"""Where a term occurs in a text."""

from dataclasses import dataclass
from functools import cached_property

from panels.search.query import Term
from panels.transcript.words import folded_words_of, stem, stems_of


@dataclass(frozen=True)
class SearchedText:
    """A text in which terms are looked up by their stems, and names word for word."""

    text: str

    @cached_property
    def stems(self) -> list[str]:
        return stems_of(self.text)

    @cached_property
    def words(self) -> list[str]:
        """The words, in the order of their stems."""
        return folded_words_of(self.text)

    def occurrences(self, term: Term) -> int:
        """The number of occurrences of a term."""
        if len(term.words) == 1 and not term.is_prefix:
            return self.words.count(term.words[0]) if term.is_name else self.stems.count(stem(term.words[0]))
        return len(self.places(term))

    def places(self, term: Term) -> list[int]:
        """The positions at which a term begins."""
        return (
            _places(term, list(term.words), self.words) if term.is_name else _places(term, list(term.stems), self.stems)
        )


def _places(term: Term, wanted: list[str], words: list[str]) -> list[int]:
    if term.is_prefix:
        *whole, last = wanted
        ends = (place for place, one in enumerate(words) if one.startswith(last) and place >= len(whole))
        return [end - len(whole) for end in ends if words[end - len(whole) : end] == whole]
    first, found, place = wanted[0], [], -1
    for _ in range(words.count(first)):
        place = words.index(first, place + 1)
        if words[place : place + len(wanted)] == wanted:
            found.append(place)
    return found
