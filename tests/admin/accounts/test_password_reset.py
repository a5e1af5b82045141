"""Who has forgotten a password gets a link by mail, which leads to this site whichever host was asked."""

import re
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.cache import cache
from django.test import Client
from pytest_django.fixtures import Settings

from tests.scratch import manage

pytestmark = pytest.mark.django_db


@pytest.fixture
def user(settings: Settings) -> Iterator[User]:
    settings.SITE_URL = "https://panels.example.org"
    cache.clear()
    yield User.objects.create_user("editor-of-nights", "editor@example.org", "forgotten-2026", is_staff=True)
    cache.clear()


def ask(client: Client, address: str = "editor@example.org") -> str:
    response = client.post("/admin/password-reset/", {"email": address}, follow=True)
    return response.content.decode()


def test_a_link_leads_to_a_new_password(client: Client, user: User) -> None:
    assert 'href="/admin/password-reset/"' in client.get("/admin/login/").content.decode()
    assert client.get("/admin/password-reset/").status_code == 200
    ask(client)
    [sent] = mail.outbox
    link = re.search(r"^https://panels\.example\.org(/admin/password-reset/\S+/)$", str(sent.body), re.MULTILINE)
    assert link

    form = client.get(link[1], follow=True)
    done = client.post(
        form.redirect_chain[-1][0],
        {"new_password1": "lamps-at-night-7", "new_password2": "lamps-at-night-7"},
        follow=True,
    )

    assert sent.to == ["editor@example.org"]
    assert done.status_code == 200
    assert client.login(username="editor-of-nights", password="lamps-at-night-7")
    assert "lamps-at-night" not in client.get(link[1], follow=True).content.decode()  # the link works once


def test_nobody_learns_which_addresses_have_accounts_and_nobody_is_flooded(client: Client, user: User) -> None:
    first = ask(client)

    for _ in range(3):
        assert ask(client) == first
    assert ask(client, "nobody@example.org") == first
    assert len(mail.outbox) == 1


def test_without_a_mail_server_there_is_no_such_page() -> None:
    resolve = "from django.urls import resolve; print(resolve('/admin/password-reset/').url_name)"

    def asked(**settings: str) -> str:
        return manage("shell", "-v0", "-c", resolve, SECRET_KEY="only-for-tests", **settings).stdout

    assert asked(EMAIL_URL="consolemail://") == "admin_password_reset\n"
    assert "password_reset" not in asked()
