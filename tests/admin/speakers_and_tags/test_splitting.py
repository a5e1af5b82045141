"""Splitting on the desk: the likely speakers listed, sessions chosen, somebody named, done and undone."""

import pytest
from django.test import Client
from django.urls import reverse

from panels.editorial.history.row_history import version_of
from panels.models import Event, Speaker, Split
from tests.builders import make_editor, make_session, make_speaker

pytestmark = pytest.mark.django_db


@pytest.fixture
def joined() -> Speaker:
    speaker = make_speaker("JW")
    for title in ("Night", "Day"):
        make_session(speakers=[speaker], title=title, slug=title.lower())
    return speaker


def page_of(speaker: Speaker) -> str:
    return reverse("admin:panels_speaker_split", args=[speaker.pk])


def sent(speaker: Speaker, **fields: object) -> dict[str, object]:
    return {"version": version_of(speaker), "sessions": [Event.objects.get(slug="night").pk]} | fields


def test_likely_ones_are_listed_with_the_way_to_split_them(desk: Client, joined: Speaker) -> None:
    page = desk.get("/admin/panels/speaker/doubtful/").content.decode()

    assert page_of(joined) in page
    assert "/admin/panels/speaker/doubtful/" in desk.get("/admin/panels/speaker/").content.decode()
    assert page_of(joined) in desk.get(f"/admin/panels/speaker/{joined.pk}/change/").content.decode()
    Speaker.objects.filter(pk=joined.pk).update(name="Jon West")
    assert "No doubtful speakers" in desk.get("/admin/panels/speaker/doubtful/").content.decode()


def test_chosen_sessions_go_to_a_new_speaker_and_come_back(desk: Client, joined: Speaker) -> None:
    assert "Night</bdi>" in desk.get(page_of(joined)).content.decode()

    page = desk.post(page_of(joined), sent(joined, name="Jane Wren", note="by night"), follow=True).content.decode()

    jane = Speaker.objects.get(name="Jane Wren")
    assert list(jane.answers.values_list("event__slug", flat=True)) == ["night"]
    assert "Split: JW → Jane Wren · by night" in page

    undone = desk.post(reverse("admin:panels_split_undo", args=[Split.objects.get().pk]), follow=True).content.decode()

    assert "Split of “JW” undone." in undone
    assert joined.answers.count() == 2
    assert "Undo split" not in undone


def test_stored_speakers_of_the_name_are_offered_first(desk: Client, joined: Speaker) -> None:
    jane = make_speaker("Jane Wren", note="by night")

    page = desk.post(page_of(joined), sent(joined, name="Jane Wren")).content.decode()

    assert "There are already speakers with this name." in page
    assert "Jane Wren · by night" in page
    assert joined.answers.count() == 2

    desk.post(page_of(joined), sent(joined, name="Jane Wren", who=jane.pk, keeps_url="1"))

    assert jane.answers.count() == 1
    joined.refresh_from_db()
    assert joined.slug == "jw"


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"name": ""}, "Enter a name."),
        ({"name": "Jane Wren", "sessions": []}, "Choose at least one session."),
        ({"name": "JW"}, "Enter a note that tells the two apart."),
        ({"name": "Jane Wren", "version": ""}, "This page is out of date."),
        ({"name": "x" * 201}, "at most 200 characters"),
    ],
)
def test_what_is_missing_is_said_and_nothing_changes(
    fields: dict[str, object], why: str, desk: Client, joined: Speaker
) -> None:
    response = desk.post(page_of(joined), sent(joined) | fields)

    assert response.status_code == 200
    assert why in response.content.decode()
    assert not Split.objects.exists()
    assert joined.answers.count() == 2


def test_all_sessions_are_not_split_off(desk: Client, joined: Speaker) -> None:
    everything = list(Event.objects.values_list("pk", flat=True))

    page = desk.post(page_of(joined), sent(joined, name="Jane Wren", sessions=everything)).content.decode()

    assert "Leave at least one session." in page
    assert not Speaker.objects.filter(name="Jane Wren").exists()


def test_who_may_not_merge_may_not_split(client: Client, joined: Speaker) -> None:
    client.force_login(make_editor("contributor", role="Contributor"))

    assert client.get(page_of(joined)).status_code == 403
    assert client.post(page_of(joined), sent(joined, name="Jane Wren")).status_code == 403
