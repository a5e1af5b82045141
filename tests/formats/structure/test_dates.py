import datetime as dt

import pytest

from panels.formats.dates import date_in, readings


@pytest.mark.parametrize(
    "text",
    [
        "2014-04-09 A talk",
        "20140409 A talk",
        "on 9 April 2014",
        "09th of Apr. 2014",
        "April 9, 2014",
        "21. seja (9. 4. 2014)",
        "2014年4月9日",
        "9 Nonsense 2014, then 2014/04/09",
        "Wednesday, April 9th, 2014, 14:00 UTC",
        "Wed 9-Apr-2014",
        "9 April, 2014",
        "2014 April 9",
        "2014.04.09",
        "2014 年 4 月 9 日",
        "２０１４年４月９日",
        "二〇一四年四月九日",
        "民國103年4月9日",
        "平成26年4月9日",
        "2014년 4월 9일",
        "9 de abril de 2014",
        "le 9 avril 2014",
        "am 9. April 2014",
        "9 апреля 2014",
        "9 أبريل 2014",
        "٩ نيسان/أبريل ٢٠١٤",
        "9 kwietnia 2014",
        "9 Απριλίου 2014",
        "9 Nisan 2014",
        "9 באפריל 2014",
        "9. dubna 2014",
        "9 квітня 2014",
        "9. huhtikuuta 2014",
    ],
)
def test_date_in_finds_dates_as_people_write_them(text: str) -> None:
    assert date_in(text) == dt.date(2014, 4, 9)


@pytest.mark.parametrize("text", ["", "in 2014", "2014-13-09", "call 5551234567890", "9 listopada 2014"])
def test_date_in_finds_none_where_none_is(text: str) -> None:
    assert date_in(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4/23/2014", ["2014-04-23"]),
        ("23/04/2014", ["2014-04-23"]),
        ("3/4/2014", ["2014-03-04", "2014-04-03"]),
        ("Thursday 3/4/2014", ["2014-04-03"]),
        ("Tuesday, 3/4/14", ["2014-03-04"]),
        ("4/4/2014", ["2014-04-04"]),
        ("13/13/2014", []),
        ("and/or 1/2", []),
    ],
)
def test_a_date_of_figures_alone_has_every_reading_that_fits(text: str, expected: list[str]) -> None:
    assert [date.isoformat() for date in readings(text)] == expected


def test_a_date_that_may_be_two_is_none() -> None:
    assert date_in("3/4/2014") is None
    assert date_in("3/4/2014, then 23/4/2014") == dt.date(2014, 4, 23)
