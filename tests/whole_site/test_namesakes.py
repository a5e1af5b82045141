"""Two people of one full name: told apart on lists, asked about by an import, left unidentified by a load."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from panels.admin.session_editor.forms import ANOTHER
from panels.editorial.history.event_versions import number_of, token_of
from panels.editorial.importing.bulk import load
from panels.editorial.importing.errors import DoubtError
from panels.editorial.importing.planning import ImportOptions, apply, plan
from panels.editorial.speakers_and_tags.identifying import candidates
from panels.models import Event, Speaker
from panels.transcript import Attribution, Exchange, PanelMember, Transcript, Turn
from tests.builders import make_session, make_speaker

pytestmark = pytest.mark.django_db


@pytest.fixture
def two() -> tuple[Speaker, Speaker]:
    historian = make_speaker("Ada Vale", note="historian, Lisbon")
    painter = make_speaker("Ada Vale", note="painter")
    make_session(speakers=[historian, make_speaker("Ben Marsh")], title="Night", slug="night")
    make_session(speakers=[painter], title="Day", slug="day")
    return historian, painter


def transcript(title: str, *names: str) -> Transcript:
    turns = tuple(Turn(text=f"{title} of {name}.", speaker=name, attribution=Attribution.STATED) for name in names)
    listed = tuple(PanelMember(name=name) for name in names)
    return Transcript(title=title, language="en", panelists=listed, exchanges=(Exchange(question=None, answers=turns),))


def speaking_in(event: Event) -> set[str]:
    return set(event.answers.values_list("speaker__slug", flat=True))


def test_their_slugs_have_the_note(two: tuple[Speaker, Speaker]) -> None:
    assert [one.slug for one in two] == ["ada-vale-historian-lisbon", "ada-vale-painter"]
    assert str(two[0]) == "Ada Vale · historian, Lisbon"


@pytest.mark.parametrize(
    "path", ["/speakers/", "/search/?q=answer", "/speakers/ada-vale-painter/", "/api/v1/speakers/"]
)
def test_lists_tell_them_apart(path: str, two: tuple[Speaker, Speaker], client: Client) -> None:
    page = client.get(path).content.decode()

    assert "painter" in page
    assert ("historian, Lisbon" in page) == (path != "/speakers/ada-vale-painter/")


def test_autocomplete_and_duplicates_tell_them_apart(two: tuple[Speaker, Speaker], desk: Client) -> None:
    query = "app_label=panels&model_name=panelist&field_name=speaker&term=vale painter"
    found = desk.get(f"/admin/autocomplete/?{query}").json()["results"]

    assert [one["text"] for one in found] == ["Ada Vale · painter"]
    assert "Ada Vale · historian, Lisbon</a>" in desk.get("/admin/panels/speaker/duplicates/").content.decode()


def test_search_by_their_name_finds_both_and_by_slug_one(two: tuple[Speaker, Speaker], client: Client) -> None:
    def found(query: str) -> int:
        return client.get("/search/", {"q": query}).content.decode().count('class="hit answer')

    assert found('answer speaker:"Ada Vale"') == 2
    assert found("answer speaker:ada-vale-painter") == 1


def test_import_asks_who_is_meant(two: tuple[Speaker, Speaker]) -> None:
    planned = plan(transcript("Dusk", "Ada Vale"))

    assert [(one.name, one.similar) for one in planned.doubts] == [("Ada Vale", two)]
    with pytest.raises(DoubtError, match="ada-vale-painter"):
        apply(planned)
    assert speaking_in(apply(plan(transcript("Dusk", "Ada Vale"), ImportOptions(settled={"Ada Vale": two[1]})))) == {
        "ada-vale-painter"
    }
    third = apply(plan(transcript("Dawn", "Ada Vale"), ImportOptions(settled={"Ada Vale": None})))
    assert speaking_in(third) == {"ada-vale"}


def test_text_of_a_session_means_the_one_who_takes_part(two: tuple[Speaker, Speaker]) -> None:
    night = Event.objects.get(slug="night")

    planned = plan(transcript("Night", "Ada Vale"), onto=night)

    assert planned.doubts == ()
    assert planned.people[0].known == two[0]


def test_preview_offers_both_with_their_notes(two: tuple[Speaker, Speaker], desk: Client) -> None:
    page = desk.post(
        "/admin/panels/event/import/", {"text": "# Dusk\n\nAda Vale: It is late.\n\nBen Marsh: It is.\n"}, follow=True
    )

    shown = page.content.decode()
    assert "Several speakers have this name. Choose before you save." in shown
    assert "Ada Vale · historian, Lisbon</option>" in shown


@pytest.mark.parametrize("careful", [False, True])
def test_load_leaves_the_passage_with_its_label(careful: bool, two: tuple[Speaker, Speaker]) -> None:  # noqa: FBT001
    title = "Night" if careful else "Dusk"  # a title that is stored goes the careful way
    (result,) = load([("dusk.txt", transcript(title, "Ada Vale", "Ben Marsh"))])

    event = Event.objects.get(slug=result.slug)
    label = event.labels.get()
    assert (label.name, result.left_unidentified) == ("Ada Vale", ("Ada Vale",))
    assert speaking_in(event) == {label.slug, "ben-marsh"}
    assert "left unidentified because several speakers have the name: Ada Vale" in result.message
    assert [(one.speaker, one.evidence) for one in candidates(label)[:2]] == [(one, "same name") for one in two]


def test_loaded_again_it_changes_nothing(two: tuple[Speaker, Speaker]) -> None:
    list(load([("dusk.txt", transcript("Dusk", "Ada Vale"))]))

    (result,) = load([("dusk.txt", transcript("Dusk", "Ada Vale"))])

    assert result.became == "kept"
    assert Speaker.objects.filter(name="Ada Vale").count() == 3


@pytest.mark.parametrize("option", ["", "--dry-run", "--update"])
def test_import_sessions_counts_them_with_the_reason(
    option: str, two: tuple[Speaker, Speaker], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("dusk", "dawn"):
        (tmp_path / f"{name}.md").write_text(f"# {name.title()}\n\nAda Vale: It is {name}.\n\nBen Marsh: It is.\n")

    call_command("import_sessions", str(tmp_path), *filter(None, [option]))

    said = capsys.readouterr().out.splitlines()
    assert "2 with “Ada Vale” left unidentified: several speakers have this name" in said
    assert Event.objects.count() == (2 if option == "--dry-run" else 4)


def test_editor_chooses_one_of_them_in_the_session_editor(two: tuple[Speaker, Speaker], desk: Client) -> None:
    other = make_session(title="Attic", slug="attic")

    path = f"/admin/panels/event/{other.pk}/editor/"
    named = {"speaker": ANOTHER, "other": "Ada Vale · painter", "attribution": "stated", "text": "Answer 1."}
    sent = {
        "at": "q1-a1",
        "do": "save",
        "version": token_of(other, number_of(other)),
        "correction_note": "It was the painter.",
    }

    desk.post(path, sent | named)

    assert speaking_in(other) == {"ada-vale-painter"}


def test_label_is_identified_by_the_name_with_its_note(two: tuple[Speaker, Speaker], desk: Client) -> None:
    (result,) = load([("dusk.txt", transcript("Dusk", "Ada Vale"))])
    event = Event.objects.get(slug=result.slug)
    sent = {"label": event.labels.get().pk, "evidence": "The programme."}
    page = desk.get("/admin/panels/speaker/unidentified/").content.decode()
    assert "same name" in page
    assert " checked" not in page

    asked = desk.post("/admin/panels/speaker/unidentified/", sent | {"name": "Ada Vale"}, follow=True)
    assert "“Ada Vale · historian, Lisbon”, “Ada Vale · painter”" in asked.content.decode()

    desk.post("/admin/panels/speaker/unidentified/", sent | {"name": "Ada Vale · painter"})
    assert speaking_in(event) == {"ada-vale-painter"}
