"""Imports go one way: the contracts stand in pyproject.toml."""

import subprocess
import sys
from pathlib import Path


def test_imports_go_one_way() -> None:
    linter = Path(sys.executable).with_name("lint-imports")

    done = subprocess.run([linter, "--no-cache"], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout
    assert "0 broken" in done.stdout
