"""The desk's page *Publication*: what it shows, and what its buttons do for whom."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from panels.models import Comment, Event, PreviewLink, Schedule
from tests.admin.importing.pages import version_on
from tests.admin.test_admin import form_of
from tests.builders import make_editor, make_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def event() -> Event:
    return make_session(2, 2, status="draft", published_at=None)


def press(who: Client, event: Event, do: str, **values: Any) -> Any:
    """With the versions that the page shows, unless told otherwise."""
    path = reverse("admin:panels_event_publication", args=[event.pk])
    shown = who.get(path).context or {}
    versions = {"version": shown.get("version", ""), "schedule_version": shown.get("schedule_version", "")}
    return who.post(path, {"do": do, **versions, **values})


def page_of(who: Client, event: Event) -> str:
    return who.get(reverse("admin:panels_event_publication", args=[event.pk])).content.decode()


def signed_in(role: str) -> Client:
    client = Client()
    client.force_login(make_editor(role.lower(), role=role))
    return client


def test_the_page_says_what_is_missing_and_where(desk: Client, event: Event) -> None:
    event.answers.filter(anchor="q2-a1").update(speaker=None, attribution="unknown")

    page = page_of(desk, event)

    assert "Unattributed answers" in page
    assert f'href="/admin/panels/event/{event.pk}/editor/?edit=q2-a1#q2-a1"' in page


@pytest.mark.parametrize(
    ("role", "button", "before", "after"),
    [
        ("Contributor", "_submit", "draft", "in_review"),
        ("Contributor", "_publish", "draft", "draft"),
        ("Editor", "_publish", "in_review", "in_review"),
        ("Editor", "_return", "in_review", "draft"),
        ("Contributor", "_return", "in_review", "in_review"),
        ("Publisher", "_publish", "in_review", "published"),
        ("Publisher", "_withdraw", "published", "withdrawn"),
        ("Editor", "_withdraw", "published", "published"),
        ("Publisher", "nonsense", "draft", "draft"),
    ],
)
def test_a_button_moves_it_for_those_alone_who_may(role: str, button: str, before: str, after: str) -> None:
    event = make_session(1, 1, status=before, published_at=timezone.now() if before == "published" else None)

    response = press(signed_in(role), event, button, post="yes")

    assert Event.objects.get().status == after
    assert response.status_code == (302 if before != after or button == "nonsense" else 403)


def test_withdrawing_asks_first_and_takes_a_reason_for_readers(desk: Client) -> None:
    event = make_session(1, 1, slug="night")
    asked = press(desk, event, "_withdraw")
    assert "Readers will see a notice" in asked.content.decode()
    assert Event.objects.get().status == "published"

    press(desk, event, "_withdraw", post="yes", reason="A panelist was <misquoted>.\r\nA new transcript follows.")

    for path in ("/events/night/", "/events/night/q1/"):
        shown = Client().get(path)
        assert shown.status_code == 410
        assert "A panelist was &lt;misquoted&gt;.<br>A new transcript follows." in shown.content.decode()
    told = Client().get("/api/v1/events/night/").json()["detail"]
    assert told.endswith("Reason: A panelist was <misquoted>.\nA new transcript follows.")

    press(desk, event, "_publish")
    assert Event.objects.get().withdrawal_reason == ""


def test_the_form_of_details_and_the_list_ask_as_well(desk: Client) -> None:
    event = make_session(1, 1, title="Night opening")
    path = reverse("admin:panels_event_change", args=[event.pk])

    saved = desk.post(path, form_of(desk, path) | {"title": "Night, mended", "_withdraw": "1"}, follow=True)
    assert "Readers will see a notice" in saved.content.decode()
    acting = {"action": "withdraw", "_selected_action": event.pk}
    asked = desk.post("/admin/panels/event/", acting)
    assert "<li>Night, mended" in asked.content.decode()
    assert Event.objects.get().status == "published"

    too_long = desk.post("/admin/panels/event/", acting | {"post": "yes", "reason": "x" * 2001})
    assert too_long.context["form"].errors["reason"]
    desk.post("/admin/panels/event/", acting | {"post": "yes", "reason": "Legal."})
    assert (Event.objects.get().status, Event.objects.get().withdrawal_reason) == ("withdrawn", "Legal.")


def test_without_a_reason_none_is_shown(desk: Client) -> None:
    event = make_session(1, 1, slug="night")

    press(desk, event, "_withdraw", post="yes")

    assert "Reason" not in Client().get("/events/night/").content.decode()


@pytest.mark.parametrize("button", ["_publish", "_submit"])
def test_nobody_publishes_words_that_they_have_not_read(button: str, desk: Client, event: Event) -> None:
    read = version_on(desk, reverse("admin:panels_event_publication", args=[event.pk]))
    event.answers.filter(anchor="q1-a1").update(text="Saved meanwhile.")

    for version in (read, "", "1"):
        told = press(desk, event, button, version=version)
        assert "are not saved yet. Compare them" in desk.get(told["Location"]).content.decode()
        assert Event.objects.get().status == "draft"

    press(desk, event, button)
    assert Event.objects.get().status != "draft"


def test_a_time_is_set_changed_and_taken_back(desk: Client, event: Event) -> None:
    press(desk, event, "schedule", at="2099-05-01T08:30")
    assert "Scheduled for 1 May 2099, 08:30 by editor." in page_of(desk, event)

    press(desk, event, "schedule", at="2099-05-02T08:30")
    assert timezone.localtime(Schedule.objects.get().publish_at).day == 2

    press(desk, event, "unschedule")
    assert not Schedule.objects.exists()


def test_the_second_to_schedule_is_told_and_keeps_what_was_typed(desk: Client, event: Event) -> None:
    address = reverse("admin:panels_event_publication", args=[event.pk])
    version = desk.get(address).context["schedule_version"]
    press(signed_in("Publisher"), event, "schedule", at="2099-05-01T08:30")

    told = press(desk, event, "schedule", at="2099-05-02T08:30", schedule_version=version)

    assert "Someone else scheduled this for 1 May 2099, 08:30: publisher." in told.content.decode()
    assert 'value="2099-05-02T08:30"' in told.content.decode()
    told = desk.post(address, {"do": "unschedule", "schedule_version": version}, follow=True)
    assert "Someone else scheduled this for" in told.content.decode()
    assert timezone.localtime(Schedule.objects.get().publish_at).day == 1


def test_a_link_is_revoked_once(desk: Client, event: Event) -> None:
    link = PreviewLink.objects.create(event=event, expires_at=timezone.now() + dt.timedelta(days=1))
    press(desk, event, "revoke", link=link.pk)
    link.refresh_from_db()
    first = link.revoked_at

    told = desk.post(
        reverse("admin:panels_event_publication", args=[event.pk]), {"do": "revoke", "link": link.pk}, follow=True
    )

    assert "This link was already revoked." in told.content.decode()
    link.refresh_from_db()
    assert link.revoked_at == first


@pytest.mark.parametrize("at", ["", "soon", "2001-01-01T00:00"])
def test_a_time_that_cannot_be_is_refused_beside_the_field(at: str, desk: Client, event: Event) -> None:
    response = press(desk, event, "schedule", at=at)

    assert response.status_code == 200
    assert "errorlist" in response.content.decode()
    assert not Schedule.objects.exists()


@pytest.mark.parametrize("role", ["Contributor", "Editor"])
def test_nobody_else_sets_a_time(role: str, event: Event) -> None:
    Schedule.objects.create(event=event, publish_at=timezone.now() + dt.timedelta(days=1))
    who = signed_in(role)

    assert press(who, event, "schedule", at="2099-05-01T08:30").status_code == 403
    assert press(who, event, "unschedule").status_code == 403
    assert 'value="schedule"' not in page_of(who, event)
    assert Schedule.objects.exists()


def test_a_link_is_made_shown_and_revoked(desk: Client, event: Event, client: Client) -> None:
    press(desk, event, "share", reader="Kim", days="3")
    link = PreviewLink.objects.get()
    assert f"http://testserver{link.url}" in page_of(desk, event)
    assert dt.timedelta(days=2, hours=23) < link.expires_at - timezone.now() <= dt.timedelta(days=3)
    assert Client().get(link.url).status_code == 200

    press(desk, event, "revoke", link=link.pk)

    assert link.url not in page_of(desk, event)
    assert Client().get(link.url).status_code == 404


@pytest.mark.parametrize("days", ["0", "366", "many", ""])
def test_a_link_lasts_some_days_and_no_more_than_a_year(days: str, desk: Client, event: Event) -> None:
    response = press(desk, event, "share", days=days)

    assert "errorlist" in response.content.decode()
    assert not PreviewLink.objects.exists()


def test_nobody_shares_or_revokes_what_they_may_not_change(event: Event) -> None:
    Event.objects.filter(pk=event.pk).update(status="in_review")
    link = PreviewLink.objects.create(event=event, expires_at=timezone.now() + dt.timedelta(days=1))
    who = signed_in("Contributor")

    assert press(who, event, "share", days="3").status_code == 403
    assert press(who, event, "revoke", link=link.pk).status_code == 403
    assert link.token not in page_of(who, event)


def test_a_link_is_revoked_on_the_page_of_its_own_event_alone(desk: Client, event: Event) -> None:
    link = PreviewLink.objects.create(event=make_session(1, 1), expires_at=timezone.now() + dt.timedelta(days=1))

    for key in (link.pk, "x", "9" * 40):
        assert press(desk, event, "revoke", link=key).status_code == 404
    link.refresh_from_db()
    assert link.revoked_at is None


def test_comments_are_written_shown_and_settled_in_the_session(desk: Client, event: Event) -> None:
    address = reverse("admin:panels_event_editor", args=[event.pk])
    assert 'name="text_of_comment"' in desk.get(f"{address}?comment=q1-a2").content.decode()

    desk.post(address, {"do": "comment", "at": "q1-a2\0", "text_of_comment": " Is this\0 <b>Kim</b>?\n"})

    comment = Comment.objects.get()
    assert (comment.event, comment.anchor, comment.text) == (event, "q1-a2", "Is this <b>Kim</b>?")
    for page in (desk.get(address).content.decode(), page_of(desk, event)):
        assert "Is this &lt;b&gt;Kim&lt;/b&gt;?" in page

    desk.post(address, {"do": "resolve", "at": "q1-a2", "comment": comment.pk})

    comment.refresh_from_db()
    assert comment.resolved_at is not None
    assert "Is this" not in desk.get(address).content.decode()
    assert "Is this" in desk.get("/admin/panels/comment/").content.decode()


def test_the_script_gets_a_passage_with_its_comments(desk: Client, event: Event) -> None:
    Comment.objects.create(event=event, anchor="q1-a2", text="Is this Kim?")

    path = reverse("admin:panels_event_editor", args=[event.pk])
    parts = desk.get(f"{path}?show=q1-a2", headers={"Accept": "application/json"}).json()

    assert "Is this Kim?" in parts["html"]["q1-a2"]


def test_a_comment_is_settled_on_the_page_of_its_own_event_alone(desk: Client, event: Event) -> None:
    comment = Comment.objects.create(event=make_session(1, 1), anchor="q1-a1", text="Who?")

    desk.post(reverse("admin:panels_event_editor", args=[event.pk]), {"do": "resolve", "comment": comment.pk})

    comment.refresh_from_db()
    assert comment.resolved_at is None


def test_a_comment_on_what_was_deleted_is_still_shown(desk: Client, event: Event) -> None:
    Comment.objects.create(event=event, anchor="q9-a9", text="Where did this go?")

    page = desk.get(reverse("admin:panels_event_editor", args=[event.pk])).content.decode()

    assert "Comments on deleted passages" in page
    assert "Where did this go?" in page


@pytest.mark.parametrize("text", ["", "  ", "x" * 5001])
def test_a_comment_says_something_and_is_no_novel(text: str, desk: Client, event: Event) -> None:
    desk.post(
        reverse("admin:panels_event_editor", args=[event.pk]), {"do": "comment", "at": "q1-a1", "text_of_comment": text}
    )

    assert not Comment.objects.exists()


def test_a_comment_that_is_too_long_comes_back_with_its_words(desk: Client, event: Event) -> None:
    address, text = reverse("admin:panels_event_editor", args=[event.pk]), "Is this Kim? " * 400

    refused = desk.post(address, {"do": "comment", "at": "q1-a1", "text_of_comment": text})
    of_no_passage = desk.post(address, {"do": "comment", "at": "q9-a9", "text_of_comment": text})

    assert (refused.status_code, of_no_passage.status_code) == (422, 422)
    for page in (refused.content.decode(), of_no_passage.content.decode()):
        assert "Enter a comment of 1 to 5,000 characters." in page
        assert text.strip() in page
    assert not Comment.objects.exists()


def test_a_line_break_in_a_comment_is_one_character_as_in_the_browser(desk: Client, event: Event) -> None:
    address = reverse("admin:panels_event_editor", args=[event.pk])

    desk.post(address, {"do": "comment", "at": "q1-a1", "text_of_comment": "\r\n".join(["x" * 49] * 100)})

    assert Comment.objects.get().text == "\n".join(["x" * 49] * 100)


def test_a_comment_that_is_sent_twice_is_stored_once(desk: Client, event: Event) -> None:
    address = reverse("admin:panels_event_editor", args=[event.pk])
    sent = {"do": "comment", "at": "q1-a1", "text_of_comment": "Is this Kim?"}

    desk.post(address, sent)
    desk.post(address, sent)
    assert Comment.objects.count() == 1

    desk.post(address, {"do": "resolve", "at": "q1-a1", "comment": Comment.objects.get().pk})
    desk.post(address, sent)
    assert Comment.objects.count() == 2
