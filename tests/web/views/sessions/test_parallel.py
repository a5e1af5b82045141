"""A session and its translation side by side."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from panels.models import Event, Speaker
from tests.builders import make_answer, make_panelist, make_published, make_question, make_session, make_speaker

pytestmark = pytest.mark.django_db


def body(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return " ".join(response.content.decode().split())


@pytest.fixture
def translated() -> Event:
    """An Arabic session, and its machine translation, which lacks an answer and has one more question."""
    original = make_session(2, 1, language="ar", slug="original", title="محضر الجلسة")
    translation = make_published(
        title="Minutes", slug="minutes", translation="machine", translated_from="ar", translation_of=original
    )
    for asked in original.questions.order_by("number"):
        make_question(translation, text=f"Number {asked.number}?")
    make_answer(translation.questions.get(number=1), text="Translated.")
    make_answer(make_question(translation), text="Only here.")
    return original


def test_both_texts_stand_in_pairs_each_in_its_language(client: Client, translated: Event) -> None:
    page = body(client, "/events/original/side-by-side/minutes/")

    assert page.count("machine translation") >= 6
    assert '<div class="answer-text prose" lang="ar"> <p>Answer 1.</p> </div>' in page.replace(
        '"><p>', '"> <p>'
    ).replace("</p></div>", "</p> </div>")
    assert 'dir="rtl"' in page
    assert page.count("Not in the English text.") == 1
    assert page.count("Not in the Arabic text.") == 2
    assert "1 passage is missing from the English text." in page
    assert "2 passages are missing from the Arabic text." in page
    assert 'href="/events/minutes/side-by-side/original/"' in page
    for language, slug in {"ar": "original", "en": "minutes"}.items():
        assert f'hreflang="{language}" href="http://testserver/events/{slug}/"' in page


def test_transcripts_and_passages_lead_there(client: Client, translated: Event) -> None:
    assert 'href="/events/original/side-by-side/minutes/"' in body(client, "/events/original/")
    assert 'href="/events/minutes/side-by-side/original/"' in body(client, "/events/minutes/")
    assert 'href="/events/original/side-by-side/minutes/?at=q1-a1"' in body(client, "/events/original/q1-a1/")
    assert "/side-by-side/" not in body(client, "/events/original/q2-a1/")


def test_an_anchor_leads_to_its_page(client: Client, translated: Event) -> None:
    translated.answers.update(text="word " * 20_000)

    response = client.get("/events/original/side-by-side/minutes/?at=q2")

    assert (response.status_code, response["Location"]) == (302, "/events/original/side-by-side/minutes/?page=2#q2")
    assert "Page 2 of 3" in body(client, "/events/original/side-by-side/minutes/?page=2")


@pytest.mark.parametrize("query", ["?at=q99", "?at=<b>", "?page=x", "?page=99"])
def test_a_nonsensical_query_is_answered_kindly(query: str, client: Client, translated: Event) -> None:
    body(client, f"/events/original/side-by-side/minutes/{query}")


@pytest.mark.parametrize("other", ["original", "stranger", "none"])
def test_only_the_same_words_stand_beside_each_other(other: str, client: Client, translated: Event) -> None:
    make_session(slug="stranger")

    assert client.get(f"/events/original/side-by-side/{other}/").status_code == 404


def test_former_addresses_lead_to_the_present_one(client: Client, translated: Event) -> None:
    translated.slug = "source"
    translated.save()

    response = client.get("/events/original/side-by-side/minutes/")

    assert (response.status_code, response["Location"]) == (301, "/events/source/side-by-side/minutes/")
    response = client.get("/events/minutes/side-by-side/original/")
    assert (response.status_code, response["Location"]) == (301, "/events/minutes/side-by-side/source/")


@pytest.mark.parametrize(
    "path",
    [
        "/speakers/jane-doe/?tag=archives",
        "/tags/archives/",
        "/compare/?speaker=jane-doe&speaker=zhang-san&tag=archives",
        "/events/original/side-by-side/minutes/",
    ],
)
def test_pages_cost_the_same_with_3_and_with_12_sessions(
    path: str,
    people: list[Speaker],
    translated: Event,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    def add(sessions: int) -> None:
        for _ in range(sessions):
            event = make_session(3, 2, speakers=people)
            make_question(event, asked_by=people[0]).tags.add("Archives", f"Tag of {event.slug}")
            event.tags.add("Archives")
            make_panelist(event, speaker=make_speaker())

    add(3)
    with django_assert_max_num_queries(24) as few:
        body(Client(), path)  # a new one: what is due is not asked for again
    add(9)
    for number in range(9):
        make_answer(make_question(translated), text=f"More {number}.")
    with django_assert_max_num_queries(len(few)):
        body(Client(), path)  # a new one: what is due is not asked for again
