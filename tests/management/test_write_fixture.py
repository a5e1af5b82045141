import datetime as dt
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import DjangoAssertNumQueries

from panels.models import Event
from panels.reading.export import fixture_of
from tests.builders import make_answer, make_correction, make_published, make_question, make_session

pytestmark = pytest.mark.django_db


def rich_session() -> Event:
    event = make_session(questions=2, answers=2, slug="night-opening")
    question = make_question(event, asked_by=event.panelists.first().speaker, is_follow_up=True)  # type: ignore[union-attr]
    make_answer(question, attribution="unknown", media_time=12.5).tags.add("Archives")
    make_answer(question, attribution="inferred", evidence="Who else?")
    make_correction(event, anchor="q1-a1")
    for tagged in (event, question):
        tagged.tags.add("Libraries", "口述历史")
    event.questions.get(number=1).answers.get(position=2).delete()
    return event


def test_loading_what_was_written_changes_nothing(tmp_path: Path) -> None:
    written = fixture_of(rich_session())
    path = tmp_path / "session.json"
    call_command("write_fixture", "night-opening", output=path)

    call_command("loaddata", path, verbosity=0)

    assert path.read_text(encoding="utf-8") == written
    assert fixture_of(Event.objects.get()) == written


def test_what_was_written_makes_the_event_anew(tmp_path: Path) -> None:
    event = rich_session()
    written = fixture_of(event)
    path = tmp_path / "session.json"
    path.write_text(written, encoding="utf-8")
    event.delete()

    call_command("loaddata", path, verbosity=0)

    assert fixture_of(Event.objects.get()) == written
    assert make_answer(Event.objects.get().questions.get(number=1)).anchor == "q1-a3"


@pytest.mark.parametrize("microsecond", [0, 7, 999, 1_000, 123_456])
def test_times_come_back_to_the_microsecond(microsecond: int, tmp_path: Path) -> None:
    published_at = dt.datetime(2021, 3, 14, 9, 30, 27, microsecond, tzinfo=dt.UTC)
    event = make_published(slug="night-opening", published_at=published_at)
    written = fixture_of(event)
    path = tmp_path / "session.json"
    call_command("write_fixture", "night-opening", output=path)
    event.delete()

    call_command("loaddata", path, verbosity=0)

    assert Event.objects.get().published_at == published_at
    assert fixture_of(Event.objects.get()) == written


def test_it_writes_to_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    rich_session()

    call_command("write_fixture", "night-opening")

    assert json.loads(capsys.readouterr().out)


def test_it_names_an_event_that_does_not_exist() -> None:
    with pytest.raises(CommandError, match="no session 'nowhere'"):
        call_command("write_fixture", "nowhere")


def test_it_names_a_file_that_cannot_be_written(tmp_path: Path) -> None:
    rich_session()

    with pytest.raises(CommandError, match="No such file or directory"):
        call_command("write_fixture", "night-opening", output=tmp_path / "nowhere" / "session.json")


def test_it_costs_the_same_for_more_answers(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    small, large = make_session(1, 1), make_session(4, 4)
    for event in (small, large):
        with django_assert_num_queries(9):
            fixture_of(Event.objects.get(pk=event.pk))
