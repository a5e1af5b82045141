"""Two windows of one editor: what one keeps unsaved stays when the other saves, discards or keeps something."""

import json
import re
from functools import partial
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from panels.editorial.session_editor import editing_sessions
from panels.editorial.session_editor.editing_sessions import autosave, discard_autosave, unsaved_by_window
from panels.models import EditingSession, Event
from tests.admin.importing.pages import press_on_import
from tests.admin.racing import Editor, make_race
from tests.admin.session_editor.test_session_editor import address, typed
from tests.builders import make_editor
from tests.racing import ROUNDS, at_once

pytestmark = pytest.mark.django_db

LONG = "Long words, typed in the other window.\n\nAnd more of them."


@pytest.fixture
def event() -> Event:
    return make_race()


def keep(desk: Client, event: Event, text: str, kept_at: str = "", form: str = "q1-a1") -> str:
    values = {"text": text, "version": typed(event, "q1-a1", desk)["version"]}
    sent = {"form": form, "values": json.dumps(values), "kept_at": kept_at}
    return str(desk.post(address(event, "autosave/"), sent).json()["kept_at"])


def texts(event: Event, form: str = "q1-a1") -> list[str]:
    """What is kept of a form, latest first."""
    unsaved = EditingSession.objects.filter(event=event).values_list("unsaved", flat=True).first() or {}
    return [str(one["text"]) for one in unsaved_by_window(unsaved.get(form))]


def test_saving_in_one_window_keeps_what_the_other_keeps(desk: Client, event: Event) -> None:
    form = typed(event, "q1-a1", desk)
    keep(desk, event, LONG)

    answer = desk.post(address(event), form | {"text": "Saved in this window."}, follow=True)

    assert "Unsaved changes from another window are kept." in answer.content.decode()
    assert event.answers.get(anchor="q1-a1").text == "Saved in this window."
    assert texts(event) == [LONG]


def test_saving_deletes_what_the_window_itself_kept(desk: Client, event: Event) -> None:
    form = typed(event, "q1-a1", desk)
    kept_at = keep(desk, event, "Half a")

    desk.post(address(event), form | {"text": "Half a sentence.", "kept_at": kept_at})
    assert texts(event) == []

    keep(desk, event, LONG)
    sent = typed(event, "q1-a1", desk) | {"text": LONG.replace("\n", "\r\n"), "kept_at": ""}
    desk.post(address(event), sent)
    assert texts(event) == []


def test_each_window_keeps_its_own_words(desk: Client, event: Event) -> None:
    one, other = keep(desk, event, "One"), keep(desk, event, "Other")
    one = keep(desk, event, "One, longer", one)
    other = keep(desk, event, "Other, longer", other)
    assert texts(event) == ["Other, longer", "One, longer"]

    page = desk.get(address(event)).content.decode()
    assert "q1-a1 (in another window)" in page
    assert '<pre class="words">One, longer</pre>' in page

    desk.post(address(event), {"do": "discard", "at": "q1-a1", "kept_at": one})
    assert texts(event) == ["Other, longer"]


def test_a_form_continues_the_words_that_it_shows(desk: Client, event: Event) -> None:
    kept_at = keep(desk, event, LONG)

    page = desk.get(address(event, "?edit=q1-a1"))

    assert kept_in(page) == kept_at
    assert "Long words, typed" in page.content.decode().partition('class="passage-form"')[2]


def test_a_refused_form_is_kept_beside_what_the_other_window_keeps(desk: Client, event: Event) -> None:
    form = typed(event, "q1-a1", desk)
    keep(desk, event, LONG)

    refused = desk.post(address(event), form | {"text": "Mine.", "time": "never"})

    assert refused.status_code == 422
    assert texts(event) == ["Mine.", LONG]
    desk.post(address(event), {"do": "discard", "at": "q1-a1", "kept_at": kept_in(refused)})
    assert texts(event) == [LONG]


def kept_in(page: Any) -> str:
    form = page.content.decode().partition('class="passage-form"')[2]
    found = re.search(r'name="kept_at" value="([^"]+)"', form)
    assert found
    return unescape(found[1])


def test_discarding_without_having_seen_anything_discards_nothing(desk: Client, event: Event) -> None:
    keep(desk, event, LONG)

    desk.post(address(event), {"do": "discard", "at": "q1-a1"})

    assert texts(event) == [LONG]


def text_path(event: Event, rest: str = "") -> str:
    return f"/admin/panels/event/{event.pk}/text/{rest}"


def test_a_text_that_was_sent_leaves_the_text_of_the_other_window(desk: Client, event: Event) -> None:
    page = desk.get(text_path(event))
    text, version = page.context["form"].initial["text"], page.context["version"]
    more = text + "\n\nMore.\n"
    kept_at = desk.post(text_path(event, "preview/"), {"text": LONG, "version": version})["X-Kept-At"]

    taken = desk.post(text_path(event), {"text": more, "version": version, "kept_at": ""})
    assert texts(event, editing_sessions.AS_TEXT) == [LONG]

    press_on_import(desk, taken["Location"], {"to_text": "", "title": event.title})
    assert texts(event, editing_sessions.AS_TEXT) == [more, LONG]

    shown = desk.get(text_path(event))
    assert shown.context["form"].initial["text"] == more
    desk.post(text_path(event), {"do": "discard", "kept_at": shown.context["kept"]})
    assert texts(event, editing_sessions.AS_TEXT) == [LONG]
    desk.post(text_path(event), {"text": more, "version": version, "kept_at": kept_at})
    assert texts(event, editing_sessions.AS_TEXT) == []


def test_other_windows_text_is_kept_whole(event: Event) -> None:
    editor = make_editor()
    moments = [autosave(event, editor, "q1", {"text": f"a\0{number}"}) for number in range(5)]

    assert texts(event, "q1") == [f"a{number}" for number in (4, 3, 2, 1, 0)]
    assert all(discard_autosave(event, editor, "q1", seen=moment) for moment in moments[1:])
    assert not discard_autosave(event, editor, "q1", seen=moments[0])
    assert EditingSession.objects.get(event=event).unsaved == {}


@pytest.mark.django_db(transaction=True)
def test_two_windows_at_once() -> None:
    for _ in range(ROUNDS):
        race, editor = make_race(), Editor.arriving("ann")
        other = Client()
        other.force_login(User.objects.get(username="ann"))
        form = typed(race, "q1-a1", editor.client)

        at_once(partial(editor.client.post, address(race), form | {"text": "Saved."}), partial(keep, other, race, LONG))

        assert race.answers.get(anchor="q1-a1").text == "Saved."
        assert texts(race) == [LONG]
