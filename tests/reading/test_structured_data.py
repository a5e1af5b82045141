"""JSON-LD: only what schema.org knows, only what the record knows."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from panels.models import Event
from tests.builders import make_answer, make_correction, make_panelist, make_published, make_question, make_speaker
from tests.schema_org import DOMAINS, SUPERTYPES, may_have

pytestmark = pytest.mark.django_db

BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def data(client: Client, path: str) -> Any:
    (block,) = BLOCK.findall(client.get(path).content.decode())
    return json.loads(block)


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from nodes(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from nodes(inner)


def night() -> Event:
    """A session in which everything is known."""
    event = make_published(
        title="Night Opening", slug="night", introduction="About *lamps*.", publisher="Musterstadt Sheet",
        source_title="Lamps", source_url="https://sheet.example/lamps", licence="https://licence.example/",
    )  # fmt: skip
    event.tags.add("Libraries")
    jane = make_speaker("Jane Doe", slug="jane-doe", biography="Keeps *lamps*.", original_name="珍")
    make_panelist(event, speaker=jane, organisation="Town Library")
    institute = make_speaker("Institute", slug="institute", kind="organisation")
    make_panelist(event, speaker=institute, role="host")
    question = make_question(event, text="How **late**?", asked_by=institute)
    make_answer(question, text="Until *ten*.", speaker=jane)
    make_answer(question, text="Until dawn.", speaker=jane, attribution="inferred", evidence="Thanked by name.")
    make_answer(question, text="Who knows.", attribution="unknown")
    make_correction(event, anchor="q1-a1", note="Not *nine*.")
    return event


PAGES = (
    "/events/night/", "/events/night/q1/", "/events/night/q1-a1/", "/events/night/q1-a2/", "/speakers/jane-doe/",
    "/speakers/institute/",
)  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_every_type_and_property_is_in_the_vocabulary_and_fits(path: str, client: Client) -> None:
    night()

    for node in nodes(data(client, path)):
        kind = node["@type"]
        assert kind in SUPERTYPES
        properties = {name for name in node if not name.startswith("@")}
        assert properties <= set(DOMAINS)
        assert {name for name in properties if not may_have(kind, name)} == set(), kind


@pytest.mark.parametrize("fixture", ["babbitt_2020_04_10", "chengshi_dangan_2022_05_21"])
def test_the_samples_are_told_whole(fixture: str, client: Client) -> None:
    call_command("loaddata", fixture, verbosity=0)
    event = Event.objects.get()

    linked_data = data(client, event.get_absolute_url())

    assert linked_data["@context"] == "https://schema.org"
    assert linked_data["@type"] == "Conversation"
    assert len(linked_data["hasPart"]) == event.questions.count()
    assert sum(question["answerCount"] for question in linked_data["hasPart"]) == event.answers.count()
    assert len(linked_data["recordedAt"]["performer"]) == event.panelists.count()


def test_an_answer_names_its_author_its_question_and_its_session(client: Client) -> None:
    event = night()

    linked_data = data(client, "/events/night/q1-a1/")

    root = "http://testserver"
    assert linked_data == {
        "@context": "https://schema.org",
        "@type": "Answer",
        "@id": f"{root}/events/night/q1-a1/",
        "url": f"{root}/events/night/q1-a1/",
        "text": "Until ten.",
        "position": 1,
        "inLanguage": "en",
        "author": {
            "@type": "Person",
            "@id": f"{root}/speakers/jane-doe/",
            "url": f"{root}/speakers/jane-doe/",
            "name": "Jane Doe",
            "alternateName": ["珍"],
        },
        "correction": [
            {"@type": "CorrectionComment", "text": "Not nine.", "datePublished": str(event.corrections.get().date)}
        ],
        "isPartOf": {
            "@type": "Conversation",
            "@id": f"{root}/events/night/",
            "url": f"{root}/events/night/",
            "name": "Night Opening",
            "recordedAt": {"@type": "Event", "name": "Night Opening", "startDate": "2021-03-14"},
        },
        "parentItem": {
            "@type": "Question",
            "@id": f"{root}/events/night/q1/",
            "url": f"{root}/events/night/q1/",
            "name": "How late?",
            "position": 1,
            "author": {
                "@type": "Organization",
                "@id": f"{root}/speakers/institute/",
                "url": f"{root}/speakers/institute/",
                "name": "Institute",
            },
            "answerCount": 3,
        },
    }


@pytest.mark.parametrize(("slug", "property_"), [("jane-doe", "performerIn"), ("institute", "event")])
def test_a_speaker_leads_to_the_panels_whether_a_person_or_not(slug: str, property_: str, client: Client) -> None:
    night()

    (panel,) = data(client, f"/speakers/{slug}/")["mainEntity"][property_]

    assert panel["recordedIn"]["url"] == "http://testserver/events/night/"


def test_who_is_not_named_has_no_author_and_who_was_inferred_is_called_so(client: Client) -> None:
    night()

    (_stated, inferred, unknown) = data(client, "/events/night/q1/")["suggestedAnswer"]

    assert inferred["disambiguatingDescription"] == "inferred by the editors"
    assert "author" not in unknown


def test_an_undated_event_has_no_date(client: Client) -> None:
    event = make_published(date=None)

    assert data(client, event.get_absolute_url())["recordedAt"] == {"@type": "Event", "name": event.title}


def test_no_words_end_the_block(client: Client) -> None:
    title = "</script><script>alert(1)</script><!-- & \u2028"
    event = make_published(title=title)

    page = client.get(event.get_absolute_url()).content.decode()

    assert "<script>alert" not in page
    assert data(client, event.get_absolute_url())["name"] == title


def test_a_preview_tells_machines_nothing(desk: Client) -> None:
    event = make_published()
    Event.objects.filter(pk=event.pk).update(status="draft", published_at=None)

    page = desk.get(f"/admin/panels/event/{event.pk}/preview/").content.decode()

    assert "ld+json" not in page
    assert "citation_title" not in page
    assert 'class="cite"' not in page
