"""The list of the browsers in which one is logged in."""

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import User
from django.test import Client

from tests.admin.accounts.passwords import is_signed_in, make_account, sign_in

pytestmark = pytest.mark.django_db
PATH = "/admin/account/sessions/"


@pytest.fixture
def account() -> User:
    return make_account()


def browser(name: str, address: str = "192.0.2.7") -> Client:
    client = Client(REMOTE_ADDR=address, headers={"user-agent": name})
    sign_in(client)
    return client


def test_one_session_can_be_ended_and_so_can_all_others(account: User) -> None:
    here, phone, library = browser("Here"), browser("Phone", "2001:db8::7"), browser("Library")
    page = here.get(PATH).content.decode()

    here.post(PATH, {"session": UserSession.objects.get(user_agent="Phone").pk})
    after_one = [is_signed_in(client) for client in (here, phone, library)]
    here.post(PATH, {"others": "1"})

    assert all(part in page for part in ("Here", "Phone", "Library", "192.0.2.7", "2001:db8::7", "This session"))
    assert after_one == [True, False, True]
    assert [is_signed_in(client) for client in (here, phone, library)] == [True, False, False]


def test_nobody_ends_the_session_of_another_or_their_own_by_accident(account: User) -> None:
    make_account("ann")
    here, other = browser("Here"), Client()
    sign_in(other, "ann")

    for sent in ({"session": UserSession.objects.get(user__username="ann").pk}, {"session": "x"}, {}):
        here.post(PATH, sent)
    here.post(PATH, {"session": UserSession.objects.get(user=account).pk})

    assert is_signed_in(other)
    assert is_signed_in(here)


def test_a_session_from_before_there_was_the_list_is_on_it(account: User, client: Client) -> None:
    client.force_login(account)

    assert "This session" in client.get(PATH).content.decode()


@pytest.mark.parametrize("address", ["", "unknown", "fe80::1%eth0"])
def test_an_odd_address_hinders_nobody(address: str, account: User) -> None:
    assert is_signed_in(browser("Here", address))


def test_a_new_password_ends_the_others(account: User) -> None:
    here, phone = browser("Here"), browser("Phone")
    sent = {"old_password": "right-password", "new_password1": "lamps-at-night-7", "new_password2": "lamps-at-night-7"}

    here.post("/admin/password_change/", sent)

    assert [is_signed_in(client) for client in (here, phone)] == [True, False]
    assert "Phone" not in here.get(PATH).content.decode()
