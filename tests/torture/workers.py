"""Processes that try files side by side, watched so that one that hangs is found and the others go on."""

from __future__ import annotations

import multiprocessing
import resource
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from tests.torture.trial import READERS, Failure, Torture

HANGS = 60.0  # seconds on one file, in all readers together, without a word
MEMORY = 3 * 1024**3  # bytes that a process may address
_SPAWN = multiprocessing.get_context("spawn")


@dataclass(frozen=True, slots=True)
class Tried:
    """A file was tried. `peak` is the most memory, in megabytes, that its process has had so far."""

    number: int
    failures: tuple[Failure, ...]
    seconds: float
    peak: float


@dataclass
class _Worker:
    process: BaseProcess
    results: Connection
    waiting: list[int]  # numbers still to be tried
    since: float = field(default_factory=time.monotonic)


def tried(torture: Torture, numbers: range, jobs: int) -> Iterator[Tried]:
    """Try the files with some numbers, in no certain order."""
    running = [_started(torture, list(numbers[job::jobs])) for job in range(jobs)]
    try:
        while running:
            for at, worker in enumerate(running):
                yield from _heard(worker)
                if worker.waiting and (time.monotonic() - worker.since > HANGS or not worker.process.is_alive()):
                    yield from _heard(worker)
                    if worker.waiting:
                        yield _lost(worker)
                        running[at] = _started(torture, worker.waiting[1:])
            running = [worker for worker in running if worker.waiting]
            time.sleep(0.05)
    finally:
        for worker in running:
            worker.process.kill()


def _started(torture: Torture, numbers: list[int]) -> _Worker:
    results, end = _SPAWN.Pipe(duplex=False)
    process = _SPAWN.Process(target=_try, args=(torture, numbers, end), daemon=True)
    process.start()
    end.close()
    return _Worker(process, results, numbers)


def _try(torture: Torture, numbers: list[int], results: Connection) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    for number in numbers:
        began = time.process_time()
        failures = tuple(torture.failures(number))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        results.send(Tried(number, failures, time.process_time() - began, peak))


def _heard(worker: _Worker) -> Iterator[Tried]:
    try:
        while worker.waiting and worker.results.poll():
            result: Tried = worker.results.recv()
            worker.waiting, worker.since = worker.waiting[1:], time.monotonic()
            yield result
    except EOFError:
        return


def _lost(worker: _Worker) -> Tried:
    """The file on which a process hung or died."""
    what = f"nothing for {HANGS:g} seconds" if worker.process.is_alive() else "the process died"
    worker.process.kill()
    number = worker.waiting[0]
    return Tried(number, (Failure(number, f"one of {len(READERS)}", what),), HANGS, 0.0)
