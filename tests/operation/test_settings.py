"""Settings come from the environment, and tell an operator what is missing."""

import datetime as dt
import re
import subprocess
import sys
from pathlib import Path

import pytest

from panels.operation.backups import name_at
from tests import scratch

ROOT = Path(__file__).resolve().parents[2]
has_no_settings = pytest.mark.skipif((ROOT / ".env").exists(), reason="this checkout has settings of its own")


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """As on a machine without a demo, unless DEMO_HOME says where it is."""
    return scratch.manage(*arguments, **{"DEMO_HOME": "/nonexistent"} | environment)


@has_no_settings
def test_a_missing_key_is_named_without_a_traceback() -> None:
    done = manage("migrate")

    assert done.returncode == 1
    assert done.stderr.startswith("manage.py: Set SECRET_KEY")
    assert "Traceback" not in done.stderr


def test_a_file_is_read_before_an_installation_has_a_key() -> None:
    done = manage("read_session", "tests/samples/babbitt_2020_04_10.txt", "--to", "text")

    assert done.returncode == 0, done.stderr
    assert "Shen Qiangjie: The impact mainly has two aspects." in done.stdout


KEY = {"SECRET_KEY": "a-long-key-of-letters-and-digits-0123456789-abcdefghijk"}


@pytest.fixture
def backed_up(tmp_path: Path) -> dict[str, str]:
    (tmp_path / name_at(dt.datetime.now(dt.UTC))).touch()
    given = {"SITE_URL": "https://panels.example", "EMAIL_URL": "smtp://mail.example"}
    return given | {"BACKUP_DIR": str(tmp_path), "TWO_FACTOR_REQUIRED_FOR": "Publisher"}


def test_deployment_settings_raise_no_warning(backed_up: dict[str, str]) -> None:
    done = manage("check", "--deploy", "--fail-level", "WARNING", **KEY, **backed_up)

    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


@pytest.mark.parametrize(
    ("lacking", "said"),
    [
        ({"SITE_URL": ""}, "(panels.W001) SITE_URL is not set"),
        ({"BACKUP_DIR": ""}, "(panels.W002) BACKUP_DIR is not set"),
        ({"BACKUP_DIR": "/nonexistent"}, "(panels.W002) There is no backup in /nonexistent (BACKUP_DIR)."),
        ({"METRICS_TOKEN": "short", "METRICS_DIR": "metrics"}, "(panels.W003) METRICS_TOKEN is short"),
        ({"METRICS_TOKEN": "x" * 20}, "(panels.W004) METRICS_DIR is not set"),
        ({"EMAIL_URL": ""}, "(panels.W005) EMAIL_URL is not set"),
        ({"TWO_FACTOR_REQUIRED_FOR": ""}, "(panels.W006) TWO_FACTOR_REQUIRED_FOR is not set"),
    ],
    ids=[
        "no address",
        "no folder of backups",
        "no backup",
        "a short token",
        "counts of one process",
        "no mail",
        "passwords alone",
    ],
)
@pytest.mark.slow
def test_what_production_lacks_is_told(backed_up: dict[str, str], lacking: dict[str, str], said: str) -> None:
    done = manage("check", "--deploy", **KEY | backed_up | lacking)

    assert done.returncode == 0
    assert said in done.stderr
    assert done.stderr.count("(panels.") + done.stderr.count("(security.") == 1


def test_the_mail_server_is_the_one_that_the_url_names() -> None:
    print_it = """
from django.core import mail
try:
    sender = mail.mailers.default
except AttributeError:  # before Django 6.1
    sender = mail.get_connection()
print(sender.host, sender.port, sender.username, sender.password, sender.use_tls, sender.use_ssl)
"""

    done = manage("shell", "-v0", "-c", print_it, **KEY, EMAIL_URL="smtp+tls://ida:se%40cret@mail.example.org:587")

    assert done.stdout == "mail.example.org 587 ida se@cret True False\n", done.stderr


def test_an_old_backup_is_told_with_its_time(backed_up: dict[str, str], tmp_path: Path) -> None:
    [recent] = tmp_path.iterdir()
    recent.rename(tmp_path / "2026-11-01T023000Z.panels-backup.zip")

    done = manage("check", "--deploy", **KEY, **backed_up)

    assert "(panels.W002) The newest backup is of 2026-11-01 02:30 UTC, more than two days ago." in done.stderr


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
    assert done.stderr.startswith(
        "manage.py: PANELS_IMPORT_LIMITS: “byte” is not a known limit; known limits are bytes, characters,"
    )


