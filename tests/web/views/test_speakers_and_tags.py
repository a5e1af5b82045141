"""Speakers and tags as ways in, and what else is related."""

import pytest
from django.test import Client

from panels.models import Event, Speaker
from tests.builders import make_answer, make_panelist, make_published, make_question, make_session

pytestmark = pytest.mark.django_db


def body(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return " ".join(response.content.decode().split())


def test_answers_are_narrowed_by_tag_and_year_and_links_keep_both(client: Client, people: list[Speaker]) -> None:
    for year in (2019, 2020):
        event = make_session(speakers=people[:1], date=f"{year}-01-01", title=f"Session {year}")
        event.answers.update(text=f"Words of {year}.")
        event.tags.add("Archives", f"Only {year}")

    page = body(client, "/speakers/jane-doe/?tag=archives&year=2020")

    assert "Words of 2020." in page
    assert "Words of 2019." not in page
    assert "About “Archives”. From 2020." in page
    assert 'href="?tag=archives&amp;year=2019#answers"' in page
    assert 'href="?year=2020&amp;tag=only-2020#answers"' in page
    assert 'content="noindex"' in page


def test_questions_that_they_asked_are_listed(client: Client, people: list[Speaker]) -> None:
    question = make_question(make_published(), text="Why *so* late?", asked_by=people[0])

    page = body(client, "/speakers/jane-doe/")

    assert "1 question asked" in page
    assert f'<a href="{question.get_absolute_url()}">Why so late?</a>' in page


def test_offices_say_from_when_to_when(client: Client, people: list[Speaker]) -> None:
    for year in (2019, 2021):
        event = make_published(date=f"{year}-01-01")
        make_panelist(event, speaker=people[0], title="Head", organisation="Town Library")

    assert "2 sessions, 1 Jan 2019 to 1 Jan 2021" in body(client, "/speakers/jane-doe/")


def test_who_sat_with_them_can_be_compared_without_scripts(client: Client, people: list[Speaker]) -> None:
    make_session(1, 2, speakers=people)

    page = body(client, "/speakers/jane-doe/")

    assert '<input type="hidden" name="speaker" value="jane-doe">' in page
    assert '<input type="checkbox" name="speaker" value="zhang-san" aria-label="Compare with Zhang San">' in page


def test_the_name_in_the_original_script_says_its_script(client: Client, people: list[Speaker]) -> None:
    make_session(speakers=people[1:])

    name = '<bdi class="original-name" lang="und-Hani" dir="ltr">张三</bdi>'
    assert name in body(client, "/speakers/zhang-san/")
    assert name in body(client, "/speakers/")


@pytest.mark.parametrize("query", ["?year=x", "?year=0", "?year=99999", "?page=x&asked=-1", "?year=1066"])
def test_a_nonsensical_query_is_answered_kindly(query: str, client: Client, people: list[Speaker]) -> None:
    make_session(speakers=people[:1])

    body(client, f"/speakers/jane-doe/{query}")


def test_years_are_a_table_with_a_picture(client: Client) -> None:
    for date in ("2019-01-01", "2021-01-01", "2021-02-01"):
        make_published(date=date).tags.add("Archives")

    page = body(client, "/tags/archives/")

    assert '<a href="/events/?tag=archives&amp;year=2021">2021</a>' in page
    assert '<rect width="50" height="10"/></svg> <span>1</span>' in page
    assert '<th scope="row">2020</th>' in page


def test_who_answered_leads_to_what_they_answered_about_it(client: Client, people: list[Speaker]) -> None:
    event = make_session(1, 2, speakers=people)
    event.tags.add("Archives")
    make_answer(event.questions.get(), attribution="unknown")

    page = body(client, "/tags/archives/")

    assert 'href="/speakers/zhang-san/?tag=archives#answers"' in page
    assert "Speaker not named in the source</span> <small>1 answer</small>" in page
    assert '<input type="hidden" name="tag" value="archives">' in page


def test_a_transcript_names_related_sessions_and_why(client: Client, people: list[Speaker]) -> None:
    event = make_session(1, 2, speakers=people, slug="night")
    other = make_session(1, 2, speakers=people, title="Day", language="ar")
    for one in (event, other):
        one.tags.add("Archives")

    page = body(client, "/events/night/")

    assert 'lang="ar" dir="auto">Day</a>' in page
    assert 'Also with <bdi lang="en">Jane Doe, Zhang San</bdi>' in page
    assert 'Also about <a href="/tags/archives/"><bdi>Archives</bdi></a>' in page


def test_a_preview_names_no_related_sessions(desk: Client, people: list[Speaker]) -> None:
    event, other = (make_session(1, 2, speakers=people) for _ in range(2))
    Event.objects.filter(pk=event.pk).update(status="draft")

    page = desk.get(f"/admin/panels/event/{event.pk}/preview/").content.decode()

    assert other.title not in page


def test_a_chosen_language_is_remembered(client: Client) -> None:
    client.post("/language/", {"language": "zh-hans", "next": "/speakers/?page=2"})

    assert client.cookies["django_language"]["max-age"] == 365 * 24 * 60 * 60
