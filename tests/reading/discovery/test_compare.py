import pytest
from pytest_django import DjangoAssertNumQueries

from panels.models import Event, Speaker
from panels.reading.discovery import compare
from panels.reading.discovery.compare import SpeakerComparison, compare_speakers, panel_of, speakers_called
from tests.builders import (
    make_answer,
    make_event,
    make_panelist,
    make_published,
    make_question,
    make_session,
    make_speaker,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> list[Speaker]:
    return [make_speaker(name) for name in ("Jane", "Kim", "Lee")]


@pytest.fixture
def event(people: list[Speaker]) -> Event:
    """Jane and Kim answer q1, Jane alone q2; Lee, who is on the panel, nothing; one answer to q1 has no name."""
    event = make_published(date="2021-01-01")
    jane, kim, lee = people
    for speaker in (jane, lee):
        make_panelist(event, speaker=speaker)
    first, second = make_question(event), make_question(event)
    make_answer(first, speaker=jane, text="First.")
    make_answer(first, speaker=kim)
    make_answer(first, speaker=jane, text="Again.", attribution="inferred", evidence="By her voice.")
    make_answer(first, attribution="unknown")
    make_answer(second, speaker=jane)
    return event


def _shared(compared: SpeakerComparison) -> list[str]:
    return [question.anchor for question in compared.questions]


def test_questions_that_two_answered_stand_with_what_each_said_and_with_the_gaps(
    people: list[Speaker], event: Event
) -> None:
    compared = compare_speakers(people)

    assert _shared(compared) == ["q1"]
    (both,) = compared.both(compared.questions)
    jane, kim, lee = both.sides
    assert [answer.text for answer in jane.answers] == ["First.", "Again."]
    assert [answer.anchor for answer in kim.answers] == ["q1-a2"]
    assert lee.answers == ()
    assert (jane.was_there, kim.was_there, lee.was_there) == (True, False, True)
    assert both.unnamed == 1


def test_of_many_answers_to_one_question_the_first_are_shown_and_the_rest_counted(people: list[Speaker]) -> None:
    question = make_question(make_published())
    for turn in range(16):
        make_answer(question, speaker=people[turn % 2])
    compared = compare_speakers(people[:2])

    (both,) = compared.both(compared.questions)

    assert [(len(side.answers), side.left_out) for side in both.sides] == [(6, 2), (6, 2)]


def test_answers_where_no_other_answered_stand_apart(people: list[Speaker], event: Event) -> None:
    jane, kim, _lee = compare_speakers(people).apart()

    assert ([answer.anchor for answer in jane.answers], jane.total) == (["q2-a1"], 1)
    assert (kim.answers, kim.total) == ((), 0)


def test_of_many_answers_apart_the_newest_are_shown_and_the_rest_counted(people: list[Speaker]) -> None:
    for year in range(2000, 2006):
        make_answer(make_question(make_published(date=f"{year}-01-01")), speaker=people[0])

    jane, _kim = compare_speakers(people[:2]).apart()

    assert [answer.event.date.year for answer in jane.answers if answer.event.date] == [2005, 2004, 2003, 2002]
    assert (jane.total, jane.left_out) == (6, 2)


def test_a_tag_narrows_to_answers_that_have_it_or_whose_question_or_session_has_it(people: list[Speaker]) -> None:
    events = [make_session(1, 2, speakers=people[:2], date=f"200{year}-01-01") for year in range(4)]
    events[0].tags.add("Archives")
    events[1].questions.get().tags.add("Archives")
    for answer in events[2].answers.all():
        answer.tags.add("Archives")
    tag = events[0].tags.get()

    compared = compare_speakers(people, tag)

    assert [question.event for question in compared.questions] == [events[2], events[1], events[0]]
    assert [(one.tag, one.count) for one in compared.tags_in_common()] == [(tag, 6)]


def test_tags_of_one_alone_are_not_in_common(people: list[Speaker]) -> None:
    event = make_session(1, 2, speakers=people[:2])
    event.answers.get(anchor="q1-a1").tags.add("Archives")

    assert compare_speakers(people).tags_in_common() == []


def test_neither_drafts_nor_translations_are_compared(people: list[Speaker]) -> None:
    original = make_session(1, 2, speakers=people[:2], language="ar")
    for other in (make_event(), make_published(translation="machine", translation_of=original)):
        question = make_question(other)
        for speaker in people[:2]:
            make_answer(question, speaker=speaker)
            make_answer(make_question(other), speaker=speaker)

    compared = compare_speakers(people)

    assert [question.event for question in compared.questions] == [original]
    assert [one.total for one in compared.apart()] == [0, 0, 0]


def test_four_are_compared_at_most_each_once() -> None:
    people = [make_speaker(str(number)) for number in range(6)]

    assert compare_speakers([people[1], people[1], *people]).speakers == (people[1], people[0], people[2], people[3])


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("doe", ["Jane Doe"]),
        ("DOÉ ja", ["Jane Doe"]),
        (" jane d ", ["Jane Doe"]),
        ("wu", ["Wu Ming"]),
        ("无名", ["Jane Doe", "Wu Ming"]),  # a name may be looked for in one script and stored in the other
    ],
)
def test_speakers_are_found_by_the_beginnings_of_their_names(name: str, called: list[str]) -> None:
    jane = make_speaker("Jane Doe", original_name="无名", family_name="Doe")
    make_session(speakers=[jane, make_speaker("Kim")], answers=2)
    make_panelist(make_event(), speaker=make_speaker("Jane Doe-Draft"))
    make_session(speakers=[make_speaker("Wu Ming")])

    assert [one.name for one in speakers_called(name)] == called


