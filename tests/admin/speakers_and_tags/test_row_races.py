"""Two editors at one speaker, tag, user or group, truly at once: nothing that was acknowledged is lost unseen.

Three rounds of each, or as many as the environment variable RACE_ROUNDS says.
"""

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from panels.editorial.history.row_history import label_of, revisions
from panels.editorial.publishing import (
    ScheduleConflictError,
    StateError,
    revoke,
    schedule,
    schedule_version,
    unschedule,
)
from panels.editorial.session_editor.comments import comment, resolve
from panels.editorial.speakers_and_tags import tagging
from panels.models import Comment, Merge, PreviewLink, RowRevision, Schedule, Speaker, Tag
from tests.admin.speakers_and_tags.versioned import KINDS, Kind, inlines_of, is_saved, opened, signed_in
from tests.builders import make_answer, make_event, make_session, make_speaker
from tests.racing import ROUNDS, Between, at_once

pytestmark = pytest.mark.django_db(transaction=True)
EVERY_KIND = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)


@pytest.fixture
def ann() -> Client:
    return signed_in("ann")


@pytest.fixture
def ben() -> Client:
    return signed_in("ben")


def recorded(kind: Kind, row: Any, word: str) -> bool:
    return any(word == one.values[kind.field] for one in revisions(kind.model, row.pk))


@EVERY_KIND
def test_both_read_and_both_save(kind: Kind, ann: Client, ben: Client) -> None:
    for number in range(ROUNDS):
        row = kind.make()
        words = [f"Ann {number} {row.pk}", f"Ben {number} {row.pk}"]
        address = kind.url("change", row.pk)
        forms = [{**opened(who, kind, row), kind.field: word} for who, word in zip((ann, ben), words, strict=True)]

        answers = at_once(partial(ann.post, address, forms[0]), partial(ben.post, address, forms[1]))

        saved = [is_saved(answer) for answer in answers]
        assert sorted(saved) == [False, True]
        assert kind.words(row) == words[saved.index(True)]
        told, loser = answers[saved.index(False)], (ann, ben)[saved.index(False)]
        page = told.content.decode()
        assert "Someone else changed this while you were editing" in page
        assert words[saved.index(False)] in page

        again = {**forms[saved.index(False)], "version": told.context["version"]}
        assert is_saved(loser.post(address, again))
        assert kind.words(row) == words[saved.index(False)]
        assert all(recorded(kind, row, word) for word in words)


@EVERY_KIND
def test_one_saves_between_the_other_s_reading_and_saving(kind: Kind, ann: Client, ben: Client) -> None:
    for number in range(ROUNDS):
        row = kind.make()
        address = kind.url("change", row.pk)
        ann_s = {**opened(ann, kind, row), kind.field: f"Ann {number} {row.pk}"}
        assert is_saved(ben.post(address, {**opened(ben, kind, row), kind.field: f"Ben {number} {row.pk}"}))

        told = ann.post(address, ann_s)

        assert not is_saved(told)
        assert "Someone else changed this while you were editing (ben," in told.content.decode()
        assert kind.words(row) == f"Ben {number} {row.pk}"


@EVERY_KIND
def test_one_saves_while_the_other_s_form_is_being_made(kind: Kind, ann: Client, ben: Client) -> None:
    """After each of the queries of one GET in turn: a form never has old words with a new version."""
    place = 1
    while change_between(kind, place, ann, ben):
        place += 1
    assert place > 3


def change_between(kind: Kind, place: int, ann: Client, ben: Client) -> bool:
    """Ben saves after so many queries of Ann's GET; whether it had as many."""
    row = kind.make()
    word, address = f"Ben {row.pk}", kind.url("change", row.pk)
    between = Between(place, partial(ben.post, address, {**opened(ben, kind, row), kind.field: word}))
    with connection.execute_wrapper(between):
        ann_s = opened(ann, kind, row)
    if between.seen < place:
        return False
    assert kind.words(row) == word

    saw_it = ann_s.get(kind.field) == word
    answer = ann.post(address, {**ann_s, kind.field: f"Ann {row.pk}"})

    assert is_saved(answer) is saw_it
    assert kind.words(row) == (f"Ann {row.pk}" if saw_it else word)
    assert recorded(kind, row, word)
    return True


