"""How long a search takes, whatever is stored, beside the ways that come to mind first.

    python -m tests.benchmarks.searching
    .ci/with_postgres python -m tests.benchmarks.searching --answers 1000000

Fills an empty database, the one that DATABASE_URL names (SQLite where it names none), with published generated
sessions, and then measures `panels.search.search` in this process, with its facets and excerpts, as the search page
calls it; and of the same queries the database's own work alone: `LIKE`, the best twenty of all matches, and the count
of all. The time that processors worked for a search, those of PostgreSQL too, is what else runs hardly changes. A
database that is filled already, as by `--database` before, is taken as it is.
"""

import argparse
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django
from django.core.management import call_command
from django.db import connection, transaction

from panels.management.generated_sessions import sessions
from tests.benchmarks.processors import busy_seconds

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
_NAIVE_ROUNDS = 5
_LOADED = 100_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--answers", type=int, default=10_000, help="how many are stored (default: 10,000)")
    parser.add_argument("--rounds", type=int, default=40, help="queries of each kind (default: 40)")
    parser.add_argument("--database", type=Path, help="a file for SQLite, which is kept")
    parser.add_argument("--only-ours", action="store_true", help="leave out the ways that come to mind first")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = options.database or Path(folder) / "benchmark.sqlite3"
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{file.resolve()}")
        django.setup()
        call_command("migrate", verbosity=0)
        _fill(options.answers)
        _measure(options.rounds, only_ours=options.only_ours)
        connection.close()


