"""Whatever is sent to the desk is answered: saved, shown again with a reason, or refused; never with a traceback."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote

import pytest
from django.db import transaction
from django.test import Client

from panels.admin.importing.forms import key_of
from tests.admin.importing.pages import import_version_on
from tests.admin.session_editor.test_session_editor import address, typed
from tests.admin.test_admin import change, form_of
from tests.builders import make_correction, make_session, make_speaker
from tests.sampling import sampled

pytestmark = pytest.mark.django_db

ODD = {
    "NUL": "a\x00b", "emoji": "🎉", "long": "x" * 5000, "blank": " ", "markup": "<script>", "digit": "٣",
    "quotes": "'\"--", "direction": "\u202e", "wide": "ａ", "negative": "-1", "zero": "0", "huge": "9" * 30,
    "percent": "%s%d%(at)s",
}  # fmt: skip

PANEL_FIELDS = (
    "panelists-0-speaker", "panelists-0-position", "panelists-0-id", "panelists-0-role", "panelists-0-title",
    "panelists-TOTAL_FORMS", "panelists-INITIAL_FORMS", "corrections-0-note", "corrections-0-date",
    "corrections-0-anchor", "corrections-0-id",
)  # fmt: skip
PREVIEW_FIELDS = (
    "step", "at", "title", "date", f"person-{key_of('Kim')}", "version", "open", "speaker", "store", "undo", "taken",
    "force_new", "import_version",
)  # fmt: skip


@contextmanager
def undone() -> Iterator[None]:
    """What is stored meanwhile is taken back, so that the next value meets the same rows and versions."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("field", ["title", "slug", "date", "language", "source_url", "translation_of", "tags"])
def test_events_answer_to_anything(field: str, desk: Client, subtests: pytest.Subtests) -> None:
    event = make_session()
    shown = form_of(desk, change(event))

    for kind, odd in ODD.items():
        with subtests.test(odd=kind), undone():
            assert desk.post(change(event), shown | {field: odd}).status_code in {200, 302}


@pytest.mark.parametrize(
    ("version", "field"),
    [
        *sampled([(None, field) for field in PANEL_FIELDS], every=5, on_each_database=True),
        *sampled([("", field) for field in PANEL_FIELDS], every=5),  # a conflict, whatever else was sent
    ],
)
def test_panels_and_corrections_answer_to_anything(
    version: str | None, field: str, desk: Client, subtests: pytest.Subtests
) -> None:
    event = make_session()
    make_correction(event)
    shown = form_of(desk, change(event)) | ({} if version is None else {"version": version})

    for kind, odd in ODD.items():
        with subtests.test(odd=kind), undone():
            assert desk.post(change(event), shown | {field: odd}).status_code in {200, 302, 400}


@pytest.mark.parametrize(
    "field",
    ["text", "speaker", "other", "tags", "time", "attribution", "evidence", "at", "do", "version", "after", "to"],
)
def test_passages_answer_to_anything(field: str, desk: Client, subtests: pytest.Subtests) -> None:
    event = make_session()
    shown = typed(event, "q1-a1", desk)

    for kind, odd in ODD.items():
        with subtests.test(odd=kind), undone():
            assert desk.post(address(event), shown | {field: odd}).status_code in {302, 409, 422}


def test_addresses_answer_to_anything(desk: Client, subtests: pytest.Subtests) -> None:
    make_session()
    lists = ("event/?q=", "event/?year=", "event/?speaker=", "answer/?tag=", "answer/?event__id__exact=")
    paths = [f"/admin/panels/{path}{{}}" for path in lists]
    paths += [f"/events/?{name}={{}}" for name in ("year", "tag", "speaker", "page")]
    paths += ["/events/{}/", "/events/{}.json", "/events/{}/q1/", "/speakers/{}/", "/tags/{}/"]

    for kind, odd in ODD.items():
        for path in paths:
            with subtests.test(odd=kind, path=path):
                assert desk.get(path.format(quote(odd))).status_code in {200, 302, 404}


def test_the_import_answers_to_anything(desk: Client, subtests: pytest.Subtests) -> None:
    for kind, odd in ODD.items():
        with subtests.test(odd=kind), undone():
            assert desk.post("/admin/panels/event/import/", {"text": odd}).status_code in {200, 302}


@pytest.mark.parametrize("field", sampled([[field] for field in PREVIEW_FIELDS], every=4, on_each_database=True))
def test_the_page_of_an_import_answers_to_anything(field: str, desk: Client, subtests: pytest.Subtests) -> None:
    text = "Kim: So it was.\n\nJane: Was it?\n\nKim: Yes."
    preview = desk.post("/admin/panels/event/import/", {"text": text})["Location"]

    for kind, odd in ODD.items():
        sent: list[dict[str, str]] = [
            {"title": "Title", field: odd},
            {"enter": "", "open": "1.1", "speaker": "Kim", field: odd},
            {"title": "Title", "step": "name 1.1", "speaker": odd, "evidence": odd},
            {"title": "Title", "store": ""},
        ]
        with subtests.test(odd=kind), undone():
            assert desk.get(preview, {"at": odd}).status_code in {200, 404}
            for fields in sent:
                sent_now = {"import_version": import_version_on(preview)} | fields
                assert desk.post(preview, sent_now).status_code in {200, 302, 409}


def test_a_slug_that_is_refused_comes_back_with_the_form_of_what_is_public(desk: Client) -> None:
    speaker = make_speaker("Ida Krane")
    event = make_session(speakers=[speaker])
    event.tags.add("Lamps")
    tag = event.tags.get()
    rows = {"speaker": speaker, "tag": tag, "event": event}
    pages = [f"/admin/panels/{name}/{row.pk}/change/" for name, row in rows.items()]

    for page in pages:
        refused = desk.post(page, form_of(desk, page) | {"slug": "Late in/the evening:"})

        assert refused.status_code == 200
        assert 'value="Late in/the evening:"' in refused.content.decode()


def test_a_split_answers_to_a_name_with_nul(desk: Client) -> None:
    speaker = make_speaker("Ida Krane")
    sessions = [make_session(speakers=[speaker]), make_session(speakers=[speaker])]

    answer = desk.post(f"/admin/panels/speaker/{speaker.pk}/split/", {"name": "a\0b", "sessions": [sessions[0].pk]})

    assert answer.status_code == 200