@EVERY_KIND
def test_one_deletes_what_the_other_saves(kind: Kind, ann: Client, ben: Client) -> None:
    for number in range(ROUNDS):
        row, word = kind.make(), f"Ann {number}"
        change, delete = kind.url("change", row.pk), kind.url("delete", row.pk)
        form = {**opened(ann, kind, row), kind.field: word}
        version = ben.get(delete).context["version"]

        saved, deleted = at_once(
            partial(ann.post, change, form), partial(ben.post, delete, {"post": "yes", "version": version})
        )

        if kind.model._default_manager.filter(pk=row.pk).exists():
            assert is_saved(saved)
            assert kind.words(row) == word
            assert deleted["Location"] == delete
        else:
            assert not is_saved(saved)
            assert word in saved.content.decode()
            assert "while you were editing" in saved.content.decode()


@EVERY_KIND
def test_both_delete_the_selected(kind: Kind, ann: Client, ben: Client) -> None:
    """And one of them a row more: all of a selection goes, or none of it."""
    for _ in range(ROUNDS):
        one, other = kind.make(), kind.make()
        forms = []
        for who, rows in ((ann, [one]), (ben, [one, other])):
            data = {"action": "delete_selected", "_selected_action": [row.pk for row in rows]}
            page = who.post(kind.url("changelist"), data)
            forms.append({**data, "post": "yes", "version": page.context["version"]})

        answers = at_once(
            partial(ann.post, kind.url("changelist"), forms[0], follow=True),
            partial(ben.post, kind.url("changelist"), forms[1], follow=True),
        )

        done = ["Successfully deleted" in answer.content.decode() for answer in answers]
        assert sorted(done) == [False, True]
        assert "Nothing was changed" in answers[done.index(False)].content.decode()
        assert not kind.model._default_manager.filter(pk=one.pk).exists()
        assert kind.model._default_manager.filter(pk=other.pk).exists() is done[0]


@EVERY_KIND
def test_both_add_the_same_name(kind: Kind, ann: Client, ben: Client) -> None:
    for number in range(ROUNDS):
        name = f"new-{kind.unique}-{number}"
        form = {kind.unique: name, "kind": "person", "slug": name, "usable_password": "false"}
        address = kind.url("add")
        if kind.model is Speaker:
            form |= inlines_of(ann.get(address))

        answers = at_once(partial(ann.post, address, form), partial(ben.post, address, form))

        assert sorted(map(is_saved, answers)) == [False, True]
        row = kind.model._default_manager.get(**{kind.unique: name})
        assert [one.reason for one in revisions(kind.model, row.pk)] == ["created"]


def test_both_set_one_password(ann: Client, ben: Client) -> None:
    for number in range(ROUNDS):
        user = User.objects.create_user(f"other-{number}", password="first")
        address = reverse("admin:auth_user_password_change", args=[user.pk])
        forms = [
            {"password1": word, "password2": word, "usable_password": "true",
             "version": who.get(address).context["version"]}
            for who, word in ((ann, "a-long-enough-word"), (ben, "another-long-word"))
        ]  # fmt: skip

        answers = at_once(partial(ann.post, address, forms[0]), partial(ben.post, address, forms[1]))

        done = [answer["Location"] != address for answer in answers]
        assert sorted(done) == [False, True]
        assert User.objects.get(pk=user.pk).check_password(str(forms[done.index(True)]["password1"]))


def transcript_at_version(who: Client, kind: Kind, gone: Any, kept: Any) -> dict[str, str]:
    page = who.get(f"{kind.url('merge')}?of={gone.pk},{kept.pk}&into={kept.pk}")
    return {"of": page.context["of"], "into": str(kept.pk), "version": page.context["version"]}


