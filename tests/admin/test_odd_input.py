"""Whatever is sent to the desk is answered: saved, shown again with a reason, or refused; never with a traceback."""

from urllib.parse import quote

import pytest
from django.test import Client

from tests.admin.test_desk import change, form_of
from tests.builders import make_session

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
    ["text", "asked_by", "tags", "answers-0-text", "answers-0-position", "answers-0-media_time", "answers-0-speaker",
     "answers-0-id", "answers-TOTAL_FORMS"],
)  # fmt: skip
def test_questions_answer_to_anything(field: str, odd: str, desk: Client) -> None:
    question = make_session().questions.get()

    assert desk.post(change(question), form_of(desk, change(question)) | {field: odd}).status_code in {200, 302, 400}


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
    "field", ["step", "at", "title", "date", "person-0", "edition", "open", "speaker", "store", "undo", "taken", "anew"]
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
