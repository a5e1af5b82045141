"""A speaker who was several people, split by session, and what readers find at the old URL."""

import pytest
from django.test import Client

from panels.editorial.history.event_restore import restore
from panels.editorial.saving.corrections import ChangeNote
from panels.editorial.speakers_and_tags.merge import merge
from panels.editorial.speakers_and_tags.split import SplitError, sessions_of, split, undo
from panels.models import (
    Correction,
    Event,
    FormerSpeakerSlug,
    FormerWording,
    RowRevision,
    SharedSpeakerSlug,
    Speaker,
    Split,
)
from tests.builders import make_panelist, make_question, make_session, make_speaker

pytestmark = pytest.mark.django_db


@pytest.fixture
def joined() -> Speaker:
    """“JW”, who is two people: Jane Wren at night, and somebody else by day."""
    speaker = make_speaker("JW")
    night = make_session(2, 1, speakers=[speaker], title="Night", slug="night")
    make_question(night, asked_by=speaker, text="And the lamps?")
    make_session(1, 1, speakers=[speaker], title="Day", slug="day")
    make_session(1, 1, speakers=[speaker], title="Noon", slug="noon")
    return speaker


def keys(*slugs: str) -> list[int]:
    return list(Event.objects.filter(slug__in=slugs).values_list("pk", flat=True))


def found_in(speaker: Speaker) -> list[tuple[str, int, int]]:
    return [(one.event.slug, one.answers, one.questions) for one in sessions_of(speaker)]


def jane_split_off(joined: Speaker, *, keeps_url: bool = False) -> Speaker:
    done = split(joined, keys("night"), Speaker(name="Jane Wren"), keeps_url=keeps_url, by=None)
    return Speaker.objects.get(pk=done.target_key)


def test_chosen_sessions_become_the_other_speakers(joined: Speaker) -> None:
    jane = jane_split_off(joined)

    assert found_in(jane) == [("night", 2, 1)]
    assert found_in(joined) == [("day", 1, 0), ("noon", 1, 0)]
    assert list(jane.panelists.values_list("event__slug", flat=True)) == ["night"]


def test_readers_of_the_session_are_told_and_its_history_has_both_states(joined: Speaker) -> None:
    jane_split_off(joined)

    night = Event.objects.get(slug="night")
    assert [one.note for one in Correction.objects.all()] == ["The speaker is Jane Wren, not JW."]
    assert set(FormerWording.objects.values_list("speaker", flat=True)) == {"JW"}
    assert [set(one.people) for one in night.revisions.order_by("number")] == [{"JW"}, {"Jane Wren"}]
    assert RowRevision.objects.get(key=joined.pk, reason="split").note == "“Jane Wren” split off"


def test_old_url_leads_to_a_page_that_names_both_with_their_sessions(joined: Speaker, client: Client) -> None:
    jane = jane_split_off(joined)
    joined.refresh_from_db()

    response = client.get("/speakers/jw/")
    page = response.content.decode()

    assert response.status_code == 200
    assert '<meta name="robots" content="noindex">' in page
    assert joined.slug == "jw-2"
    for path in (jane.get_absolute_url(), "/speakers/jw-2/", "/events/night/", "/events/day/", "/events/noon/"):
        assert f'href="{path}"' in page
        assert client.get(path).status_code == 200


def test_speaker_may_keep_the_url_whose_page_then_leads_to_the_other(joined: Speaker, client: Client) -> None:
    jane = jane_split_off(joined, keeps_url=True)

    page = client.get("/speakers/jw/").content.decode()

    assert f'This page also used to list sessions of: <a href="{jane.get_absolute_url()}">' in page
    assert "/events/day/" in page


def test_page_names_everybody_after_several_splits(joined: Speaker, client: Client) -> None:
    jane_split_off(joined)
    split(joined, keys("day"), Speaker(name="Jon West"), keeps_url=False, by=None)

    page = client.get("/speakers/jw/").content.decode()
    assert all(f"<bdi>{name}</bdi>" in page for name in ("Jane Wren", "Jon West", "JW"))
    assert "Jane Wren" not in client.get("/speakers/jw-2/").content.decode()


def test_old_url_redirects_when_readers_see_only_one_of_the_speakers(joined: Speaker, client: Client) -> None:
    jane = jane_split_off(joined)
    Event.objects.exclude(slug="night").update(status="draft")

    assert client.get("/speakers/jw/")["Location"] == jane.get_absolute_url()

    Event.objects.update(status="draft")
    assert client.get("/speakers/jw/").status_code == 404


