"""The daily work of an editor, who is no superuser."""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils.html import escape
from pytest_django import DjangoAssertNumQueries

from panels.models import Answer, Correction, Event, Panelist, Question, Speaker
from tests.builders import (
    make_answer,
    make_correction,
    make_editor,
    make_event,
    make_published,
    make_question,
    make_session,
    make_speaker,
)

pytestmark = pytest.mark.django_db


def change(thing: Any) -> str:
    return reverse(f"admin:panels_{thing._meta.model_name}_change", args=[thing.pk])


def form_of(client: Client, path: str) -> dict[str, str]:
    """What a browser would send back if the page at `path` were saved as it is, with the version that it shows."""
    context = client.get(path).context
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    data: dict[str, Any] = {"version": context["version"]} if "version" in context else {}
    for form in forms:
        for field in form:
            value = field.value()
            if hasattr(field.field, "choices") and isinstance(value, list):
                value = [str(getattr(one, "pk", one)) for one in value]
            if value is not None and value != "":
                data[field.html_name] = value
    return data


def test_every_model_is_on_the_desk() -> None:
    through = {"TaggedEvent", "TaggedQuestion", "TaggedAnswer"}  # edited as the tags of their objects
    models = {model.__name__ for model in apps.get_app_config("panels").get_models()}

    assert models - through == {model.__name__ for model in admin.site._registry if model._meta.app_label == "panels"}


@pytest.mark.parametrize("query", ["", "?q=jane", "?q=%20%27%22", "?e=1"])
@pytest.mark.parametrize(
    "model",
    [model._meta.model_name for model in apps.get_app_config("panels").get_models() if model in admin.site._registry],
)
def test_every_list_can_be_searched(model: str, query: str, desk: Client) -> None:
    if model in {"signinattempt", "auditentry"}:  # for superusers alone
        desk.force_login(User.objects.create_superuser("root"))
    session = make_session(questions=2, answers=2)
    session.tags.add("Archives")

    assert desk.get(reverse(f"admin:panels_{model}_changelist") + query).status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "status=published",
        "year=2021",
        "year=none",
        "year=x",
        "speaker=jane-doe",
        "tag=archives",
        "unattributed=yes",
        "language=en",
    ],
)
def test_events_can_be_filtered(query: str, desk: Client) -> None:
    event = make_session(title="Wanted", speakers=[make_speaker("Jane Doe")])
    event.tags.add("Archives")
    make_answer(event.questions.get(), attribution="unknown")
    make_event(title="Other", language="de", date="1999-01-01")

    page = desk.get(f"/admin/panels/event/?{query}").content.decode()

    assert ("Wanted" in page) == (query != "year=none")
    assert ("Other" in page) == (query == "year=x")


@pytest.mark.parametrize("query", ["attribution__exact=unknown", "speaker=jane-doe", "tag=archives", "year=2021"])
def test_answers_can_be_filtered(query: str, desk: Client) -> None:
    event = make_event(date="2021-01-01")
    make_answer(make_question(event), text="Lost words", attribution="unknown")
    said = make_answer(
        make_question(make_event(date="2021-02-02")), text="Said words", speaker=make_speaker("Jane Doe")
    )
    said.tags.add("Archives")

    page = desk.get(f"/admin/panels/answer/?{query}").content.decode()

    assert ("Lost words" in page, "Said words" in page) == (
        "unknown" in query or "year" in query,
        "unknown" not in query,
    )


PATHS: dict[str, Callable[[Event], str]] = {
    "events": lambda _event: "/admin/panels/event/",
    "event": change,
    "preview": lambda event: reverse("admin:panels_event_preview", args=[event.pk]),
    "questions": lambda _event: "/admin/panels/question/",
    "session": lambda event: reverse("admin:panels_event_editor", args=[event.pk]),
    "answers": lambda _event: "/admin/panels/answer/",
    "speakers": lambda _event: "/admin/panels/speaker/",
    "speaker": lambda event: change(event.panelists.all()[0].speaker),
    "panelists": lambda _event: "/admin/panels/panelist/",
    "tags": lambda _event: "/admin/panels/tag/",
    "corrections": lambda _event: "/admin/panels/correction/",
}


