"""A form sent after its sender's session had ended can be saved after the log-in, without scripts."""

import html
import json
import re

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client

from panels.models import Speaker, Tag

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
ADD = "/admin/panels/tag/add/"
TYPED = {
    "name": "Night opening",
    "slug": "night-opening",
    "description": '\nLine one\r\n<b>"two"</b> 夜间',
    "_save": "Save",
}

pytestmark = pytest.mark.django_db


def field(page: HttpResponse) -> str:
    found = re.search(r'name="unsaved_form" value="([^"]*)"', page.content.decode())
    assert found
    return html.unescape(found[1])


def log_in(client: Client, carried: str, password: str = "password") -> HttpResponse:
    data = {"username": "editor", "password": password, "next": ADD, "unsaved_form": carried}
    return client.post("/admin/login/", data, headers=BROWSER)  # type: ignore[return-value]


def sent_again(page: HttpResponse) -> tuple[str, dict[str, str]]:
    """What a browser sends of the page that offers to save: the URL and the fields."""
    text = page.content.decode()
    action = re.search(r'action="([^"]*)" id="unsaved-form"', text)
    fields = re.findall(r'<textarea hidden name="([^"]*)">\n(.*?)</textarea>', text, re.DOTALL)
    assert action
    return html.unescape(action[1]), {html.unescape(name): html.unescape(value) for name, value in fields}


def test_what_was_sent_is_saved_after_the_log_in(client: Client, editor: User) -> None:
    shown = client.post(ADD, TYPED, headers=BROWSER)
    assert "your changes are not saved yet" in shown.content.decode()
    assert not Tag.objects.exists()

    wrong = log_in(client, field(shown), password="wrong")  # type: ignore[arg-type]
    assert "your changes are not saved yet" in wrong.content.decode()
    url, fields = sent_again(log_in(client, field(wrong)))

    assert (url, fields) == (ADD, TYPED)
    assert client.post(url, fields, headers=BROWSER).status_code == 302
    assert Tag.objects.get().name == "Night opening"


def test_somebody_else_may_only_save_what_they_may(client: Client, editor: User) -> None:
    speaker = Speaker.objects.create(name="Ida Krane", slug="ida-krane")
    url = f"/admin/panels/speaker/{speaker.pk}/change/"
    shown = client.post(url, {"name": "Somebody else"}, headers=BROWSER)
    User.objects.create_user("guest", password="password", is_staff=True)
    client.post("/admin/login/", {"username": "guest", "password": "password", "unsaved_form": field(shown)})  # type: ignore[arg-type]

    assert client.post(url, {"name": "Somebody else"}, headers=BROWSER).status_code == 403
    speaker.refresh_from_db()
    assert speaker.name == "Ida Krane"


def test_scripts_are_redirected_as_before(client: Client) -> None:
    for accept in ({}, {"Accept": "*/*"}, {"Accept": "application/json"}):
        answer = client.post(ADD, TYPED, headers=accept)
        assert (answer.status_code, answer["Location"]) == (302, f"/admin/login/?next={ADD}")


def test_a_forged_form_is_refused(editor: User) -> None:
    client = Client(enforce_csrf_checks=True)

    assert client.post(ADD, TYPED, headers=BROWSER).status_code == 403


@pytest.mark.parametrize(
    "carried",
    ["", "[]", "{}", "null", "x", '{"url": 1, "fields": [], "files": []}', '{"url": "/", "fields": [], "files": []}',
     '{"url": "//other.example/admin/", "fields": [], "files": []}', '{"url": "/admin/", "fields": 1, "files": []}',
     '{"url": "/admin/", "fields": [["a"]], "files": []}', '{"url": "/admin/", "fields": [], "files": 1}'],
)  # fmt: skip
def test_what_no_page_sent_leads_where_a_log_in_leads(carried: str, client: Client, editor: User) -> None:
    answer = log_in(client, carried)

    assert (answer.status_code, answer["Location"]) == (302, ADD)


def test_logging_out_twice_needs_no_log_in(client: Client) -> None:
    assert client.post("/admin/logout/", headers=BROWSER).status_code == 302


