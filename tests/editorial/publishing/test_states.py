import datetime as dt
from collections.abc import Callable

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.db import connection
from django.utils import timezone

from panels.editorial.publishing import (
    ScheduleConflictError,
    StateError,
    move_to_trash,
    publish,
    publish_due,
    restore_from_trash,
    return_to_draft,
    schedule,
    schedule_version,
    submit,
    unschedule,
    withdraw,
)
from panels.models import Event, Schedule
from tests.builders import make_event

pytestmark = pytest.mark.django_db


def test_publish_shows_the_event_and_says_who_did_it(editor: User) -> None:
    event = make_event()

    publish(event, by=editor)

    assert list(Event.objects.published()) == [event]
    assert event.published_at is not None
    assert list(LogEntry.objects.values_list("user", "object_id")) == [(editor.pk, str(event.pk))]


def test_publish_keeps_the_time_of_the_first_publication(editor: User) -> None:
    event = publish(make_event(), by=editor)
    first = event.published_at
    withdraw(event, by=editor)

    publish(event, by=editor)

    assert Event.objects.get().published_at == first


def test_review_goes_forth_and_back(editor: User) -> None:
    event = make_event()

    assert submit(event, by=editor).status == "in_review"
    assert return_to_draft(event, by=editor).status == "draft"


def test_what_is_thrown_away_can_be_taken_out_and_was_public_if_it_was(editor: User) -> None:
    event = make_event()

    assert move_to_trash(event, by=editor).status == "binned"
    assert not Event.objects.not_trashed().exists()
    assert restore_from_trash(event, by=editor).status == "draft"

    old_copy = Event.objects.get(pk=event.pk)
    publish(event, by=editor)
    move_to_trash(event, by=editor)
    assert not Event.objects.published().exists()
    assert restore_from_trash(old_copy, by=editor).status == "withdrawn"


def test_in_trash_a_slug_that_readers_never_saw_is_free(editor: User) -> None:
    event = make_event(slug="night-opening")

    move_to_trash(event, by=editor)
    other = make_event(title="Night opening")
    restore_from_trash(event, by=editor)
    event.refresh_from_db()

    assert other.slug == "night-opening"
    assert event.slug == "night-opening-2"
    assert not event.former_slugs.exists()


@pytest.mark.parametrize("slug", ["night-opening", "a" * 80])
def test_out_of_trash_an_event_has_its_slug_again(editor: User, slug: str) -> None:
    event = make_event(slug=slug)

    move_to_trash(event, by=editor)
    assert not Event.objects.filter(slug=slug).exists()
    restore_from_trash(event, by=editor)

    assert Event.objects.get(slug=slug) == event


def test_in_trash_a_slug_that_readers_saw_is_kept(editor: User) -> None:
    event = make_event(slug="night-opening")
    publish(event, by=editor)

    move_to_trash(event, by=editor)

    assert Event.objects.get(slug="night-opening") == event
    assert make_event(title="Night opening").slug == "night-opening-2"


@pytest.mark.parametrize(
    ("move", "status"),
    [(publish, "published"), (withdraw, "draft"), (submit, "withdrawn"), (return_to_draft, "published")],
)
def test_a_move_that_makes_no_sense_is_refused_and_changes_nothing(
    move: Callable[..., Event], status: str, editor: User
) -> None:
    event = make_event(title="Night opening", status=status, published_at="2021-01-01T00:00:00Z")

    with pytest.raises(StateError, match="“Night opening” is"):
        move(event, by=editor)

    assert Event.objects.get().status == status


def test_a_move_looks_at_what_is_stored_not_at_an_old_copy(editor: User) -> None:
    event = make_event()
    old_copy = Event.objects.get(pk=event.pk)
    publish(event, by=editor)

    with pytest.raises(StateError):
        publish(old_copy, by=editor)


def shown(event: Event) -> str:
    """The version of the schedule that a page made now would carry."""
    return schedule_version(event, Schedule.objects.filter(event=event).first())


def scheduled(event: Event, editor: User) -> Schedule:
    """Set for tomorrow, and a day later."""
    plan = schedule(event, timezone.now() + dt.timedelta(days=1), by=editor, version=shown(event))
    Schedule.objects.update(publish_at=timezone.now() - dt.timedelta(seconds=1))
    return plan


def test_what_is_due_is_published_in_the_name_of_who_set_it(editor: User) -> None:
    event, later = make_event(status="in_review"), make_event()
    scheduled(event, editor)
    schedule(later, timezone.now() + dt.timedelta(days=1), by=editor, version=shown(later))

    assert publish_due() == [event]
    assert publish_due() == []

    assert list(Event.objects.published()) == [event]
    assert list(LogEntry.objects.values_list("user", "object_id")) == [(editor.pk, str(event.pk))]
    assert [plan.event for plan in Schedule.objects.all()] == [later]


