"""Whatever lasts begins with `SITE_URL`, whichever host is asked."""

import re

import pytest
from django.test import Client
from django.test.utils import override_settings
from pytest_django.fixtures import Settings

from panels.models import Event
from panels.operation.site_url import read_site_url
from tests.builders import make_session, make_speaker

SITE = "https://panels.example"
ASKED = "inside.test"

# What says of itself where it stands.
PATHS = (
    "/", "/events/", "/events/night/", "/events/night/q1-a1/", "/speakers/jane/", "/tags/lamps/",
    "/compare/?speaker=jane&speaker=ben", "/feeds/events.atom", "/feeds/tags/lamps.atom", "/feeds/speakers/jane.atom",
    "/feeds/search.atom?q=answer", "/events/night.md", "/events/night.json", "/events/night.xml", "/events/night.html",
    "/events/night/cite.bib", "/events/night/cite.ris", "/events/night/cite.csl.json", "/events/night/q1-a1/cite.bib",
    "/oembed/?url=https://panels.example/events/night/q1/", "/oembed/?url=http://inside.test/events/night/q1/",
    "/embed/events/night/q1/", "/sitemap.xml", "/sitemap-events.xml", "/sitemap-speakers.xml", "/robots.txt",
    "/api/", "/api/v1/", "/api/v1/events/?limit=1", "/api/v1/events/night/", "/api/v1/answers/",
    "/api/v1/speakers/jane/", "/api/v1/search/?q=answer",
)  # fmt: skip
OWN = (
    "/events/night/", "/events/night/q1-a1/", "/feeds/events.atom", "/events/night.md", "/events/night/cite.bib",
    "/sitemap.xml", "/sitemap-events.xml", "/robots.txt", "/api/v1/events/night/",
)  # fmt: skip


@pytest.fixture
def session() -> Event:
    people = [make_speaker("Jane Doe", slug="jane"), make_speaker("Ben Marsh", slug="ben")]
    event = make_session(2, 2, slug="night", speakers=people)
    event.tags.add("Lamps")
    make_session(1, 2, slug="second", speakers=people)
    return event


def asked(path: str, host: str) -> bytes:
    response = Client(headers={"host": host}).get(path)
    assert response.status_code == 200, path
    return response.getvalue() + repr(sorted(response.headers.items())).encode()


@pytest.mark.django_db
@pytest.mark.parametrize("path", PATHS)
def test_no_answer_names_the_host_that_was_asked(path: str, session: Event, settings: Settings) -> None:
    settings.SITE_URL = SITE
    settings.ALLOWED_HOSTS = [ASKED]

    page = asked(path, ASKED).decode()

    assert ASKED not in page.replace("url=http://inside.test/", "").replace("http%3A//inside.test", "")
    if path in OWN:
        assert f"{SITE}/" in page


@pytest.mark.django_db
def test_identifiers_of_feeds_stay_whatever_host_is_asked(session: Event, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = [ASKED, "127.0.0.1"]
    settings.SITE_URL = SITE

    inside, outside = (re.findall(r"<id>(.*?)</id>", asked("/feeds/events.atom", one).decode()) for one in
                       (ASKED, "127.0.0.1:8000"))  # fmt: skip

    assert inside == outside
    assert inside[0] == f"{SITE}/feeds/events.atom"
    assert all(one.startswith("tag:panels.example,") for one in inside[1:])


@pytest.mark.django_db
def test_without_it_the_host_that_was_asked_is_named(session: Event, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = [ASKED]
    settings.SITE_URL = ""

    assert f"<id>http://{ASKED}/feeds/events.atom</id>" in asked("/feeds/events.atom", ASKED).decode()
    assert f"<loc>http://{ASKED}/events/night/</loc>" in asked("/sitemap-events.xml", ASKED).decode()


def test_a_site_url_is_an_address_without_a_path() -> None:
    assert read_site_url("https://Panels.example/") == "https://panels.example"
    assert read_site_url("http://127.0.0.1:8000") == "http://127.0.0.1:8000"


@pytest.mark.parametrize(
    "wrong",
    ["panels.example", "ftp://panels.example", "https://", "https://panels.example/news", "https://panels.example/?a=b",
     "https://user@panels.example", "https://panels.example:port"],
)  # fmt: skip
def test_anything_else_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match=r"SITE_URL|[Pp]ort"):
        read_site_url(wrong)


@pytest.mark.django_db
@override_settings(ALLOWED_HOSTS=["testserver"])
def test_a_host_that_is_not_allowed_is_refused_before_anything_is_made_of_it() -> None:
    assert Client(headers={"host": "evil.example"}).get("/events/").status_code == 400
