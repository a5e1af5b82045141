"""What is kept and answered again, in which form, and what never is."""

import gzip

import brotli
import pytest
from django.conf import settings
from django.test import override_settings

from panels.urls import urlpatterns
from panels.web.page_cache import known_pages
from tests.racing import at_once
from tests.web.page_cache.reader import OF_THE_CACHE, CachedSite

PAGES = (
    "/", "/events/", "/events/?year=2019", "/events/?tag=libraries&page=1", "/events/library/",
    "/events/library/?part=1", "/events/library/q1/", "/events/library/q1-a1/", "/events/library/cite.bib",
    "/events/library/q1-a1/cite.csl.json", "/speakers/", "/speakers/ada-example/", "/speakers/ada-example/?year=2019",
    "/tags/", "/tags/libraries/", "/compare/", "/compare/?speaker=ada-example&speaker=zhang-san", "/feeds/events.atom",
    "/feeds/tags/libraries.atom", "/feeds/speakers/ada-example.atom", "/feeds/search.atom?q=library", "/search/",
    "/search/?q=library", "/search/?q=library&speaker=ada-example", "/quote/", "/quote/?q=The+town+pays+half.",
    "/oembed/?url=http://testserver/events/library/q1-a1/", "/embed/events/library/q1-a1/", "/api/", "/api/v1/events/",
    "/api/v1/answers/?limit=2", "/robots.txt", "/sitemap.xml", "/sitemap-events.xml",
)  # fmt: skip


def test_every_kind_of_page_is_made_once_and_is_what_django_answers(site: CachedSite) -> None:
    for address in PAGES:
        first, again, without = site.get(address), site.get(address), site.uncached(address)

        assert (first.status, again.body) == (200, first.body), address
        assert again.without() == first.without(), address
        assert again.body == without.body, address
        assert again.without(*OF_THE_CACHE) == without.without(*OF_THE_CACHE), address
        assert again.headers["x-request-id"] != first.headers["x-request-id"]
    assert len(site.made) == len(PAGES) == len(site.cache.store)


def test_every_public_url_is_kept_or_left_out_on_purpose() -> None:
    named = {name for pattern in urlpatterns if (name := getattr(pattern, "name", None))}

    assert known_pages.names() | known_pages.NOT_CACHED == named
    assert not known_pages.names() & known_pages.NOT_CACHED


@pytest.mark.parametrize(
    "address",
    [
        "/events/?utm_source=elsewhere", "/events/?page=1&other=", "/events/library/?at=q1-a1", "/events/library.json",
        "/healthz", "/admin/login/", "/events/library", "/events/hidden/", "/nowhere/", "/preview/nothing/",
        f"/search/?q={'long+' * 500}",
    ],
)  # fmt: skip
def test_other_answers_are_djangos_each_time(address: str, site: CachedSite) -> None:
    answers = [site.get(address) for _ in range(2)]

    without = site.uncached(address)
    assert [answer.status for answer in answers] == [without.status] * 2
    assert answers[0].without("set-cookie") == without.without("set-cookie")
    assert len(site.made) == 2
    assert len(site.cache.store) == 0


@pytest.mark.parametrize("method", ["POST", "OPTIONS", "PUT", "DELETE"])
def test_other_methods_are_djangos(method: str, site: CachedSite) -> None:
    site.get("/quote/")

    answer = site.get("/quote/", method)

    assert answer.status == site.uncached("/quote/", method).status
    assert len(site.made) == 2


@pytest.mark.parametrize("address", ["/events/library/", "/events/nowhere/"])
def test_head_has_the_headers_of_get_and_no_body(address: str, site: CachedSite) -> None:
    got = site.get(address)

    head = site.get(address, "HEAD")

    assert head.body == b""
    assert head.without() == got.without()
    assert int(head.headers["content-length"]) == len(got.body)


def test_a_page_that_is_asked_for_by_head_first_is_kept_whole(site: CachedSite) -> None:
    site.get("/events/library/", "HEAD")

    assert site.get("/events/library/").body == site.uncached("/events/library/").body
    assert len(site.made) == 1


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("", None), ("gzip", "gzip"), ("gzip, deflate, br", "br"), ("br;q=0, gzip", "gzip"), ("GZIP;q=0.5", "gzip"),
        ("*", "br"), ("*;q=0", None), ("identity", None), ("br;q=0.1, gzip;q=0.9, identity;q=0", "gzip"),
        ("gzip;q=nothing", None), ("zstd", None), ("gzip;q=0.5, identity;q=0.2", "gzip"),
    ],
)  # fmt: skip
def test_a_page_is_sent_in_the_coding_that_suits_best(accepted: str, coding: str | None, site: CachedSite) -> None:
    plain = site.uncached("/events/library/")

    answer = site.get("/events/library/", Accept_Encoding=accepted)

    undo = {"gzip": gzip.decompress, "br": brotli.decompress, None: bytes}
    assert answer.headers.get("content-encoding") == coding
    assert undo[coding](answer.body) == plain.body
    assert int(answer.headers["content-length"]) == len(answer.body)
    assert "Accept-Encoding" in answer.headers["vary"]


