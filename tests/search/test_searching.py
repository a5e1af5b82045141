"""What a search costs, and what is told of one that finds nothing."""

import pytest
from pytest_django import DjangoAssertNumQueries

from panels.search import Query, read_query, search
from panels.search.excerpts import Piece
from tests.builders import make_session, make_speaker
from tests.search.corpus import store

pytestmark = pytest.mark.django_db


def test_queries_do_not_depend_on_how_much_is_found(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    make_session(questions=2, answers=2)
    with django_assert_num_queries(4):
        assert search(read_query("answer")).total == 4

    for _ in range(5):
        make_session(questions=4, answers=4)
    with django_assert_num_queries(4):
        assert search(read_query("answer")).total == 84


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
        return query.terms, query.excluded, query.narrowings

    query = read_query(typed)

    assert asked(read_query(str(query))) == asked(query)


def test_a_long_query_is_read_in_part() -> None:
    store()

    assert read_query("library " * 30).is_cut
    assert read_query("x" * 501).is_cut
    assert search(read_query("library " * 30)).total == 4


def test_a_name_and_a_title_that_are_found_are_marked() -> None:
    make_session(questions=1, answers=1, title="A night at the library", speakers=[make_speaker(name="Ann Librarian")])

    headings = {hit.kind: hit.heading for hit in search(read_query("librar*")).hits}

    assert headings == {
        "event": (Piece("A night at the "), Piece("library", is_found=True)),
        "answer": (Piece("Ann "), Piece("Librarian", is_found=True)),
    }
