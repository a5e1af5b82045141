"""The search index: a row for every passage that readers see, kept by triggers whatever way anything is written.

On SQLite it is an FTS5 table, on PostgreSQL a table with a text search vector; both hold the same words, see
`panels.transcript.words`. A passage is an answer, a question or an event (its title, programme, introduction and
panel); what is not published has no row. `search_rows` says what a row is made of, `search_triggers` when it is made
anew.

The key of a row begins with the day of the event, so that the newest are found first where keys are read downwards,
however many there are.
"""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from django.db.backends.base.base import BaseDatabaseWrapper

from panels.models.database import search_triggers
from panels.models.database.search_rows import KEY_BITS, KINDS, Vendor, add
from panels.models.database.search_words import BETWEEN, TOKENIZER, words_function
from panels.transcript.words import LONGEST

SPAN_SHIFTS = (0, 3, 6, 9, 12)
"""On PostgreSQL a row has words for the spans of days that it is in: of 1, 8, 64, 512 and 4,096 days."""


class Key(NamedTuple):
    """What a row of the index stands for: the day of the event as a number, the kind of passage, its own key."""

    day: int
    kind: str
    row: int


def key_of(number: int) -> Key:
    """Take the key of a row apart."""
    return Key(number >> KEY_BITS, KINDS[number & 3], (number & ((1 << KEY_BITS) - 1)) >> 2)


def keys_of_year(year: int) -> tuple[int, int]:
    """The least and the greatest key that the rows of a year can have."""
    first, last = dt.date(year, 1, 1).toordinal(), dt.date(year, 12, 31).toordinal()
    return first << KEY_BITS, ((last + 1) << KEY_BITS) - 1


def spans_of(first: int, last: int) -> list[str]:
    """The fewest spans that together are these days."""
    found = []
    while first <= last:
        shift = max(one for one in SPAN_SHIFTS if not first % (1 << one) and first + (1 << one) - 1 <= last)
        found.append(f">{shift}.{first >> shift}")
        first += 1 << shift
    return found


def begin_of_span(day: int, length: int) -> int:
    """The day itself or, near the beginning of so many days, one before it from which they are few spans."""
    shift = max(one for one in SPAN_SHIFTS if one == 0 or 8 << one <= length)
    return day >> shift << shift


def language_facet(language: str) -> str:
    """The facet of a language tag: of "zh" all that is Chinese, of "zh-Hans" only that."""
    return f"{'l' if '-' in language else 'p'}{language.lower().replace('-', '')}0"


def install(connection: BaseDatabaseWrapper) -> None:
    """Make the index and its triggers anew in the connected database; what is indexed stays. See `triggers.install`."""
    _execute(connection, _SQLITE if _vendor(connection) == "sqlite" else _postgresql())
    made = search_triggers.sqlite if _vendor(connection) == "sqlite" else search_triggers.postgresql
    _execute(connection, made())


def rebuild(connection: BaseDatabaseWrapper) -> None:
    """Empty the index and fill it from what is stored."""
    _execute(connection, ["DELETE FROM panels_search", add(_vendor(connection), dict.fromkeys(KINDS, ""))])


def remove(connection: BaseDatabaseWrapper) -> None:
    """Drop the index, its triggers and its functions, as for a migration backwards."""
    if _vendor(connection) == "sqlite":
        drops = [f"DROP TRIGGER IF EXISTS {name}" for name in sorted(names())]
    else:
        functions = sorted(names()) + [f"{table}_search_truncate" for table in _tables()]
        drops = [f"DROP FUNCTION IF EXISTS {name}() CASCADE" for name in functions]
        drops += [
            "DROP FUNCTION IF EXISTS panels_search_row(bigint, text, text, text)",
            "DROP FUNCTION IF EXISTS panels_search_lexemes(text)",
            "DROP FUNCTION IF EXISTS panels_search_words(text)",
            "DROP TEXT SEARCH DICTIONARY IF EXISTS panels_porter",
        ]
    _execute(connection, ["DROP TABLE IF EXISTS panels_search", *drops])


