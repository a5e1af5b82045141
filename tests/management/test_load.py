"""`load` takes fixtures and transcripts alike, and says where each session is."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from panels.formats.native import json_archive
from panels.models import Answer, Event
from panels.transcript import Exchange, Transcript, Turn

pytestmark = pytest.mark.django_db

FIXTURE = Path(__file__).parents[2] / "panels" / "fixtures" / "library_round_table_2021_09_18.json"
TALK = "# Night opening\n\nIda Krane: Why at night?\n\nBen Marsh: Because it is quiet.\n\nIda Krane: Is it?\n"


def loaded(*paths: Path, **options: Any) -> str:
    out = io.StringIO()
    call_command("load", *map(str, paths), site="http://127.0.0.1:8001/", stdout=out, stderr=out, **options)
    return out.getvalue()


def test_a_fixture_is_loaded_and_its_public_page_named() -> None:
    said = loaded(FIXTURE)

    event = Event.objects.get()
    assert said == f"“{event.title}” loaded: http://127.0.0.1:8001{event.get_absolute_url()}\n"


def test_a_transcript_becomes_a_draft_and_is_loaded_once(tmp_path: Path) -> None:
    path = tmp_path / "night.md"
    path.write_text(TALK)

    first, second = loaded(path), loaded(path)

    event = Event.objects.get()
    address = f"http://127.0.0.1:8001/admin/panels/event/{event.pk}/change/"
    assert first == f"“Night opening” loaded as a draft: {address}\n"
    assert second == f"“Night opening” saved already: {address}\n"


ARTICLE = """Advertisement

Who pays for the ferry?

By Nora Field | 11 May 2019

The ferry has run at a loss for nine years.

Ida Krane: Who should pay for the ferry?

Ben Marsh: The town pays a third already.

Read more: The last lighthouse keeper

Ida Krane: And what about winter?

Ben Mrash: In winter nobody travels.
"""


def test_what_the_import_page_would_propose_is_said(tmp_path: Path) -> None:
    path = tmp_path / "ferry.txt"
    path.write_text(ARTICLE)

    first, second = loaded(path), loaded(path)

    event = Event.objects.get()
    assert (event.title, "Nora Field" in event.introduction) == ("Advertisement", True)
    page = "“By Nora Field | 11 May 2019”, “Read more: The last lighthouse keeper”"
    assert first.splitlines()[1:] == [
        "  proposed (see --apply-proposals): title “Who pays for the ferry?”; source note “By Nora Field”; "
        f"remove {page}",
        "  to check: “Ben Mrash” may be Ben Marsh; Ida Krane may be the moderator",
    ]
    assert "proposed" not in second


def test_proposals_about_the_page_are_applied_on_request_and_no_others(tmp_path: Path) -> None:
    path = tmp_path / "ferry.txt"
    path.write_text(ARTICLE)

    said = loaded(path, apply_proposals=True)

    event = Event.objects.get()
    assert (event.title, event.source_note) == ("Who pays for the ferry?", "By Nora Field")
    assert event.introduction == "The ferry has run at a loss for nine years."
    assert not Answer.objects.filter(text__contains="Read more").exists()
    assert [seat.speaker.name for seat in event.panelists.all()] == ["Ida Krane", "Ben Marsh", "Ben Mrash"]
    assert "  applied: title “Who pays for the ferry?”;" in said
    assert loaded(path, apply_proposals=True).startswith("“Who pays for the ferry?” saved already")


def test_what_cannot_be_read_is_said_and_the_rest_loaded(tmp_path: Path) -> None:
    (tmp_path / "empty.md").write_text("")
    (tmp_path / "night.md").write_text(TALK)

    with pytest.raises(CommandError, match="1 not loaded"):
        loaded(tmp_path)

    assert Event.objects.get().title == "Night opening"


def test_what_is_passed_over_for_another_session_is_not_called_loaded(tmp_path: Path) -> None:
    loaded(FIXTURE)
    other = tmp_path / "other.json"
    answers = (Turn(text="A timetable is a promise to everybody."),)
    transcript = Transcript(
        title="Other words", slug=Event.objects.get().slug, exchanges=(Exchange(question=None, answers=answers),)
    )
    other.write_text(json_archive.write(transcript), encoding="utf-8")

    with pytest.raises(CommandError, match="1 not loaded"):
        loaded(other)

    assert Event.objects.count() == 1


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"night\.md: no such file"):
        loaded(tmp_path / "night.md")


def test_an_encoding_can_be_named(tmp_path: Path) -> None:
    path = tmp_path / "night.txt"
    path.write_bytes("Zoé: déjà vu\n\nBen: oui\n\nZoé: non\n".encode("mac_roman"))

    call_command("load", str(path), encoding="mac_roman", stdout=io.StringIO())

    assert Answer.objects.order_by("pk").values_list("text", flat=True)[0] == "déjà vu"
