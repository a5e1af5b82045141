"""Two made one, and two again."""

from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from panels.editorial.history import event_history
from panels.editorial.history.event_restore import restore
from panels.editorial.speakers_and_tags.merge import MergeError, merge, plan_merge, undo
from panels.models import Answer, Event, FormerSpeakerSlug, Merge, Panelist, Question, Revision, Speaker, Tag, Version
from tests.builders import make_answer, make_panelist, make_published, make_question, make_session, make_speaker

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    """A public session of two who are one, and of somebody else."""
    event = make_published(slug="night-opening")
    short = make_speaker("J. Doe", biography="Keeps the keys.")
    whole, other = make_speaker("Jane Doe"), make_speaker("Kim")
    make_panelist(event, speaker=short, title="Librarian")
    make_panelist(event, speaker=whole)
    question = make_question(event, asked_by=short)
    for speaker in (short, whole, other):
        make_answer(question, speaker=speaker)
    elsewhere = make_published(slug="day-opening")
    make_panelist(elsewhere, speaker=short, title="Keeper")
    return event


def everything() -> Any:
    """All rows that name speakers and tags."""
    models: tuple[Any, ...] = (Speaker, Tag, Panelist, Answer, Question, FormerSpeakerSlug)
    return [list(model.objects.order_by("pk").values()) for model in models]


def speaker(name: str) -> Speaker:
    return Speaker.objects.get(name=name)


def test_everything_of_the_one_is_the_others(event: Event, client: Client, editor: User) -> None:
    old = speaker("J. Doe").get_absolute_url()

    merge(speaker("J. Doe"), speaker("Jane Doe"), by=editor)

    jane = speaker("Jane Doe")
    assert not Speaker.objects.filter(name="J. Doe").exists()
    assert jane.answers.count() == 2
    assert jane.questions_asked.count() == 1
    assert jane.biography == "Keeps the keys."
    offices = Panelist.objects.filter(speaker=jane).order_by("event").values_list("event__slug", "title")
    assert list(offices) == [("night-opening", "Librarian"), ("day-opening", "Keeper")]
    assert client.get(old)["Location"] == jane.get_absolute_url()
    (correction,) = event.corrections.all()
    assert correction.note == "“J. Doe” is now listed as “Jane Doe”."
    page = client.get(event.get_absolute_url()).content.decode()
    assert page.count("J. Doe") == page.count(correction.note)


def test_each_event_that_named_it_has_a_new_state_that_says_why(event: Event, editor: User) -> None:
    before = Version.objects.get(event=event).number

    merge(speaker("J. Doe"), speaker("Jane Doe"), by=editor)

    assert Version.objects.get(event=event).number > before
    for slug in ("night-opening", "day-opening"):
        last = Revision.objects.filter(event__slug=slug).latest("number")
        assert (last.number, last.by, last.why) == (2, editor, "“J. Doe” merged into “Jane Doe”")


def test_undone_everything_is_as_it_was(event: Event, editor: User) -> None:
    before = everything()
    merge_record = merge(speaker("J. Doe"), speaker("Jane Doe"), by=editor)
    assert everything() != before

    undo(merge_record, by=editor)

    assert everything() == before
    last = Revision.objects.filter(event=event).latest("number")
    assert last.why == "Merge of “J. Doe” and “Jane Doe” undone"
    back = event_history.transcript_at(last)
    assert replace(back, corrections=()) == event_history.transcript_at(Revision.objects.get(event=event, number=1))
    assert [one.note for one in back.corrections][1:] == ["“J. Doe” is listed under this name again."]
    with pytest.raises(MergeError, match="already been undone"):
        undo(merge_record, by=editor)


