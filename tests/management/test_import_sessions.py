from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from panels.models import Event

pytestmark = pytest.mark.django_db

VTT = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Jane Doe>Good evening.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("one.vtt", "two.txt"):
        (tmp_path / name).write_text(VTT.replace("evening", f"evening from {name}"), encoding="utf-8")
    (tmp_path / ".hidden").write_text("nothing", encoding="utf-8")
    return tmp_path


def test_it_stores_a_folder_and_passes_over_what_is_stored(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("import_sessions", folder)
    call_command("import_sessions", folder)

    out = capsys.readouterr().out
    assert sorted(Event.objects.values_list("slug", "status")) == [("one", "draft"), ("two", "draft")]
    assert "stored   " in out
    assert "one: 1 questions, 1 answers, new speakers Jane Doe" in out
    assert out.endswith("2 kept\n")


def test_a_dry_run_stores_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("import_sessions", folder, dry_run=True)

    assert not Event.objects.exists()
    assert "2 planned" in capsys.readouterr().out


def test_it_publishes_when_told_to(folder: Path) -> None:
    call_command("import_sessions", folder / "one.vtt", publish=True, verbosity=0)

    assert Event.objects.published().count() == 1


def test_bad_files_are_named_and_the_others_stored(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "bad.docx").write_bytes(b"PK\x03\x04 no archive")

    with pytest.raises(CommandError, match="1 refused, 2 stored"):
        call_command("import_sessions", folder, verbosity=0)

    assert "bad.docx: line 1:" in capsys.readouterr().err
    assert Event.objects.count() == 2


def test_a_missing_file_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(CommandError, match="1 refused"):
        call_command("import_sessions", tmp_path / "nowhere.vtt")

    assert "nowhere.vtt: No such file" in capsys.readouterr().err


def test_an_empty_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no file to import"):
        call_command("import_sessions", tmp_path)
