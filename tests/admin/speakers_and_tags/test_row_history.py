"""The history of speakers, tags and accounts: shown, compared and restored, by those alone who may."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.core.management import call_command
from django.test import Client

from panels.editorial.history.row_history import revisions
from panels.models import FormerTagSlug, Merge, RowRevision, Speaker, Tag
from tests.admin.speakers_and_tags.versioned import KINDS, Kind, opened, signed_in
from tests.builders import make_editor, make_session, make_speaker

pytestmark = pytest.mark.django_db
SPEAKER, TAG, USER = KINDS["speaker"], KINDS["tag"], KINDS["user"]


@pytest.fixture
def ann() -> Client:
    return signed_in("ann")


def change(client: Client, kind: Kind, row: Any, /, **values: Any) -> Any:
    return client.post(kind.url("change", row.pk), {**opened(client, kind, row), **values})


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


def delete(client: Client, kind: Kind, row: Any) -> Any:
    address = kind.url("delete", row.pk)
    return client.post(address, {"post": "yes", "version": client.get(address).context["version"]})


@pytest.fixture
def jane(ann: Client) -> Speaker:
    speaker = make_speaker("Jane Doe", biography="A fine day.")
    change(ann, SPEAKER, speaker, biography="A dull day.", kind="organisation")
    return speaker


def test_the_history_says_who_changed_what_and_when(ann: Client, jane: Speaker) -> None:
    page = text_of(ann.get(SPEAKER.url("history", jane.pk)))
    assert "<td>ann</td> <td>changed</td>" in page
    assert "<td>–</td> <td>first recorded</td>" in page

    page = text_of(ann.get(SPEAKER.url("history", jane.pk) + "?old=1&new=2"))
    assert "Changes from version 1 to version 2" in page
    assert "A <del>fine</del><ins>dull</ins> day." in page
    assert "<del>person</del><ins>organisation</ins>" in page
    assert "Family name" not in page
    turned = text_of(ann.get(SPEAKER.url("history", jane.pk) + "?old=2&new=1"))
    assert "A <del>fine</del><ins>dull</ins> day." in turned


def test_a_version_is_restored_as_a_new_one(ann: Client, jane: Speaker) -> None:
    history = SPEAKER.url("history", jane.pk)
    version = ann.get(history + "?new=2").context["version"]

    page = ann.post(history, {"restore": "1", "version": version}, follow=True)

    assert "Version 1 restored" in page.content.decode()
    jane.refresh_from_db()
    assert (jane.biography, jane.kind) == ("A fine day.", "person")
    assert [one.reason for one in revisions(Speaker, jane.pk)] == ["restored", "changed", "found"]
    told = ann.post(history, {"restore": "2", "version": version}, follow=True)
    assert "Someone else changed this in the meantime (ann," in told.content.decode()
    assert Speaker.objects.get().biography == "A fine day."


@pytest.mark.parametrize("number", ["", "0", "3", "x", "-1", "9" * 30])
def test_a_version_that_is_not_there_is_not_found(number: str, ann: Client, jane: Speaker) -> None:
    history = SPEAKER.url("history", jane.pk)

    assert ann.post(history, {"restore": number}).status_code == 404
    assert ann.get(f"{history}?new={number or 'none'}").status_code == 404


def test_a_version_whose_name_is_taken_is_refused_with_a_sentence(ann: Client) -> None:
    tag = Tag.objects.create(name="Libraries")
    change(ann, TAG, tag, name="Archives")
    Tag.objects.create(name="Libraries", slug="other")
    history = TAG.url("history", tag.pk)

    page = ann.post(history, {"restore": "1", "version": ann.get(history).context["version"]}, follow=True)

    assert "Tag with this Name already exists." in page.content.decode()
    tag.refresh_from_db()
    assert tag.name == "Archives"


def test_what_was_loaded_or_written_by_sql_is_in_the_history_too(ann: Client, jane: Speaker) -> None:
    Speaker.objects.filter(pk=jane.pk).update(biography="By SQL.")

    page = text_of(ann.get(SPEAKER.url("history", jane.pk)))

    assert "changed outside the admin" in page
    call_command("loaddata", "library_round_table_2021_09_18", verbosity=0)
    loaded = Speaker.objects.get(slug="kim")
    change(ann, SPEAKER, loaded, biography="Changed.")
    assert [one.reason for one in revisions(Speaker, loaded.pk)] == ["changed", "found"]


def test_what_is_added_in_the_admin_has_a_first_version(ann: Client) -> None:
    ann.post(TAG.url("add"), {"name": "Night", "slug": ""})

    assert [(one.reason, str(one.by)) for one in revisions(Tag, Tag.objects.get().pk)] == [("created", "ann")]


def test_a_merge_and_its_undoing_stand_in_both_histories(ann: Client) -> None:
    gone, kept = make_speaker("J. Doe", biography="Hers."), make_speaker("Jane Doe")
    make_session(1, 1, speakers=[gone])

    page = ann.get(f"{SPEAKER.url('merge')}?of={gone.pk},{kept.pk}&into={kept.pk}")
    ann.post(SPEAKER.url("merge"), {"of": page.context["of"], "into": kept.pk, "version": page.context["version"]})

    assert "“J. Doe” merged into this" in text_of(ann.get(SPEAKER.url("history", kept.pk)))
    assert [one.values["biography"] for one in revisions(Speaker, kept.pk)] == ["Hers.", ""]
    history = text_of(ann.get(SPEAKER.url("history", gone.pk)))
    assert "Merged into “Jane Doe”" in history
    assert "Restore deleted" not in history
    assert "J. Doe" not in text_of(ann.get(SPEAKER.url("deleted")))
    told = ann.post(SPEAKER.url("history", gone.pk), {"restore": "1", "deleted": "yes"}, follow=True)
    assert "“J. Doe” is not in the list of deleted items." in told.content.decode()

    ann.post(f"/admin/panels/merge/{Merge.objects.get().pk}/undo/")
    assert "Merge with “Jane Doe” undone" in text_of(ann.get(SPEAKER.url("history", gone.pk)))
    assert "Merge undone: “J. Doe” restored" in text_of(ann.get(SPEAKER.url("history", kept.pk)))


def test_a_deleted_tag_comes_back_with_its_uses_and_former_addresses(ann: Client) -> None:
    event = make_session(1, 1)
    question, answer = event.questions.get(), event.answers.get()
    for one in (event, question, answer):
        one.tags.add("Libraries")
    tag = Tag.objects.get()
    change(ann, TAG, tag, slug="books")

    delete(ann, TAG, tag)
    assert not Tag.objects.exists()
    assert [one.why for one in event.revisions.all()] == ["“Libraries” deleted", ""]
    assert "Libraries" in text_of(ann.get(TAG.url("deleted")))
    page = ann.post(TAG.url("history", tag.pk), {"restore": "2", "deleted": "yes"}, follow=True)

    assert "Version 2 restored" in page.content.decode()
    assert [list(one.tags.all()) for one in (event, question, answer)] == [[tag]] * 3
    assert FormerTagSlug.objects.get(slug="libraries").target == tag
    assert event.revisions.first().why == "“Libraries” restored"  # type: ignore[union-attr]
    assert "Libraries" not in text_of(ann.get(TAG.url("deleted"))).partition("<table>")[2]


def test_a_deleted_speaker_comes_back_in_an_earlier_version(ann: Client, jane: Speaker) -> None:
    delete(ann, SPEAKER, jane)
    history = text_of(ann.get(SPEAKER.url("history", jane.pk)))
    assert "Restore deleted speaker" in history

    ann.post(SPEAKER.url("history", jane.pk), {"restore": "1", "deleted": "yes"})

    assert Speaker.objects.get(pk=jane.pk).biography == "A fine day."
    told = ann.post(SPEAKER.url("history", jane.pk), {"restore": "1", "deleted": "yes"}, follow=True)
    assert "“Jane Doe (" not in told.content.decode()
    assert "is not in the list of deleted items." in told.content.decode()


def test_passwords_are_no_part_of_a_history(ann: Client) -> None:
    user = User.objects.create_user("kim", password="first")
    before = user.password
    change(ann, USER, user, first_name="Kim")
    user.set_password("second")
    user.save()
    change(ann, USER, user, first_name="Kimm")

    page = text_of(ann.get(USER.url("history", user.pk) + "?old=2&new=3"))
    assert "<del>earlier</del><ins>new</ins> password" in page
    stored = str(list(RowRevision.objects.values()))
    assert before not in stored
    assert "md5" not in stored
    history = USER.url("history", user.pk)
    ann.post(history, {"restore": "1", "version": ann.get(history).context["version"]})
    user.refresh_from_db()
    assert user.first_name == ""
    assert user.check_password("second")


@pytest.mark.parametrize("role", ["Contributor", "Editor", "Publisher"])
def test_everybody_on_the_desk_sees_a_history_and_those_who_may_change_restore(role: str, jane: Speaker) -> None:
    client = Client()
    client.force_login(make_editor(role.lower(), role=role))
    history = SPEAKER.url("history", jane.pk)
    page = client.get(history + "?new=2")
    may = role != "Contributor"

    assert ("Restore version 1" in page.content.decode()) is may
    status = client.post(history, {"restore": "1", "version": page.context["version"]}).status_code
    assert status == (302 if may else 403)
    assert Speaker.objects.get().biography == ("A fine day." if may else "A dull day.")
    assert client.get(SPEAKER.url("deleted")).status_code == 200


def test_the_history_of_accounts_is_for_those_who_may_see_accounts(ann: Client) -> None:
    user = User.objects.create_user("kim", email="kim@example.org")
    change(ann, USER, user, first_name="Kim")
    editor, clerk = Client(), Client()
    editor.force_login(make_editor())
    person = User.objects.create_user("clerk", is_staff=True)
    person.user_permissions.add(Permission.objects.get(codename="view_user"))
    clerk.force_login(person)

    assert editor.get(USER.url("history", user.pk)).status_code == 403
    assert "kim" not in editor.get("/admin/panels/rowrevision/").content.decode()
    revision = RowRevision.objects.filter(model="auth.user").latest("pk")
    assert editor.get(f"/admin/panels/rowrevision/{revision.pk}/change/").status_code == 302
    page = clerk.get(USER.url("history", user.pk) + "?new=2")
    assert "Restore" not in page.content.decode()
    assert clerk.post(USER.url("history", user.pk), {"restore": "1"}).status_code == 403
