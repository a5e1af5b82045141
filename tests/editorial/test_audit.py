"""The audit log: complete, with names that outlive their accounts, and never changed."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client

from panels.editorial import publishing
from panels.editorial.accounts import set_roles
from panels.editorial.publishing import publish, withdraw
from panels.models import AuditEntry
from tests.admin.importing.pages import version_on
from tests.builders import make_editor, make_session

pytestmark = pytest.mark.django_db


def entries() -> list[tuple[str, str, str, str]]:
    """The action, by whom, about what, and the details, oldest first."""
    return list(AuditEntry.objects.order_by("pk").values_list("action", "by_name", "subject_name", "details"))


@pytest.fixture
def ann() -> User:
    return User.objects.create_superuser("ann")


def test_every_change_of_what_readers_see_is_in_it(ann: User) -> None:
    event = make_session(1, 1, status="draft", published_at=None, title="Night")

    publish(event, by=ann)
    withdraw(event, by=ann, reason="A mistake.")
    publish(event, by=None)
    publishing.move_to_trash(event, by=ann)
    publishing.delete_for_good(event, by=ann)

    assert entries() == [
        ("published", "ann", "Night", ""),
        ("withdrawn", "ann", "Night", "A mistake."),
        ("published", "", "Night", ""),
        ("deleted", "ann", "Night", ""),
    ]


def test_so_is_what_is_published_by_an_import_or_a_schedule(ann: User) -> None:
    events = [make_session(1, 1, status="draft", published_at=None, title=title) for title in ("One", "Two")]

    publishing.publish_stored([event.pk for event in events])
    publishing.publish_stored([event.pk for event in events])

    assert entries() == [("published", "", "One", ""), ("published", "", "Two", "")]


def test_a_change_that_is_rolled_back_is_not_in_it(ann: User) -> None:
    event = make_session(1, 1, status="draft", published_at=None)
    with transaction.atomic():
        publish(event, by=ann)
        transaction.set_rollback(True)

    assert entries() == []


def test_rights_given_in_the_admin_are_in_it(ann: User, client: Client) -> None:
    client.force_login(ann)
    user = User.objects.create_user("ida", password="right-password")
    path = f"/admin/auth/user/{user.pk}/change/"
    groups = [Group.objects.get(name="Editor").pk, Group.objects.get(name="Publisher").pk]
    sent = {"username": "ida", "is_active": "on", "is_staff": "on", "is_superuser": "on", "groups": groups}

    assert client.post(path, sent | {"version": version_on(client, path)}).status_code == 302
    sent = {"username": "ida", "is_active": "on", "is_staff": "on", "first_name": "Ida", "groups": groups[:1]}
    assert client.post(path, sent | {"version": version_on(client, path)}).status_code == 302
    sent["last_name"] = "Krane"
    assert client.post(path, sent | {"version": version_on(client, path)}).status_code == 302

    assert entries() == [
        ("rights_changed", "ann", "ida", "+ admin access; + superuser; + Editor; + Publisher"),
        ("rights_changed", "ann", "ida", "− superuser; − Publisher"),
    ]


def test_rights_given_elsewhere_are_noticed(ann: User) -> None:
    user = User.objects.create_user("ida", is_staff=True)
    set_roles(user, {"Editor"})
    user.is_superuser = True
    user.save()

    set_roles(user, {"Editor"})

    assert entries()[-1] == ("rights_changed", "", "ida", "+ superuser; changed outside the admin")


def test_an_account_that_is_deleted_stays_in_it_by_name(ann: User, client: Client) -> None:
    client.force_login(ann)
    ida = User.objects.create_user("ida")
    publish(make_session(1, 1, status="draft", published_at=None, title="Night"), by=ida)
    path = f"/admin/auth/user/{ida.pk}/delete/"

    client.post(path, {"post": "yes", "version": version_on(client, path)})

    assert entries() == [("published", "ida", "Night", ""), ("account_deleted", "ann", "ida", "")]


def test_a_new_account_and_a_new_password_are_in_it(ann: User, client: Client) -> None:
    client.force_login(ann)
    passwords = {"password1": "lamps-at-night-7", "password2": "lamps-at-night-7", "usable_password": "true"}

    client.post("/admin/auth/user/add/", {"username": "ida", **passwords})
    path = f"/admin/auth/user/{User.objects.get(username='ida').pk}/password/"
    passwords = dict.fromkeys(["password1", "password2"], "lamps-at-noon-8")
    client.post(path, {**passwords, "usable_password": "true", "version": version_on(client, path)})

    assert entries() == [("account_created", "ann", "ida", ""), ("password_changed", "ann", "ida", "")]


WAYS: dict[str, Callable[[], object]] = {
    "update": lambda: AuditEntry.objects.update(by_name="nobody"),
    "save": lambda: AuditEntry.objects.get().save(),
    "delete": lambda: AuditEntry.objects.all().delete(),
    "SQL": lambda: connection.cursor().execute("DELETE FROM panels_auditentry"),
}


@pytest.mark.parametrize("way", WAYS)
def test_no_entry_is_changed_or_deleted(way: str, ann: User) -> None:
    publish(make_session(1, 1, status="draft", published_at=None), by=ann)
    before = entries()

    with pytest.raises(DatabaseError, match="neither changed nor deleted"), transaction.atomic():
        WAYS[way]()

    assert entries() == before


@pytest.mark.django_db(transaction=True)
def test_flush_empties_it_and_the_triggers_are_there_afterwards(ann: User) -> None:
    publish(make_session(1, 1, status="draft", published_at=None), by=ann)

    call_command("flush", "--no-input", verbosity=0)

    assert entries() == []
    AuditEntry.objects.create(action="published", subject_key=1, subject_name="Night")
    with pytest.raises(DatabaseError, match="neither changed nor deleted"), transaction.atomic():
        AuditEntry.objects.all().delete()


def test_only_who_may_see_accounts_reads_it(ann: User, client: Client) -> None:
    publish(make_session(1, 1, status="draft", published_at=None, title="Night opening"), by=ann)
    client.force_login(ann)
    page = client.get("/admin/panels/auditentry/").content.decode()

    assert "Night opening" in page
    assert "session published" in page
    editor = Client()
    editor.force_login(make_editor("ben"))
    assert editor.get("/admin/panels/auditentry/").status_code == 403
    assert client.post(f"/admin/panels/auditentry/{AuditEntry.objects.get().pk}/delete/").status_code == 403


def test_the_command_removes_second_factors_of_an_account_that_there_is() -> None:
    with pytest.raises(CommandError, match="There is no account “nobody”"):
        call_command("remove_second_factors", "nobody")
