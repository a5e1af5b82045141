"""Addresses and refusals: moved, gone, not found, not allowed, all in one shape and for scripts of any site."""

import pytest
from django.test import Client, RequestFactory

from panels.api.links import site_urls
from panels.models import Event
from tests.api.reading import get_json
from tests.builders import make_session, make_speaker

pytestmark = pytest.mark.django_db


def test_addresses_are_those_that_lead_there(rf: RequestFactory) -> None:
    event = make_session(slug="夜间-開放", speakers=[make_speaker("Jörg", slug="jörg")])
    event.tags.add("档案")
    event.tags.update(slug="档案")
    answer, speaker, tag = event.answers.get(), event.panelists.get().speaker, event.tags.get()
    urls = site_urls(rf.get("/"))

    for both, thing in (
        (urls.event(event), event), (urls.question(answer.question, event), answer.question),
        (urls.answer(answer, event), answer), (urls.speaker(speaker), speaker), (urls.tag(tag.slug), tag),
    ):  # fmt: skip
        assert both["url"] == f"http://testserver{thing.get_absolute_url()}"
        assert get_json(Client(), both["api_url"])["url"] == both["url"]
    for feed in (urls.feed(speaker), urls.feed(tag)):
        assert Client().get(feed).status_code == 200
    assert get_json(Client(), urls.transcript(event))["items"]


def test_former_addresses_lead_to_the_present_ones(client: Client) -> None:
    event = make_session(slug="first", speakers=[make_speaker(slug="one")])
    event.tags.add("Archives")
    speaker, tag = event.panelists.get().speaker, event.tags.get()
    for thing, slug in ((event, "second"), (speaker, "two"), (tag, "files")):
        thing.slug = slug
        thing.save()

    for old, new in (
        ("events/first/", "events/second/"),
        ("events/first/transcript/?limit=3", "events/second/transcript/?limit=3"),
        ("questions/first/q1/", "questions/second/q1/"),
        ("answers/first/q1-a1/", "answers/second/q1-a1/"),
        ("speakers/one/", "speakers/two/"),
        ("tags/archives/", "tags/files/"),
    ):
        response = client.get(f"/api/v1/{old}")
        assert (response.status_code, response["Location"]) == (301, f"/api/v1/{new}")
        assert response["Access-Control-Allow-Origin"] == "*"


def test_what_was_taken_back_is_gone(client: Client) -> None:
    event = make_session(2, slug="night")
    event.questions.get(number=2).delete()
    assert get_json(client, "questions/night/q2/", 410)["title"] == "Gone"
    assert get_json(client, "answers/night/q2-a1/", 410)["title"] == "Gone"

    Event.objects.update(status="withdrawn")

    for path in ("events/night/", "events/night/transcript/", "questions/night/q1/", "answers/night/q1-a1/"):
        assert get_json(client, path, 410) == {
            "type": "about:blank",
            "title": "Gone",
            "status": 410,
            "detail": "This was published and later withdrawn.",
            "errors": [],
        }


@pytest.mark.parametrize(
    "path",
    ["nothing/", "nothing", "events/none/", "events/none/transcript/", "questions/night/q9/", "questions/night/q1-a1/",
     "answers/night/q1/", "answers/night/q1-a9/", "answers/night/Q1/", "speakers/none/", "tags/none/", "events/a/b/c/",
     "events/%00/", "answers/?event=%00", "events/%FF/", "quote/?q=one+two+three&speaker=none"],
)  # fmt: skip
def test_what_there_is_not_is_not_found(path: str, client: Client) -> None:
    make_session(slug="night")

    assert get_json(client, path, 404)["detail"] == "Not found, or not published."


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE"])
@pytest.mark.parametrize("path", ["", "events/", "openapi.json"])
def test_only_reading_is_allowed(path: str, method: str) -> None:
    response = Client(enforce_csrf_checks=True).generic(method, f"/api/v1/{path}")

    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD, OPTIONS"
    assert response.json()["status"] == 405


@pytest.mark.parametrize(
    ("query", "parameter"),
    [("limit=0", "limit"), ("limit=101", "limit"), ("limit=x", "limit"), ("year=0", "year"), ("year=²", "year"),
     ("language=%25", "language"), ("speakers=x", "speakers"), (f"cursor={'x' * 2001}", "cursor")],
)  # fmt: skip
def test_wrong_parameters_are_named(query: str, parameter: str, client: Client) -> None:
    refused = get_json(client, f"events/?{query}", 422)

    assert [error["parameter"] for error in refused["errors"]] == [parameter]
    assert refused["errors"][0]["reason"]


def test_where_no_parameter_is_known_none_is_taken(client: Client) -> None:
    make_session(slug="night")

    assert get_json(client, "events/night/?limit=3", 422)["errors"][0]["parameter"] == "limit"


def test_scripts_of_any_site_may_read(client: Client) -> None:
    for path in ("", "events/", "events/none/", "nothing/", "events/?limit=0"):
        response = client.get(f"/api/v1/{path}", headers={"Origin": "https://other.example"})
        assert response["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in response
    asked = client.options("/api/v1/events/", headers={"Access-Control-Request-Method": "GET"})
    assert asked.status_code == 204
    assert asked["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "If-None-Match" in asked["Access-Control-Allow-Headers"]
    assert client.options("/api/v1/nothing/").status_code == 404
    assert "Access-Control-Allow-Origin" not in client.get("/events/")


def test_head_is_answered_as_get_is(client: Client) -> None:
    make_session(slug="night")

    got, headed = client.get("/api/v1/events/night/"), client.head("/api/v1/events/night/")

    assert headed.content == b""
    assert headed.headers.pop("X-Request-ID") != got.headers.pop("X-Request-ID")
    assert headed.headers == got.headers
    assert client.head("/api/v1/nothing/").status_code == 404


def test_it_speaks_no_language_and_keeps_no_cookie(client: Client) -> None:
    make_session(slug="night")

    for path in ("events/night/", "events/none/"):
        response = client.get(f"/api/v1/{path}", headers={"Accept-Language": "zh-CN"})
        assert response.content == client.get(f"/api/v1/{path}").content
        assert "Accept-Language" not in response.headers.get("Vary", "")
        assert "Content-Language" not in response
        assert not response.cookies


def test_everything_begins_in_one_place(client: Client) -> None:
    for address in get_json(client, "").values():
        assert client.get(address, {"q": "one two three"} if "quote" in address else {}).status_code == 200
