"""How much longer each page takes when more is stored.

    python -m tests.benchmarks.growth
    .ci/with_postgres python -m tests.benchmarks.growth --answers 10000,1000000

Fills an empty database, the one that DATABASE_URL names (SQLite where it names none), with published generated
sessions: first as many answers as the first number says, then up to the second. A tenth of all sessions has one speaker
and one tag in common. At each size every public page, list of the API, feed and list of the admin is asked for in
turn, round by round, uncached and in this process. Prints the medians by the clock in milliseconds, their ratio and
the size of the page.
"""

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace

import django
from django.core.management import call_command
from django.db import connection

from panels.transcript import PanelMember, Transcript
from tests.benchmarks.generated import ANSWERS, sessions

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
OFTEN, EVERY = "Wren Everywhere", 10

PUBLIC = {
    "home": "/", "events": "/events/", "events of a tag": "/events/?tag=often", "transcript": "{event}",
    "answer": "{event}q1-a1/", "speakers": "/speakers/", "speaker": "/speakers/wren-everywhere/",
    "speaker, page 30": "/speakers/wren-everywhere/?page=30", "tags": "/tags/", "tag": "/tags/often/",
    "compare": "/compare/?speaker=wren-everywhere&speaker=ash-example", "search": "/search/?q=archive",
    "feed": "/feeds/events.atom", "sitemap": "/sitemap.xml", "API events": "/api/v1/events/",
    "API answers": "/api/v1/answers/", "API speakers": "/api/v1/speakers/", "API tags": "/api/v1/tags/",
}  # fmt: skip
ADMIN = {
    "desk": "/admin/", "admin events": "/admin/panels/event/", "admin questions": "/admin/panels/question/",
    "admin answers": "/admin/panels/answer/", "admin answers, searched": "/admin/panels/answer/?q=archive",
    "admin speakers": "/admin/panels/speaker/", "admin tags": "/admin/panels/tag/",
}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--answers", default="10000,100000", help="the two sizes (default: 10000,100000)")
    parser.add_argument("--rounds", type=int, default=9, help="requests of each page at each size (default: 9)")
    options = parser.parse_args()
    sizes = [int(size) for size in options.answers.split(",")]
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/benchmark.sqlite3")
        django.setup()
        call_command("migrate", verbosity=0)
        measured, stored = [], 0
        for size in sizes:
            _fill(stored, size)
            stored = size
            measured.append(_measure(options.rounds))
        connection.close()
    _report(sizes, measured)


def _fill(stored: int, answers: int) -> None:
    from panels.editorial.importing.bulk import load

    begun = time.perf_counter()
    for outcome in load(_numbered(stored, answers), publish=True):
        if outcome.became != "stored":
            raise SystemExit(f"{outcome.name}: {outcome.became}: {outcome.message}")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")
    print(f"{connection.vendor}: {answers:,} answers after {time.perf_counter() - begun:,.0f} s")


def _numbered(stored: int, answers: int) -> Iterator[tuple[str, Transcript]]:
    """Sessions beyond those that are stored, whose titles differ; one of so many has what is frequent."""
    for number, session in enumerate(sessions(answers)):
        if number < -(-stored // ANSWERS):
            continue
        named = replace(session, title=f"Session {number}", slug=f"session-{number}")
        yield str(number), named if number % EVERY else _frequent(named)


def _frequent(session: Transcript) -> Transcript:
    """The session with the speaker and the tag that many share: they give one answer to each question."""
    exchanges = tuple(
        replace(one, answers=(replace(one.answers[0], speaker=OFTEN, label=None), *one.answers[1:]))
        for one in session.exchanges
    )
    member = PanelMember(name=OFTEN, title="Archivist")
    panelists = (*session.panelists, member)
    return replace(session, tags=(*session.tags, "Often"), panelists=panelists, exchanges=exchanges)


def _measure(rounds: int) -> dict[str, tuple[float, int]]:
    """The median in milliseconds and the size in bytes of each page."""
    from django.contrib.auth.models import User
    from django.test import Client

    from panels.models import Event

    reader, operator = Client(), Client()
    operator.force_login(User.objects.get_or_create(username="operator", is_staff=True, is_superuser=True)[0])
    event = Event.objects.published().order_by("pk")[0].get_absolute_url()
    asked = [(reader, name, path.format(event=event)) for name, path in PUBLIC.items()]
    asked += [(operator, name, path) for name, path in ADMIN.items()]
    took: dict[str, list[float]] = {}
    sizes = {}
    for _ in range(rounds + 1):
        for client, name, path in asked:
            begun = time.perf_counter()
            response = client.get(path)
            body = response.getvalue()
            took.setdefault(name, []).append(time.perf_counter() - begun)
            sizes[name] = len(body)
            if response.status_code != 200:
                raise SystemExit(f"{path}: {response.status_code}")
    return {name: (statistics.median(times[1:]) * 1000, sizes[name]) for name, times in took.items()}


def _report(sizes: list[int], measured: list[dict[str, tuple[float, int]]]) -> None:
    print(f"{'':26}" + "".join(f"{f'{size:,}':>12}" for size in sizes) + f"{'ratio':>8}{'KB':>7}")
    for name in measured[0]:
        times = [one[name][0] for one in measured]
        written = "".join(f"{took:>9.1f} ms" for took in times)
        print(f"{name:26}{written}{times[-1] / times[0]:>8.2f}{measured[-1][name][1] / 1000:>7.0f}")


if __name__ == "__main__":
    main()