def test_each_coding_has_an_entity_tag_of_its_own_and_is_not_modified_by_it(site: CachedSite) -> None:
    for address in ("/events/library/", "/feeds/events.atom"):
        tags = set()
        for accepted in ("", "gzip", "br"):
            answer = site.get(address, Accept_Encoding=accepted)
            tag = answer.headers["etag"]
            again = site.get(address, Accept_Encoding=accepted, If_None_Match=f'"other", {tag}')

            assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag)
            assert again.headers["vary"] == answer.headers["vary"]
            assert again.headers["cache-control"] == "no-cache"
            assert not {"content-length", "content-type", "content-encoding"} & again.headers.keys()
            tags.add(tag.removeprefix("W/") if address == "/events/library/" else accepted)
        assert len(tags) == 3
    assert len(site.made) == 2


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"If_None_Match": "*"}, 304), ({"If_None_Match": '"other"'}, 200), ({"If_None_Match": "W/{tag}"}, 304),
        ({"If_None_Match": "nonsense"}, 200), ({"If_Match": "{tag}"}, 200), ({"If_Match": '"other"'}, 412),
        ({"If_Match": "W/{tag}"}, 412), ({"If_Match": "*"}, 200), ({"If_Match": '"other"', "If_None_Match": "*"}, 412),
        ({"Range": "bytes=0-9"}, 200), ({"If_Modified_Since": "Sat, 28 Nov 2026 20:33:30 GMT"}, 200),
    ],
)  # fmt: skip
def test_conditions_are_judged_as_rfc_9110_says(headers: dict[str, str], status: int, site: CachedSite) -> None:
    tag = site.get("/events/library/").headers["etag"]

    answer = site.get("/events/library/", **{name: value.replace("{tag}", tag) for name, value in headers.items()})

    assert answer.status == status
    assert bool(answer.body) is (status == 200)


@pytest.mark.parametrize("headers", [{"If_Match": '"other"'}, {"If_Match": "{tag}"}, {"If_None_Match": "{tag}"}])
def test_pages_with_entity_tags_of_their_own_keep_their_answers(headers: dict[str, str], site: CachedSite) -> None:
    address = "/api/v1/events/library/"
    tag = site.get(address).headers["etag"]
    asked = {name: value.replace("{tag}", tag) for name, value in headers.items()}

    assert site.get(address, **asked).status == site.uncached(address, **asked).status
    assert site.get(address).headers["etag"] == site.uncached(address).headers["etag"]


def test_an_unchanged_page_is_known_by_its_tag_after_a_change_elsewhere(site: CachedSite) -> None:
    before = site.get("/events/library/q1-a2/").headers["etag"]

    assert site.get("/events/library/q1-a2/", If_None_Match=before).status == 304
    assert site.get("/events/library/q1-a1/").headers["etag"] != before


def test_a_request_id_is_taken_from_the_server_in_front(site: CachedSite) -> None:
    for _ in range(2):
        assert site.get("/", X_Request_ID="given-by-the-front").headers["x-request-id"] == "given-by-the-front"
        assert site.get("/", X_Request_ID="x").headers["x-request-id"] != "x"


def test_pages_are_kept_apart_by_host_scheme_and_prefix(site: CachedSite) -> None:
    answers = [
        site.get("/events/library/"),
        site.get("/events/library/", HTTP_HOST="localhost"),
        site.get("/events/library/", **{"wsgi.url_scheme": "https"}),
        site.get("/events/library/", SCRIPT_NAME="/below"),
    ]

    assert len({answer.body for answer in answers}) == 4
    assert site.get("/events/library/", HTTP_HOST="elsewhere.example").status == 400
    assert site.get("/events/library/").body == answers[0].body


def test_over_plain_http_nothing_is_answered_but_a_redirect_where_https_is_set(site: CachedSite) -> None:
    with override_settings(SECURE_SSL_REDIRECT=True, SECURE_PROXY_SSL_HEADER=("HTTP_X_FORWARDED_PROTO", "https")):
        proxied = CachedSite()
        statuses = [
            proxied.get("/", **headers).status
            for headers in ({"X_Forwarded_Proto": "https"}, {}, {"X_Forwarded_Proto": "http"}) * 2
        ]

    assert statuses == [200, 301, 301] * 2


def test_the_page_is_in_the_language_that_django_would_choose(site: CachedSite) -> None:
    cookie = settings.LANGUAGE_COOKIE_NAME
    asked = [
        {}, {"Accept_Language": "zh-CN,zh;q=0.9"}, {"Accept_Language": "de, en;q=0.5"}, {"Accept_Language": "fr"},
        {"Cookie": f"{cookie}=zh-hans"}, {"Cookie": f"{cookie}=zh-hans", "Accept_Language": "en"},
        {"Cookie": f"{cookie}=en", "Accept_Language": "zh-Hans"}, {"Cookie": f"{cookie}=xx", "Accept_Language": "zh"},
    ]  # fmt: skip
    for headers in [*asked, *asked]:
        answer, without = site.get("/events/library/", **headers), site.uncached("/events/library/", **headers)
        assert answer.headers["content-language"] == without.headers["content-language"]
        assert answer.body == without.body
    assert len(site.made) == 2


def test_a_page_is_made_once_however_many_ask(site: CachedSite) -> None:
    bodies = at_once(*[lambda: site.get("/events/library/").body] * 8)

    assert len(set(bodies)) == 1
    assert len(site.made) == 1


def test_memory_is_bounded_and_the_pages_asked_for_last_stay(site: CachedSite) -> None:
    small = CachedSite(limit=200_000)
    for address in PAGES:
        small.get(address, Accept_Encoding="gzip")
        assert small.cache.store.size <= 200_000
    made = len(small.made)

    assert small.get(PAGES[-1]).status == 200
    assert len(small.made) == made
    small.get(PAGES[1])
    assert len(small.made) == made + 1


def test_what_is_too_large_is_answered_and_not_kept(site: CachedSite) -> None:
    small = CachedSite(limit=8 * 2_100)

    assert small.get("/events/library/").body == site.uncached("/events/library/").body
    assert len(small.cache.store) == 0
