"""Lists: that walking them gives everything once, and what narrows them."""

from typing import Any

import pytest
from django.test import Client

from panels.models import Event
from tests.api.reading import get_json, walked
from tests.builders import (
    make_answer,
    make_event,
    make_panelist,
    make_published,
    make_question,
    make_session,
    make_speaker,
)

pytestmark = pytest.mark.django_db

LISTS = ["events/", "questions/", "answers/", "speakers/", "tags/"]


def add(number: int) -> Event:
    """A session with a speaker and a tag of its own; of some, the day is the same or not known."""
    date = None if number % 3 == 0 else f"2020-01-{1 + number // 2:02}"
    event = make_session(2, 1, title=f"Session {number}", date=date)
    event.tags.add(f"Tag {number}")
    return event


def urls(pages: Any) -> list[str]:
    return [item["url"] for page in pages for item in page["items"]]


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("limit", [1, 2, 7, 100])
def test_walking_gives_everything_once_and_in_one_order(limit: int, path: str, client: Client) -> None:
    for number in range(7):
        add(number)
    whole = urls([get_json(client, f"{path}?limit=100")])

    pages = list(walked(client, f"{path}?limit={limit}"))

    assert urls(pages) == whole
    assert len(set(whole)) == len(whole) == (14 if path in {"questions/", "answers/"} else 7)
    assert all(len(page["items"]) == limit for page in pages[:-1])
    assert pages[0]["previous"] is None


@pytest.mark.parametrize("path", LISTS)
def test_walking_back_gives_the_same(path: str, client: Client) -> None:
    for number in range(7):
        add(number)
    forth = list(walked(client, f"{path}?limit=2"))
    last = forth[-2]["next"]

    back = list(walked(client, last, "previous"))

    assert urls(reversed(back)) == urls(forth)
    assert back[-1]["previous"] is None


@pytest.mark.parametrize("path", LISTS)
def test_walking_gives_everything_once_while_things_are_added(path: str, client: Client) -> None:
    for number in range(6):
        add(number)
    before = set(urls([get_json(client, f"{path}?limit=100")]))

    walk = walked(client, f"{path}?limit=2")
    seen = []
    for number, page in enumerate(walk):
        seen += urls([page])
        if number < 5:
            add(10 + number)

    assert len(seen) == len(set(seen))
    assert before <= set(seen)


@pytest.mark.parametrize("path", LISTS)
def test_walking_goes_on_where_a_thing_is_taken_back(path: str, client: Client) -> None:
    for number in range(6):
        add(number)
    first = get_json(client, f"{path}?limit=2")
    rest = urls([get_json(client, f"{path}?limit=100")])[2:]

    Event.objects.filter(title="Session 5").update(status="withdrawn")

    gone = set(rest) - set(urls([get_json(client, f"{path}?limit=100")]))
    assert urls(walked(client, first["next"])) == [url for url in rest if url not in gone]


def test_links_stand_in_the_header_too_and_keep_what_narrows(client: Client) -> None:
    for _ in range(3):
        make_published(date="2020-05-01")
    make_published(date="2021-05-01")

    response = client.get("/api/v1/events/?year=2020&limit=1")
    second = client.get(response.json()["next"])

    assert response["Link"] == f'<{response.json()["next"]}>; rel="next"'
    assert second["Link"] == f'<{second.json()["next"]}>; rel="next", <{second.json()["previous"]}>; rel="prev"'
    assert len(urls(walked(client, "events/?year=2020&limit=1"))) == 3


def test_a_transcript_is_walked_in_its_order(client: Client) -> None:
    make_session(5, 2, slug="night")

    pages = list(walked(client, "events/night/transcript/?limit=2"))

    assert [item["number"] for page in pages for item in page["items"]] == [1, 2, 3, 4, 5]
    assert all(len(item["answers"]) == 2 for page in pages for item in page["items"])


