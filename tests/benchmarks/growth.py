"""How much longer each page takes when more is stored.

    python -m tests.benchmarks.growth --answers 10000,1000000
    .ci/with_postgres python -m tests.benchmarks.growth --answers 10000,1000000

Makes a database of each size with `manage.py generate_corpus`, as SQLite files or, if DATABASE_URL names a PostgreSQL,
there. `--keep FOLDER` keeps the files, and takes those that it finds. Every public page, list of the API, feed and list
of the admin is asked for in turn, round by round, now of one database and now of the other, each in a process of its
own and uncached. Prints medians of the processors' time and of the clock, in milliseconds, and their ratios.

A page fails if it takes more than 1.5 times as long with many answers, or more than 100 ms.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import django
from django.db import connection

from panels.management.generated_sessions import FREQUENT_SPEAKER, FREQUENT_TAG, TAG_OF_ANSWERS
from tests.benchmarks.processors import busy_seconds

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
MOST_MS, MOST_RATIO = 100, 1.5

SPEAKER, TAG, OF_ANSWERS = (name.lower().replace(" ", "-") for name in (FREQUENT_SPEAKER, FREQUENT_TAG, TAG_OF_ANSWERS))
PUBLIC = {
    "home": "/",
    "sessions": "/events/",
    "sessions, page 9": "/events/?page=9",
    "sessions of a tag": f"/events/?tag={TAG}",
    "sessions of a tag of answers": f"/events/?tag={OF_ANSWERS}",
    "sessions of a speaker": f"/events/?speaker={SPEAKER}",
    "sessions of a year": "/events/?year=2003",
    "transcript": "/events/generated-0/",
    "answer": "/events/generated-0/q1-a1/",
    "speakers": "/speakers/",
    "speaker": f"/speakers/{SPEAKER}/",
    "speaker, page 9": f"/speakers/{SPEAKER}/?page=9",
    "speaker under a tag": f"/speakers/{SPEAKER}/?tag={TAG}",
    "speaker in a year": f"/speakers/{SPEAKER}/?year=2003",
    "tags": "/tags/",
    "tag": f"/tags/{TAG}/",
    "tag of answers": f"/tags/{OF_ANSWERS}/",
    "tag of answers, page 9": f"/tags/{OF_ANSWERS}/?page=9",
    "compare": f"/compare/?speaker={SPEAKER}&speaker=ash-example",
    "compare under a tag": f"/compare/?speaker={SPEAKER}&speaker=ash-example&tag={TAG}",
    "search": "/search/?q=archive",
    "quote": "/quote/?q=archive+reading",
    "feed": "/feeds/events.atom",
    "feed of a tag": f"/feeds/tags/{TAG}.atom",
    "feed of a speaker": f"/feeds/speakers/{SPEAKER}.atom",
    "feed of a search": "/feeds/search.atom?q=archive",
    "sitemap": "/sitemap.xml",
    "sitemap of sessions": "/sitemap-events.xml",
    "API sessions": "/api/v1/events/",
    "API sessions of a tag": f"/api/v1/events/?tag={TAG}",
    "API answers": "/api/v1/answers/",
    "API answers of a speaker": f"/api/v1/answers/?speaker={SPEAKER}",
    "API answers of a tag": f"/api/v1/answers/?tag={TAG}",
    "API speakers": "/api/v1/speakers/",
    "API tags": "/api/v1/tags/",
    "API search": "/api/v1/search/?q=archive",
}
ADMIN = {
    "desk": "/admin/", "admin sessions": "/admin/panels/event/", "admin questions": "/admin/panels/question/",
    "admin answers": "/admin/panels/answer/", "admin answers, searched": "/admin/panels/answer/?q=archive",
    "admin speakers": "/admin/panels/speaker/", "admin tags": "/admin/panels/tag/",
}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--answers", default="10000,100000", help="the two sizes (default: 10000,100000)")
    parser.add_argument("--rounds", type=int, default=9, help="requests of each page at each size (default: 9)")
    parser.add_argument("--only", default="", help="measure only pages with this in their name")
    parser.add_argument("--keep", type=Path, help="a folder for the SQLite files, which are kept there")
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        _serve()
        return
    sizes = [int(size) for size in options.answers.split(",")]
    with tempfile.TemporaryDirectory() as folder:
        sites = [_MeasuredSite(_database(size, options.keep or Path(folder)), size) for size in sizes]
        pages = [name for name in (*PUBLIC, *ADMIN) if options.only in name]
        measured = [site.measured(pages) for site in sites]
        for _ in range(options.rounds):
            for site, found in zip(sites, measured, strict=True):
                site.ask(pages, found)
        for site in sites:
            site.close()
    _report(sizes, [{name: _median(found[name]) for name in pages} for found in measured])


def _database(size: int, folder: Path) -> str:
    """The URL of the database of a size; on PostgreSQL it is created."""
    server = os.environ.get("DATABASE_URL", "")
    if not server.startswith("postgres"):
        return f"sqlite:///{folder.resolve()}/{size}.sqlite3"
    import psycopg

    with psycopg.connect(server, autocommit=True) as database:
        database.execute(f"CREATE DATABASE answers_{size}")
    return f"{server.rpartition('/')[0]}/answers_{size}"


class _MeasuredSite:
    """A database of a size, and the process that makes pages from it."""

    def __init__(self, url: str, size: int) -> None:
        environment = os.environ | {"DATABASE_URL": url}
        generate = ["manage.py", "generate_corpus", "--answers", str(size)]
        for command in (["manage.py", "migrate", "--verbosity", "0"], generate):
            subprocess.run([sys.executable, *command], check=True, env=environment | {"SECRET_KEY": "measuring"})
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.benchmarks.growth", "--serve"],
            env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def measured(self, pages: list[str]) -> dict[str, list[dict[str, float]]]:
        """Room for what is measured, after each page was made once: the first time is another matter."""
        self.ask(pages, {name: [] for name in pages})
        return {name: [] for name in pages}

    def ask(self, pages: list[str], found: dict[str, list[dict[str, float]]]) -> None:
        assert self._process.stdin
        assert self._process.stdout
        for name in pages:
            print(name, file=self._process.stdin, flush=True)
            found[name].append(json.loads(self._process.stdout.readline()))

    def close(self) -> None:
        self._process.communicate()


def _serve() -> None:
    """Make the page that each line of the input names, and print how long it took."""
    django.setup()
    from django.contrib.auth.models import User
    from django.test import Client

    reader, editor = Client(), Client()
    editor.force_login(User.objects.get_or_create(username="editor", is_staff=True, is_superuser=True)[0])
    for line in sys.stdin:
        name = line.strip()
        client, path = (reader, PUBLIC[name]) if name in PUBLIC else (editor, ADMIN[name])
        print(json.dumps(_timed(client, path)), flush=True)
    connection.close()


def _timed(client: Any, path: str) -> dict[str, float]:
    busy, begun = busy_seconds(), time.perf_counter()
    response = client.get(path)
    size = len(response.getvalue())
    clock, worked = time.perf_counter() - begun, busy_seconds() - busy
    if response.status_code != 200:
        raise SystemExit(f"{path}: {response.status_code}")
    return {"busy": worked * 1000, "clock": clock * 1000, "size": size}


def _median(some: list[dict[str, float]]) -> dict[str, float]:
    return {name: statistics.median(one[name] for one in some) for name in some[0]}


def _report(sizes: list[int], measured: list[dict[str, dict[str, float]]]) -> None:
    heads = [f"{size:,}" for size in sizes]
    print(
        f"{'ms of processor (and of the clock)':36}"
        + "".join(f"{head:>18}" for head in heads)
        + f"{'ratio':>8}{'KB':>6}"
    )
    failed = 0
    for name in measured[0]:
        found = [one[name] for one in measured]
        ratio = found[-1]["busy"] / found[0]["busy"]
        is_slow = ratio > MOST_RATIO or found[-1]["busy"] > MOST_MS
        failed += is_slow
        times = "".join(f"{one['busy']:9.1f} ({one['clock']:6.1f})" for one in found)
        print(f"{name:36}{times}{ratio:8.2f}{found[-1]['size'] / 1000:6.0f}{'  !' * is_slow}")
    print(f"{failed} of {len(measured[0])} take more than {MOST_RATIO} times as long, or more than {MOST_MS} ms")


if __name__ == "__main__":
    main()
