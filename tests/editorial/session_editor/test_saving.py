"""Two editors on one session: what one saves, the other is told of, and no word is ever lost."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from panels.editorial.history import event_history
from panels.editorial.importing import ImportRefusedError
from panels.editorial.saving.changes import EditConflictError
from panels.editorial.session_editor.saving import SaveResult, save
from panels.editorial.session_editor.steps import anchors_of, fields_of
from panels.editorial.transcript_edits import StepError
from panels.models import Event, Speaker, Version
from panels.reading.export import transcript_of
from tests.builders import make_session, make_speaker

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    event = make_session(
        2, 2, status="draft", published_at=None, speakers=[make_speaker("Kim"), make_speaker("Jane Doe")]
    )
    for answer in event.answers.all():
        answer.text = f"What {answer.anchor} says.\n\nAnd more of it."
        answer.save()
    event_history.ensure_recorded(event)
    return event


@pytest.fixture
def ann() -> User:
    return User.objects.create(username="ann")


@pytest.fixture
def ben() -> User:
    return User.objects.create(username="ben")


def version_of(event: Event) -> int:
    return Version.objects.get(event=event).number


def write(anchor: str, **fields: Any) -> dict[str, Any]:
    return {"do": "edit", "at": anchor, "fields": fields}


def at(event: Event, anchor: str) -> dict[str, Any]:
    return fields_of(transcript_of(event), anchor)


def test_a_change_is_stored_and_recorded_with_who_and_what(event: Event, ann: User) -> None:
    saved = save(event, [write("q1-a1", text="Mended.", tags=["Night"])], version=version_of(event), by=ann)

    assert at(event, "q1-a1")["text"] == "Mended."
    assert at(event, "q1-a1")["tags"] == ("Night",)
    last = event.revisions.first()
    assert last is not None
    assert (last.by, last.why, last.version) == (ann, "q1-a1 edited", saved.version)
    assert saved.meanwhile == ()


def test_a_new_passage_gets_an_anchor_that_was_never_given(event: Event, ann: User) -> None:
    event.answers.get(anchor="q1-a2").delete()
    step = {"do": "add", "what": "answer", "after": "q1-a1", "fields": {"text": "More.", "speaker": "Kim"}}

    saved = save(event, [step], version=version_of(event), by=ann)

    assert saved.new == ("q1-a3",)
    assert saved.now == ("q1", "q1-a1", "q1-a3", "q2", "q2-a1", "q2-a2")


def test_somebody_new_is_stored_with_their_words(event: Event, ann: User) -> None:
    save(event, [write("q1-a1", speaker="Zhang San")], version=version_of(event), by=ann)

    assert Speaker.objects.filter(name="Zhang San").exists()


def test_what_others_changed_elsewhere_stays_and_is_told(event: Event, ann: User, ben: User) -> None:
    transcript_at_version = version_of(event)
    save(event, [write("q1-a1", text="Ann's.")], version=transcript_at_version, by=ann)
    save(event, [{"do": "move", "at": "q1-a1", "after": "q2-a2"}], version=version_of(event), by=ann)

    saved = save(event, [write("q2-a1", text="Ben's.")], version=transcript_at_version, by=ben)

    assert at(event, "q1-a1")["text"] == "Ann's."
    assert at(event, "q2-a1")["text"] == "Ben's."
    assert [revision.by for revision in saved.meanwhile] == [ann, ann]


def test_other_fields_of_one_passage_come_together(event: Event, ann: User, ben: User) -> None:
    transcript_at_version = version_of(event)
    save(event, [write("q1-a1", tags=["Night"])], version=transcript_at_version, by=ann)
    save(event, [write("q1-a1", text="Mended.")], version=transcript_at_version, by=ben)

    assert at(event, "q1-a1")["tags"] == ("Night",)
    assert at(event, "q1-a1")["text"] == "Mended."


def test_the_same_words_changed_twice_are_told_with_all_three_wordings(event: Event, ann: User, ben: User) -> None:
    transcript_at_version = version_of(event)
    base = at(event, "q1-a1")["text"]
    save(event, [write("q1-a1", text=base.replace("What", "Whatever"))], version=transcript_at_version, by=ann)

    with pytest.raises(EditConflictError) as told:
        save(event, [write("q1-a1", text=base.replace("more", "less"))], version=transcript_at_version, by=ben)

    conflict = told.value.overlap[0]
    assert conflict.theirs is not None
    assert (conflict.base["text"], conflict.theirs["text"]) == (base, base.replace("What", "Whatever"))
    assert conflict.merged == base.replace("What", "Whatever").replace("more", "less")
    assert [revision.by for revision in told.value.saved] == [ann]
    assert at(event, "q1-a1")["text"] == base.replace("What", "Whatever")


def test_who_was_told_may_overwrite_and_the_other_wording_stays_in_the_history(
    event: Event, ann: User, ben: User
) -> None:
    transcript_at_version = version_of(event)
    save(event, [write("q1-a1", text="Ann's.")], version=transcript_at_version, by=ann)
    with pytest.raises(EditConflictError) as told:
        save(event, [write("q1-a1", text="Ben's.")], version=transcript_at_version, by=ben)

    save(event, [write("q1-a1", text="Ben's.")], version=told.value.version, by=ben)

    assert at(event, "q1-a1")["text"] == "Ben's."
    assert "Ann's." in ever_said(event)


@pytest.mark.parametrize("step", ["delete", "split", "merge", "make_question"])
def test_what_takes_a_passage_whole_is_stopped_by_a_change_of_it(event: Event, ann: User, ben: User, step: str) -> None:
    transcript_at_version = version_of(event)
    save(event, [write("q1-a2", text="Ann's.\n\nTwo.")], version=transcript_at_version, by=ann)

    with pytest.raises(EditConflictError):
        save(event, [{"do": step, "at": "q1-a2", "before": 2}], version=transcript_at_version, by=ben)


def test_a_passage_deleted_meanwhile_can_be_put_back_at_its_address(event: Event, ann: User, ben: User) -> None:
    transcript_at_version = version_of(event)
    save(event, [{"do": "delete", "at": "q1-a2"}], version=transcript_at_version, by=ann)
    with pytest.raises(EditConflictError) as told:
        save(event, [write("q1-a2", text="Ben's.")], version=transcript_at_version, by=ben)
    assert told.value.overlap[0].theirs is None

    fields = {**told.value.overlap[0].base, "text": "Ben's."}
    step = {"do": "add", "what": "answer", "after": "q1-a1", "anchor": "q1-a2", "fields": fields}
    save(event, [step], version=told.value.version, by=ben)

    assert at(event, "q1-a2")["text"] == "Ben's."


def test_what_breaks_a_rule_is_refused_whole(event: Event, ann: User) -> None:
    before = transcript_of(event)
    steps = [write("q1-a1", text="Mended."), write("q1-a2", attribution="inferred", evidence="")]

    with pytest.raises(ImportRefusedError, match="evidence"):
        save(event, steps, version=version_of(event), by=ann)

    assert transcript_of(event) == before


def ever_said(event: Event) -> str:
    """The words of every state that was recorded."""
    states = [event_history.transcript_at(revision) for revision in event.revisions.all()]
    turns = [turn for state in states for one in state.exchanges for turn in (one.question, *one.answers) if turn]
    return "\n".join(turn.text for turn in turns)


ACTION = st.tuples(
    st.integers(0, 1),  # who
    st.sampled_from(["look", "edit", "edit", "move", "delete", "split", "merge", "make_question", "make_answer"]),
    st.integers(0, 20),  # where
    st.integers(0, 20),  # where to
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(actions=st.lists(ACTION, min_size=2, max_size=10))
def test_whatever_two_editors_do_no_acknowledged_word_is_lost(
    event: Event, ann: User, ben: User, actions: list[tuple[int, str, int, int]]
) -> None:
    editors = (ann, ben)
    transcript_at_version = [(version_of(event), transcript_of(event))] * 2
    acknowledged: list[str] = []
    for number, (who, do, where, to) in enumerate(actions):
        version, seen = transcript_at_version[who]
        places = anchors_of(seen)
        if do == "look" or not places:
            transcript_at_version[who] = (version_of(event), transcript_of(event))
            continue
        step: dict[str, Any] = {"do": do, "at": places[where % len(places)], "before": 2}
        words = f"Word {number} of {editors[who].username}."
        if do == "edit":
            step["fields"] = {"text": words}
        if do == "move":
            step["after"] = places[to % len(places)]
        try:
            saved = save(event, [step], version=version, by=editors[who])
        except (EditConflictError, StepError, ImportRefusedError):
            continue
        assert isinstance(saved, SaveResult)
        if do == "edit":
            acknowledged.append(words)

    said = ever_said(event)
    assert [words for words in acknowledged if words not in said] == []