MERGED = pytest.mark.parametrize("kind", [KINDS["speaker"], KINDS["tag"]], ids=["speaker", "tag"])


@MERGED
def test_both_merge_each_into_the_other(kind: Kind, ann: Client, ben: Client) -> None:
    for _ in range(ROUNDS):
        one, other = kind.make(), kind.make()
        forms = [transcript_at_version(ann, kind, one, other), transcript_at_version(ben, kind, other, one)]

        answers = at_once(
            partial(ann.post, kind.url("merge"), forms[0]), partial(ben.post, kind.url("merge"), forms[1])
        )

        done = [answer["Location"].endswith("/change/") for answer in answers]
        assert sorted(done) == [False, True]
        assert kind.model._default_manager.filter(pk__in=[one.pk, other.pk]).count() == 1


@MERGED
def test_one_merges_what_the_other_saves(kind: Kind, ann: Client, ben: Client) -> None:
    for number in range(ROUNDS):
        gone, kept = kind.make(), kind.make()
        edited = (gone, kept)[number % 2]
        word = f"Ann {number} {gone.pk}"
        form = {**opened(ann, kind, edited), kind.field: word}
        merging = transcript_at_version(ben, kind, gone, kept)

        saved, merged = at_once(
            partial(ann.post, kind.url("change", edited.pk), form), partial(ben.post, kind.url("merge"), merging)
        )

        assert is_saved(saved) or word in saved.content.decode()
        if merged["Location"].endswith("/change/"):  # which alters nothing that a form of what remains shows
            assert edited == kept or not is_saved(saved)
        if is_saved(saved):
            assert kind.words(edited) == word


@MERGED
def test_both_undo_one_merge(kind: Kind, ann: Client, ben: Client) -> None:
    for _ in range(ROUNDS):
        one, other = kind.make(), kind.make()
        ann.post(kind.url("merge"), transcript_at_version(ann, kind, one, other))
        undo = reverse("admin:panels_merge_undo", args=[Merge.objects.latest("pk").pk])

        answers = at_once(partial(ann.post, undo, follow=True), partial(ben.post, undo, follow=True))

        pages = [answer.content.decode() for answer in answers]
        assert sorted("Merge undone" in page for page in pages) == [False, True]
        assert kind.model._default_manager.filter(pk__in=[one.pk, other.pk]).count() == 2
        assert [row.reason for row in revisions(kind.model, one.pk)][:2] == ["unmerged", "merged"]


@EVERY_KIND
def test_one_restores_what_the_other_saves(kind: Kind, ann: Client, ben: Client) -> None:
    for number in range(ROUNDS):
        row, word = kind.make(), f"Ann {number}"
        first = kind.words(row)
        history = kind.url("history", row.pk)
        ann.post(kind.url("change", row.pk), {**opened(ann, kind, row), kind.field: f"Between {row.pk}"})
        form = {**opened(ann, kind, row), kind.field: f"{word} {row.pk}"}
        restoring = {"restore": "1", "version": ben.get(history).context["version"]}

        saved, _restored = at_once(
            partial(ann.post, kind.url("change", row.pk), form), partial(ben.post, history, restoring)
        )

        assert kind.words(row) == (f"{word} {row.pk}" if is_saved(saved) else first)
        assert revisions(kind.model, row.pk).count() == 3


@MERGED
def test_both_restore_one_deleted(kind: Kind, ann: Client, ben: Client) -> None:
    for _ in range(ROUNDS):
        row = kind.make()
        delete = kind.url("delete", row.pk)
        ann.post(delete, {"post": "yes", "version": ann.get(delete).context["version"]})
        history = kind.url("history", row.pk)
        form = {"deleted": "yes", "restore": "1"}

        at_once(partial(ann.post, history, form), partial(ben.post, history, form))

        assert kind.model._default_manager.filter(pk=row.pk).count() == 1
        reasons = RowRevision.objects.filter(model=label_of(kind.model), key=row.pk, reason="restored")
        assert reasons.count() == 1


