"""How fast many sessions are loaded, and in how much memory, beside what else could be done.

    python -m tests.benchmarks.loading
    .ci/with_postgres python -m tests.benchmarks.loading --sizes 1000 10000

Loads generated sessions into an empty database, the one that DATABASE_URL names (SQLite where it names none): by
`panels.editorial.importing.bulk.load`, once from JSON Lines and once from transcripts that are there; by `loaddata`; by
`bulk_create` of models; and by `executemany` or `COPY` of rows that are there, which is as fast as the database goes.
All keep the same indexes and triggers, but for "bare": the same rows on SQLite without any trigger, as fast as tables
and their indexes alone can be. Each runs in a process of its own, one after the other, round by round; what is printed
are medians. Drafts are loaded, whose words nobody can search; with `--publish` each method shows to readers what it has
loaded, and the search index is filled (by a fixture row by row). On a machine that others use too, the processor's time
of the loading process says more than the clock; on PostgreSQL it leaves out what the server does. `loaddata` is left
out above 10,000 answers: it takes minutes.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import django
from django.core.management import call_command
from django.db import connection, transaction

from panels.formats.limits import DEFAULT
from panels.formats.native import json_archive
from panels.formats.registry import read
from panels.management.generated_sessions import sessions
from panels.transcript import Transcript

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
_SLOW = 10_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000], help="answers to load")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is measured (default: 3)")
    parser.add_argument("--publish", action="store_true", help="show what is loaded to readers, which indexes it")
    parser.add_argument("--measure", choices=METHODS, help=argparse.SUPPRESS)
    parser.add_argument("--input", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        print(json.dumps(_measured(options.measure, options.input, publish=options.publish)))
        return
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/benchmark.sqlite3")
        django.setup()
        call_command("migrate", verbosity=0)
        connection.close()
        for size in options.sizes:
            _compare(size, options.rounds, Path(folder), publish=options.publish)


def _compare(size: int, rounds: int, folder: Path, *, publish: bool) -> None:
    inputs = _written(size, folder, publish=publish)
    results: dict[str, list[dict[str, float]]] = defaultdict(list)
    for _ in range(rounds):
        for name, path in inputs.items():
            results[name].append(_run(name, path, folder, publish=publish))
    _show(size, results)


def _written(size: int, folder: Path, *, publish: bool) -> dict[str, Path]:
    """What each method is given to load: the same sessions, as JSON Lines or as a fixture."""
    lines, fixture = folder / f"{size}.jsonl", folder / f"{size}.json"
    with lines.open("w", encoding="utf-8") as file:
        for session in sessions(size):
            file.write(json.dumps(json.loads(json_archive.write(session)), ensure_ascii=False) + "\n")
    left = {"loaddata"} if size > _SLOW else set()
    left |= {BARE} if connection.vendor != "sqlite" else set()
    inputs = {name: lines for name in METHODS if name not in left}
    if "loaddata" in inputs:
        inputs["loaddata"] = _fixture(lines, fixture, folder, publish=publish)
    return inputs


def _fixture(lines: Path, fixture: Path, folder: Path, *, publish: bool) -> Path:
    with _empty(folder):
        _load(_read(lines), publish=publish)
        excluded = ["panels.version", "panels.importdraft"]
        natural = {"use_natural_foreign_keys": True, "use_natural_primary_keys": True}
        call_command("dumpdata", "panels", output=str(fixture), exclude=excluded, verbosity=0, **natural)
    return fixture


@contextmanager
def _empty(folder: Path) -> Iterator[None]:
    """The database as it is after the migrations, inside and afterwards."""
    if connection.vendor == "sqlite":
        database = Path(connection.settings_dict["NAME"])
        kept = shutil.copy(database, folder / "empty.sqlite3")
        yield
        connection.close()
        for remnant in database.parent.glob(f"{database.name}*"):
            remnant.unlink()
        shutil.move(kept, database)
    else:
        yield
        call_command("flush", interactive=False, verbosity=0)


def _run(name: str, path: Path, folder: Path, *, publish: bool) -> dict[str, float]:
    """Measure in a process of its own, on an empty database."""
    with _empty(folder):
        connection.close()
        command = [sys.executable, "-m", "tests.benchmarks.loading", "--measure", name, "--input", str(path)]
        command += ["--publish"] * publish
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    result: dict[str, float] = json.loads(done.stdout)
    return result


def _show(size: int, results: dict[str, list[dict[str, float]]]) -> None:
    rates = {name: statistics.median(size / run["seconds"] for run in runs) for name, runs in results.items()}
    busy = {name: statistics.median(run["cpu"] for run in runs) for name, runs in results.items()}
    told = "answers/s; times that ours is, by the clock and by the processor; peak MiB"
    print(f"\n{size:,} answers, {connection.vendor}: {told}")
    for name, runs in results.items():
        peak = statistics.median(run["peak"] for run in runs)
        ratios = f"{rates[OURS] / rates[name]:8.2f} {busy[name] / busy[OURS]:8.2f}"
        print(f"  {name:26} {rates[name]:9,.0f} {ratios} {peak:8.0f}", flush=True)


def _measured(name: str, path: Path, *, publish: bool) -> dict[str, float]:
    django.setup()
    prepare, work = METHODS[name]
    given = prepare(path)
    begun, busy = time.perf_counter(), time.process_time()
    work(given, publish=publish)
    seconds, cpu = time.perf_counter() - begun, time.process_time() - busy
    return {"seconds": seconds, "cpu": cpu, "peak": _peak()}


def _peak() -> float:
    """MiB that this process has held at most; unlike rusage, nothing of the process that started it."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def _read(path: Path) -> Iterator[tuple[str, Transcript]]:
    from panels.editorial.importing.sources import found_in

    return ((found.name, read(found.source)) for found in found_in([path], DEFAULT) if found.source)


