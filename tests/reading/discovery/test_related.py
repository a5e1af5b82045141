import pytest
from pytest_django import DjangoAssertNumQueries

from panels.models import Event
from panels.reading.discovery.related import related_to
from panels.reading.sessions import load_session
from tests.builders import make_event, make_panelist, make_published, make_session, make_speaker

pytestmark = pytest.mark.django_db


def _found(event: Event) -> list[tuple[str, tuple[str, ...], list[str]]]:
    related = related_to(load_session(event))
    return [(one.event.title, one.speakers, [tag.name for tag in one.tags]) for one in related]


def test_sessions_are_related_by_speakers_and_tags_and_it_is_said_why() -> None:
    jane, kim = make_speaker("Jane"), make_speaker("Kim")
    event = make_session(speakers=[jane, kim])
    event.tags.add("Archives", "Libraries")
    by_both = make_session(title="Both", speakers=[kim, jane], date="2001-01-01")
    by_both.tags.add("Archives")
    make_session(title="First", speakers=[kim], date="2002-01-01")
    by_tag = make_session(title="Tag", date="2019-01-01")
    by_tag.tags.add("Libraries", "Other")
    make_session(title="Neither").tags.add("Other")

    assert _found(event) == [
        ("Both", ("Jane", "Kim"), ["Archives"]),
        ("First", ("Kim",), []),
        ("Tag", (), ["Libraries"]),
    ]


def test_of_equals_the_newest_come_first_and_four_are_enough() -> None:
    jane = make_speaker("Jane")
    event = make_session(speakers=[jane])
    for year in range(2000, 2006):
        make_session(title=str(year), speakers=[jane], date=f"{year}-01-01")

    assert [title for title, *_ in _found(event)] == ["2005", "2004", "2003", "2002"]


def test_tags_of_questions_relate_too() -> None:
    event = make_session()
    event.questions.get().tags.add("Archives")
    make_session(title="Tag").tags.add("Archives")

    assert _found(event) == [("Tag", (), ["Archives"])]


def test_neither_drafts_nor_the_same_words_in_another_language_are_related() -> None:
    jane = make_speaker("Jane")
    original = make_session(title="Original", speakers=[jane], language="zh-Hans")
    translations = [make_published(translation="human", translation_of=original) for _ in range(2)]
    for event in (*translations, make_event()):
        make_panelist(event, speaker=jane)

    assert _found(original) == []
    assert _found(translations[0]) == []


def test_names_are_written_as_the_session_that_is_read_writes_them() -> None:
    zhang = make_speaker("Zhang San", original_name="张三")
    event = make_session(speakers=[zhang], language="zh-Hans")
    make_session(title="Other", speakers=[zhang])

    assert _found(event) == [("Other", ("张三",), [])]


def test_it_costs_3_queries_however_many_there_are(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    jane = make_speaker("Jane")
    event = make_session(speakers=[jane])
    event.tags.add("Archives")
    session = load_session(event)
    for more in (1, 12):
        for _ in range(more):
            make_session(speakers=[jane]).tags.add("Archives")
        with django_assert_num_queries(3):
            related_to(session)
