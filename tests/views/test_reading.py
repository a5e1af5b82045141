"""What helps reading a transcript: how long it takes, who says how much, and the answers of some alone."""

import pytest
from django.test import Client

from panels.models import Event
from panels.reading import read_session
from tests.builders import make_answer, make_panelist, make_published, make_question, make_session, make_speaker

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    """Jane says three of four words, Kim one; Lee is silent, and somebody from outside answers, too."""
    jane, kim, lee = make_speaker("Jane"), make_speaker("Kim"), make_speaker("Lee")
    event = make_published(slug="night-opening")
    for speaker in (jane, kim, lee):
        make_panelist(event, speaker=speaker)
    first, second = make_question(event), make_question(event)
    make_answer(first, speaker=jane, text="word " * 690)
    make_answer(first, speaker=kim, text="字" * 350)
    make_answer(second, speaker=kim, text="**")
    return event


def body(client: Client, query: str = "") -> str:
    return " ".join(client.get(f"/events/night-opening/{query}").content.decode().split())


def test_how_long_it_takes_and_who_says_how_much(event: Event, client: Client) -> None:
    session = read_session(event)

    assert session.minutes == 4
    assert [voice.share for voice in session.voices] == [75, 25, None]
    page = body(client)
    assert "4 minutes to read" in page
    assert "75 % of the words" in page
    assert '<rect width="25" height="4"/>' in page


def test_the_answers_of_one_are_read_alone_below_all_questions(event: Event, client: Client) -> None:
    page = body(client, "?speaker=kim")

    assert "Only the answers of Kim." in page
    assert 'id="q1-a1"' not in page
    assert 'id="q1-a2"' in page
    assert 'id="q2-a1"' in page
    assert "1 answer by others" in page
    assert 'href="/events/night-opening/#q1"' in page
    assert '<link rel="canonical" href="http://testserver/events/night-opening/">' in page


def test_another_is_read_with_them_and_left_out_again(event: Event, client: Client) -> None:
    assert 'href="?speaker=kim&amp;speaker=jane#record"' in body(client, "?speaker=kim")
    page = body(client, "?speaker=kim&speaker=jane")
    assert "Only the answers of Jane, Kim." in page
    assert 'href="?speaker=jane#record"' in page
    assert "by others" not in page


def test_who_takes_no_part_narrows_nothing(event: Event, client: Client) -> None:
    assert 'id="q1-a1"' in body(client, "?speaker=nobody&speaker=")


def test_a_session_of_nothing_takes_a_minute(client: Client) -> None:
    assert read_session(make_session(0, 0)).minutes == 1
