"""The search index: a row for every public passage, maintained by triggers however rows are written.

On SQLite it is an FTS5 table, on PostgreSQL a table with a text search vector; both index the same words, see
`panels.transcript.words`. A passage is an answer, a question or an event (its title, programme, introduction and
panel); unpublished ones have no row. `search_rows` defines the contents of a row, `search_triggers` when it is rebuilt.

The key of a row begins with the day of the event, so that scanning keys downwards finds the newest rows first, however
many there are.
"""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from django.db.backends.base.base import BaseDatabaseWrapper

from panels.models.database import search_triggers
from panels.models.database.search_rows import KEY_BITS, KINDS, Vendor, add
from panels.models.database.search_words import BETWEEN, FOLDS, TOKENIZER, folds_table, word_function, words_function
from panels.transcript.words import LONGEST

SPAN_SHIFTS = (0, 3, 6, 9, 12)
"""On PostgreSQL a row has words for the spans of days that it is in: of 1, 8, 64, 512 and 4,096 days."""


class Key(NamedTuple):
    """The key of an index row: the day of the event as a number, the kind of passage, its primary key."""

    day: int
    kind: str
    row: int


def key_of(number: int) -> Key:
    """Split the key of a row into its parts."""
    return Key(number >> KEY_BITS, KINDS[number & 3], (number & ((1 << KEY_BITS) - 1)) >> 2)


def keys_of_year(year: int) -> tuple[int, int]:
    """The lowest and the highest possible key of the rows of a year."""
    first, last = dt.date(year, 1, 1).toordinal(), dt.date(year, 12, 31).toordinal()
    return first << KEY_BITS, ((last + 1) << KEY_BITS) - 1


def spans_of(first: int, last: int) -> list[str]:
    """The fewest spans that cover these days."""
    found = []
    while first <= last:
        shift = max(one for one in SPAN_SHIFTS if not first % (1 << one) and first + (1 << one) - 1 <= last)
        found.append(f">{shift}.{first >> shift}")
        first += 1 << shift
    return found


def begin_of_span(day: int, length: int) -> int:
    """The day itself or, near the beginning of so many days, an earlier one that needs fewer spans."""
    shift = max(one for one in SPAN_SHIFTS if one == 0 or 8 << one <= length)
    return day >> shift << shift


def language_facet(language: str) -> str:
    """The facet of a language tag: "zh" covers all Chinese, "zh-Hans" only that."""
    return f"{'l' if '-' in language else 'p'}{language.lower().replace('-', '')}0"


def install(connection: BaseDatabaseWrapper) -> None:
    """Recreate the index and its triggers in the connected database; indexed rows stay. See `triggers.install`."""
    _execute(connection, [*_SQLITE, *folds_table()] if _vendor(connection) == "sqlite" else _postgresql())
    made = search_triggers.sqlite if _vendor(connection) == "sqlite" else search_triggers.postgresql
    _execute(connection, made())


def rebuild(connection: BaseDatabaseWrapper) -> None:
    """Empty the index and fill it from the stored rows."""
    _execute(connection, ["DELETE FROM panels_search", add(_vendor(connection), dict.fromkeys(KINDS, ""))])


def remove(connection: BaseDatabaseWrapper) -> None:
    """Drop the index, its triggers and its functions, for a backwards migration."""
    if _vendor(connection) == "sqlite":
        drops = [f"DROP TRIGGER IF EXISTS {name}" for name in sorted(names())]
        drops.append(f"DROP TABLE IF EXISTS {FOLDS}")
    else:
        functions = sorted(names()) + [f"{table}_search_truncate" for table in _tables()]
        drops = [f"DROP FUNCTION IF EXISTS {name}() CASCADE" for name in functions]
        drops += [
            "DROP FUNCTION IF EXISTS panels_search_row(bigint, text, text, text)",
            "DROP FUNCTION IF EXISTS panels_search_lexemes(text)",
            "DROP FUNCTION IF EXISTS panels_search_words(text)",
            "DROP FUNCTION IF EXISTS panels_search_word(text)",
            "DROP TEXT SEARCH DICTIONARY IF EXISTS panels_porter",
        ]
    _execute(connection, ["DROP TABLE IF EXISTS panels_search", *drops])


def names() -> set[str]:
    """The names of all triggers that must exist."""
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
        word_function(),
        words_function(),
        _LEXEMES_FUNCTION,
        _ROW_FUNCTION,
    ]


# Rows are narrow, so that thousands of matches are in few blocks: indexed values are seldom read, and are stored out of
# line. PostgreSQL does this only if a row has more than 2,000 bytes, so each is padded, at a cost of 35 bytes.
# One index for both columns joins the lists of each. New rows wait in no long pending list that every query must read.
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

# In PL/pgSQL, which plans a function once per session: SQL functions are planned again for every row.
# A PostgreSQL lexeme has at most 2,046 bytes, and positions end at 16,383: so the names come first.
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
        spoken record := panels_search_lexemes(left(words, {LONGEST}));
    BEGIN
        vector := setweight(named.vector, 'A') || spoken.vector
            || (replace(' ' || facets, ' ', ' =') || {_SPANS})::tsvector;
        pairs := named.pairs || spoken.pairs;
    END $$
"""
