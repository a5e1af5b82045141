import pytest
from pytest_django import DjangoAssertNumQueries

from panels.models import Tag
from panels.reading.discovery import tags
from panels.reading.discovery.index_window import IndexWindow, tag_facet, window_of
from panels.reading.discovery.tags import Growth, WhoAnswered
from tests.builders import make_answer, make_event, make_published, make_question, make_session, make_speaker

pytestmark = pytest.mark.django_db


def _tag() -> Tag:
    return Tag.objects.get(name="Archives")


def _window(most: int = 1000) -> IndexWindow:
    return window_of(tag_facet(_tag()), most=most)


def growth_of() -> Growth:
    return tags.growth_of(_window())


def who_answered() -> WhoAnswered:
    return tags.who_answered(_window())


def test_sessions_are_counted_by_year_with_the_years_between() -> None:
    for date in ("2018-01-01", "2020-01-01", "2020-05-01", None):
        make_published(date=date).tags.add("Archives")
    make_session(date="2021-01-01").answers.get().tags.add("Archives")
    make_event(date="2022-01-01").tags.add("Archives")

    growth = growth_of()

    assert [(one.year, one.count, one.part) for one in growth.years] == [
        (2018, 1, 50), (2019, 0, 0), (2020, 2, 100), (2021, 1, 50),
    ]  # fmt: skip
    assert (growth.undated, growth.has_gaps) == (1, False)


def test_over_centuries_empty_years_are_left_out() -> None:
    for date in ("1066-01-01", "2020-01-01"):
        make_published(date=date).tags.add("Archives")

    growth = growth_of()

    assert [one.year for one in growth.years] == [1066, 2020]
    assert growth.has_gaps


def test_a_translation_is_not_counted_again_unless_it_alone_has_the_tag() -> None:
    both, alone = make_published(date="2020-01-01"), make_published(date="2021-01-01")
    for original in (both, alone):
        make_published(date=original.date, translation="human", translation_of=original).tags.add("Archives")
    both.tags.add("Archives")

    assert [(one.year, one.count) for one in growth_of().years] == [(2020, 1), (2021, 1)]


def test_a_tag_of_nothing_dated_has_no_years() -> None:
    make_published(date=None).tags.add("Archives")

    assert growth_of().years == ()


def test_who_answered_most_often_comes_first_and_the_nameless_are_counted_apart() -> None:
    jane, kim = make_speaker("Jane"), make_speaker("Kim")
    event = make_session(1, 2, speakers=[jane, kim])
    event.tags.add("Archives")
    make_answer(event.questions.get(), attribution="unknown")
    make_answer(make_question(make_published()), speaker=kim).tags.add("Archives")
    make_answer(make_question(make_event()), speaker=jane).tags.add("Archives")

    who = who_answered()

    assert [(one.speaker.name, one.count) for one in who.speakers] == [("Kim", 2), ("Jane", 1)]
    assert (who.unnamed, who.more) == (1, False)


def test_a_label_of_one_session_is_neither_a_speaker_nor_unattributed() -> None:
    event = make_session(1, 1)
    event.tags.add("Archives")
    make_answer(event.questions.get(), speaker=make_speaker("Q", session=event))

    who = who_answered()

    assert [one.count for one in who.speakers] == [1]
    assert who.unnamed == 0


def test_of_very_many_passages_the_newest_are_counted() -> None:
    for year in (2001, 2002):
        make_session(1, 3, date=f"{year}-01-01").tags.add("Archives")
    window = _window(most=5)

    assert not window.is_whole
    assert sum(one.count for one in tags.who_answered(window).speakers) == 3
    assert [one.year for one in tags.growth_of(window).years] == [2002]


def test_it_costs_2_queries_with_1_and_with_20_sessions(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for more in (1, 20):
        for _ in range(more):
            make_session().tags.add("Archives")
        window = _window()
        with django_assert_num_queries(2):
            tags.growth_of(window)
            tags.who_answered(window)
