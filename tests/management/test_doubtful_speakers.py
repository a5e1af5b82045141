import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from panels.editorial.history import row_history
from panels.editorial.speakers_and_tags.doubtful_speakers import doubtful_speakers
from panels.editorial.speakers_and_tags.labels import undo_labels
from panels.models import Speaker, Split
from tests.builders import make_event, make_panelist, make_question, make_session, make_speaker

pytestmark = pytest.mark.django_db


def test_labels_joined_over_sessions_are_listed_the_most_sessions_first(capsys: pytest.CaptureFixture[str]) -> None:
    joined, asker, once, person = (make_speaker(name) for name in ("PW", "Ida", "Ben", "Ida Krane"))
    organisation = make_speaker("BBC", kind="organisation")
    for title in ("First", "Second", "Third", "Fourth"):
        make_session(speakers=[joined, person, organisation], title=title, slug=title.lower())
    make_session(speakers=[once], title="Fifth", slug="fifth")
    for slug in ("first", "fifth"):
        make_question(joined.panelists.model.objects.filter(event__slug=slug)[0].event, asked_by=asker)

    call_command("doubtful_speakers")

    said = capsys.readouterr()
    assert said.out.splitlines() == [
        "PW (pw): 4 sessions: first, fourth, second, …",
        f"    split: /admin/panels/speaker/{joined.pk}/split/",
        f"    make labels: /admin/panels/speaker/{joined.pk}/labels/",
        "Ida (ida): 2 sessions: fifth, first",
        f"    split: /admin/panels/speaker/{asker.pk}/split/",
        f"    make labels: /admin/panels/speaker/{asker.pk}/labels/",
    ]
    assert said.err == "2 doubtful speakers\n"


@pytest.fixture
def archive() -> None:
    """As an earlier version left it: “JW” is one speaker of three series, “M” of one, and other names in between."""
    joined, of_series, noted = make_speaker("JW"), make_speaker("M"), make_speaker("Ida", note="the painter")
    role, number, person = make_speaker("The Chair"), make_speaker("1"), make_speaker("Ida Krane")
    for title in ("Day", "Night", "Noon"):
        everybody = [joined, of_series, noted, role, number, person]
        session = make_session(1, 6, speakers=everybody, title=title, slug=title.lower(), programme=f"{title} talks")
        if title != "Noon":
            session.panelists.filter(speaker=of_series).delete()
            session.answers.filter(speaker=of_series).delete()
    again = make_session(speakers=[of_series], title="Noon again", slug="noon-again", programme="Noon talks")
    make_panelist(make_event(translation="human", translated_from="en", translation_of=again), speaker=of_series)


def test_what_is_certain_becomes_labels(archive: None, capsys: pytest.CaptureFixture[str], client: Client) -> None:
    call_command("doubtful_speakers", "--make-labels")

    said = capsys.readouterr()
    assert said.out.splitlines() == [
        line
        for done in Split.objects.order_by("pk")
        for line in (
            f"{done.source_name} ({done.moved['row']['slug']}): 3 sessions: day, night, noon",
            f"    undo: /admin/panels/split/{done.pk}/change/",
        )
    ]
    assert said.err == "3 speakers became 9 labels; 2 doubtful speakers left to editors\n"
    labels = Speaker.objects.filter(session__isnull=False).order_by("session__slug")
    assert list(labels.filter(name="JW").values_list("session__slug", flat=True)) == ["day", "night", "noon"]
    assert set(Speaker.objects.identified().values_list("name", flat=True)) == {"M", "Ida", "Ida Krane"}
    page = client.get("/speakers/jw/").content.decode()
    assert "Several speakers" in page
    assert "Answer 1." not in page
    assert len(client.get("/api/v1/speakers/").json()["items"]) == 3

    call_command("doubtful_speakers", "--make-labels")

    assert capsys.readouterr().err == "0 speakers became 0 labels; 2 doubtful speakers left to editors\n"


def test_what_an_editor_has_undone_stays(archive: None, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("doubtful_speakers", "--make-labels")
    for done in Split.objects.filter(undone_at=None):
        undo_labels(done, by=None)

    call_command("doubtful_speakers", "--make-labels")

    assert capsys.readouterr().err.endswith("0 speakers became 0 labels; 5 doubtful speakers left to editors\n")


def test_whom_an_editor_has_made_or_changed_is_left_to_editors(archive: None) -> None:
    joined = Speaker.objects.get(name="JW")
    with row_history.changing(Speaker, joined.pk, version=row_history.version_of(joined), by=None) as stored:
        stored.family_name = "W"
        stored.save()
    Speaker.objects.filter(name="1").update(biography="The first of the speakers.")

    assert {one.speaker.name for one in doubtful_speakers() if one.is_certain} == {"The Chair"}


def test_dry_run_says_the_same_and_changes_nothing(archive: None, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("doubtful_speakers", "--make-labels", "--dry-run")

    said = capsys.readouterr()
    assert "JW (jw): 3 sessions: day, night, noon" in said.out.splitlines()
    assert "undo" not in said.out
    assert said.err == "3 speakers would become 9 labels; 2 doubtful speakers left to editors\n"
    assert not Split.objects.exists()

    with pytest.raises(CommandError, match="--dry-run needs --make-labels"):
        call_command("doubtful_speakers", "--dry-run")
