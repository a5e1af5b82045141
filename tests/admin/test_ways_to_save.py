"""Every way in which the admin site can change something: each is known, and those that change an event are recorded.

A new form, inline, action or URL fails the first test until it stands in `WAYS`, with what makes it safe.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client, RequestFactory
from django.urls import reverse

from panels.editorial.saving.changes import is_changing
from panels.editorial.speakers_and_tags.split import split
from panels.models import Event, Schedule, Speaker, Split, Tag
from tests.admin.accounts.test_rights import rows_of
from tests.admin.importing.pages import version_on
from tests.admin.racing import FORMS, Editor, make_race
from tests.admin.session_editor.test_session_editor import address, typed
from tests.builders import make_answer, make_session, make_speaker

pytestmark = pytest.mark.django_db

RECORDED = "goes through panels.editorial.saving.changes.recorded_change"
NEW = "stores something that was not there before"
LOOKED_AT = "stores nothing"
OWN_ROWS = "stores rows of its own, which are no part of an event's state"
CHANGED_ROW = "goes through panels.editorial.history.row_history.changing"
CHECKED_ROWS = (
    "goes through panels.editorial.history.row_history.checked, and deletes or merges with a version left behind"
)
UNDONE = "goes through panels.editorial.speakers_and_tags.merge.undo, which leaves a version of both"

LISTS = ("question", "answer", "panelist", "correction")
KEPT = (
    "version", "revision", "rowrevision", "editingsession", "schedule", "previewlink", "comment", "merge",
    "formerwording",
    "importdraft", "retiredanchor", "formereventslug", "formerspeakerslug", "formertagslug", "signinattempt",
    "auditentry",
    "sharedspeakerslug", "split",
)  # fmt: skip
MERGEABLE = ("speaker", "tag")
ROWS = (*MERGEABLE, "user", "group")
WITHOUT_KEY = {"changelist", "add", "import", "deleted", "duplicates", "doubtful"}
PAGES = ("changelist", "add", "change", "delete", "history")

WAYS: dict[str, str] = {
    "event url changelist": LOOKED_AT, "event url history": RECORDED, "event url add": NEW,
    "event url change": RECORDED, "event url delete": RECORDED, "event url editor": RECORDED,
    "event url autosave": OWN_ROWS, "event url trash": RECORDED,
    "event url preview": LOOKED_AT, "event url publication": RECORDED, "event url text": OWN_ROWS,
    "event url text_preview": OWN_ROWS, "event url import": OWN_ROWS, "event url import_preview": RECORDED,
    "event inline PanelistInline": RECORDED, "event inline CorrectionInline": RECORDED,
    **{f"event action {name}": RECORDED for name in (
        "publish", "withdraw", "submit", "return_to_draft", "move_to_trash", "restore_from_trash", "delete_selected",
    )},
    **{f"{model} url {page}": LOOKED_AT for model in LISTS for page in ("changelist", "change", "history")},
    "question action tag_selected": RECORDED, "answer action tag_selected": RECORDED,
    **{f"{model} url {page}": LOOKED_AT for model in KEPT for page in PAGES},
    "formerwording url delete": OWN_ROWS, "formerwording action delete_selected": OWN_ROWS,
    "merge url undo": UNDONE,
    **{f"{model} url {page}": LOOKED_AT for model in ROWS for page in ("changelist",)},
    **{f"{model} url {page}": LOOKED_AT for model in MERGEABLE for page in ("deleted", "duplicates")},
    **{f"{model} url add": NEW for model in ROWS},
    **{f"{model} url {page}": CHANGED_ROW for model in ROWS for page in ("change", "history")},
    **{f"{model} url delete": CHECKED_ROWS for model in ROWS},
    **{f"{model} url merge": CHECKED_ROWS for model in MERGEABLE},
    **{f"{model} action delete_selected": CHECKED_ROWS for model in ROWS},
    **{f"{model} action merge_selected": LOOKED_AT for model in MERGEABLE},
    "speaker inline OfficeInline": LOOKED_AT,
    "speaker url unidentified": RECORDED, "speaker url doubtful": LOOKED_AT, "speaker url split": RECORDED,
    "speaker url labels": RECORDED, "split url undo": RECORDED,
    "user url password_change": CHANGED_ROW,
}  # fmt: skip


def ways(request: Any) -> Iterator[str]:
    for model, one in admin.site._registry.items():
        name = model._meta.model_name
        for pattern in one.get_urls():
            if pattern.name:
                yield f"{name} url {pattern.name.split('_', 2)[-1]}"
        yield from (f"{name} action {action}" for action in one.get_actions(request))
        yield from (f"{name} inline {inline.__name__}" for inline in one.inlines)
        yield from (f"{name} editable column {column}" for column in one.list_editable)


def test_every_way_to_change_something_is_known(rf: RequestFactory) -> None:
    request = rf.get("/admin/")
    request.user = User.objects.create_superuser("operator")

    assert sorted(set(ways(request))) == sorted(WAYS)


PARTS = re.compile(
    r'^(?:INSERT INTO|UPDATE|DELETE FROM) "?panels_'
    r"(event|question|answer|panelist|correction|taggedevent|taggedquestion|taggedanswer)\b"
)


@contextmanager
def writes_to_events(event: Event) -> Iterator[list[bool]]:
    """Of each statement that writes to an event or what belongs to one: whether a recorded change was going on."""
    written: list[bool] = []

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001
        if PARTS.match(sql):
            written.append(is_changing(key))
        return execute(sql, params, many, context)

    key = event.pk
    with connection.execute_wrapper(watch):
        yield written


def _url(name: str, event: Event) -> str:
    return reverse(f"admin:panels_event_{name}", args=[event.pk])


def _act(name: str, model: str = "event") -> Callable[[Editor, Event], Any]:
    def act(editor: Editor, event: Event) -> Any:
        chosen = event.pk if model == "event" else list(getattr(event, f"{model}s").values_list("pk", flat=True))
        data = {"action": name, "_selected_action": chosen, "post": "yes", "do": "add"}
        data |= {"tags": Tag.objects.get_or_create(name="Night")[0].pk}
        query = f"?status={event.status}" if model == "event" else ""
        return editor.client.post(f"/admin/panels/{model}/{query}", data)

    return act


def _restore(editor: Editor, event: Event) -> Any:
    FORMS["answer"].save(editor, event)
    path = _url("history", event)
    return editor.client.post(path, {"restore": "1", "version": version_on(editor.client, f"{path}?new=2")})


def _publish(editor: Editor, event: Event) -> Any:
    path = _url("publication", event)
    return editor.client.post(path, {"do": "_publish", "version": version_on(editor.client, path)})


def _add_label(event: Event) -> None:
    make_answer(event.questions.first(), speaker=make_speaker("IK", session=event))


def _new_name(event: Event) -> str:
    """A speaker's name that no other event was given, so that nothing is asked about two people of one name."""
    return f"Ida Krane of {event.slug}"


