"""Two editors at one event, really at once: nothing that was acknowledged is lost, on SQLite and on PostgreSQL.

RACE_ROUNDS says how often each race is run (3 unless it is set).
"""

import os
import re
from functools import partial
from typing import Any

import pytest
from django.urls import reverse

from panels.editorial.history.event_versions import number_of, token_of
from panels.editorial.speakers_and_tags.tagging import tag
from panels.models import Event, Speaker, Tag
from tests import racing
from tests.admin.importing.pages import version_on
from tests.admin.racing import FORMS, Editor, Form, at_once, make_race, meanwhile, states_of, was_saved
from tests.admin.session_editor.test_session_editor import address, typed
from tests.builders import make_speaker

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = int(os.environ.get("RACE_ROUNDS", "3"))
forms = pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
TOLD = ("while you were editing", "has changed since you previewed it", "This text is older than the saved version")


def is_told(response: Any) -> bool:
    """Whether whoever saved is told why nothing was saved, and not with a traceback."""
    return response.status_code in {200, 409} and any(words in response.content.decode() for words in TOLD)


def new_text_of(response: Any) -> str:
    """The text of a page, where it shows a difference only as it would become."""
    page = re.sub(r"<del\b.*?</del>", "", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"</?ins\b[^>]*>", "", page)


def version_told(response: Any, event: Event) -> str:
    """The version on which whoever was told may overwrite."""
    row = next((row for row in response.context.get("rows") or () if row.form), None)
    return token_of(event, row.version) if row else response.context.get("version") or response.context["version"]


@forms
def test_of_two_who_save_at_once_one_is_told(form: Form) -> None:
    for _ in range(ROUNDS):
        event, ann, ben = make_race(), Editor.arriving("ann"), Editor.arriving("ben")
        read = {editor.name: form.read(editor, event) for editor in (ann, ben)}

        answers = at_once(*(partial(form.save, editor, event, read[editor.name]) for editor in (ann, ben)))

        assert sorted(map(was_saved, answers)) == [False, True]
        winner, loser = (ann, ben) if was_saved(answers[0]) else (ben, ann)
        told = next(answer for answer in answers if not was_saved(answer))
        assert is_told(told)
        assert loser.words in new_text_of(told)
        assert form.stored(event) == winner.words
        assert winner.words in states_of(event)


@forms
def test_who_saves_after_another_is_told_and_overwrites_knowingly(form: Form) -> None:
    for _ in range(ROUNDS):
        event, ann, ben = make_race(), Editor.arriving("ann"), Editor.arriving("ben")
        read = form.read(ann, event)
        assert was_saved(form.save(ben, event))

        told = form.save(ann, event, read)
        assert is_told(told)
        assert form.stored(event) == ben.words

        assert was_saved(form.save(ann, event, read | {"version": version_told(told, event)}))
        assert form.stored(event) == ann.words
        assert ben.words in states_of(event)


