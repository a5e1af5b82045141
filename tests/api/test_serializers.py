"""What is told of each thing."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from panels.api.schemas import EventListed
from panels.models import Event, FormerWording
from panels.transcript import EVENT_FIELDS
from tests.api.reading import get_json
from tests.builders import (
    make_answer,
    make_correction,
    make_panelist,
    make_published,
    make_question,
    make_session,
    make_speaker,
)

pytestmark = pytest.mark.django_db

ROOT = "http://testserver"
JANE = {
    "url": f"{ROOT}/speakers/jane-doe/",
    "api_url": f"{ROOT}/api/v1/speakers/jane-doe/",
    "slug": "jane-doe",
    "name": "Jane Doe",
    "original_name": "珍",
    "note": None,
    "kind": "person",
}
LAMPS = {"url": f"{ROOT}/tags/lamps/", "api_url": f"{ROOT}/api/v1/tags/lamps/", "slug": "lamps", "name": "Lamps"}
OFFICE = {"role": "moderator", "title": "Editor", "organisation": None}
GROUPED = {"publisher", "source_title", "source_url", "source_note", "translation", "translated_from"}
TOLD = {
    "title": "Night Opening",
    "date": "2021-03-14",
    "language": "en-GB",
    "programme": "Evenings",
    "introduction": "About *lamps*.",
    "licence": "CC BY 4.0",
    "recording_url": "https://sheet.example/tape",
}
TOLD |= {name: f"Lamps: {name}" for name in EVENT_FIELDS if name not in {*TOLD, *GROUPED}}
"""The fields of an event that the API has under the same name. A field that is added comes in here by itself."""


@pytest.fixture
def night() -> Event:
    """A session in which everything is known, and one answer of which nobody knows who gave it."""
    event = make_published(
        slug="night", publisher="Sheet", source_title="Lamps", source_url="https://sheet.example/",
        source_note="A page is lost.", translation="machine", translated_from="de",
        published_at="2021-03-15T08:00:00Z", **TOLD,
    )  # fmt: skip
    jane = make_speaker("Jane Doe", slug="jane-doe", original_name="珍", family_name="Doe", biography="Keeps *lamps*.")
    make_panelist(event, speaker=jane, role="moderator", title="Editor")
    question = make_question(event, text="How *late*?", asked_by=jane, is_follow_up=True, media_time=1.5)
    evidence = {"attribution": "inferred", "evidence": "Thanked by name."}
    answer = make_answer(question, text="Until *ten*.", speaker=jane, media_time=2, **evidence)
    make_answer(question, text="Who knows.", attribution="unknown")
    for tagged in (event, question, answer):
        tagged.tags.add("Lamps")
    note = make_correction(event, anchor="q1-a1", note="Not *nine*.", date="2021-04-01")
    make_correction(event, note="The day was wrong.", date="2021-04-02")
    FormerWording.objects.create(event=event, anchor="q1-a1", text="Until *nine*.", correction=note)
    return event


def reference(event: Event) -> dict[str, Any]:
    return {
        "url": f"{ROOT}/events/night/",
        "api_url": f"{ROOT}/api/v1/events/night/",
        "slug": "night",
        "title": "Night Opening",
        "date": "2021-03-14",
        "language": "en-GB",
        "version": Event.objects.get().version.number,
    }


CORRECTION = {
    "number": 1,
    "date": "2021-04-01",
    "anchor": "q1-a1",
    "note": "Not *nine*.",
    "earlier_url": f"{ROOT}/events/night/q1-a1/earlier/",
}


def answer_in_question(event: Event) -> dict[str, Any]:
    return {
        "url": f"{ROOT}/events/night/q1-a1/",
        "api_url": f"{ROOT}/api/v1/answers/night/q1-a1/",
        "anchor": "q1-a1",
        "language": "en-GB",
        "text": "Until *ten*.",
        "media_time": 2.0,
        "tags": [LAMPS],
        "corrections": [CORRECTION],
        "version": reference(event)["version"],
        "position": 1,
        "attribution": "inferred",
        "evidence": "Thanked by name.",
        "speaker": JANE,
        "office": OFFICE,
    }


def question(event: Event) -> dict[str, Any]:
    return {
        "url": f"{ROOT}/events/night/q1/",
        "api_url": f"{ROOT}/api/v1/questions/night/q1/",
        "anchor": "q1",
        "language": "en-GB",
        "text": "How *late*?",
        "media_time": 1.5,
        "tags": [LAMPS],
        "corrections": [],
        "version": reference(event)["version"],
        "number": 1,
        "is_follow_up": True,
        "asked_by": JANE,
        "office": OFFICE,
    }


def test_an_answer_says_who_gave_it_in_what_capacity_and_how_that_is_known(night: Event, client: Client) -> None:
    asked = {name: question(night)[name] for name in ("url", "api_url", "anchor", "number", "text")}
    whole = answer_in_question(night) | {"event": reference(night), "question": asked}

    assert get_json(client, "answers/night/q1-a1/") == whole
    assert whole in get_json(client, "answers/")["items"]


def test_who_is_not_named_is_nobody(night: Event, client: Client) -> None:
    answer = get_json(client, "answers/night/q1-a2/")

    assert (answer["attribution"], answer["speaker"], answer["office"], answer["evidence"]) == (
        "unknown",
        None,
        None,
        None,
    )


def test_a_question_comes_with_its_answers_and_in_lists_with_their_number(night: Event, client: Client) -> None:
    whole = get_json(client, "questions/night/q1/")

    assert whole.pop("answers")[0] == answer_in_question(night)
    assert whole == question(night) | {"event": reference(night)}
    assert get_json(client, "questions/")["items"] == [whole | {"answer_count": 2}]


def test_an_event_comes_with_its_transcript_and_in_lists_without(night: Event, client: Client) -> None:
    whole = get_json(client, "events/night/")
    transcript = whole.pop("transcript")

    assert transcript["items"][0]["answers"][0] == answer_in_question(night)
    assert (transcript["next"], transcript["previous"]) == (None, None)
    assert transcript == get_json(client, "events/night/transcript/")
    whole_day = {"number": 2, "date": "2021-04-02", "anchor": None, "note": "The day was wrong.", "earlier_url": None}
    assert whole == reference(night) | {
        **TOLD,
        "source": {"publisher": "Sheet", "title": "Lamps", "url": "https://sheet.example/", "note": "A page is lost."},
        "translation": {"made_by": "machine", "translated_from": "de"},
        "published_at": "2021-03-15T08:00:00Z",
        "changed_at": whole["changed_at"],
        "question_count": 1,
        "answer_count": 2,
        "unattributed_count": 1,
        "panelists": [OFFICE | {"speaker": JANE}],
        "tags": [LAMPS],
        "corrections": [CORRECTION, whole_day],
    }
    assert get_json(client, "events/")["items"] == [whole]


def test_every_field_of_an_event_is_in_the_api() -> None:
    assert set(EVENT_FIELDS) <= EventListed.model_fields.keys() | GROUPED


def test_what_is_not_known_is_null(client: Client) -> None:
    make_published(slug="bare", date=None)

    bare = get_json(client, "events/bare/")

    unknown = ("date", "programme", "introduction", "pull_quote", "licence", "recording_url", "translation")
    assert [bare[name] for name in unknown] == [None] * 7
    assert set(bare["source"].values()) == {None}


def test_a_speaker_comes_with_the_offices_of_each_day(night: Event, client: Client) -> None:
    listed = JANE | {"event_count": 1, "answer_count": 1}

    assert get_json(client, "speakers/")["items"] == [listed]
    assert get_json(client, "speakers/jane-doe/") == listed | {
        "family_name": "Doe",
        "biography": "Keeps *lamps*.",
        "offices": [OFFICE | {"event": reference(night)}],
        "feed_url": f"{ROOT}/feeds/speakers/jane-doe.atom",
    }


def test_a_tag_says_how_much_is_under_it(night: Event, client: Client) -> None:
    tag = LAMPS | {"event_count": 1, "passage_count": 2, "feed_url": f"{ROOT}/feeds/tags/lamps.atom"}

    assert get_json(client, "tags/lamps/") == tag
    assert get_json(client, "tags/")["items"] == [tag]


def test_a_quotation_is_found_with_what_differs(night: Event, client: Client) -> None:
    make_answer(night.questions.get(), text="The roof was mended in 1987, by the town itself.")

    exact = get_json(client, "quote/?q=“the+roof+was+mended+in+1987”")
    near = get_json(client, "quote/?q=The+roof+was+mended+in+1986,+by+the+town")

    assert exact["verdict"] == "exact"
    (found,) = exact["findings"]
    assert found["answer"] == get_json(client, "answers/night/q1-a3/")
    assert found["words_url"] == f"{ROOT}/events/night/#q1-a3:~:text=The%20roof%20was%20mended%20in%201987"
    assert (found["passage"], found["likeness"], found["correction"]) == ("The roof was mended in 1987", 1.0, None)
    assert near["verdict"] == "near"
    assert {"mark": "removed", "text": "1986"} in near["findings"][0]["parts"]
    assert {"mark": "added", "text": "1987"} in near["findings"][0]["parts"]
    assert get_json(client, "quote/?q=lighthouses+are+red+and+white")["verdict"] == "absent"
    assert get_json(client, "quote/?q=roof") == {"verdict": "too_short", "outside_filter": False, "findings": []}


def test_a_quotation_from_before_a_correction_comes_with_it(night: Event, client: Client) -> None:
    make_correction(night, anchor="q1-a3", note="It said “1978”; the minutes say “1987”.")
    make_answer(night.questions.get(), text="The roof was mended in 1987, by the town itself.")

    changed = get_json(client, "quote/?q=The+roof+was+mended+in+1978,+by+the+town+itself")

    assert changed["verdict"] == "changed"
    assert changed["findings"][0]["correction"]["number"] == 3


def test_words_of_somebody_else_are_said_to_be(night: Event, client: Client) -> None:
    make_answer(night.questions.get(), text="The roof was mended in 1987.")

    asked = "quote/?q=the+roof+was+mended+in+1987"

    assert get_json(client, f"{asked}&speaker=jane-doe")["outside_filter"] is True
    assert get_json(client, f"{asked}&event=night")["outside_filter"] is False


@pytest.mark.parametrize(
    ("path", "queries"),
    [("events/", 4), ("questions/", 4), ("answers/", 4), ("speakers/", 3), ("tags/", 5), ("events/night/", 10),
     ("events/night/transcript/", 6), ("questions/night/q1/", 7), ("answers/night/q1-a1/", 7), ("speakers/jane/", 3),
     ("tags/lamps/", 2), ("answers/?tag=lamps&event=night&speaker=jane", 9), ("quote/?q=Answer+1+it+is", 6)],
)  # fmt: skip
@pytest.mark.parametrize("more", [0, 4])
def test_queries_do_not_depend_on_how_much_there_is(
    more: int, path: str, queries: int, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    jane = make_speaker("Jane", slug="jane")
    for number in range(1 + more):
        event = make_session(2 + more, 1 + more, slug="night" if number == 0 else "", speakers=[jane, make_speaker()])
        event.answers.update(text="Answer 1 it is.")
        event.questions.update(asked_by=jane)
        make_correction(event, anchor="q1-a1")
        for tagged in (event, event.questions.first(), *event.answers.all()):
            tagged.tags.add("Lamps", f"Tag {number}")

    # On PostgreSQL the days in which to look for the newest rows of a tag are asked for first.
    with django_assert_num_queries(queries + (connection.vendor == "postgresql" and "tag=" in path)):
        get_json(client, path)
