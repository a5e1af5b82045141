import pytest

from panels.models import Answer, Tag
from panels.reading.discovery.filters import PassageFilter, tags_of, years_of
from panels.reading.sessions import answers_of
from tests.builders import make_answer, make_published, make_question, make_session, make_speaker

pytestmark = pytest.mark.django_db


def test_years_are_counted_newest_first_and_undated_last() -> None:
    jane = make_speaker("Jane")
    for date in ("2019-05-01", None, "2021-05-01", "2021-06-01"):
        make_session(speakers=[jane], date=date)

    assert [(one.year, one.count) for one in years_of(answers_of(jane))] == [(2021, 2), (2019, 1), (None, 1)]


def test_an_answer_counts_once_for_each_tag_however_it_has_it() -> None:
    jane = make_speaker("Jane")
    event = make_session(2, 1, speakers=[jane])
    for tagged in (event, event.questions.get(number=1), event.answers.get(anchor="q1-a1")):
        tagged.tags.add("Archives")
    event.answers.get(anchor="q2-a1").tags.add("Hours")

    assert [(one.tag.name, one.count) for one in tags_of(answers_of(jane))] == [("Archives", 2), ("Hours", 1)]


def test_narrowed_by_year_and_tag_only_what_is_both_is_left() -> None:
    jane = make_speaker("Jane")
    wanted, other = (make_session(speakers=[jane], date=f"{year}-05-01") for year in (2020, 2021))
    third = make_session(speakers=[jane], date="2020-06-01")
    for event in (wanted, other):
        event.tags.add("Archives")

    passage_filter = PassageFilter(Tag.objects.get(), 2020)

    assert list(passage_filter.of(answers_of(jane))) == list(Answer.objects.filter(event=wanted))
    assert third.answers.get() in PassageFilter(year=2020).of(answers_of(jane))
    assert not PassageFilter()


def test_what_is_tagged_in_a_session_without_other_tags_is_found() -> None:
    jane = make_speaker("Jane")
    make_answer(make_question(make_published()), speaker=jane)

    assert tags_of(answers_of(jane)) == []
