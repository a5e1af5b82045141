"""Speakers and tags as ways in, and what else is related."""

import re

import pytest
from django.test import Client

from panels.models import Event, Speaker
from panels.reading.discovery import index_window
from panels.transcript.text import slug_of
from tests.builders import make_answer, make_panelist, make_published, make_question, make_session

pytestmark = pytest.mark.django_db


def body(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return " ".join(response.content.decode().split())


def test_answers_are_narrowed_by_tag_and_year_and_links_keep_both(client: Client, people: list[Speaker]) -> None:
    for year in (2019, 2020):
        event = make_session(speakers=people[:1], date=f"{year}-01-01", title=f"Session {year}")
        event.answers.update(text=f"Words of {year}.")
        event.tags.add("Archives", f"Only {year}")

    page = body(client, "/speakers/jane-doe/?tag=archives&year=2020")

    assert "Words of 2020." in page
    assert "Words of 2019." not in page
    assert "About “Archives”. From 2020." in page
    assert 'href="?tag=archives&amp;year=2019#answers"' in page
    assert 'href="?year=2020&amp;tag=only-2020#answers"' in page
    assert 'content="noindex"' in page


def test_questions_that_they_asked_are_listed(client: Client, people: list[Speaker]) -> None:
    question = make_question(make_published(), text="Why *so* late?", asked_by=people[0])

    page = body(client, "/speakers/jane-doe/")

    assert "1 question asked" in page
    assert f'<a href="{question.get_absolute_url()}">Why so late?</a>' in page


def test_offices_say_from_when_to_when(client: Client, people: list[Speaker]) -> None:
    for year in (2019, 2021):
        event = make_published(date=f"{year}-01-01")
        make_panelist(event, speaker=people[0], title="Head", organisation="Town Library")

    assert "2 sessions, 1 Jan 2019 to 1 Jan 2021" in body(client, "/speakers/jane-doe/")


def test_who_sat_with_them_can_be_compared_without_scripts(client: Client, people: list[Speaker]) -> None:
    make_session(1, 2, speakers=people)

    page = body(client, "/speakers/jane-doe/")

    assert '<input type="hidden" name="speaker" value="jane-doe">' in page
    assert '<input type="checkbox" name="speaker" value="zhang-san" aria-label="Compare with Zhang San">' in page


def test_the_name_in_the_original_script_says_its_script(client: Client, people: list[Speaker]) -> None:
    make_session(speakers=people[1:])

    name = '<bdi class="original-name" lang="und-Hani" dir="ltr">张三</bdi>'
    assert name in body(client, "/speakers/zhang-san/")
    assert name in body(client, "/speakers/")


@pytest.mark.parametrize("query", ["?year=x", "?year=0", "?year=99999", "?page=x&asked=-1", "?year=1066"])
def test_a_nonsensical_query_is_answered_kindly(query: str, client: Client, people: list[Speaker]) -> None:
    make_session(speakers=people[:1])

    body(client, f"/speakers/jane-doe/{query}")


def test_years_are_a_table_with_a_picture(client: Client) -> None:
    for date in ("2019-01-01", "2021-01-01", "2021-02-01"):
        make_published(date=date).tags.add("Archives")

    page = body(client, "/tags/archives/")

    assert '<a href="/events/?tag=archives&amp;year=2021">2021</a>' in page
    assert '<rect width="50" height="10"/></svg> <span>1</span>' in page
    assert '<th scope="row">2020</th>' in page


def test_who_answered_leads_to_what_they_answered_about_it(client: Client, people: list[Speaker]) -> None:
    event = make_session(1, 2, speakers=people)
    event.tags.add("Archives")
    make_answer(event.questions.get(), attribution="unknown")

    page = body(client, "/tags/archives/")

    assert 'href="/speakers/zhang-san/?tag=archives#answers"' in page
    assert "Speaker not named in the source</span> <small>1 answer</small>" in page
    assert '<input type="hidden" name="tag" value="archives">' in page


def test_a_transcript_names_related_sessions_and_why(client: Client, people: list[Speaker]) -> None:
    event = make_session(1, 2, speakers=people, slug="night")
    other = make_session(1, 2, speakers=people, title="Day", language="ar")
    for one in (event, other):
        one.tags.add("Archives")

    page = body(client, "/events/night/")

    assert 'lang="ar" dir="auto">Day</a>' in page
    assert 'Also with <bdi lang="en">Jane Doe, Zhang San</bdi>' in page
    assert 'Also about <a href="/tags/archives/"><bdi>Archives</bdi></a>' in page


def test_a_preview_names_no_related_sessions(desk: Client, people: list[Speaker]) -> None:
    event, other = (make_session(1, 2, speakers=people) for _ in range(2))
    Event.objects.filter(pk=event.pk).update(status="draft")

    page = desk.get(f"/admin/panels/event/{event.pk}/preview/").content.decode()

    assert other.title not in page


_OLDER = re.compile(r'<a rel="next" href="(\?[^"]*before=[0-9]+)">Show older ones</a>')


def windows_of(client: Client, path: str) -> list[str]:
    """The page, and those that its links to older passages lead to."""
    pages = [body(client, path)]
    while older := _OLDER.search(pages[-1]):
        pages.append(body(client, path.partition("?")[0] + older[1].replace("&amp;", "&")))
    return pages


def make_many(speaker: Speaker) -> list[str]:
    """Sessions of three years, each with an answer and a question of the speaker; returns the answers' texts."""
    texts = [f"Words of {year}, {month}." for year in (2018, 2019, 2020) for month in range(1, 5)]
    for number, text in enumerate(texts):
        event = make_session(speakers=[speaker], date=f"{2018 + number // 4}-0{number % 4 + 1}-01", title=text)
        event.answers.update(text=text)
        event.questions.update(asked_by=speaker)
        event.tags.add("Archives")
        event.answers.get().tags.add("Archives")
    return texts


@pytest.mark.parametrize("path", ["/speakers/jane-doe/", "/tags/archives/", "/speakers/jane-doe/?tag=archives"])
@pytest.mark.parametrize("read", [5, 9, 1000])
def test_of_very_many_answers_the_newest_are_read_and_links_lead_to_all_others(
    path: str, read: int, client: Client, people: list[Speaker], monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = make_many(people[0])
    monkeypatch.setattr(index_window, "READ", read)

    pages = windows_of(client, path)

    assert (len(pages) > 1) == (read < 1000)
    anchors = [set(re.findall(r"/events/(words-of-[0-9-]+)/q1-a1/", page)) for page in pages]
    assert sorted(slug for found in anchors for slug in found) == sorted(slug_of(text) for text in texts)
    assert ("The lists and counts on this page cover the newest passages." in pages[0]) == (read < 1000)
    assert ("Back to the newest" in pages[-1]) == (read < 1000)


def test_counts_that_are_not_whole_say_so(
    client: Client, people: list[Speaker], monkeypatch: pytest.MonkeyPatch
) -> None:
    make_many(people[0])
    monkeypatch.setattr(index_window, "READ", 10)

    assert re.search(r"[0-9]\+ answers · [0-9]\+ questions asked", body(client, "/speakers/jane-doe/"))
    assert re.search(r"Answers <small>[0-9]\+</small>", body(client, "/tags/archives/"))
    assert re.search(r"[0-9]\+ sessions, newest first", body(client, "/events/?tag=archives"))


@pytest.mark.parametrize("query", ["tag=archives", "speaker=jane-doe", "speaker=jane-doe&tag=archives"])
@pytest.mark.parametrize("read", [7, 1000])
def test_sessions_of_a_tag_or_speaker_are_all_reached(
    query: str, read: int, client: Client, people: list[Speaker], monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = make_many(people[0])
    make_session(title="Without either")
    monkeypatch.setattr(index_window, "READ", read)

    pages = windows_of(client, f"/events/?{query}")

    assert {found for page in pages for found in re.findall(r">(Words of [0-9, ]+\.)</a>", page)} == set(texts)
    assert not any("Without either" in page for page in pages)


@pytest.mark.parametrize("query", ["before=0", "before=x", "before=99999999999999999999", "before=-5", "before="])
def test_a_nonsensical_key_is_the_newest_page(query: str, client: Client, people: list[Speaker]) -> None:
    make_session(speakers=people[:1], date="2020-01-01")

    assert "1 answer" in body(client, f"/speakers/jane-doe/?{query}")


def test_a_page_number_of_former_times_leads_to_the_last_page_that_is_there(
    client: Client, people: list[Speaker], monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = make_many(people[0])
    monkeypatch.setattr(index_window, "READ", 9)

    page = body(client, "/speakers/jane-doe/?page=500")

    assert texts[-1] in page
    assert _OLDER.search(page)


def test_a_chosen_language_is_remembered(client: Client) -> None:
    client.post("/language/", {"language": "zh-hans", "next": "/speakers/?page=2"})

    assert client.cookies["django_language"]["max-age"] == 365 * 24 * 60 * 60