@MERGED
def test_one_names_in_a_session_what_the_other_merges(kind: Kind, ann: Client) -> None:
    """Whatever comes first, no answer loses its speaker, and no event its tag."""
    for _ in range(ROUNDS):
        gone, kept = kind.make(), kind.make()
        event = make_session(1, 1, speakers=[gone if kind.model is Speaker else make_speaker()])
        question = event.questions.get()
        if kind.model is Tag:
            event.tags.add(gone)
        form = transcript_at_version(ann, kind, gone, kept)

        def name_it(question: Any = question, kept: Any = kept) -> None:
            if isinstance(kept, Speaker):
                make_answer(question, speaker=kept)
            else:
                tagging.tag([question], add=[kept], by=User.objects.get(username="ann"))

        merged, _named = at_once(partial(ann.post, kind.url("merge"), form), name_it)

        assert merged["Location"].endswith("/change/")
        if isinstance(kept, Speaker):
            assert kept.answers.count() == 2
        else:
            assert list(event.tags.all()) == [kept]
            assert list(question.tags.all()) == [kept]


def outcome(act: Callable[[], Any]) -> str:
    try:
        act()
    except ScheduleConflictError:
        return "conflict"
    except StateError:
        return "refused"
    return "done"


def test_two_schedule_one_event_or_one_cancels_it(ann: Client, ben: Client) -> None:
    editors = [User.objects.get(username=name) for name in ("ann", "ben")]
    for number in range(ROUNDS):
        event, days = make_event(), [timezone.now() + dt.timedelta(days=day) for day in (2, 3)]
        if number % 2:
            schedule(event, timezone.now() + dt.timedelta(days=1), by=None, version=schedule_version(event, None))
        version = schedule_version(event, Schedule.objects.filter(event=event).first())

        def second(event: Any = event, version: str = version, number: int = number, at: dt.datetime = days[1]) -> Any:
            if number % 2:
                return unschedule(event, version=version)
            return schedule(event, at, by=editors[1], version=version)

        answers = at_once(
            partial(outcome, partial(schedule, event, days[0], by=editors[0], version=version)),
            partial(outcome, second),
        )

        assert sorted(answers) == ["conflict", "done"]
        left = list(Schedule.objects.filter(event=event).values_list("publish_at", flat=True))
        others = [days[1]] if number % 2 == 0 else []
        assert left == ([days[0]] if answers[0] == "done" else others)


def test_two_revoke_one_link_and_two_settle_one_comment(ann: Client, ben: Client) -> None:
    one, other = [User.objects.get(username=name) for name in ("ann", "ben")]
    for _ in range(ROUNDS):
        event = make_event()
        link = PreviewLink.objects.create(event=event, expires_at=timezone.now() + dt.timedelta(days=1))
        said = comment(event, "", "Who is this?", by=one)

        answers = at_once(
            partial(outcome, partial(revoke, event, link.pk)), partial(outcome, partial(revoke, event, link.pk))
        )
        at_once(partial(resolve, event, said.pk, by=one), partial(resolve, event, said.pk, by=other))
        settled = Comment.objects.get(pk=said.pk)
        resolve(event, said.pk, by=one if settled.resolved_by == other else other)

        assert sorted(answers) == ["done", "refused"]
        again = Comment.objects.get(pk=said.pk)
        assert (again.resolved_at, again.resolved_by) == (settled.resolved_at, settled.resolved_by)


def test_two_comment_at_once_and_both_are_kept(ann: Client, ben: Client) -> None:
    one, other = [User.objects.get(username=name) for name in ("ann", "ben")]
    for _ in range(ROUNDS):
        event = make_event()

        at_once(partial(comment, event, "", "Yes.", by=one), partial(comment, event, "", "No.", by=other))

        assert set(Comment.objects.filter(event=event).values_list("text", flat=True)) == {"Yes.", "No."}
