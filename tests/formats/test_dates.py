import datetime as dt

import pytest

from panels.formats.dates import date_in


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
    ],
)
def test_date_in_finds_dates_as_people_write_them(text: str) -> None:
    assert date_in(text) == dt.date(2014, 4, 9)


@pytest.mark.parametrize("text", ["", "in 2014", "2014-13-09", "call 5551234567890"])
def test_date_in_finds_none_where_none_is(text: str) -> None:
    assert date_in(text) is None
