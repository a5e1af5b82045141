import base64

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from panels.models import Event, Speaker
from tests.builders import make_speaker

pytestmark = pytest.mark.django_db

PATH = "/admin/panels/event/import/"
VTT = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Jane Do>Good evening.\n\n00:05.000 --> 00:06.000\n<v Kim>Yes.\n"


def preview(desk: Client) -> dict[str, str]:
    """What the page of the plan would send if it were stored as it is."""
    context = desk.post(PATH, {"text": VTT}).context
    return {"source": context["source"], "name": context["name"], "title": "Night opening", "date": "2021-05-01"}


def test_a_pasted_text_is_shown_and_not_stored(desk: Client) -> None:
    page = desk.post(PATH, {"text": VTT}).content.decode()

    assert "<v Jane Do&gt;" not in page
    assert "&lt;v Jane Do&gt;Good evening." in page
    assert '<strong>Jane Do</strong> <a href="#line-4">line 4</a>' in page
    assert "Left out:" in page
    assert not Event.objects.exists()


def test_an_uploaded_file_is_shown_as_well(desk: Client) -> None:
    page = desk.post(PATH, {"file": SimpleUploadedFile("captions.txt", VTT.encode())}).content.decode()

    assert "2 answers" in page


def test_what_was_seen_is_stored_as_a_draft(desk: Client) -> None:
    response = desk.post(PATH, preview(desk), follow=True)

    event = Event.objects.get()
    assert (event.title, str(event.date), event.status) == ("Night opening", "2021-05-01", "draft")
    assert "“Night opening” is stored as a draft." in response.content.decode()
    assert list(event.answers.values_list("speaker__name", flat=True)) == ["Jane Do", "Kim"]


def test_an_editor_says_who_somebody_is(desk: Client) -> None:
    jane = make_speaker("Jane Doe", family_name="Doe")

    desk.post(PATH, preview(desk) | {"person-0": str(jane.pk)})

    assert Event.objects.get().answers.first().speaker == jane  # type: ignore[union-attr]
    assert not Speaker.objects.filter(name="Jane Do").exists()


def test_nobody_is_taken_for_somebody_unasked(desk: Client) -> None:
    make_speaker("Jane Doe", family_name="Doe")

    desk.post(PATH, preview(desk))

    assert Speaker.objects.filter(name="Jane Do").exists()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Paste a text or choose a file."),
        ({"text": "  \n "}, "Paste a text or choose a file."),
        ({"file": SimpleUploadedFile("bad.docx", b"PK\x03\x04 no archive")}, "line 1:"),
        ({"file": SimpleUploadedFile("large.txt", b"x" * (5 * 1024 * 1024 + 1))}, "This file is too large"),
    ],
    ids=["nothing", "blanks", "broken", "large"],
)
def test_what_cannot_be_read_is_said_kindly(sent: dict[str, str], said: str, desk: Client) -> None:
    response = desk.post(PATH, sent)

    assert response.status_code == 200
    assert said in response.content.decode()


@pytest.mark.parametrize("source", ["?", base64.b64encode(b"PK\x03\x04").decode(), base64.b64encode(b" ").decode()])
def test_a_tampered_source_is_refused(source: str, desk: Client) -> None:
    response = desk.post(PATH, {"source": source, "name": "x", "title": "x"}, follow=True)

    assert response.status_code == 200
    assert not Event.objects.exists()


def test_a_plan_without_a_title_is_shown_again(desk: Client) -> None:
    page = desk.post(PATH, preview(desk) | {"title": ""}).content.decode()

    assert "This field is required." in page
    assert not Event.objects.exists()


def test_only_who_may_add_events_may_import(client: Client) -> None:
    assert client.get(PATH).status_code == 302
    client.force_login(User.objects.create_user("stranger", is_staff=True))

    assert client.get(PATH).status_code == 403
    assert client.post(PATH, {"text": VTT}).status_code == 403
    assert f'href="{PATH}"' not in client.get("/admin/").content.decode()


def test_the_list_of_events_leads_to_it(desk: Client) -> None:
    assert f'href="{PATH}"' in desk.get("/admin/panels/event/").content.decode()