def names() -> set[str]:
    """Of all triggers that a sound database has."""
    return search_triggers.names()


def _tables() -> list[str]:
    return sorted({moment.table for moment in search_triggers.moments()})


def _vendor(connection: BaseDatabaseWrapper) -> Vendor:
    return "sqlite" if connection.vendor == "sqlite" else "postgresql"


def _execute(connection: BaseDatabaseWrapper, statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


_SQLITE = [
    "CREATE VIRTUAL TABLE IF NOT EXISTS panels_search USING fts5(facets, words, names, columnsize = 0, "
    f'tokenize = "{TOKENIZER}")'
]


def _postgresql() -> list[str]:
    return [
        "DROP TEXT SEARCH DICTIONARY IF EXISTS panels_porter",
        "CREATE TEXT SEARCH DICTIONARY panels_porter (TEMPLATE = snowball, LANGUAGE = porter)",
        *_POSTGRESQL_TABLE,
        words_function(),
        _LEXEMES_FUNCTION,
        _ROW_FUNCTION,
    ]


# Rows are narrow, so that thousands of matches are in few blocks: what the index has is seldom read, and stands
# elsewhere. PostgreSQL puts it there only if a row has more than 2,000 bytes, so each is filled up, with what takes 35.
# One index for both columns joins the lists of each. What was written last waits in no long list that all queries read.
_POSTGRESQL_TABLE = [
    "CREATE TABLE IF NOT EXISTS panels_search "
    "(id bigint PRIMARY KEY, facets text NOT NULL, vector tsvector NOT NULL, pairs bigint[] NOT NULL, "
    "filler text GENERATED ALWAYS AS (repeat(' ', 2100)) STORED) "
    "WITH (toast_tuple_target = 128)",
    "ALTER TABLE panels_search ALTER facets SET STORAGE MAIN, ALTER filler SET STORAGE MAIN, "
    "ALTER vector SET STORAGE EXTERNAL, ALTER pairs SET STORAGE EXTERNAL",
    "CREATE INDEX IF NOT EXISTS panels_search_words ON panels_search "
    "USING gin (vector, pairs) WITH (gin_pending_list_limit = 512)",
]

# In PL/pgSQL, which plans a function once in a session: SQL functions are planned again for every row.
# A lexeme of PostgreSQL has at most 2,046 bytes, and places go no further than 16,383: so the names stand first.
_LEXEMES_FUNCTION = """
    CREATE OR REPLACE FUNCTION panels_search_lexemes(words text, OUT vector tsvector, OUT pairs bigint[])
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$ BEGIN
        SELECT coalesce(string_agg(left(found.word, 500) || ':' || least(found.place, 16383), ' '), '')::tsvector,
            coalesce(array_agg(DISTINCT hashtextextended(found.before || ' ' || found.word, 0)), '{}')
            INTO vector, pairs
        FROM (
            SELECT word, row_number() OVER in_order AS place, lag(word) OVER in_order AS before
            FROM panels_search_words(words) WINDOW in_order AS (ORDER BY place)
        ) AS found;
    END $$
"""
_SPANS = " || ".join(f"' >{shift}.' || (id >> {KEY_BITS + shift})" for shift in SPAN_SHIFTS)
_ROW_FUNCTION = f"""
    CREATE OR REPLACE FUNCTION
    panels_search_row(id bigint, facets text, words text, names text, OUT vector tsvector, OUT pairs bigint[])
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$ DECLARE
        named record := panels_search_lexemes(names || ' {BETWEEN}');
        said record := panels_search_lexemes(left(words, {LONGEST}));
    BEGIN
        vector := setweight(named.vector, 'A') || said.vector
            || (replace(' ' || facets, ' ', ' =') || {_SPANS})::tsvector;
        pairs := named.pairs || said.pairs;
    END $$
"""
