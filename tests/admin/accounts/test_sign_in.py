"""Wrong passwords are slowed down where they come from, and nobody is locked out from elsewhere."""

import datetime as dt
from threading import Thread
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from panels.editorial import sign_in
from panels.editorial.sign_in import TooManyAttemptsError, network_of
from panels.models import SignInAttempt

pytestmark = pytest.mark.django_db
HERE, ELSEWHERE = "192.0.2.7", "198.51.100.9"


@pytest.fixture
def account() -> User:
    return User.objects.create_user("ida", password="right-password", is_staff=True)


def attempt(password: str, address: str = HERE, name: str = "ida") -> Any:
    response: Any = Client(REMOTE_ADDR=address).post("/admin/login/", {"username": name, "password": password})
    return response


def later(seconds: float) -> None:
    """As if all attempts had been made that much earlier."""
    for one in SignInAttempt.objects.all():
        SignInAttempt.objects.filter(pk=one.pk).update(at=one.at - dt.timedelta(seconds=seconds))


def test_sixty_wrong_passwords_are_not_answered_and_the_right_one_must_wait(account: User) -> None:
    statuses = [attempt(f"wrong-{number}").status_code for number in range(60)]

    right = attempt("right-password")

    assert statuses == [200] * sign_in.FREE + [429] * 55
    assert right.status_code == 429
    assert "Too many wrong passwords. Try again in 1 minute." in right.content.decode()
    assert 0 < int(right.headers["Retry-After"]) <= sign_in.FIRST_WAIT
    assert SignInAttempt.objects.filter(outcome="failed", account=account).count() == sign_in.FREE
    assert SignInAttempt.objects.filter(outcome="refused", account=account, network=HERE).count() == 56


def test_the_editor_signs_in_from_elsewhere_meanwhile(account: User) -> None:
    for _ in range(sign_in.FREE + 1):
        attempt("wrong")

    assert attempt("right-password", ELSEWHERE).status_code == 302
    assert attempt("right-password").status_code == 429


def test_each_wait_is_twice_as_long_up_to_a_quarter_of_an_hour(account: User) -> None:
    for _ in range(sign_in.FREE):
        attempt("wrong")
    waits = []

    for _ in range(9):
        refused = attempt("wrong")
        waits.append(int(refused.headers["Retry-After"]))
        later(waits[-1] + 1)
        assert attempt("wrong").status_code == 200

    expected = [15, 30, 60, 120, 240, 480, 900, 900, 900]
    assert all(wanted - 5 <= wait <= wanted for wait, wanted in zip(waits, expected, strict=True)), waits


def test_a_right_password_after_the_wait_forgets_the_wrong_ones(account: User) -> None:
    for _ in range(sign_in.FREE):
        attempt("wrong")
    later(sign_in.FIRST_WAIT + 1)

    assert attempt("right-password").status_code == 302
    assert [attempt("wrong").status_code for _ in range(sign_in.FREE)] == [200] * sign_in.FREE
    assert SignInAttempt.objects.filter(outcome="succeeded").get().account == account


def test_an_account_that_there_is_not_is_answered_alike_and_its_name_kept_nowhere() -> None:
    statuses = [attempt("wrong", name="my-secret-password").status_code for _ in range(sign_in.FREE + 1)]

    assert statuses == [200] * sign_in.FREE + [429]
    assert "my-secret-password" not in repr(list(SignInAttempt.objects.values()))
    assert not SignInAttempt.objects.exclude(account=None).exists()


def test_capitals_make_no_other_account(account: User) -> None:
    for name in ("ida", "Ida", "IDA", "iDa", "idA"):
        attempt("wrong", name=name)

    assert attempt("right-password").status_code == 429


@pytest.mark.django_db(transaction=True)
def test_attempts_at_the_same_time_are_all_counted(account: User) -> None:
    begun: list[SignInAttempt] = []

    def guess() -> None:
        try:
            begun.append(sign_in.begin("ida", HERE))
        except TooManyAttemptsError:
            pass
        finally:
            connection.close()

    guessing = [Thread(target=guess) for _ in range(20)]
    for one in guessing:
        one.start()
    for one in guessing:
        one.join()

    assert SignInAttempt.objects.count() == 20
    assert len(begun) <= sign_in.FREE


def test_old_attempts_are_forgotten(account: User) -> None:
    attempt("wrong")
    SignInAttempt.objects.update(at=timezone.now() - sign_in.KEPT_FOR - dt.timedelta(hours=1))

    attempt("right-password")

    assert [one.outcome for one in SignInAttempt.objects.all()] == ["succeeded"]


def test_behind_a_web_server_the_address_is_the_one_that_it_saw(account: User, settings: Settings) -> None:
    client = Client(REMOTE_ADDR="127.0.0.1", headers={"x-forwarded-for": f"203.0.113.1, {ELSEWHERE}"})
    wrong = {"username": "ida", "password": "wrong"}
    client.post("/admin/login/", wrong)
    settings.BEHIND_PROXY = True
    client.post("/admin/login/", wrong)

    assert [one.network for one in SignInAttempt.objects.order_by("pk")] == ["127.0.0.1", ELSEWHERE]


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
        ("unknown", ""),
    ],
)
def test_the_network_of_an_address(address: str, network: str) -> None:
    assert network_of(address) == network


def test_only_who_may_see_accounts_sees_the_record(account: User, client: Client, desk: Client) -> None:
    attempt("wrong")
    client.force_login(User.objects.create_superuser("root"))

    assert HERE in client.get("/admin/panels/signinattempt/").content.decode()
    account.user_permissions.clear()
    client.force_login(account)
    assert client.get("/admin/panels/signinattempt/").status_code == 403
