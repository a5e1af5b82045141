"""A page that is kept for readers holds nothing of an editor, of a draft, or of whoever asked for it first."""

import datetime as dt
import gzip

import brotli
import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from panels.editorial import publishing
from panels.models import Event, PreviewLink
from tests.admin.racing import Editor
from tests.web.page_cache.reader import OF_THE_CACHE, CachedSite

COOKIE = settings.SESSION_COOKIE_NAME
LANGUAGE = settings.LANGUAGE_COOKIE_NAME
CANARY = "Kanarienvogel"
PAGES = ("/", "/events/library/", "/events/library/q1-a1/", "/search/?q=library", "/speakers/ada-example/")


@pytest.fixture
def signed_in(site: CachedSite) -> str:
    """The cookies of an editor."""
    editor = Editor.arriving("ann")
    assert isinstance(editor.client, Client)
    return f"{COOKIE}={editor.client.cookies[COOKIE].value}"


@pytest.mark.parametrize("editor_comes_first", [True, False])
def test_an_editors_page_never_comes_to_a_reader_nor_a_readers_to_an_editor(
    site: CachedSite, signed_in: str, *, editor_comes_first: bool
) -> None:
    for address in PAGES:
        cookies = [signed_in, "", signed_in] if editor_comes_first else ["", signed_in, ""]
        for cookie in cookies:
            answer, without = site.get(address, Cookie=cookie), site.uncached(address, Cookie=cookie)
            assert answer.body == without.body, (address, cookie)
            assert answer.without(*OF_THE_CACHE) == without.without(*OF_THE_CACHE)
    reader, editor = site.get("/events/library/"), site.get("/events/library/", Cookie=signed_in)
    assert "/admin/" in editor.text
    assert "/admin/" not in reader.text


def test_what_somebody_sends_beside_the_address_comes_to_nobody_else(site: CachedSite) -> None:
    sent = {
        "User_Agent": CANARY, "Referer": f"https://{CANARY}.example/", "X_Forwarded_For": CANARY, "X_Anything": CANARY,
        "Accept": f"text/{CANARY}", "Cookie": f"csrftoken={CANARY}; _ga={CANARY}; other", "X_Forwarded_Host": CANARY,
        "X_Forwarded_Proto": CANARY, "Accept_Language": f"en, {CANARY};q=0.1", "Origin": f"https://{CANARY}.example",
        "X_Script_Name": CANARY, "Forwarded": f"host={CANARY}", "Accept_Charset": CANARY,
    }  # fmt: skip
    for address in PAGES:
        first, reader = site.get(address, **sent), site.get(address)
        assert CANARY.lower() not in f"{first.headers} {first.text}".lower()
        assert reader.body == first.body == site.uncached(address).body
    assert len(site.made) == len(PAGES)


@pytest.mark.parametrize(
    "headers", [{"Authorization": "Basic YTpi"}, {"REMOTE_USER": "ann"}, {"Cookie": "messages=of-somebody"}]
)
def test_whoever_is_somebody_gets_a_page_of_their_own(headers: dict[str, str], site: CachedSite) -> None:
    for _ in range(2):
        site.get("/", **headers)

    assert len(site.made) == 2
    assert len(site.cache.store) == 0


@pytest.mark.slow
def test_every_combination_of_what_pages_vary_with(site: CachedSite, signed_in: str) -> None:
    """Warm first, all at once, then each by itself: the page, its language, its coding, and whose it is."""
    combinations = [
        {"Accept_Encoding": coding, "Accept_Language": accepted, "Cookie": "; ".join(filter(None, (chosen, session)))}
        for coding in ("", "gzip", "br, gzip")
        for accepted in ("", "en", "zh-Hans", "fr, zh;q=0.5")
        for chosen in ("", f"{LANGUAGE}=en", f"{LANGUAGE}=zh-hans")
        for session in ("", signed_in)
    ]
    address = "/events/library/"
    for _round in range(2):
        for headers in combinations:
            answer = site.get(address, **headers)
            without = site.uncached(address, **(headers | {"Accept_Encoding": ""}))
            assert ("/admin/" in without.text) is (COOKIE in headers["Cookie"])
            assert answer.headers["content-language"] == without.headers["content-language"]
            assert _decoded(answer.headers, answer.body) == without.body
            assert answer.headers.get("content-encoding") in {None, *headers["Accept_Encoding"].split(", ")}


def _decoded(headers: dict[str, str], body: bytes) -> bytes:
    coding = headers.get("content-encoding")
    return gzip.decompress(body) if coding == "gzip" else brotli.decompress(body) if coding == "br" else body


@pytest.mark.parametrize("state", ["withdrawn", "binned"])
def test_what_is_taken_back_is_gone_from_memory_too(state: str, site: CachedSite) -> None:
    event = Event.objects.get(slug="library")
    addresses = ("/events/library/", "/events/library/q1-a1/", "/", "/feeds/events.atom", "/search/?q=library")
    tags = {address: site.get(address).headers["etag"] for address in addresses}

    (publishing.withdraw if state == "withdrawn" else publishing.move_to_trash)(event, by=None)

    for address, tag in tags.items():
        answer = site.get(address, If_None_Match=tag)
        assert answer.status == (410 if "/events/library/" in address else 200)
        assert "The library round table" not in answer.text


def test_a_preview_is_never_kept(site: CachedSite) -> None:
    draft = Event.objects.get(status="draft")
    tomorrow = timezone.now() + dt.timedelta(days=1)
    PreviewLink.objects.create(event=draft, token="of-the-canary", expires_at=tomorrow)

    assert draft.title in site.get("/preview/of-the-canary/").text
    PreviewLink.objects.update(revoked_at=timezone.now())

    assert site.get("/preview/of-the-canary/").status == 404
    assert len(site.cache.store) == 0
