"""A second factor: asked for after the password, set up without JavaScript, and required where a setting says so."""

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group, User
from django.core.cache import cache
from django.test import Client
from pytest_django.fixtures import Settings

from panels.editorial import accounts
from panels.editorial import sign_in as attempts
from panels.models import AuditEntry, SignInAttempt
from tests.admin.accounts.passwords import SECRET, add_app, code, is_signed_in, make_account, sign_in
from tests.admin.importing.pages import version_on
from tests.builders import make_editor

pytestmark = pytest.mark.django_db
STEP = "/admin/login/code/"


@pytest.fixture
def account() -> User:
    return make_account()


def test_a_password_alone_is_enough_without_a_second_factor(client: Client, account: User) -> None:
    response = sign_in(client, next="/admin/panels/event/")

    assert (response.status_code, response["Location"]) == (302, "/admin/panels/event/")
    assert is_signed_in(client)


def test_a_code_is_asked_for_after_the_password(client: Client, account: User) -> None:
    add_app(account)
    response = sign_in(client, next="/admin/panels/event/")
    between = is_signed_in(client)
    page = client.get(STEP).content.decode()

    done = client.post(STEP, {"code": code()})

    assert (response["Location"], between) == (STEP, False)
    assert 'autocomplete="one-time-code"' in page
    assert (done.status_code, done["Location"]) == (302, "/admin/panels/event/")
    assert is_signed_in(client)
    made = [(one.method, one.outcome) for one in SignInAttempt.objects.order_by("pk")]
    assert made == [("password", "succeeded"), ("code", "succeeded")]


def test_a_code_works_once_and_so_does_a_recovery_code(account: User) -> None:
    recovery = add_app(account)[0]
    used = code()

    def attempt(written: str) -> bool:
        client = Client()
        sign_in(client)
        client.post(STEP, {"code": written})
        return is_signed_in(client)

    assert [attempt(written) for written in (used, used, recovery, recovery)] == [True, False, True, False]


def test_no_code_is_used_twice_whatever_the_cache_knows_nor_an_older_one(account: User) -> None:
    add_app(account)

    def attempt(written: str) -> bool:
        cache.clear()  # as in another process
        client = Client()
        sign_in(client)
        client.post(STEP, {"code": written})
        return is_signed_in(client)

    newer, older = code(1), code(0)
    assert [attempt(written) for written in (newer, newer, older)] == [True, False, False]


def test_an_account_is_deleted_with_its_factors_and_sessions(account: User) -> None:
    add_app(account)
    client, root = Client(), Client()
    sign_in(client)
    client.post(STEP, {"code": code()})
    root.force_login(User.objects.create_superuser("root"))
    path = f"/admin/auth/user/{account.pk}/delete/"

    root.post(path, {"post": "yes", "version": version_on(root, path)})

    assert not is_signed_in(client)
    assert not Authenticator.objects.exists()
    assert not User.objects.filter(username="ida").exists()


def test_the_step_without_the_password_leads_to_the_login_page(client: Client, account: User) -> None:
    add_app(account)

    for response in (client.get(STEP), client.post(STEP, {"code": code()})):
        assert response["Location"] == "/admin/login/again/"
    assert client.get("/admin/login/again/").status_code == 200
    assert not is_signed_in(client)


def test_wrong_codes_are_slowed_down_and_a_right_password_before_each_does_not_help(account: User) -> None:
    add_app(account)

    def guess(client: Client) -> int:
        sign_in(client)
        return client.post(STEP, {"code": "000000"}).status_code

    statuses = [guess(Client()) for _ in range(attempts.FREE + 2)]
    here = Client()
    sign_in(here)
    refused = here.post(STEP, {"code": code()})
    elsewhere = Client(REMOTE_ADDR="198.51.100.9")
    sign_in(elsewhere)

    assert statuses == [200] * attempts.FREE + [429, 429]
    assert refused.status_code == 429
    assert "Too many wrong codes. Try again in 1 minute." in refused.content.decode()
    assert 0 < int(refused["Retry-After"]) <= attempts.FIRST_WAIT
    assert elsewhere.post(STEP, {"code": code()}).status_code == 302


def test_what_was_typed_is_kept_through_the_second_step(client: Client) -> None:
    editor = make_editor("ida")
    editor.set_password("right-password")
    editor.save()
    add_app(editor)
    sent = client.post("/admin/panels/speaker/add/", {"name": "Ida Krane"}, headers={"accept": "text/html"})
    carried = sent.context["unsaved_form"]

    step = sign_in(client, unsaved_form=carried)
    done = client.post(STEP, {"code": code()}, follow=True)

    assert step["Location"] == STEP
    assert done.redirect_chain == [("/admin/continue/", 302)]
    assert done.context["admin_url"] == "/admin/panels/speaker/add/"
    assert ("name", "Ida Krane") in done.context["fields"]
    client.post("/admin/panels/speaker/add/", {"name": "Ida Krane"})
    assert client.get("/admin/continue/")["Location"] == "/admin/"  # sent, and so forgotten


