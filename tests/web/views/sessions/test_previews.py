"""What a preview link shows, to whom, and how long."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from panels.models import Event, PreviewLink
from tests.builders import make_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> Event:
    return make_session(2, 2, status="draft", published_at=None, title="Night opening")


def link_to(event: Event, **fields: object) -> PreviewLink:
    until = timezone.now() + dt.timedelta(days=1)
    return PreviewLink.objects.create(**{"event": event, "expires_at": until, **fields})


def test_whoever_has_the_link_sees_the_draft_as_it_is_now(draft: Event, client: Client) -> None:
    link = link_to(draft, reader="Kim of the panel")
    Event.objects.filter(pk=draft.pk).update(title="Night opening, mended")

    response = client.get(link.url)

    page = response.content.decode()
    assert response.status_code == 200
    assert "Night opening, mended" in page
    assert "Preview for Kim of the panel" in page
    for answer in draft.answers.all():
        assert answer.text in page
    assert 'name="robots" content="noindex"' in page


def test_it_is_kept_by_no_cache_and_told_to_no_other_site(draft: Event, client: Client) -> None:
    response = client.get(link_to(draft).url)

    assert "no-store" in response["Cache-Control"]
    assert "private" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Referrer-Policy"] == "no-referrer"


def test_it_shows_nothing_else_of_the_draft(draft: Event, client: Client) -> None:
    page = client.get(link_to(draft).url).content.decode()

    assert "/admin/" not in page
    assert ".json" not in page
    assert "cite" not in page.partition("<article>")[2]
    assert client.get(draft.get_absolute_url()).status_code == 404


def test_tokens_cannot_be_guessed(draft: Event) -> None:
    tokens = {link_to(draft).token for _ in range(20)}

    assert len(tokens) == 20
    assert min(map(len, tokens)) >= 32


@pytest.mark.parametrize("status", ["withdrawn", "binned"])
def test_what_was_taken_back_is_shown_by_no_link(status: str, draft: Event, client: Client) -> None:
    link = link_to(draft)
    Event.objects.filter(pk=draft.pk).update(status=status, published_at=timezone.now())

    assert client.get(link.url).status_code == 404


def test_a_link_that_expired_or_was_revoked_shows_nothing(draft: Event, client: Client) -> None:
    expired = link_to(draft, expires_at=timezone.now() - dt.timedelta(seconds=1))
    revoked = link_to(draft, revoked_at=timezone.now())

    for link in (expired, revoked):
        response = client.get(link.url)
        assert response.status_code == 404
        assert b"Night opening" not in response.content


def test_no_other_address_shows_anything(draft: Event, client: Client) -> None:
    link = link_to(draft)

    for path in ("/preview/", "/preview/x/", f"/preview/{link.pk}/", f"/preview/{link.token[:-1]}/"):
        assert client.get(path).status_code == 404
    assert client.post(link.url).status_code == 405


def test_once_it_is_published_the_link_leads_to_the_public_page(draft: Event, client: Client) -> None:
    link = link_to(draft)
    Event.objects.filter(pk=draft.pk).update(status="published", published_at=timezone.now())

    response = client.get(link.url)

    assert (response.status_code, response["Location"]) == (302, draft.get_absolute_url())


def test_the_desk_leads_nobody_to_it(draft: Event) -> None:
    assert not hasattr(link_to(draft), "get_absolute_url")  # the admin redirects whoever is signed in to that