def test_a_long_event_goes_on_where_its_first_page_ends(client: Client) -> None:
    make_session(51, 1, slug="night")

    first = get_json(client, "events/night/")["transcript"]
    rest = get_json(client, first["next"])

    assert [item["number"] for item in [*first["items"], *rest["items"]]] == list(range(1, 52))
    assert rest["next"] is None


def test_events_are_narrowed(client: Client) -> None:
    jane = make_speaker("Jane Doe", slug="jane-doe")
    wanted = make_session(title="Wanted", date="2020-05-01", language="zh-Hans", speakers=[jane])
    wanted.answers.get().tags.add("Archives")
    make_session(title="Unwanted", date="2021-05-01")

    for query in ("year=2020", "tag=archives", "speaker=jane-doe", "language=ZH", "language=zh-Hans",
                  "year=2020&tag=archives&speaker=jane-doe&language=zh"):  # fmt: skip
        assert [event["title"] for event in get_json(client, f"events/?{query}")["items"]] == ["Wanted"], query


def test_translations_of_an_event_are_found(client: Client) -> None:
    original = make_published(slug="yejian", language="zh-Hans")
    fields = {"translation": "human", "translated_from": "zh-Hans", "translation_of": original}
    make_published(slug="night", **fields)
    make_published(slug="nuit", language="fr", **fields)
    make_event(slug="nacht", language="de", **fields)

    def slugs(of: str) -> set[str]:
        return {event["slug"] for event in get_json(client, f"events/?translations_of={of}")["items"]}

    assert slugs("yejian") == {"night", "nuit"}
    assert slugs("night") == {"yejian", "nuit"}


def test_questions_and_answers_are_narrowed(client: Client) -> None:
    jane = make_speaker("Jane Doe", slug="jane-doe")
    event = make_published(slug="night")
    question = make_question(event, text="Wanted", asked_by=jane)
    question.tags.add("Archives")
    answer = make_answer(question, text="Wanted", speaker=jane, attribution="inferred", evidence="Thanked.")
    answer.tags.add("Archives")
    make_session(2, 2)

    for query in ("event=night", "speaker=jane-doe", "tag=archives"):
        for path in ("questions", "answers"):
            assert [one["text"] for one in get_json(client, f"{path}/?{query}")["items"]] == ["Wanted"]
    assert [one["text"] for one in get_json(client, "answers/?attribution=inferred")["items"]] == ["Wanted"]


def test_a_tag_of_a_question_and_of_an_event_counts_for_what_is_in_them(client: Client) -> None:
    event = make_session(2, 1)
    event.questions.get(number=1).tags.add("Archives")
    make_session(1, 1).tags.add("Lamps")

    assert [one["text"] for one in get_json(client, "answers/?tag=archives")["items"]] == ["Answer 1."]
    for path in ("questions", "answers"):
        assert [one["event"]["slug"] for one in get_json(client, f"{path}/?tag=lamps")["items"]] != [event.slug]
        assert len(get_json(client, f"{path}/?tag=lamps")["items"]) == 1


def test_former_slugs_narrow_as_the_present_ones_do(client: Client) -> None:
    event = make_session(slug="night")
    make_panelist(event, speaker=make_speaker("Jane Doe", slug="jane-doe"))
    event.former_slugs.create(slug="evening")

    assert len(get_json(client, "answers/?event=evening")["items"]) == 1


@pytest.mark.parametrize("query", ["event=none", "speaker=none", "tag=none"])
@pytest.mark.parametrize("path", ["questions/", "answers/"])
def test_who_names_what_there_is_not_is_told_so(path: str, query: str, client: Client) -> None:
    assert get_json(client, f"{path}?{query}", 404)["status"] == 404


def test_who_names_what_was_taken_back_is_told_so(client: Client) -> None:
    make_event(slug="night", status="withdrawn")

    assert get_json(client, "answers/?event=night", 410)["title"] == "Gone"


@pytest.mark.parametrize("path", LISTS)
def test_an_empty_list_is_a_list(path: str, client: Client) -> None:
    assert get_json(client, path) == {"items": [], "next": None, "previous": None}
