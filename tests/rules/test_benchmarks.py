"""The benchmarks that are done fast at their smallest run; what they measure then says nothing."""

import os
import subprocess
import sys

import pytest

from tests.served import ROOT

SMALLEST = {
    "page_cache": ["--rounds", "1"],
    "session_editor": ["--answers", "4", "--rounds", "1"],
    "storing": ["--questions", "20"],
    "reading": ["--most", "1", "--rounds", "1"],
}


@pytest.mark.slow
@pytest.mark.once
@pytest.mark.parametrize("name", SMALLEST)
def test_a_benchmark_prints_its_figures(name: str) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    command = [sys.executable, "-m", f"tests.benchmarks.{name}", *SMALLEST[name]]

    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")
    assert any(character.isdigit() for character in done.stdout)
