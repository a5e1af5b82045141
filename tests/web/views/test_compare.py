"""Speakers side by side."""

import pytest
from django.core.management import call_command
from django.test import Client

from panels.models import Speaker
from tests.builders import make_answer, make_panelist, make_session, make_speaker

pytestmark = pytest.mark.django_db


def body(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return " ".join(response.content.decode().split())


def test_answers_stand_side_by_side_with_their_gaps(client: Client, people: list[Speaker]) -> None:
    lee, kim = make_speaker("Lee"), make_speaker("Kim")
    event = make_session(1, 2, speakers=people, language="zh-Hans")
    make_panelist(event, speaker=lee)
    make_session(speakers=[kim])
    event.answers.filter(anchor="q1-a1").update(text="A *word*.", attribution="inferred", evidence="By voice.")
    make_answer(event.questions.get(), attribution="unknown")

    page = body(client, "/compare/?speaker=jane-doe&speaker=zhang-san&speaker=lee&speaker=kim")

    assert "1 question answered by more than one of them" in page
    assert 'lang="zh-Hans" dir="auto"><p>A <em>word</em>.</p>' in page
    assert "<bdi>张三</bdi>" in page
    assert "inferred by the editors" in page
    assert "No recorded answer to this question." in page
    assert "Not a panelist at this session." in page
    assert "1 more answer is unattributed and may be theirs." in page
    assert 'content="noindex"' in page


def test_with_fewer_than_two_the_form_offers_a_panel(client: Client, people: list[Speaker]) -> None:
    event = make_session(1, 2, speakers=people, date="2001-01-01")
    make_session(date="2020-01-01")

    page = body(client, f"/compare/?event={event.slug}&speaker=jane-doe")

    assert 'value="jane-doe" checked>' in page
    assert 'value="zhang-san">' in page
    assert "side-of" not in page


def test_a_name_that_is_one_persons_adds_them(client: Client, people: list[Speaker]) -> None:
    make_session(1, 2, speakers=people)

    page = body(client, "/compare/?speaker=jane-doe&name=张三")

    assert "1 question answered by more than one of them" in page


def test_a_name_that_is_several_persons_offers_them(client: Client) -> None:
    make_session(1, 2, speakers=[make_speaker("Kim A"), make_speaker("Kim B")])

    page = body(client, "/compare/?name=kim")

    assert "2 speakers found: select above." in page
    assert page.count('value="kim-a"') == 1


def test_a_name_that_is_nobodys_says_so(client: Client) -> None:
    page = body(client, "/compare/?name=<b>nobody")

    assert "No speaker with this name." in page
    assert "<b>nobody" not in page


def test_of_five_the_first_four_are_compared_and_it_is_said(client: Client) -> None:
    people = [make_speaker(f"Kim {number}") for number in range(5)]
    make_session(1, 5, speakers=people)

    page = body(client, "/compare/?" + "&".join(f"speaker=kim-{number}" for number in range(5)))

    assert "At most four speakers can be compared. These are the first four." in page
    assert page.count('<article class="side-of"') == 4


def test_former_addresses_of_speakers_and_tags_are_understood(client: Client, people: list[Speaker]) -> None:
    event = make_session(1, 2, speakers=people)
    event.tags.add("Archives")
    tag = event.tags.get()
    for thing in (people[0], tag):
        thing.slug = f"new-{thing.slug}"
        thing.save()

    page = body(client, "/compare/?speaker=jane-doe&speaker=zhang-san&speaker=new-jane-doe&tag=archives")

    assert page.count('<article class="side-of"') == 2


@pytest.mark.parametrize("query", ["speaker=nobody", "tag=nothing", "event=none", "speaker=a&speaker=b"])
def test_what_does_not_exist_is_not_found(query: str, client: Client) -> None:
    assert client.get(f"/compare/?{query}").status_code == 404


@pytest.mark.parametrize("query", ["page=x", "speaker=", "name=%25", "tag=&event=&name=", "year=0", "page=999"])
def test_a_nonsensical_query_is_answered_kindly(query: str, client: Client, people: list[Speaker]) -> None:
    make_session(1, 2, speakers=people)

    body(client, f"/compare/?{query}")
    body(client, f"/compare/?speaker=jane-doe&speaker=zhang-san&{query}")


def test_a_transcript_leads_there(client: Client, people: list[Speaker]) -> None:
    event = make_session(1, 2, speakers=people, slug="night")

    assert 'href="/compare/?event=night"' in body(client, event.get_absolute_url())
    chosen = body(client, "/events/night/?speaker=jane-doe&speaker=zhang-san")
    assert 'href="/compare/?speaker=jane-doe&amp;speaker=zhang-san"' in chosen


def test_the_rest_of_many_answers_is_in_the_transcript(client: Client, people: list[Speaker]) -> None:
    make_session(1, 16, speakers=people, slug="night")

    page = body(client, "/compare/?speaker=jane-doe&speaker=zhang-san")

    assert '<a href="/events/night/?speaker=jane-doe#q1">2 more answers to this question</a>' in page


def test_long_answers_are_begun_and_lead_to_the_whole(client: Client, people: list[Speaker]) -> None:
    event = make_session(1, 2, speakers=people)
    event.answers.filter(anchor="q1-a1").update(text="word " * 2000)

    page = body(client, "/compare/?speaker=jane-doe&speaker=zhang-san")

    assert page.count("word") < 400
    assert "Read the whole answer" in page


def test_the_samples_can_be_compared_across_languages(client: Client) -> None:
    call_command("loaddata", "library_round_table_2021_09_18", "chengshi_dangan_2022_05_21", verbosity=0)

    page = body(client, "/compare/?speaker=zhang-san&speaker=li-si&tag=libraries")

    assert "张三" in page
    assert "李四" in page
    assert "questions answered by more than one of them" in page
