"""Single sign-on through OpenID Connect, as the environment sets it up.

`OIDC_SERVER_URL`, `OIDC_CLIENT_ID` and `OIDC_CLIENT_SECRET` switch it on. docs/sign-in.md says what the others mean.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

ROLES = ("Contributor", "Editor", "Publisher")
"""The groups that migrations create. Nothing that a provider says leads to any other right."""
PROVIDER = "oidc"
"""Stands in the callback URL, with which the client is registered at the provider."""

_NEEDED = ("OIDC_SERVER_URL", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET")
_LOOPBACK = {"127.0.0.1", "::1", "localhost"}


@dataclass(frozen=True, slots=True)
class SingleSignOn:
    """A provider. `roles` maps the names of its groups to roles, `groups_claim` is where it tells them."""

    server_url: str
    client_id: str
    client_secret: str
    name: str
    groups_claim: str
    roles: Mapping[str, str]
    scopes: tuple[str, ...]

    def roles_of(self, claims: Mapping[str, Any]) -> set[str]:
        """The roles of a person of whom the provider says this; empty for who has none of the groups."""
        told = claims.get(self.groups_claim) or []
        groups: Iterable[Any] = [told] if isinstance(told, str) else told if isinstance(told, list) else []
        return {self.roles[group] for group in groups if isinstance(group, str) and group in self.roles}

    def provider_settings(self) -> dict[str, Any]:
        """The same for django-allauth."""
        app = {
            "provider_id": PROVIDER,
            "name": self.name,
            "client_id": self.client_id,
            "secret": self.client_secret,
            "settings": {"server_url": self.server_url, "oauth_pkce_enabled": True},
        }
        return {"openid_connect": {"APPS": [app], "SCOPE": list(self.scopes)}}


def single_sign_on(  # noqa: PLR0913 - one for each variable
    *,
    server_url: str,
    client_id: str,
    client_secret: str,
    name: str,
    groups_claim: str,
    roles: Mapping[str, str],
    scopes: Iterable[str],
) -> SingleSignOn | None:
    """The provider; None if none is set. Raises ValueError with the name of the variable that is missing or wrong."""
    given = dict(zip(_NEEDED, (server_url, client_id, client_secret), strict=True))
    if not any(given.values()):
        return None
    if missing := [variable for variable, value in given.items() if not value]:
        raise ValueError(f"Single sign-on needs {', '.join(_NEEDED)}; {missing[0]} is not set.")
    parts = urlsplit(server_url)
    if not parts.hostname or (parts.scheme != "https" and parts.hostname not in _LOOPBACK):
        raise ValueError(f"OIDC_SERVER_URL is {server_url}; it must be a URL that begins with https://.")
    if unknown := [role for role in roles.values() if role not in ROLES]:
        raise ValueError(f"OIDC_ROLES leads to {unknown[0]}; the roles are {', '.join(ROLES)}.")
    return SingleSignOn(
        server_url=server_url.rstrip("/"),
        client_id=client_id,
        client_secret=client_secret,
        name=name or parts.hostname,
        groups_claim=groups_claim,
        roles=roles or {role: role for role in ROLES},
        scopes=tuple(scopes),
    )
