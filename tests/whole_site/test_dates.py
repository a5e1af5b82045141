"""Dates and times are written in one way in each language, everywhere."""

import datetime as dt
import re
from pathlib import Path

import pytest
from django.utils import formats, translation

MOMENT = dt.datetime(2026, 11, 28, 15, 5, tzinfo=dt.UTC)
TEMPLATES = Path(__file__).parent.parent.parent / "templates"
MACHINE = {"Y-m-d", "Y/m/d"}
"""Formats of attributes that programs read, such as `datetime`."""


@pytest.mark.parametrize(
    ("language", "date", "moment"),
    [("en", "28 Nov 2026", "28 Nov 2026, 15:05"), ("zh-hans", "2026年11月28日", "2026年11月28日 15:05")],
)
def test_a_date_is_written_in_one_way(language: str, date: str, moment: str) -> None:
    with translation.override(language):
        assert {formats.date_format(MOMENT, name) for name in ("DATE_FORMAT", "SHORT_DATE_FORMAT")} == {date}
        assert {formats.date_format(MOMENT, name) for name in ("DATETIME_FORMAT", "SHORT_DATETIME_FORMAT")} == {moment}
        assert formats.time_format(MOMENT) == "15:05"


def test_templates_spell_no_date_of_their_own() -> None:
    asked = {
        (path.name, found)
        for path in TEMPLATES.rglob("*.html")
        for found in re.findall(r"\|(?:date|time):[\"']([^\"']*)[\"']", path.read_text(encoding="utf-8"))
    }

    assert {(name, found) for name, found in asked if not found.endswith("_FORMAT") and found not in MACHINE} == set()
    assert len(asked) > 10