def test_what_was_changed_since_stays_when_it_is_undone(event: Event, editor: User) -> None:
    merge_record = merge(speaker("J. Doe"), speaker("Jane Doe"), by=editor)
    Speaker.objects.filter(name="Jane Doe").update(biography="Keeps all keys.")
    Answer.objects.filter(anchor="q1-a1").update(speaker=speaker("Kim"))
    Event.objects.get(slug="day-opening").delete()

    undo(merge_record, by=editor)

    assert speaker("Jane Doe").biography == "Keeps all keys."
    assert Answer.objects.get(anchor="q1-a1").speaker == speaker("Kim")
    assert speaker("J. Doe").panelists.count() == 1


def test_merges_are_undone_last_first(event: Event, editor: User) -> None:
    first = merge(speaker("J. Doe"), speaker("Jane Doe"), by=editor)
    second = merge(speaker("Jane Doe"), speaker("Kim"), by=editor)

    with pytest.raises(MergeError, match="Undo its own merge first"):
        undo(first, by=editor)

    undo(second, by=editor)
    undo(first, by=editor)
    assert set(Speaker.objects.values_list("name", flat=True)) == {"J. Doe", "Jane Doe", "Kim"}


def test_addresses_of_what_was_merged_twice_lead_to_what_remains(event: Event, editor: User, client: Client) -> None:
    merge(speaker("J. Doe"), speaker("Jane Doe"), by=editor)
    merge(speaker("Jane Doe"), speaker("Kim"), by=editor)

    assert client.get("/speakers/j-doe/")["Location"] == "/speakers/kim/"
    assert client.get("/speakers/jane-doe/")["Location"] == "/speakers/kim/"


def test_a_restored_state_names_whoever_remains(event: Event, editor: User) -> None:
    event_history.ensure_recorded(event)
    merge(speaker("J. Doe"), speaker("Jane Doe"), by=editor)

    restore(Revision.objects.get(event=event, number=1), by=editor, why="", change_note=None)

    assert set(event.answers.values_list("speaker__name", flat=True)) == {"Jane Doe", "Kim"}
    assert set(Speaker.objects.values_list("name", flat=True)) == {"Jane Doe", "Kim"}


def test_one_cannot_be_merged_into_itself_nor_into_another_kind(event: Event, editor: User) -> None:
    tag = Tag.objects.create(name="Keys")
    for gone, kept in ((tag, tag), (speaker("Kim"), tag)):
        with pytest.raises(MergeError, match="two of the same kind"):
            merge(gone, kept, by=editor)


def test_the_plan_counts_what_would_move(event: Event) -> None:
    plan = plan_merge(speaker("J. Doe"), speaker("Jane Doe"))

    assert dict(plan.counts) == {"panelists": 2, "answers": 1, "questions": 1}
    assert [one.slug for one in plan.events] == ["night-opening", "day-opening"]
    assert plan.on_both == (event,)
    assert Speaker.objects.count() == 3


def test_tags_are_merged_and_two_again(editor: User, client: Client) -> None:
    event = make_session(1, 2, slug="night-opening")
    first, second = event.answers.order_by("pk")
    event.tags.add("Archive", "Archives")
    first.tags.add("Archive")
    second.tags.add("Archives")
    before = Tag.objects.order_by("pk").values_list("pk", "name", "slug")
    as_it_was = (list(before), sorted(first.tags.names()), sorted(event.tags.names()))

    merge_record = merge(Tag.objects.get(name="Archive"), Tag.objects.get(name="Archives"), by=editor)

    for tagged in (event, first, second):
        assert list(tagged.tags.names()) == ["Archives"]
    assert client.get("/tags/archive/")["Location"] == "/tags/archives/"
    undo(merge_record, by=editor)
    assert as_it_was == (list(before.all()), sorted(first.tags.names()), sorted(event.tags.names()))
    assert client.get("/tags/archive/").status_code == 200


def test_what_another_has_taken_the_name_of_is_not_undone(editor: User) -> None:
    one, other = Tag.objects.create(name="Archive"), Tag.objects.create(name="Archives")
    merge_record = merge(one, other, by=editor)
    Tag.objects.create(name="Archive")

    with pytest.raises(MergeError, match="another “Archive”"):
        undo(merge_record, by=editor)

    assert Merge.objects.get().undone_at is None
