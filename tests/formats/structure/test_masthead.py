"""The name of a site above the headline of a copied page."""

import pytest

from panels.formats import registry
from panels.formats.base import Source
from panels.formats.structure.masthead import publisher_in

PAGE = """HARBOUR WEEKLY

How should a small port plan for higher water?

{notice}

Four people met at the Old Custom House.

Kim: The wall was built for a different sea.

Jane Doe: The sheds stand lower than the wall.

Kim: That is true.
"""


@pytest.mark.parametrize(
    "notice",
    ["© 2024 Harbour Weekly", "By the Harbour Weekly staff | 3 March 2024", "Photo: Harbour Weekly archive"],
)
def test_the_title_is_the_headline_and_not_the_sites_name(notice: str) -> None:
    transcript = registry.read(Source.of(PAGE.format(notice=notice)))

    assert transcript.title == "How should a small port plan for higher water?"
    assert transcript.publisher == "Harbour Weekly"
    assert "HARBOUR" not in transcript.introduction


@pytest.mark.parametrize(
    "notice",
    [
        "扫码关注“城市观察”公众号",
        "关注城市观察公众号",
        "图：清晨。摄影：陈屿/城市观察",
        "版权所有《城市观察》",
        "来源：城市观察",
    ],
)
def test_a_chinese_page_says_what_its_site_is_called(notice: str) -> None:
    assert publisher_in("城市观察", [notice]) == "城市观察"
    assert publisher_in("城市", ["关注城市观察", "我们城市里的人"]) == ""


def test_a_title_that_nothing_calls_a_site_stays_the_title() -> None:
    transcript = registry.read(Source.of(PAGE.format(notice="Harbour Weekly was founded in 1900.")))

    assert transcript.title == "HARBOUR WEEKLY"
    assert transcript.publisher == ""
    assert "How should a small port plan" in transcript.introduction


@pytest.mark.parametrize(
    ("line", "notice", "found"),
    [
        ("港口周刊", "版权所有 港口周刊", "港口周刊"),
        ("港口周刊", "来源：港口周刊", "港口周刊"),
        ("Harbour", "© 2024 Harbours of the world", ""),
        ("What the harbour needs and who should pay", "By What the harbour needs and who should pay", ""),
        ("", "© 2024", ""),
    ],
)
def test_a_name_is_a_publishers_where_a_notice_says_so(line: str, notice: str, found: str) -> None:
    assert publisher_in(line, ["Some words.", notice]) == found
