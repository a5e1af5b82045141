"""The Atom feeds, read as a feed reader does."""

import datetime as dt
from typing import Any

import feedparser
import pytest
from django.test import Client
from lxml import etree
from pytest_django import DjangoAssertNumQueries

from panels.models import Event
from panels.reading.feeds import PER_PAGE
from tests.builders import (
    make_answer,
    make_correction,
    make_panelist,
    make_published,
    make_question,
    make_session,
    make_speaker,
)
from tests.conftest import SAMPLES

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"


def read(client: Client, path: str = "/feeds/events.atom") -> Any:
    response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = feedparser.parse(response.content, response_headers={"content-type": response["Content-Type"]})
    assert not feed.bozo
    return feed


def published(day: int, **fields: Any) -> Event:
    return make_session(published_at=dt.datetime(2022, 1, day, tzinfo=dt.UTC), **fields)


def test_feed_tells_what_a_reader_needs(client: Client) -> None:
    jane = make_speaker("Jane Doe", slug="jane-doe")
    event = published(
        3, title="Night & Day", slug="night", language="en-GB", speakers=[jane], licence="CC BY 4.0",
        introduction="An *evening* about lamps.",
    )  # fmt: skip

    feed = read(client)

    assert (feed.version, feed.feed.title, feed.feed.language) == ("atom10", "Panels", "en")
    assert (feed.feed.id, feed.feed.link) == ("http://testserver/feeds/events.atom", "http://testserver/events/")
    (entry,) = feed.entries
    assert entry.id == f"tag:testserver,2022-01-03:event:{event.pk}"
    assert (entry.title, entry.link) == ("Night & Day", "http://testserver/events/night/")
    assert (entry.published, entry.updated) == ("2022-01-03T00:00:00+00:00", "2022-01-03T00:00:00+00:00")
    assert [author.name for author in entry.authors] == ["Jane Doe"]
    assert entry.rights == "CC BY 4.0"
    assert entry.summary == "An evening about lamps."
    (content,) = entry.content
    assert (content.type, content.language) == ("text/html", "en-GB")
    assert "<p>An evening about lamps.</p>" in content.value
    assert '<a href="http://testserver/events/night/q1-a1/"><strong>Jane Doe</strong></a>' in content.value


def test_feed_has_what_the_standard_asks_for(client: Client) -> None:
    for _ in range(2):
        published(3)

    root = etree.fromstring(client.get("/feeds/events.atom").content)

    for element in [root, *root.iter(f"{ATOM}entry")]:
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1, name
    assert root.findall(f"{ATOM}author/{ATOM}name")
    assert [link.get("rel") for link in root.findall(f"{ATOM}link")] == ["self", "alternate"]
    ids = [found.text for found in root.iterfind(f"{ATOM}entry/{ATOM}id")]
    assert len(set(ids)) == 2


@pytest.mark.parametrize("path", ["/feeds/events.atom", "/feeds/events.atom?page=2", "/feeds/tags/lamps.atom"])
def test_feed_is_valid(path: str, client: Client) -> None:
    for day in range(1, PER_PAGE + 2):
        event = published(day, licence="CC BY 4.0", introduction="About *lamps* & more.", language="zh-Hans")
        event.tags.add("Lamps")
    make_correction(event, note="Not *nine*.")
    schema = etree.RelaxNG(etree.parse(SAMPLES / "atom.rng"))

    schema.assertValid(etree.fromstring(client.get(path).content))


def test_an_empty_feed_is_valid(client: Client) -> None:
    schema = etree.RelaxNG(etree.parse(SAMPLES / "atom.rng"))

    schema.assertValid(etree.fromstring(client.get("/feeds/events.atom").content))


def test_an_entry_keeps_its_identity_when_its_address_changes(client: Client) -> None:
    event = published(3, slug="first")
    before = read(client).entries[0]

    event.slug, event.title = "second", "Another title"
    event.save()

    after = read(client).entries[0]
    assert after.id == before.id
    assert after.link != before.link
    assert after.updated == before.updated


def test_a_corrected_event_comes_up_again_with_its_correction(client: Client) -> None:
    old, _new = published(1, title="Old"), published(2, title="New")
    assert [entry.title for entry in read(client).entries] == ["New", "Old"]

    make_correction(old, note="The year was wrong.", date=dt.date(2023, 5, 6))

    first, second = read(client).entries
    assert (first.title, second.title) == ("Old", "New")
    assert first.updated > first.published
    assert "Corrected 6 May 2023" in first.content[0].value
    assert "<p>The year was wrong.</p>" in first.content[0].value


def test_nothing_that_was_pasted_runs_in_a_feed_reader(client: Client) -> None:
    event = published(1, title="<script>alert(1)</script>")
    make_question(event, text="<img src=x onerror=alert(1)> [x](javascript:alert(1))")

    text = client.get("/feeds/events.atom").content.decode()

    assert "<script" not in text
    assert "&lt;script" in text  # the title, as the words it is
    assert "&lt;img" not in text
    assert 'href="javascript' not in text
    assert "href=&quot;javascript" not in text