def test_an_app_is_set_up_and_removed_without_javascript(client: Client, account: User) -> None:
    sign_in(client)
    page = client.get("/admin/account/app/").content.decode()
    session = client.session
    session["mfa.totp.secret"] = SECRET
    session.save()

    wrong = client.post("/admin/account/app/", {"code": "000000"})
    set_up = client.post("/admin/account/app/", {"code": code()}, follow=True)
    codes = re.findall(r"<code>(\d{8})</code>", set_up.content.decode())
    kept = client.get("/admin/account/recovery-codes/file/").content.decode().split()

    assert "<svg" in page
    assert "<?xml" not in page
    assert "style=" not in page
    assert wrong.status_code == 200
    assert len(codes) == 10
    assert kept == codes
    assert "10 codes left." in client.get("/admin/account/").content.decode()

    client.post("/admin/account/recovery-codes/new/")
    assert client.get("/admin/account/recovery-codes/file/").content.decode().split() != codes
    client.post("/admin/account/app/remove/")
    assert not Authenticator.objects.exists()
    done = [(one.action, one.by_name, one.subject_name) for one in AuditEntry.objects.order_by("pk")]
    wanted = ["two_factor_added", "codes_made", "two_factor_removed"]
    assert done == [(action, "ida", "ida") for action in wanted]


def test_an_operator_removes_the_factors_of_whoever_lost_them(client: Client, account: User) -> None:
    add_app(account)

    assert accounts.remove_second_factors(account, by=None) == 2

    sign_in(client)
    assert is_signed_in(client)
    assert AuditEntry.objects.filter(action="two_factor_removed", by_name="").count() == 2


PUBLIC_PAGES = ["/admin/account/", "/admin/account/app/", "/admin/account/sessions/", "/admin/account/confirm/"]


@pytest.mark.parametrize("path", PUBLIC_PAGES)
def test_the_pages_of_an_account_are_for_whoever_is_signed_in(path: str, client: Client, account: User) -> None:
    assert client.get(path)["Location"] == f"/admin/login/?next={path}"
    sign_in(client)
    page = client.get(path)
    assert page.status_code == 200
    assert 'id="navigation"' in page.content.decode()


def test_nobody_touches_the_passkey_of_another(client: Client, account: User) -> None:
    other = make_account("ann")
    data = {"name": "Ann's key", "credential": {}}
    theirs = Authenticator.objects.create(user=other, type=Authenticator.Type.WEBAUTHN, data=data)
    sign_in(client)

    for page in ("remove", "rename"):
        assert client.post(f"/admin/account/passkeys/{theirs.pk}/{page}/", {"name": "Mine"}).status_code == 404
    theirs.refresh_from_db()
    assert theirs.data == data


def test_secrets_are_on_no_page_of_the_administration(client: Client) -> None:
    client.force_login(User.objects.create_superuser("root"))

    assert client.get("/admin/mfa/authenticator/").status_code == 404
    assert "authenticator" not in client.get("/admin/administration/").content.decode()


# Required by a setting


def publisher(settings: Settings) -> tuple[Client, User]:
    settings.TWO_FACTOR_REQUIRED_FOR = ["Publisher"]
    user, client = make_account(), Client()
    user.groups.add(Group.objects.get(name="Publisher"))
    sign_in(client)
    return client, user


def test_a_publisher_adds_a_factor_before_anything_else(settings: Settings) -> None:
    client, user = publisher(settings)

    asked = [client.get(path)["Location"] for path in ("/admin/", "/admin/panels/event/", "/admin/administration/")]
    page = client.get("/admin/account/").content.decode()
    add_app(user)

    assert asked == ["/admin/account/"] * 3
    assert "Your role requires a second factor. Add one to continue." in page
    assert client.get("/admin/panels/event/").status_code == 200


def test_a_form_that_a_publisher_sent_is_kept_until_then(settings: Settings) -> None:
    client, user = publisher(settings)
    client.post("/admin/panels/speaker/add/", {"name": "Ida Krane"}, headers={"accept": "text/html"})
    add_app(user)

    assert "You have unsaved changes." in client.get("/admin/account/").content.decode()
    assert ("name", "Ida Krane") in client.get("/admin/continue/").context["fields"]


@pytest.mark.parametrize(
    ("groups", "fields", "is_asked"),
    [(["Editor"], {}, False), (["Publisher", "Editor"], {}, True), ([], {"is_superuser": True}, True)],
)
def test_the_setting_names_the_groups(
    groups: list[str],
    fields: dict[str, Any],
    is_asked: bool,  # noqa: FBT001
    settings: Settings,
    client: Client,
) -> None:
    settings.TWO_FACTOR_REQUIRED_FOR = ["Publisher"]
    user = make_account(**fields)
    user.groups.set(Group.objects.filter(name__in=groups))
    sign_in(client)

    assert (client.get("/admin/").status_code == 302) is is_asked
