import pytest
from django.core.management import call_command
from django.test import Client, RequestFactory
from lxml import html
from pytest_django import DjangoAssertNumQueries

from panels.models import Event
from panels.web.errors import server_error
from tests.builders import (
    make_answer,
    make_correction,
    make_event,
    make_panelist,
    make_published,
    make_question,
    make_session,
    make_speaker,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def babbitt() -> Event:
    call_command("loaddata", "babbitt_2020_04_10", verbosity=0)
    return Event.objects.get(slug="babbitt-2020-04-10")


def body(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status
    return response.content.decode()


def test_transcript_shows_every_question_and_answer_of_the_seed(client: Client, babbitt: Event) -> None:
    page = body(client, "/events/babbitt-2020-04-10/")

    assert page.count('<section class="exchange"') == 8
    assert page.count('<article class="answer ') == 28
    assert page.count('<article class="answer unknown"') == 5
    assert page.count('<article class="answer inferred"') == 2
    assert page.count('<div class="evidence"') == 7
    assert page.count('<a class="panelist"') == 5
    assert "machine translation from Chinese" in page
    for answer in babbitt.answers.all():
        assert f'id="{answer.anchor}"' in page
        assert f'href="/events/babbitt-2020-04-10/{answer.anchor}/"' in page


def test_transcript_says_plainly_who_is_not_named_and_why(client: Client) -> None:
    event = make_published()
    make_answer(make_question(event), attribution="unknown", evidence="Two blank lines.")

    page = body(client, event.get_absolute_url())

    assert "Speaker not named in the source" in page
    assert "<p>Two blank lines.</p>" in page


def test_transcript_shows_role_and_office_of_that_day(client: Client) -> None:
    event = make_published()
    speaker = make_speaker("Jane Doe")
    make_panelist(event, speaker=speaker, role="moderator", title="Editor", organisation="The Weekly")
    make_question(event, asked_by=speaker, is_follow_up=True)

    page = body(client, event.get_absolute_url())

    assert '<span class="office">Editor, The Weekly</span>' in page
    assert '<span class="kind">follow-up</span>' in page
    assert "(moderator)" in page


def test_transcript_costs_9_queries_with_8_or_with_80_questions(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    make_published().tags.add("Archives")
    for questions in (8, 80):
        event = make_session(questions=questions, answers=3)
        for tagged in (event, event.questions.first(), event.answers.first()):
            tagged.tags.add("Archives", "Libraries")  # type: ignore[union-attr]
        make_correction(event)
        with django_assert_num_queries(9):
            Client().get(event.get_absolute_url())  # a new one: what is due is not asked for again


@pytest.mark.parametrize("path", ["/", "/events/", "/speakers/", "/tags/", "/tags/archives/", "/speakers/jane/"])
def test_lists_cost_the_same_at_1_and_at_50_events(
    path: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    speaker = make_speaker("Jane")

    def add() -> None:
        event = make_session(questions=2, answers=2, speakers=[speaker, make_speaker()])
        for tagged in (event, event.questions.first(), event.answers.first()):
            tagged.tags.add("Archives", f"Tag of {event.slug}")  # type: ignore[union-attr]

    add()
    add()
    with django_assert_max_num_queries(14) as few:
        assert Client().get(path).status_code == 200  # a new one: what is due is not asked for again
    for _ in range(48):
        add()
    with django_assert_max_num_queries(len(few)):
        assert Client().get(path).status_code == 200


def test_question_stands_at_its_own_address(client: Client, babbitt: Event) -> None:
    page = body(client, "/events/babbitt-2020-04-10/q4/")

    assert page.count('<article class="answer ') == 2
    assert 'rel="prev" href="/events/babbitt-2020-04-10/q3/"' in page
    assert 'rel="next" href="/events/babbitt-2020-04-10/q5/"' in page


def test_answer_stands_at_its_own_address(client: Client, babbitt: Event) -> None:
    page = body(client, "/events/babbitt-2020-04-10/q4-a1/")

    assert "Judging from the current situation in Shanghai" in page
    assert "deputy secretary-general, Shanghai Blockchain Technology Association" in page
    assert "inferred by the editors" in page
    assert 'rel="prev" href="/events/babbitt-2020-04-10/q4/"' in page
    assert 'rel="next" href="/events/babbitt-2020-04-10/q4-a2/"' in page
    assert '<link rel="canonical" href="http://testserver/events/babbitt-2020-04-10/q4-a1/">' in page


@pytest.mark.parametrize("anchor", ["q40", "q40-a2"])
def test_passage_costs_the_same_in_a_long_session(
    client: Client, anchor: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    event = make_session(questions=80, answers=3)

    with django_assert_num_queries(8):
        client.get(f"{event.get_absolute_url()}{anchor}/")


def test_moved_answer_keeps_its_address(client: Client) -> None:
    event = make_session(questions=2, answers=2)
    answer = event.answers.get(anchor="q1-a2")
    answer.question, answer.position = event.questions.get(number=2), 3
    answer.save()

    page = body(client, f"{event.get_absolute_url()}q1-a2/")

    assert "Question number 2?" in page


def test_corrections_stand_at_the_answer_and_at_the_foot(client: Client) -> None:
    event = make_session()
    make_correction(event, anchor="q1-a1", note="A name was *mended*.")

    page = body(client, event.get_absolute_url())

    assert page.count("A name was <em>mended</em>.") == 2
    assert '<a href="#q1-a1">q1-a1</a>' in page


def test_translations_lead_to_each_other_when_both_are_public(client: Client) -> None:
    original = make_published(language="zh-Hans", title="夜间开放", slug="yejian")
    translation = make_published(
        title="Night opening", translation="human", translated_from="zh-Hans", translation_of=original
    )
    make_event(title="Entwurf", language="de", translation="human", translation_of=original)

    there, back = body(client, "/events/yejian/"), body(client, translation.get_absolute_url())

    assert 'lang="en" dir="auto">Night opening</a>' in there
    assert 'lang="zh-Hans" dir="auto">夜间开放</a>' in back
    for page in (there, back):
        assert 'hreflang="en" href="http://testserver/events/night-opening/">' in page
        assert 'hreflang="zh-Hans" href="http://testserver/events/yejian/">' in page
    assert "Entwurf" not in there + back


def test_events_are_narrowed_by_year_tag_and_speaker(client: Client) -> None:
    speaker = make_speaker("Jane Doe")
    wanted = make_session(title="Wanted", date="2020-05-01", speakers=[speaker])
    make_session(title="Unwanted", date="2021-05-01")
    wanted.answers.get().tags.add("Archives")

    for query in ("year=2020", "tag=archives", "speaker=jane-doe", "year=2020&tag=archives&speaker=jane-doe"):
        page = body(client, f"/events/?{query}")
        assert "Wanted" in page
        assert "Unwanted" not in page


def test_years_are_those_of_what_the_list_is_narrowed_to_and_keep_it_narrowed(client: Client) -> None:
    for year in (2019, 2020):
        make_session(date=f"{year}-05-01").tags.add("Archives")
    make_session(date="2021-05-01")

    page = body(client, "/events/?tag=archives&year=2019")

    assert 'href="?tag=archives&amp;year=2020">2020 <small>1</small>' in page
    assert "year=2021" not in page
    assert '<a href="?tag=archives">All years</a>' in page


def test_events_are_narrowed_by_former_addresses_too(client: Client) -> None:
    speaker = make_speaker("Jane Doe")
    event = make_session(title="Wanted", speakers=[speaker])
    event.tags.add("Archives")
    tag = event.tags.get()
    for thing in (speaker, tag):
        thing.slug = f"new-{thing.slug}"
        thing.save()

    assert "Wanted" in body(client, "/events/?speaker=jane-doe&tag=archives")


@pytest.mark.parametrize("query", ["year=nonsense", "year=²", "page=0", "page=99", "page=x", "year=99999999999999"])
def test_a_nonsensical_query_is_answered_kindly(query: str, client: Client) -> None:
    make_session()

    assert client.get(f"/events/?{query}").status_code == 200


def test_pages_keep_what_narrows_the_list(client: Client) -> None:
    for _ in range(21):
        make_published(date="2020-05-01")

    page = body(client, "/events/?year=2020")

    assert 'rel="next" href="?year=2020&amp;page=2"' in page


def test_former_addresses_lead_to_the_present_ones(client: Client) -> None:
    event = make_session(slug="first")
    speaker = event.panelists.get().speaker
    event.tags.add("Archives")
    tag = event.tags.get()
    old_speaker = speaker.slug
    for thing, slug in ((event, "second"), (speaker, "someone"), (tag, "files")):
        thing.slug = slug
        thing.save()

    for old, new in (
        ("/events/first/", "/events/second/"),
        ("/events/first/q1-a1/?utm=1", "/events/second/q1-a1/?utm=1"),
        (f"/speakers/{old_speaker}/", "/speakers/someone/"),
        ("/tags/archives/", "/tags/files/"),
    ):
        response = client.get(old)
        assert (response.status_code, response["Location"]) == (301, new)


def test_removed_passage_is_gone_and_names_its_event(client: Client) -> None:
    event = make_session(questions=2, title="Night opening")
    event.questions.get(number=2).delete()

    page = body(client, f"{event.get_absolute_url()}q2/", 410)

    assert "Night opening" in page


def test_withdrawn_event_is_gone_at_all_its_addresses(client: Client) -> None:
    event = make_session(title="Night opening", slug="night")
    Event.objects.filter(pk=event.pk).update(status="withdrawn")

    for path in ("/events/night/", "/events/night/q1/", "/events/night/q1-a1/"):
        assert "Night opening" not in body(client, path, 410)


@pytest.mark.parametrize(
    "path",
    [
        "/nothing/",
        "/events/none/",
        "/events/none/q1/",
        "/events/none/q1-a1-x/",
        "/speakers/none/",
        "/tags/none/",
    ],
)
def test_what_does_not_exist_is_not_found(path: str, client: Client) -> None:
    assert "Page not found" in body(client, path, 404)


def test_error_page_needs_neither_database_nor_session(rf: RequestFactory) -> None:
    response = server_error(rf.get("/events/night/"))

    assert response.status_code == 500
    assert "Something went wrong" in response.content.decode()


def test_health_robots_and_sitemap(client: Client) -> None:
    event = make_session(slug="night")
    event.tags.add("Archives")

    assert body(client, "/healthz") == "ok"
    assert "Sitemap: http://testserver/sitemap.xml" in body(client, "/robots.txt")
    assert "http://testserver/sitemap-events.xml" in body(client, "/sitemap.xml")
    events = body(client, "/sitemap-events.xml")
    assert "<loc>http://testserver/events/night/</loc><lastmod>" in events
    assert "/tags/archives/" in body(client, "/sitemap-tags.xml")
    assert "/speakers/" in body(client, "/sitemap-speakers.xml")


def test_only_reading_is_allowed(client: Client) -> None:
    make_session(slug="night")

    assert client.post("/events/night/").status_code == 405


def test_pages_are_strict_about_what_runs(client: Client) -> None:
    make_session(slug="night")

    response = client.get("/events/night/")

    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "csrftoken" not in response.cookies
    assert html.fromstring(response.content).xpath("//style | //@style") == []


def test_interface_speaks_chinese_by_the_browser_and_by_hand(client: Client) -> None:
    make_session(slug="night")

    by_browser = client.get("/events/night/", headers={"Accept-Language": "zh-CN"}).content.decode()
    client.post("/language/", {"language": "zh-hans", "next": "/events/night/"})
    by_hand = client.get("/events/night/").content.decode()

    for page in (by_browser, by_hand):
        assert '<html lang="zh-hans">' in page
        assert "发言者" in page


def test_right_to_left_words_are_marked(client: Client) -> None:
    event = make_published(language="ar", title="محضر الجلسة")

    assert '<h1 lang="ar" dir="auto">محضر الجلسة</h1>' in body(client, event.get_absolute_url())
