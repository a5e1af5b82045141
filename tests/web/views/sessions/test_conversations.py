"""Sessions in which nobody asks a question: people talk, and the page has the contents of a conversation."""

import re
from itertools import pairwise

import pytest
from django.test import Client

from panels.models import Event
from panels.reading.sessions import load_session
from panels.reading.transcript_pages import show
from tests.builders import make_answer, make_panelist, make_published, make_question, make_session, make_speaker

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk() -> Event:
    """40 turns of two speakers, each with its time in a recording."""
    event = make_published(title="Two keepers of the light", slug="talk")
    speakers = [make_speaker("Ida Krane"), make_speaker("Ben Marsh")]
    for speaker in speakers:
        make_panelist(event, speaker=speaker)
    opening = make_question(event, text="")
    for turn in range(40):
        make_answer(opening, speaker=speakers[turn % 2], text=f"Turn {turn} of the talk.", media_time=turn * 60)
    return event


def body(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_a_conversation_names_no_question(talk: Event, client: Client) -> None:
    pages = [body(client, path) for path in ("/", "/events/", talk.get_absolute_url(), "/events/talk/q1-a3/")]

    assert not any("Question 1" in page or "Before the first question" in page for page in pages)
    assert all("Conversation, 40 passages" in page for page in pages[:2])
    assert not any("1 question" in page for page in pages)


def test_its_contents_lead_to_passages_by_time_and_speaker(talk: Event, client: Client) -> None:
    contents = body(client, talk.get_absolute_url()).partition('<nav class="contents"')[2].partition("</nav>")[0]

    entries = re.findall(
        r'<a href="#(q1-a\d+)" dir="auto"><time datetime="PT(\d+)S">[\d:]+</time> <b>(.*?)</b>', contents
    )
    assert entries[0] == ("q1-a1", "0", "Ida Krane")
    assert 10 <= len(entries) <= 13
    assert all(int(seconds) == 60 * (int(anchor[4:]) - 1) for anchor, seconds, _name in entries)


def test_a_question_among_them_makes_it_a_panel_again(talk: Event, client: Client) -> None:
    make_answer(make_question(talk, text="Who pays for the oil?"))

    page = body(client, talk.get_absolute_url())

    assert "Before the first question" in page
    assert '<span class="number">Question 1</span>' not in page
    assert '<span class="number">Question 2</span>' in page
    assert "1 question · 41 answers" in body(client, "/")


def test_landmarks_stand_at_equal_distances_whatever_the_number() -> None:
    for answers in (0, 1, 5, 300):
        session = load_session(make_session(1, answers))
        landmarks = [answer_view.answer.position for answer_view in show(session).part.landmarks]
        assert len(landmarks) == min(answers, 12)
        assert landmarks[:1] == [1][:answers]
        gaps = {after - before for before, after in pairwise(landmarks)}
        assert not gaps or max(gaps) <= 1.2 * min(gaps) + 1


def test_a_large_panel_takes_a_few_lines_and_its_offices_are_folded(client: Client) -> None:
    speakers = [make_speaker(f"Speaker of the House {number}") for number in range(23)]
    event = make_session(1, 23, speakers=speakers)
    event.panelists.update(organisation="The House")

    page = body(client, event.get_absolute_url())

    names, _summary, folded = page.partition('<details class="panel-details">')
    assert names.count('class="panelist"') == 8
    assert "About all 23 speakers" in folded
    assert "The House" not in names
    assert folded.partition("</details>")[0].count("The House") >= 23
    assert "and 17 more" in body(client, "/events/")
