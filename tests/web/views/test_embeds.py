"""The card that other sites show, and oEmbed, by which they find it."""

import html
import re
from typing import Any

import pytest
from django.test import Client
from lxml import etree

from panels.models import Event
from tests.builders import (
    make_answer,
    make_event,
    make_panelist,
    make_published,
    make_question,
    make_session,
    make_speaker,
)

pytestmark = pytest.mark.django_db

ROOT = "http://testserver"
CARD = "/embed/events/night/q1-a1/"


@pytest.fixture
def night() -> Event:
    event = make_published(title="Night & Day", slug="night")
    make_answer(make_question(event, text="How late?"), text="Until *ten*.", speaker=make_speaker("Jane Doe"))
    return event


def described(client: Client, url: str, **asked: str) -> Any:
    response = client.get("/oembed/", {"url": url, **asked})
    assert response.status_code == 200
    return response.json()


def test_the_card_shows_the_words_their_speaker_and_their_address(night: Event, client: Client) -> None:
    page = client.get(CARD).content.decode()

    assert "How late?" in page
    assert "<p>Until ten.</p>" in page
    assert "Jane Doe" in page
    assert f'<a href="{ROOT}/events/night/q1-a1/" target="_blank" rel="noopener">' in page


def test_the_card_says_who_is_not_named_and_shows_a_question_alone(night: Event, client: Client) -> None:
    make_answer(night.questions.get(), attribution="unknown")

    assert "Speaker not named in the source" in client.get("/embed/events/night/q1-a2/").content.decode()
    assert "<p>How late?</p>" in client.get("/embed/events/night/q1/").content.decode()


@pytest.mark.parametrize("path", ["/events/night/", "/events/night", "/events/former/", "/embed/events/night/"])
def test_a_session_has_a_card_too(path: str, night: Event, client: Client) -> None:
    night.former_slugs.create(slug="former")
    make_panelist(night, speaker=make_speaker("Jane Roe"))

    embed = described(client, f"{ROOT}{path}", maxwidth="400")
    page = client.get("/embed/events/night/").content.decode()

    assert (embed["title"], embed["width"]) == ("Night & Day", 400)
    assert f'src="{ROOT}/embed/events/night/"' in embed["html"]
    assert "max-width: 400px" in embed["html"]
    assert f'<a href="{ROOT}/events/night/" target="_blank" rel="noopener">Night &amp; Day</a>' in page
    assert "Jane Roe" in page
    assert "1 question · 1 answer" in page


def test_a_session_and_a_passage_offer_their_card(night: Event, client: Client) -> None:
    for path in ("/events/night/", "/events/night/q1/", "/events/night/q1-a1/"):
        page = client.get(path).content.decode()
        [code] = re.findall(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)
        assert f'src="{ROOT}/embed{path}"' in html.unescape(code)
        assert f'src="/embed{path}"' in page, "the preview"
        assert client.get(f"/embed{path}").status_code == 200


def test_a_preview_offers_no_card(night: Event, desk: Client) -> None:
    Event.objects.update(status="draft")

    assert "<textarea" not in desk.get(f"/admin/panels/event/{night.pk}/preview/").content.decode()
    assert desk.get("/embed/events/night/").status_code == 404


def test_only_the_card_may_be_framed_and_nothing_runs_in_it(night: Event, client: Client) -> None:
    page = client.get("/events/night/q1-a1/")

    for card in (client.get(CARD), client.get("/embed/events/night/")):
        policy = card["Content-Security-Policy"]
        assert "frame-ancestors *" in policy
        assert "script-src 'none'" in policy
        assert "sandbox allow-popups allow-popups-to-escape-sandbox" in policy
        assert "X-Frame-Options" not in card
        assert "<script" not in card.content.decode()
        assert not card.cookies
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert page["X-Frame-Options"] == "DENY"


def test_oembed_describes_the_card(night: Event, client: Client) -> None:
    embed = described(client, f"{ROOT}/events/night/q1-a1/")

    assert embed == {
        "version": "1.0",
        "type": "rich",
        "title": "Answer to: How late?",
        "author_name": "Jane Doe",
        "provider_name": "Panels",
        "provider_url": f"{ROOT}/",
        "width": 600,
        "height": 320,
        "html": (
            f'<iframe src="{ROOT}{CARD}" title="Answer to: How late?" width="600" height="320" '
            'style="border: 0; width: 100%; max-width: 600px"'
            ' sandbox="allow-popups allow-popups-to-escape-sandbox" loading="lazy"></iframe>'
        ),
    }


