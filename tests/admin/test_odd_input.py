"""Whatever is sent to the desk is answered: saved, shown again with a reason, or refused; never with a traceback."""

from urllib.parse import quote

import pytest
from django.test import Client

from tests.admin.test_admin import change, form_of
from tests.admin.test_session_editor import address, typed
from tests.builders import make_correction, make_session

pytestmark = pytest.mark.django_db

ODD = {
    "NUL": "a\x00b", "emoji": "🎉", "long": "x" * 5000, "blank": " ", "markup": "<script>", "digit": "٣",
    "quotes": "'\"--", "direction": "\u202e", "wide": "ａ",
}  # fmt: skip
odd_values = pytest.mark.parametrize("odd", ODD.values(), ids=ODD)


@odd_values
@pytest.mark.parametrize("field", ["title", "slug", "date", "language", "source_url", "translation_of", "tags"])
def test_events_answer_to_anything(field: str, odd: str, desk: Client) -> None:
    event = make_session()

    assert desk.post(change(event), form_of(desk, change(event)) | {field: odd}).status_code in {200, 302}


@odd_values
@pytest.mark.parametrize(
    "field",
    ["panelists-0-speaker", "panelists-0-position", "panelists-0-id", "panelists-0-role", "panelists-0-title",
     "panelists-TOTAL_FORMS", "panelists-INITIAL_FORMS", "corrections-0-note", "corrections-0-date",
     "corrections-0-anchor", "corrections-0-id"],
)  # fmt: skip
@pytest.mark.parametrize("version", ["", None], ids=["another version", "this version"])
def test_panels_and_corrections_answer_to_anything(version: str | None, field: str, odd: str, desk: Client) -> None:
    event = make_session()
    make_correction(event)
    sent = form_of(desk, change(event)) | {field: odd} | ({} if version is None else {"version": version})

    assert desk.post(change(event), sent).status_code in {200, 302, 400}


@odd_values
@pytest.mark.parametrize(
    "field",
    ["text", "speaker", "other", "tags", "time", "attribution", "evidence", "at", "do", "version", "after", "to"],
)
def test_passages_answer_to_anything(field: str, odd: str, desk: Client) -> None:
    event = make_session()

    answer = desk.post(address(event), typed(event, "q1-a1", desk) | {field: odd})

    assert answer.status_code in {302, 409, 422}


@odd_values
def test_addresses_answer_to_anything(odd: str, desk: Client) -> None:
    make_session()
    asked = quote(odd)
    lists = ("event/?q=", "event/?year=", "event/?speaker=", "answer/?tag=", "answer/?event__id__exact=")
    paths = [f"/admin/panels/{path}{asked}" for path in lists]
    paths += [f"/events/?{name}={asked}" for name in ("year", "tag", "speaker", "page")]
    paths += [
        f"/events/{asked}/",
        f"/events/{asked}.json",
        f"/events/{asked}/q1/",
        f"/speakers/{asked}/",
        f"/tags/{asked}/",
    ]

    for path in paths:
        assert desk.get(path).status_code in {200, 302, 404}, path


@odd_values
def test_the_import_answers_to_anything(odd: str, desk: Client) -> None:
    assert desk.post("/admin/panels/event/import/", {"text": odd}).status_code in {200, 302}


@odd_values
@pytest.mark.parametrize(
    "field",
    ["step", "at", "title", "date", "person-0", "version", "open", "speaker", "store", "undo", "taken", "force_new"],
)
def test_the_page_of_an_import_answers_to_anything(field: str, odd: str, desk: Client) -> None:
    address = desk.post("/admin/panels/event/import/", {"text": "Kim: So it was.\n\nJane: Was it?\n\nKim: Yes."})[
        "Location"
    ]

    sent: list[dict[str, str]] = [
        {"title": "Title", field: odd},
        {"enter": "", "open": "1.1", "speaker": "Kim", field: odd},
        {"title": "Title", "step": "name 1.1", "speaker": odd, "evidence": odd},
        {"title": "Title", "store": ""},
    ]

    assert desk.get(address, {"at": odd}).status_code in {200, 404}
    for fields in sent:
        assert desk.post(address, fields).status_code in {200, 302}
