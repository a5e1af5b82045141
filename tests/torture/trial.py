"""One file put through recognition and through every reader: what went wrong."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from panels.formats.base import FormatError, Limits, Source
from panels.formats.registry import FORMATS, read
from tests.torture.mutations import mutated
from tests.torture.seeds import seeds

# Less than operators allow: files here are small, so that what takes seconds is a fault.
LIMITS = Limits(seconds=5)
GRACE = 1.0  # seconds until a reader must have noticed that its time is over


@dataclass(frozen=True, slots=True)
class Failure:
    """What went wrong with a file: in which reader, and how."""

    number: int
    reader: str
    what: str


@dataclass(frozen=True, slots=True)
class Torture:
    """The files of a seed, each made from its number alone."""

    seed: int

    def file(self, number: int) -> bytes:
        """The file with a number."""
        chance = Random(f"{self.seed}/{number}")
        files = _SEEDS
        return mutated(chance.choice(files), chance.choice(files), chance)

    def failures(self, number: int) -> list[Failure]:
        """What goes wrong with the file with a number."""
        return list(failures_of(self.file(number), number))


_SEEDS = tuple(seeds().values())


def failures_of(raw: bytes, number: int = 0) -> Iterator[Failure]:
    """What goes wrong with a file."""
    source = Source(raw, limits=LIMITS)
    for name, reader in READERS.items():
        fault = _fault(reader, source)
        if fault:
            yield Failure(number, name, fault)


def _readers() -> Iterator[tuple[str, Callable[[Source], object]]]:
    yield "read", read
    for known in FORMATS:
        if known.recognises and known.read:
            yield f"{known.name}.recognises", known.recognises
            yield f"{known.name}.read", known.read


READERS = dict(_readers())


def _fault(reader: Callable[[Source], object], source: Source) -> str:
    began = time.process_time()
    try:
        reader(source)
    except FormatError:
        pass
    except Exception:
        return traceback.format_exc(limit=-6)
    took = time.process_time() - began
    return f"took {took:.1f} seconds" if took > LIMITS.seconds + GRACE else ""
