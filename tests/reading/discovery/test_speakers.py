import pytest
from pytest_django import DjangoAssertNumQueries

from panels.models import Speaker
from panels.reading.discovery import speakers
from panels.reading.discovery.index_window import speaker_facet, window_of
from panels.reading.discovery.speakers import Companions, OfficeHistories
from tests.builders import make_event, make_panelist, make_published, make_session, make_speaker

pytestmark = pytest.mark.django_db


def offices_of(speaker: Speaker) -> OfficeHistories:
    return speakers.offices_of(speaker, window_of(speaker_facet(speaker)))


def companions_of(speaker: Speaker) -> Companions:
    return speakers.companions_of(speaker, window_of(speaker_facet(speaker)))


def test_an_office_is_told_once_for_the_sessions_that_attest_it() -> None:
    jane = make_speaker("Jane")
    for year, title in {2018: "Reader", 2019: "Head", 2020: "Head", 2021: "Reader"}.items():
        make_panelist(make_published(date=f"{year}-01-01"), speaker=jane, title=title)
    make_panelist(make_event(), speaker=jane, title="Secret")

    offices = [
        (one.newest.office, one.count, str(one.since.date), str(one.newest.event.date))
        for one in offices_of(jane).offices
    ]

    assert offices == [
        ("Reader", 1, "2021-01-01", "2021-01-01"),
        ("Head", 2, "2019-01-01", "2020-01-01"),
        ("Reader", 1, "2018-01-01", "2018-01-01"),
    ]


def test_a_translation_is_no_second_office() -> None:
    jane = make_speaker("Jane")
    original = make_published(language="ar")
    hidden = make_event(language="fa")
    for event in (
        original,
        make_published(translation="human", translation_of=original),
        make_published(translation="human", translation_of=hidden, title="Alone"),
    ):
        make_panelist(event, speaker=jane)

    offices = offices_of(jane)

    assert {seat.event.title for seat in offices.read} == {original.title, "Alone"}
    assert offices.is_whole


def test_of_very_many_sessions_the_newest_are_read_and_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speakers, "_SESSIONS_READ", 5)
    jane = make_speaker("Jane")
    for day in range(1, 8):
        make_panelist(make_published(date=f"2020-01-0{day}"), speaker=jane, title="Head")

    offices = offices_of(jane)

    (office,) = offices.offices
    assert (offices.is_whole, office.count, office.left_out) == (False, 5, 1)


def test_who_sat_together_most_often_comes_first() -> None:
    jane, kim, lee = (make_speaker(name) for name in ("Jane", "Kim", "Lee"))
    original = make_session(speakers=[jane, kim, lee])
    make_session(speakers=[jane, lee])
    for event in (make_event(), make_published(translation="human", translation_of=original)):
        for speaker in (jane, kim):
            make_panelist(event, speaker=speaker)

    together = companions_of(jane)

    assert [(one.name, one.together) for one in together.speakers] == [("Lee", 2), ("Kim", 1)]  # type: ignore[attr-defined]
    assert not together.more


def test_it_costs_as_much_with_1_and_with_20_companions(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    jane = make_speaker("Jane")
    for others in (1, 20):
        make_session(speakers=[jane, *(make_speaker() for _ in range(others))])
        window = window_of(speaker_facet(jane))
        with django_assert_num_queries(2):
            speakers.offices_of(jane, window)
            assert speakers.companions_of(jane, window).more == (others > 1)