def test_another_time_takes_the_place_of_the_first(editor: User) -> None:
    event, second = make_event(), timezone.now() + dt.timedelta(days=2)
    schedule(event, timezone.now() + dt.timedelta(days=1), by=None, version=shown(event))

    schedule(event, second, by=editor, version=shown(event))

    assert list(Schedule.objects.values_list("event", "publish_at", "by")) == [(event.pk, second, editor.pk)]
    unschedule(event, version=shown(event))
    assert not Schedule.objects.exists()


@pytest.mark.parametrize("status", ["published", "binned"])
def test_what_readers_see_or_the_bin_holds_is_not_scheduled(status: str, editor: User) -> None:
    event = make_event(title="Night opening", status=status, published_at=timezone.now())

    with pytest.raises(StateError, match="“Night opening” is"):
        schedule(event, timezone.now() + dt.timedelta(days=1), by=editor, version=shown(event))


def test_a_time_that_has_passed_is_refused(editor: User) -> None:
    event = make_event()

    with pytest.raises(StateError, match="in the past"):
        schedule(event, timezone.now(), by=editor, version=shown(event))


@pytest.mark.parametrize("move", [publish, move_to_trash])
def test_what_is_published_by_hand_or_thrown_away_is_due_no_more(move: Callable[..., Event], editor: User) -> None:
    event = make_event()
    scheduled(event, editor)

    move(event, by=editor)

    assert not Schedule.objects.exists()


def test_a_review_does_not_undo_the_time_but_its_return_does(editor: User) -> None:
    event = make_event()
    scheduled(event, editor)

    submit(event, by=editor)
    assert Schedule.objects.exists()
    return_to_draft(event, by=editor)
    assert publish_due() == []


def test_what_cannot_be_published_when_due_holds_up_nothing_else(editor: User) -> None:
    stuck, event = make_event(), make_event()
    scheduled(stuck, editor)
    Event.objects.filter(pk=stuck.pk).update(status="binned")
    scheduled(event, editor)

    assert publish_due() == [event]
    assert not Schedule.objects.exists()


def test_the_second_to_schedule_is_told_and_sets_the_time_knowingly(editor: User) -> None:
    event = make_event()
    first, second = timezone.now() + dt.timedelta(days=1), timezone.now() + dt.timedelta(days=2)
    old = shown(event)
    schedule(event, first, by=editor, version=old)

    with pytest.raises(ScheduleConflictError, match=r"Someone else scheduled this for .*: editor\."):
        schedule(event, second, by=None, version=old)
    with pytest.raises(ScheduleConflictError):
        unschedule(event, version=old)
    assert Schedule.objects.get().publish_at == first

    schedule(event, second, by=None, version=shown(event))
    assert Schedule.objects.get().publish_at == second


def test_a_cancelled_schedule_is_not_set_again_by_a_page_that_still_shows_it(editor: User) -> None:
    event = make_event()
    schedule(event, timezone.now() + dt.timedelta(days=1), by=editor, version=shown(event))
    old = shown(event)
    unschedule(event, version=old)

    with pytest.raises(ScheduleConflictError, match="Someone else cancelled the schedule"):
        schedule(event, timezone.now() + dt.timedelta(days=2), by=editor, version=old)


@pytest.mark.parametrize("version", ["", "none", "none:x", "a" * 9999])
def test_a_schedule_is_changed_by_no_page_whose_version_is_unknown(version: str, editor: User) -> None:
    event = make_event()

    with pytest.raises(ScheduleConflictError):
        schedule(event, timezone.now() + dt.timedelta(days=1), by=editor, version=version)
    with pytest.raises(ScheduleConflictError):
        schedule(event, timezone.now() + dt.timedelta(days=1), by=editor, version=shown(make_event()))
    assert not Schedule.objects.exists()


def test_what_was_put_off_while_it_was_being_looked_for_is_not_published(editor: User) -> None:
    early, late = make_event(), make_event()
    scheduled(early, editor)
    scheduled(late, editor)

    def put_off(execute: Callable[..., object], sql: str, *query: object) -> object:
        found = execute(sql, *query)
        if (
            'FROM "panels_schedule"' in sql
            and Schedule.objects.filter(event=late, publish_at__lt=timezone.now()).exists()
        ):
            Schedule.objects.filter(event=late).update(publish_at=timezone.now() + dt.timedelta(days=1))
        return found

    with connection.execute_wrapper(once(put_off)):
        assert publish_due() == [early]

    assert Schedule.objects.get().event == late


def once(wrapper: Callable[..., object]) -> Callable[..., object]:
    """The wrapper, for the first query alone, and for none that it makes itself."""
    used: list[bool] = []

    def wrap(execute: Callable[..., object], *query: object) -> object:
        if used:
            return execute(*query)
        used.append(True)
        return wrapper(execute, *query)

    return wrap
