"""Unidentified speakers in the admin: listed, identified in a session or its series, and taken back."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from panels.models import Event, Speaker
from tests.builders import make_answer, make_editor, make_event, make_panelist, make_question, make_speaker

pytestmark = pytest.mark.django_db

PAGE = "/admin/panels/speaker/unidentified/"
SESSIONS, PEOPLE = 10, 20


def make_series() -> list[Event]:
    """Ten sessions of a series with twenty people, all written with initials; the first lists their names."""
    names = [f"{chr(65 + number)}da {chr(90 - number)}rane" for number in range(PEOPLE)]
    events = []
    for number in range(SESSIONS):
        event = make_event(slug=f"talk-{number}", title=f"Talk {number}", programme="Lantern Talks")
        question = make_question(event)
        for name in names:
            short = "".join(word[0] for word in name.split())
            make_answer(question, speaker=make_speaker(short, session=event))
        events.append(event)
    for name in names:
        make_panelist(events[0], speaker=make_speaker(name))
    return events


def undo(desk: Client, place: int = 0) -> Any:
    """Undo one of the identifications that the page lists, the last one first."""
    key = desk.get(PAGE).context["done"][place]["key"]
    return desk.post(PAGE, {"undo": key}, follow=True)


def test_label_is_identified_with_one_click_and_taken_back_with_another(desk: Client) -> None:
    event = make_event(title="Lanterns")
    label, ida = make_speaker("IK", session=event), make_speaker("Ida Krane")
    make_panelist(event, speaker=ida)
    make_answer(make_question(event), speaker=label)

    page = desk.get(PAGE).content.decode()
    assert "“IK” could be the initials of Ida Krane" in page
    assert PAGE in desk.get("/admin/panels/speaker/").content.decode()
    assert f"{PAGE}?session={event.pk}" in desk.get(f"/admin/panels/event/{event.pk}/editor/").content.decode()
    sent = {"label": label.pk, "who": ida.pk, f"evidence-{ida.pk}": "The initials\0 fit.", "scope": "session"}
    done = desk.post(PAGE, sent, follow=True).content.decode()

    assert "“IK” identified as Ida Krane in 1 session." in done
    assert "All speakers are identified." in done
    assert list(event.answers.values_list("speaker", "evidence")) == [(ida.pk, "The initials fit.")]
    assert "Identification undone." in undo(desk).content.decode()
    assert list(event.answers.values_list("speaker", "attribution")) == [(label.pk, "stated")]


def test_what_was_typed_for_a_label_comes_back_when_it_is_refused(desk: Client) -> None:
    event = make_event(title="Lanterns")
    label, other = make_speaker("IK", session=event), make_speaker("BM", session=event)
    question = make_question(event)
    make_answer(question, speaker=label)
    make_answer(question, speaker=other)
    sent = {"label": label.pk, "evidence": "She says so in the <first> answer.", "stated": "1", "scope": "session"}

    nobody = desk.post(PAGE, sent)
    too_long = desk.post(PAGE, sent | {"name": "Ida " + "K" * 200})

    for refused in (nobody, too_long):
        page = refused.content.decode()
        assert refused.status_code == 422
        assert page.count('value="She says so in the &lt;first&gt; answer."') == 1
        assert f'id="stated-{label.pk}" checked' in page
    assert "Choose a speaker or enter a name." in nobody.content.decode()
    assert f'value="Ida {"K" * 200}"' in too_long.content.decode()
    assert not event.answers.exclude(speaker__in=[label, other]).exists()


@pytest.mark.slow
def test_twenty_people_of_ten_sessions_take_forty_clicks_at_most(desk: Client) -> None:
    events = make_series()
    clicks = 0

    while rows := desk.get(PAGE).context["rows"]:
        row = rows[0]
        who = row.candidates[0]
        sent = {"label": row.label.pk, "who": who.speaker.pk, f"evidence-{who.speaker.pk}": who.evidence}
        desk.post(PAGE, sent | {"scope": "series"})
        clicks += 1

    assert clicks == PEOPLE
    assert [event.answers.filter(attribution="inferred").count() for event in events] == [PEOPLE] * SESSIONS
    assert {one.answers.count() for one in Speaker.objects.identified()} == {SESSIONS}
    for place in [PEOPLE // 2] * (PEOPLE // 2) + [0] * (PEOPLE // 2):  # not only the last one first
        assert "Identification undone." in undo(desk, place).content.decode()
        clicks += 1
    assert clicks == 2 * PEOPLE
    assert [event.answers.filter(speaker__session=event).count() for event in events] == [PEOPLE] * SESSIONS
    assert not Speaker.objects.identified().filter(answers__isnull=False).exists()


def test_each_identification_is_undone_by_itself_and_once(desk: Client) -> None:
    event = make_event()
    question = make_question(event)
    for short, name in {"IK": "Ida Krane", "BM": "Ben Marsh"}.items():
        make_answer(question, speaker=make_speaker(short, session=event))
        label, who = Speaker.objects.get(name=short), make_speaker(name)
        desk.post(PAGE, {"label": label.pk, "who": who.pk, "evidence": "The programme.", "scope": "session"})

    first = desk.get(PAGE).context["done"][1]["key"]
    once = desk.post(PAGE, {"undo": first}, follow=True).content.decode()
    twice = desk.post(PAGE, {"undo": first}, follow=True).content.decode()

    assert "Identification undone." in once
    assert "already been undone" in twice
    assert list(event.answers.order_by("position").values_list("speaker__name", flat=True)) == ["IK", "Ben Marsh"]


def test_new_name_can_be_typed_with_a_reason(desk: Client) -> None:
    event = make_event()
    label = make_speaker("Q", session=event)
    make_answer(make_question(event), speaker=label)

    refused = desk.post(PAGE, {"label": label.pk, "name": "Ida Krane"}, follow=True).content.decode()
    assert "Give a reason." in refused
    assert not Speaker.objects.filter(name="Ida Krane").exists()
    desk.post(PAGE, {"label": label.pk, "name": "Ida Krane", "evidence": "The programme.", "stated": "1"})

    assert list(event.answers.values_list("speaker__name", "attribution")) == [("Ida Krane", "stated")]


@pytest.mark.parametrize(
    ("sent", "status"),
    [({}, 422), ({"label": "x"}, 422), ({"label": "999"}, 422), ({"label": "9" * 30}, 422), ({"undo": "1"}, 200)],
)
def test_odd_input_is_answered_with_the_page(desk: Client, sent: dict[str, str], status: int) -> None:
    answer = desk.post(PAGE, sent, follow=True)

    assert answer.status_code == status
    assert "Unidentified speakers" in answer.content.decode()
    assert desk.get(f"{PAGE}?session=x&p=y").status_code == 200


def test_who_may_not_change_a_session_identifies_nobody_in_it(client: Client) -> None:
    event = make_event(status="published", published_at="2021-05-01T00:00Z")
    label, ida = make_speaker("IK", session=event), make_speaker("Ida Krane")
    make_answer(make_question(event), speaker=label)
    client.force_login(make_editor(role="Contributor"))

    client.post(PAGE, {"label": label.pk, "who": ida.pk, "evidence": "The initials fit."})
    client.logout()
    signed_out = client.post(PAGE, {"label": label.pk, "who": ida.pk, "evidence": "The initials fit."})

    assert signed_out["Location"].startswith(reverse("admin:login"))
    assert event.answers.get().speaker == label


def test_labels_are_on_no_list_of_the_admin_and_are_not_merged(desk: Client) -> None:
    label, ida = make_speaker("IK", session=make_event()), make_speaker("Ida Krane")

    page = desk.get("/admin/panels/speaker/").content.decode()
    merging = desk.get(f"/admin/panels/speaker/merge/?of={label.pk},{ida.pk}", follow=True).content.decode()

    assert "1 speaker" in page
    assert label.slug not in page
    assert "Select at least two to merge." in merging
    assert "No likely duplicates" in desk.get("/admin/panels/speaker/duplicates/").content.decode()
