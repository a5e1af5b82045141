"""Query the index in either database's syntax for the newest matching rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.db import connection

from panels.models.database.search_index import begin_of_span, key_of, spans_of
from panels.search.query import Term

FOUND = 500
"""At most this many matches are counted; beyond that, it is only reported that there are more."""
_FIRST_WINDOW = 3  # times as many rows as requested
_GROWTH = 64  # times as many days as the previous window, at the most, for each match plus one
_SPARE = 0.25  # of the requested number, added to those still missing
_PAIR = 2
_MATCHES = "vector @@ %s::tsquery"
_HAS_PAIR = "pairs @> ARRAY[hashtextextended(%s, 0)]"

Row = tuple[int, str]
"""The key of a row of the index, and its facets."""


@dataclass(frozen=True, slots=True)
class IndexQuery:
    """Conditions for rows: terms anywhere, terms in speakers' names, and facets, required or excluded.

    `keys` bounds the keys of the rows, from the lowest to the highest.
    """

    terms: tuple[Term, ...] = ()
    names: tuple[Term, ...] = ()
    facets: tuple[str, ...] = ()
    excluded: tuple[Term, ...] = ()
    excluded_names: tuple[Term, ...] = ()
    excluded_facets: tuple[str, ...] = ()
    keys: tuple[int, ...] = ()


def find(wanted: IndexQuery) -> list[Row]:
    """The newest matching rows, one more than `FOUND` if there are more."""
    return newest(wanted, FOUND + 1)


def is_there(wanted: IndexQuery) -> bool:
    """Whether any row matches."""
    return bool(newest(wanted, 1))


def newest(wanted: IndexQuery, most: int) -> list[Row]:
    """The newest matching rows, at most so many."""
    if connection.vendor == "sqlite":
        return _newest_in_fts5(wanted, most)
    if any(term.is_prefix for term in (*wanted.terms, *wanted.names)):
        return _of_prefix(wanted, most)
    return _newest_in_windows(wanted, most)


def _newest_in_fts5(wanted: IndexQuery, most: int) -> list[Row]:
    """The newest rows from FTS5, which reads its lists from their ends and stops when it has enough."""
    within = "AND rowid BETWEEN %s AND %s" if wanted.keys else ""
    condition = f"panels_search MATCH %s {within} ORDER BY rowid DESC LIMIT %s"
    return _rows("panels_search", condition, [fts5_query(wanted), *wanted.keys, most], key="rowid")


def _of_prefix(wanted: IndexQuery, most: int) -> list[Row]:
    """The newest rows for a prefix; PostgreSQL chooses to collect all matches or to scan down from the newest."""
    within = "id BETWEEN %s AND %s AND " if wanted.keys else ""
    condition = f"{within}vector @@ %s::tsquery ORDER BY id DESC LIMIT %s"
    return _rows("panels_search", condition, [*wanted.keys, tsquery(wanted), most])


def _newest_in_windows(wanted: IndexQuery, most: int) -> list[Row]:
    """The newest rows, searched in one window of days after another until there are enough.

    Days are words of the index, so only the part of a frequent word's list that is in the window is read. The first
    window has slightly more rows than requested; the length of the next depends on how many were found so far.
    """
    found: list[Row] = []
    newest, reached, oldest = _days(wanted.keys, _FIRST_WINDOW * most)
    begin, length = newest + 1, newest - reached + 1
    while begin > oldest and len(found) < most:
        end, begin = begin - 1, max(oldest, begin_of_span(begin - length, length))
        found += _of_days(wanted, (begin, end), most - len(found))
        days = newest - begin + 1
        expected = (most - len(found) + _SPARE * most) / len(found) if found else _GROWTH
        length = 1 + int(days * min(expected, _GROWTH * (1 + len(found))))
    return found


def _days(keys: tuple[int, ...], nth: int) -> tuple[int, int, int]:
    """The days of the newest row, of the one `nth` after it, and of the oldest; -1, 0, 0 if there are none."""
    within = f"FROM panels_search WHERE id BETWEEN {keys[0]} AND {keys[1]}" if keys else "FROM panels_search"
    behind = f"(SELECT id {within} ORDER BY id DESC LIMIT 1 OFFSET {nth})"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT max(id), coalesce({behind}, min(id)), min(id) {within}")
        bounds = cursor.fetchone()
    if bounds[0] is None:
        return -1, 0, 0
    newest, reached, oldest = (key_of(number).day for number in bounds)
    return newest, reached, oldest


def _of_days(wanted: IndexQuery, days: tuple[int, int], most: int) -> list[Row]:
    """The newest rows of some days. Rows are only read where the index, which has no positions, cannot decide."""
    known = _known_to_index(wanted)
    # One condition each: within one, PostgreSQL reads the whole list of a word where it could skip most of it.
    conditions = [(_MATCHES, " & ".join([f"({' | '.join(map(_lexeme, spans_of(*days)))})", *known.excluded]))]
    conditions += [(_MATCHES, word) for word in known.words]
    conditions += [(_HAS_PAIR, pair) for pair in known.pairs]
    conditions += [(f"NOT {_HAS_PAIR}", pair) for pair in known.excluded_pairs]
    # With `OFFSET 0` PostgreSQL finds all of these rows by their index before it does anything else.
    rows = (
        "(SELECT id, facets, vector FROM panels_search "  # noqa: S608
        f"WHERE {' AND '.join(condition for condition, _ in conditions)} ORDER BY id DESC OFFSET 0) AS rows"
    )
    parameters: list[str | int] = [parameter for _, parameter in conditions]
    # The keys may begin or end within a day.
    within = f"id BETWEEN {wanted.keys[0]} AND {wanted.keys[1]}" if wanted.keys else "true"
    if known.is_all:
        return _rows(rows, f"{within} ORDER BY id DESC LIMIT %s", [*parameters, most])
    return _rows(rows, f"{within} AND {_MATCHES} ORDER BY id DESC LIMIT %s", [*parameters, tsquery(wanted), most])


@dataclass(frozen=True, slots=True)
class _Known:
    """The words and adjacent pairs that the index can require or exclude. `is_all` if that decides the query."""

    words: list[str]
    pairs: list[str]
    excluded: list[str]
    excluded_pairs: list[str]
    is_all: bool


def _known_to_index(wanted: IndexQuery) -> _Known:
    terms = [*wanted.terms, *wanted.names]
    whole = [term.stems for term in wanted.excluded if not term.is_prefix]
    excluded = [_lexeme(stems[0]) for stems in whole if len(stems) == 1]
    excluded_pairs = [" ".join(stems) for stems in whole if len(stems) == _PAIR]
    return _Known(
        words=[*(_lexeme(term.stems[0]) for term in terms if len(term.stems) == 1), *map(_facet, wanted.facets)],
        pairs=[" ".join(pair) for term in terms for pair in pairwise(term.stems)],
        excluded=[f"!{word}" for word in (*excluded, *map(_facet, wanted.excluded_facets))],
        excluded_pairs=excluded_pairs,
        is_all=max((len(term.stems) for term in terms), default=1) <= _PAIR
        and not wanted.names
        and not wanted.excluded_names
        and len(excluded) + len(excluded_pairs) == len(wanted.excluded),
    )


def _rows(table: str, condition: str, parameters: Sequence[str | int], *, key: str = "id") -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {key}, facets FROM {table} WHERE {condition}", parameters)  # noqa: S608
        rows: list[Row] = cursor.fetchall()
    return rows


def fts5_query(wanted: IndexQuery) -> str:
    """The query for SQLite's FTS5: https://www.sqlite.org/fts5.html#full_text_query_syntax. FTS5 stems the words."""
    parts = [f"{{words names}} : {_phrase(term)}" for term in wanted.terms]
    parts += [f"names : {_phrase(term)}" for term in wanted.names]
    parts += [f'facets : "{facet}"' for facet in wanted.facets]
    excluded = [f"{{words names}} : {_phrase(term)}" for term in wanted.excluded]
    excluded += [f"names : {_phrase(term)}" for term in wanted.excluded_names]
    excluded += [f'facets : "{facet}"' for facet in wanted.excluded_facets]
    return " NOT ".join([f"({' AND '.join(parts)})", *excluded])


def tsquery(wanted: IndexQuery) -> str:
    """The query for PostgreSQL: https://www.postgresql.org/docs/current/datatype-textsearch.html#DATATYPE-TSQUERY."""
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
    """Adjacent lexemes; those of names have a weight."""
    *stems, last = term.stems
    end = f"{'*' if term.is_prefix else ''}{weight}"
    lexemes = [_lexeme(stem, weight) for stem in stems]
    return f"({' <-> '.join([*lexemes, _lexeme(last, end)])})"


def _lexeme(word: str, end: str = "") -> str:
    return f"'{word}':{end}" if end else f"'{word}'"


def _facet(facet: str) -> str:
    return _lexeme(f"={facet}")


def event_of(row: Row) -> int:
    """The key of the event, whose facet is first."""
    return int(row[1].partition(" ")[0][1:])
