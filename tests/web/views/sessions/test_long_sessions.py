"""A session of 1,200 answers: no page of it is heavy, and every address in it leads to its passage."""

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from panels.editorial.importing import apply, plan
from panels.editorial.publishing import publish
from panels.management.generated_sessions import session_of
from panels.models import Event
from panels.reading import transcript_pages
from tests.builders import make_editor, make_session

pytestmark = pytest.mark.django_db

HEAVIEST = 300_000
_ID = re.compile(r'\bid="(q[0-9]+(?:-a[0-9]+)?)"')
_LEADS = re.compile(r'<a id="([^"]+)" href="\?part=([0-9]+)#([^"]+)">')


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> Event:
    """A session in three parts of four answers."""
    monkeypatch.setattr(transcript_pages, "WHOLE", 6_000)
    monkeypatch.setattr(transcript_pages, "LARGEST", 6_000)
    return make_session(6, 2, slug="long")


def test_no_page_is_heavy_and_every_anchor_stands_on_every_page(client: Client) -> None:
    event = apply(plan(session_of(1_200)))
    publish(event, by=make_editor())
    questions, answers = (
        event.questions.values_list("anchor", flat=True),
        event.answers.values_list("anchor", flat=True),
    )
    path = event.get_absolute_url()
    count = len(client.get(path).context["shown"].parts)
    assert count > 2

    for number in range(1, count + 1):
        response = client.get(f"{path}?part={number}")
        page = response.content.decode()
        assert len(response.content) <= HEAVIEST
        assert sorted(_ID.findall(page)) == sorted([*questions, *answers])
        leading = _LEADS.findall(page)
        assert all(anchor == target for anchor, _part, target in leading)
        assert number not in {int(part) for _anchor, part, _target in leading}


def test_the_heaviest_whole_session_is_not_heavier(client: Client) -> None:
    event = make_session(33, 5, slug="long")
    event.answers.update(text='It\'s what <they> said & "wrote". ' * 6)

    response = client.get("/events/long/")

    assert len(response.context["shown"].parts) == 1
    assert 150_000 < len(response.content) <= HEAVIEST


def test_an_anchor_leads_into_its_part(small: Event, client: Client) -> None:
    for anchor, place in {"q1": "#q1", "q2-a2": "#q2-a2", "q3": "?part=2#q3", "q6-a1": "?part=3#q6-a1"}.items():
        response = client.get(f"/events/long/?at={anchor}")
        assert (response.status_code, response["Location"]) == (302, f"/events/long/{place}")


def test_an_anchor_that_is_gone_is_gone_and_nonsense_is_not_found(small: Event, client: Client) -> None:
    small.questions.get(number=2).delete()

    assert client.get("/events/long/?at=q2-a1").status_code == 410
    for nonsense in ("q99", "x", "q1-a1-b", "<script>", "q²", "#"):
        assert client.get("/events/long/", {"at": nonsense}).status_code == 404


def test_each_part_says_where_it_is_and_names_the_others(small: Event, client: Client) -> None:
    page = " ".join(client.get("/events/long/?part=2").content.decode().split())

    assert "(part 2 of 3) · Panels</title>" in page
    assert '<link rel="canonical" href="http://testserver/events/long/?part=2">' in page
    assert '<link rel="prev" href="?part=1">' in page
    assert '<link rel="next" href="?part=3">' in page
    assert '<h2 id="parts-title">Part 2 of 3</h2>' in page
    assert "Questions 5 to 6" in page
    assert page.count('<section class="exchange"') == 2


def test_the_first_part_is_the_session_s_own_address(small: Event, client: Client) -> None:
    for query in ("", "?part=1", "?part=x"):
        page = client.get(f"/events/long/{query}").content.decode()
        assert '<link rel="canonical" href="http://testserver/events/long/">' in page


def test_a_question_that_goes_on_says_so(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transcript_pages, "WHOLE", 6_000)
    monkeypatch.setattr(transcript_pages, "LARGEST", 6_000)
    make_session(1, 9, slug="long")

    page = client.get("/events/long/?part=2").content.decode()

    assert '<span class="kind">continued</span>' in page
    assert '<section class="exchange" aria-labelledby="q1-title">' in page
    assert '<a id="q1" href="?part=1#q1">q1</a>' in page


def test_a_part_costs_no_more_queries_than_a_session(
    small: Event, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(7):
        client.get("/events/long/?part=2")


def test_the_preview_of_a_long_draft_stands_in_parts(small: Event, desk: Client) -> None:
    Event.objects.filter(pk=small.pk).update(status="draft")

    page = desk.get(f"/admin/panels/event/{small.pk}/preview/?part=3").content.decode()

    assert "Part 3 of 3" in page
    assert 'id="q6-a1"' in page
