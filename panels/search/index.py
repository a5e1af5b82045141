"""Asking the index: a query in the language of either database, and the newest rows that answer it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.db import connection

from panels.search.query import Term

FOUND = 1_000
"""So many matches are looked at; of more it is only said that there are more."""

Row = tuple[int, str]
"""The key of a row of the index, and its facets."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What rows must have, and what not: terms anywhere, terms among the names of who speaks, facets.

    `keys` bounds the keys of the rows, from the least to the greatest.
    """

    terms: tuple[Term, ...] = ()
    names: tuple[Term, ...] = ()
    facets: tuple[str, ...] = ()
    excluded: tuple[Term, ...] = ()
    excluded_names: tuple[Term, ...] = ()
    excluded_facets: tuple[str, ...] = ()
    keys: tuple[int, ...] = ()


def find(wanted: Wanted) -> list[Row]:
    """The newest rows, one more than `FOUND` if there are more."""
    return _newest_in_fts5(wanted) if connection.vendor == "sqlite" else _newest_in_postgresql(wanted)


def is_there(wanted: Wanted) -> bool:
    """Whether there is such a row."""
    if connection.vendor == "sqlite":
        return bool(_rows("panels_search", "panels_search MATCH %s LIMIT 1", [fts5_query(wanted)], key="rowid"))
    return bool(_rows(_ALL_MATCHES, "true LIMIT 1", [tsquery(wanted)]))


def _newest_in_fts5(wanted: Wanted) -> list[Row]:
    """FTS5 reads its lists from their ends, and stops when it has enough."""
    within = "AND rowid BETWEEN %s AND %s" if wanted.keys else ""
    condition = f"panels_search MATCH %s {within} ORDER BY rowid DESC LIMIT %s"
    return _rows("panels_search", condition, [fts5_query(wanted), *wanted.keys, FOUND + 1], key="rowid")


def _newest_in_postgresql(wanted: Wanted) -> list[Row]:
    """By the index of words, or downwards from the newest until there are enough, whichever is less work.

    PostgreSQL chooses well for words, which are spread over all years. It does not for what only some time has
    (speakers, tags, events), nor for phrases, whose words may stand in most passages and side by side in few.
    """
    query = tsquery(wanted)
    newest_first = "ORDER BY id DESC LIMIT %s"
    if wanted.keys:
        within = f"id BETWEEN %s AND %s AND vector @@ %s::tsquery {newest_first}"
        return _rows("panels_search", within, [*wanted.keys, query, FOUND + 1])
    pairs = [" ".join(pair) for term in (*wanted.terms, *wanted.names) for pair in _pairs(term)]
    is_selective = any(facet[0] in "ste" for facet in wanted.facets)
    if not pairs and not is_selective:
        return _rows("panels_search", f"vector @@ %s::tsquery {newest_first}", [query, FOUND + 1])
    rows = _rows(_NEWEST, f"vector @@ %s::tsquery {newest_first}", [query, FOUND + 1])
    if len(rows) > FOUND:
        return rows
    if is_selective:
        return _rows(_ALL_MATCHES, f"true {newest_first}", [query, FOUND + 1])
    together = f"pairs @> ARRAY[{', '.join(['hashtext(%s)'] * len(pairs))}]"
    matches = f"(SELECT * FROM panels_search WHERE {together} OFFSET 0) AS matches"  # noqa: S608
    return _rows(matches, f"vector @@ %s::tsquery {newest_first}", [*pairs, query, FOUND + 1])


# With `OFFSET 0` PostgreSQL finds all of these rows by their index before it does anything else.
_NEWEST = "(SELECT * FROM panels_search ORDER BY id DESC LIMIT 5000) AS newest"
_ALL_MATCHES = "(SELECT id, facets FROM panels_search WHERE vector @@ %s::tsquery OFFSET 0) AS matches"


def _rows(table: str, condition: str, parameters: Sequence[str | int], *, key: str = "id") -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {key}, facets FROM {table} WHERE {condition}", parameters)  # noqa: S608
        rows: list[Row] = cursor.fetchall()
    return rows


def _pairs(term: Term) -> Iterable[tuple[str, str]]:
    """Neighbours in a phrase, without the beginning of a word."""
    whole = term.stems[:-1] if term.is_prefix else term.stems
    return pairwise(whole)


def fts5_query(wanted: Wanted) -> str:
    """In the language of SQLite's FTS5: https://www.sqlite.org/fts5.html#full_text_query_syntax. It stems the words."""
    parts = [f"{{words names}} : {_phrase(term)}" for term in wanted.terms]
    parts += [f"names : {_phrase(term)}" for term in wanted.names]
    parts += [f'facets : "{facet}"' for facet in wanted.facets]
    excluded = [f"{{words names}} : {_phrase(term)}" for term in wanted.excluded]
    excluded += [f"names : {_phrase(term)}" for term in wanted.excluded_names]
    excluded += [f'facets : "{facet}"' for facet in wanted.excluded_facets]
    return " NOT ".join([f"({' AND '.join(parts)})", *excluded])


def tsquery(wanted: Wanted) -> str:
    """In PostgreSQL's language: https://www.postgresql.org/docs/current/datatype-textsearch.html#DATATYPE-TSQUERY."""
    parts = [_followed(term) for term in wanted.terms]
    parts += [_followed(term, "A") for term in wanted.names]
    parts += [_facet(facet) for facet in wanted.facets]
    parts += [f"!({_followed(term)})" for term in wanted.excluded]
    parts += [f"!({_followed(term, 'A')})" for term in wanted.excluded_names]
    parts += [f"!{_facet(facet)}" for facet in wanted.excluded_facets]
    return " & ".join(parts)


def _phrase(term: Term) -> str:
    return f'"{" ".join(term.words)}"{" *" if term.is_prefix else ""}'


def _followed(term: Term, weight: str = "") -> str:
    """Lexemes side by side; those of names have a weight."""
    *stems, last = term.stems
    end = f"{'*' if term.is_prefix else ''}{weight}"
    lexemes = [_lexeme(stem, weight) for stem in stems]
    return f"({' <-> '.join([*lexemes, _lexeme(last, end)])})"


def _lexeme(word: str, end: str = "") -> str:
    return f"'{word}':{end}" if end else f"'{word}'"


def _facet(facet: str) -> str:
    return _lexeme(f"={facet}")


def event_of(row: Row) -> int:
    """The key of the event, whose facet stands first."""
    return int(row[1].partition(" ")[0][1:])
