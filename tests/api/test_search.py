"""Search as JSON: what is found, what it can be narrowed by, and its pages."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from panels.models import Event
from tests.api.reading import get_json, walked
from tests.builders import make_answer, make_published, make_question, make_session, make_speaker

pytestmark = pytest.mark.django_db

ROOT = "http://testserver"


@pytest.fixture
def night() -> Event:
    event = make_published(title="Night Opening", slug="night", introduction="An evening about **lamps**.")
    jane = make_speaker("Jane Doe", slug="jane-doe")
    question = make_question(event, text="Are lamps cheap?", asked_by=jane)
    make_answer(question, text="Lamps are cheap, and heating is not.", speaker=jane).tags.add("Budget")
    make_answer(question, text="Nobody counts.", attribution="unknown")
    return event


def test_a_hit_is_told_whole_with_the_words_that_were_found(night: Event, client: Client) -> None:
    found = get_json(client, "search/?q=heating")

    (hit,) = found["items"]
    assert hit["answer"] == get_json(client, "answers/night/q1-a1/")
    assert (hit["kind"], hit["question"], hit["event"]) == ("answer", None, None)
    assert (hit["url"], hit["api_url"]) == (f"{ROOT}/events/night/q1-a1/", f"{ROOT}/api/v1/answers/night/q1-a1/")
    assert hit["in_transcript_url"] == f"{ROOT}/events/night/#q1-a1"
    assert [part["text"] for part in hit["excerpt"] if part["is_found"]] == ["heating"]
    assert "".join(part["text"] for part in hit["excerpt"]) == "Lamps are cheap, and heating is not."
    assert (found["total"], found["is_capped"], found["next"], found["previous"]) == (1, False, None, None)


def test_questions_and_events_are_found_too(night: Event, client: Client) -> None:
    by_kind = {hit["kind"]: hit for hit in get_json(client, "search/?q=lamps")["items"]}

    assert by_kind["question"]["question"] == get_json(client, "questions/")["items"][0]
    assert by_kind["event"]["event"]["slug"] == "night"
    assert by_kind["event"]["url"] == by_kind["event"]["in_transcript_url"] == f"{ROOT}/events/night/"


def test_facets_say_how_to_narrow_it(night: Event, client: Client) -> None:
    facets = {facet["parameter"]: facet["options"] for facet in get_json(client, "search/?q=cheap")["facets"]}

    assert facets["tag"] == [{"value": "budget", "label": "Budget", "count": 1}]
    assert facets["speaker"][0]["value"] == "jane-doe"
    assert [hit["kind"] for hit in get_json(client, "search/?q=cheap&tag=budget")["items"]] == ["answer"]
    assert get_json(client, "search/?q=cheap&year=1999")["items"] == []


def test_who_names_nobody_and_who_asks_nothing_are_answered_kindly(night: Event, client: Client) -> None:
    assert get_json(client, "search/?q=lamps&speaker=nobody")["unknown"] == ['speaker:"nobody"']
    assert get_json(client, "search/")["total"] == 0
    assert get_json(client, "search/?q=%22*-(")["items"] == []
    assert get_json(client, f"search/?q={'x' * 501}", 422)["errors"][0]["parameter"] == "q"


def test_pages_lead_to_each_other(client: Client) -> None:
    make_session(1, 45, slug="night").answers.update(text="Lamps.")

    forth = list(walked(client, "search/?q=lamps"))
    back = list(walked(client, forth[1]["next"], "previous"))

    assert [len(page["items"]) for page in forth] == [20, 20, 5]
    assert len({hit["url"] for page in forth for hit in page["items"]}) == 45
    assert back[::-1] == forth
    assert get_json(client, "search/?q=lamps&cursor=x", 400)["status"] == 400
    assert client.get("/api/v1/search/?q=lamps")["Link"] == f'<{forth[0]["next"]}>; rel="next"'


def test_queries_do_not_depend_on_how_much_is_found(client: Client) -> None:
    def add(answers: int) -> None:
        event = make_session(1, answers, introduction="Lamps.")
        event.questions.update(text="Lamps?", asked_by=event.panelists.all()[0].speaker)
        event.answers.update(text="Lamps.")
        for passage in event.answers.all():
            passage.tags.add("Lamps")

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert get_json(client, "search/?q=lamps")["total"]
        return len(asked)

    add(1)
    few = queries()
    for _ in range(3):
        add(4)

    assert queries() == few <= 20