@pytest.mark.parametrize("name", ["", " ", "%", "_", "ane", "'; --", "x" * 5000])
def test_nonsense_finds_nobody(name: str) -> None:
    make_session(speakers=[make_speaker("Jane Doe")])

    assert speakers_called(name) == []


def test_a_panel_is_offered_with_its_moderator_last() -> None:
    event = make_published()
    moderator = make_panelist(event, role="moderator").speaker
    panelist = make_panelist(event).speaker

    assert panel_of(event) == [panelist, moderator]


def test_it_costs_the_same_with_1_and_with_9_questions(
    people: list[Speaker], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for questions in (1, 9):
        make_session(questions, 3, speakers=people).tags.add("Archives")
        compared = compare_speakers(people)
        assert compared.is_whole  # reads the search index
        with django_assert_num_queries(8):
            compared.both(compared.questions)
            compared.apart()
            compared.tags_in_common()


def test_of_very_many_answers_the_newest_and_those_of_shared_panels_are_compared(
    people: list[Speaker], monkeypatch: pytest.MonkeyPatch
) -> None:
    jane, kim = people[:2]
    old = make_session(1, 2, speakers=[jane, kim], date="2001-01-01", title="Old")
    for speaker in (jane, kim):
        for year in range(2010, 2020):
            make_session(speakers=[speaker], date=f"{year}-01-01")
    monkeypatch.setattr(compare, "_READ", 8)

    compared = compare_speakers([jane, kim])

    assert not compared.is_whole
    assert [question.event for question in compared.questions] == [old]
    assert [(one.total > 1, one.is_whole) for one in compared.apart()] == [(True, False), (True, False)]
    assert [one.answers[0].event.date.year for one in compared.apart() if one.answers[0].event.date] == [2019, 2019]


def test_nothing_is_compared_twice_or_left_out_while_all_is_read(
    people: list[Speaker], event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = compare_speakers(people)
    answers = set(whole.answers)
    monkeypatch.setattr(compare, "_READ", 1)

    assert whole.is_whole
    assert answers == {one for one in event.answers.all() if one.speaker}
    assert set(compare_speakers(people).answers) <= answers
