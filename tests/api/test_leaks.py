"""What is not published changes nothing that the API says: no object, count, cursor or entity tag."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from panels.models import Event, Schedule, Speaker, Tag
from tests.api.reading import walked
from tests.builders import make_answer, make_correction, make_panelist, make_question, make_session, make_speaker

pytestmark = pytest.mark.django_db

ADDRESSES = (
    "", "events/", "events/?limit=1", "events/?tag=shared", "events/?speaker=jane", "events/?year=1999",
    "events/public-1/", "events/public-1/transcript/", "questions/", "questions/?tag=shared", "questions/?speaker=jane",
    "answers/", "answers/?limit=1", "answers/?tag=shared", "answers/?speaker=jane", "answers/?attribution=unknown",
    "questions/public-1/q1/", "answers/public-1/q1-a1/", "speakers/", "speakers/?limit=1", "speakers/jane/", "tags/",
    "tags/?limit=1", "tags/shared/", "quote/?q=a+canary+sings+at+night", "openapi.json",
    "search/?q=canary", "search/?q=answer", "search/?q=question&tag=shared", "search/?q=answer&speaker=jane",
    "search/?year=1999", "search/?q=aardvark",
)  # fmt: skip
LISTS = ("events/", "questions/", "answers/", "speakers/", "tags/")


@pytest.fixture
def jane() -> Speaker:
    jane = make_speaker("Jane", slug="jane")
    for number in (1, 2):
        make_session(title=f"Public {number}", slug=f"public-{number}", speakers=[jane]).tags.add("Shared")
    return jane


def hide(jane: Speaker, status: str) -> Event:
    """A whole session that shares a speaker and a tag with the public ones, and is not public."""
    title = "A canary sings at night"
    public = status in {"withdrawn", "binned"}
    event = make_session(
        2, 2, title=title, slug="canary", status="draft", published_at=timezone.now() if public else None,
        date="1999-12-31", speakers=[jane, make_speaker("Canary")], introduction=title,
    )  # fmt: skip
    secret = make_speaker("Aaron Canary")
    make_panelist(event, speaker=secret)
    question = make_question(event, text=title, asked_by=jane)
    for fields in ({"speaker": jane}, {"speaker": secret}, {"attribution": "unknown"}):
        make_answer(question, text=title, **fields)
    for tagged in (event, question, question.answers.first()):
        tagged.tags.add("Shared", "Aardvark canaries")  # type: ignore[union-attr]
    make_correction(event, note=title)
    if status == "scheduled":
        Schedule.objects.create(event=event, publish_at=timezone.now() + dt.timedelta(days=1))
    else:
        Event.objects.filter(pk=event.pk).update(status=status)
    return event


def everything(client: Client) -> list[tuple[object, ...]]:
    """Each answer, by all that it says."""
    responses = [client.get(f"/api/v1/{path}") for path in ADDRESSES]
    assert {response.status_code for response in responses} == {200}
    return [
        (path, response.content, response["ETag"], response.headers.get("Link"))
        for path, response in zip(ADDRESSES, responses, strict=True)
    ]


@pytest.mark.parametrize("status", ["draft", "in_review", "scheduled", "withdrawn", "binned"])
def test_what_is_not_public_changes_no_answer(status: str, jane: Speaker, client: Client) -> None:
    before = everything(client)

    event = hide(jane, status)

    assert everything(client) == before
    assert Tag.objects.filter(slug="aardvark-canaries").exists()  # or this test would try nothing
    assert event.answers.count() == 7


@pytest.mark.parametrize("status", ["draft", "withdrawn"])
def test_walking_does_not_come_by_it(status: str, jane: Speaker, client: Client) -> None:
    hide(jane, status)

    for path in LISTS:
        for page in walked(client, f"{path}?limit=1"):
            assert len(page["items"]) == 1
            assert "anar" not in str(page)


@pytest.mark.parametrize("status", ["draft", "in_review", "withdrawn", "binned"])
def test_an_editor_sees_no_more_of_it(status: str, jane: Speaker, desk: Client, client: Client) -> None:
    hide(jane, status)

    assert everything(desk) == everything(client)
