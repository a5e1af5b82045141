"""Two windows of one import: an older page changes, stores and discards nothing, and loses nothing that was typed."""

import copy
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils.html import escape
from lxml.html import fromstring

from panels.editorial.importing.drafts import (
    DraftChangedError,
    discard,
    plan_of,
    read_again,
    ready,
    settle,
    start_import,
    store,
    transcript_of,
    version_of,
)
from panels.formats.base import Source
from panels.models import EditingSession, Event, ImportDraft
from tests.admin.importing.pages import version_on
from tests.admin.racing import Editor, make_race
from tests.builders import make_speaker
from tests.racing import ROUNDS, Between, at_once

pytestmark = pytest.mark.django_db

TALK = """# A talk about lamps

Date: 2021-03-14

Q: First question of all here?

Kim Olsen: First answer of all.

Jane Doe: Second answer, to be kept.

Lee Wong: Third answer, to be kept too.

Q: Second question here?

Kim Olsen: Another answer.
"""
CHANGED = "This import was changed in another window"


class Window:
    """A window with the page of an import, as it was when it was opened."""

    def __init__(self, client: Client, path: str, *, at: str = "") -> None:
        self.client, self.path = client, path
        self.read(client.get(path, {"at": at} if at else {}))

    def read(self, answer: Any) -> None:
        self.page = answer.content.decode()
        (form,) = fromstring(self.page).xpath("//form[contains(@class, 'import')]")
        self.fields = {name: value or "" for name, value in form.fields.items() if not isinstance(value, set)}

    def press(self, button: str, value: str = "", **typed: str) -> Any:
        answer = self.client.post(self.path, self.fields | typed | {button: value})
        if answer.status_code != 302:
            self.read(answer)
        return answer


@pytest.fixture
def import_draft(desk: Client) -> ImportDraft:
    desk.post("/admin/panels/event/import/", {"text": TALK})
    return ImportDraft.objects.get()


@pytest.fixture
def path(import_draft: ImportDraft) -> str:
    return f"/admin/panels/event/import/{import_draft.pk}/"


def kept() -> ImportDraft:
    return ImportDraft.objects.get()


def draft_at(path: str) -> ImportDraft:
    return ImportDraft.objects.get(pk=path.split("/")[-2])


def answers() -> list[list[str]]:
    return [[turn.text for turn in exchange.answers] for exchange in transcript_of(kept()).exchanges]


def test_one_button_pressed_in_two_windows_is_done_once(desk: Client, path: str) -> None:
    one, other = Window(desk, path), Window(desk, path)

    answered = [one.press("step", "drop 1.1"), other.press("step", "drop 1.1")]

    assert [answer.status_code for answer in answered] == [302, 302]
    assert kept().steps == [{"do": "drop", "at": "1.1"}]
    assert answers() == [["Second answer, to be kept.", "Third answer, to be kept too."], ["Another answer."]]


def test_a_step_back_pressed_twice_is_one(desk: Client, path: str) -> None:
    for number in ("1.1", "1.1"):
        Window(desk, path).press("step", f"drop {number}")
    window = Window(desk, path)

    assert [window.press("undo").status_code for _ in range(2)] == [302, 302]
    assert len(kept().steps) == 1


@pytest.mark.parametrize(
    ("button", "value"),
    [("step", "drop 1.1"), ("step", "name 1.1"), ("undo", ""), ("keep", ""), ("store", ""), ("discard", "")],
)
def test_an_older_page_changes_nothing(button: str, value: str, desk: Client, path: str) -> None:
    older = Window(desk, path, at="1.1")
    Window(desk, path).press("step", "drop 1.2", title="Another title")
    before = kept()

    answer = older.press(button, value, publisher="The Lamp")

    now = kept()
    assert answer.status_code == 409
    assert CHANGED in older.page
    assert (now.steps, now.decisions, now.stored_at) == (before.steps, before.decisions, None)
    assert not Event.objects.exists()
    assert older.fields["publisher"] == "The Lamp"
    assert older.fields["title"] == "Another title"
    assert Window(desk, path).press(button, value).status_code == 302


@pytest.mark.parametrize("version", [None, "", "x", "a.b.c", "\0", "9" * 400, "..", "another"])
def test_a_version_that_was_never_given_out_changes_nothing(version: str | None, desk: Client, path: str) -> None:
    other = start_import(Source.of(TALK), by=None)
    sent = {"title": "Overwritten"} | ({} if version is None else {"import_version": version})
    if version == "another":
        sent["import_version"] = version_of(other)
    other.delete()

    for button in ("keep", "step", "store", "discard", "undo", "reread"):
        assert desk.post(path, sent | {button: "drop 1.1"}).status_code == 409

    assert (kept().steps, kept().decisions) == ([], {})
    assert not Event.objects.exists()


