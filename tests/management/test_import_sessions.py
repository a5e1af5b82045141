import io
import json
import os
import signal
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command

from panels.editorial.history.event_history import transcript_at
from panels.formats.native import json_archive
from panels.models import Event, FormerWording, Revision
from panels.transcript import Exchange, PanelMember, Transcript, Turn
from tests.formats.office.odt_files import packed, turn

pytestmark = pytest.mark.django_db

COUNTS = """
from collections import Counter
from panels.models import Answer
answers = Counter(Answer.objects.values_list("event_id", flat=True)).values()
print(len(answers), min(answers), max(answers))
"""
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
    assert "one: 1 question, 1 answer" in out
    assert out.endswith("2 kept\n")


def test_a_dry_run_stores_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("import_sessions", folder, dry_run=True)

    assert not Event.objects.exists()
    assert "2 planned" in capsys.readouterr().out


def test_a_label_is_no_new_speaker(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = "JW: Who reads them?\n\nJane Doe: We do.\n\nJW: Since when?\n\nJane Doe: Always.\n"
    (tmp_path / "talk.txt").write_text(words, encoding="utf-8")

    call_command("import_sessions", tmp_path, dry_run=True)

    assert "new speakers Jane Doe, unidentified JW\n" in capsys.readouterr().out


def test_it_publishes_when_told_to(folder: Path) -> None:
    call_command("import_sessions", folder / "one.vtt", publish=True, verbosity=0)

    assert Event.objects.published().count() == 1


def test_bad_files_are_named_and_the_others_stored(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "bad.docx").write_bytes(b"PK\x03\x04 no archive")

    with pytest.raises(CommandError, match="1 refused, 2 stored"):
        call_command("import_sessions", folder, verbosity=0)

    assert "bad.docx: This document cannot be read: its archive is damaged." in capsys.readouterr().err
    assert Event.objects.count() == 2


def test_a_missing_file_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(CommandError, match="1 refused"):
        call_command("import_sessions", tmp_path / "nowhere.vtt")

    assert "nowhere.vtt: No such file" in capsys.readouterr().err


def test_an_empty_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no file to import"):
        call_command("import_sessions", tmp_path)


def archive_of(number: int) -> str:
    answers = tuple(Turn(text=f"Answer {place} of session {number}.") for place in range(30))
    return json_archive.write(
        Transcript(title=f"Session {number}", exchanges=(Exchange(question=None, answers=answers),))
    )


@pytest.mark.parametrize("kind", ["zip", "tar", "tar.gz"])
def test_archives_are_read_without_being_unpacked(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = {
        "a/one.vtt": VTT,
        "../../two.vtt": VTT.replace("Good", "Fine"),
        "a/.hidden": "nothing",
        "bad.docx": "PK\x03\x04",
    }
    path = tmp_path / f"sessions.{kind}"
    if kind == "zip":
        with zipfile.ZipFile(path, "w") as archive:
            for name, text in files.items():
                archive.writestr(name, text)
    else:
        with tarfile.open(path, f"w:{kind.partition('.')[2]}") as tar:  # type: ignore[call-overload]
            for name, text in files.items():
                info = tarfile.TarInfo(name)
                info.size = len(text)
                tar.addfile(info, io.BytesIO(text.encode()))

    with pytest.raises(CommandError, match="1 refused, 2 stored"):
        call_command("import_sessions", path)

    assert f"{path}/bad.docx: This document cannot be read" in capsys.readouterr().err
    assert sorted(Event.objects.values_list("slug", flat=True)) == ["one", "two"]
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("head", [b"PK\x03\x04broken", b"\x1f\x8bbroken"])
def test_a_broken_archive_is_named(head: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "sessions.bin"
    path.write_bytes(head)

    with pytest.raises(CommandError, match="1 refused"):
        call_command("import_sessions", path)

    assert "sessions.bin" in capsys.readouterr().err


def test_json_lines_hold_one_session_each(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "sessions.jsonl"
    lines = [json.dumps(json.loads(archive_of(number))) for number in range(3)]
    path.write_text("\n".join([*lines[:2], "", "{broken", lines[2]]), encoding="utf-8")

    with pytest.raises(CommandError, match="1 refused, 3 stored"):
        call_command("import_sessions", path)

    assert f"{path}:4: line 1:" in capsys.readouterr().err
    assert Event.objects.count() == 3


def test_standard_input_is_a_file_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(VTT.encode())))

    call_command("import_sessions", "-", verbosity=0)

    assert Event.objects.count() == 1


def test_corrected_texts_are_laid_onto_what_is_stored(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("import_sessions", folder, verbosity=0)
    (folder / "one.vtt").write_text(VTT.replace("evening.", "evening from one.vtt, all."), encoding="utf-8")

    call_command("import_sessions", folder, update=True, dry_run=True)
    before = capsys.readouterr().out
    call_command("import_sessions", folder, update=True)

    assert "planned" in before
    assert "1 changed" in before
    assert capsys.readouterr().out.endswith("1 kept, 1 updated\n")
    assert Event.objects.get(slug="one").answers.get().text == "Good evening from one.vtt, all."


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_killed_import_leaves_whole_sessions_and_is_taken_up_again(migrated_database: str, tmp_path: Path) -> None:
    path = tmp_path / "sessions.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for number in range(600):
            file.write(json.dumps(json.loads(archive_of(number))) + "\n")
    environment = {
        **os.environ,
        "DATABASE_URL": migrated_database,
        "SECRET_KEY": "x",
        "DJANGO_SETTINGS_MODULE": "panels.settings",
    }
    command = [sys.executable, "manage.py"]

    running = subprocess.Popen([*command, "import_sessions", str(path)], env=environment, stdout=subprocess.PIPE)
    assert running.stdout is not None
    running.stdout.readline()  # something is stored
    running.send_signal(signal.SIGKILL)
    running.communicate()

    assert running.returncode == -signal.SIGKILL
    counting = [*command, "shell", "-v0", "-c", COUNTS]
    killed = subprocess.run(counting, env=environment, stdout=subprocess.PIPE, check=True)
    stored, fewest, most = map(int, killed.stdout.split())
    assert 0 < stored < 600
    assert (fewest, most) == (30, 30)
    done = subprocess.run(
        [*command, "import_sessions", str(path)], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.endswith(f"{stored} kept, {600 - stored} stored\n")


def test_an_update_keeps_the_state_before_it(folder: Path) -> None:
    call_command("import_sessions", folder, verbosity=0)
    (folder / "one.vtt").write_text(VTT.replace("evening.", "night from one.vtt."), encoding="utf-8")

    call_command("import_sessions", folder, update=True, verbosity=0)

    states = [transcript_at(one) for one in Revision.objects.filter(event__slug="one").order_by("number")]
    assert [state.exchanges[0].answers[0].text for state in states] == [
        "Good evening from one.vtt.",
        "Good night from one.vtt.",
    ]


def test_an_update_of_published_words_says_for_readers_what_is_corrected(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("import_sessions", folder, publish=True, verbosity=0)
    (folder / "one.vtt").write_text(VTT.replace("evening.", "night from one.vtt."), encoding="utf-8")

    with pytest.raises(CommandError, match="1 kept, 1 refused"):
        call_command("import_sessions", folder, update=True, verbosity=0)
    refused = capsys.readouterr().err
    call_command("import_sessions", folder, update=True, verbosity=0, note="It was night.")

    assert "--note or --same-meaning" in refused
    event = Event.objects.get(slug="one")
    assert [(one.anchor, one.note) for one in event.corrections.all()] == [("q1-a1", "It was night.")]
    assert FormerWording.objects.get(event=event).text == "Good evening from one.vtt."


def test_an_update_publishes_what_is_new_and_no_draft(folder: Path) -> None:
    call_command("import_sessions", folder / "one.vtt", verbosity=0)

    call_command("import_sessions", folder, update=True, publish=True, verbosity=0)

    assert sorted(Event.objects.published().values_list("slug", flat=True)) == ["two"]


def test_an_encoding_can_be_named(tmp_path: Path) -> None:
    (tmp_path / "talk.vtt").write_bytes(VTT.replace("evening", "soirée déjà").encode("mac_roman"))

    call_command("import_sessions", tmp_path, "--encoding", "mac_roman")

    assert Event.objects.get().answers.get().text == "Good soirée déjà."


def test_a_session_that_is_passed_over_is_no_success(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, words in (("a", "We opened the reading room at night."), ("b", "A timetable is a promise to everybody.")):
        one = Transcript(title=name, slug="night", exchanges=(Exchange(question=None, answers=(Turn(text=words),)),))
        (tmp_path / f"{name}.json").write_text(json_archive.write(one), encoding="utf-8")

    with pytest.raises(CommandError, match="1 passed over, 1 stored; 1 missing from the record"):
        call_command("import_sessions", tmp_path)

    output = capsys.readouterr()
    assert "b.json: night: same slug, but other words" in output.err
    assert "1 passed over: same slug\n" in output.out


def test_what_is_kept_is_counted_by_its_reason(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("import_sessions", folder, verbosity=0)

    call_command("import_sessions", folder)

    assert capsys.readouterr().out.endswith("2 kept: same title, date, language and words\n2 kept\n")


def test_guessed_languages_are_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "night.vtt").write_text(VTT.replace("Good evening.", "我们在夜里开放阅览室。"), encoding="utf-8")

    call_command("import_sessions", tmp_path)

    assert capsys.readouterr().out.endswith("1 with a guessed language: zh-Hans\n1 stored\n")
    assert Event.objects.get().language == "zh-Hans"


@pytest.fixture
def lecture(tmp_path: Path) -> Path:
    """A text that lists one speaker and labels nobody."""
    answers = (Turn(text="Good evening."), Turn(text="That was all."))
    one = Transcript(
        title="Lecture",
        language="en",
        panelists=(PanelMember(name="Ida Krane"),),
        exchanges=(Exchange(question=None, answers=answers),),
    )
    path = tmp_path / "lecture.json"
    path.write_text(json_archive.write(one), encoding="utf-8")
    return path


def test_a_sole_speaker_is_never_set_unasked(lecture: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("import_sessions", lecture)

    assert set(Event.objects.get().answers.values_list("attribution", flat=True)) == {"unknown"}
    assert (
        "1 with one listed speaker and no labels: left unattributed (see --sole-speaker)\n" in capsys.readouterr().out
    )


@pytest.mark.parametrize("more", [{}, {"update": True}])
def test_a_sole_speaker_is_inferred_when_told_to(lecture: Path, more: dict[str, bool]) -> None:
    call_command("import_sessions", lecture, sole_speaker=True, verbosity=0, **more)

    assert set(Event.objects.get().answers.values_list("speaker__name", "attribution", "evidence")) == {
        ("Ida Krane", "inferred", "the source lists only this speaker and labels nobody")
    }


def test_an_opendocument_file_is_a_session_and_no_archive(tmp_path: Path) -> None:
    path = tmp_path / "night.odt"
    path.write_bytes(packed(turn("Ida", "One.") + turn("Ben", "Two.") + turn("Ida", "Three.")))

    call_command("import_sessions", str(path), stdout=io.StringIO())

    assert Event.objects.get().title == "night"
