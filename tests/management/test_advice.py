"""What a command says when the database is not there, or not ready."""

from pathlib import Path

import pytest

from tests.scratch import manage, scratch_database

COMMANDS = [
    ["loaddata", "babbitt_2020_04_10"],
    ["import_sessions", "tests/samples/babbitt_2020_04_10.txt"],
    ["export_sessions"],
    ["write_fixture", "babbitt-2020-04-10"],
    ["publish_due"],
]
ADVICE = "The database is not set up, or an older version set it up. Run: python manage.py migrate"


@pytest.mark.django_db
def test_a_database_without_tables_is_told_with_what_to_run(tmp_path: Path) -> None:
    with scratch_database(tmp_path) as url:
        for command in COMMANDS:
            done = manage(*command, SECRET_KEY="only-for-tests", DATABASE_URL=url)

            assert done.returncode == 1, command
            assert ADVICE in done.stderr, command
            assert "Traceback" not in done.stderr, command


@pytest.mark.parametrize(
    ("url", "said"),
    [
        (
            "sqlite:////nonexistent/panels.sqlite3",
            "manage.py: The database cannot be reached: unable to open database file",
        ),
        ("postgres://panels@127.0.0.1:1/panels", "manage.py: The database cannot be reached: "),
    ],
)
def test_a_database_that_is_away_is_told_without_a_traceback(url: str, said: str) -> None:
    done = manage("export_sessions", SECRET_KEY="only-for-tests", DATABASE_URL=url)

    assert done.returncode == 1
    assert done.stderr.startswith(said)
    assert "Traceback" not in done.stderr