def test_oembed_speaks_xml_as_well(night: Event, client: Client) -> None:
    response = client.get("/oembed/", {"url": f"{ROOT}/events/night/q1-a1/", "format": "xml"})

    root = etree.fromstring(response.content)
    assert response["Content-Type"] == "text/xml; charset=utf-8"
    assert root.tag == "oembed"
    assert {child.tag: child.text for child in root} == {
        name: str(value) for name, value in described(client, f"{ROOT}/events/night/q1-a1/").items()
    }


@pytest.mark.parametrize(
    "path",
    ["/events/night/q1-a1/", "/events/night/#q1-a1", "/events/night/#q1-a1:~:text=ten", CARD, "/events/former/q1-a1/"],
)
def test_oembed_knows_every_address_of_a_passage(path: str, night: Event, client: Client) -> None:
    night.former_slugs.create(slug="former")

    assert f'src="{ROOT}{CARD}"' in described(client, f"{ROOT}{path}")["html"]


@pytest.mark.parametrize(
    "url",
    [
        "", "nonsense", "http://[", "/events/night/q1-a1/", "ftp://testserver/events/night/q1-a1/",
        "https://elsewhere.example/events/night/q1-a1/", f"{ROOT}/", f"{ROOT}/events/", f"{ROOT}/nothing/",
        f"{ROOT}/events/night/#top", f"{ROOT}/events/night/q9/", f"{ROOT}/events/draft/q1-a1/",
        f"{ROOT}/events/gone/q1-a1/", f"{ROOT}/speakers/jane-doe/",
    ],
)  # fmt: skip
def test_oembed_answers_404_for_anything_else(url: str, night: Event, client: Client) -> None:
    make_answer(make_question(make_event(slug="draft")))
    make_answer(make_question(make_event(slug="gone", status="withdrawn")))

    assert client.get("/oembed/", {"url": url}).status_code == 404


def test_oembed_finds_an_event_whose_address_is_in_another_script(client: Client) -> None:
    event = make_session(title="محضر الجلسة")

    assert described(client, f"{ROOT}{event.get_absolute_url()}q1/")["type"] == "rich"


def test_oembed_answers_501_for_another_format(night: Event, client: Client) -> None:
    response = client.get("/oembed/", {"url": f"{ROOT}/events/night/q1-a1/", "format": "yaml"})

    assert response.status_code == 501


@pytest.mark.parametrize(
    ("asked", "size"),
    [({"maxwidth": "400", "maxheight": "200"}, (400, 200)), ({"maxwidth": "9999"}, (600, 320)),
     ({"maxwidth": "1", "maxheight": "-5"}, (1, 320)), ({"maxwidth": "0"}, (1, 320)),
     ({"maxwidth": "x", "maxheight": "9" * 5000}, (600, 320))],
)  # fmt: skip
def test_oembed_keeps_to_the_room_there_is(
    asked: dict[str, str], size: tuple[int, int], night: Event, client: Client
) -> None:
    embed = described(client, f"{ROOT}/events/night/q1-a1/", **asked)

    assert (embed["width"], embed["height"]) == size


def test_no_title_leaves_its_attribute(client: Client) -> None:
    event = make_session(slug="night", title='"><script>alert(1)</script>')
    event.questions.update(text='"><script>alert(1)</script>')

    embed = described(client, f"{ROOT}/events/night/q1-a1/")

    assert "<script" not in embed["html"]
    assert "<script>alert" not in client.get(CARD).content.decode()


@pytest.mark.parametrize("path", ["/events/night/", "/events/night/q1-a1/"])
def test_a_page_says_where_its_description_is(path: str, night: Event, client: Client) -> None:
    page = client.get(path).content.decode()

    links = dict(re.findall(r'<link rel="alternate" type="([a-z/]+\+oembed)" [^>]*href="([^"]*)">', page))
    assert set(links) == {"application/json+oembed", "text/xml+oembed"}
    for link in links.values():
        assert client.get(html.unescape(link).removeprefix(ROOT)).status_code == 200


@pytest.mark.parametrize("path", ["/events/night/q1-a1", "/events/night/q1-a1/", "/events/night#q1-a1", CARD[:-1]])
def test_oembed_takes_addresses_without_the_last_slash(path: str, night: Event, client: Client) -> None:
    assert CARD in described(client, f"{ROOT}{path}")["html"]
