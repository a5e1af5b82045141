"""A speaker whom nobody knows, turned into labels of the sessions, and what readers find then."""

from typing import Any

import pytest
from django.test import Client

from panels.editorial.identifying import identify, unidentified_labels
from panels.editorial.merging.labels import make_labels, undo_labels
from panels.editorial.merging.merge import merge
from panels.editorial.merging.split import SplitError, sessions_of, split
from panels.editorial.restore import restore
from panels.models import (
    Answer,
    Correction,
    Event,
    FormerSpeakerSlug,
    Panelist,
    Question,
    RowRevision,
    SharedSpeakerSlug,
    Speaker,
    Split,
)
from tests.builders import make_panelist, make_question, make_session, make_speaker

pytestmark = pytest.mark.django_db


@pytest.fixture
def joined() -> Speaker:
    """“JW” of three series; nobody knows who that is in any of them."""
    speaker = make_speaker("JW")
    for title in ("Night", "Day", "Noon"):
        session = make_session(1, 2, speakers=[speaker], title=title, slug=title.lower(), programme=f"{title} talks")
        make_question(session, asked_by=speaker, text=f"And the lamps at {title}?")
    return speaker


def keys(*slugs: str) -> list[int]:
    return list(Event.objects.filter(slug__in=slugs).values_list("pk", flat=True))


def stored() -> list[Any]:
    """All rows that name a speaker."""
    named: tuple[tuple[Any, str], ...] = ((Panelist, "speaker"), (Answer, "speaker"), (Question, "asked_by"))
    shared: tuple[tuple[Any, str], ...] = ((FormerSpeakerSlug, "target"), (SharedSpeakerSlug, "target"))
    return [
        list(Speaker.objects.identified().order_by("pk").values()),
        *(list(model.objects.order_by("pk").values("pk", field)) for model, field in named),
        *(sorted(model.objects.values_list("slug", field)) for model, field in shared),
    ]


def test_each_session_has_a_label_and_the_speaker_is_no_more(joined: Speaker) -> None:
    make_labels(joined, by=None)

    labels = Speaker.objects.order_by("slug")
    assert [(one.name, one.slug, one.session and one.session.slug) for one in labels] == [
        ("JW", "day-jw", "day"), ("JW", "night-jw", "night"), ("JW", "noon-jw", "noon"),
    ]  # fmt: skip
    for label in labels:
        found = [(one.event.pk, one.answers, one.questions) for one in sessions_of(label)]
        assert found == [(label.session_id, 2, 1)]
        assert list(label.panelists.values_list("event", flat=True)) == [label.session_id]
    assert [label.passages for label in unidentified_labels()] == [3, 3, 3]  # type: ignore[attr-defined]


def test_history_of_each_session_and_of_the_speaker_says_so(joined: Speaker) -> None:
    make_labels(joined, by=None)

    night = Event.objects.get(slug="night")
    label = Speaker.objects.get(session=night)
    assert [one.people for one in night.revisions.order_by("number")] == [{"JW": joined.pk}, {"JW": label.pk}]
    assert night.revisions.get(number=2).why == "Label made of “JW”"
    assert RowRevision.objects.get(key=joined.pk, reason="split").note == "Labels made in 3 sessions"
    assert not Correction.objects.exists(), "readers see the same words and the same name as before"


def test_old_url_lists_the_sessions(joined: Speaker, client: Client) -> None:
    assert client.get("/speakers/jw/").status_code == 200
    make_labels(joined, by=None)
    Event.objects.filter(slug="noon").update(status="draft")

    response = client.get("/speakers/jw/")
    page = response.content.decode()

    assert response.status_code == 200
    assert '<meta name="robots" content="noindex">' in page
    assert "Sessions with “JW”" in page
    assert 'href="/events/night/"' in page
    assert 'href="/events/day/"' in page
    assert "/events/noon/" not in page
    assert client.get("/speakers/night-jw/").status_code == 404
    assert client.get("/feeds/speakers/jw.atom").status_code == 410

    Event.objects.update(status="draft")
    assert client.get("/speakers/jw/").status_code == 404


def test_old_url_names_speakers_and_sessions_after_a_split(joined: Speaker, client: Client) -> None:
    split(joined, keys("night"), Speaker(name="Jane Wren"), keeps_url=False, by=None)
    joined.refresh_from_db()

    make_labels(joined, by=None)

    for url in ("/speakers/jw/", f"/speakers/{joined.slug}/"):
        page = client.get(url).content.decode()
        assert 'href="/events/day/"' in page
        assert ("<bdi>Jane Wren</bdi>" in page) == (url == "/speakers/jw/")
    detail = client.get("/api/v1/speakers/jw/").json()["detail"]
    assert "separate speakers: jane-wren." in detail
    assert "in these sessions: day, noon." in detail


def test_links_with_the_old_slug_as_a_filter_list_the_sessions_too(joined: Speaker, client: Client) -> None:
    kim = make_speaker("Kim Lark")
    make_session(speakers=[kim], slug="with-kim")
    make_labels(joined, by=None)

    for url in ("/compare/?speaker=jw&speaker=kim-lark", "/events/?speaker=jw", "/quote/?q=a+b+c&speaker=jw"):
        response = client.get(url)
        assert response.status_code == 410, url
        assert "Sessions with “JW”" in response.content.decode()
    assert client.get("/compare/?speaker=nobody").status_code == 404
    assert client.get("/events/?speaker=nobody").status_code == 404