def _fill(answers: int) -> None:
    """The first by the bulk loader; of more, copies are made, which takes less time."""
    from panels.editorial.importing.bulk import load
    from panels.models import Answer

    if not Answer.objects.exists():
        loaded = min(answers, _LOADED)
        begun = time.perf_counter()
        for outcome in load(((str(n), session) for n, session in enumerate(sessions(loaded))), publish=True):
            if outcome.became != "stored":
                raise SystemExit(f"{outcome.name}: {outcome.became}: {outcome.message}")
        print(f"{loaded:,} answers loaded and published: {loaded / (time.perf_counter() - begun):,.0f} a second")
    if times := -(-answers // Answer.objects.count()) - 1:
        _copy(times)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")
        cursor.execute("SELECT count(*) FROM panels_search")
        print(f"{Answer.objects.count():,} answers, {cursor.fetchone()[0]:,} passages in the index")


def _copy(times: int) -> None:
    """Copies of all that is stored, on the same days, with rows of the index as the triggers would make them."""
    from panels.models.database import search_index, triggers, version_triggers

    columns, held, indexed = _COPY_INDEXED[connection.vendor]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
            cursor.execute("SET maintenance_work_mem = '1GB'")
            cursor.execute("DROP INDEX panels_search_words")
        triggers.remove(connection)
        cursor.execute(f"CREATE TEMP TABLE held AS SELECT {held} FROM panels_search")
        cursor.execute("SELECT max(event_id), max(question_id), max(id) FROM panels_answer")
        steps = cursor.fetchone()
        for number in range(1, times + 1):
            with transaction.atomic():
                events, questions, answers = (step * number for step in steps)
                _copy_rows(cursor, "event", steps[0], {"id": events}, {"slug": f"slug || '-copy-{number}'"})
                _copy_rows(cursor, "question", steps[1], {"id": questions, "event_id": events}, {})
                _copy_rows(
                    cursor, "answer", steps[2], {"id": answers, "question_id": questions, "event_id": events}, {}
                )
                added = {"events": events, "questions": questions, "answers": answers}
                cursor.execute(f"INSERT INTO panels_search ({columns}) {indexed.format(**added)} ORDER BY 1")
        for module in (triggers, version_triggers, search_index):
            module.install(connection)
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = origin")


def _copy_rows(cursor: Any, name: str, first: int, added: dict[str, int], made: dict[str, str]) -> None:
    """The first rows once more, with numbers added to some columns and others made anew."""
    from django.apps import apps

    fields = apps.get_model("panels", name)._meta.local_concrete_fields
    columns = [field.column for field in fields if not field.generated]
    told = [f"{column} + {added[column]}" if column in added else made.get(column, column) for column in columns]
    cursor.execute(
        f"INSERT INTO panels_{name} ({', '.join(columns)}) SELECT {', '.join(told)} FROM panels_{name} "
        f"WHERE id <= {first}"
    )


# Of each database: the columns of the index, what is held of them, and the copies.
_COPY_INDEXED = {
    "sqlite": (
        "rowid, facets, words, names",
        "rowid AS id, facets, words, names",
        "SELECT id + (CASE id & 3 WHEN 0 THEN {answers} WHEN 1 THEN {questions} ELSE {events} END << 2), "
        "'e' || (CAST(substr(facets, 2) AS INTEGER) + {events}) || substr(facets, instr(facets, ' ')), words, names "
        "FROM held",
    ),
    "postgresql": (
        "id, facets, vector, pairs",
        "id, facets, vector, pairs",
        "SELECT id + (CASE id & 3 WHEN 0 THEN {answers} WHEN 1 THEN {questions} ELSE {events} END::bigint << 2), "
        "'e' || copied || substr(facets, length(event) + 1), "
        "ts_delete(vector, '=' || event) || ('=e' || copied)::tsvector, pairs "
        "FROM held, LATERAL (SELECT split_part(facets, ' ', 1) AS event) AS named, "
        "LATERAL (SELECT substr(event, 2)::bigint + {events} AS copied) AS renamed",
    ),
}


def _queries(rounds: int) -> dict[str, list[str]]:
    """Of each kind as many, made of the words of the generated sessions."""
    from panels.management.generated_sessions import CHINESE, PEOPLE, WORDS, name_of

    chance = random.Random(7)

    def made(make: Callable[[], str]) -> list[str]:
        return [make() for _ in range(rounds)]

    def word() -> str:
        return chance.choice(WORDS)

    def two_ideographs() -> str:
        return "".join(chance.choices(CHINESE, k=2))

    return {
        "rare word": made(lambda: f"term{chance.randrange(5_000, 20_000)}"),
        "word of one in 10 to 1,000": made(lambda: f"term{chance.randrange(2, 60)}"),
        "common word": made(word),
        "two words": made(lambda: f"{word()} {word()}"),
        "phrase": made(lambda: f'"{word()} {word()}"'),
        "two ideographs": made(two_ideographs),
        "word of a speaker": made(lambda: f'{word()} speaker:"{name_of(chance.randrange(PEOPLE))}"'),
        "word under a tag": made(lambda: f'{word()} tag:"Tag {chance.randrange(60)}"'),
        "word of a year": made(lambda: f"{word()} year:{chance.randrange(2000, 2025)}"),
        "word without another": made(lambda: f"{word()} -{word()}"),
        "beginning of a word": made(lambda: f"term{chance.randrange(10, 100)}*"),
        "name": made(lambda: name_of(chance.randrange(PEOPLE))),
        "nothing": made(lambda: f"absent{chance.randrange(1000)}"),
    }


def _measure(rounds: int, *, only_ours: bool) -> None:
    from panels.search import read_query, search

    queries = _queries(rounds)
    search(read_query("warm"))
    ways = "".join(f"{name:>18}" for name in ("search", "its processors", "LIKE", "best of all", "count of all"))
    print(f"\n{connection.vendor + ': p50 / p95 in ms':28}{ways}")
    for kind, some in queries.items():
        times = _times(lambda one: search(read_query(one)), some)
        if not only_ours and not any(":" in one for one in some):
            for way in (_like, _best, _count):
                times += _times(way, some[:_NAIVE_ROUNDS])[:1]
        print(f"  {kind:26}" + "".join(f"{middle:9.1f} /{most:7.1f}" for middle, most in times))


def _times(work: Callable[[str], object], queries: list[str]) -> list[tuple[float, float]]:
    """Median and 95th percentile in ms: what passes, and what processors work."""
    passed, worked = [], []
    for one in queries:
        begun, busy = time.perf_counter(), busy_seconds()
        work(one)
        worked.append((busy_seconds() - busy) * 1000)
        passed.append((time.perf_counter() - begun) * 1000)
    both = (passed, worked)
    return [(statistics.median(some), statistics.quantiles(some, n=20, method="inclusive")[-1]) for some in both]


def _like(typed: str) -> None:
    from panels.models import Answer

    found = Answer.objects.published().filter(text__icontains=typed.strip('"'))
    found.count()
    list(found.order_by("-pk")[:20])


def _asked(typed: str) -> str:
    from panels.search import read_query
    from panels.search.filters import resolve
    from panels.search.index import fts5_query, tsquery

    wanted = resolve(read_query(typed)).wanted
    assert wanted
    return fts5_query(wanted) if connection.vendor == "sqlite" else tsquery(wanted)


def _best(typed: str) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT rowid FROM panels_search WHERE panels_search MATCH %s ORDER BY rank LIMIT 20", [_asked(typed)]
            )
        else:
            cursor.execute(
                "SELECT id FROM panels_search, (SELECT %s::tsquery AS query) AS asked WHERE vector @@ query "
                "ORDER BY ts_rank(vector, query) DESC LIMIT 20",
                [_asked(typed)],
            )
        cursor.fetchall()


def _count(typed: str) -> None:
    matches = "panels_search MATCH %s" if connection.vendor == "sqlite" else "vector @@ %s::tsquery"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM panels_search WHERE {matches}", [_asked(typed)])
        cursor.fetchall()


if __name__ == "__main__":
    main()