@pytest.mark.parametrize("name", [name for name, form in FORMS.items() if form.beside])
def test_a_form_read_while_another_saves_undoes_nothing(name: str) -> None:
    """Another's save comes before one query of the page after the other; the form is then saved with other changes."""
    form, place, ran = FORMS[name], 0, True
    step = max(1, 24 // ROUNDS)
    while ran:
        event, ann, ben = make_race(), Editor.arriving("ann"), Editor.arriving("ben")
        theirs = form.read(ben, event)
        with meanwhile(place, partial(form.save, ben, event, theirs)) as saved:
            read = form.read(ann, event)
        ran = bool(saved)
        assert not saved or was_saved(saved[0])

        answer = form.send(ann, event, read | form.beside)

        if ran:
            assert form.stored(event) == ben.words, place
            assert is_told(answer) is not was_saved(answer), place
            assert was_saved(answer) or read.get(form.into) != ben.words, place
        place += step
    assert place > step, "no query at which another could save"


@pytest.mark.parametrize("page", ["text/", "publication/", "history/?new=1"])
def test_a_page_read_while_another_saves_carries_no_newer_version_than_its_words(page: str) -> None:
    form, place, ran = FORMS["answer"], 0, True
    step = max(1, 24 // ROUNDS)
    while ran:
        event, ann, ben = make_race(), Editor.arriving("ann"), Editor.arriving("ben")
        theirs = form.read(ben, event)
        path = reverse("admin:panels_event_change", args=[event.pk]).replace("change/", page)
        before = token_of(event, number_of(event))
        with meanwhile(place, partial(form.save, ben, event, theirs)) as saved:
            version = version_on(ann.client, path)
        ran = bool(saved)
        assert version in {before, token_of(event, number_of(event))}
        place += step
    assert place > step


def test_publishing_and_saving_at_once_publishes_nothing_unread() -> None:
    for _ in range(ROUNDS):
        event, ann, ben = make_race(), Editor.arriving("ann"), Editor.arriving("ben")
        path = reverse("admin:panels_event_publication", args=[event.pk])
        publish = {"do": "_publish", "version": version_on(ann.client, path)}
        read = FORMS["answer"].read(ben, event)

        _published, saved = at_once(
            partial(ann.client.post, path, publish), partial(FORMS["answer"].save, ben, event, read)
        )

        is_public = Event.objects.get(pk=event.pk).is_public
        assert is_public is not was_saved(saved)
        assert (FORMS["answer"].stored(event) == ben.words) is was_saved(saved)


def test_restoring_and_saving_at_once_undoes_nothing_unseen() -> None:
    for _ in range(ROUNDS):
        event, ann, ben = make_race(), Editor.arriving("ann"), Editor.arriving("ben")
        assert was_saved(FORMS["answer"].save(ann, event))
        path = reverse("admin:panels_event_history", args=[event.pk])
        restore = {"restore": "1", "version": version_on(ann.client, f"{path}?new=2")}
        read = FORMS["answer"].read(ben, event)

        _restored, saved = at_once(
            partial(ann.client.post, path, restore), partial(FORMS["answer"].save, ben, event, read)
        )

        stored = FORMS["answer"].stored(event)
        assert (stored == ben.words) is was_saved(saved)
        assert was_saved(saved) or stored == "Answer 1."


def test_undoing_and_saving_at_once_undoes_nothing_unseen() -> None:
    for _ in range(ROUNDS):
        event, ann, ben = make_race(), Editor.arriving("ann"), Editor.arriving("ben")
        first = ann.client.post(address(event), typed(event, "q1-a1", ann.client, text=ann.words), follow=True)
        version = token_of(event, first.context["transcript"].version)
        undo = {"do": "undo", "number": first.context["undo"], "version": version}
        read = FORMS["answer"].read(ben, event)

        _undone, saved = at_once(
            partial(ann.client.post, address(event), undo), partial(FORMS["answer"].save, ben, event, read)
        )

        assert (FORMS["answer"].stored(event) == ben.words) is was_saved(saved)


def test_tags_given_at_once_are_all_there() -> None:
    for _ in range(ROUNDS):
        event, other = make_race(), make_race()
        ann, ben = Editor.arriving("ann"), Editor.arriving("ben")
        tags = {who.name: Tag.objects.get_or_create(name=f"Tag of {who.name}")[0] for who in (ann, ben)}
        chosen = [answer.pk for one in (event, other) for answer in one.answers.all()]

        def press(who: Editor, answers: list[int], named: dict[str, Tag]) -> Any:
            data = {"action": "tag_selected", "_selected_action": answers, "do": "add", "tags": named[who.name].pk}
            return who.client.post("/admin/panels/answer/", data)

        answers = at_once(partial(press, ann, chosen, tags), partial(press, ben, chosen[::-1], tags))

        assert all(map(was_saved, answers))
        for one in (event, other):
            assert [set(answer.tags.all()) for answer in one.answers.all()] == [set(tags.values())] * 4
            assert all(f"Tag of {who.name}" in states_of(one) for who in (ann, ben))


def test_passages_added_at_once_are_all_there() -> None:
    for _ in range(ROUNDS):
        event, ann, ben = make_race(), Editor.arriving("ann"), Editor.arriving("ben")
        version = token_of(event, number_of(event))

        def add(who: Editor, to: Event, version: str) -> Any:
            new = {"at": "", "after": "q1-a1", "what": "answer", "text": who.words, "version": version}
            return who.client.post(address(to), new)

        ann.client.get(address(event))
        assert all(map(was_saved, at_once(partial(add, ann, event, version), partial(add, ben, event, version))))

        assert {ann.words, ben.words} <= set(event.answers.values_list("text", flat=True))


def test_what_is_taken_out_of_the_bin_is_not_deleted_for_good() -> None:
    for _ in range(ROUNDS):
        event, ann, ben = make_race(status="binned"), Editor.arriving("ann"), Editor.arriving("ben")
        delete = reverse("admin:panels_event_delete", args=[event.pk])
        restore_from_trash = reverse("admin:panels_event_trash", args=[event.pk])

        at_once(
            partial(ann.client.post, delete, {"post": "yes"}),
            partial(ben.client.post, restore_from_trash, {"do": "restore_from_trash"}),
        )

        left = Event.objects.filter(pk=event.pk).values_list("status", flat=True).first()
        assert left in {None, "draft"}
        assert left is None or event.answers.count() == 4


def test_what_was_deleted_meanwhile_is_not_tagged() -> None:
    event, ann = make_race(), Editor.arriving("ann")
    chosen, named = list(event.answers.select_related("event")), Tag.objects.create(name="Late")
    event.answers.filter(pk=chosen[0].pk).delete()
    assert tag(chosen, add=[named], by=ann.client.get("/admin/").context["user"]) == 3

    event.delete()
    assert tag(chosen, add=[named], by=ann.client.get("/admin/").context["user"]) == 0


def test_events_that_two_delete_for_good_at_once_are_gone() -> None:
    for _ in range(ROUNDS):
        events, ann, ben = (
            [make_race(status="binned") for _ in range(2)],
            Editor.arriving("ann"),
            Editor.arriving("ben"),
        )
        chosen = {"action": "delete_selected", "_selected_action": [event.pk for event in events], "post": "yes"}

        answers = at_once(
            *(partial(who.client.post, "/admin/panels/event/?status=binned", chosen) for who in (ann, ben))
        )

        assert all(map(was_saved, answers))
        assert not Event.objects.filter(pk__in=[event.pk for event in events]).exists()


def test_whoever_is_chosen_in_a_form_is_not_deleted_meanwhile() -> None:
    for _ in range(ROUNDS):
        event, ann, ben, chosen = make_race(), Editor.arriving("ann"), Editor.arriving("ben"), make_speaker()
        form = FORMS["panel"].read(ann, event) | {"panelists-0-speaker": str(chosen.pk)}
        delete = reverse("admin:panels_speaker_delete", args=[chosen.pk])
        deletion = {"post": "yes", "version": version_on(ben.client, delete)}

        saved, _deleted = racing.at_once(  # the deletion locks no event, at which the other could wait
            partial(FORMS["panel"].send, ann, event, form), partial(ben.client.post, delete, deletion)
        )

        assert saved.status_code in {200, 302}
        assert Speaker.objects.filter(pk=chosen.pk).exists() is was_saved(saved)
        assert event.panelists.filter(speaker=chosen.pk).exists() is was_saved(saved)
