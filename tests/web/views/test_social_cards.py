"""The pictures for sharing: what they are, how long they may be kept, and what never has one."""

import re
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from django.test import Client
from PIL import Image

from panels.models import Event
from panels.reading.social_cards import HEIGHT, WIDTH, fonts, has_faces
from tests.builders import make_answer, make_published, make_question, make_session, make_speaker

pytestmark = pytest.mark.django_db


@pytest.fixture
def night(missing: Callable[[str], None]) -> Event:
    if not has_faces():
        missing("a font")
    event = make_published(title="Night & Day", slug="night", language="en")
    make_answer(make_question(event, text="How late?"), text="Until *ten*.", speaker=make_speaker("Jane Doe"))
    return event


@pytest.fixture
def fontless(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """A machine on which no font lies where fonts lie."""
    for name in ("XDG_DATA_HOME", "XDG_DATA_DIRS", "HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    fonts._found.cache_clear()
    yield
    fonts._found.cache_clear()


def picture(client: Client, path: str) -> Image.Image:
    response = client.get(path)
    assert (response.status_code, response["Content-Type"]) == (200, "image/png")
    return Image.open(BytesIO(response.content)).convert("RGB")


def is_written(drawn: Image.Image) -> bool:
    """Whether there is dark ink where the words stand."""
    return min(drawn.crop((40, 110, WIDTH - 40, 400)).convert("L").tobytes()) < 90


@pytest.mark.parametrize("path", ["card.png", "q1/card.png", "q1-a1/card.png"])
def test_a_session_a_question_and_an_answer_have_one(path: str, night: Event, client: Client) -> None:
    drawn = picture(client, f"/events/night/{path}")

    assert drawn.size == (WIDTH, HEIGHT) == (1200, 630)
    assert is_written(drawn)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("zh-Hans", "我们先记下老人的声音，再谈修缮。" * 30),
        ("ar", "نحفظ الأوراق في صناديق خالية من الحموضة (45–50 %)، واستعملنا OCR. " * 20),
        ("en", "A\u0301\u0302\u0303" * 200),
        ("en", "\U0010f123"),
        ("en", "**"),
        ("en", ""),
        ("x-odd", "a" * 5_000),
    ],
)
def test_any_words_are_drawn_or_left_out(language: str, text: str, night: Event, client: Client) -> None:
    Event.objects.update(language=language)
    night.answers.update(text=text)

    assert picture(client, "/events/night/q1-a1/card.png").size == (1200, 630)


def test_pages_name_their_picture_and_say_what_it_shows(night: Event, client: Client) -> None:
    page = client.get("/events/night/q1-a1/").content.decode()

    metas = dict(re.findall(r'<meta (?:property|name)="(og:image[:a-z]*|twitter:card)" content="([^"]*)">', page))
    assert metas == {
        "og:image": "http://testserver/events/night/q1-a1/card.png",
        "og:image:type": "image/png",
        "og:image:width": "1200",
        "og:image:height": "630",
        "og:image:alt": "How late?. Until ten.. Jane Doe. 14 Mar 2021 · Night &amp; Day",
        "twitter:card": "summary_large_image",
    }
    assert "http://testserver/events/night/card.png" in client.get("/events/night/").content.decode()


def test_it_is_kept_until_the_words_change(night: Event, client: Client) -> None:
    path = "/events/night/q1-a1/card.png"
    first = client.get(path)
    known = client.get(path, headers={"if-none-match": first["ETag"]})
    night.answers.update(text="Until eleven, and on Thursdays until two.")
    changed = client.get(path, headers={"if-none-match": first["ETag"]})

    assert (known.status_code, known.content) == (304, b"")
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]
    assert changed.content != first.content


def test_without_a_font_there_is_none(fontless: None, client: Client) -> None:
    make_session(slug="night")

    page = client.get("/events/night/q1-a1/").content.decode()

    assert "og:image" not in page
    assert '<meta name="twitter:card" content="summary">' in page
    assert client.get("/events/night/q1-a1/card.png").status_code == 404


def test_what_is_gone_has_none(night: Event, client: Client) -> None:
    night.questions.get().delete()
    assert client.get("/events/night/q1-a1/card.png").status_code == 410
    assert client.get("/events/night/q7/card.png").status_code == 404

    night.slug = "day"
    night.save()
    moved = client.get("/events/night/card.png")
    assert (moved.status_code, moved["Location"]) == (301, "/events/day/card.png")
