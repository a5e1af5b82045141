"""Headers of every address that the URL map knows, static files and errors included."""

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern

from panels.models import Event
from panels.web.middleware import PERMISSIONS
from tests.builders import make_session, make_speaker

pytestmark = pytest.mark.django_db

_FILLED = {
    "slug": "night", "anchor": "q1", "suffix": "md", "other": "night", "token": "none", "section": "events",
    "object_id": "1", "app_label": "panels", "content_type_id": "1", "id": "1", "uidb64": "x",
}  # fmt: skip
SHARED = re.compile(r"/(api/v1|oembed|embed|static)/|/card\.png$")


def addresses(patterns: list[URLPattern | URLResolver], before: str = "/") -> Iterator[str]:
    """Every address, with something in place of each variable."""
    for one in patterns:
        assert not isinstance(one.pattern, LocalePrefixPattern)
        path = before + _filled(str(one.pattern))
        if isinstance(one, URLResolver):
            yield from addresses(one.url_patterns, path)
        else:
            yield path


def _filled(pattern: str) -> str:
    path = re.sub(r"<(?:(\w+):)?(\w+)>", lambda found: _value(found[1], found[2]), _without_groups(pattern))
    return path.replace("\\", "").lstrip("^").rstrip("$")


def _without_groups(pattern: str) -> str:
    """`(?P<slug>[^/]+)` as `<slug>`."""
    return re.sub(r"\(\?P(<\w+>)(?:\[[^\]]*\]|[^()])*\)", r"\1", pattern).replace("(?:", "(")


def _value(kind: str | None, name: str) -> str:
    return "1" if kind == "int" else _FILLED.get(name, "1")


@pytest.fixture
def session() -> Event:
    event = make_session(1, 1, slug="night", speakers=[make_speaker(slug="night")])
    event.tags.add("Night")
    return event


ALL = sorted(set(addresses(get_resolver().url_patterns)))


def test_the_url_map_is_read_whole() -> None:
    assert {"/", "/events/night/", "/events/night/q1/", "/healthz", "/api/v1/events/", "/admin/login/"} <= set(ALL)
    assert len(ALL) > 150


@pytest.mark.parametrize("who", ["reader", "editor"])
def test_every_address_has_the_headers_and_every_text_a_charset(session: Event, desk: Client, who: str) -> None:
    client = desk if who == "editor" else Client()
    found = {}

    for address in [*ALL, "/none/", "/static/panels/css/shared/base.css", "/events/night.txt", "/events/night.vtt"]:
        response = client.get(address)
        for close in vars(response)[
            "_resource_closers"
        ]:  # a static file; `close()` would end the test's transaction too
            close()
        found[address] = response.status_code
        media_type = response.headers.get("Content-Type", "")
        policy = "cross-origin" if SHARED.search(address) else "same-origin"

        assert response.headers["Permissions-Policy"] == PERMISSIONS, address
        if response.status_code == 200:
            assert response.headers["Cross-Origin-Resource-Policy"] == policy, address
        else:
            assert response.headers["Cross-Origin-Resource-Policy"], address
        assert not media_type.startswith("text/") or "charset=utf-8" in media_type.replace('"', ""), address
        assert response.headers["X-Content-Type-Options"] == "nosniff", address

    assert {found[one] for one in ("/", "/events/night/", "/healthz", "/robots.txt", "/events/night.txt")} == {200}
    assert not {address for address, status in found.items() if status >= 500}


def test_browsers_remember_to_use_https_for_a_year() -> None:
    from tests.scratch import manage  # noqa: PLC0415 - only here

    shown = manage("diffsettings", "--all", SECRET_KEY="only-for-tests", HTTPS="true", DEMO_HOME="/nonexistent").stdout

    assert "SECURE_HSTS_SECONDS = 31536000\n" in shown
    assert settings.SECURE_HSTS_SECONDS == 0  # without HTTPS nothing is remembered
