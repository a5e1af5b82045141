"""What deploy/ names is there: commands, paths and variables. systemd verifies the units where it is present."""

import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import get_commands
from django.db.migrations import AddField
from django.db.migrations.loader import MigrationLoader

from panels.models.database.migration_operations import InstallTriggers, RemoveTriggers
from tests.served import ROOT

DEPLOY = ROOT / "deploy"
ADDITIONS = {RemoveTriggers, AddField, InstallTriggers}
UNITS = sorted((DEPLOY / "systemd").iterdir())
INSTALL = (ROOT / "docs" / "install.md").read_text(encoding="utf-8")
VARIABLES = set(
    re.findall(r"^\| `(\w+)`", (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8"), re.MULTILINE)
)
CONTAINERFILE = (DEPLOY / "Containerfile").read_text(encoding="utf-8").replace("\\\n", " ")
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]


def server_command() -> list[str]:
    found = re.search(r"^granian .*$", INSTALL, re.MULTILINE)
    assert found
    return shlex.split(found[0])


def instructions(name: str, text: str = CONTAINERFILE) -> list[str]:
    return re.findall(rf"^\s*{name} +(.*)$", text, re.MULTILINE)


def settings_of(unit: Path) -> dict[str, str]:
    lines = [line for line in unit.read_text(encoding="utf-8").splitlines() if "=" in line]
    return {line.partition("=")[0]: line.partition("=")[2] for line in lines}


def test_the_units_are_those_that_the_document_installs() -> None:
    assert {f"deploy/systemd/{unit.name}" for unit in UNITS} == set(re.findall(r"deploy/systemd/[\w.-]+\w", INSTALL))


def test_the_service_runs_the_documented_command_and_starts_again() -> None:
    service = settings_of(DEPLOY / "systemd" / "panels.service")

    assert shlex.split(service["ExecStart"]) == ["/srv/panels/.venv/bin/granian", *server_command()[1:]]
    assert "--respawn-failed-workers" in server_command()
    assert (service["Restart"], service["User"]) == ("always", "panels")
    patience = int(server_command()[server_command().index("--workers-kill-timeout") + 1])
    assert int(service["TimeoutStopSec"]) > patience


def test_the_backup_runs_a_command_that_exists() -> None:
    python, script, command, *arguments = shlex.split(
        settings_of(DEPLOY / "systemd" / "panels-backup.service")["ExecStart"]
    )

    assert (python, script) == ("/srv/panels/.venv/bin/python", "manage.py")
    assert command in get_commands()
    assert arguments == ["/var/backups/panels", "--keep", "30"]


def test_systemd_finds_no_fault_in_the_units(tmp_path: Path, missing: Any) -> None:
    if not shutil.which("systemd-analyze"):
        missing("systemd-analyze")
    programs = tmp_path / "srv" / "panels" / ".venv" / "bin"
    programs.mkdir(parents=True)
    for name in ("granian", "python"):
        (programs / name).symlink_to(sys.executable)
    for unit in UNITS:
        text = unit.read_text(encoding="utf-8").replace("/srv/panels/.venv", str(programs.parent))
        (tmp_path / unit.name).write_text(text, encoding="utf-8")

    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *(tmp_path / unit.name for unit in UNITS)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    ours = [line for line in (done.stdout + done.stderr).splitlines() if str(tmp_path) in line or "panels" in line]
    assert ours == []
    assert done.returncode == 0, done.stderr


def test_the_image_is_made_of_files_that_exist_and_that_are_sent_to_the_engine() -> None:
    sent = {line[1:] for line in (DEPLOY / "Containerfile.dockerignore").read_text().splitlines() if line[0] == "!"}
    sources = [
        source for copied in instructions("COPY") if not copied.startswith("--from") for source in copied.split()[:-1]
    ]

    assert sources
    assert set(sources) == sent
    assert [source for source in sources if not (ROOT / source).exists()] == []


def test_the_image_runs_the_documented_command_as_a_user_without_rights() -> None:
    last = CONTAINERFILE.rpartition("\nFROM ")[2]
    command = json.loads(instructions("CMD", last)[-1])
    here = server_command()
    here[here.index("127.0.0.1")] = "0.0.0.0"

    assert command == here
    assert instructions("USER", last) == ["panels"]
    assert "useradd --system --uid 10001" in last
    assert instructions("EXPOSE", last) == [command[command.index("--port") + 1]]
    assert "/healthz" in last


def test_python_of_the_image_is_one_that_panels_supports() -> None:
    declared = re.findall(r'"Programming Language :: Python :: ([\d.]+)"', (ROOT / "pyproject.toml").read_text())

    assert set(re.findall(r"^FROM python:([\d.]+)-slim", CONTAINERFILE, re.MULTILINE)) <= set(declared)


@pytest.mark.parametrize("name", [name for name, service in SERVICES.items() if "build" in service])
def test_a_service_names_files_commands_and_variables_that_exist(name: str) -> None:
    service = SERVICES[name]
    folder = (DEPLOY / service["build"]["context"]).resolve()

    assert folder == ROOT
    assert (folder / service["build"]["dockerfile"]).is_file()
    assert (DEPLOY / service["env_file"]).resolve() == ROOT / ".env"
    assert set(service["environment"]) <= VARIABLES
    assert (service["read_only"], service["cap_drop"]) == (True, ["ALL"])
    if command := service.get("command"):
        assert command[:2] == ["python", "manage.py"]
        assert command[2] in get_commands()
    for volume in service["volumes"]:
        source, path = volume.split(":")
        assert source in COMPOSE["volumes"]
        assert path == service["environment"]["BACKUP_DIR"]
        assert f"--mode=0700 {path}" in CONTAINERFILE
    for other, condition in service["depends_on"].items():
        assert other in SERVICES
        assert condition["condition"] != "service_healthy" or "healthcheck" in SERVICES[other]


def test_the_database_is_the_one_that_panels_is_told() -> None:
    database = SERVICES["database"]["environment"]
    url = SERVICES["panels"]["environment"]["DATABASE_URL"]

    user, password, host, name = re.fullmatch(r"postgres://(\w+):(\$\{.*\})@(\w+):5432/(\w+)", url).groups()  # type: ignore[union-attr]
    assert host in SERVICES
    assert [database[f"POSTGRES_{key}"] for key in ("USER", "PASSWORD", "DB")] == [user, password, name]


def test_the_server_of_the_compose_file_can_be_reached_from_this_machine_only_and_has_time_to_stop() -> None:
    service = SERVICES["panels"]

    assert service["ports"] == ["127.0.0.1:8000:8000"]
    patience = int(server_command()[server_command().index("--workers-kill-timeout") + 1])
    assert int(service["stop_grace_period"].removesuffix("s")) > patience


def test_the_document_names_services_that_exist() -> None:
    for line in re.findall(r"^docker compose .*", INSTALL, re.MULTILINE):
        arguments = shlex.split(line)
        assert (ROOT / arguments[arguments.index("--file") + 1]) == DEPLOY / "compose.yaml"
        if "run" in arguments:
            service, python, script, command, *_ = arguments[arguments.index("--rm") + 1 :]
            assert service in SERVICES
            assert (python, script) == ("python", "manage.py")
            assert command in get_commands()


def test_every_migration_that_does_more_than_add_fields_has_its_note() -> None:
    found = MigrationLoader(None).disk_migrations
    migrations = {name: migration for (app, name), migration in found.items() if app == "panels"}
    adds_fields = {name for name, one in migrations.items() if {type(step) for step in one.operations} <= ADDITIONS}

    noted = re.findall(r"^\| `(\d{4}_\w+)` \|", INSTALL, re.MULTILINE)

    assert noted == sorted(noted)
    assert {*noted} <= migrations.keys()
    assert migrations.keys() - {*noted} <= adds_fields
