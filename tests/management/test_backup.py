"""A backup restores the same site, byte by byte; a damaged one restores nothing."""

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from panels.management.backup import archive
from panels.management.backup.errors import BackupError
from panels.models import Event, FormerEventSlug
from panels.reading.export import transcript_of
from tests.builders import make_correction, make_event, make_session, make_speaker
from tests.scratch import manage, scratch_database

PAGES = (
    "/", "/events/", "/events/evening/", "/events/night/", "/events/evening/q1-a1/", "/events/evening.json",
    "/events/evening.xml", "/speakers/", "/speakers/jane-doe/", "/tags/lamps/", "/search/?q=minutes",
    "/feeds/events.atom", "/sitemap-events.xml", "/api/v1/events/evening/", "/api/v1/answers/", "/events/day/",
)  # fmt: skip
READ = f"""
from django.test import Client
for path in {PAGES!r}:
    response = Client().get(path, headers={{"host": "localhost"}})
    print(path, response.status_code, response.headers.get("ETag"), response.getvalue().hex())
"""


@pytest.fixture
def site(transactional_db: None) -> Event:
    """With a former address, a correction, a draft, and what is in trash."""
    event = make_session(2, 2, slug="night", speakers=[make_speaker("Jane Doe"), make_speaker("张三")])
    event.tags.add("Lamps")
    make_correction(event)
    event.slug = "evening"
    event.save()
    make_event(slug="day")
    make_event(slug="trash", status="binned")
    return event


def pages() -> list[str]:
    found = []
    for path in PAGES:
        response = Client(headers={"host": "localhost"}).get(path)
        found.append(f"{path} {response.status_code} {response.headers.get('ETag')} {response.getvalue().hex()}")
    return found


@pytest.fixture
def backup(site: Event, tmp_path: Path) -> Path:
    call_command("backup", tmp_path / "a.zip", verbosity=0)
    return tmp_path / "a.zip"


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[str]:
    with scratch_database(tmp_path) as url:
        yield url


def run(url: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return manage(*arguments, DJANGO_SETTINGS_MODULE="tests.settings", DATABASE_URL=url, DEMO_HOME="/nonexistent")


def test_what_is_restored_has_the_same_pages_and_is_never_overwritten(
    backup: Path, empty: str, site: Event, tmp_path: Path
) -> None:
    before = pages()

    restored = run(empty, "restore", str(backup))
    again = run(empty, "restore", str(backup))
    after = run(empty, "shell", "-v0", "-c", READ)

    assert restored.returncode == 0, restored.stderr
    assert restored.stdout.startswith("Restored ")
    assert [line for line in after.stdout.splitlines() if line.startswith("/")] == before, after.stderr
    assert (again.returncode, again.stderr.strip()) == (
        1,
        "CommandError: The database is not empty. Create an empty one, and name it in DATABASE_URL.",
    )
    checked = run(empty, "migrate", "--check")
    assert checked.returncode == 0, checked.stderr


def test_a_damaged_backup_changes_nothing(backup: Path, empty: str) -> None:
    content = bytearray(backup.read_bytes())
    content[len(content) // 2] ^= 1
    backup.write_bytes(content)

    refused = run(empty, "restore", str(backup))

    assert refused.returncode == 1
    assert refused.stderr.strip() == (
        f"CommandError: {backup} is damaged, incomplete or not a backup: its checksum does not match. Use another one."
    )
    assert run(empty, "migrate", "--check").returncode == 1  # still empty


def test_a_change_of_any_byte_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "small.zip"
    archive.write(path, {"manifest.json": b"{}", "database": b"rows" * 40})
    whole = path.read_bytes()
    archive.check(path)

    for place in range(len(whole)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 32]) + whole[place + 1 :])
        with pytest.raises(BackupError):
            archive.check(path)
    for other in (whole[:-1], whole[1:], whole + b"\n", b"", b"no backup"):
        path.write_bytes(other)
        with pytest.raises(BackupError):
            archive.check(path)


