from dataclasses import replace
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from panels.formats.base import Source
from panels.formats.registry import read
from panels.models import Event
from panels.reading.export import fixture_of, transcript_of
from tests.builders import make_event, make_session

pytestmark = pytest.mark.django_db


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_it_writes_every_published_event(tmp_path: Path) -> None:
    event = make_session(slug="night")
    make_session(slug="day")
    make_event(slug="draft")

    call_command("export_sessions", output=tmp_path / "new", verbosity=0)

    assert names(tmp_path / "new") == ["day.json", "night.json"]
    assert read(Source((tmp_path / "new" / "night.json").read_bytes())) == transcript_of(event)


def test_it_writes_those_named_in_the_format_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make_session(slug="night")
    draft = make_event(slug="draft")

    call_command("export_sessions", "draft", to="fixture", output=tmp_path)

    assert names(tmp_path) == ["draft.json"]
    assert (tmp_path / "draft.json").read_text(encoding="utf-8") == fixture_of(draft)
    assert capsys.readouterr().out == f"{tmp_path / 'draft.json'}\n"


def test_what_it_writes_is_imported_again_as_it_was(tmp_path: Path) -> None:
    event = make_session(slug="night", questions=2, answers=2)
    before = transcript_of(event)
    call_command("export_sessions", output=tmp_path, verbosity=0)
    event.delete()

    call_command("import_sessions", tmp_path, verbosity=0)

    assert replace(transcript_of(Event.objects.get()), version=before.version) == before


def test_files_say_where_the_record_stands_if_the_site_is_known(tmp_path: Path) -> None:
    make_session(slug="night")

    call_command("export_sessions", to="text", output=tmp_path, site="https://panels.example/", verbosity=0)

    assert "Address: https://panels.example/events/night/\n" in (tmp_path / "night.txt").read_text(encoding="utf-8")


def test_an_event_that_a_format_cannot_hold_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make_session(slug="night")

    with pytest.raises(CommandError, match="0 written, 1 not"):
        call_command("export_sessions", to="vtt", output=tmp_path)

    assert "night: This session has no times." in capsys.readouterr().err
    assert names(tmp_path) == []


def test_an_unknown_event_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no session nowhere"):
        call_command("export_sessions", "nowhere", output=tmp_path)


def test_a_folder_that_is_a_file_is_named(tmp_path: Path) -> None:
    make_session(slug="night")
    (tmp_path / "taken").write_text("x", encoding="utf-8")

    with pytest.raises(CommandError, match="0 written, 1 not"):
        call_command("export_sessions", output=tmp_path / "taken")
