"""Excerpts of a text around the search terms."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from panels.search.occurrences import SearchedText
from panels.search.query import Term
from panels.transcript.text import without_marks
from panels.transcript.words import spans_of

LENGTH = 280
_READ = 8_000
_BEFORE = 60
_NEAR = 40
_TRIED = 40
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class ExcerptPiece:
    """A piece of an excerpt; `is_found` if it matches a term."""

    text: str
    is_found: bool = False


def excerpt(text: str, terms: Sequence[Term], *, length: int = LENGTH) -> tuple[ExcerptPiece, ...]:
    """The part of a Markdown text with the most terms, on one line and cut at word boundaries."""
    plain = _SPACES.sub(" ", without_marks(text)).strip()
    spans = _spans(plain, terms)
    start, end = _window(plain, spans, length)
    before, after = "… " if start > 0 else "", " …" if end < len(plain) else ""
    pieces = (ExcerptPiece(before), *_pieces(plain, spans, start, end), ExcerptPiece(after))
    return tuple(piece for piece in pieces if piece.text)


def marked(text: str, terms: Sequence[Term]) -> tuple[ExcerptPiece, ...]:
    """The whole of a plain text, such as a title or a name, with the terms marked."""
    return tuple(piece for piece in _pieces(text, _spans(text, terms), 0, len(text)) if piece.text)


def _pieces(plain: str, spans: Sequence[tuple[int, int]], start: int, end: int) -> Iterator[ExcerptPiece]:
    for first, last in spans:
        if start <= first and last <= end:
            yield ExcerptPiece(plain[start:first])
            yield ExcerptPiece(plain[first:last], is_found=True)
            start = last
    yield ExcerptPiece(plain[start:end])


def _spans(plain: str, terms: Sequence[Term]) -> list[tuple[int, int]]:
    """The spans of the terms in the first stretch of a long text that has any."""
    for start in range(0, len(plain) if terms else 0, _READ):
        if found := _spans_in(plain[start : start + _READ], terms):
            return [(start + first, start + last) for first, last in found]
    return []


def _spans_in(plain: str, terms: Sequence[Term]) -> list[tuple[int, int]]:
    """The spans of the terms in order; adjacent spans are merged unless something separates them."""
    searched = SearchedText(plain)
    found = {(place, place + len(term.words) - 1) for term in terms for place in searched.places(term)}
    stands = spans_of(plain) if found else []
    spans: list[tuple[int, int]] = []
    for first, last in sorted((stands[first][0], stands[last][1]) for first, last in found):
        if spans and first <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(last, spans[-1][1]))
        else:
            spans.append((first, last))
    return spans


def _window(plain: str, spans: Sequence[tuple[int, int]], length: int) -> tuple[int, int]:
    """The first stretch of about `length` characters with the most different terms."""
    if len(plain) <= length:
        return 0, len(plain)
    transcript_at_version = spans[:_TRIED]

    def different(start: int) -> int:
        return len(
            {plain[first:last].casefold() for first, last in transcript_at_version if start <= first <= start + length}
        )

    starts = [max(0, first - _BEFORE) for first, _ in transcript_at_version]
    best = max(starts, key=different, default=0)
    start = best if best == 0 else _after_space(plain, best)
    end = min(len(plain), start + length)
    if end < len(plain) and " " in plain[end - _NEAR : end]:
        end = plain.rindex(" ", 0, end)
    return start, end


def _after_space(plain: str, at: int) -> int:
    """The beginning of the next word, if one begins soon; scripts without spaces are cut anywhere."""
    space = plain.find(" ", at, at + _NEAR)
    return space + 1 if space >= 0 else at
