"""Full-text search: parse a query, find the passages that match, and count the available filters.

`query` parses the typed text, `filters` looks up the speakers, tags and events that it names, `index` queries the
database, `ranking` puts the matches in order, `hits`, `excerpts` and `occurrences` show where the words occur, `facets`
counts the available filters, `suggestions` finds similar names, and `searching` combines them:

    found = search(read_query('minutes -draft speaker:"Jane Doe"'), page=1)

The database maintains the index itself: `panels.models.database.search_index`.

SQLite and PostgreSQL give the same results, because they index the same words (`panels.transcript.words`) and the order
is fully determined here. Results are bounded, so that a search takes about as long with a million passages as with ten
thousand. The `FOUND` newest matches, by the day of the event, are counted and can be paged through. The `RANKED`
newest of these are ordered by relevance (see `ranking`), followed by the others, newest first. So the results for a
rare word are fully ranked, and those for a frequent word are the best of the newest.
"""

from panels.search.excerpts import ExcerptPiece
from panels.search.facets import Facet, Option
from panels.search.hits import Hit
from panels.search.index import FOUND
from panels.search.query import FIELDS, Query, QueryFilter, Term, read_query
from panels.search.ranking import RANKED
from panels.search.searching import PER_PAGE, SearchResult, newest_published, search

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