def _load(named: Iterable[tuple[str, Transcript]], *, publish: bool) -> None:
    from panels.editorial.importing.bulk import load

    for outcome in load(named, publish=publish):
        if outcome.became != "stored":
            raise SystemExit(f"{outcome.name}: {outcome.became}: {outcome.message}")


def _ready(path: Path) -> Path:
    """What is there before a load begins, as it is for all other methods: modules, patterns and a connection."""
    import panels.editorial.importing.bulk  # noqa: F401

    next(_read(path), None)
    connection.ensure_connection()
    return path


def _load_lines(path: Path, *, publish: bool) -> None:
    _load(_read(path), publish=publish)


def _rows(path: Path) -> dict[Any, list[Any]]:
    """All rows that a load writes, computed beforehand."""
    from panels.editorial.importing.bulk import rows_of

    return rows_of([transcript for _, transcript in _read(path)])


def _insert(rows: dict[Any, list[Any]], *, publish: bool) -> None:
    from panels.editorial.importing.writing.bulk_insert import insert

    with transaction.atomic():
        for model, some in rows.items():
            insert(model, some)
        if publish:
            _show_to_readers()


def _show_to_readers() -> None:
    from panels.editorial.publishing import publish_stored
    from panels.models import Event

    publish_stored(Event.objects.values_list("pk", flat=True))


def _bare(path: Path) -> dict[Any, list[Any]]:
    """The rows, and the database without its triggers."""
    rows = _rows(path)
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}")
    return rows


def _insert_bare(rows: dict[Any, list[Any]], *, publish: bool) -> None:
    _insert(rows, publish=False)


def _instances(path: Path) -> dict[Any, list[Any]]:
    from panels.editorial.importing.writing.bulk_insert import COLUMNS

    return {
        model: [model(**dict(zip(COLUMNS[model], row, strict=True))) for row in some]
        for model, some in _rows(path).items()
    }


def _bulk_create(instances: dict[Any, list[Any]], *, publish: bool) -> None:
    with transaction.atomic():
        for model, some in instances.items():
            model._default_manager.bulk_create(some, batch_size=2_000)
        if publish:
            _show_to_readers()


def _loaddata(path: Path, *, publish: bool) -> None:
    """A fixture says itself what is published."""
    call_command("loaddata", str(path), verbosity=0)


class SupportsWork(Protocol):
    """What is measured: takes what was prepared."""

    def __call__(self, given: Any, /, *, publish: bool) -> None: ...


OURS = "load, from JSON Lines"
BARE = "executemany, bare"
METHODS: dict[str, tuple[Callable[[Path], Any], SupportsWork]] = {
    OURS: (_ready, _load_lines),
    "load, from transcripts": (lambda path: list(_read(path)), _load),
    "loaddata": (Path, _loaddata),
    "bulk_create": (_instances, _bulk_create),
    "executemany or COPY": (_rows, _insert),
    BARE: (_bare, _insert_bare),
}

if __name__ == "__main__":
    main()
