"""Single sign-on: the groups of a person at the provider are their roles here, and nothing more."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from pytest_django.fixtures import Settings

from panels.models import AuditEntry, SignInAttempt
from panels.operation.single_sign_on import SingleSignOn, single_sign_on
from tests.admin.accounts import provider as providers
from tests.admin.accounts.passwords import is_signed_in, make_account, sign_in
from tests.admin.accounts.provider import Provider
from tests.scratch import manage

pytestmark = pytest.mark.django_db
LOGIN = "/admin/login/oidc/"


def setup(address: str, **fields: Any) -> SingleSignOn:
    given = {"client_id": providers.CLIENT, "client_secret": providers.SECRET, "name": "Newsroom", "roles": {}}
    given |= {"groups_claim": "groups", "scopes": ["openid", "profile", "email"]}
    found = single_sign_on(server_url=address, **given | fields)
    assert found
    return found


@pytest.fixture
def provider(settings: Settings) -> Iterator[Provider]:
    with providers.serving() as serving:
        settings.SINGLE_SIGN_ON = setup(serving.address)
        settings.SOCIALACCOUNT_PROVIDERS = settings.SINGLE_SIGN_ON.provider_settings()
        serving.claims = {"sub": "u-17", "preferred_username": "ida", "name": "Ida Krane", "groups": ["Editor"]}
        yield serving


def come(client: Client, query: str = "") -> Any:
    """Go to the provider, and come back from it with a code."""
    asked = urlsplit(client.get(LOGIN + query)["Location"])
    sent = dict(parse_qsl(asked.query))
    back = urlsplit(sent["redirect_uri"]).path
    return client.get(back, {"code": "a-code", "state": sent["state"]})


def roles_of(name: str = "ida") -> list[str]:
    return sorted(User.objects.get(username=name).groups.values_list("name", flat=True))


def test_somebody_new_gets_an_account_with_the_roles_of_their_groups(client: Client, provider: Provider) -> None:
    provider.claims["groups"] = ["Editor", "Publisher", "Drivers"]

    response = come(client, "?next=/admin/panels/event/")

    user = User.objects.get()
    assert response["Location"] == "/admin/panels/event/"
    assert is_signed_in(client)
    assert (user.username, user.first_name, user.last_name) == ("ida", "Ida", "Krane")
    assert (user.is_staff, user.is_superuser, user.has_usable_password()) == (True, False, False)
    assert roles_of() == ["Editor", "Publisher"]
    assert [(one.account, one.method, one.outcome) for one in SignInAttempt.objects.all()] == [
        (user, "sso", "succeeded")
    ]
    assert [one.action for one in AuditEntry.objects.order_by("pk")] == ["account_created", "rights_changed"]
    assert "+ Publisher" in AuditEntry.objects.latest("pk").details


def test_the_provider_is_asked_with_proof_of_the_same_browser(client: Client, provider: Provider) -> None:
    asked = dict(parse_qsl(urlsplit(client.get(LOGIN)["Location"]).query))

    assert asked["client_id"] == providers.CLIENT
    assert set(asked["scope"].split()) == {"openid", "profile", "email"}
    assert asked["code_challenge_method"] == "S256"
    assert asked["redirect_uri"] == "http://testserver/admin/login/oidc/callback/"
    come(client)
    assert provider.asked[0]["code_verifier"]
    refused = Client().get("/admin/login/oidc/callback/", {"code": "a-code", "state": asked["state"]})
    assert refused["Location"] == "/admin/login/"


def test_roles_follow_the_groups_at_each_sign_in(client: Client, provider: Provider) -> None:
    come(client)
    User.objects.get().groups.add(Group.objects.create(name="Translators"))
    provider.claims["groups"] = ["Publisher"]
    come(Client())

    assert roles_of() == ["Publisher", "Translators"]
    assert AuditEntry.objects.latest("pk").details == "− Editor; + Publisher; single sign-on"
    assert User.objects.count() == 1


def test_somebody_without_a_group_gets_no_access_and_is_told(client: Client, provider: Provider) -> None:
    provider.claims["groups"] = ["Drivers"]

    response = client.get(come(client)["Location"])

    assert not is_signed_in(client)
    assert not User.objects.exists()
    assert "Your Newsroom account has no role here." in response.content.decode()
    assert SignInAttempt.objects.get().outcome == "no_role"


def test_whoever_lost_the_last_group_is_signed_out_everywhere(client: Client, provider: Provider) -> None:
    come(client)
    provider.claims["groups"] = []

    come(Client())

    assert not is_signed_in(client)
    assert roles_of() == []
    assert not User.objects.get().is_staff


@pytest.mark.parametrize("claim", [{"is_superuser": True, "superuser": True}, {"groups": ["superuser", "Editor"]}])
def test_nobody_becomes_a_superuser(claim: dict[str, Any], client: Client, provider: Provider) -> None:
    provider.claims |= claim

    come(client)

    assert not User.objects.get().is_superuser
    assert roles_of() == ["Editor"]


def test_an_account_of_the_same_name_or_address_is_not_taken_over(client: Client, provider: Provider) -> None:
    root = User.objects.create_superuser("ida", "ida@example.org", "right-password")
    provider.claims |= {"email": "ida@example.org", "email_verified": True}

    come(client)

    other = User.objects.exclude(pk=root.pk).get()
    assert client.get("/admin/").context["user"] == other
    assert other.username != "ida"
    assert not other.is_superuser


@pytest.mark.parametrize("told", [None, "Editor", 7, {"Editor": 1}, [["Editor"]], ["editor"]])
def test_groups_that_are_no_list_of_names(told: Any, client: Client, provider: Provider) -> None:
    provider.claims["groups"] = told

    come(client)

    assert is_signed_in(client) is (told == "Editor")


def test_groups_are_mapped_to_roles(client: Client, provider: Provider, settings: Settings) -> None:
    settings.SINGLE_SIGN_ON = setup(provider.address, roles={"desk-7": "Contributor"}, groups_claim="teams")
    provider.claims |= {"teams": ["desk-7"], "groups": ["Publisher"]}

    come(client)

    assert roles_of() == ["Contributor"]


def test_a_provider_that_fails_leads_back_to_the_login_page(client: Client, provider: Provider) -> None:
    asked = dict(parse_qsl(urlsplit(client.get(LOGIN)["Location"]).query))
    provider.fails = True

    response = client.get("/admin/login/oidc/callback/", {"code": "a-code", "state": asked["state"]}, follow=True)

    assert "Logging in with Newsroom failed." in response.content.decode()
    assert not is_signed_in(client)


def test_the_login_page_leads_to_the_provider_and_takes_passwords(client: Client, provider: Provider) -> None:
    make_account("ann")
    page = client.get("/admin/login/?next=/admin/panels/event/").content.decode()

    assert "Log in with Newsroom" in page
    assert 'href="/admin/login/oidc/?next=/admin/panels/event/"' in page
    sign_in(client, "ann")
    assert is_signed_in(client)


def test_who_came_by_single_sign_on_needs_no_second_factor_here(
    client: Client, provider: Provider, settings: Settings
) -> None:
    settings.TWO_FACTOR_REQUIRED_FOR = ["Editor"]

    come(client)

    assert is_signed_in(client)


def test_without_settings_there_is_no_single_sign_on(client: Client) -> None:
    assert client.get(LOGIN).status_code == 404
    assert client.get("/admin/login/oidc/callback/").status_code == 404
    assert "oidc" not in client.get("/admin/login/").content.decode()


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"OIDC_SERVER_URL": "https://id.example.org"}, "OIDC_CLIENT_ID is not set"),
        ({"OIDC_SERVER_URL": "http://id.example.org"}, "must be a URL that begins with https://"),
        ({"OIDC_ROLES": "desk=Owner"}, "OIDC_ROLES leads to Owner"),
        ({}, ""),
    ],
)
def test_wrong_settings_are_named(variables: dict[str, str], said: str) -> None:
    whole = {"OIDC_SERVER_URL": "https://id.example.org", "OIDC_CLIENT_ID": "panels", "OIDC_CLIENT_SECRET": "x"}
    given = variables if "OIDC_CLIENT_ID" in said else whole | variables

    result = manage("check", SECRET_KEY="only-for-tests", **given)

    assert said in result.stderr
    assert (result.returncode == 0) is (not said)
