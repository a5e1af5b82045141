"""Every command of the documents works as written, in a fresh copy of the repository, after `make demo`."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
import venv
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from panels.formats.registry import format_named
from panels.transcript import Exchange, Transcript, Turn
from tests.served import LAST_LINE, ROOT, free_port, new_browser, read, wait_for, wait_for_end

pytestmark = [pytest.mark.slow, pytest.mark.long]

# In the order in which somebody new comes to them.
DOCUMENTS = (
    "README.md", "CONTRIBUTING.md", "docs/getting-started.md", "docs/api.md", "docs/formats.md", "docs/install.md",
    "docs/operate.md", "SECURITY.md",
)  # fmt: skip
LINES = [
    line
    for name in DOCUMENTS
    for block in re.findall(r"^```sh\n(.*?)^```", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    for line in block.splitlines()
    if line
]
AS_ROOT = "tests/operation/test_deploy.py verifies the units; it needs root and systemd"
IN_CONTAINERS = "tests/operation/test_deploy.py checks what it names; it needs an engine for containers"
_COMPOSE = "docker compose --env-file .env --file deploy/compose.yaml"
NOT_RUN = {
    "make test": "this is it",
    "python3 -m venv .venv": "what `make demo` does",
    ".venv/bin/pip install --require-hashes -r requirements/run.txt": "what `make demo` does, from the network",
    ".venv/bin/python -m panels.demo --port 8000": "what `make demo` does",
    ".venv/bin/pip install --require-hashes -r requirements/dev.txt": "what `make test` does, from the network",
    ".venv/bin/python -m pytest": "this is it",
    "make check": "a step of CI of its own",
    ".ci/with_postgres .venv/bin/python -m pytest --database": "a step of CI of its own",
    "RACE_ROUNDS=50 .venv/bin/python -m pytest tests/admin -k races": "it takes long; CI runs less of it",
    "PANELS_ALL_CORRECTIONS=1 .venv/bin/python -m pytest tests/editorial/importing/test_corrected_texts.py": "as above",
    ".venv/bin/python -m tests.stress --seconds 120": "as above",
    "python -m pip install --require-hashes -r requirements/run.txt": "what `make demo` does, from the network",
    "install --directory --owner=panels --mode=0700 /var/backups/panels": AS_ROOT,
    "cp deploy/systemd/panels.service deploy/systemd/panels-backup.service deploy/systemd/panels-backup.timer "
    "/etc/systemd/system/": AS_ROOT,
    "systemctl daemon-reload": AS_ROOT,
    "systemctl enable --now panels.service panels-backup.timer": AS_ROOT,
    f"{_COMPOSE} up --build --detach": IN_CONTAINERS,
    f"{_COMPOSE} run --rm panels python manage.py createsuperuser": IN_CONTAINERS,
    f"{_COMPOSE} run --rm panels python manage.py backup --keep 30": IN_CONTAINERS,
    "make sbom": "tests/operation/test_dependencies.py does",
    "make audit": "it asks a service on the network",
    "python manage.py backup backups/ --keep 30": "tests/management/test_backup.py does",
    "DATABASE_URL=sqlite:///restored.sqlite3 python manage.py restore backup.panels-backup.zip": "as the line above",
}
SERVER = next(line for line in LINES if line.startswith("granian "))


def environment(port: int) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "LANG": "C.UTF-8", "PORT": str(port)}


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """What a clone has, and the environment that `make demo` would fetch from the network."""
    unwanted = shutil.ignore_patterns(
        ".git", ".venv*", ".env", ".demo", ".*_cache", "__pycache__", "*.sqlite3*", "staticfiles"
    )
    clone = shutil.copytree(ROOT, tmp_path / "panels", ignore=unwanted)
    made = clone / ".venv"
    venv.create(made, with_pip=False, symlinks=True)
    [packages] = made.glob("lib/python*/site-packages")
    here = [path for path in sys.path if path.endswith("site-packages")]
    (packages / "of_the_tests.pth").write_text("\n".join(here))
    script = made / "bin" / "granian"
    script.write_text(f"#!{made}/bin/python\nfrom granian.cli import entrypoint\n\nentrypoint()\n")
    script.chmod(0o755)
    (made / "run.stamp").touch()
    return clone


@contextmanager
def running(clone: Path, command: str, port: int) -> Iterator[int]:
    """The number of the process, once the server answers."""
    with subprocess.Popen(
        ["sh", "-c", f". .venv/bin/activate; exec {command}"],
        cwd=clone, env=environment(port), stdout=subprocess.PIPE, text=True, start_new_session=True,
    ) as process:  # fmt: skip
        try:
            if command.startswith("make"):
                assert process.stdout is not None
                assert LAST_LINE in iter(process.stdout.readline, "")
            wait_for(f"http://127.0.0.1:{port}")
            yield process.pid
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            wait_for_end(process)


def test_every_command_works_as_written(clone: Path, missing: Callable[[str], None]) -> None:
    if not shutil.which("curl"):
        missing("curl")
    files_that_the_readme_names(clone)
    begun = LINES.index("cp .env.example .env          # and fill it in")
    port = free_port()

    with running(clone, f"make demo PORT={port}", port) as demo:
        run(clone, LINES[:begun], port)
        kill_a_worker(demo)
        assert "Babbitt" in read(new_browser(), f"http://127.0.0.1:{port}/api/v1/events/?limit=100")
        run(clone, [". .venv/bin/activate", IMPORTED], port)

    assert (clone / "session.json").exists()
    assert len(list((clone / "records").glob("*.xml"))) == 3  # the published sessions
    port = free_port()
    run(clone, [LINES[begun - 1], LINES[begun], FILL_IN, *LINES[begun + 1 : LINES.index(SERVER)]], port)
    with running(clone, at_port(SERVER, port), port) as server:
        kill_a_worker(server)
        kill_a_worker(server)
        assert read(new_browser(), f"http://127.0.0.1:{port}/healthz") == "ok"
        run(clone, [LINES[begun - 1], *LINES[LINES.index(SERVER) + 1 :]], port)


_COUNT = "from panels.models import Event; print(Event.objects.filter(status='draft').count())"
IMPORTED = f'test "$(python manage.py shell -v0 -c "{_COUNT}" | tail -1)" = 3  # the imported sessions'
FILL_IN = "sed -i -e 's/^SECRET_KEY=$/&only-for-tests/' -e 's/^ALLOWED_HOSTS=.*/ALLOWED_HOSTS=127.0.0.1/' .env"


def files_that_the_readme_names(clone: Path) -> None:
    (clone / "path" / "to").mkdir(parents=True)
    shutil.copy(ROOT / "panels/fixtures/library_round_table_2021_09_18.json", clone / "path/to/another_session.json")
    (clone / "interview.docx").write_bytes(written("docx", "An interview"))
    (clone / "captions.vtt").write_bytes(written("vtt", "Captions"))
    (clone / "panel.html").write_bytes(written("html", "Night opening"))
    (clone / "transcripts").mkdir()
    (clone / "transcripts" / "morning.md").write_bytes(written("md", "Morning session"))
    with zipfile.ZipFile(clone / "older.zip", "w") as archive:
        archive.writestr("older.md", written("md", "An older session"))


def written(name: str, title: str) -> bytes:
    question = Turn(text="What opens at night?", speaker="Ida Krane", time=1.0)
    answer = Turn(text=f"{title} does, as it did before.", speaker="Ben Marsh", time=3.0)
    write = format_named(name).write
    assert write is not None
    made = write(Transcript(title=title, language="en", exchanges=(Exchange(question=question, answers=(answer,)),)))
    return made.encode() if isinstance(made, str) else made


def run(clone: Path, lines: list[str], port: int) -> None:
    """In one shell, as somebody types them who does not read on after a failure."""
    for line in NOT_RUN:
        assert line in LINES, f"{line} is in no document any more"
    script = "\n".join(at_port(line, port) for line in lines if line not in {*NOT_RUN, "make demo"})
    done = subprocess.run(
        ["sh", "-e", "-x", "-c", script], cwd=clone, env=environment(port), capture_output=True, text=True, check=False,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip

    assert done.returncode == 0, done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def at_port(line: str, port: int) -> str:
    return line.replace("127.0.0.1:8000", f"127.0.0.1:{port}").replace("--port 8000", f"--port {port}")


def kill_a_worker(server: int) -> None:
    """Kill one as the kernel does when memory runs out, and wait for the next."""
    before = workers(server)
    os.kill(before[0], signal.SIGKILL)
    for _ in range(300):
        now = workers(server)
        if len(now) == len(before) and before[0] not in now:
            time.sleep(6)  # a worker that is lost again sooner is taken for one that cannot start
            return
        time.sleep(0.1)
    pytest.fail("no worker came instead of the one that was killed")


def workers(process: int) -> list[int]:
    """The processes that a server started, itself perhaps started by make."""
    below = [int(pid) for pid in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    if "granian" in Path(f"/proc/{process}/cmdline").read_text():
        return below
    return [pid for child in below for pid in workers(child)]
