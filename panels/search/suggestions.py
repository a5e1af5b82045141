"""Suggest similar names and words for a query that finds nothing."""

from collections.abc import Iterator, Sequence
from itertools import chain, islice

from rapidfuzz import fuzz, process

from panels.models import Answer, Question, Speaker, Tag
from panels.search.filters import resolve
from panels.search.index import is_there
from panels.search.query import Query, read_query
from panels.transcript.words import folded_words_of, words_of

_EXAMINED = 20_000
_PASSAGES = 1_000
_ALIKE = 78
_CANDIDATES = 10
_MOST = 3
_SHORTEST = 3


def suggest(query: Query) -> tuple[str, ...]:
    """Queries that find something, with a similar name or word instead of one that was typed, likeliest first."""
    known = _words() | _names()
    found: dict[str, tuple[float, str]] = {}
    for typed, before, after in _gaps(query):
        near = process.extract(typed, known, scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=_CANDIDATES)
        for folded, alike, name in near:
            if folded != typed:
                suggestion = f"{before}{name}{after}"
                found.setdefault(str(read_query(suggestion)), (-alike, suggestion))
    likeliest = (suggestion for _, suggestion in sorted(found.values())[:_CANDIDATES])
    return tuple(islice(filter(_finds_something, likeliest), _MOST))


def _finds_something(suggestion: str) -> bool:
    """Whether the suggestion finds anything public, so that names in drafts are not revealed."""
    wanted = resolve(read_query(suggestion)).wanted
    return wanted is not None and is_there(wanted)


def _gaps(query: Query) -> Iterator[tuple[str, str, str]]:
    """Each part that may be a name, folded, with the rest of the query before and after it."""
    terms = [str(term) for term in query.terms]
    others = [*(f"-{term}" for term in query.excluded), *map(str, query.filters)]
    for place, one in enumerate(query.filters, start=len(terms) + len(query.excluded)):
        if one.field == "speaker" and not one.is_excluded:
            before, after = _around([*terms, *others], place)
            yield _folded(one.value), f'{before}speaker:"', f'"{after}'
    whole = " ".join(" ".join(term.words) for term in query.terms)
    if len(whole) >= _SHORTEST:
        yield whole, "", _around(["", *others], 0)[1]
    for place, term in enumerate(query.terms if len(terms) > 1 else ()):
        if len(word := " ".join(term.words)) > _SHORTEST:
            yield word, *_around([*terms, *others], place)


def _around(parts: Sequence[str], place: int) -> tuple[str, str]:
    before = "".join(f"{part} " for part in parts[:place])
    after = "".join(f" {part}" for part in parts[place + 1 :])
    return before, after


def _names() -> dict[str, str]:
    """Whole names and their parts, each folded for comparison."""
    speakers = Speaker.objects.identified().order_by("-pk").values_list("name", "original_name")[:_EXAMINED]
    whole = dict.fromkeys(filter(None, chain.from_iterable(speakers)))
    parts = dict.fromkeys(part for name in whole for part in (name, *name.split()) if len(part) > 1)
    return {part: _folded(part) for part in parts}


def _words() -> dict[str, str]:
    """Words of the newest public passages and of tags, each folded for comparison."""
    texts = [
        *Tag.objects.order_by("-pk").values_list("name", flat=True)[:_EXAMINED],
        *Question.objects.published().order_by("-pk").values_list("text", flat=True)[:_PASSAGES],
        *Answer.objects.published().order_by("-pk").values_list("text", flat=True)[:_PASSAGES],
    ]
    words = (word for text in texts for word in folded_words_of(text))
    return {word: word for word in words if len(word) > _SHORTEST}


def _folded(text: str) -> str:
    return " ".join(word.word for word in words_of(text))
