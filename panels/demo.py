"""Run a demo of Panels on this machine: `python -m panels.demo`, or `make demo`.

The first run creates the database and an editor's account; later runs change nothing in them. The demo's secret key and
the editor's password are in `.demo/` beside manage.py.

`manage.py` uses the demo's database if nothing else is configured. A server never does: `panels.wsgi` requires
settings.
"""

import argparse
import errno
import os
import secrets
import socket
import sys
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
FIXTURES = ("babbitt_2020_04_10", "library_round_table_2021_09_18", "chengshi_dangan_2022_05_21")
EDITOR = "editor"
HOST = "127.0.0.1"
THREADS = "4"  # SQLite lets one writer in at a time, and those who wait in the server's queue are served in turn


def main() -> None:
    """Set up the demo if necessary, print its addresses, and become the application server."""
    port = _arguments().port
    _check_port(port)
    home = _home()
    home.mkdir(mode=0o700, exist_ok=True)
    os.environ["DJANGO_SETTINGS_MODULE"] = "panels.settings"
    _configure(home)
    password = _secret_in(home / "editor-password")

    import django  # noqa: PLC0415 - settings read the environment that was just made

    django.setup()
    still_valid = _set_up(password)
    _print_addresses(port, password if still_valid else "the one that you have set")
    _serve(port)


def use_demo() -> bool:
    """Use the demo's settings if there is a demo, and neither the environment nor `.env` has settings of its own."""
    home = _home()
    settings = {"SECRET_KEY", "DATABASE_URL", "DEBUG"}
    named = {name for name, value in os.environ.items() if value.strip()}  # one that is empty has its default
    if settings & named or (ROOT / ".env").exists() or not (home / "secret-key").exists():
        return False
    _configure(home)
    return True


def _home() -> Path:
    return Path(os.environ.get("DEMO_HOME", ROOT / ".demo")).absolute()


def _configure(home: Path) -> None:
    os.environ["SECRET_KEY"] = _secret_in(home / "secret-key")
    os.environ["HTTPS"] = "false"
    if not os.environ.get("DATABASE_URL", "").strip():
        os.environ["DATABASE_URL"] = f"sqlite:///{home / 'panels.sqlite3'}"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m panels.demo", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--port", type=int, default=8000, help="the port to serve at (default: 8000)")
    return parser.parse_args()


def _check_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except (OSError, OverflowError) as error:
            in_use = isinstance(error, OSError) and error.errno == errno.EADDRINUSE
            reason = "is in use by another program" if in_use else f"cannot be used ({error})"
            sys.exit(f"demo: port {port} {reason}. Choose another port: make demo PORT=8001")


def _secret_in(path: Path) -> str:
    """The secret in a file that only its owner can read; a new one the first time."""
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(24 if path.name == "secret-key" else 12), encoding="utf-8")
    return path.read_text(encoding="utf-8").strip()


def _set_up(password: str) -> bool:
    """Migrate, collect static files, and load the sessions once.

    Returns whether the editor still has the demo's password.
    """
    from django.contrib.auth.models import Group, User  # noqa: PLC0415 - models need django.setup()
    from django.core.management import call_command  # noqa: PLC0415 - so do commands
    from django.db import transaction  # noqa: PLC0415 - so does the database

    call_command("migrate", verbosity=0, interactive=False)
    if _static_files_changed():
        call_command("collectstatic", verbosity=0, interactive=False)
    with transaction.atomic():
        editor, is_new = User.objects.get_or_create(username=EDITOR, defaults={"is_staff": True})
        if is_new:
            editor.set_password(password)
            editor.save()
            editor.groups.add(Group.objects.get(name="Publisher"))
            call_command("loaddata", *FIXTURES, verbosity=0)
    return editor.check_password(password)


def _static_files_changed() -> bool:
    """Whether static files were added or changed since they were collected, which takes seconds."""
    from django.conf import settings  # noqa: PLC0415 - made above
    from django.contrib.staticfiles.finders import get_finders  # noqa: PLC0415 - asks for settings

    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if not manifest.exists():
        return True
    collected = manifest.stat().st_mtime
    files = (Path(storage.path(name)).stat() for finder in get_finders() for name, storage in finder.list([]))
    return any(max(file.st_mtime, file.st_ctime) > collected for file in files)


def _print_addresses(port: int, password: str) -> None:
    lines = (
        "Panels is running:",
        f"  for readers   http://{HOST}:{port}/",
        f"  for editors   http://{HOST}:{port}/admin/",
        f"  sign in as    {EDITOR}",
        f"  password      {password}",
        "Press Ctrl-C to stop. Your changes are kept for the next start.",
    )
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


def _serve(port: int) -> NoReturn:
    """Replace this process by the application server."""
    options = (
        "--interface",
        "wsgi",
        "--host",
        HOST,
        "--port",
        str(port),
        "--workers",
        "1",
        "--respawn-failed-workers",
        "--workers-kill-timeout",
        "10",  # seconds: a worker that is still starting does not hear that it is to stop
        "--blocking-threads",
        THREADS,
        "--log-level",
        "warning",
    )
    arguments = (sys.executable, "-m", "granian", *options, "panels.wsgi:application")
    os.chdir(ROOT)
    os.execv(sys.executable, arguments)  # noqa: S606 - our own arguments, no shell


if __name__ == "__main__":
    main()
