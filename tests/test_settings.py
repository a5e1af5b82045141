"""Settings come from the environment, and tell an operator what is missing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=kept | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.skipif((ROOT / ".env").exists(), reason="this checkout has settings of its own")
def test_a_missing_key_is_named_without_a_traceback() -> None:
    done = manage("migrate")

    assert done.returncode == 1
    assert done.stderr.startswith("manage.py: Set SECRET_KEY")
    assert "Traceback" not in done.stderr


def test_a_file_is_read_before_an_installation_has_a_key() -> None:
    done = manage("read_session", "tests/samples/babbitt_2020_04_10.txt", "--to", "text")

    assert done.returncode == 0, done.stderr
    assert "Shen Qiangjie: The impact mainly has two aspects." in done.stdout


def test_deployment_settings_raise_no_warning() -> None:
    done = manage(
        "check",
        "--deploy",
        "--fail-level",
        "WARNING",
        SECRET_KEY="a-long-key-of-letters-and-digits-0123456789-abcdefghijk",
    )

    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_no_migration_is_missing() -> None:
    assert manage("makemigrations", "--check", "--dry-run", SECRET_KEY="only-for-tests").returncode == 0


@pytest.mark.parametrize("command", ["loaddata", "write_fixture"])
def test_commands_explain_themselves(command: str) -> None:
    done = manage(command, "--help", SECRET_KEY="only-for-tests")

    assert done.returncode == 0
    assert "usage:" in done.stdout


def test_a_wrong_use_of_a_command_exits_with_2() -> None:
    assert manage("write_fixture", SECRET_KEY="only-for-tests").returncode == 2


def test_a_wrong_limit_is_named_without_a_traceback() -> None:
    done = manage("check", SECRET_KEY="only-for-tests", PANELS_IMPORT_LIMITS="docx.byte=1")

    assert done.returncode == 1
    assert done.stderr.startswith("manage.py: PANELS_IMPORT_LIMITS: “byte” is no limit; there are bytes, characters,")


def test_limits_of_imports_come_from_the_environment() -> None:
    sample = "tests/samples/babbitt_2020_04_10.txt"

    done = manage("read_session", sample, PANELS_IMPORT_LIMITS="seconds=60,article.lines=5")

    assert done.returncode == 1
    assert "The file has more than 5 lines." in done.stderr
