"""Finding what was said: a query in words, the passages that have them, and what they can be narrowed by.

`query` reads what was typed, `filters` looks up the speakers, tags and events that it names, `index` asks the
database, `ranking` orders the newest of what is found, `hits` and `excerpts` show where the words stand, `facets`
count by what they can be narrowed, `suggestions` knows names that are nearly those, and `searching` does it all:

    found = search(read_query('minutes -draft speaker:"Jane Doe"'), page=1)

The index itself is the database's own work: `panels.models.database.search_index`.

SQLite and PostgreSQL give the same answers, because they hold the same words (`panels.transcript.words`) and nothing of
the order is left to them. What is found is bounded, so that a search takes about as long at a million passages as at
ten thousand. Of all matches the `FOUND` newest, by the day of the event, are counted, and can be paged through. Of
these the `RANKED` newest stand in the order of how well they match (see `ranking`), the others behind them newest
first. So the answer to a rare word is ranked whole, and that to a frequent one is the best of what is newest.
"""

from panels.search.excerpts import ExcerptPiece
from panels.search.facets import Facet, Option
from panels.search.hits import Hit
from panels.search.index import FOUND
from panels.search.query import FIELDS, Query, QueryFilter, Term, read_query
from panels.search.searching import PER_PAGE, RANKED, SearchResult, newest_published, search

__all__ = [
    "FIELDS",
    "FOUND",
    "PER_PAGE",
    "RANKED",
    "ExcerptPiece",
    "Facet",
    "Hit",
    "Option",
    "Query",
    "QueryFilter",
    "SearchResult",
    "Term",
    "newest_published",
    "read_query",
    "search",
]
