import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from panels.formats.limits import Limits
from panels.formats.registry import limits_from
from panels.models import Answer, Event

VTT = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Jane Doe>Good evening.\n"


@pytest.fixture
def captions(tmp_path: Path) -> Path:
    path = tmp_path / "captions.txt"
    path.write_text(VTT, encoding="utf-8")
    return path


def test_it_prints_what_was_understood(captions: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    call_command("read_session", captions)

    (exchange,) = json.loads(capfdbinary.readouterr().out)["exchanges"]
    assert [(turn["speaker"], turn["text"], turn["time"]) for turn in exchange["answers"]] == [
        ("Jane Doe", "Good evening.", 1.0)
    ]


def test_it_converts(captions: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    call_command("read_session", captions, to="text")

    assert "Jane Doe [0:00:01]: Good evening." in capfdbinary.readouterr().out.decode()


def test_it_names_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"nowhere\.vtt: No such file"):
        call_command("read_session", tmp_path / "nowhere.vtt")


def test_it_says_why_a_file_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "empty.vtt"
    path.write_bytes(b"")

    with pytest.raises(CommandError, match=r"empty\.vtt: The file is empty"):
        call_command("read_session", path)


def test_it_reads_standard_input(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(VTT.encode())))

    call_command("read_session", "-")

    assert b"Good evening." in capfdbinary.readouterr().out


@override_settings(PANELS_IMPORT_LIMITS=Limits(bytes=10))
def test_it_keeps_the_limits_of_the_settings(captions: Path) -> None:
    with pytest.raises(CommandError, match=r"captions\.txt: The file has more than 10 bytes\. Split it\."):
        call_command("read_session", captions)


@override_settings(PANELS_IMPORT_LIMITS=limits_from({"vtt.bytes": "10"}))
def test_it_keeps_the_limits_of_a_format_that_is_named(captions: Path) -> None:
    with pytest.raises(CommandError, match="more than 10 bytes"):
        call_command("read_session", captions, format="vtt")


@pytest.mark.django_db
def test_it_makes_a_fixture_and_stores_nothing(
    captions: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    call_command("read_session", captions, to="fixture")

    assert not Event.objects.exists()
    fixture = tmp_path / "captions.json"
    fixture.write_bytes(capfdbinary.readouterr().out)
    call_command("loaddata", fixture, verbosity=0)
    assert Event.objects.get().title == "captions"
    assert Answer.objects.get().text == "Good evening."


@pytest.mark.django_db
def test_a_fixture_that_would_break_a_rule_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "long.md"
    path.write_text(f"# {'x' * 301}\n\n## Why?\n\n**Kim:** So.\n", encoding="utf-8")

    with pytest.raises(CommandError, match="session: title:"):
        call_command("read_session", path, to="fixture")


def test_an_encoding_can_be_named(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    path = tmp_path / "talk.vtt"
    path.write_bytes(VTT.replace("evening", "soirée déjà").encode("mac_roman"))

    call_command("read_session", path, "--encoding", "mac_roman")

    transcript = json.loads(capfdbinary.readouterr().out)
    assert transcript["exchanges"][0]["answers"][0]["text"] == "Good soirée déjà."
    assert transcript["unread"] == [{"line": 1, "text": "WEBVTT", "reason": "cue identifiers, not spoken"}]
