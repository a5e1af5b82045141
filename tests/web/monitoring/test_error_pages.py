"""What readers, editors, programs and operators are told when something fails."""

import json
import logging
import re
import sqlite3
from collections.abc import Iterator
from html import unescape
from http import HTTPStatus
from io import BytesIO
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.test import Client
from pytest_django.fixtures import Settings

from tests.failures import failures_are_logged, log_lines
from tests.web.monitoring.failing import SECRET

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.monitoring.failing")]


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False)


@pytest.fixture
def lines() -> Iterator[list[str]]:
    with log_lines() as written:
        yield written


def words(response: HttpResponseBase) -> str:
    assert isinstance(response, HttpResponse)
    text = re.sub(r"<[^>]*>", " ", response.content.decode().partition("<body>")[2])
    return " ".join(unescape(text).split())


def test_a_fault_is_logged_with_the_id_that_the_page_gives(visitor: Client, editor: User, lines: list[str]) -> None:
    visitor.force_login(editor)

    response = visitor.post("/fails/fault/?q=Ida+Krane", {"text": SECRET})

    request_id = response.headers["X-Request-ID"]
    assert response.status_code == 500
    assert f"If you report this, include the ID {request_id} ." in words(response)
    [line] = lines
    head, *traceback = line.split("\n")
    assert re.fullmatch(
        rf"\d{{4}}-\d\d-\d\dT\d\d:\d\d:\d\dZ ERROR django\.request id={request_id} POST /fails/fault/ "
        rf"user={editor.pk}: Internal Server Error",
        head,
    )
    assert [one for one in traceback if not one.startswith(" ")] == [
        "Traceback (most recent call last):",
        "builtins.KeyError: (message left out: it may quote what somebody wrote)",
        "Traceback (most recent call last):",
        "builtins.ValueError: (message left out: it may quote what somebody wrote)",
    ]
    assert any("tests/web/monitoring/failing.py" in one and "in fault" in one for one in traceback)


@pytest.mark.parametrize("path", ["/fails/fault/?q=Ida", "/fails/rule/", "/fails/postgresql/08006/"])
def test_no_personal_data_is_logged(path: str, visitor: Client, editor: User, lines: list[str]) -> None:
    visitor.force_login(editor)

    visitor.post(path, {"text": SECRET}, headers={"cookie": f"words={SECRET}", "user-agent": SECRET})

    [line] = lines
    shown = "\n".join(one for one in line.split("\n") if not one.startswith("    "))  # without lines of the source
    for secret in ("Ida", "example.org", editor.username, "127.0.0.1", "forged", "q="):
        assert secret not in shown


def test_the_token_of_a_preview_is_not_logged(visitor: Client, lines: list[str]) -> None:
    visitor.get("/preview/s3cr3t-token/")

    assert " GET /preview/…/ user=-: " in lines[0]
    assert "s3cr3t" not in lines[0]


def test_what_is_wrong_with_the_program_is_logged(visitor: Client, lines: list[str]) -> None:
    visitor.get("/fails/none/")

    assert lines[0].endswith("builtins.AttributeError: 'NoneType' object has no attribute 'get_username'")


def test_no_address_can_forge_a_line(visitor: Client, lines: list[str]) -> None:
    visitor.get("/fails/postgresql/%0a2026-11-28T00:00:00Z ERROR forged/")

    assert len(lines) == 1
    assert not any(re.match(r"\d{4}-", one) for line in lines for one in line.split("\n")[1:])


@pytest.mark.parametrize(
    ("given", "is_used"),
    [
        ("0af7651916cd43dd8448eb211c80319c", True),
        ("req-2026.11_28-x", True),
        ("short", False),
        ("x" * 65, False),
        ("with a space in it", False),
        ("<script>alert(1)", False),
        ("-begins-badly", False),
    ],
)
def test_the_id_of_the_server_in_front_is_kept_if_it_is_sane(given: str, *, is_used: bool, client: Client) -> None:
    response = client.get("/", headers={"x-request-id": given})

    answered = response.headers["X-Request-ID"]
    assert (answered == given) == is_used
    assert re.fullmatch(r"[A-Za-z0-9._-]{8,64}", answered)


def test_every_request_has_an_id_of_its_own(client: Client) -> None:
    ids = [client.get(path).headers["X-Request-ID"] for path in ("/", "/", "/nothing/", "/api/v1/events/", "/healthz")]

    assert len(set(ids)) == 5


def test_a_page_that_is_not_there_is_not_logged(client: Client, lines: list[str]) -> None:
    client.get("/nothing/")

    assert lines == []


def test_a_failure_that_is_not_logged_would_fail_any_test(visitor: Client) -> None:
    logging.disable()
    try:
        with pytest.raises(AssertionError, match="500 without a line in the log"), failures_are_logged():
            visitor.get("/fails/fault/")
    finally:
        logging.disable(logging.NOTSET)