def test_lists_counts_search_and_api_follow(joined: Speaker, client: Client) -> None:
    def said(path: str) -> str:
        return client.get(path).content.decode()

    assert all("/speakers/jw/" in said(path) for path in ("/speakers/", "/sitemap-speakers.xml", "/events/night/"))
    make_labels(joined, by=None)

    assert not any("/speakers/jw/" in said(path) for path in ("/speakers/", "/sitemap-speakers.xml", "/events/night/"))
    assert client.get("/api/v1/speakers/").json()["items"] == []
    assert client.get("/api/v1/speakers/jw/").status_code == 410
    for query in ("speaker:jw", 'speaker:"JW"'):
        page = client.get("/search/", {"q": query}).content.decode()
        assert all(f"/events/{slug}/" in page for slug in ("night", "day", "noon")), query
    (panelist,) = client.get("/api/v1/events/night/").json()["panelists"]
    assert (panelist["speaker"]["name"], panelist["speaker"]["slug"]) == ("JW", None)


def test_speaker_keeps_the_sessions_that_are_not_chosen_and_the_url(joined: Speaker, client: Client) -> None:
    done = make_labels(joined, keys("night"), by=None)

    assert [one.event.slug for one in sessions_of(joined)] == ["day", "noon"]
    page = client.get("/speakers/jw/").content.decode()
    assert "This page also used to list 1 session that names “JW” without saying who that is" in page
    assert 'href="/events/night/"' in page
    assert str(done) == "JW → label in 1 session"


@pytest.mark.parametrize("slugs", [(), ("night",), ("night", "day", "noon")])
def test_undone_labels_leave_everything_as_it_was(slugs: tuple[str, ...], joined: Speaker, client: Client) -> None:
    joined.slug = "j-w"
    joined.save()
    split(joined, keys("noon"), Speaker(name="Jane Wren"), keeps_url=True, by=None)
    make_labels(Speaker.objects.get(name="Jane Wren"), by=None)  # so that a URL is shared
    before = stored()
    chosen = [pk for pk in keys(*slugs) if pk not in keys("noon")] if slugs else None

    done = make_labels(joined, chosen, by=None)
    assert stored() != before
    undo_labels(done, by=None)

    assert stored() == before
    assert client.get("/speakers/j-w/").status_code == 200
    assert client.get("/speakers/jw/").status_code == 301
    with pytest.raises(SplitError, match="already been undone"):
        undo_labels(done, by=None)


def test_undo_gives_back_what_the_labels_still_have(joined: Speaker) -> None:
    done = make_labels(joined, by=None)
    jane = make_speaker("Jane Wren")
    identify([Speaker.objects.get(slug="night-jw")], jane, evidence="Her lamps.", by=None)
    Event.objects.get(slug="noon").delete()
    namesake = make_speaker("JW")

    back = undo_labels(Split.objects.get(pk=done.pk), by=None)

    assert (back.pk, back.slug, namesake.slug) == (joined.pk, "jw-2", "jw")
    assert [one.event.slug for one in sessions_of(back)] == ["day"]
    assert [one.event.slug for one in sessions_of(jane)] == ["night"]


def test_labels_that_are_stored_are_used_again_and_seats_joined(joined: Speaker) -> None:
    night = Event.objects.get(slug="night")
    label = make_speaker("JW", session=night)
    make_panelist(night, speaker=label, title="Keeper")
    before = stored()

    done = make_labels(joined, by=None)

    assert Speaker.objects.get(session=night) == label
    assert [(one.speaker, one.title) for one in night.panelists.all()] == [(label, "Keeper")]
    undo_labels(done, by=None)
    assert stored() == before


def test_states_from_before_and_after_can_be_restored(joined: Speaker) -> None:
    done = make_labels(joined, by=None)
    night = Event.objects.get(slug="night")
    label = Speaker.objects.get(session=night)

    restore(night.revisions.get(number=1), by=None)
    assert set(night.answers.values_list("speaker", flat=True)) == {label.pk}

    undo_labels(done, by=None)
    restore(night.revisions.get(number=2), by=None)
    assert set(night.answers.values_list("speaker", flat=True)) == {joined.pk}

    make_labels(joined, keys("night"), by=None)
    restore(night.revisions.get(number=1), by=None)
    assert set(night.answers.values_list("speaker", flat=True)) == {label.pk}


def test_merge_with_the_speaker_is_undone_after_the_labels(joined: Speaker) -> None:
    done = make_labels(joined, keys("night"), by=None)
    merge(joined, make_speaker("Jon West"), by=None)

    with pytest.raises(SplitError, match="Undo its own merge first"):
        undo_labels(done, by=None)


@pytest.mark.parametrize("slugs", [(), ("elsewhere",), ("night", "elsewhere")])
def test_sessions_must_be_the_speakers(slugs: tuple[str, ...], joined: Speaker) -> None:
    make_session(slug="elsewhere")

    with pytest.raises(SplitError):
        make_labels(joined, keys(*slugs), by=None)

    assert not Speaker.objects.exclude(session=None).exists()


def test_only_a_stored_speaker_with_sessions_becomes_labels(joined: Speaker) -> None:
    label = make_speaker("Q", session=Event.objects.get(slug="night"))
    gone = make_speaker("M")
    Speaker.objects.filter(pk=gone.pk).delete()

    for one in (label, gone, make_speaker("A")):
        with pytest.raises(SplitError):
            make_labels(one, by=None)
