import datetime as dt

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from panels.editorial import publishing
from panels.editorial.dashboard import overview, promising_unattributed
from panels.editorial.history import event_history
from panels.editorial.session_editor import editing_sessions
from panels.models import Answer, Comment, Event, ImportDraft, Schedule
from tests.builders import make_answer, make_editor, make_event, make_session, make_speaker

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    return make_session(1, 2, status="draft", published_at=None, title="Night opening")


def test_mine_is_what_i_saved_last_and_readers_do_not_see(event: Event, editor: User) -> None:
    published, others = make_session(1, 1), make_session(1, 1, status="draft", published_at=None)
    second = make_event(title="Second")
    for mine in (event, published, second):
        event_history.record(mine, by=editor)
    event_history.record(others, by=make_editor("somebody"))

    assert overview(editor).mine == [second, event]


def test_what_i_have_not_saved_comes_with_it_and_nobody_elses(event: Event, editor: User) -> None:
    editing_sessions.open_editing_session(event, editor)
    assert not overview(editor).unsaved
    editing_sessions.autosave(event, editor, "q1-a1", {"text": "Half a"})

    assert [editing_session.event for editing_session in overview(editor).unsaved] == [event]
    assert not overview(make_editor("somebody")).unsaved


def test_what_others_wait_for(event: Event, editor: User) -> None:
    waiting = make_event(status="in_review")
    plan = Schedule.objects.create(event=event, publish_at=timezone.now() + dt.timedelta(days=1))
    comment = Comment.objects.create(event=event, anchor="q1-a1", text="Who?")
    Comment.objects.create(event=event, text="Done.", resolved_at=timezone.now())

    shown = overview(editor)

    assert list(shown.in_review) == [waiting]
    assert list(shown.scheduled) == [plan]
    assert list(shown.comments) == [comment]


def test_what_is_in_the_bin_is_no_work(event: Event, editor: User) -> None:
    event_history.record(event, by=editor)
    editing_sessions.open_editing_session(event, editor)
    editing_sessions.autosave(event, editor, "q1-a1", {"text": "Half a"})
    Schedule.objects.create(event=event, publish_at=timezone.now() + dt.timedelta(days=1))
    Comment.objects.create(event=event, anchor="q1-a1", text="Who?")
    Answer.objects.filter(event=event, anchor="q1-a1").update(speaker=None, attribution="unknown")
    Event.objects.filter(pk=event.pk).update(status="binned")

    shown = overview(editor)

    assert not any(
        (shown.mine, shown.unsaved, shown.scheduled, shown.comments, shown.unattributed_answers, shown.recent)
    )


def test_gaps_come_with_whom_the_panel_leaves_the_fewest_first() -> None:
    jane, kim, lee = make_speaker("Jane"), make_speaker("Kim"), make_speaker("Lee")
    event = make_session(2, 0, speakers=[jane, kim, lee])
    first, second = event.questions.order_by("number")
    make_answer(first, speaker=jane)
    wide = make_answer(first, attribution="unknown")
    make_answer(second, speaker=jane)
    make_answer(second, speaker=lee)
    narrow = make_answer(second, attribution="unknown")
    nobody = make_answer(make_session(1, 0, speakers=[jane], date="2030-01-01").questions.get(), attribution="unknown")
    make_answer(nobody.question, speaker=jane)

    unattributed_answers = [
        (unattributed.answer, [one.name for one in unattributed.candidates])
        for unattributed in promising_unattributed()
    ]

    assert unattributed_answers == [(narrow, ["Kim"]), (wide, ["Kim", "Lee"]), (nobody, [])]


def test_a_session_whose_review_somebody_ended_is_returned_to_its_author(event: Event, editor: User) -> None:
    reviewer = make_editor("reviewer")
    taken_back = make_event(title="Taken back")
    for session, by in ((event, reviewer), (taken_back, editor)):
        event_history.record(session, by=editor)
        publishing.submit(session, by=editor)
        publishing.return_to_draft(session, by=by)

    assert overview(editor).returned == [event]
    assert overview(reviewer).returned == []
    publishing.submit(event, by=editor)
    assert overview(editor).returned == []


