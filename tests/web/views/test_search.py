"""The search page and the feed of a search."""

from typing import Any

import feedparser
import pytest
from django.test import Client
from django.utils.http import urlencode

from panels.models import Answer, Event
from panels.web.views.bounds import LONGEST_QUERY
from tests.builders import make_answer, make_question, make_session, make_speaker
from tests.search.corpus import store

pytestmark = pytest.mark.django_db

HOSTILE = (
    '"', "'", "\\", '""""', "-", "*", ":", "speaker:", 'speaker:"', "a" * 10_000, "-" * 10_000, '"' * 9_999,
    "(" * 5_000,
    "NEAR(a b, 10000)", "a AND (b OR", "' OR 1=1 --", "<script>alert(1)</script>", "{{ 7|add:7 }}", "%s %d %(a)s",
    "\ud800",
    "\u202e\u0000x", "year:99999999999", "year:0", "year:²", "language:../..", "event:%", "tag:" + "x" * 600, "a\r\nb",
)  # fmt: skip


def search(client: Client, **asked: str) -> Any:
    return client.get("/search/", asked)


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_page_without_a_query_says_how_to_search(client: Client) -> None:
    response = search(client)

    assert "Search tips" in text_of(response)
    assert "noindex" not in text_of(response)


def test_a_hit_shows_who_speaks_to_which_question_when_and_where(client: Client) -> None:
    store()

    shown = text_of(search(client, q="gazetteer"))

    assert "1 passage<" in shown
    assert "And Chinese sources, such as 地方志?" in shown
    assert 'aria-hidden="true">ZS</span><bdi lang="en-GB">Zhang San</bdi></h3>' in shown
    assert "<mark>Ｇａｚｅｔｔｅｅｒ</mark>" in shown
    assert 'href="/events/archives/#q2-a1"' in shown
    assert '<time datetime="2020-04-10">' in shown
    assert "noindex" in shown


def test_a_hit_whose_speaker_is_not_known_says_so(client: Client) -> None:
    store()

    assert "Speaker not named in the source" in text_of(search(client, q="volunteers"))


def test_facets_narrow_and_can_be_taken_back(client: Client) -> None:
    store()

    shown = text_of(search(client, q="read", speaker="ada-example"))

    assert "1 passage<" in shown
    assert '<li><span>Ada Example</span> <a href="/search/?q=read">Remove' in shown
    assert 'href="/search/?q=read&amp;speaker=ada-example&amp;year=2020"' in shown
    assert '<input type="hidden" name="speaker" value="ada-example">' in shown


def test_who_is_called_so_is_named_above_the_hits(client: Client) -> None:
    store()

    assert '<a href="/speakers/zhang-san/">Zhang San (张三)</a>' in text_of(search(client, q="zhang"))


def test_names_that_are_nearly_those_are_suggested(client: Client) -> None:
    store()

    assert 'Did you mean: <a href="/search/?q=Ada+Example"' in text_of(search(client, q="Ada Exampel"))
    assert "No speaker matches “Renne”" in text_of(search(client, q="speaker:Renne minutes"))
    narrowed = search(client, q="minutes", speaker="renne").context["found"]
    assert narrowed.suggestions == ('minutes speaker:"Renée"',)


def test_words_that_are_nearly_those_are_suggested(client: Client) -> None:
    make_answer(make_question(make_session(status="draft")), text="Lighthouse")
    store()
    make_answer(make_question(make_session(slug="harbour")), text="The **lamplighters** sing.")

    assert 'Did you mean: <a href="/search/?q=lamplighters"' in text_of(search(client, q="lampligters"))
    assert "Did you mean" not in text_of(search(client, q="Lighthose"))


@pytest.mark.parametrize("typed", HOSTILE)
@pytest.mark.parametrize("field", ["q", "speaker", "page"])
def test_whatever_is_typed_is_answered_kindly(typed: str, field: str, client: Client) -> None:
    store()
    asked = {"q": "library"} | {field: typed}
    query = urlencode(asked, doseq=False) if "\ud800" not in typed else f"q=library&{field}=%ED%A0%80"

    for path in ("/search/", "/feeds/search.atom"):
        response = client.get(f"{path}?{query}")

        refused = 404 if "\0" in typed else 414 if len(query) > LONGEST_QUERY else 200
        assert response.status_code == refused
        assert b"<script>alert" not in response.content


def test_many_matches_are_capped_and_it_is_said(client: Client) -> None:
    question = make_question(make_session(slug="long"))
    speaker = make_speaker("Jane Doe")
    make_answer(question, speaker=speaker, text="Common")
    Answer.objects.bulk_create(
        Answer(question=question, event=question.event, speaker=speaker, position=n, anchor=f"q2-a{n}", text="common")
        for n in range(2, 503)
    )

    response = search(client, q="common", page="25")

    assert "More than 500 passages" in text_of(response)
    found = response.context["found"]
    assert (found.total, found.is_capped, len(found.hits), found.page) == (500, True, 20, 25)
    assert search(client, q="common", page="999").context["found"].page == 25


def test_feed_tells_of_passages_those_of_what_was_published_last_first(client: Client) -> None:
    store()
    Event.objects.filter(slug="archives").update(published_at="2030-01-01T00:00:00Z")

    response = client.get("/feeds/search.atom", {"q": "read"})
    feed = feedparser.parse(response.content, response_headers={"content-type": response["Content-Type"]})

    assert not feed.bozo
    assert feed.feed.id == "http://testserver/feeds/search.atom?q=read"
    assert feed.feed.title == "“read”: search · Panels"
    first = feed.entries[0]
    assert first.link == "http://testserver/events/archives/#q1"
    assert first.published == "2030-01-01T00:00:00+00:00"
    assert len({entry.id for entry in feed.entries}) == len(feed.entries) == 7
    assert client.get("/feeds/search.atom?q=read", headers={"If-None-Match": response["ETag"]}).status_code == 304


def test_feed_is_linked_from_its_search(client: Client) -> None:
    store()

    shown = text_of(search(client, q="read", year="2020"))

    assert shown.count('href="/feeds/search.atom?q=read+year%3A%222020%22"') == 2


def test_every_page_leads_to_the_search(client: Client) -> None:
    store()

    for path in ("/", "/events/", "/events/library/", "/search/"):
        shown = text_of(client.get(path))
        assert shown.count('role="search"') == shown.count('id="search-q"') == 1
        assert "data-search" in shown
