"""What cannot be undone asks who one is again, if the last sign-in is long ago, and nothing typed is lost."""

import time
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from pytest_django.fixtures import Settings

from panels.models import AuditEntry, Event
from tests.admin.accounts.passwords import PASSWORD, add_app, code, make_account, sign_in
from tests.builders import make_session

pytestmark = pytest.mark.django_db
MINUTES = 30


@pytest.fixture
def publisher(settings: Settings, client: Client) -> User:
    settings.FRESH_SIGN_IN_MINUTES = MINUTES
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = MINUTES * 60
    user = make_account()
    user.groups.add(Group.objects.get(name="Publisher"))
    sign_in(client)
    return user


def later(client: Client, minutes: float) -> None:
    """As if everything in this session had happened that much earlier."""
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] = time.time() - minutes * 60
    session.save()


def withdraw(client: Client, event: Event) -> Any:
    sent = {"do": "_withdraw", "post": "yes", "reason": "A speaker asked for it."}
    return client.post(f"/admin/panels/event/{event.pk}/publication/", sent)


def resend(client: Client, page: Any) -> Any:
    return client.post(page.context["admin_url"], dict(page.context["fields"]))


def status_of(event: Event) -> str:
    return Event.objects.get(pk=event.pk).status


def test_soon_after_the_login_nothing_is_asked(client: Client, publisher: User) -> None:
    event = make_session(1, 1)
    later(client, MINUTES - 1)

    withdraw(client, event)

    assert status_of(event) == "withdrawn"


def test_withdrawing_long_after_it_asks_for_the_password_and_keeps_the_reason(client: Client, publisher: User) -> None:
    event = make_session(1, 1)
    later(client, MINUTES + 1)

    asked = withdraw(client, event)
    before = status_of(event)
    wrong = client.post(asked["Location"], {"password": "wrong"})
    page = client.post(asked["Location"], {"password": PASSWORD}, follow=True)
    resend(client, page)

    assert asked["Location"] == "/admin/account/confirm/?next=%2Fadmin%2Fcontinue%2F"
    assert before == "published"
    assert wrong.status_code == 200
    assert ("reason", "A speaker asked for it.") in page.context["fields"]
    assert status_of(event) == "withdrawn"
    assert Event.objects.get().withdrawal_reason == "A speaker asked for it."


@pytest.mark.parametrize("path", ["/admin/panels/event/{pk}/delete/", "/admin/panels/event/?status=binned"])
def test_so_does_deleting_permanently(path: str, client: Client, publisher: User) -> None:
    event = make_session(1, 1, status="binned")
    later(client, MINUTES + 1)
    sent = {"post": "yes", "action": "delete_selected", "_selected_action": str(event.pk)}

    asked = client.post(path.format(pk=event.pk), sent)
    before = Event.objects.exists()
    page = client.post(asked["Location"], {"password": PASSWORD}, follow=True)
    resend(client, page)

    assert (before, Event.objects.exists()) == (True, False)
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.by_name, entry.subject_key) == ("deleted", "ida", event.pk)


def test_a_code_confirms_too(client: Client, publisher: User) -> None:
    add_app(publisher)
    event = make_session(1, 1)
    later(client, MINUTES + 1)
    asked = withdraw(client, event)
    page = client.get(asked["Location"]).content.decode()

    done = client.post("/admin/account/confirm/code/?next=/admin/continue/", {"code": code()}, follow=True)

    assert "/admin/account/confirm/code/" in page
    assert ("reason", "A speaker asked for it.") in done.context["fields"]


def test_wrong_passwords_there_are_counted_with_those_of_the_login_page(client: Client, publisher: User) -> None:
    later(client, MINUTES + 1)
    answers = [client.post("/admin/account/confirm/", {"password": "wrong"}) for _ in range(6)]

    assert "Too many wrong passwords." in answers[-1].content.decode()
    assert "Too many wrong passwords." not in answers[-2].content.decode()
    assert sign_in(Client()).status_code == 429


def test_second_factors_are_not_changed_long_after_the_login(client: Client, publisher: User) -> None:
    later(client, MINUTES + 1)

    for path in ("app", "passkeys/add", "recovery-codes/new"):
        assert client.get(f"/admin/account/{path}/")["Location"].startswith("/admin/account/confirm/?next=")


def test_the_form_of_one_editor_is_not_shown_to_another(client: Client, publisher: User) -> None:
    later(client, MINUTES + 1)
    withdraw(client, make_session(1, 1))
    kept = client.session["panels_unsaved_form"]
    make_account("ann")
    other = Client()
    sign_in(other, "ann")
    session = other.session
    session["panels_unsaved_form"] = kept
    session.save()

    assert other.get("/admin/continue/")["Location"] == "/admin/"


def test_publishing_asks_for_nothing(client: Client, publisher: User) -> None:
    event = make_session(1, 1, status="draft", published_at=None)
    later(client, MINUTES + 1)

    client.post("/admin/panels/event/", {"action": "publish", "_selected_action": event.pk})

    assert status_of(event) == "published"
