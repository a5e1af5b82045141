"""Forms, deletions and actions of speakers, tags, users and groups: what is not the present version is a conflict."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.core import signing
from django.test import Client, RequestFactory

from panels.admin.shared.list_only import ListOnlyAdmin
from panels.admin.shared.read_only import ReadOnlyAdmin
from panels.admin.shared.versioned_admin import VersionedAdmin
from panels.admin.shared.versioned_rows import VersionedRowAdmin
from panels.editorial.history.row_history import revisions
from panels.models import Speaker, Tag
from tests.admin.speakers_and_tags.versioned import KINDS, Kind, is_saved, opened, signed_in
from tests.builders import make_speaker

pytestmark = pytest.mark.django_db
EVERY_KIND = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
SPEAKER, TAG, USER = KINDS["speaker"], KINDS["tag"], KINDS["user"]


@pytest.fixture
def ann() -> Client:
    return signed_in("ann")


@pytest.fixture
def ben() -> Client:
    return signed_in("ben")


def test_every_admin_saves_through_the_one_function_of_its_kind(rf: RequestFactory) -> None:
    """A new admin is part of an event, a row with versions, or read-only; and has no action or list form around it."""
    request = rf.get("/admin/")
    request.user = User.objects.create_superuser("operator")
    for model, one in admin.site._registry.items():
        assert isinstance(one, VersionedAdmin | VersionedRowAdmin | ReadOnlyAdmin | ListOnlyAdmin), model
        assert one.list_editable == (), model
        if isinstance(one, ReadOnlyAdmin):
            assert not one.has_add_permission(request), model
            assert not one.has_change_permission(request), model
        if isinstance(one, VersionedRowAdmin):
            assert set(one.get_actions(request)) <= {"delete_selected", "merge_selected"}, model
            deleting = one.get_actions(request)["delete_selected"]
            assert deleting is not None
            function = getattr(deleting, "func", None) or deleting[0]  # a plain tuple until Django 6.1
            assert function is type(one).delete_selected, model
            for inline in one.get_inline_instances(request):
                assert set(inline.get_fields(request)) == set(inline.get_readonly_fields(request)), model
                assert not inline.has_add_permission(request, None), model
                assert not inline.can_delete, model
    rows = {model for model, one in admin.site._registry.items() if isinstance(one, VersionedRowAdmin)}
    assert rows == {kind.model for kind in KINDS.values()}


TAMPERINGS: dict[str, Callable[[str, str], str | None]] = {
    "left out": lambda _version, _other: None,
    "empty": lambda _version, _other: "",
    "negative": lambda _version, _other: "-1",
    "a number": lambda _version, _other: "1",
    "no number": lambda _version, _other: "x" * 64,
    "cut": lambda version, _other: version[:-1],
    "altered": lambda version, _other: ("0" if version[0] != "0" else "1") + version[1:],
    "unsigned": lambda version, _other: version.partition(":")[0],
    "of another row": lambda _version, other: other,
    "too long": lambda version, _other: version * 500,
    "signed elsewhere": lambda version, _other: signing.Signer(salt="other").sign(version.partition(":")[0]),
    "not ASCII": lambda version, _other: f"{version}é\0",
}


@pytest.mark.parametrize("tampering", TAMPERINGS)
@EVERY_KIND
def test_a_tampered_version_is_a_conflict(kind: Kind, tampering: str, ann: Client) -> None:
    row, other = kind.make(), kind.make()
    form = {**opened(ann, kind, row), kind.field: "Typed"}
    before = kind.words(row)
    version = TAMPERINGS[tampering](form.pop("version"), opened(ann, kind, other)["version"])
    sent = {} if version is None else {"version": version}

    told = ann.post(kind.url("change", row.pk), {**form, **sent})
    deleted = ann.post(kind.url("delete", row.pk), {"post": "yes", **sent})
    selected = {"action": "delete_selected", "_selected_action": row.pk, "post": "yes", **sent}
    page = ann.post(kind.url("changelist"), selected, follow=True).content.decode()
    restored = ann.post(kind.url("history", row.pk), {"restore": "1", **sent}, follow=True).content.decode()

    assert not is_saved(told)
    assert "This form is out of date, so your changes have not been saved." in told.content.decode()
    assert 'value="Typed"' in told.content.decode() or ">\nTyped</textarea>" in told.content.decode()
    assert deleted["Location"] == kind.url("delete", row.pk)
    assert "This page is out of date." in page
    assert "This page is out of date." in restored
    assert kind.words(row) == before
    assert revisions(kind.model, row.pk).count() == 1


@EVERY_KIND
def test_who_saves_second_sees_what_the_other_changed_and_what_saving_again_would(
    kind: Kind, ann: Client, ben: Client
) -> None:
    row = kind.make()
    form = {**opened(ann, kind, row), kind.field: "Anns"}
    ben.post(kind.url("change", row.pk), {**opened(ben, kind, row), kind.field: "Bens"})

    told = ann.post(kind.url("change", row.pk), form)

    page = " ".join(told.content.decode().split())
    assert "Someone else changed this while you were editing (ben," in page
    theirs, yours = re.findall(r'<section class="import conflict.*?</section>', page)
    assert "<ins>Bens</ins>" in theirs
    assert "Anns" not in theirs
    assert "<del>Bens</del><ins>Anns</ins>" in yours
    assert kind.url("history", row.pk) + "?new=2" in theirs


def test_a_conflict_with_what_was_written_past_the_forms_is_shown_and_kept(ann: Client) -> None:
    speaker = make_speaker("Jane Doe", biography="First.")
    form = {**opened(ann, SPEAKER, speaker), "biography": "Typed."}
    ann.post(SPEAKER.url("change", speaker.pk), {**opened(ann, SPEAKER, speaker), "biography": "Second."})
    Speaker.objects.filter(pk=speaker.pk).update(biography="By SQL.")

    page = ann.post(SPEAKER.url("change", speaker.pk), form).content.decode()

    assert "ann, someone outside the admin," in page
    assert "<ins>By SQL</ins>" in page
    assert Speaker.objects.get().biography == "By SQL."

    ann.post(SPEAKER.url("change", speaker.pk), {**opened(ann, SPEAKER, speaker), "biography": "Last."})
    kept = [(one.values["biography"], one.reason, str(one.by)) for one in revisions(Speaker, speaker.pk)]
    assert kept == [
        ("Last.", "changed", "ann"), ("By SQL.", "outside", "None"), ("Second.", "changed", "ann"),
        ("First.", "found", "None"),
    ]  # fmt: skip


def test_what_is_as_it_was_is_no_conflict(ann: Client, ben: Client) -> None:
    """Somebody changed it and changed it back: a save overwrites nothing."""
    speaker = make_speaker("Jane Doe", biography="First.")
    form = {**opened(ann, SPEAKER, speaker), "biography": "Anns."}
    for words in ("Bens.", "First."):
        ben.post(SPEAKER.url("change", speaker.pk), {**opened(ben, SPEAKER, speaker), "biography": words})

    assert is_saved(ann.post(SPEAKER.url("change", speaker.pk), form))
    assert [one.values["biography"] for one in revisions(Speaker, speaker.pk)] == ["Anns.", "First.", "Bens.", "First."]


def test_references_are_part_of_a_version(ann: Client, ben: Client) -> None:
    """Two who give a user different groups."""
    user, (one, other) = User.objects.create_user("kim"), (KINDS["group"].make(), KINDS["group"].make())
    anns = {**opened(ann, USER, user), "groups": [one.pk]}
    bens = {**opened(ben, USER, user), "groups": [other.pk]}
    ben.post(USER.url("change", user.pk), bens)

    told = ann.post(USER.url("change", user.pk), anns)

    assert f"<ins>{other}</ins>" in told.content.decode()
    assert list(user.groups.all()) == [other]
    assert is_saved(ann.post(USER.url("change", user.pk), {**anns, "version": told.context["version"]}))
    assert list(user.groups.all()) == [one]


def test_a_sign_in_is_no_conflict_and_is_not_undone(ann: Client) -> None:
    user = User.objects.create_user("kim", password="password")
    form = {**opened(ann, USER, user), "first_name": "Kim"}
    Client().login(username="kim", password="password")
    signed_in_at = User.objects.get(username="kim").last_login

    assert is_saved(ann.post(USER.url("change", user.pk), form))

    user.refresh_from_db()
    assert signed_in_at is not None
    assert (user.first_name, user.last_login) == ("Kim", signed_in_at)


def test_what_was_typed_for_a_deleted_speaker_is_shown(ann: Client, ben: Client) -> None:
    speaker = make_speaker("Jane Doe")
    form = {**opened(ann, SPEAKER, speaker), "biography": "<b>Typed</b>"}
    delete = SPEAKER.url("delete", speaker.pk)
    ben.post(delete, {"post": "yes", "version": ben.get(delete).context["version"]})

    page = ann.post(SPEAKER.url("change", speaker.pk), form).content.decode()

    assert "Someone else deleted or merged “Jane Doe” while you were editing (ben," in page
    assert "&lt;b&gt;Typed&lt;/b&gt;" in page
    assert SPEAKER.url("history", speaker.pk) in page


def test_what_was_typed_for_a_deleted_user_is_shown_too(ann: Client, ben: Client) -> None:
    user = User.objects.create_user("kim")
    form = {**opened(ann, USER, user), "first_name": "Typed"}
    delete = USER.url("delete", user.pk)
    ben.post(delete, {"post": "yes", "version": ben.get(delete).context["version"]})

    page = ann.post(USER.url("change", user.pk), form).content.decode()

    assert "Someone else deleted this while you were editing." in page
    assert "Typed" in page
    assert not revisions(User, user.pk).exists()


@pytest.mark.parametrize("key", ["0", "x", "999999999999", "9" * 40, "1_2F2"])
def test_an_address_of_nothing_is_answered(key: str, ann: Client) -> None:
    for page in ("change", "delete", "history"):
        for method in ("get", "post"):
            response = getattr(ann, method)(SPEAKER.url(page, key), {"version": "x", "restore": "1"})
            assert response.status_code in {200, 302, 404}


def test_a_tag_changed_since_it_was_chosen_is_not_merged(ann: Client, ben: Client) -> None:
    one, other = TAG.make(), TAG.make()
    page = ann.get(f"{TAG.url('merge')}?of={one.pk},{other.pk}&into={other.pk}")
    form = {"of": page.context["of"], "into": other.pk, "version": page.context["version"]}
    ben.post(TAG.url("change", one.pk), {**opened(ben, TAG, one), "name": "Something else"})

    told = ann.post(TAG.url("merge"), form, follow=True)

    assert "This page is out of date. Nothing was changed" in told.content.decode()
    assert Tag.objects.count() == 2
    again = {**form, "version": told.context["version"]}
    ann.post(TAG.url("merge"), again)
    assert Tag.objects.get() == other


def test_whoever_may_not_change_or_delete_learns_nothing_from_a_conflict() -> None:
    speaker = make_speaker("Jane Doe", biography="Secret.")
    client = Client()
    client.force_login(User.objects.create_user("nobody", is_staff=True))

    for page in ("change", "delete", "history"):
        response = client.post(SPEAKER.url(page, speaker.pk), {"version": "x", "restore": "1"})
        assert response.status_code == 403
    speaker.delete()
    assert client.post(SPEAKER.url("change", speaker.pk), {"version": "x"}).status_code == 403


def find_hidden(page: str) -> Any:
    return re.findall(r'name="version" value="([^"]+)"', page)


@EVERY_KIND
def test_the_pages_carry_the_version_that_they_are_checked_for(kind: Kind, ann: Client) -> None:
    """In the markup, not only in the context."""
    row = kind.make()
    version = opened(ann, kind, row)["version"]
    selected = {"action": "delete_selected", "_selected_action": row.pk}

    pages = [
        ann.get(kind.url("change", row.pk)),
        ann.get(kind.url("delete", row.pk)),
        ann.post(kind.url("changelist"), selected),
        ann.get(kind.url("history", row.pk) + "?new=1"),
    ]
    assert [find_hidden(page.content.decode()) for page in pages] == [[version]] * 4
