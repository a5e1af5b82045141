"""The form of an event's details: who saves second is told, and overwrites only knowingly."""

from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.test.signals import template_rendered

from panels.admin.events.details import FIELDS, differing_fields, without_missing_rows
from panels.editorial.history import event_history
from panels.editorial.saving.changes import is_changing
from panels.models import Event
from tests.admin.session_editor.test_session_editor import address, typed
from tests.admin.test_admin import change, form_of
from tests.builders import make_correction, make_editor, make_event, make_panelist, make_session, make_speaker

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    speakers = [make_speaker("Kim"), make_speaker("Jane Doe")]
    return make_session(2, 2, status="draft", published_at=None, speakers=speakers, title="Lamps")


@pytest.fixture
def second() -> Client:
    client = Client()
    client.force_login(make_editor("second"))
    return client


def form(client: Client, event: Event, **values: str) -> dict[str, str]:
    return form_of(client, change(event)) | values


def refused(response: Any) -> bool:
    return response.status_code == 200 and "Compare before you save" in response.content.decode()


def differing(response: Any) -> list[Any]:
    formsets = [inline.formset for inline in response.context["inline_admin_formsets"]]
    return list(differing_fields(response.context["adminform"].form, formsets))


def test_line_ends_of_browsers_are_no_difference(desk: Client, second: Client, event: Event) -> None:
    Event.objects.filter(pk=event.pk).update(introduction="One.\n\nTwo.")
    mine = form(desk, event, introduction="One.\r\n\r\nTwo.", publisher="The library")
    second.post(change(event), form(second, event, programme="Nights"))

    told = desk.post(change(event), mine)

    assert [field.label for field in differing(told)] == ["Programme", "Publisher"]


def test_the_second_to_save_is_told_and_overwrites_knowingly(desk: Client, second: Client, event: Event) -> None:
    mine = form(desk, event, title="My lamps")
    second.post(change(event), form(second, event, title="Their lamps", introduction="Theirs."))

    told = desk.post(change(event), mine)
    page = told.content.decode()
    assert "Someone else changed this while you were editing (second, " in page
    assert "<ins>Their" in page
    assert 'value="My lamps"' in page
    assert "<dd>Their lamps</dd>" in page
    assert [field.label for field in differing(told)] == ["Title", "Introduction"]
    assert Event.objects.get().title == "Their lamps"

    desk.post(change(event), {**mine, "version": told.context["version"]})
    assert Event.objects.get().title == "My lamps"
    states = [event_history.transcript_at(revision).title for revision in event.revisions.order_by("number")]
    assert states == ["Lamps", "Their lamps", "My lamps"]


def test_what_was_changed_in_the_session_does_not_stop_the_details(desk: Client, second: Client, event: Event) -> None:
    mine = form(desk, event, title="My lamps")
    second.post(address(event), typed(event, "q1-a2", second, text="Theirs."))

    desk.post(change(event), mine)

    assert Event.objects.get().title == "My lamps"
    assert event.answers.get(anchor="q1-a2").text == "Theirs."


@pytest.mark.parametrize("button", ["_publish", "_submit"])
def test_details_are_not_published_with_words_that_nobody_read(
    button: str, desk: Client, second: Client, event: Event
) -> None:
    mine = form(desk, event, title="My lamps") | {button: "1"}
    second.post(address(event), typed(event, "q1-a2", second, text="Theirs."))

    told = desk.post(change(event), mine)
    assert refused(told)
    assert "<ins>Theirs" in told.content.decode()
    assert Event.objects.values_list("title", "status").get() == ("Lamps", "draft")

    desk.post(change(event), {**mine, "version": told.context["version"]})
    assert Event.objects.get().title == "My lamps"
    assert Event.objects.get().status != "draft"


@pytest.mark.parametrize("theirs", ["translation_of", "panel order", "panelist", "correction", "tag", "namesake"])
def test_whatever_the_form_shows_is_compared(theirs: str, desk: Client, event: Event) -> None:
    seated = event.panelists.order_by("position").first()
    assert seated
    Event.objects.filter(pk=event.pk).update(translation="human", translated_from="he", translation_of=make_event())
    mine = form(desk, event, publisher="The library")
    if theirs == "translation_of":
        Event.objects.filter(pk=event.pk).update(translation_of=make_event())
    elif theirs == "panel order":
        event.panelists.filter(pk=seated.pk).update(position=9)
    elif theirs == "panelist":
        make_panelist(event)
    elif theirs == "correction":
        make_correction(event)
    elif theirs == "tag":
        event.tags.add("Night")
    else:
        event.panelists.filter(pk=seated.pk).update(speaker=make_speaker("Kim"))

    assert refused(desk.post(change(event), mine))
    assert Event.objects.get(pk=event.pk).publisher == ""