def test_a_backup_says_what_it_holds_and_only_its_owner_reads_it(backup: Path, site: Event) -> None:
    manifest = json.loads(archive.read(backup, "manifest.json"))

    assert manifest["engine"] == connection.vendor
    assert manifest["counts"]["panels_event"] == Event.objects.count()
    assert ["panels", "0001_initial"] in manifest["migrations"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", manifest["made_at"])
    assert backup.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in backup.parent.glob("*")] == ["a.zip"]


def test_a_file_that_is_there_is_kept_and_a_missing_folder_named(backup: Path) -> None:
    with pytest.raises(CommandError, match=r"a\.zip is there already"):
        call_command("backup", backup)
    with pytest.raises(CommandError, match="cannot be written: No such file or directory"):
        call_command("backup", backup.parent / "missing" / "a.zip")


def test_of_a_folder_the_newest_are_kept(site: Event, tmp_path: Path) -> None:
    old = [tmp_path / f"202{year}-01-01T000000Z.panels-backup.zip" for year in range(3)]
    for path in (*old, tmp_path / "notes.zip"):
        path.touch()

    call_command("backup", tmp_path, keep=2, verbosity=0)

    names = sorted(path.name for path in tmp_path.iterdir())
    assert names[0] == old[-1].name
    assert len(names) == 3
    assert names[-1] == "notes.zip"


def test_a_missing_folder_is_created(site: Event, tmp_path: Path, settings: Any) -> None:
    call_command("backup", f"{tmp_path}/slash/", verbosity=0)
    call_command("backup", tmp_path / "kept", keep=3, verbosity=0)
    settings.BACKUP_DIR = str(tmp_path / "set")
    call_command("backup", verbosity=0)

    folders = [tmp_path / name for name in ("slash", "kept", "set")]
    assert [len(list(folder.glob("*.panels-backup.zip"))) for folder in folders] == [1, 1, 1]
    assert {folder.stat().st_mode & 0o777 for folder in folders} == {0o700}


def test_a_file_in_the_place_of_a_folder_is_named(site: Event, tmp_path: Path, settings: Any) -> None:
    (tmp_path / "file").touch()
    settings.BACKUP_DIR = str(tmp_path / "file")

    with pytest.raises(CommandError, match=r"file is a file\. Name a folder, or move the file away\.$"):
        call_command("backup")
    with pytest.raises(CommandError, match=r"/away/backups cannot be created: No such file or directory\.$"):
        call_command("backup", f"{tmp_path}/away/backups/")


def test_fewer_than_no_backups_are_not_kept(site: Event, tmp_path: Path) -> None:
    (tmp_path / "2020-01-01T000000Z.panels-backup.zip").touch()

    with pytest.raises(CommandError, match="--keep is -1"):
        call_command("backup", tmp_path, keep=-1)

    assert len(list(tmp_path.iterdir())) == 1


def test_another_panels_reads_all_public_sessions_from_one_file(site: Event, tmp_path: Path) -> None:
    make_session(1, 1, slug="other")
    before = {event.slug: transcript_of(event) for event in Event.objects.published()}

    call_command("export_sessions", lines=tmp_path / "all.jsonl", verbosity=0)
    Event.objects.all().delete()
    call_command("import_sessions", tmp_path / "all.jsonl", publish=True, verbosity=0)

    lines = (tmp_path / "all.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 2
    after = {event.slug: transcript_of(event) for event in Event.objects.published()}
    assert after.keys() == before.keys() == {"evening", "other"}
    assert {slug: one.exchanges for slug, one in after.items()} == {slug: one.exchanges for slug, one in before.items()}


def test_dumpdata_says_at_once_what_to_use_for_an_edited_database(site: Event) -> None:
    assert FormerEventSlug.objects.exists()

    with pytest.raises(CommandError, match=r"Use “manage\.py backup” for the whole database"):
        call_command("dumpdata")

    call_command("dumpdata", "auth.group", verbosity=0)
