"""A version that was never given out is a conflict, whatever it is, on every form."""

from typing import Any

import pytest
from django.urls import reverse

from panels.editorial.history import event_history
from panels.editorial.history.event_versions import number_of, snapshot_of, token_of
from panels.models import Event
from tests.admin.events.test_races import version_told
from tests.admin.importing.pages import version_on
from tests.admin.racing import FORMS, Editor, Form, make_race, was_saved
from tests.builders import make_event

pytestmark = pytest.mark.django_db


def tampered(event: Event) -> dict[str, Any]:
    """Versions that no page of the event ever gave out."""
    number, other = number_of(event), make_event()
    token = token_of(event, number)
    return {
        "left out": None, "empty": "", "plain": str(number), "negative": f"-{number}", "words": "the newest",
        "too high": f"{event.pk}.{number + 1}:{token.partition(':')[2]}", "another event's": token_of(other, number),
        "with spaces": f" {token} ", "huge": "9" * 5000, "two": [token, token], "two plain": [str(number), token],
        "unicode digits": token.replace(str(number), "".join(chr(0x660 + int(one)) for one in str(number))),
        "signed elsewhere": token[:-1] + ("A" if token[-1] != "A" else "B"), "NUL": f"{token}\0",
    }  # fmt: skip


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_a_version_that_was_never_given_out_is_a_conflict(form: Form) -> None:
    event, editor = make_race(), Editor.arriving("ann")
    read, before = form.read(editor, event), form.stored(event)

    for name, version in tampered(event).items():
        sent = {key: value for key, value in read.items() if key != "version"}
        told = form.save(editor, event, sent if version is None else sent | {"version": version})

        page = told.content.decode()
        assert "This page is out of date" in page, name
        assert editor.words in page, name
        assert form.stored(event) == before, name


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_it_can_be_saved_on_the_version_that_comes_back_with_it(form: Form) -> None:
    event, editor = make_race(), Editor.arriving("ann")
    told = form.save(editor, event, form.read(editor, event) | {"version": "7"})

    sent = form.read(editor, event) | {"version": version_told(told, event)}
    assert was_saved(form.save(editor, event, sent))
    assert form.stored(event) == editor.words


def test_buttons_without_a_known_version_publish_and_restore_nothing() -> None:
    event, editor = make_race(), Editor.arriving("ann")
    FORMS["answer"].save(editor, event)

    for version in tampered(event).values():
        for page, button in {"publication": {"do": "_publish"}, "history": {"restore": "1"}}.items():
            path = reverse(f"admin:panels_event_{page}", args=[event.pk])
            told = editor.client.post(path, button | ({} if version is None else {"version": version}), follow=True)
            assert "This page is out of date" in told.content.decode()
        undo = {"do": "undo", "number": "1"} | ({} if version is None else {"version": version})
        told = editor.client.post(reverse("admin:panels_event_editor", args=[event.pk]), undo, follow=True)
        assert "The session has changed since then" in told.content.decode()

    assert Event.objects.get(pk=event.pk).status == "draft"
    assert FORMS["answer"].stored(event) == editor.words


def test_a_state_that_was_written_past_the_forms_is_recorded_before_it_is_shown() -> None:
    event = make_race()
    event_history.ensure_recorded(event)
    event.answers.filter(anchor="q1-a1").update(text="Written by SQL.")

    with snapshot_of(event) as shown:
        state = event_history.revision_at(event, shown.number)

    assert state
    assert event_history.transcript_at(state).exchanges[0].answers[0].text == "Written by SQL."
    assert shown.token == token_of(event, number_of(event))


def test_the_session_offers_what_was_kept_with_its_own_version() -> None:
    event, editor = make_race(), Editor.arriving("ann")
    path = reverse("admin:panels_event_editor", args=[event.pk])
    version = version_on(editor.client, f"{path}?edit=q1-a1")
    values = f'{{"text": "Half a sentence", "version": "{version}"}}'
    editor.client.post(f"{path}autosave/", {"form": "q1-a1", "values": values})
    FORMS["answer"].save(Editor.arriving("ben"), event)

    assert version_on(editor.client, f"{path}?edit=q1-a1") == version