def test_all_fields_of_the_form_are_compared(desk: Client, event: Event) -> None:
    shown = set(desk.get(change(event)).context["adminform"].form.fields)

    assert shown == {*FIELDS, "tags"}


def test_a_row_that_others_deleted_can_be_put_back(desk: Client, second: Client, event: Event) -> None:
    mine = form(desk, event, **{"panelists-1-title": "Librarian"})
    second.post(change(event), form(second, event, **{"panelists-1-DELETE": "on"}))
    assert event.panelists.count() == 1

    told = desk.post(change(event), mine)
    page = told.content.decode()
    assert refused(told)
    assert 'value="Librarian"' in page

    sent = {"version": told.context["version"]}
    for inline in told.context["inline_admin_formsets"]:
        for one in [inline.formset.management_form, *inline.formset.forms]:
            sent |= {field.html_name: field.value() for field in one if field.value() is not None}
    assert desk.post(change(event), mine | sent).status_code == 302
    assert sorted(event.panelists.values_list("speaker__name", "title")) == [("Jane Doe", "Librarian"), ("Kim", "")]


def test_rows_that_are_still_there_keep_their_place(event: Event) -> None:
    first, second = event.panelists.order_by("position")
    sent = QueryDict(mutable=True)
    sent.update({
        "title": "Lamps", "panelists-TOTAL_FORMS": "3", "panelists-INITIAL_FORMS": "3",
        "panelists-0-id": "999999", "panelists-0-title": "Gone", "panelists-1-id": str(first.pk),
        "panelists-1-title": "First", "panelists-2-id": str(second.pk), "panelists-2-DELETE": "on",
    })  # fmt: skip

    mended = without_missing_rows(sent, event).dict()

    assert {name: value for name, value in mended.items() if name.startswith("panelists")} == {
        "panelists-TOTAL_FORMS": "3", "panelists-INITIAL_FORMS": "2",
        "panelists-0-id": str(first.pk), "panelists-0-title": "First",
        "panelists-1-id": str(second.pk), "panelists-1-DELETE": "on",
        "panelists-2-id": "", "panelists-2-title": "Gone",
    }  # fmt: skip
    assert mended["title"] == "Lamps"


def test_a_mistake_is_shown_with_the_version_that_was_sent(desk: Client, second: Client, event: Event) -> None:
    mine = form(desk, event, date="never")

    again = desk.post(change(event), mine)

    assert again.context["version"] == mine["version"]
    second.post(change(event), form(second, event, title="Their lamps"))
    assert refused(desk.post(change(event), mine | {"date": "2021-01-01"}))


def test_a_mistake_is_shown_after_the_lock_is_released(desk: Client, event: Event) -> None:
    mine = form(desk, event, date="never")
    changing: list[bool] = []

    def note(**_more: Any) -> None:
        changing.append(is_changing(event.pk))

    template_rendered.connect(note)
    try:
        again = desk.post(change(event), mine)
    finally:
        template_rendered.disconnect(note)

    assert again.status_code == 200
    assert "Enter a valid date" in again.content.decode()
    assert changing
    assert not any(changing)


@pytest.mark.parametrize("announced", ["3", "1500", "999999999"])
def test_a_form_that_announces_rows_that_it_does_not_bring_is_refused(
    announced: str, desk: Client, event: Event
) -> None:
    mine = form(desk, event, title="Not saved", **{"panelists-TOTAL_FORMS": announced})
    mine = {name: value for name, value in mine.items() if not name.startswith("panelists-2")}

    answer = desk.post(change(event), mine)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "This form is incomplete" in page or "Please submit at most" in page
    formset = next(one.formset for one in answer.context["inline_admin_formsets"] if one.formset.prefix == "panelists")
    assert len(formset.forms) == 2
    assert not Event.objects.filter(title="Not saved").exists()
    assert event.panelists.count() == 2
