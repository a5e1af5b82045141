"""Every action of the lists, and every button of publication, by a POST straight to it, for every role."""

import datetime as dt

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client, RequestFactory
from django.utils import timezone

from panels.models import Event, PreviewLink, Schedule, Tag
from tests.admin.accounts.test_rights import ALL, EDITORS, NONE, PUBLISHERS, ROLES, STATES, client_of
from tests.admin.test_admin import form_of
from tests.builders import make_session, make_speaker

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("action", "before", "after", "who"),
    [
        ("publish", "draft", "published", PUBLISHERS),
        ("publish", "in_review", "published", PUBLISHERS),
        ("withdraw", "published", "withdrawn", PUBLISHERS),
        ("submit", "draft", "in_review", ALL),
        ("return_to_draft", "in_review", "draft", EDITORS),
        ("move_to_trash", "draft", "binned", EDITORS),
        ("move_to_trash", "published", "binned", EDITORS),
        ("restore_from_trash", "binned", "draft", EDITORS),
        ("delete_selected", "binned", None, PUBLISHERS),
        ("delete_selected", "published", "published", ALL),
    ],
)
@pytest.mark.parametrize("role", ROLES)
def test_every_action_is_done_for_those_alone_whose_it_is(
    role: str, action: str, before: str, after: str | None, who: tuple[str, ...]
) -> None:
    published = "2021-01-01T00:00Z" if before in {"published", "withdrawn"} else None
    event = make_session(1, 1, status=before, published_at=published)

    data = {"action": action, "_selected_action": event.pk, "post": "yes"}
    client_of(role).post(f"/admin/panels/event/?status={before}", data)

    now = Event.objects.filter(pk=event.pk).values_list("status", flat=True).first()
    assert now == (after if role in who else before)


def test_no_action_is_left_out_here(rf: RequestFactory) -> None:
    request = rf.get("/admin/")
    request.user = User.objects.create_superuser("operator")
    offered = {name for one in admin.site._registry.values() for name in one.get_actions(request)}

    elsewhere = {"tag_selected", "merge_selected", "delete_selected"}
    assert (
        offered
        == {"publish", "withdraw", "submit", "return_to_draft", "move_to_trash", "restore_from_trash"} | elsewhere
    )


@pytest.mark.parametrize("role", ROLES)
def test_the_list_of_speakers_leads_to_a_merge_those_alone_who_may_merge(role: str) -> None:
    one, other = make_speaker("J. Doe"), make_speaker("Jane Doe")

    data = {"action": "merge_selected", "_selected_action": [one.pk, other.pk]}
    response = client_of(role).post("/admin/panels/speaker/", data)

    assert ("/merge/?of=" in response.get("Location", "")) is (role in EDITORS)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("role", ROLES)
def test_answers_are_tagged_from_their_list_by_those_alone_who_may_change_them(role: str, state: str) -> None:
    published = "2021-01-01T00:00Z" if state in {"published", "withdrawn"} else None
    event = make_session(1, 1, status=state, published_at=published)
    tag = Tag.objects.create(name="Night")

    data = {"action": "tag_selected", "_selected_action": event.answers.get().pk, "do": "add", "tags": tag.pk}
    client_of(role).post("/admin/panels/answer/", data)

    may = role in {"draft": ALL, "binned": NONE}.get(state, EDITORS)
    assert event.answers.get().tags.exists() is may


@pytest.mark.parametrize("button", ["_publish", "_withdraw", "_return"])
def test_a_button_that_is_not_shown_does_nothing(button: str) -> None:
    event = make_session(1, 1, status="draft", published_at=None)
    client = client_of("Contributor")
    path = f"/admin/panels/event/{event.pk}/change/"
    page = client.get(path)
    assert f'name="{button}"' not in page.content.decode()

    client.post(
        f"/admin/panels/event/{event.pk}/change/",
        form_of(client, f"/admin/panels/event/{event.pk}/change/") | {button: "1"},
    )

    assert Event.objects.get().status == "draft"


@pytest.mark.parametrize(
    ("do", "before", "who"),
    [
        ("_publish", "in_review", PUBLISHERS),
        ("_submit", "draft", ALL),
        ("_return", "in_review", EDITORS),
        ("_withdraw", "published", PUBLISHERS),
        ("schedule", "draft", PUBLISHERS),
        ("unschedule", "in_review", PUBLISHERS),
        ("share", "draft", ALL),
        ("share", "in_review", EDITORS),
        ("revoke", "draft", ALL),
        ("revoke", "in_review", EDITORS),
    ],
)
@pytest.mark.parametrize("role", ROLES)
def test_every_button_of_publication_works_for_those_alone_whose_it_is(
    role: str, do: str, before: str, who: tuple[str, ...]
) -> None:
    published = "2021-01-01T00:00Z" if before == "published" else None
    event = make_session(1, 1, status=before, published_at=published)
    later = timezone.now() + dt.timedelta(days=3)
    link = PreviewLink.objects.create(event=event, expires_at=later)
    if do == "unschedule":
        Schedule.objects.create(event=event, publish_at=later)

    def state() -> list[object]:
        status = Event.objects.values_list("status", flat=True).get()
        times = list(Schedule.objects.values_list("publish_at", flat=True))
        return [status, times, list(PreviewLink.objects.order_by("pk").values_list("pk", "revoked_at"))]

    was = state()
    path, client = f"/admin/panels/event/{event.pk}/publication/", client_of(role)
    data = {"do": do, "at": later.strftime("%Y-%m-%dT%H:%M"), "days": "7", "link": link.pk, "post": "yes"}
    page = client.get(path).context
    seen = {"version": page["version"], "schedule_version": page["schedule_version"]}
    response = client.post(path, data | seen)

    assert (state() != was) is (role in who)
    assert response.status_code == (302 if role in who else 403)


def test_nobody_who_is_not_signed_in_does_anything() -> None:
    event = make_session(1, 1, status="draft", published_at=None)

    for path, data in {
        "/admin/panels/event/": {"action": "publish", "_selected_action": event.pk},
        f"/admin/panels/event/{event.pk}/publication/": {"do": "_submit"},
        f"/admin/panels/event/{event.pk}/editor/": {"do": "delete", "at": "q1-a1"},
    }.items():
        assert "/admin/login/" in Client().post(path, data)["Location"]

    assert Event.objects.get().status == "draft"
    assert event.answers.count() == 1
