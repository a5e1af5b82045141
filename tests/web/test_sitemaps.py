"""The sitemap: every public page, and when it truly changed last."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from lxml import etree
from pytest_django import DjangoAssertNumQueries

from panels.models import Event, Version
from panels.web.sitemaps import EventSitemap
from tests.builders import make_event, make_session, make_speaker

pytestmark = pytest.mark.django_db

NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
ROOT = "http://testserver"


def read(client: Client, path: str) -> dict[str, str | None]:
    """Addresses, each with when it last changed."""
    response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/xml"
    root = etree.fromstring(response.content)
    return {one.findtext(f"{NAMESPACE}loc") or "": one.findtext(f"{NAMESPACE}lastmod") for one in root}


def test_every_public_page_is_in_it(client: Client) -> None:
    make_session(slug="night", speakers=[make_speaker(slug="jane")]).tags.add("Lamps")
    make_event(slug="draft")

    found = [address for path in read(client, "/sitemap.xml") for address in read(client, path)]

    assert found == [f"{ROOT}/events/night/", f"{ROOT}/speakers/jane/", f"{ROOT}/tags/lamps/"]


def test_an_event_changed_when_its_record_did(client: Client) -> None:
    event = make_session(slug="night", published_at="2020-01-01T00:00Z")
    Version.objects.update(changed_at=dt.datetime(2021, 2, 3, 4, 5, 6, tzinfo=dt.UTC))
    assert read(client, "/sitemap-events.xml") == {f"{ROOT}/events/night/": "2021-02-03T04:05:06+00:00"}

    event.answers.update(text="Mended, by whatever way.")

    changed = Version.objects.get().changed_at
    assert changed.year > 2021
    assert read(client, "/sitemap-events.xml") == {f"{ROOT}/events/night/": changed.isoformat()}
    assert read(client, "/sitemap.xml")[f"{ROOT}/sitemap-events.xml"] == changed.isoformat()


def test_a_draft_changes_no_date(client: Client) -> None:
    make_session()
    before = read(client, "/sitemap.xml")

    make_session(status="draft")
    Version.objects.filter(event__status="draft").update(changed_at=dt.datetime(2099, 1, 1, tzinfo=dt.UTC))

    assert read(client, "/sitemap.xml") == before


def test_an_empty_sitemap_is_one(client: Client) -> None:
    assert read(client, "/sitemap-events.xml") == {}
    assert read(client, "/sitemap.xml")[f"{ROOT}/sitemap-events.xml"] is None


def test_a_long_one_has_pages(client: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr(EventSitemap, "limit", 2)
    for _ in range(3):
        make_session()

    pages = [path for path in read(client, "/sitemap.xml") if "events" in path]

    assert pages == [f"{ROOT}/sitemap-events.xml", f"{ROOT}/sitemap-events.xml?p=2"]
    assert len({address for path in pages for address in read(client, path)}) == Event.objects.count()


@pytest.mark.parametrize(
    ("path", "queries"), [("/sitemap.xml", 4), ("/sitemap-events.xml", 2), ("/sitemap-tags.xml", 2)]
)
@pytest.mark.parametrize("events", [1, 4])
def test_queries_do_not_depend_on_how_much_there_is(
    events: int, path: str, queries: int, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(events):
        make_session().tags.add(f"Tag {number}")

    with django_assert_num_queries(queries):
        client.get(path)
