"""What is not published appears nowhere, and nothing that is made of it does."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from panels.editorial.history import row_history
from panels.models import Answer, Comment, Event, PreviewLink, RowRevision, Schedule
from panels.urls import urlpatterns
from tests.builders import (
    make_answer,
    make_correction,
    make_panelist,
    make_question,
    make_session,
    make_speaker,
)

pytestmark = pytest.mark.django_db

CANARY = "Kanarienvogel"


@pytest.fixture(params=["draft", "in_review", "withdrawn", "binned"])
def hidden(request: pytest.FixtureRequest) -> Event:
    """A full session that readers may not see, beside a public one that shares a speaker and a tag with it."""
    shared, other = make_speaker("Jane Shared"), make_speaker("John Shared")
    public = make_session(1, 2, title="Public", slug="public", speakers=[shared, other], date="2020-01-01")
    public.tags.add("Shared")
    event = make_session(
        title=f"{CANARY} title", slug="hidden", speakers=[shared], introduction=CANARY, date="1999-12-31",
        publisher=CANARY, programme=CANARY, source_note=CANARY,
    )  # fmt: skip
    secret = make_speaker(f"{CANARY} Person")
    make_panelist(event, speaker=secret, organisation=CANARY)
    question = make_question(event, text=CANARY, asked_by=secret)
    answer = make_answer(question, text=CANARY, speaker=secret)
    for speaker in (shared, other):
        make_answer(question, text=CANARY, speaker=speaker)
    make_question(event, text=CANARY, asked_by=shared)
    for tagged in (event, question, answer):
        tagged.tags.add("Shared", f"{CANARY} tag")
    make_correction(event, note=CANARY)
    Comment.objects.create(event=public, anchor="q1-a1", text=CANARY)
    PreviewLink.objects.create(event=event, token="of-the-canary", expires_at=timezone.now() + dt.timedelta(days=1))
    Schedule.objects.create(event=event, publish_at=timezone.now() + dt.timedelta(days=1))
    for row, field in ((shared, "biography"), (public.tags.get(), "name")):
        before = getattr(row, field)
        for value in (CANARY, before):  # which only the history of the row knows
            setattr(row, field, value)
            row.save()
            row_history.record(row, by=None, reason=RowRevision.Reason.CHANGED, note=CANARY)
    public.translation, public.translation_of = "human", event
    public.save()
    Event.objects.filter(pk=event.pk).update(slug="moved")
    Event.objects.filter(pk=event.pk).update(slug="hidden", status=request.param)
    return event


ADDRESSES = (
    "/", "/events/", "/events/?year=1999", "/events/?tag=shared", "/events/?speaker=jane-shared", "/events/public/",
    "/events/public/q1/", "/events/public/q1-a1/", "/events/public.json", "/events/public.txt", "/speakers/",
    "/speakers/jane-shared/", "/tags/", "/tags/shared/", "/sitemap.xml", "/sitemap-events.xml",
    "/sitemap-speakers.xml", "/sitemap-tags.xml", "/robots.txt", "/healthz", "/readyz",
    "/feeds/events.atom",
    "/feeds/tags/shared.atom", "/feeds/speakers/jane-shared.atom", "/events/public/cite.csl.json",
    "/events/public/q1-a1/cite.csl.json", "/quote/?q=nothing+of+that+kind", "/embed/events/public/q1-a1/",
    "/events/public/?speaker=jane-shared", "/events/public/?part=2",
    "/speakers/jane-shared/?year=1999", "/speakers/jane-shared/?tag=shared", "/compare/", "/compare/?event=public",
    "/compare/?name=kanarien", "/compare/?speaker=jane-shared&speaker=john-shared",
    "/compare/?speaker=jane-shared&speaker=john-shared&tag=shared", "/compare/?speaker=jane-shared",
    "/oembed/?url=http://testserver/events/public/q1-a1/", "/search/", "/search/?q=answer", "/search/?q=tag:shared",
    "/search/?q=speaker:jane-shared", "/search/?q=answer&year=2020", "/search/?q=nothing+of+that+kind",
    "/feeds/search.atom?q=answer", "/api/", "/api/v1/", "/api/v1/openapi.json",
    "/api/v1/events/", "/api/v1/events/?tag=shared", "/api/v1/events/?speaker=jane-shared",
    "/api/v1/events/?year=1999", "/api/v1/events/?translations_of=public", "/api/v1/events/public/",
    "/api/v1/events/public/transcript/", "/api/v1/questions/", "/api/v1/questions/?tag=shared", "/api/v1/answers/",
    "/api/v1/answers/?tag=shared", "/api/v1/answers/?speaker=jane-shared", "/api/v1/questions/public/q1/",
    "/api/v1/answers/public/q1-a1/", "/api/v1/speakers/", "/api/v1/speakers/jane-shared/", "/api/v1/tags/",
    "/api/v1/search/?q=answer", "/api/v1/search/?q=answer&tag=shared", "/api/v1/search/?q=title",
    "/api/v1/tags/shared/", "/api/v1/quote/?q=nothing+of+that+kind",
)  # fmt: skip


def test_no_public_page_shows_it(hidden: Event, client: Client, subtests: pytest.Subtests) -> None:
    for path in ADDRESSES:
        with subtests.test(path=path):
            response = client.get(path)

            assert response.status_code == 200
            shown = response.getvalue().decode()
            assert CANARY.lower() not in shown.lower()
            assert "1999-12-31" not in shown
            assert 'href="?year=1999"' not in shown


def test_counts_do_not_count_it(hidden: Event, client: Client) -> None:
    def text(path: str) -> str:
        return " ".join(client.get(path).getvalue().decode().split())

    assert "1 session, newest first" in text("/events/")
    assert "2 speakers, by family name" in text("/speakers/")
    assert "1 session · 1 answer" in text("/speakers/")
    assert '<span class="counts">1 session</span>' in text("/tags/")
    assert "1 answer</h2>" in text("/speakers/jane-shared/")
    assert "<small>1 session</small>" in text("/speakers/jane-shared/")
    assert "Shared</bdi> <small>1</small>" in text("/speakers/jane-shared/")
    assert "Shared</bdi></a> <small>1 answer</small>" in text("/tags/shared/")
    assert "1 question answered by more than one of them" in text("/compare/?speaker=jane-shared&speaker=john-shared")


OWN = (
    "/events/hidden/",
    "/events/hidden/q1/",
    "/events/hidden/q1-a1/",
    "/events/hidden.json",
    "/events/hidden.txt",
    "/events/hidden/cite.bib",
    "/events/hidden/q1-a1/cite.txt",
    "/events/hidden/?at=q1-a1",
    "/events/hidden/?part=2",
    "/events/hidden/card.png",
    "/events/hidden/q1/card.png",
    "/events/hidden/q1-a1/card.png",
    "/events/hidden/side-by-side/public/",
    "/api/v1/events/hidden/",
    "/api/v1/events/hidden/transcript/",
    "/api/v1/questions/hidden/q1/",
    "/api/v1/answers/hidden/q1-a1/",
    "/api/v1/answers/?event=hidden",
    "/api/v1/questions/?event=hidden",
    "/api/v1/events/?translations_of=hidden",
    "/api/v1/quote/?q=one+two+three&event=hidden",
)


def test_its_own_addresses_tell_nothing(hidden: Event, client: Client, subtests: pytest.Subtests) -> None:
    hidden.refresh_from_db()
    for path in OWN:
        with subtests.test(path=path):
            response = client.get(path)

            assert response.status_code == (410 if hidden.status in {"withdrawn", "binned"} else 404)
            assert CANARY not in response.getvalue().decode()


HANGING = (
    "/events/moved/", "/events/moved/q1/", "/events/moved/card.png", "/events/moved/q1-a1/card.png",
    "/speakers/kanarienvogel-person/", "/tags/kanarienvogel-tag/",
    "/events/?tag=kanarienvogel-tag", "/events/?speaker=kanarienvogel-person",
    "/feeds/tags/kanarienvogel-tag.atom", "/feeds/speakers/kanarienvogel-person.atom",
    "/preview/kanarienvogel/", "/quote/?q=x&event=hidden", "/quote/?q=x&event=moved",
    "/compare/?speaker=kanarienvogel-person", "/compare/?event=hidden", "/compare/?event=moved",
    "/compare/?tag=kanarienvogel-tag",
    "/speakers/jane-shared/?tag=kanarienvogel-tag", "/events/public/side-by-side/hidden/",
    "/events/public/side-by-side/moved/",
    "/quote/?q=x&speaker=kanarienvogel-person", "/api/v1/events/moved/", "/api/v1/questions/moved/q1/",
    "/api/v1/answers/?event=moved", "/api/v1/quote/?q=x&event=moved", "/api/v1/speakers/kanarienvogel-person/",
    "/api/v1/tags/kanarienvogel-tag/", "/api/v1/answers/?speaker=kanarienvogel-person",
    "/api/v1/events/?tag=kanarienvogel-tag", "/api/v1/questions/?tag=kanarienvogel-tag",
)  # fmt: skip


def test_addresses_that_hang_on_it_are_not_found(hidden: Event, client: Client, subtests: pytest.Subtests) -> None:
    for path in HANGING:
        with subtests.test(path=path):
            assert client.get(path).status_code == 404


def test_an_editor_sees_no_more_of_it_on_public_pages(hidden: Event, desk: Client) -> None:
    for path in ADDRESSES:
        assert CANARY not in desk.get(path).getvalue().decode()


def test_its_words_are_quoted_from_nowhere(hidden: Event, client: Client) -> None:
    hidden.answers.update(text="A canary sings in the cellar at night.")

    response = client.get("/quote/?q=A+canary+sings+in+the+cellar+at+night")

    assert response.context["checked"].verdict == "absent"
    assert client.get("/oembed/?url=http://testserver/events/hidden/q1-a1/").status_code == 404


def test_what_the_speaker_said_there_is_not_named_elsewhere(hidden: Event, client: Client) -> None:
    for answer in Answer.objects.filter(speaker__slug="jane-shared"):
        answer.tags.add("Shared")
    hidden.answers.update(text=CANARY)

    response = client.get("/events/public/q1-a1/")

    assert response.context["related_answers"] == []
    assert CANARY not in response.content.decode()


TYPED = (
    CANARY, f"{CANARY}*", CANARY.lower()[:6] + "*", "Kanarienvoget", f"speaker:{CANARY}", f'tag:"{CANARY} tag"',
    "speaker:kanarienvogel-person", "event:hidden", "event:moved", "year:1999", "Kanarienvogel Persom",
)  # fmt: skip


def test_its_words_are_found_by_no_search(hidden: Event, client: Client, subtests: pytest.Subtests) -> None:
    for typed in TYPED:
        with subtests.test(typed=typed):
            page = client.get("/search/", {"q": typed})
            feed = client.get("/feeds/search.atom", {"q": typed})

            found = page.context["found"]
            assert (found.total, found.facets, found.speakers, found.suggestions) == (0, (), (), ())
            assert b"<entry" not in feed.content
            # What nobody has is told from what a draft has by nothing.
            made_up = client.get(
                "/search/", {"q": typed.replace(CANARY, "Nobody").replace("anarienvoge", "obodyhereatal")}
            )
            assert len(made_up.context["found"].unknown) == len(found.unknown)


def test_facets_do_not_count_it(hidden: Event, client: Client) -> None:
    found = client.get("/search/?q=tag:shared").context["found"]

    counted = {facet.field: [(option.value, option.count) for option in facet.options] for facet in found.facets}
    assert counted == {
        "speaker": [("jane-shared", 2), ("john-shared", 2)],
        "tag": [("shared", 4)],
        "year": [("2020", 4)],
        "language": [("en", 4)],
    }


def test_every_public_address_is_tried_here() -> None:
    tried = {path.strip("/").partition("/")[0].partition("?")[0].partition("-")[0] for path in ADDRESSES}
    known = {
        str(getattr(pattern, "pattern", "")).strip("^").partition("/")[0].partition("-")[0] for pattern in urlpatterns
    }

    former = {name for name in known if name.startswith("(?P<before>")}  # redirects, to addresses that are tried
    assert len(former) == 2
    apart = {"admin", "language", "preview", "metrics"}  # tests/web/monitoring/test_metrics.py looks at the last one
    assert known - former - apart <= tried
