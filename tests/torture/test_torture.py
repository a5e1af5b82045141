"""A small part of the torture runs with every test; `python -m tests.torture` runs all of it."""

import pytest

from tests.torture.seeds import seeds
from tests.torture.trial import Torture, failures_of

TORTURE = Torture(seed=1)


@pytest.mark.parametrize("name", sorted(seeds()))
def test_every_seed_is_read_or_refused(name: str) -> None:
    assert list(failures_of(seeds()[name])) == []


@pytest.mark.parametrize("first", range(0, 100, 50))
def test_broken_files_are_read_or_refused(first: int) -> None:
    assert [failure for number in range(first, first + 50) for failure in TORTURE.failures(number)] == []


def test_a_file_is_made_from_its_number_alone() -> None:
    assert TORTURE.file(7) == Torture(seed=1).file(7) != TORTURE.file(8)
