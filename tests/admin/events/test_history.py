from dataclasses import replace

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client

from panels.editorial.history import event_history, event_restore
from panels.models import Answer, Event
from panels.reading.export import transcript_of
from tests.admin.importing.pages import version_on
from tests.admin.session_editor.test_session_editor import address, typed
from tests.admin.test_admin import change, form_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    call_command("loaddata", "library_round_table_2021_09_18", verbosity=0)
    return Event.objects.get()


def path(event: Event) -> str:
    return f"/admin/panels/event/{event.pk}/history/"


def test_every_save_on_the_desk_is_recorded_with_what_it_found(desk: Client, event: Event) -> None:
    Event.objects.update(status="draft")
    before = replace(transcript_of(event), version=None)

    desk.post(change(event), form_of(desk, change(event)) | {"title": "Renamed"})
    desk.post(address(event), typed(event, "q1-a1", desk, text="Other words.", same_meaning="on"))
    question = event.questions.get(number=2)
    desk.post(address(event), typed(event, question.anchor, desk, do="delete_exchange"))

    states = list(event.revisions.order_by("number"))
    assert [state.by.get_username() if state.by else None for state in states] == [None, "editor", "editor", "editor"]
    assert event_history.transcript_at(states[0]) == before
    assert event_history.transcript_at(states[1]).title == "Renamed"
    assert event_history.transcript_at(states[2]).exchanges[0].answers[0].text == "Other words."
    assert len(event_history.transcript_at(states[3]).exchanges) == len(before.exchanges) - 1


def test_two_states_are_compared_word_by_word(desk: Client, event: Event) -> None:
    desk.get(path(event))
    Answer.objects.filter(anchor="q1-a1").update(text="Let me begin with what will *not* go.")

    page = desk.get(path(event)).content.decode()
    compared = desk.get(path(event), {"old": 1, "new": 2}).content.decode()

    assert 'name="old" value="1"' in page
    assert "Version 1 compared with version 2" in compared
    assert "<del>" in compared
    assert desk.get(path(event), {"new": 2}).content.decode().count("<del>") == compared.count("<del>")


def test_a_state_is_restored(desk: Client, event: Event) -> None:
    desk.get(path(event))
    text = event.answers.get(anchor="q1-a1").text
    Answer.objects.filter(anchor="q1-a1").update(text="Other words.")

    sent = {"restore": "1", "same_meaning": "on", "version": version_on(desk, f"{path(event)}?new=2")}
    page = desk.post(path(event), sent, follow=True).content.decode()

    assert "Version 1 restored" in page
    assert event.answers.get(anchor="q1-a1").text == text
    assert list(event.revisions.values_list("number", flat=True)) == [3, 2, 1]


@pytest.mark.parametrize("asked", ["?new=9", "?new=x", "?new=1&old=9", "?page=x", "?page=99", "?old=1"])
def test_odd_addresses_are_answered(asked: str, desk: Client, event: Event) -> None:
    assert desk.get(path(event) + asked).status_code in {200, 404}
    assert desk.post(path(event), {"restore": asked}).status_code == 404
    assert desk.get("/admin/panels/event/none/history/").status_code == 404


def test_who_may_only_look_may_not_restore(client: Client, desk: Client, event: Event) -> None:
    desk.get(path(event))
    client.force_login(User.objects.create_user("nobody", is_staff=True))

    assert client.get(path(event)).status_code == 403
    assert client.post(path(event), {"restore": "1"}).status_code == 403


def test_a_state_is_not_restored_over_what_others_saved_meanwhile(desk: Client, event: Event) -> None:
    desk.get(path(event))
    sent = {"restore": "1", "same_meaning": "on", "version": version_on(desk, f"{path(event)}?new=1")}
    Answer.objects.filter(anchor="q1-a1").update(text="Saved meanwhile.")

    page = desk.post(path(event), sent, follow=True).content.decode()

    assert "Someone else changed this while you were editing" in page
    assert event.answers.get(anchor="q1-a1").text == "Saved meanwhile."


def test_what_browsers_make_of_line_ends_is_no_change(desk: Client, event: Event) -> None:
    answer = event.answers.get(anchor="q1-a1")
    assert "\n\n" in answer.text

    desk.post(address(event), typed(event, "q1-a1", desk, text=answer.text.replace("\n", "\r\n")))

    assert Answer.objects.get(pk=answer.pk).text == answer.text
    assert event.revisions.count() == 1


def test_a_pull_quote_is_copied_from_the_transcript_and_goes_with_the_history(desk: Client, event: Event) -> None:
    Event.objects.update(status="draft")
    words = "Let me begin with what will not go, because I have been stopped in the street about it"

    refused = desk.post(change(event), form_of(desk, change(event)) | {"pull_quote": "Nobody said this at all."})
    assert "These words are not in a question or an answer of this session." in refused.content.decode()
    for chosen in (words, ""):
        desk.post(change(event), form_of(desk, change(event)) | {"pull_quote": chosen})
        event.refresh_from_db()
        assert event.pull_quote == chosen

    event_restore.restore(event.revisions.order_by("-number")[1], by=None)

    event.refresh_from_db()
    assert event.pull_quote == words