def test_what_both_typed_is_told_and_the_last_word_is_knowingly_the_editor_s(desk: Client, path: str) -> None:
    older = Window(desk, path)
    Window(desk, path).press("keep", title="Theirs", publisher="Their publisher")

    older.press("keep", title="Mine")
    assert older.fields["title"] == "Mine"
    assert older.fields["publisher"] == "Their publisher"
    assert "Title: “Mine” (saved: Theirs)" in older.page

    Window(desk, path).press("keep", title="Theirs again")
    older.press("keep")
    assert older.fields["title"] == "Mine"
    assert "Title: “Mine” (saved: Theirs again)" in older.page

    assert older.press("keep").status_code == 302
    assert (kept().decisions["title"], kept().decisions["publisher"]) == ("Mine", "Their publisher")


def test_what_was_typed_at_a_passage_stays_with_the_passage(desk: Client, path: str) -> None:
    older = Window(desk, path, at="1.2")
    Window(desk, path).press("step", "drop 1.1")

    older.press("step", "name 1.2", speaker="Jane Roe", evidence="The programme.")

    assert (older.fields["open"], older.fields["speaker"]) == ("1.1", "Jane Roe")
    assert older.fields["evidence"] == "The programme."
    older.press("step", "name 1.1")
    turn = transcript_of(kept()).exchanges[0].answers[0]
    assert (turn.speaker, turn.text) == ("Jane Roe", "Second answer, to be kept.")


def test_what_was_typed_at_a_passage_that_is_gone_is_told(desk: Client, path: str) -> None:
    older = Window(desk, path, at="1.2")
    Window(desk, path).press("step", "drop 1.2")

    older.press("step", "name 1.2", speaker="Jane Roe", evidence="The programme.")

    assert "Who speaks: “Jane Roe” (this field no longer exists)" in older.page
    assert "Evidence: “The programme.” (this field no longer exists)" in older.page


def test_an_answer_of_who_somebody_is_stays_with_the_name(desk: Client, path: str) -> None:
    known = [make_speaker(f"{name} Olsson") for name in ("Kim", "Kjm")]
    older = Window(desk, path)
    (field,) = [name for name in older.fields if name.startswith("person-") and "Kim Olsen" in asked(older, name)]
    Window(desk, path).press("step", "drop 1.2")

    older.press("keep", **{field: str(known[0].pk)})

    assert older.fields[field] == str(known[0].pk)
    assert older.press("keep").status_code == 302
    assert kept().decisions["people"] == {"Kim Olsen": str(known[0].pk)}


def asked(window: Window, name: str) -> str:
    return str(fromstring(window.page).xpath(f"string(//label[@for='id_{name}'])"))


def test_voices_are_told_apart_by_their_labels(desk: Client) -> None:
    text = "SPEAKER_00: Hello there.\n\nSPEAKER_01: Hi.\n\nSPEAKER_00: Bye.\n"
    path = desk.post("/admin/panels/event/import/", {"text": text})["Location"]
    older, newer = Window(desk, path), Window(desk, path)
    first, second = (name for name in older.fields if name.startswith("voice-"))
    newer.press("step", "voices", **{first: "Kim"})

    older.press("step", "voices", **{first: "Lee", second: "Jane"})

    assert "Who is who?: “Lee” (this field no longer exists)" in older.page
    assert older.fields[second] == "Jane"
    older.press("step", "voices")
    speakers = [
        turn.speaker for one in transcript_of(kept()).exchanges for turn in (one.question, *one.answers) if turn
    ]
    assert speakers == ["Kim", "Jane", "Kim"]


def test_a_page_of_an_import_that_was_saved_or_discarded_says_so(desk: Client, path: str) -> None:
    older, discarded = Window(desk, path), Window(desk, path)
    Window(desk, path).press("store")

    again = desk.post(path, older.fields | {"store": ""}, follow=True)
    assert "This import is already saved." in again.content.decode()
    assert "is already saved" in desk.post(path, discarded.fields | {"discard": ""}, follow=True).content.decode()
    assert Event.objects.get().import_drafts.get().stored_at


