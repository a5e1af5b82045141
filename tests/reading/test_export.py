import pytest
from django.core.management import call_command
from pytest_django import DjangoAssertNumQueries

from panels.formats.base import Source
from panels.formats.native import json_archive
from panels.models import Answer, Event, Panelist
from panels.reading.export import transcript_of
from panels.transcript import Attribution, Role, Translation
from tests.builders import make_session

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["babbitt_2020_04_10", "library_round_table_2021_09_18", "chengshi_dangan_2022_05_21"])
def event(request: pytest.FixtureRequest) -> Event:
    call_command("loaddata", request.param, verbosity=0)
    return Event.objects.get()


def test_transcript_of_holds_every_word_and_anchor(event: Event) -> None:
    transcript = transcript_of(event)

    asked = [
        (exchange.question.anchor, exchange.question.text) for exchange in transcript.exchanges if exchange.question
    ]
    exported = [
        (turn.anchor, turn.text, turn.evidence) for exchange in transcript.exchanges for turn in exchange.answers
    ]
    assert asked == list(event.questions.order_by("number").values_list("anchor", "text"))
    assert exported == list(
        event.answers.order_by("question__number", "position").values_list("anchor", "text", "evidence")
    )
    assert [panelist.name for panelist in transcript.panelists] == [
        str(one.speaker.name) for one in event.panelists.all()
    ]


def test_the_archive_gives_back_the_transcript(event: Event) -> None:
    transcript = transcript_of(event)

    assert json_archive.read(Source(json_archive.write(transcript).encode())) == transcript


def test_transcript_of_costs_the_same_for_more_answers(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for event in (make_session(1, 1), make_session(6, 6)):
        found = Event.objects.select_related("version").get(pk=event.pk)
        with django_assert_num_queries(4):
            transcript_of(found)


def test_transcript_of_says_which_edition_it_is_of_and_where_it_stands() -> None:
    event = make_session()
    before = transcript_of(Event.objects.get())

    event.title = "Another title"
    event.save()

    after = transcript_of(Event.objects.get(), address="https://panels.example/events/a/")
    assert (before.address, after.address) == ("", "https://panels.example/events/a/")
    assert before.version is not None
    assert after.version is not None
    assert before.version < after.version


def test_models_and_transcripts_speak_of_the_same_things() -> None:
    assert {role.value for role in Role} == set(Panelist.Role.values)
    assert {known.value for known in Attribution} == set(Answer.Attribution.values)
    assert {known.value for known in Translation} == set(Event.Translation.values)
