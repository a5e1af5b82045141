"""Lists of the admin read a bounded number of rows, and say so."""

from typing import Any

import pytest
from django.test import Client

from panels.admin.shared.base import CappedPaginator
from panels.models import Speaker
from tests.builders import make_event, make_session, make_speaker

pytestmark = pytest.mark.django_db


def choices(desk: Client, path: str, title: str) -> list[str]:
    """The choices of a filter, without "All"."""
    found: Any = desk.get(path).context["cl"]
    (spec,) = (one for one in found.filter_specs if one.title == title)
    return [str(label) for _value, label in spec.lookup_choices]


def test_years_are_offered_newest_first_without_those_between(desk: Client) -> None:
    for date in ("1066-10-14", "2019-12-31", "2020-01-01", "2020-12-31", None):
        make_event(date=date)

    assert choices(desk, "/admin/panels/event/", "year") == ["2020", "2019", "1066", "undated"]


def test_speakers_who_answered_are_offered_by_name_and_the_chosen_one_too(desk: Client) -> None:
    jane, adam = make_speaker("Jane Doe"), make_speaker("Adam Roe")
    event = make_session(1, 2, speakers=[jane, adam])
    make_speaker("Silent Sam")
    Speaker.objects.filter(pk=jane.pk).update(note="historian")

    assert event.answers.count() == 2
    assert choices(desk, "/admin/panels/answer/", "speaker") == ["Adam Roe", "Jane Doe · historian"]
    chosen = choices(desk, "/admin/panels/answer/?speaker=silent-sam", "speaker")
    assert chosen == ["Adam Roe", "Jane Doe · historian", "Silent Sam"]


def test_tags_are_offered_where_they_are_used(desk: Client) -> None:
    event = make_session()
    event.tags.add("Of session")
    event.answers.get().tags.add("Of answer")

    assert choices(desk, "/admin/panels/event/", "tag") == ["Of session"]
    assert choices(desk, "/admin/panels/answer/", "tag") == ["Of answer"]


@pytest.mark.parametrize(("rows", "written"), [(2, "2 sessions"), (3, "3 sessions"), (4, "3+ sessions")])
def test_a_long_list_counts_its_first_rows(
    rows: int, written: str, desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(CappedPaginator, "MOST", 3)
    for _ in range(rows):
        make_event()

    page = " ".join(desk.get("/admin/panels/event/").content.decode().split())

    assert f"{written} " in page
