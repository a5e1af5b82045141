"""What a search costs, and what is told of one that finds nothing."""

import datetime as dt

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from panels.models import Question
from panels.models.database.search_index import SPAN_SHIFTS, begin_of_span, spans_of
from panels.search import Query, read_query, search
from panels.search.excerpts import ExcerptPiece
from tests.builders import make_answer, make_published, make_question, make_session, make_speaker
from tests.search.corpus import store

pytestmark = pytest.mark.django_db


def test_queries_do_not_depend_on_how_much_is_found(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    queries = 5 if connection.vendor == "sqlite" else 6  # PostgreSQL is asked first from which day to which to look
    make_session(questions=2, answers=2)
    with django_assert_num_queries(queries):
        assert search(read_query("answer")).total == 4

    for _ in range(5):
        make_session(questions=4, answers=4)
    with django_assert_num_queries(queries):
        assert search(read_query("answer")).total == 84


def test_what_is_old_is_found_behind_much_that_is_new() -> None:
    recent = make_published(date=dt.date(2025, 5, 5))
    Question.objects.bulk_create(
        Question(event=recent, number=number, anchor=f"q{number}", text="Newer?") for number in range(1, 3_102)
    )
    for year in (1840, 1999, 2024):
        make_question(make_published(date=dt.date(year, 12, 31)), text="Older, and the oldest of all?")
    make_question(recent, text="Not the oldest, nor older?")

    for typed in ("older", '"the oldest"', "older oldest -newer"):
        years = [hit.event.date.year for hit in search(read_query(typed)).hits if hit.event.date]
        assert sorted(years) == [1840, 1999, 2024, 2025]
    assert search(read_query('"the oldest of"')).total == 3
    assert search(read_query("older year:1840")).total == 1
    assert search(read_query("newer")).is_capped


@pytest.mark.parametrize(("first", "length"), [(730_000, 1), (730_001, 7), (729_999, 20_000), (733_187, 513)])
def test_spans_are_all_days_from_one_to_another_and_no_others(first: int, length: int) -> None:
    last = first + length - 1
    spans = spans_of(first, last)

    def in_spans(day: int) -> int:
        return sum(f">{shift}.{day >> shift}" in spans for shift in SPAN_SHIFTS)

    assert [in_spans(day) for day in range(first - 2, last + 3)] == [0, 0, *[1] * length, 0, 0]
    assert begin_of_span(first, length) in range(first - length, first + 1)


def test_nothing_is_asked_of_the_database_for_a_query_that_asks_nothing(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(0):
        assert search(read_query("-only -exclusions !?")).total == 0


@pytest.mark.parametrize(
    "typed", ["a -b", '"two words" one* -"not these"', "speaker:jane -tag:x year:2020", '"a b*" c']
)
def test_a_query_written_down_and_read_again_asks_the_same(typed: str) -> None:
    def asked(query: Query) -> tuple[object, ...]:
        return query.terms, query.excluded, query.filters

    query = read_query(typed)

    assert asked(read_query(str(query))) == asked(query)


def test_a_draft_with_the_address_that_is_meant_hides_nobody() -> None:
    make_session(questions=1, answers=1, speakers=[make_speaker(name="Somebody", slug="jane")], status="draft")
    public = make_session(questions=1, answers=1, speakers=[make_speaker(name="Jane Doe", slug="jane-doe")])

    found = search(read_query("answer speaker:jane"))

    assert [(hit.event, hit.speaker and hit.speaker.name) for hit in found.hits] == [(public, "Jane Doe")]
    assert search(read_query("answer -speaker:jane")).total == 0


def test_phrases_are_found_wherever_they_stand_and_left_out_alike() -> None:
    question = make_question(make_published())
    long = make_answer(question, text="的图" * 300 + "图书馆")
    soft = make_answer(question, text="大\u00ad学校")

    assert [hit.anchor for hit in search(read_query("图书")).hits] == [long.anchor]
    assert [hit.anchor for hit in search(read_query("的 -图书")).hits] == []
    assert [hit.anchor for hit in search(read_query("的 -书图")).hits] == [long.anchor]
    assert [hit.anchor for hit in search(read_query("大学校")).hits] == [soft.anchor]


def test_a_speaker_is_found_by_a_former_address_in_any_script() -> None:
    speaker = make_speaker(name="Speaker of Old", slug="now")
    speaker.former_slugs.create(slug="हिन्दी-नाम")
    make_session(1, 1, speakers=[speaker])

    assert search(read_query("answer speaker:हिन्दी-नाम")).total == 1
    assert search(read_query("answer -speaker:हिन्दी-नाम")).total == 0


def test_a_tag_is_found_by_its_exact_name_before_a_slug() -> None:
    question = make_question(make_published())
    answers = {name: make_answer(question) for name in ("C", "C#", "Cafe\u0301")}
    for name, answer in answers.items():
        answer.tags.add(name)
    c, c_sharp, cafe = ([answer.anchor] for answer in answers.values())

    def found(typed: str) -> list[str]:
        return [hit.anchor for hit in search(read_query(typed)).hits]

    assert found('tag:"C#"') == found("tag:C#") == found("tag:c-2") == c_sharp
    assert found("tag:C") == found("tag:c") == found("tag:C++") == c
    assert found("tag:Café") == found("tag:Cafe\u0301") == found("tag:cafe") == cafe


def test_a_long_query_is_read_in_part() -> None:
    store()

    assert read_query("library " * 30).is_cut
    assert read_query("x" * 501).is_cut
    assert search(read_query("library " * 30)).total == 4


def test_names_are_marked_as_they_are_and_words_by_their_stems() -> None:
    question = make_question(make_published())
    make_answer(question, speaker=make_speaker("Jane Doe"), text="What does Jane say of a doe and of does?")
    make_answer(question, speaker=make_speaker("Ben Marsh"), text="Each lamp of the lamps.")

    def marks(typed: str) -> list[str]:
        return [piece.text for hit in search(read_query(typed)).hits for piece in hit.pieces if piece.is_found]

    assert marks("Jane Doe") == ["Jane", "doe"]
    assert marks("doe") == ["doe"]
    assert marks("does") == ["does", "doe", "does"]
    assert marks("lamp") == ["lamp", "lamps"]


def test_a_name_and_a_title_that_are_found_are_marked() -> None:
    make_session(questions=1, answers=1, title="A night at the library", speakers=[make_speaker(name="Ann Librarian")])

    headings = {hit.kind: hit.heading for hit in search(read_query("librar*")).hits}

    assert headings == {
        "event": (ExcerptPiece("A night at the "), ExcerptPiece("library", is_found=True)),
        "answer": (ExcerptPiece("Ann "), ExcerptPiece("Librarian", is_found=True)),
    }
