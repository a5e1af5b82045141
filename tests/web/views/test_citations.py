"""Citations as files, and what pages say of themselves to those who cite them."""

import re

import pytest
from django.test import Client

from panels.models import Event
from panels.reading.citations import FORMS
from tests.builders import make_answer, make_event, make_published, make_question, make_session, make_speaker

pytestmark = pytest.mark.django_db


def meta(client: Client, path: str) -> list[tuple[str, str]]:
    page = client.get(path).content.decode()
    return re.findall(r'<meta (?:name|property)="((?:citation_|og:|twitter:|description)\w*)" content="([^"]*)">', page)


@pytest.mark.parametrize("suffix", FORMS)
@pytest.mark.parametrize("anchor", ["", "q1/", "q1-a1/"])
def test_every_form_can_be_taken_away(anchor: str, suffix: str, client: Client) -> None:
    make_session(slug="night")

    response = client.get(f"/events/night/{anchor}cite.{suffix}")

    key = f"night-{anchor.rstrip('/')}".rstrip("-")
    assert response.status_code == 200
    assert response["Content-Type"] == FORMS[suffix].MEDIA_TYPE
    assert response["Content-Disposition"] == f'attachment; filename="{key}.{suffix}"'
    assert f"http://testserver/events/night/{anchor}" in response.content.decode()


@pytest.mark.parametrize("path", ["/events/night/", "/events/night/q1/", "/events/night/q1-a1/"])
def test_pages_offer_a_sentence_and_every_form(path: str, client: Client) -> None:
    make_session(slug="night")

    page = client.get(path).content.decode()

    assert client.get(f"{path}cite.txt").content.decode().strip() in page
    assert all(f'href="{path}cite.{suffix}"' in page for suffix in FORMS)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/events/night/cite.exe", 404), ("/events/night/q9/cite.bib", 404), ("/events/none/cite.bib", 404),
        ("/events/draft/cite.bib", 404), ("/events/gone/cite.bib", 410), ("/events/night/q2/cite.bib", 410),
    ],
)  # fmt: skip
def test_what_readers_may_not_have(path: str, status: int, client: Client) -> None:
    make_question(make_session(slug="night")).delete()
    make_event(slug="draft")
    make_event(slug="gone", status="withdrawn")

    assert client.get(path).status_code == status


def test_a_moved_event_leads_to_its_citation(client: Client) -> None:
    event = make_session(slug="first")
    event.slug = "second"
    event.save()

    assert client.get("/events/first/cite.bib")["Location"] == "/events/second/cite.bib"
    assert client.get("/events/first/q1/cite.ris")["Location"] == "/events/second/q1/cite.ris"


@pytest.fixture
def night() -> Event:
    event = make_published(title="Night & Day", slug="night", publisher="Sheet", introduction="About lamps.")
    make_answer(make_question(event, text="How late?"), text="Until ten.", speaker=make_speaker("Jane Doe"))
    return event


def test_pages_tell_reference_managers_what_they_are(night: Event, client: Client) -> None:
    described = dict(meta(client, "/events/night/q1-a1/"))

    assert {name: value for name, value in described.items() if name.startswith("citation_")} == {
        "citation_title": "Answer to: How late?",
        "citation_author": "Jane Doe",
        "citation_publication_date": "2021/03/14",
        "citation_conference_title": "Night &amp; Day",
        "citation_firstpage": "q1-a1",
        "citation_publisher": "Sheet",
        "citation_language": "en",
        "citation_public_url": "http://testserver/events/night/q1-a1/",
    }


def test_pages_tell_those_who_share_them_what_they_are(night: Event, client: Client) -> None:
    described = dict(meta(client, "/events/night/"))

    apart = ("citation_", "og:image", "twitter:")  # whether there is a picture depends on the machine's fonts
    assert {name: value for name, value in described.items() if not name.startswith(apart)} == {
        "description": "About lamps.",
        "og:type": "article",
        "og:site_name": "Panels",
        "og:title": "Night &amp; Day",
        "og:description": "About lamps.",
        "og:url": "http://testserver/events/night/",
    }