def _identify(editor: Editor, event: Event) -> Any:
    label = Speaker.objects.get(name="IK", session=event)
    sent = {"label": label.pk, "name": _new_name(event), "evidence": "The programme."}
    return editor.client.post(reverse("admin:panels_speaker_unidentified"), sent)


def _elsewhere(event: Event) -> Speaker:
    """A speaker of the event, who takes part in another one, too."""
    seat = event.panelists.first()
    assert seat
    make_session(speakers=[seat.speaker])
    return seat.speaker


def _split_before(event: Event) -> None:
    split(_elsewhere(event), [event.pk], Speaker(name="Ida Krane"), keeps_url=False, by=None)


def _split(editor: Editor, event: Event) -> Any:
    path = reverse("admin:panels_speaker_split", args=[event.panelists.first().speaker_id])  # type: ignore[union-attr]
    sent = {"sessions": [event.pk], "name": _new_name(event), "version": version_on(editor.client, path)}
    return editor.client.post(path, sent)


def _make_labels(editor: Editor, event: Event) -> Any:
    path = reverse("admin:panels_speaker_labels", args=[event.panelists.first().speaker_id])  # type: ignore[union-attr]
    return editor.client.post(path, {"sessions": [event.pk], "version": version_on(editor.client, path)})


def _undo_split(editor: Editor, _event: Event) -> Any:
    return editor.client.post(reverse("admin:panels_split_undo", args=[Split.objects.latest("pk").pk]))