OUTAGES = [
    (f"/fails/sqlite/{sqlite3.SQLITE_FULL}/", "disk is full", "60"),
    (f"/fails/sqlite/{sqlite3.SQLITE_IOERR | 18 << 8}/", "disk is full", "60"),
    (f"/fails/sqlite/{sqlite3.SQLITE_READONLY}/", "read-only", "60"),
    (f"/fails/sqlite/{sqlite3.SQLITE_BUSY}/", "busy", "5"),
    (f"/fails/sqlite/{sqlite3.SQLITE_BUSY | 2 << 8}/", "busy", "5"),
    (f"/fails/sqlite/{sqlite3.SQLITE_CANTOPEN}/", "cannot be reached", "60"),
    ("/fails/postgresql/none/", "cannot be reached", "60"),
    ("/fails/postgresql/57P01/", "cannot be reached", "60"),
    ("/fails/postgresql/53300/", "cannot be reached", "60"),
    ("/fails/postgresql/53100/", "disk is full", "60"),
    ("/fails/postgresql/40P01/", "busy", "5"),
    ("/fails/postgresql/25006/", "read-only", "60"),
    ("/fails/lost/", "cannot be reached", "60"),
]


@pytest.mark.parametrize(("path", "reason", "later"), OUTAGES)
def test_an_outage_is_said_with_what_to_do(path: str, reason: str, later: str, visitor: Client) -> None:
    read, saved = visitor.get(path), visitor.post(path)

    for response in (read, saved):
        assert (response.status_code, response.headers["Retry-After"]) == (503, later)
        assert reason in words(response)
        assert response.headers["X-Request-ID"] in words(response)
    assert "Nothing is lost. Try again in a minute." in words(read)
    assert "Nothing was saved, and nothing that was saved before is lost. Go back, keep the page open" in words(saved)


@pytest.mark.parametrize("path", [f"/fails/sqlite/{sqlite3.SQLITE_ERROR}/", "/fails/postgresql/42P01/", "/fails/rule/"])
def test_a_fault_of_the_program_is_no_outage(path: str, visitor: Client) -> None:
    assert visitor.get(path).status_code == 500


TOO_LARGE = [
    ({"DATA_UPLOAD_MAX_MEMORY_SIZE": 2 * 1024 * 1024}, {"text": "a" * 2_200_000}, "must not be larger than 2.0 MB"),
    ({"DATA_UPLOAD_MAX_NUMBER_FIELDS": 1000}, {str(number): "" for number in range(1001)}, "more than 1,000 fields"),
]


@pytest.mark.parametrize(("limits", "form", "reason"), TOO_LARGE)
@pytest.mark.parametrize("encoding", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_a_form_that_is_too_large_is_refused_with_the_limit(
    limits: dict[str, int], form: dict[str, str], reason: str, encoding: str, settings: Settings
) -> None:
    for name, limit in limits.items():
        setattr(settings, name, limit)
    visitor = Client(enforce_csrf_checks=True)  # which is what reads the form first
    visitor.get("/admin/login/")
    sent = {"data": form} if encoding.startswith("multipart") else {"data": urlencode(form), "content_type": encoding}

    page = visitor.post("/admin/login/", **sent)
    problem = visitor.post("/admin/login/", **sent, headers={"accept": "application/json"})

    assert page.status_code == problem.status_code == 413
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    assert reason in words(page)
    assert "Nothing was saved. Go back, and send it in smaller parts or as a file." in words(page)
    assert page.headers["X-Request-ID"] in words(page)
    assert json.loads(problem.content)["title"] == HTTPStatus(413).phrase


def test_too_many_files_are_refused_too(settings: Settings, visitor: Client) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 2

    page = visitor.post("/admin/login/", {str(number): BytesIO(b"words") for number in range(3)})

    assert page.status_code == 413
    assert "more than 2 files" in words(page)


def test_other_bad_requests_are_answered_as_django_does(visitor: Client) -> None:
    assert visitor.get("/", headers={"host": "elsewhere.example"}).status_code == 400


def test_a_page_that_asks_for_json_is_told_in_json(visitor: Client) -> None:
    response = visitor.post(f"/fails/sqlite/{sqlite3.SQLITE_FULL}/", headers={"accept": "application/json"})

    problem = json.loads(response.content)
    assert (response.status_code, problem["status"]) == (503, 503)
    assert problem["detail"].startswith("The server’s disk is full. Nothing was saved,")
    assert problem["detail"].endswith(response.headers["X-Request-ID"])


def test_the_api_gives_the_id_too_and_speaks_no_language(visitor: Client) -> None:
    fault = visitor.get("/api/v1/fails/", headers={"accept-language": "zh-hans"})
    busy = visitor.get("/api/v1/busy/", headers={"accept-language": "zh-hans"})

    for response, status in ((fault, 500), (busy, 503)):
        problem = json.loads(response.content)
        assert response.headers["Content-Type"] == "application/problem+json"
        assert set(problem) == {"type", "title", "status", "detail", "errors"}
        assert problem["status"] == response.status_code == status
        assert problem["detail"].endswith(f"Request ID: {response.headers['X-Request-ID']}")
        assert problem["detail"].isprintable()
        assert "数据库" not in problem["detail"]
    assert busy.headers["Retry-After"] == "5"