def test_typed_correction_notes_stay_on_a_page_that_is_shown_again(desk: Client, path: str) -> None:
    Window(desk, path).press("store")
    event = Event.objects.get()
    Event.objects.filter(pk=event.pk).update(status="published", published_at="2021-05-01T10:00Z")
    taken = desk.post(f"/admin/panels/event/import/?event={event.pk}", {"text": TALK.replace("First answer", "An")})
    older, newer = Window(desk, taken["Location"]), Window(desk, taken["Location"])
    newer.press("keep", title="Lamps")

    older.press("store", correction_note="It was misheard.")

    assert "It was misheard.</textarea>" in older.page
    assert older.press("store").status_code == 302
    assert event.corrections.get().note == "It was misheard."


@pytest.fixture
def correction(desk: Client, path: str) -> str:
    """The path of a corrected text of a published session."""
    Window(desk, path).press("store")
    Event.objects.update(status="published", published_at="2021-05-01T10:00Z")
    corrected = TALK.replace("First answer", "An")
    taken = desk.post(f"/admin/panels/event/import/?event={Event.objects.get().pk}", {"text": corrected})
    return str(taken["Location"])


@pytest.mark.parametrize(
    "press", [("keep", ""), ("at", "2.1"), ("step", "make_question 1.2"), ("step", "drop 2.1"), ("enter", "")]
)
def test_what_is_typed_and_not_applied_stays_whatever_button_is_pressed(
    desk: Client, correction: str, press: tuple[str, str]
) -> None:
    window = Window(desk, correction, at="1.1")
    typed = {"correction_note": "It was\nmisheard.", "same_meaning": "on", "evidence": "He says so.", "title": "Lamps"}
    window.press(*press, **typed)

    again = Window(desk, correction, at="1.1")

    assert again.fields["correction_note"].strip() == "It was\nmisheard."
    assert again.fields["same_meaning"] == "on"
    assert again.fields["title"] == "Lamps"
    assert again.fields["evidence"] == "He says so."
    assert "evidence" not in Window(desk, correction, at="1.3").fields or (
        Window(desk, correction, at="1.3").fields["evidence"] == ""
    )


def test_what_is_typed_in_the_tools_of_two_passages_stays_at_each_until_it_is_applied_or_closed(
    desk: Client, correction: str
) -> None:
    Window(desk, correction, at="1.1").press("at", "1.2", evidence="He says so.")
    Window(desk, correction, at="1.2").press("at", "2.1", evidence="She is asked by name.")

    assert Window(desk, correction, at="1.1").fields["evidence"] == "He says so."
    Window(desk, correction, at="1.1").press("close")
    Window(desk, correction, at="1.2").press("step", "name 1.2")

    assert Window(desk, correction, at="1.1").fields["evidence"] == ""
    assert draft_at(correction).steps[-1]["evidence"] == "She is asked by name."
    assert "unapplied" not in draft_at(correction).decisions


def test_a_note_that_is_deleted_stays_deleted(desk: Client, correction: str) -> None:
    Window(desk, correction).press("keep", correction_note="It was misheard.")
    Window(desk, correction).press("keep", correction_note="")

    assert not Window(desk, correction).fields["correction_note"].strip()
    assert "unapplied" not in draft_at(correction).decisions


def test_a_note_with_a_character_that_no_database_stores_is_kept_without_it(desk: Client, correction: str) -> None:
    assert Window(desk, correction).press("keep", correction_note="It was\0 misheard.").status_code == 302

    assert Window(desk, correction).fields["correction_note"].strip() == "It was misheard."


def test_what_was_typed_before_is_saved_with_the_session(desk: Client, correction: str) -> None:
    Window(desk, correction).press("at", "1.1", correction_note="It was misheard.")

    assert Window(desk, correction).press("store").status_code == 302

    assert Event.objects.get().corrections.get().note == "It was misheard."


def test_a_text_goes_back_to_the_editor_only_from_the_page_that_is_up_to_date(client: Client) -> None:
    editor, event = Editor.arriving("ann"), make_race()
    page = editor.client.get(f"/admin/panels/event/{event.pk}/text/")
    sent = {"version": page.context["version"], "text": page.context["form"].initial["text"] + "\n\nMore.\n"}
    path = editor.client.post(f"/admin/panels/event/{event.pk}/text/", sent)["Location"]
    older = Window(editor.client, path)
    settle(kept(), version=version_of(kept()), decisions={"title": "Theirs"})

    assert older.press("to_text").status_code == 409

    assert kept().event == event
    assert not EditingSession.objects.filter(unsaved__has_key="as text").exists()


def test_nothing_is_written_where_nothing_changes(desk: Client, path: str) -> None:
    before, window = kept(), Window(desk, path)

    assert [window.press(button).status_code for button in ("keep", "enter", "undo", "at")] == [302] * 4

    assert kept().changed_at == before.changed_at


