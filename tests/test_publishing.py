from collections.abc import Callable

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User

from panels.models import Event
from panels.publishing import StateError, publish, return_to_draft, submit, take_out, throw_away, withdraw
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

    assert throw_away(event, by=editor).status == "binned"
    assert not Event.objects.kept().exists()
    assert take_out(event, by=editor).status == "draft"

    old_copy = Event.objects.get(pk=event.pk)
    publish(event, by=editor)
    throw_away(event, by=editor)
    assert not Event.objects.published().exists()
    assert take_out(old_copy, by=editor).status == "withdrawn"


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
