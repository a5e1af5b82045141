"""The headline of a copied page becomes the title, and the name of the site above it the publisher."""

import datetime as dt

import pytest

from panels.editorial.proposals import with_headline, without_date
from panels.transcript import Exchange, Transcript, Turn


def copied(
    introduction: str, *, title: str = "", below: str = "© 2019 Harbour Daily. All rights reserved."
) -> Transcript:
    answer = Turn(text=f"Nobody has asked the fishermen yet.\n\n{below}", speaker="Rosa Lind")
    return Transcript(title=title, introduction=introduction, exchanges=(Exchange(question=None, answers=(answer,)),))


def found(transcript: Transcript) -> tuple[str, str, str]:
    after = with_headline(transcript)
    assert after.exchanges == transcript.exchanges
    return after.title, after.publisher, after.introduction


STANDFIRST = "The city wants to sell the old quay."


def test_headline_stands_below_the_name_of_the_site_and_lines_of_the_page() -> None:
    page = f"Harbour Daily\nSubscribe to our newsletter\nAdvertisement\n\nWho owns the quay?\n\n{STANDFIRST}"

    assert found(copied(page)) == (
        "Who owns the quay?",
        "Harbour Daily",
        f"Subscribe to our newsletter\nAdvertisement\n\n{STANDFIRST}",
    )


def test_the_name_of_the_site_is_no_title() -> None:
    page = f"Advertisement\n\n**A quay for everybody**\n\n{STANDFIRST}"
    chinese = copied("广告\n\n码头属于谁\n\n市政府想出售旧码头。", title="海港日报", below="© 海港日报")

    assert found(copied(page, title="Harbour Daily"))[:2] == ("A quay for everybody", "Harbour Daily")
    assert found(chinese)[:2] == ("码头属于谁", "海港日报")


def test_a_line_of_the_page_is_no_title() -> None:
    page = f"Who owns the quay?\n\n{STANDFIRST}"

    assert found(copied(page, title="Advertisement"))[0] == "Who owns the quay?"
    assert found(copied(page, title="Share this article"))[0] == "Who owns the quay?"
    assert found(copied("码头属于谁\n\n市政府想出售旧码头。", title="广告", below=""))[0] == "码头属于谁"


def test_another_title_and_an_introduction_without_headline_stay() -> None:
    titled = copied(f"Who owns the quay?\n\n{STANDFIRST}", title="An evening at the harbour")
    asked = copied("What should the quay become?")
    sentence = copied(f"{STANDFIRST}\n\nWe asked three neighbours")
    dated = copied(f"12 September 2021\n\n{STANDFIRST}")
    field = copied(f"Moderator: Ida Krane\n\n{STANDFIRST}")
    several = copied(f"The first line\nof two\n\n{STANDFIRST}")

    assert [with_headline(one) for one in (titled, asked, sentence, dated, field, several)] == [
        titled,
        asked,
        sentence,
        dated,
        field,
        several,
    ]


@pytest.mark.parametrize(
    "line",
    ["12 September 2021", "**Date:** Sunday, 12 September 2021", "2021-09-12", "September 12th, 2021", "2021年9月12日"],
)
def test_a_line_with_nothing_but_the_date_is_no_introduction(line: str) -> None:
    dated = Transcript(date=dt.date(2021, 9, 12), introduction=f"{line}\n\nFive people met.")

    assert without_date(dated).introduction == "Five people met."
    assert without_date(Transcript(date=dated.date, introduction=line)).introduction == ""


@pytest.mark.parametrize(
    "introduction",
    [
        "Porto, 12 September 2021\n\nFive people met.",
        "Date: 12 September 2021, 14:00 UTC\n\nFive people met.",
        "13 September 2021\n\nFive people met.",
        "12 September 2021\nFive people met.",
        "Five people met on 12 September 2021.",
        "12 September 2021\n\n2021-09-12",
    ],
)
def test_a_line_with_more_than_the_date_stays(introduction: str) -> None:
    dated = Transcript(date=dt.date(2021, 9, 12), introduction=introduction)

    assert without_date(dated) == dated


def test_a_section_of_the_menu_is_no_title() -> None:
    page = copied(f"Who owns the quay?\n\n{STANDFIRST}", title="Culture", below="News  Culture  Sport")
    other = copied(f"Who owns the quay?\n\n{STANDFIRST}", title="Culture", below="News and Culture | Sport | Weather")

    assert found(page)[0] == "Who owns the quay?"
    assert found(other)[0] == "Culture"
