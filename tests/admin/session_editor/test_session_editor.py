"""The desk as plain pages, and what it answers to its script."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from panels.editorial import history
from panels.editorial.versions import number_of, token_of
from panels.models import Answer, EditingSession, Event, Question, Revision, Speaker
from tests.builders import make_editor, make_session, make_speaker

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    event = make_session(
        2, 2, status="draft", published_at=None, speakers=[make_speaker("Kim"), make_speaker("Jane Doe")]
    )
    Answer.objects.filter(event=event, anchor="q2-a2").update(speaker=None, attribution="unknown")
    return event


@pytest.fixture
def editor() -> User:
    return make_editor()


@pytest.fixture
def desk(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


@pytest.fixture
def second() -> Client:
    client = Client()
    client.force_login(make_editor("second"))
    return client


JSON = {"Accept": "application/json"}


def address(event: Event, rest: str = "") -> str:
    return reverse("admin:panels_event_editor", args=[event.pk]) + rest


def typed(event: Event, anchor: str, client: Client, **values: Any) -> dict[str, Any]:
    """A form as the page has it, with some of its fields changed."""
    page = client.get(address(event, f"?edit={anchor}"))
    row = next(row for row in page.context["rows"] if row.form)
    fields = {field.name: field.value() or "" for field in row.form}
    return {
        **fields,
        "at": anchor,
        "version": token_of(event, row.version),
        "kept_at": row.kept,
        "do": "save",
        **values,
    }


def at(event: Event, anchor: str) -> Answer:
    return Answer.objects.get(event=event, anchor=anchor)


def test_the_page_shows_everything_in_reading_order_and_what_names_nobody(desk: Client, event: Event) -> None:
    page = desk.get(address(event))

    assert [row.anchor for row in page.context["rows"]] == ["q1", "q1-a1", "q1-a2", "q2", "q2-a1", "q2-a2"]
    assert "1 unattributed answer." in page.content.decode()
    assert page.context["first_unattributed"] == "q2-a2"


def test_one_passage_is_saved_and_nothing_else_is_sent(desk: Client, event: Event) -> None:
    form = typed(event, "q1-a1", desk, text="Mended\r\nwords.", tags='Night, "Lamps, old"', time="1:02.5")

    answer = desk.post(address(event), form)

    assert answer["Location"].endswith("#q1-a1")
    saved = at(event, "q1-a1")
    assert (saved.text, saved.media_time) == ("Mended\nwords.", 62.5)
    assert sorted(tag.name for tag in saved.tags.all()) == ["Lamps, old", "Night"]
    shown = typed(event, "q1-a1", desk)
    assert (shown["tags"], shown["time"]) == ("Lamps, old", "1:02.5") or shown["tags"] == '"Lamps, old", Night'
    assert Revision.objects.filter(event=event).count() == 2


def test_a_form_sent_as_it_was_changes_nothing(desk: Client, event: Event) -> None:
    desk.post(address(event), typed(event, "q1-a1", desk))

    assert Revision.objects.filter(event=event).count() == 1


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"speaker": "Kim"}, ("Kim", "stated")),
        ({"speaker": "+", "other": "  Zhang  San "}, ("Zhang San", "stated")),
        ({"speaker": "Kim", "attribution": "inferred", "evidence": "She is asked."}, ("Kim", "inferred")),
    ],
)
def test_a_gap_is_filled(desk: Client, event: Event, values: dict[str, str], expected: tuple[str, str]) -> None:
    desk.post(address(event), typed(event, "q2-a2", desk, **values))

    saved = at(event, "q2-a2")
    assert (saved.speaker and saved.speaker.name, saved.attribution) == expected


def test_a_name_can_be_taken_back(desk: Client, event: Event) -> None:
    desk.post(address(event), typed(event, "q1-a1", desk, speaker=""))

    assert at(event, "q1-a1").attribution == "unknown"


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ({"speaker": "+"}, "Enter a name"),
        ({"speaker": "Kim", "attribution": "inferred"}, "evidence"),
        ({"time": "soon"}, "Enter the time as"),
        ({"tags": "x" * 300}, "Tags can have at most"),
        ({"text": "a\0b"}, "Null characters"),
        ({"do": "merge"}, "no answer before"),
        ({"do": "split", "before": "7"}, "his paragraph no longer exists"),
        ({"do": "move", "to": "q9"}, "no passage q9"),
        ({"do": "move", "to": ""}, "must belong to a question"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    desk: Client, event: Event, values: dict[str, str], fault: str
) -> None:
    form = typed(event, "q2-a1", desk, **{"text": "Long typed words.", **values})

    answer = desk.post(address(event), form)

    assert answer.status_code == 422
    assert fault in answer.content.decode()
    assert at(event, "q2-a1").text != form["text"]
    if "text" not in values:
        assert "Long typed words." in answer.content.decode()
        assert EditingSession.objects.get().unsaved["q2-a1"]["text"] == "Long typed words."


@pytest.mark.parametrize(
    ("values", "order"),
    [
        ({"do": "up"}, "q1 q1-a1 q1-a2 q2-a1 q2 q2-a2"),
        ({"do": "down"}, "q1 q1-a1 q1-a2 q2 q2-a2 q2-a1"),
        ({"do": "move", "to": "q1"}, "q1 q2-a1 q1-a1 q1-a2 q2 q2-a2"),
        ({"do": "split", "before": "2", "text": "One.\n\nTwo."}, "q1 q1-a1 q1-a2 q2 q2-a1 q2-a3 q2-a2"),
        ({"do": "make_question"}, "q1 q1-a1 q1-a2 q2 q3 q2-a2"),
        ({"do": "delete"}, "q1 q1-a1 q1-a2 q2 q2-a2"),
        ({"at": "q2", "do": "delete"}, "q1 q1-a1 q1-a2 q2-a1 q2-a2"),
        ({"at": "q2", "do": "delete_exchange"}, "q1 q1-a1 q1-a2"),
    ],
)
def test_every_step_has_a_button_that_needs_no_script(
    desk: Client, event: Event, values: dict[str, str], order: str
) -> None:
    desk.post(address(event), typed(event, "q2-a1", desk, **values))

    page = desk.get(address(event))
    assert " ".join(row.anchor for row in page.context["rows"]) == order


def merge(event: Event, client: Client, **values: Any) -> dict[str, Any]:
    return typed(event, "q1-a2", client, do="merge", **values)


@pytest.mark.parametrize(("whose", "speaker"), [("previous", "Kim"), ("this", "Jane Doe")])
def test_merging_two_speakers_asks_whose_words_they_are(desk: Client, event: Event, whose: str, speaker: str) -> None:
    asked = desk.post(address(event), merge(event, desk, text="Typed meanwhile."))
    page = asked.content.decode()
    assert asked.status_code == 422
    assert "Who is the speaker?" in page
    form = next(row.form for row in asked.context["rows"] if row.form)
    assert list(form.fields["whose"].choices) == [("previous", "Kim"), ("this", "Jane Doe")]
    assert form.errors["whose"] == ["These answers have different speakers. Choose the speaker of the merged answer."]
    assert at(event, "q1-a2").speaker

    told = desk.post(address(event), merge(event, desk, text="Typed meanwhile.", whose=whose))
    assert told.status_code == 302
    saved = at(event, "q1-a1")
    assert (saved.text, saved.speaker and saved.speaker.name) == ("Answer 1.\n\nTyped meanwhile.", speaker)


def test_merging_asks_for_a_correction_note_as_well_if_readers_have_seen_it(desk: Client, event: Event) -> None:
    Event.objects.filter(pk=event.pk).update(status="published", published_at=timezone.now())

    asked = desk.post(address(event), merge(event, desk, same_meaning="on"))
    form = next(row.form for row in asked.context["rows"] if row.form)
    assert set(form.errors) == {"whose", "correction_note"}

    refused = desk.post(address(event), merge(event, desk, whose="this", same_meaning="on"))
    form = next(row.form for row in refused.context["rows"] if row.form)
    assert refused.status_code == 422
    assert "speaker of published words changes" in form.errors["correction_note"][0]
    assert 'value="this" id="q1-a2-whose_1" checked' in " ".join(refused.content.decode().split()).replace(
        'checked id="q1-a2-whose_1"', 'id="q1-a2-whose_1" checked'
    )

    desk.post(address(event), merge(event, desk, whose="this", correction_note="Jane Doe said all of it."))
    assert at(event, "q1-a1").speaker == Speaker.objects.get(name="Jane Doe")
    assert event.corrections.get().note == "Jane Doe said all of it."


def test_the_same_speaker_is_merged_without_a_question(desk: Client, event: Event) -> None:
    told = desk.post(address(event), merge(event, desk, speaker="Kim"))

    assert told.status_code == 302
    assert not Answer.objects.filter(event=event, anchor="q1-a2").exists()


@pytest.mark.parametrize(
    ("anchor", "values", "message", "focus"),
    [
        ("q1-a1", {"text": "Mended."}, "Saved.", "q1-a1"),
        ("q2-a1", {"do": "split", "text": "One.\n\nTwo."}, "Split q2-a1: the second part is q2-a3.", "q2-a3"),
        ("q1-a2", {"do": "merge", "whose": "this"}, "Merged q1-a2 with q1-a1.", "q1-a1"),
        ("q2-a2", {"do": "up"}, "Moved q2-a2 up.", "q2-a2"),
        ("q1-a1", {"do": "move", "to": "q2"}, "Moved q1-a1.", "q1-a1"),
        ("q1-a1", {"do": "delete"}, "Deleted q1-a1.", "q1"),
        ("q1", {"do": "delete_exchange"}, "Deleted q1 and its answers.", "q2"),
        ("q2-a1", {"do": "make_question"}, "q2-a1 is now a question, q3.", "q3"),
        ("q2", {"do": "make_answer"}, "q2 is now an answer, q1-a3.", "q1-a3"),
    ],
)
def test_the_message_says_what_was_done_and_undoing_it_leads_back(
    desk: Client, event: Event, anchor: str, values: dict[str, str], message: str, focus: str
) -> None:
    before = [row.anchor for row in desk.get(address(event)).context["rows"]]
    form = typed(event, anchor, desk, before="2", **values)
    parts = desk.post(address(event), {**form, "shown": form["version"]}, headers=JSON).json()

    assert (parts["message"], parts["focus"]) == (message, focus)
    gone = set(before) - set(parts["order"])
    assert not gone & set(parts["html"])
    assert focus in parts["html"]
    undo = {"do": "undo", "number": parts["undo"], "version": parts["version"], "shown": parts["version"]}
    undone = desk.post(address(event), undo, headers=JSON).json()
    assert undone["message"] == "Undone."
    assert undone["order"] == before
    assert undone["focus"] == anchor


def test_an_editor_is_not_in_conflict_with_themself(desk: Client, event: Event) -> None:
    Answer.objects.filter(anchor="q1-a1").update(text="One two three four five.")
    first = typed(event, "q1-a1", desk, text="One two three four five six.")
    desk.post(address(event), typed(event, "q1-a1", desk, text="Zero one two three four five.", tags="Night"))

    saved = desk.post(address(event), first)

    assert saved.status_code == 302
    assert at(event, "q1-a1").text == "Zero one two three four five six."
    assert [tag.name for tag in at(event, "q1-a1").tags.all()] == ["Night"]


def test_of_the_same_words_the_editor_last_saved_stay_and_the_others_are_in_the_history(
    desk: Client, event: Event
) -> None:
    first = typed(event, "q1-a1", desk, text="What I say last.")
    desk.post(address(event), typed(event, "q1-a1", desk, text="What I said in another window."))

    saved = desk.post(address(event), first, follow=True)

    assert at(event, "q1-a1").text == "What I say last."
    assert "This replaces what you saved in another window" in saved.content.decode()
    states = [history.transcript_at(revision) for revision in event.revisions.all()]
    assert any("What I said in another window." in str(state) for state in states)


def test_a_button_works_after_the_editor_saved_the_passage_elsewhere(desk: Client, event: Event) -> None:
    merging = merge(event, desk, whose="previous")
    desk.post(address(event), typed(event, "q1-a1", desk, text="Saved in the form above."))

    told = desk.post(address(event), merging)

    assert told.status_code == 302
    assert at(event, "q1-a1").text == "Saved in the form above.\n\nAnswer 2."


def test_what_others_changed_is_a_conflict_also_among_own_changes(desk: Client, second: Client, event: Event) -> None:
    mine = typed(event, "q1-a1", desk, text="Mine.")
    desk.post(address(event), typed(event, "q1-a2", desk, text="Mine, elsewhere."))
    second.post(address(event), typed(event, "q1-a1", second, text="Theirs."))
    desk.post(address(event), typed(event, "q2-a1", desk, text="Mine, elsewhere again."))

    assert desk.post(address(event), mine).status_code == 409
    assert at(event, "q1-a1").text == "Theirs."


def test_a_passage_that_the_editor_deleted_elsewhere_is_not_said_to_be_changed_by_someone_else(
    desk: Client, event: Event
) -> None:
    mine = typed(event, "q1-a1", desk, text="Mine.")
    desk.post(address(event), typed(event, "q1-a1", desk, do="delete"))

    told = desk.post(address(event), mine).content.decode()

    assert "You changed this in another window" in told
    assert "Someone else" not in told


@pytest.mark.parametrize(
    ("after", "what", "order"), [("q1-a1", "answer", 2), ("q1-a1", "question", 3), ("", "question", 0)]
)
def test_something_new_is_added_where_it_was_asked_for(
    desk: Client, event: Event, after: str, what: str, order: int
) -> None:
    shown = desk.get(address(event, f"?add={after}&what={what}"))
    assert [row.anchor for row in shown.context["rows"]].index("") == order

    version = token_of(event, number_of(event))
    desk.post(address(event), {"at": "", "after": after, "what": what, "text": "New words.", "version": version})

    page = desk.get(address(event))
    assert [row.turn.text for row in page.context["rows"]].index("New words.") == order


def test_a_change_is_undone_while_it_is_the_last(desk: Client, event: Event) -> None:
    before = at(event, "q1-a1").text
    saved = desk.post(address(event), typed(event, "q1-a1", desk, text="Mended."), follow=True)
    version = token_of(event, saved.context["transcript"].version)
    undo = {"do": "undo", "number": saved.context["undo"], "version": version}

    desk.post(address(event), undo)
    assert at(event, "q1-a1").text == before

    refused = desk.post(address(event), undo, follow=True)
    assert "The session has changed since then" in refused.content.decode()


def test_the_second_editor_is_told_who_and_what_and_may_merge(desk: Client, second: Client, event: Event) -> None:
    Answer.objects.filter(anchor="q1-a1").update(text="One two three four five.")
    mine = typed(event, "q1-a1", desk, text="One two three four five six.")
    second.post(address(event), typed(event, "q1-a1", second, text="Zero one two three four five.", tags="Night"))

    told = desk.post(address(event), mine)

    page = told.content.decode()
    assert told.status_code == 409
    assert "while you were editing (second, " in page
    row = next(row for row in told.context["rows"] if row.form)
    assert row.form["text"].value() == "Zero one two three four five six."
    assert row.form["tags"].value() == "Night"
    assert at(event, "q1-a1").text == "Zero one two three four five."

    again = {field.name: field.value() for field in row.form} | {"at": "q1-a1", "version": token_of(event, row.version)}
    desk.post(address(event), {name: value or "" for name, value in again.items()})
    assert at(event, "q1-a1").text == "Zero one two three four five six."
    assert [tag.name for tag in at(event, "q1-a1").tags.all()] == ["Night"]


def test_what_the_other_deleted_is_put_back_at_its_address(desk: Client, second: Client, event: Event) -> None:
    mine = typed(event, "q1-a2", desk, text="Mine.")
    second.post(address(event), typed(event, "q1-a2", second, do="delete"))

    told = desk.post(address(event), mine)
    assert "deleted while you were editing" in told.content.decode()
    row = next(row for row in told.context["rows"] if row.form)
    back = {field.name: field.value() or "" for field in row.form}
    desk.post(
        address(event),
        {**back, "at": "q1-a2", "gone": "1", "after": row.after, "version": token_of(event, row.version)},
    )

    assert at(event, "q1-a2").text == "Mine."
    assert [one.anchor for one in Answer.objects.filter(question__anchor="q1").order_by("position")] == [
        "q1-a1",
        "q1-a2",
    ]


def test_who_else_is_there_is_shown_beforehand(desk: Client, second: Client, event: Event) -> None:
    second.get(address(event))

    assert "second has been editing since" in desk.get(address(event)).content.decode()


def test_what_was_not_saved_is_offered_again_and_can_be_discarded(desk: Client, event: Event) -> None:
    form = {"form": "q1-a1", "values": '{"text": "Half a sen", "version": "1", "speaker": "Kim"}', "version": "1"}
    kept = desk.post(address(event, "autosave/"), form)
    assert kept.status_code == 200

    page = desk.get(address(event)).content.decode()
    assert "Unsaved changes" in page
    assert "Half a sen" in page
    opened = desk.get(address(event, "?edit=q1-a1"))
    row = next(row for row in opened.context["rows"] if row.form)
    assert row.form["text"].value() == "Half a sen"

    desk.post(address(event), {"at": "q1-a1", "do": "discard", "kept_at": row.kept})
    assert "Half a sen" not in desk.get(address(event)).content.decode()


@pytest.mark.parametrize("values", ["", "[]", "{", '{"text": 3}', "[" * 100_000])
def test_what_cannot_be_kept_is_refused(desk: Client, event: Event, values: str) -> None:
    assert desk.post(address(event, "autosave/"), {"form": "q1", "values": values}).status_code == 400


def test_the_script_is_told_what_changed_and_where_everything_stands(desk: Client, event: Event) -> None:
    form = typed(event, "q2-a1", desk, do="up")

    parts = desk.post(address(event), form, headers={"Accept": "application/json"}).json()

    assert parts["order"] == ["q1", "q1-a1", "q1-a2", "q2-a1", "q2", "q2-a2"]
    assert list(parts["html"]) == ["q2-a1"]
    assert parts["version"] == token_of(event, number_of(event))


def test_the_script_hears_of_others(desk: Client, second: Client, event: Event) -> None:
    version = typed(event, "q1-a1", desk)["version"]
    second.post(address(event), typed(event, "q1-a1", second, text="Theirs."))

    told = desk.post(address(event, "autosave/"), {"version": version}).json()

    assert "second saved at" in told["saved"][0]
    assert "second has been editing since" in told["others"][0]


def test_who_may_not_change_events_gets_nothing(client: Client, event: Event) -> None:
    reader = User.objects.create_user("reader", is_staff=True)
    client.force_login(reader)

    for rest in ("", "autosave/"):
        assert client.get(address(event, rest)).status_code == 403
        assert client.post(address(event, rest), {"do": "delete", "at": "q1-a1"}).status_code == 403


def test_markup_in_words_and_names_runs_nowhere(desk: Client, event: Event) -> None:
    evil = '<script>alert("x")</script>'
    make_speaker(evil)
    Answer.objects.filter(anchor="q1-a1").update(text=evil, speaker=Speaker.objects.get(name=evil))

    page = desk.get(address(event, "?edit=q1-a1")).content.decode()

    assert evil not in page
    assert escape(evil) in page


@pytest.mark.parametrize("namesakes", [["李四"], ["李四", "李泗"]])
def test_a_speaker_is_found_by_the_name_that_the_list_offers(desk: Client, event: Event, namesakes: list[str]) -> None:
    stored = [make_speaker("Li Si", original_name=name) for name in namesakes]

    desk.post(address(event), typed(event, "q2-a2", desk, speaker="+", other=str(stored[-1])))

    assert at(event, "q2-a2").speaker == stored[-1]


def test_undo_leads_back_to_what_was_moved_without_scripts_too(desk: Client, event: Event) -> None:
    moved = desk.post(address(event), typed(event, "q1-a1", desk, do="down"), follow=True)
    (near,) = re.findall('name="at" value="([^"]*)"', moved.content.decode().partition('class="undo"')[2])[:1]
    version = token_of(event, moved.context["transcript"].version)

    undone = desk.post(address(event), {"do": "undo", "number": moved.context["undo"], "version": version, "at": near})

    assert undone["Location"].endswith("#q1-a1")


def test_a_session_says_that_all_its_answers_are_attributed(desk: Client, event: Event) -> None:
    Answer.objects.filter(anchor="q2-a2").delete()

    page = desk.get(address(event)).content.decode()

    assert "All answers are attributed." in page
    assert "unattributed answer" not in page.partition('<dialog id="help"')[0]
    Question.objects.filter(number=1).update(text="")
    assert "Before the first question" in desk.get(address(event)).content.decode()