def test_tasks_stand_by_session_in_order_of_urgency(event: Event, editor: User) -> None:
    reviewer = make_editor("reviewer")
    draft, gap = make_event(title="Draft"), make_session(1, 1, title="Gap")
    waiting, foreign = make_event(status="in_review"), make_session(1, 1, title="Commented")
    planned = make_event(status="in_review", title="Planned")
    schedule = Schedule.objects.create(event=planned, publish_at=timezone.now() + dt.timedelta(days=1))
    Event.objects.filter(pk=planned.pk).update(status="draft")
    for mine in (draft, event):
        event_history.record(mine, by=editor)
    publishing.submit(event, by=editor)
    publishing.return_to_draft(event, by=reviewer)
    asked = Comment.objects.create(event=event, anchor="q1-a1", text="Who?", author=reviewer)
    Comment.objects.create(event=foreign, anchor="q1-a1", text="Who?", author=reviewer)
    gap.answers.update(speaker=None, attribution="unknown")

    tasks = overview(editor).by_session

    assert [one.event for one in tasks] == [event, waiting, planned, draft, gap, foreign]
    assert (tasks[0].returned, tasks[0].draft, tasks[0].my_comments) == (True, False, [asked])
    assert (tasks[2].schedule, tasks[3].draft, len(tasks[4].unattributed)) == (schedule, True, 1)


def test_recent_changes_have_one_row_a_session(event: Event, editor: User) -> None:
    other = make_event(title="Other")
    event_history.record(other, by=editor)
    for number in range(3):
        Event.objects.filter(pk=event.pk).update(title=f"Night opening {number}")
        event_history.record(event, by=editor, why=f"Change {number}")

    assert [(one.event, one.why) for one in overview(editor).recent] == [(event, "Change 2"), (other, "")]


def test_a_new_site_is_led_through_the_first_import(desk: Client) -> None:
    assert "Import your first transcript" in desk.get("/admin/").content.decode()
    make_event()
    page = desk.get("/admin/").content.decode()

    assert "Import your first transcript" not in page
    assert "Import a transcript" in page


def test_a_file_chosen_on_the_desk_is_previewed(desk: Client) -> None:
    file = SimpleUploadedFile("panel.md", b"Ida Krane: Who closes the gate?\n\nBen Marsh: Nobody.\n")

    response = desk.post("/admin/panels/event/import/", {"file": file})

    draft = ImportDraft.objects.get()
    assert response["Location"] == f"/admin/panels/event/import/{draft.pk}/"
    assert f"/admin/panels/event/import/{draft.pk}/" in desk.get("/admin/").content.decode()


def test_the_front_page_shows_it_and_leads_there(desk: Client, editor: User, event: Event) -> None:
    Answer.objects.filter(event=event, anchor="q1-a2").update(speaker=None, attribution="unknown")
    event_history.record(event, by=editor, why="Begun")

    page = desk.get("/admin/").content.decode()

    assert "Night opening" in page
    assert "Begun" in page
    assert f"/admin/panels/event/{event.pk}/editor/?edit=q1-a2#q1-a2" in page
    assert "is the only panelist who has not answered" in page


def test_whoever_may_see_no_events_is_shown_none(client: Client, event: Event) -> None:
    event_history.record(event, by=make_editor())
    client.force_login(User.objects.create_user("nobody", is_staff=True))

    assert b"Night opening" not in client.get("/admin/").content


def test_the_front_page_asks_little_of_the_database(
    desk: Client, editor: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _number in range(12):
        event = make_session(2, 2, status="draft", published_at=None)
        event.answers.filter(position=2).update(speaker=None, attribution="unknown")
        event_history.record(event, by=editor)
        Comment.objects.create(event=event, anchor="q1-a1", text="Who?")

    with django_assert_max_num_queries(20):
        desk.get("/admin/")


def test_unsaved_imports_are_listed_by_the_titles_that_were_read(desk: Client) -> None:
    desk.post(
        "/admin/panels/event/import/", {"text": 'A "lamp" \\ two\n\nJane Doe: So.\n\nBen Marsh: No.\n\nJane Doe: Yes.'}
    )

    for page in ("/admin/", "/admin/panels/event/import/"):
        assert "A &quot;lamp&quot; \\ two</a>" in desk.get(page).content.decode()