OWN = BROWSER | {"Origin": "http://testserver"}


def token_of(page: HttpResponse) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.content.decode())
    assert found
    return found[1]


def logged_in_again(editor: User) -> tuple[Client, dict[str, str]]:
    """A browser whose editor logged in again after this form was opened in another window."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    opened = TYPED | {"csrfmiddlewaretoken": token_of(client.get(ADD))}  # type: ignore[arg-type]
    login = client.get("/admin/login/", query_params={"next": ADD})
    if login.status_code == 302:
        client.post("/admin/logout/", {"csrfmiddlewaretoken": opened["csrfmiddlewaretoken"]})
        login = client.get("/admin/login/")
    sent = {"username": "editor", "password": "password", "csrfmiddlewaretoken": token_of(login)}  # type: ignore[arg-type]
    assert client.post("/admin/login/", sent, headers=BROWSER).status_code == 302
    return client, opened


def test_a_form_that_was_opened_before_a_log_in_in_another_window_can_be_saved(editor: User) -> None:
    client, opened = logged_in_again(editor)

    refused = client.post(ADD, opened, headers=OWN)
    assert refused.status_code == 403
    assert "Your changes are not saved yet." in refused.content.decode()
    assert not Tag.objects.exists()
    url, fields = sent_again(refused)  # type: ignore[arg-type]
    saved = client.post(url, fields | {"csrfmiddlewaretoken": token_of(refused)}, headers=OWN)  # type: ignore[arg-type]

    assert (url, fields) == (ADD, TYPED)
    assert saved.status_code == 302
    assert Tag.objects.get().name == "Night opening"


def test_a_form_whose_cookies_are_gone_is_carried_through_the_log_in(editor: User) -> None:
    client = Client(enforce_csrf_checks=True)

    refused = client.post(ADD, TYPED, headers=OWN)
    sent = {"username": "editor", "password": "password", "unsaved_form": field(refused)}  # type: ignore[arg-type]
    again = client.post("/admin/login/", sent | {"csrfmiddlewaretoken": token_of(refused)}, headers=OWN)  # type: ignore[arg-type]

    assert refused.status_code == 403
    assert sent_again(again) == (ADD, TYPED)  # type: ignore[arg-type]


def test_what_a_log_in_page_carries_is_kept_when_somebody_logged_in_in_another_window(editor: User) -> None:
    client, _opened = logged_in_again(editor)
    carried = json.dumps({"url": ADD, "fields": list(TYPED.items()), "files": []})
    stale = {"username": "editor", "password": "password", "next": ADD, "csrfmiddlewaretoken": "a" * 64}

    refused = client.post("/admin/login/", stale | {"unsaved_form": carried}, headers=OWN)
    led_on = client.post("/admin/login/", stale, headers=OWN)
    led_home = client.post("/admin/login/", stale | {"next": "https://other.example/"}, headers=OWN)

    assert sent_again(refused) == (ADD, TYPED)  # type: ignore[arg-type]
    assert (led_on.status_code, led_on["Location"]) == (302, ADD)
    assert (led_home.status_code, led_home["Location"]) == (302, "/admin/")


@pytest.mark.parametrize(
    "headers",
    [BROWSER, BROWSER | {"Origin": "https://other.example"}, BROWSER | {"Origin": "null"},
     BROWSER | {"Sec-Fetch-Site": "cross-site"}, {"Accept": "application/json", "Origin": "http://testserver"}],
)  # fmt: skip
def test_a_form_of_another_site_is_not_offered_to_be_saved(headers: dict[str, str], editor: User) -> None:
    client, opened = logged_in_again(editor)

    refused = client.post(ADD, opened, headers=headers)

    assert refused.status_code == 403
    assert "Night opening" not in refused.content.decode()


def test_a_log_in_without_cookies_is_told_why() -> None:
    sent = {"username": "editor", "password": "password", "unsaved_form": "{}"}

    refused = Client(enforce_csrf_checks=True).post("/admin/login/", sent, headers=OWN)

    assert refused.status_code == 403
    assert "CSRF" in refused.content.decode()
