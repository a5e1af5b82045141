"""The quote checker's page."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from panels.models import Event
from panels.web.views.quotes import LONGEST_ADDRESS
from tests.builders import make_answer, make_correction, make_published, make_question, make_speaker

pytestmark = pytest.mark.django_db


@pytest.fixture
def night() -> Event:
    event = make_published(title="Night Opening", slug="night")
    jane = make_speaker("Jane Doe", slug="jane-doe")
    make_answer(make_question(event), text="The roof was mended in 1987, by the town itself.", speaker=jane)
    make_speaker("Kim", slug="kim")
    return event


def verdict(client: Client, **asked: str) -> tuple[str, str]:
    response = client.get("/quote/", asked)
    assert response.status_code == 200
    return response.context["checked"].verdict.value, response.content.decode()


def test_the_form_stands_alone_until_something_is_asked(client: Client) -> None:
    page = client.get("/quote/")

    assert page.context["checked"] is None
    assert "noindex" not in page.content.decode()
    assert not page.cookies


def test_word_for_word_leads_to_the_words(night: Event, client: Client) -> None:
    found, page = verdict(client, q="“the roof was mended in 1987”")

    assert found == "exact"
    assert "Exact match" in page
    assert 'href="/events/night/#q1-a1:~:text=The%20roof%20was%20mended%20in%201987"' in page
    assert "<mark>The roof was mended in 1987</mark>" in page
    assert '<meta name="robots" content="noindex">' in page


def test_a_difference_is_marked_for_eyes_and_for_ears(night: Event, client: Client) -> None:
    found, page = verdict(client, q="The roof was mended in 1986, by the town itself")

    assert found == "near"
    assert '<del><span class="visually-hidden">[only in the quotation: </span>1986' in page
    assert '<ins><span class="visually-hidden">[only in the transcript: </span>1987' in page


def test_a_correction_is_shown(night: Event, client: Client) -> None:
    make_correction(night, anchor="q1-a1", note="It said “1978”; the minutes say “1987”.")

    found, page = verdict(client, q="The roof was mended in 1978, by the town itself")

    assert found == "changed"
    assert "<p>It said “1978”; the minutes say “1987”.</p>" in page


def test_words_ascribed_to_somebody_else_are_said_to_be(night: Event, client: Client) -> None:
    make_answer(night.questions.get(), speaker=make_speaker("Erika Mustermann", slug="erika"), text="Yes.")

    found, page = verdict(client, q="The roof was mended in 1987", speaker="erika")

    assert found == "exact"
    assert "Not in the answers you chose" in page


@pytest.mark.parametrize(("asked", "expected"), [("lighthouses are red and white", "absent"), ("roof", "too_short")])
def test_what_is_not_found_is_said_kindly(asked: str, expected: str, night: Event, client: Client) -> None:
    assert verdict(client, q=asked)[0] == expected


def test_nothing_that_is_pasted_runs(client: Client) -> None:
    page = client.get("/quote/", {"q": "</textarea><script>alert(1)</script> one two"}).content.decode()

    assert "<script>alert" not in page


def test_what_is_posted_gets_an_address_if_it_fits_into_one(night: Event, client: Client) -> None:
    short = client.post("/quote/", {"q": "mended in 1987", "event": "night", "other": "x"})
    long = client.post("/quote/", {"q": "The roof was mended in 1987" + " …" * LONGEST_ADDRESS})

    assert (short.status_code, short["Location"]) == (303, "/quote/?q=mended+in+1987&event=night")
    assert long.status_code == 200
    assert long.context["checked"].verdict == "exact"


def test_other_sites_forms_are_welcome(night: Event) -> None:
    strict = Client(enforce_csrf_checks=True)

    assert strict.post("/quote/", {"q": "mended in 1987"}).status_code == 303
    assert strict.put("/quote/").status_code == 405


def test_whom_it_is_ascribed_to_is_found_at_a_former_address_too(night: Event, client: Client) -> None:
    night.former_slugs.create(slug="former")

    assert client.get("/quote/?q=mended+in+1987&event=former").context["event"] == night
    assert client.get("/quote/?q=mended+in+1987&event=nothing").status_code == 404
    assert client.get("/quote/?q=mended+in+1987&speaker=nobody").status_code == 404


@pytest.mark.parametrize("answers", [1, 3])
def test_a_verdict_costs_2_queries_with_1_or_3_answers(
    answers: int, night: Event, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(answers - 1):
        make_answer(night.questions.get(), text="The roof was mended in 1987.")

    with django_assert_num_queries(2):
        verdict(client, q="The roof was mended in 1987")
