"""Cases of one rule that are too many to try on every database and every Python."""

from collections.abc import Sequence
from typing import Any

import pytest

_ONCE = (pytest.mark.slow, pytest.mark.exhaustive)


def sampled(cases: Sequence[Sequence[Any]], *, every: int, on_each_database: bool = False) -> list[Any]:
    """The parameters of a test: each case runs in CI, one of so many `every` run also with a plain `pytest`.

    `on_each_database` if what the databases do differs: then all cases run on each of them.
    """
    marks = pytest.mark.slow if on_each_database else _ONCE
    return [pytest.param(*case, marks=() if number % every == 0 else marks) for number, case in enumerate(cases)]
