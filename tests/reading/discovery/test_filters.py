import pytest

from panels.models import Speaker, Tag
from panels.reading.discovery.filters import tags_of, years_of
from panels.reading.discovery.index_window import IndexWindow, PassageFilter, speaker_facet, window_of
from panels.search.index import Row
from tests.builders import make_answer, make_event, make_published, make_question, make_session, make_speaker

pytestmark = pytest.mark.django_db


def window(speaker: Speaker, passage_filter: PassageFilter | None = None) -> IndexWindow:
    return window_of(speaker_facet(speaker), passage_filter=passage_filter or PassageFilter())


def test_years_are_counted_newest_first_and_undated_last() -> None:
    jane = make_speaker("Jane")
    for date in ("2019-05-01", None, "2021-05-01", "2021-06-01"):
        make_session(speakers=[jane], date=date)

    assert [(one.year, one.count) for one in years_of(window(jane))] == [(2021, 2), (2019, 1), (None, 1)]


def test_an_answer_counts_once_for_each_tag_however_it_has_it() -> None:
    jane = make_speaker("Jane")
    event = make_session(2, 1, speakers=[jane])
    for tagged in (event, event.questions.get(number=1), event.answers.get(anchor="q1-a1")):
        tagged.tags.add("Archives")
    event.answers.get(anchor="q2-a1").tags.add("Hours")

    assert [(one.tag.name, one.count) for one in tags_of(window(jane))] == [("Archives", 2), ("Hours", 1)]


def test_narrowed_by_year_and_tag_only_what_is_both_is_left() -> None:
    jane = make_speaker("Jane")
    wanted, other = (make_session(speakers=[jane], date=f"{year}-05-01") for year in (2020, 2021))
    third = make_session(speakers=[jane], date="2020-06-01")
    for event in (wanted, other):
        event.tags.add("Archives")

    both = window(jane, PassageFilter(Tag.objects.get(), 2020))

    assert both.passages("answer") == [wanted.answers.get().pk]
    assert third.answers.get().pk in window(jane, PassageFilter(year=2020)).passages("answer")
    assert not PassageFilter()


def test_what_is_tagged_in_a_session_without_other_tags_is_found() -> None:
    jane = make_speaker("Jane")
    make_answer(make_question(make_published()), speaker=jane)

    assert tags_of(window(jane)) == []


@pytest.mark.parametrize("most", [1, 2, 3, 7, 100])
def test_windows_one_after_another_have_every_passage_once(most: int) -> None:
    jane = make_speaker("Jane")
    for date in ("2019-05-01", None, "2021-05-01", "2021-05-01"):
        make_answer(make_question(make_session(2, 2, speakers=[jane], date=date), asked_by=jane), speaker=jane)
    make_answer(make_question(make_event()), speaker=jane)  # a draft
    make_session(speakers=[make_speaker("Janet")])

    rows: list[Row] = []
    passage_filter = PassageFilter()
    while not (read := window_of(speaker_facet(jane), passage_filter=passage_filter, most=most)).is_whole:
        assert len(read.rows) == most
        rows += read.rows
        passage_filter = PassageFilter(before=read.before)
    rows += read.rows

    whole = window(jane)
    assert tuple(rows) == whole.rows
    assert sorted(whole.passages("answer")) == sorted(
        jane.answers.filter(event__status="published").values_list("pk", flat=True)
    )
    assert sorted(whole.passages("question")) == sorted(jane.questions_asked.values_list("pk", flat=True))


def test_a_year_ends_where_the_next_begins_however_far_a_window_goes() -> None:
    jane = make_speaker("Jane")
    days = ("2019-12-31", "2020-01-01", "2020-12-31", "2021-01-01")
    sessions = {day: make_session(speakers=[jane], date=day) for day in days}
    of_2020 = PassageFilter(year=2020)

    first = window_of(speaker_facet(jane), passage_filter=of_2020, most=1)
    older = window_of(speaker_facet(jane), passage_filter=PassageFilter(year=2020, before=first.before))

    assert first.events == {sessions["2020-12-31"].pk}
    assert older.events >= {sessions["2020-01-01"].pk}
    assert older.events <= {sessions["2020-01-01"].pk, sessions["2020-12-31"].pk}
