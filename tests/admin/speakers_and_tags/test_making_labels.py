"""Labels made of a speaker on the desk: the sessions proposed, chosen, done and undone."""

import re

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
    for number in range(43):
        make_session(speakers=[speaker], title=f"Talk {number}", slug=f"talk-{number}", programme=f"Series {number}")
    return speaker


def page_of(speaker: Speaker) -> str:
    return reverse("admin:panels_speaker_labels", args=[speaker.pk])


def fields_of(page: str) -> dict[str, object]:
    """What a browser sends of the form as it is."""
    chosen = re.findall(r'name="sessions" value="([0-9]+)" checked', page)
    version = re.findall(r'name="version" value="([^"]+)"', page)
    return {"version": version[0], "sessions": chosen}


def test_from_the_list_two_clicks_make_labels_of_all_sessions_and_one_undoes_it(desk: Client, joined: Speaker) -> None:
    assert page_of(joined) in desk.get("/admin/panels/speaker/doubtful/").content.decode()
    form = desk.get(page_of(joined)).content.decode()

    page = desk.post(page_of(joined), fields_of(form), follow=True).content.decode()

    assert Speaker.objects.filter(name="JW", session__isnull=False).count() == 43
    assert not Speaker.objects.identified().exists()
    assert "“JW” is now a label in 43 sessions." in page
    assert "labels in 43 sessions" in page
    done = Split.objects.get()
    assert str(done.by) in page

    undone = desk.post(reverse("admin:panels_split_undo", args=[done.pk]), follow=True).content.decode()

    assert "Split of “JW” undone." in undone
    assert joined.answers.count() == 43
    assert "Undo split" not in undone


def test_splitting_and_making_labels_lead_to_each_other(desk: Client, joined: Speaker) -> None:
    split = reverse("admin:panels_speaker_split", args=[joined.pk])

    assert page_of(joined) in desk.get(split).content.decode()
    assert split in desk.get(page_of(joined)).content.decode()


def test_unidentified_speakers_lead_to_the_doubtful_ones(desk: Client, joined: Speaker) -> None:
    assert "/admin/panels/speaker/doubtful/" in desk.get("/admin/panels/speaker/unidentified/").content.decode()


def test_of_a_full_name_no_session_is_chosen_beforehand(desk: Client) -> None:
    ida = make_speaker("Ida Krane")
    make_session(speakers=[ida])

    form = desk.get(page_of(ida)).content.decode()

    assert 'name="sessions"' in form
    assert fields_of(form)["sessions"] == []


def test_sessions_that_are_not_chosen_stay_the_speakers(desk: Client, joined: Speaker) -> None:
    night = Event.objects.get(slug="talk-7")

    desk.post(page_of(joined), {"version": version_of(joined), "sessions": [night.pk]})

    assert joined.answers.count() == 42
    assert Speaker.objects.get(session=night).answers.count() == 1


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"sessions": []}, "Choose at least one session."),
        ({"sessions": ["0"]}, "0 is not one of the available choices"),
        ({"version": ""}, "This page is out of date."),
    ],
)
def test_what_is_missing_is_said_and_nothing_changes(
    fields: dict[str, object], why: str, desk: Client, joined: Speaker
) -> None:
    sent = {"version": version_of(joined), "sessions": [Event.objects.get(slug="talk-7").pk]}

    response = desk.post(page_of(joined), sent | fields)

    assert response.status_code == 200
    assert why in response.content.decode()
    assert not Split.objects.exists()
    assert joined.answers.count() == 43


def test_speaker_without_sessions_has_nothing_to_choose(desk: Client) -> None:
    assert "takes part in no session" in desk.get(page_of(make_speaker("JW"))).content.decode()


@pytest.mark.parametrize("key", ["0", "x", "9" * 30])
def test_unknown_speakers_are_not_found(key: str, desk: Client) -> None:
    assert desk.get(f"/admin/panels/speaker/{key}/labels/").status_code == 404


def test_who_may_not_split_may_not_make_labels(client: Client, joined: Speaker) -> None:
    client.force_login(make_editor("contributor", role="Contributor"))

    assert client.get(page_of(joined)).status_code == 403
    assert client.post(page_of(joined), fields_of('name="version" value="x"')).status_code == 403
    assert joined.answers.count() == 43