@has_no_settings
@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("DATABASE_URL", "panels.sqlite3", "DATABASE_URL must begin with sqlite:/// or postgres://."),
        ("LANGUAGE_CODE", "zh", "LANGUAGE_CODE is zh; it may be en or zh-hans."),
        ("TIME_ZONE", "Berlin", "TIME_ZONE is Berlin; it must be a name such as Europe/Berlin."),
    ],
)
def test_a_setting_that_cannot_be_read_is_named_without_a_traceback(name: str, value: str, said: str) -> None:
    done = manage("check", **KEY, **{name: value})

    assert done.returncode == 1
    assert done.stderr.endswith(f"manage.py: {said}\n")
    assert "Traceback" not in done.stderr


def test_limits_of_imports_come_from_the_environment() -> None:
    sample = "tests/samples/babbitt_2020_04_10.txt"

    done = manage("read_session", sample, PANELS_IMPORT_LIMITS="seconds=60,article.lines=5")

    assert done.returncode == 1
    assert "The file has more than 5 lines." in done.stderr


ALL = re.findall(r'env\.\w+\(\s*"(\w+)"', (ROOT / "panels" / "settings.py").read_text(encoding="utf-8"))


@has_no_settings
@pytest.mark.parametrize("nothing", ["", "  "])
def test_a_setting_that_is_left_empty_has_its_default(nothing: str) -> None:
    key = {"SECRET_KEY": "only-for-tests"}

    default = manage("diffsettings", "--all", **key)
    empty = manage("diffsettings", "--all", **dict.fromkeys(ALL, nothing) | key)

    assert default.returncode == 0, default.stderr
    assert (empty.returncode, empty.stderr) == (0, "")
    assert shown(empty.stdout) == shown(default.stdout)


def shown(settings: str) -> set[str]:
    """Without what is made anew each time."""
    return {re.sub(r" at 0x\w+|\b0x\w+", "", line) for line in settings.splitlines() if not line.startswith("env =")}


@has_no_settings
def test_an_empty_key_is_no_key() -> None:
    done = manage("check", SECRET_KEY="")

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("manage.py: Set SECRET_KEY")


def test_a_level_that_the_log_does_not_have_is_named_without_a_traceback() -> None:
    done = manage("check", SECRET_KEY="only-for-tests", LOG_LEVEL="loud")

    assert done.returncode == 1
    assert done.stderr == "manage.py: LOG_LEVEL is LOUD; it may be DEBUG, INFO, WARNING, ERROR or CRITICAL.\n"


@pytest.fixture
def demo_home(tmp_path: Path) -> Path:
    (tmp_path / "secret-key").write_text("of-the-demo")
    return tmp_path


@has_no_settings
def test_commands_work_on_the_demo_where_nothing_else_is_set_up_and_say_so(demo_home: Path) -> None:
    done = manage("diffsettings", "--all", DEMO_HOME=str(demo_home))

    assert done.stderr == "manage.py: using the demo. For a site of your own, copy .env.example to .env.\n"
    assert "SECRET_KEY = 'of-the-demo'" in done.stdout
    assert f"'{demo_home}/panels.sqlite3'" in done.stdout


@has_no_settings
def test_commands_work_on_the_demo_where_a_setting_is_empty(demo_home: Path) -> None:
    done = manage("diffsettings", "--all", DEMO_HOME=str(demo_home), DEBUG="", SECRET_KEY="", DATABASE_URL=" ")

    assert "SECRET_KEY = 'of-the-demo'" in done.stdout
    assert f"'{demo_home}/panels.sqlite3'" in done.stdout


@pytest.mark.parametrize(
    "settings", [{"SECRET_KEY": "of-the-site"}, {"DEBUG": "true"}, {"SECRET_KEY": "of-the-site", "DATABASE_URL": ""}]
)
def test_commands_never_work_on_the_demo_where_something_else_is_set_up(
    demo_home: Path, settings: dict[str, str]
) -> None:
    done = manage("diffsettings", "--all", DEMO_HOME=str(demo_home), **settings)

    assert (done.returncode, done.stderr) == (0, "")
    assert "of-the-demo" not in done.stdout
    assert str(demo_home) not in done.stdout


@has_no_settings
def test_a_server_never_works_on_the_demo(demo_home: Path) -> None:
    environment = {"DEMO_HOME": str(demo_home)}

    done = subprocess.run(
        [sys.executable, "-c", "import panels.wsgi"],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 1
    assert "Set SECRET_KEY" in done.stderr
