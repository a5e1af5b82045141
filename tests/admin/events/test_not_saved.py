"""What was typed into a form of a session that was closed or deleted meanwhile is shown, and nothing is saved."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from panels.models import Event
from tests.admin.racing import FORMS, Editor, Form, make_race
from tests.builders import make_editor

pytestmark = pytest.mark.django_db
BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.mark.parametrize("name", FORMS)
def test_of_a_session_that_another_moved_to_the_trash(name: str) -> None:
    form, event, ann = FORMS[name], make_race(), Editor.arriving("ann")
    read, before = form.read(ann, event), form.stored(event)
    Event.objects.filter(pk=event.pk).update(status="binned")

    answer = form.save(ann, event, read)

    page = answer.content.decode()
    assert answer.status_code == 403
    assert "“A race” is in trash and you cannot change it now. Your changes have not been saved." in page
    assert ann.words in page
    assert form.stored(event) == before


@pytest.mark.parametrize("name", FORMS)
def test_of_a_session_that_another_deleted(name: str) -> None:
    form, event, ann = FORMS[name], make_race(), Editor.arriving("ann")
    read = form.read(ann, event)
    key = event.pk
    event.delete()
    event.pk = key

    answer = form.save(ann, event, read)

    assert answer.status_code == 404
    assert "Someone else deleted this while you were editing." in answer.content.decode()
    assert ann.words in answer.content.decode()


def test_of_a_session_that_is_in_review_now_for_a_contributor() -> None:
    form, event, ann = FORMS["details"], make_race(), contributor()
    read = form.read(ann, event)
    Event.objects.filter(pk=event.pk).update(status="in_review")

    answer = form.save(ann, event, read)

    assert answer.status_code == 403
    assert "is in review and you cannot change it now" in answer.content.decode()
    assert ann.words in answer.content.decode()


def test_the_script_and_those_without_rights_get_no_page(client: Client) -> None:
    form, event = FORMS["answer"], make_race(status="binned")
    sent = {"text": "Words.", "do": "save", "at": "q1-a1"}
    client.force_login(User.objects.create_user("nobody", is_staff=True))
    editor = Client()
    editor.force_login(make_editor())

    assert "Words." not in client.post(form.path(event), sent, headers=BROWSER).content.decode()
    assert "Words." not in editor.post(form.path(event), sent, headers={"Accept": "application/json"}).content.decode()
    assert "Words." in editor.post(form.path(event), sent, headers=BROWSER).content.decode()


def contributor() -> Editor:
    editor = Editor("ann", Client())
    editor.client.force_login(make_editor("ann", "Contributor"))
    return editor


def test_where_nothing_was_typed_it_is_refused_as_ever(desk: Client) -> None:
    form: Form = FORMS["details"]
    binned = make_race(status="binned")

    assert "Not saved" not in desk.post(form.path(binned), {"_save": "Save"}).content.decode()
    assert desk.post("/admin/panels/event/999999999999999999999/change/", {"_save": "Save"}).status_code == 302


@pytest.mark.parametrize(
    ("sent", "label"),
    [
        ({"do": "comment", "text_of_comment": "Is this Kim?"}, "Comment"),
        ({"do": "save", "text": "So.", "correction_note": "Is this Kim?"}, "Note"),
    ],
)
def test_comments_and_notes_are_shown_too(sent: dict[str, str], label: str) -> None:
    event, ann = make_race(), Editor.arriving("ann")
    Event.objects.filter(pk=event.pk).update(status="binned")

    answer = ann.client.post(f"/admin/panels/event/{event.pk}/editor/", sent | {"at": "q1-a1"}, headers=BROWSER)

    assert answer.status_code == 403
    assert "Is this Kim?" in answer.content.decode()
    assert label in answer.content.decode()


def test_the_reason_for_a_withdrawal_that_another_made_first_stays_in_its_form() -> None:
    event, ann = make_race(status="published", published_at="2021-01-01T00:00Z"), Editor.arriving("ann")
    Event.objects.filter(pk=event.pk).update(status="withdrawn")
    page = f"/admin/panels/event/{event.pk}/publication/"

    told = ann.client.post(page, {"do": "_withdraw", "post": "yes", "reason": "Is this Kim?"}, headers=BROWSER)
    silent = ann.client.post(page, {"do": "_withdraw", "post": "yes"}, headers=BROWSER)

    assert "“A race” is already withdrawn." in told.content.decode()
    assert "Is this Kim?" in told.content.decode()
    assert (silent.status_code, silent["Location"]) == (302, page)