@pytest.mark.parametrize("name", PATHS)
def test_no_page_runs_more_queries_for_more_rows(
    name: str, desk: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    def session(size: int) -> Event:
        event = make_session(questions=size, answers=size)
        for tagged in (event, *event.questions.all(), *event.answers.all()):
            tagged.tags.add("Archives")
        return event

    small = session(2)
    desk.get(PATHS[name](small))  # content types are read once and then known
    with django_assert_max_num_queries(30) as few:
        assert desk.get(PATHS[name](small)).status_code == 200
    queries = len(few)
    speaker = small.panelists.first().speaker  # type: ignore[union-attr]
    large = make_session(questions=6, answers=6, speakers=[speaker, *(make_speaker() for _ in range(5))])
    for tagged in (large, *large.questions.all(), *large.answers.all()):
        tagged.tags.add("Archives", "Libraries")
    desk.get(PATHS[name](large))  # what was not written on the desk is recorded once

    with django_assert_max_num_queries(queries):
        assert desk.get(PATHS[name](large)).status_code == 200


def test_an_editor_makes_an_event_with_a_panel_and_comes_to_its_session(desk: Client) -> None:
    speaker = make_speaker("Jane Doe")
    form = form_of(desk, "/admin/panels/event/add/") | {
        "title": "夜间开放", "date": "2021-05-01", "language": "zh-Hans",
        "panelists-TOTAL_FORMS": "1", "panelists-0-speaker": str(speaker.pk), "panelists-0-role": "host",
        "panelists-0-position": "", "panelists-0-title": "", "panelists-0-organisation": "",
    }  # fmt: skip

    response = desk.post("/admin/panels/event/add/", form)

    event = Event.objects.get()
    assert response["Location"] == reverse("admin:panels_event_editor", args=[event.pk])
    assert (event.slug, event.status) == ("ye-jian-kai-fang", "draft")
    assert list(event.panelists.values_list("speaker__name", "role", "position")) == [("Jane Doe", "host", 1)]
    assert [revision.by and revision.by.get_username() for revision in event.revisions.all()] == ["editor"]


def test_an_editor_puts_a_panel_in_order_by_writing_a_number(desk: Client) -> None:
    event = make_session(1, 4)
    names = list(event.panelists.order_by("position").values_list("speaker__name", flat=True))
    form = form_of(desk, change(event)) | {"panelists-3-position": "2"}

    response = desk.post(change(event), form)

    assert response.status_code == 302
    now = list(event.panelists.order_by("position").values_list("position", "speaker__name"))
    assert now == [(1, names[0]), (2, names[3]), (3, names[1]), (4, names[2])]


def test_an_editor_writes_and_deletes_corrections_with_the_event(desk: Client) -> None:
    event = make_session()
    old = make_correction(event, note="An old one.")
    form = form_of(desk, change(event)) | {
        "corrections-TOTAL_FORMS": "2", "corrections-0-DELETE": "on", "corrections-1-note": "A new one.",
        "corrections-1-date": "2021-06-01", "corrections-1-anchor": "q1-a1", "corrections-1-event": str(event.pk),
    }  # fmt: skip

    assert desk.post(change(event), form).status_code == 302

    assert not Correction.objects.filter(pk=old.pk).exists()
    assert list(event.corrections.values_list("anchor", "note")) == [("q1-a1", "A new one.")]


@pytest.mark.parametrize("kind", ["question", "answer", "panelist", "correction"])
def test_what_is_part_of_an_event_is_edited_with_it_alone(kind: str, desk: Client) -> None:
    event = make_session()
    make_correction(event)
    thing: Any = getattr(event, f"{kind}s").get()
    session = reverse("admin:panels_event_editor", args=[event.pk])
    passage = f"{session}?edit={thing.anchor}#{thing.anchor}" if kind in {"question", "answer"} else change(event)

    assert f'href="{escape(passage)}"' in desk.get(f"/admin/panels/{kind}/").content.decode()
    assert desk.get(change(thing))["Location"] == passage
    assert desk.get(change(thing).replace("change", "history"))["Location"] == passage
    assert desk.get(f"/admin/panels/{kind}/{thing.pk}/")["Location"] == passage
    assert desk.post(change(thing), {"text": "Lost?", "note": "Lost?"}).status_code == 405
    for gone in (f"/admin/panels/{kind}/add/", change(thing).replace("change", "delete")):
        assert desk.get(gone).status_code == 404
        assert desk.post(gone, {"post": "yes"}).status_code == 404
    assert desk.post(f"/admin/panels/{kind}/", {"action": "delete_selected", "_selected_action": thing.pk, "post": "1"})
    assert getattr(event, f"{kind}s").get() == thing


def test_whoever_may_not_edit_a_passage_is_led_to_where_it_can_be_read(client: Client) -> None:
    public, waiting = make_session(), make_session(status="in_review", published_at=None)
    client.force_login(make_editor("contributor", role="Contributor"))

    preview = reverse("admin:panels_event_preview", args=[waiting.pk])
    assert client.get(change(public.answers.get()))["Location"] == public.answers.get().get_absolute_url()
    assert client.get(change(waiting.answers.get()))["Location"] == f"{preview}?at=q1-a1#q1-a1"
    assert client.get(f"{preview}?at=q1-a1").status_code == 200


def test_an_editor_tags_by_autocomplete(desk: Client) -> None:
    event, other = make_event(), make_event()
    other.tags.add("Archives", "Libraries")
    archives = other.tags.get(name="Archives")
    form = form_of(desk, change(event)) | {"tags": [str(archives.pk)]}

    assert desk.post(change(event), form).status_code == 302
    found = desk.get("/admin/autocomplete/?app_label=panels&model_name=taggedevent&field_name=tag&term=Lib").json()

    assert [tag.name for tag in event.tags.all()] == ["Archives"]
    assert [result["text"] for result in found["results"]] == ["Libraries"]


def test_an_editor_finds_a_speaker_by_the_name_in_the_original_script(desk: Client) -> None:
    make_speaker("Zhang San", original_name="张三")

    found = desk.get("/admin/autocomplete/?app_label=panels&model_name=answer&field_name=speaker&term=张").json()

    assert [result["text"] for result in found["results"]] == ["Zhang San (张三)"]


def test_buttons_and_actions_publish_and_withdraw(desk: Client) -> None:
    event = make_event(title="Night opening")
    other = make_event()

    saved = desk.post(
        change(event),
        form_of(desk, change(event)) | {"title": "Night opening, mended", "_publish": "1"},
        follow=True,
    )
    acted = desk.post(
        "/admin/panels/event/", {"action": "publish", "_selected_action": [event.pk, other.pk]}, follow=True
    )

    assert (
        f'Published “Night opening, mended”. <a href="{event.get_absolute_url()}">View it</a>' in saved.content.decode()
    )
    assert "“Night opening, mended” is already published." in acted.content.decode()
    assert f"Published “{other.title}”." in acted.content.decode()
    assert Event.objects.published().count() == 2


def test_desk_and_public_page_lead_to_each_other(desk: Client) -> None:
    public, draft = make_published(), make_event()

    assert f'href="{change(public)}"' in desk.get(public.get_absolute_url()).content.decode()
    assert f'href="{public.get_absolute_url()}"' in desk.get(change(public)).content.decode()
    assert draft.get_absolute_url() not in desk.get(change(draft)).content.decode()
    assert f"/admin/panels/event/{draft.pk}/preview/" in desk.get(change(draft)).content.decode()


def test_preview_shows_a_draft_to_editors_only(desk: Client, client: Client) -> None:
    draft = make_event(title="Not yet")
    path = reverse("admin:panels_event_preview", args=[draft.pk])
    page = desk.get(path).content.decode()
    desk.logout()

    assert "Readers cannot see this page" in page
    assert 'name="robots" content="noindex"' in page
    assert client.get(path).status_code == 302
    client.force_login(User.objects.create_user("stranger", is_staff=True))
    assert client.get(path).status_code == 403


def test_an_editor_touches_neither_users_nor_settings(desk: Client) -> None:
    for path in (
        "/admin/auth/user/",
        "/admin/auth/user/add/",
        "/admin/auth/group/",
        "/admin/auth/group/add/",
    ):
        assert desk.get(path).status_code == 403
        assert desk.post(path, {"username": "x"}).status_code == 403
    assert "auth" not in desk.get("/admin/").content.decode()


def test_what_the_database_keeps_is_for_looking_only(desk: Client) -> None:
    event = make_session(questions=2, slug="first")
    event.questions.get(number=2).delete()
    event.slug = "second"
    event.save()
    retired, former = event.retired_anchors.first(), event.former_slugs.get()

    for kept in (retired, former):
        path = change(kept)
        assert desk.get(path).status_code == 200
        assert desk.post(path, {}).status_code == 403
        assert desk.get(path.replace("change", "delete")).status_code == 403


def test_a_speaker_in_use_cannot_be_deleted(desk: Client) -> None:
    answer = make_answer()
    assert answer.speaker is not None

    path = change(answer.speaker).replace("change", "delete")

    page = desk.get(path)
    sent = {"post": "yes", "version": page.context["version"]}

    assert "would require deleting the following protected related objects" in page.content.decode()
    assert desk.post(path, sent, follow=True).status_code == 200
    assert Speaker.objects.exists()


def test_someone_without_a_role_may_do_nothing(client: Client) -> None:
    session = make_session()
    client.force_login(User.objects.create_user("stranger", is_staff=True))

    for thing in (session, session.panelists.get().speaker):
        assert client.get(change(thing)).status_code == 403
        assert client.post(change(thing), {"_publish": "1"}).status_code == 403
    for part in (session.questions.get(), session.answers.get(), session.panelists.get()):
        assert client.get(change(part)).status_code == 403
        assert client.post(change(part), {"text": "?"}).status_code == 405


def test_every_help_text_teaches(editor: User) -> None:
    """Each field that an editor writes in is explained, but for those whose label says all."""
    plain = {
        "name",
        "kind",
        "source_url",
        "recording_url",
        "translation",
        "role",
        "date",
        "speaker",
        "event",
        "question",
        "title",
    }
    for model in (Event, Question, Answer, Speaker, Panelist):
        for field in model._meta.fields:
            if field.editable and not field.primary_key and not field.help_text:
                assert field.name in plain, f"{model.__name__}.{field.name}"


def test_two_roles_can_be_made_alike() -> None:
    assert make_editor("second").has_perm("panels.change_event")
