"""Who may do what: every address of the admin, by GET and by a POST straight to it, for every role."""

import re
from collections.abc import Iterator
from datetime import timedelta
from fnmatch import fnmatchcase
from itertools import product
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, reverse

from panels.editorial.history import event_history
from panels.editorial.history.event_versions import number_of, token_of
from panels.editorial.importing.drafts import start_import
from panels.editorial.speakers_and_tags.merge import merge
from panels.formats.base import Source
from panels.models import (
    AuditEntry,
    Comment,
    EditingSession,
    Event,
    FormerEventSlug,
    FormerSpeakerSlug,
    FormerTagSlug,
    FormerWording,
    PreviewLink,
    RetiredAnchor,
    RowRevision,
    Schedule,
    SharedSpeakerSlug,
    SignInAttempt,
    Split,
    Tag,
)
from tests.builders import make_correction, make_editor, make_session, make_speaker
from tests.sampling import sampled

pytestmark = pytest.mark.django_db

ROLES = ("Contributor", "Editor", "Publisher")
STATES = ("draft", "in_review", "published", "withdrawn", "binned")
ANYBODY = "anonymous", "nobody", *ROLES
NONE: tuple[str, ...] = ()
ALL = ROLES
EDITORS = ("Editor", "Publisher")
PUBLISHERS = ("Publisher",)
ELSEWHERE = {
    "login",
    "jsi18n",
    "password_change_done",
    "app_list",
    "view_on_site",
    "autocomplete",
    "logout",
}  # Django's own, which ask each model's admin


def rows_of(event: Event) -> dict[str, Any]:
    """A row of each model, most of them the event's."""
    question = event.questions.first()
    speaker = event.panelists.first().speaker  # type: ignore[union-attr]
    speaker.slug = f"{speaker.slug}-renamed"
    speaker.save()
    event.slug = f"{event.slug}-renamed"
    event.save()
    tag = Tag.objects.create(name=f"Tag {event.pk}")
    tag.slug = f"{tag.slug}-renamed"
    tag.save()
    removed = event.answers.last()
    assert removed
    event_history.ensure_recorded(event)
    removed.delete()
    editing_session = EditingSession.objects.create(
        event=event, editor=User.objects.create(username=f"at-{event.pk}"), opened_at=event.version.changed_at,
        seen_at=event.version.changed_at,
    )  # fmt: skip
    merge_record = merge(make_speaker(), speaker, by=None)
    return {
        "event": event, "question": question, "answer": event.answers.first(), "panelist": event.panelists.first(),
        "correction": make_correction(event), "speaker": speaker, "tag": tag, "version": event.version,
        "revision": event.revisions.first(), "editingsession": editing_session,
        "merge": merge_record,
        "rowrevision": RowRevision.objects.filter(model="panels.speaker", key=speaker.pk).first(),
        "schedule": Schedule.objects.create(event=event, publish_at=event.version.changed_at + timedelta(days=1)),
        "previewlink": PreviewLink.objects.create(event=event, expires_at=event.version.changed_at),
        "comment": Comment.objects.create(event=event, anchor="q1-a1", text="Who is this?"),
        "formerwording": FormerWording.objects.create(event=event, anchor="q1-a1", text="Before."),
        "importdraft": start_import(Source.of("Kim: Yes.\nJane: No.\n", "a.txt"), by=None, onto=event),
        "retiredanchor": RetiredAnchor.objects.filter(event=event).first(),
        "formereventslug": FormerEventSlug.objects.get_or_create(target=event, defaults={"slug": f"old-{event.pk}"})[0],
        "formerspeakerslug": FormerSpeakerSlug.objects.filter(target=speaker).first(),
        "formertagslug": FormerTagSlug.objects.filter(target=tag).first(),
        "sharedspeakerslug": SharedSpeakerSlug.objects.create(slug=f"shared-{event.pk}", target=speaker),
        "split": Split.objects.create(
            source_key=speaker.pk, source_name="A", target_key=make_speaker().pk, target_name="B",
            moved={"rows": {}, "left_out": [], "offices": [], "is_new": False, "slug": "", "shared": []},
        ),
        "auditentry": AuditEntry.objects.create(action="published", subject_key=event.pk, subject_name="Night"),
        "signinattempt": SignInAttempt.objects.create(account_hash="of-nobody", network="192.0.2.7"),
    }  # fmt: skip


KEPT = (
    "version", "revision", "rowrevision", "editingsession", "schedule", "previewlink", "comment", "merge",
    "formerwording", "importdraft", "retiredanchor", "formereventslug", "formerspeakerslug", "formertagslug",
    "sharedspeakerslug", "split",
)  # fmt: skip


