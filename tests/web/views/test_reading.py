"""What helps reading a transcript: how long it takes, who says how much, and the answers of some alone."""

import re
from pathlib import Path

import pytest
from django.test import Client

from panels.models import Event, Speaker
from panels.reading.sessions import load_session
from panels.web.templatetags.panels_text import TONES, tone
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
    session = load_session(event)

    assert session.minutes == 4
    assert [share_of.share for share_of in session.shares] == [75, 25, None]
    page = body(client)
    assert "4 min read" in page
    assert "75 % of the words" in page
    assert '<rect width="25" height="4"/>' in page


def test_the_answers_of_one_are_read_alone_below_all_questions(event: Event, client: Client) -> None:
    page = body(client, "?speaker=kim")

    assert "Showing only answers by Kim." in page
    assert 'id="q1-a1"' not in page
    assert 'id="q1-a2"' in page
    assert 'id="q2-a1"' in page
    assert "1 answer by others" in page
    assert 'href="/events/night-opening/#q1"' in page
    assert '<link rel="canonical" href="http://testserver/events/night-opening/">' in page


def test_another_is_read_with_them_and_left_out_again(event: Event, client: Client) -> None:
    assert 'href="?speaker=kim&amp;speaker=jane#record"' in body(client, "?speaker=kim")
    page = body(client, "?speaker=kim&speaker=jane")
    assert "Showing only answers by Jane, Kim." in page
    assert 'href="?speaker=jane#record"' in page
    assert "by others" not in page


def test_who_takes_no_part_narrows_nothing(event: Event, client: Client) -> None:
    assert 'id="q1-a1"' in body(client, "?speaker=nobody&speaker=")


def test_a_session_of_nothing_takes_a_minute(client: Client) -> None:
    assert load_session(make_session(0, 0)).minutes == 1


def test_what_the_panel_does_not_say_is_counted_too(event: Event, client: Client) -> None:
    make_answer(event.questions.get(number=2), attribution="unknown", text="word " * 920)

    assert load_session(event).share_of_others == 50
    assert "50 % by others or unattributed" in body(client)


def test_a_speaker_has_one_mark_on_every_page(event: Event, client: Client) -> None:
    jane = Speaker.objects.get(slug="jane")
    mark = f'<span class="avatar single tone-{jane.pk % 8 + 1}" aria-hidden="true">J</span>'

    assert body(client).count(mark) == 2
    assert mark in body(client, "q1-a1/")
    assert mark in client.get("/embed/events/night-opening/q1-a1/").content.decode()


def test_a_panel_that_was_stored_together_has_eight_different_colours() -> None:
    panel = [make_speaker() for _ in range(TONES)]

    assert len({tone(speaker) for speaker in panel}) == TONES


def test_every_tone_has_its_colour_in_both_themes() -> None:
    tokens, classes = ((Path("static/panels/css/shared") / name).read_text() for name in ("tokens.css", "speakers.css"))

    for number in range(1, TONES + 1):
        assert tokens.count(f"--tone-{number}: #") == 2
        assert f".tone-{number} {{" in classes


def test_the_colours_of_marks_have_contrast_enough() -> None:
    tokens = Path("static/panels/css/shared/tokens.css").read_text()
    for theme in (tokens[: tokens.index("prefers-color-scheme")], tokens[tokens.index("prefers-color-scheme") :]):
        (paper,) = re.findall(r"--paper: (#[0-9a-f]{6})", theme)
        tones = re.findall(r"--tone-[0-9]: (#[0-9a-f]{6})", theme)
        assert [colour for colour in tones if contrast(colour, paper) < 4.5] == []


def test_a_time_leads_into_the_recording(client: Client) -> None:
    event = make_published(recording_url="https://www.youtube.com/watch?v=x")
    make_answer(make_question(event, media_time=5), media_time=75.5)

    page = client.get(event.get_absolute_url()).content.decode()

    assert 'href="https://www.youtube.com/watch?v=x&amp;t=75" rel="nofollow">' in page


def contrast(one: str, other: str) -> float:
    """As WCAG 2.2 defines it."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_evidence_that_panels_wrote_is_in_the_language_of_the_page(client: Client) -> None:
    event = make_published(slug="lamps")
    ida = make_speaker("Ida Krane")
    question = make_question(event)
    for evidence in ("Ida Krane is the only speaker listed", "Ida Krane was the only one in the room."):
        make_answer(question, speaker=ida, attribution="inferred", evidence=evidence)

    english = client.get("/events/lamps/", headers={"accept-language": "en"}).content.decode()
    chinese = client.get("/events/lamps/", headers={"accept-language": "zh-hans"}).content.decode()

    assert "<p>Ida Krane is the only speaker listed</p>" in english
    assert "<p>Ida Krane是唯一列出的发言者</p>" in chinese
    assert "<p>Ida Krane was the only one in the room.</p>" in english
    assert "<p>Ida Krane was the only one in the room.</p>" in chinese