def test_what_cannot_show_a_choice_says_that_the_old_url_is_gone(joined: Speaker, client: Client) -> None:
    jane_split_off(joined)

    assert client.get("/feeds/speakers/jw.atom").status_code == 410
    answered = client.get("/api/v1/speakers/jw/")
    assert answered.status_code == 410
    assert "jane-wren, jw-2" in answered.json()["detail"]
    assert client.get("/api/v1/answers/?speaker=jw").status_code == 404
    assert client.get("/compare/?speaker=jw").content.decode().count(" checked>") == 2


def test_undone_split_leaves_everything_as_it_was(joined: Speaker, client: Client) -> None:
    before = found_in(joined)
    done = split(joined, keys("night"), Speaker(name="Jane Wren"), keeps_url=False, note="by day", by=None)

    undo(done, by=None)

    assert found_in(joined) == before
    assert not Speaker.objects.filter(name="Jane Wren").exists()
    assert not SharedSpeakerSlug.objects.exists()
    assert client.get("/speakers/jw/").status_code == 200
    assert {client.get(f"/speakers/{slug}/")["Location"] for slug in ("jane-wren", "jw-by-day")} == {"/speakers/jw/"}
    with pytest.raises(SplitError, match="already been undone"):
        undo(done, by=None)


def test_undone_split_leaves_a_speaker_who_has_more_by_now(joined: Speaker) -> None:
    jane = jane_split_off(joined, keeps_url=True)
    make_session(speakers=[jane], slug="later")

    undo(Split.objects.get(), by=None)

    assert found_in(jane) == [("later", 1, 0)]
    assert sorted(slug for slug, _answers, _questions in found_in(joined)) == ["day", "night", "noon"]


def test_existing_speaker_on_the_same_panel_keeps_their_seat_and_gets_the_office(joined: Speaker) -> None:
    jane = make_speaker("Jane Wren")
    night = Event.objects.get(slug="night")
    own = make_panelist(night, speaker=jane)
    night.panelists.filter(speaker=joined).update(title="Keeper")

    done = split(joined, [night.pk], jane, keeps_url=False, by=None)

    own.refresh_from_db()
    assert own.title == "Keeper"
    assert night.panelists.count() == 1

    undo(done, by=None)

    own.refresh_from_db()
    assert own.title == ""
    assert night.panelists.get(speaker=joined).title == "Keeper"
    assert found_in(jane) == [("night", 0, 0)]


def test_two_of_one_name_are_told_apart_in_the_history_too() -> None:
    ada = make_speaker("Ada Vale")
    for slug in ("night", "day"):
        make_session(speakers=[ada], slug=slug)
    other = Speaker(name="Ada Vale", note="historian, Lisbon")

    split(ada, keys("night"), other, keeps_url=False, note="painter", by=None)

    ada.refresh_from_db()
    assert (other.slug, ada.slug) == ("ada-vale-historian-lisbon", "ada-vale-painter")
    night = Event.objects.get(slug="night")
    people = [one.people for one in night.revisions.order_by("number")]
    assert people == [{"Ada Vale": ada.pk}, {"Ada Vale": other.pk}]


def test_url_goes_on_naming_both_when_one_is_merged(joined: Speaker, client: Client) -> None:
    jane_split_off(joined)
    west = make_speaker("Jon West")

    merge(joined, west, by=None)

    page = client.get("/speakers/jw/").content.decode()
    assert all(f"<bdi>{name}</bdi>" in page for name in ("Jane Wren", "Jon West"))
    assert FormerSpeakerSlug.objects.get(slug="jw").target == west


@pytest.mark.parametrize("slugs", [(), ("night", "day", "noon"), ("elsewhere",)])
def test_sessions_must_be_some_of_the_speakers_and_not_all(slugs: tuple[str, ...], joined: Speaker) -> None:
    make_session(slug="elsewhere")

    with pytest.raises(SplitError):
        split(joined, keys(*slugs), Speaker(name="Jane Wren"), keeps_url=False, by=None)

    assert not Speaker.objects.filter(name="Jane Wren").exists()


def test_label_of_a_session_is_not_split(joined: Speaker) -> None:
    label = make_speaker("Q", session=Event.objects.get(slug="night"))

    for one, other in ((label, Speaker(name="Jane Wren")), (joined, label), (joined, joined)):
        with pytest.raises(SplitError):
            split(one, keys("night"), other, keeps_url=False, by=None)


def test_states_before_the_split_name_the_speaker_of_then(joined: Speaker) -> None:
    jane_split_off(joined)
    night = Event.objects.get(slug="night")

    restore(night.revisions.get(number=1), by=None, change_note=ChangeNote(note="The split was wrong."))

    assert sorted(slug for slug, _answers, _questions in found_in(joined)) == ["day", "night", "noon"]