def rules(state: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Who gets an answer and no refusal, by method and name of an address; the first rule that fits counts."""
    edits = {"draft": ALL, "binned": NONE}.get(state, EDITORS)
    yield "* index", ("nobody", *ROLES)
    yield "* administration", ("nobody", *ROLES)
    yield "* search", ("nobody", *ROLES)
    yield "* password_change", ("nobody", *ROLES)
    yield "* auth_*", NONE
    yield "* panels_signinattempt_*", NONE  # as the accounts: for superusers
    yield "* panels_auditentry_*", NONE
    yield "* panels_merge_undo", EDITORS
    yield "* panels_*_merge", EDITORS
    yield "* panels_split_undo", EDITORS
    yield "* panels_speaker_split", EDITORS
    yield "* panels_speaker_labels", EDITORS
    for model in KEPT:
        yield f"* panels_{model}_changelist", ALL
        yield f"* panels_{model}_history", ALL
        yield f"get panels_{model}_change", ALL
        yield f"* panels_{model}_delete", PUBLISHERS if model == "formerwording" else NONE
        yield f"* panels_{model}_*", NONE
    for model in ("question", "answer", "panelist", "correction"):  # lists; a row is edited with its event
        yield f"* panels_{model}_changelist", ALL
        yield f"get panels_{model}_*", NONE if state == "binned" else ALL
        yield f"post panels_{model}_*", NONE
    yield "get panels_event_text_preview", NONE
    yield "* panels_event_import_preview", EDITORS  # who may not change the event is shown the source alone
    for page in ("editor", "autosave", "text", "text_preview"):
        yield f"* panels_event_{page}", edits
    yield "post panels_event_history", edits
    yield "post panels_speaker_history", EDITORS
    yield "post panels_tag_history", EDITORS
    yield "* panels_event_trash", EDITORS
    yield "* panels_event_delete", PUBLISHERS if state == "binned" else NONE
    for step in ("post panels_{}_change", "* panels_{}_delete"):
        yield step.format("speaker"), EDITORS
        yield step.format("tag"), EDITORS
        yield step.format("*"), edits
    yield "* panels_*", ALL


def names(patterns: list[Any], path: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from names(pattern.url_patterns)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield pattern.name


def address(name: str, rows: dict[str, Any]) -> str | None:
    if name in ELSEWHERE:
        return None
    model, _, page = name.removeprefix("panels_").partition("_")
    row = rows["importdraft"] if page == "import_preview" else rows.get(model)
    for arguments in ([], [getattr(row, "pk", 1)]):
        try:
            return reverse(f"admin:{name}", args=arguments)
        except NoReverseMatch:
            continue
    raise AssertionError(f"no address for {name}")


def client_of(who: str) -> Client:
    client = Client()
    if who == "nobody":
        client.force_login(User.objects.create_user("nobody", is_staff=True))
    elif who in ROLES:
        client.force_login(make_editor(who.lower(), role=who))
    return client


@pytest.mark.parametrize(("state", "who"), sampled([*product(STATES, ANYBODY)], every=3))
def test_every_address_is_open_to_those_alone_whose_it_is(who: str, state: str) -> None:
    published = "2021-01-01T00:00Z" if state in {"published", "withdrawn"} else None
    event = make_session(1, 2, status=state, published_at=published)
    rows = rows_of(event)
    client = client_of(who)
    wrong = []
    for name in sorted(set(names(admin.site.urls[0]))):
        path = address(name, rows)
        if path is None:
            continue
        for method in ("get", "post"):
            with transaction.atomic():
                response = getattr(client, method)(path, {"restore": "1"})
                transaction.set_rollback(True)
            assert response.status_code < 500, path
            target = response.get("Location", "")
            refused = response.status_code in {403, 404, 405} or "/admin/login/" in target
            refused |= target == "/admin/" and name != "panels_formerwording_delete"
            allowed = next(roles for rule, roles in rules(state) if fnmatchcase(f"{method} {name}", rule))
            if refused is (who in allowed):
                wrong.append(f"{method} {path} ({name}): {response.status_code}, to be {'open' if refused else 'shut'}")
    assert not wrong, "\n".join(wrong)


def test_a_contributor_adds_nothing_to_what_is_public() -> None:
    event = make_session(1, 1)
    client = client_of("Contributor")
    question = event.questions.get()

    for sent in (
        {"at": "", "after": question.anchor, "what": "answer", "text": "Mine."},
        {"at": "q1-a1", "text": "Mine."},
    ):
        version = token_of(event, number_of(event))
        assert client.post(f"/admin/panels/event/{event.pk}/editor/", sent | {"version": version}).status_code == 403

    assert [answer.text for answer in event.answers.all()] == ["Answer 1."]


def page_of(event: Event) -> str:
    """The public page, but for the number of its version, which goes on."""
    return re.sub(
        r"version \d+|csrf\w+ value=\S+|value=\"\w{64}\"", "", Client().get(event.get_absolute_url()).content.decode()
    )


def test_the_bin_gives_back_the_whole_session() -> None:
    event = make_session(2, 2)
    client = client_of("Editor")
    public = page_of(event)

    client.post(f"/admin/panels/event/{event.pk}/trash/")
    assert Client().get(event.get_absolute_url()).status_code == 410
    assert event.title in client.get("/admin/").content.decode()  # in the message, once
    assert event.title not in client.get("/admin/panels/event/").content.decode()
    assert event.title in client.get("/admin/panels/event/?status=binned").content.decode()
    assert "Question number 1?" not in client.get("/admin/panels/question/").content.decode()

    client.post(f"/admin/panels/event/{event.pk}/trash/", {"do": "restore_from_trash"})
    client_of("Publisher").post("/admin/panels/event/", {"action": "publish", "_selected_action": event.pk})
    assert page_of(event) == public
    assert event.answers.count() == 4


def test_the_roles_can_be_made_again_and_keep_what_was_added() -> None:
    group = Group.objects.get(name="Contributor")

    assert group.permissions.filter(codename="add_event").exists()
    assert not group.permissions.filter(codename__in=["delete_event", "publish_event", "purge_event"]).exists()