def test_what_is_written_is_compared_once_more(import_draft: ImportDraft) -> None:
    """Whoever has read the import before somebody else changed it writes nothing."""
    older, version = copy.copy(import_draft), version_of(import_draft)
    made = ready(plan_of(older))
    settle(import_draft, version=version, taken={"do": "drop", "at": "1.1"})
    acts: list[Callable[[], Any]] = [
        lambda: settle(older, version=version, taken={"do": "drop", "at": "1.2"}),
        lambda: settle(older, version=version, decisions={"title": "Mine"}),
        lambda: settle(older, version=version, undo=True),
        lambda: store(older, made, version=version, by=None),
        lambda: read_again(older, version=version),
        lambda: discard(older, version=version),
    ]

    for act in acts:
        with pytest.raises(DraftChangedError):
            act()

    assert (older.steps, older.decisions) == ([], {})
    assert kept().steps == [{"do": "drop", "at": "1.1"}]
    assert not Event.objects.exists()


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def opened(self) -> tuple[str, list[Window]]:
        editors = [Editor.arriving(name) for name in ("ann", "ben")]
        draft = start_import(Source.of(TALK), by=None)
        path = f"/admin/panels/event/import/{draft.pk}/"
        return path, [Window(editor.client, path) for editor in editors]

    def test_both_take_a_step(self) -> None:
        for _ in range(ROUNDS):
            _path, (ann, ben) = self.opened()

            answered = at_once(partial(ann.press, "step", "drop 1.1"), partial(ben.press, "step", "drop 1.2"))

            codes = [answer.status_code for answer in answered]
            assert sorted(codes) == [302, 409]
            assert [step["at"] for step in kept().steps] == ["1.1" if codes[0] == 302 else "1.2"]
            ImportDraft.objects.all().delete()

    def test_both_press_the_same(self) -> None:
        for _ in range(ROUNDS):
            _path, (ann, ben) = self.opened()

            answered = at_once(partial(ann.press, "step", "drop 1.1"), partial(ben.press, "step", "drop 1.1"))

            assert [answer.status_code for answer in answered] == [302, 302]
            assert len(kept().steps) == 1
            ImportDraft.objects.all().delete()

    def test_one_stores_what_the_other_changes(self) -> None:
        for number in range(ROUNDS):
            _path, (ann, ben) = self.opened()

            stored, stepped = at_once(
                partial(ann.press, "store", title=f"Lamps {number}"), partial(ben.press, "step", "drop 1.1")
            )

            import_draft = ImportDraft.objects.get()
            if import_draft.stored_at:
                assert import_draft.steps == []
                assert Event.objects.get(title=f"Lamps {number}").answers.count() == 4
                assert stored.status_code == 302
            else:
                assert stored.status_code == 409
                assert stepped.status_code == 302
                assert not Event.objects.filter(title=f"Lamps {number}").exists()
            Event.objects.all().delete()
            ImportDraft.objects.all().delete()

    def test_a_step_taken_between_any_two_queries_of_storing_is_not_lost(self) -> None:
        outcomes, place, between = set(), 1, None
        while between is None or between.seen >= place:
            place += 6 if between else 0
            _path, (ann, ben) = self.opened()
            between = Between(place, partial(ben.press, "step", "drop 1.1"))
            with connection.execute_wrapper(partial(outside_of_writing, between)):
                answer = ann.press("store", title="Lamps")
            import_draft = ImportDraft.objects.get()
            outcomes.add((answer.status_code, len(import_draft.steps), import_draft.stored_at is not None))
            Event.objects.all().delete()
            ImportDraft.objects.all().delete()
        assert outcomes == {(409, 1, False), (302, 0, True)}


def outside_of_writing(between: Between, execute: Callable[..., Any], *query: Any) -> Any:
    return execute(*query) if connection.in_atomic_block else between(execute, *query)


def test_names_are_escaped_in_what_is_told(desk: Client, path: str) -> None:
    older = Window(desk, path)
    Window(desk, path).press("keep", title="Theirs")

    older.press("keep", title="<b>Mine</b>")

    assert escape("“<b>Mine</b>”") in older.page


def test_the_version_on_the_page_of_a_correction_is_still_that_of_the_event(desk: Client, path: str) -> None:
    Window(desk, path).press("store")
    event = Event.objects.get()
    taken = desk.post(f"/admin/panels/event/import/?event={event.pk}", {"text": TALK.replace("First answer", "An")})

    assert version_on(desk, taken["Location"]) == str(event.version.number)
