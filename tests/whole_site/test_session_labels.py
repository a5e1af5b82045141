"""A label is not a person: “PW” of one session is shown there, and is nowhere anybody else."""

from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client

from panels.editorial.importing import apply, plan
from panels.editorial.importing.bulk import load
from panels.editorial.publishing import publish_stored
from panels.formats.base import Source
from panels.formats.native import json_archive, session_document
from panels.models import Answer, Event, Panelist, Question, Speaker
from panels.reading.export import fixture_of, transcript_of
from panels.transcript import Attribution, Exchange, PanelMember, Transcript, Turn
from tests.builders import make_answer, make_event, make_panelist, make_question, make_session, make_speaker

pytestmark = pytest.mark.django_db

WORDS = "The lanterns of the archive stay lit until the minutes are read."


def said(name: str, text: str = WORDS) -> Turn:
    return Turn(text=text, label=name, speaker=name, attribution=Attribution.STATED)


def session(title: str, *names: str) -> Transcript:
    """A session in which everybody of the panel answers one question, that the first of them asks."""
    return Transcript(
        title=title,
        panelists=tuple(PanelMember(name=name) for name in names),
        exchanges=(Exchange(question=said(names[0], "Why?"), answers=tuple(map(said, names))),),
    )


@pytest.fixture
def published() -> tuple[Event, Event]:
    """Two sessions with the label “PW” and one person, each loaded in its own way."""
    first = apply(plan(session("Lanterns", "PW", "Ida Krane")))
    list(load([("second", session("Minutes", "PW", "Ida Krane"))]))
    second = Event.objects.get(title="Minutes")
    publish_stored([first.pk, second.pk])
    return Event.objects.get(pk=first.pk), second


def labels() -> list[tuple[str, str | None]]:
    return list(Speaker.objects.order_by("pk").values_list("name", "session__title"))


def test_label_belongs_to_its_session_however_it_is_imported(published: tuple[Event, Event]) -> None:
    assert sorted(labels(), key=str) == [("Ida Krane", None), ("PW", "Lanterns"), ("PW", "Minutes")]


def test_label_is_not_taken_for_a_stored_speaker_of_that_name() -> None:
    plato = make_speaker("Plato")

    event = apply(plan(session("Lanterns", "Plato", "Ida Krane")))

    assert not plato.answers.exists()
    assert list(event.labels.values_list("name", flat=True)) == ["Plato"]


def test_text_imported_again_keeps_its_labels_and_changes_nothing() -> None:
    transcript = session("Lanterns", "PW", "Ida Krane")
    event = apply(plan(transcript))

    again = plan(transcript)

    assert again.changes_nothing
    assert [(person.name, person.known is not None) for person in again.people] == [("PW", True), ("Ida Krane", True)]
    assert apply(again).pk == event.pk
    assert Speaker.objects.count() == 2


def test_label_that_no_passage_has_any_more_is_used_again() -> None:
    event = apply(plan(session("Lanterns", "PW", "Ida Krane")))
    apply(plan(session("Lanterns", "Ida Krane"), onto=event, whole=True))

    apply(plan(session("Lanterns", "PW", "Ida Krane"), onto=event, whole=True))

    assert event.labels.get().answers.count() == 1


@pytest.mark.parametrize("row", [Panelist, Answer, Question])
def test_database_refuses_a_label_in_another_session(row: type[Any]) -> None:
    label = make_speaker("PW", session=make_event())
    other = make_question()
    makes: dict[type[Any], Any] = {
        Panelist: lambda: make_panelist(other.event, speaker=label),
        Answer: lambda: make_answer(other, speaker=label),
        Question: lambda: make_question(other.event, asked_by=label),
    }

    with pytest.raises(IntegrityError, match="label of one session"), transaction.atomic():
        makes[row]()
    with pytest.raises(IntegrityError, match="label of one session"), transaction.atomic():
        Question.objects.filter(pk=other.pk).update(asked_by=label)


def test_database_refuses_to_make_a_label_of_who_speaks_elsewhere() -> None:
    speaker = make_speaker()
    make_answer(speaker=speaker)

    with pytest.raises(IntegrityError, match="label of one session"), transaction.atomic():
        Speaker.objects.filter(pk=speaker.pk).update(session=make_event())


def test_session_has_each_label_once() -> None:
    event = make_event()
    make_speaker("PW", session=event)

    with pytest.raises(IntegrityError), transaction.atomic():
        make_speaker("PW", session=event)


def test_labels_go_with_their_session(published: tuple[Event, Event]) -> None:
    published[0].delete()

    assert sorted(labels(), key=str) == [("Ida Krane", None), ("PW", "Minutes")]