def test_characters_that_xml_cannot_hold_break_no_feed(client: Client) -> None:
    make_answer(make_question(published(1)), text="A bell\x07 and\x0e a tab\ufffe")

    assert "A bell\ufffd and\ufffd a tab\ufffd" in read(client).entries[0].content[0].value


def test_who_is_not_named_is_said_not_to_be(client: Client) -> None:
    event = make_published(publisher="Musterstadt Sheet")
    make_answer(make_question(event), attribution="unknown")

    (entry,) = read(client).entries

    assert "Speaker not named in the source" in entry.content[0].value
    assert entry.author == "Musterstadt Sheet"


def test_an_entry_is_an_excerpt_that_leads_to_the_session(client: Client) -> None:
    event = make_session(questions=9, answers=4, published_at="2022-01-02T00:00Z")
    event.answers.filter(anchor="q1-a1").update(text="A long word. " * 200)

    (entry,) = read(client).entries
    content = entry.content[0].value

    assert "q8-a3/" in content
    assert "q8-a4/" not in content
    assert "q9/" not in content
    assert f'<a href="http://testserver{event.get_absolute_url()}">Read the full transcript</a>' in content
    assert "A long word. A long" in content
    assert len(content) < 12_000


def test_feeds_of_a_tag_and_of_a_speaker(client: Client) -> None:
    jane = make_speaker("Jane Doe", slug="jane-doe")
    spoken, tagged, _other = published(1, title="Spoken"), published(2, title="Tags changed"), published(3)
    make_panelist(spoken, speaker=jane)
    tagged.answers.get().tags.add("Lamps")

    by_speaker, by_tag = read(client, "/feeds/speakers/jane-doe.atom"), read(client, "/feeds/tags/lamps.atom")

    assert (by_speaker.feed.title, by_speaker.feed.link) == (
        "Jane Doe · Panels",
        "http://testserver/speakers/jane-doe/",
    )
    assert (by_tag.feed.title, by_tag.feed.link) == ("Lamps · Panels", "http://testserver/tags/lamps/")
    assert [entry.title for entry in by_speaker.entries] == ["Spoken"]
    assert [entry.title for entry in by_tag.entries] == ["Tags changed"]


def test_feeds_follow_their_subject_and_refuse_what_there_is_not(client: Client) -> None:
    speaker = make_speaker("Jane Doe", slug="first")
    make_session(speakers=[speaker])
    speaker.slug = "second"
    speaker.save()

    assert client.get("/feeds/speakers/first.atom")["Location"] == "/feeds/speakers/second.atom"
    assert client.get("/feeds/speakers/none.atom").status_code == 404
    assert client.get("/feeds/tags/none.atom").status_code == 404
    assert client.post("/feeds/events.atom").status_code == 405


def test_pages_lead_to_each_other(client: Client) -> None:
    for day in range(PER_PAGE + 1):
        published(1 + day)

    first, second = read(client), read(client, "/feeds/events.atom?page=2")

    assert (len(first.entries), len(second.entries)) == (PER_PAGE, 1)
    links = {link.rel: link.href for link in first.feed.links}
    assert links["next"] == links["last"] == "http://testserver/feeds/events.atom?page=2"
    assert {link.rel: link.href for link in second.feed.links}["previous"].endswith("?page=1")
    assert first.feed.id == second.feed.id


def test_who_has_the_feed_is_told_so_until_something_changes(client: Client) -> None:
    event = published(1)
    etag = client.get("/feeds/events.atom")["ETag"]

    def status() -> int:
        return client.get("/feeds/events.atom", headers={"If-None-Match": etag}).status_code

    assert status() == 304
    event.answers.update(text="Mended.")
    assert status() == 200
    etag = client.get("/feeds/events.atom")["ETag"]
    Event.objects.update(status="withdrawn")
    assert status() == 200


def test_one_address_has_one_language(client: Client) -> None:
    make_answer(make_question(published(1)), attribution="unknown")

    english = client.get("/feeds/events.atom")
    chinese = client.get("/feeds/events.atom", headers={"Accept-Language": "zh-CN"})

    assert chinese.content == english.content
    assert chinese["Content-Language"] == "en"


def test_an_empty_feed_is_a_feed(client: Client) -> None:
    assert read(client).entries == []


@pytest.mark.parametrize("events", [1, 3])
def test_feed_costs_7_queries_with_1_or_3_events(
    events: int, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for day in range(events):
        published(1 + day)

    with django_assert_num_queries(7):
        read(client)


@pytest.mark.parametrize(
    ("path", "feed"),
    [("/", "/feeds/events.atom"), ("/tags/lamps/", "/feeds/tags/lamps.atom"),
     ("/speakers/jane-doe/", "/feeds/speakers/jane-doe.atom")],
)  # fmt: skip
def test_pages_say_where_their_feed_is(path: str, feed: str, client: Client) -> None:
    event = make_session(speakers=[make_speaker("Jane Doe", slug="jane-doe")])
    event.tags.add("Lamps")

    page = client.get(path).content.decode()

    assert '<link rel="alternate" type="application/atom+xml"' in page
    assert f'href="{feed}">' in page