DONE: dict[str, tuple[str, Callable[[Editor, Event], Any]]] = {
    "event url change": ("draft", FORMS["details"].save),
    "event inline PanelistInline": ("draft", FORMS["panel"].save),
    "event inline CorrectionInline": ("draft", FORMS["corrections"].save),
    "event url editor": ("draft", FORMS["answer"].save),
    "event url import_preview": ("draft", FORMS["text"].save),
    "event url history": ("draft", _restore),
    "event url publication": ("draft", _publish),
    "event url trash": ("draft", lambda editor, event: editor.client.post(_url("trash", event))),
    "event url delete": ("binned", lambda editor, event: editor.client.post(_url("delete", event), {"post": "yes"})),
    "event action publish": ("draft", _act("publish")),
    "event action withdraw": ("published", _act("withdraw")),
    "event action submit": ("draft", _act("submit")),
    "event action return_to_draft": ("in_review", _act("return_to_draft")),
    "event action move_to_trash": ("draft", _act("move_to_trash")),
    "event action restore_from_trash": ("binned", _act("restore_from_trash")),
    "event action delete_selected": ("binned", _act("delete_selected")),
    "question action tag_selected": ("draft", _act("tag_selected", "question")),
    "answer action tag_selected": ("draft", _act("tag_selected", "answer")),
    "speaker url unidentified": ("draft", _identify),
    "speaker url split": ("draft", _split),
    "speaker url labels": ("draft", _make_labels),
    "split url undo": ("draft", _undo_split),
}
NEEDED: dict[str, Callable[[Event], object]] = {
    "speaker url unidentified": _add_label,
    "speaker url split": _elsewhere,
    "split url undo": _split_before,
}


def test_every_recorded_way_is_tried() -> None:
    assert set(DONE) == {way for way, reason in WAYS.items() if reason == RECORDED}


@pytest.mark.parametrize("way", DONE)
def test_a_recorded_way_writes_inside_a_recorded_change_alone(way: str) -> None:
    status, do = DONE[way]
    public = {"published_at": "2021-01-01T00:00Z"} if status == "published" else {}
    event, editor = make_race(status=status, **public), Editor.arriving("ann")
    if way in NEEDED:
        NEEDED[way](event)

    with writes_to_events(event) as written:
        do(editor, event)

    assert written
    assert all(written)


@pytest.mark.parametrize(
    "button", ["split", "merge", "make_question", "up", "down", "move", "delete", "undo", "_publish", "_submit"]
)
def test_so_does_every_button(button: str) -> None:
    event, editor = make_race(), Editor.arriving("ann")
    form = FORMS["details"].read(editor, event) | {"title": "Renamed", button: "1"}
    if not button.startswith("_"):
        form = typed(event, "q1-a2", editor.client, do=button, text="One.\n\nTwo.", before="2", to="q2", whose="this")
    if button == "undo":
        saved = FORMS["answer"].save(editor, event)
        form = {"do": "undo", "number": "1", "version": version_on(editor.client, f"{address(event)}?edit=q1-a1")}
        assert saved.status_code == 302

    with writes_to_events(event) as written:
        editor.client.post(_url("change", event) if button.startswith("_") else address(event), form)

    assert written
    assert all(written)


def test_what_is_only_looked_at_stores_nothing() -> None:
    event = make_session(2, 2, status="draft", published_at=None)
    rows, client = rows_of(event), Client()
    client.force_login(User.objects.create_superuser("operator"))
    event = Event.objects.get(pk=event.pk)
    Schedule.objects.all().delete()  # what is due is published with any request, which is not meant here

    with writes_to_events(event) as written:
        for way, reason in WAYS.items():
            model, kind, page = way.split(" ", 2)
            if kind == "url" and reason in {LOOKED_AT, OWN_ROWS}:
                app = "auth" if model in {"user", "group"} else "panels"
                arguments = [] if page in WITHOUT_KEY else [rows[model].pk]
                if page == "import_preview":
                    arguments = [rows["importdraft"].pk]
                client.post(reverse(f"admin:{app}_{model}_{page}", args=arguments), {"text": "Words.", "post": "yes"})

    assert written == []