def test_readers_see_the_label_with_its_share_and_no_link(published: tuple[Event, Event], client: Client) -> None:
    label = published[0].labels.get()

    page = client.get(published[0].get_absolute_url()).content.decode()
    alone = client.get(f"{published[0].get_absolute_url()}q1-a1/").content.decode()

    assert '<span class="panelist">' in page
    assert page.count('<span class="share tone-') == 2
    assert 'href="/speakers/ida-krane/"' in page
    for shown in (page, alone):
        assert "PW" in shown
        assert f"/speakers/{label.slug}" not in shown
    narrowed = client.get(f"{published[0].get_absolute_url()}?speaker={label.slug}").content.decode()
    assert "Show all speakers" in narrowed


def test_label_has_no_page_and_is_on_no_list(published: tuple[Event, Event], client: Client) -> None:
    slug = published[0].labels.get().slug

    for address in (f"/speakers/{slug}/", f"/feeds/speakers/{slug}.atom", f"/events/?speaker={slug}"):
        assert client.get(address).status_code == 404
    assert client.get(f"/compare/?speaker={slug}&speaker=ida-krane").status_code == 404
    for address in ("/speakers/", "/sitemap.xml", "/speakers/ida-krane/", "/compare/?name=PW"):
        found = client.get(address)
        assert found.status_code == 200
        assert slug not in found.content.decode()
    assert "1 speaker, by family name" in client.get("/speakers/").content.decode()


def test_search_finds_the_passages_of_a_label_and_offers_no_such_speaker(
    published: tuple[Event, Event], client: Client
) -> None:
    found = client.get("/api/v1/search/?q=lanterns speaker:PW").json()
    page = client.get("/search/?q=lanterns").content.decode()

    answers = [hit["answer"] for hit in found["items"] if hit["answer"]]
    assert sorted(answer["event"]["title"] for answer in answers) == ["Lanterns", "Minutes"]
    assert {answer["speaker"]["name"] for answer in answers} == {"PW"}
    options = {facet["parameter"]: facet["options"] for facet in found["facets"]}
    assert [one["value"] for one in options["speaker"]] == ["ida-krane"]
    assert "speaker=ida-krane" in page
    assert "speaker=lanterns-pw" not in page


def test_api_names_a_label_without_a_page(published: tuple[Event, Event], client: Client) -> None:
    event = client.get(f"/api/v1/events/{published[0].slug}/").json()

    label, person = (one["speaker"] for one in event["panelists"])
    assert (label["name"], label["slug"], label["url"], label["api_url"]) == ("PW", None, None, None)
    assert person["api_url"].endswith("/api/v1/speakers/ida-krane/")
    assert [one["name"] for one in client.get("/api/v1/speakers/").json()["items"]] == ["Ida Krane"]
    assert client.get("/api/v1/answers/?speaker=lanterns-pw").status_code == 404


def test_citation_and_feed_write_the_label(published: tuple[Event, Event], client: Client) -> None:
    cited = client.get(f"{published[0].get_absolute_url()}q1-a1/cite.bib").content.decode()
    feed = client.get("/feeds/events.atom").content.decode()

    assert "author = {{PW}}" in cited
    assert feed.count("<name>PW</name>") == 2


def test_quote_checker_finds_the_words_of_a_label(published: tuple[Event, Event], client: Client) -> None:
    page = client.get("/quote/", {"q": WORDS}).content.decode()

    assert "<bdi>PW</bdi></span>" in page
    assert "/speakers/lanterns-pw" not in page


def test_label_comes_back_from_every_record(published: tuple[Event, Event]) -> None:
    transcript = transcript_of(published[0])

    assert [one.name for one in transcript.panelists] == ["PW", "Ida Krane"]
    for record in (json_archive, session_document):
        read = record.FORMAT.read
        assert read is not None
        assert record.FORMAT.write is not None
        back = read(Source(record.FORMAT.write(transcript).encode()))
        assert plan(back, onto=published[0], whole=True).changes_nothing


def test_fixture_brings_labels_into_another_database(
    published: tuple[Event, Event], tmp_path_factory: pytest.TempPathFactory
) -> None:
    written = tmp_path_factory.mktemp("fixtures") / "lanterns.json"
    written.write_text(fixture_of(published[0]), encoding="utf-8")
    before = fixture_of(published[0])
    published[0].delete()

    call_command("loaddata", str(written), verbosity=0)
    call_command("loaddata", str(written), verbosity=0)

    event = Event.objects.get(title="Lanterns")
    assert fixture_of(event) == before
    assert event.labels.get().name == "PW"


def test_tag_page_counts_people_and_not_labels(published: tuple[Event, Event], client: Client) -> None:
    published[0].tags.add("Light")

    page = client.get("/tags/light/").content.decode()

    assert 'value="ida-krane"' in page
    assert "lanterns-pw" not in page


def test_identified_single_name_still_has_its_page(client: Client) -> None:
    plato = make_speaker("Plato")
    make_session(speakers=[plato])

    assert client.get("/speakers/plato/").status_code == 200
