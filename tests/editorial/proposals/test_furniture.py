"""Lines of the page are proposed for removal, in pasted text as well; nothing of the session is."""

import pytest

from panels.editorial.proposals import byline_of, furniture
from panels.editorial.proposals.furniture import is_furniture
from panels.editorial.transcript_edits import edited
from panels.transcript import Attribution, Exchange, Transcript, Turn


@pytest.mark.parametrize(
    "line",
    [
        "Advertisement",
        "ADVERTISEMENT",
        "Read more: How the river came back",
        "[Read more: How the river came back](https://example.org/river)",
        "Topics: rivers, cities",
        "Related articles",
        "Subscribe to our newsletter",
        "Sign up for the weekly letter",
        "Reuse this content",
        "© 2019 The Daily Example. All rights reserved.",
        "Copyright 2019 The Daily Example",
        "Photo: Jane Doe",
        "The pier at night. Photograph: Jane Doe/Example Agency",
        "The pier at night (Photo: Jane Doe)",
        "12 shares",
        "1.2k likes",
        "View comments",
        "We use cookies to improve your experience.",
        "Accept all cookies",
        "广告",
        "延伸阅读：河流怎样回来",
        "相关文章",
        "图片来源：某某图库",
        "责任编辑：张三",
        "版权所有 2019 例报",
        "未经授权，禁止转载",
        "分享到微博",
        "Save",
        "Topics",
        "首页 > 文化 > 对谈",
        "字号：大 中 小  分享到：微信 微博",
        "本网站使用 Cookie 以改善您的体验。",
    ],
)
def test_the_pages_lines_are_proposed(line: str) -> None:
    assert is_furniture(line)


@pytest.mark.parametrize(
    "line",
    [
        "I read more than I used to.",
        "Read more books.",
        "Share this with your neighbours, I told them.",
        "We all share the river.",
        "The photo was taken by my sister in 1990.",
        "Topics like this one are never easy.",
        "Related articles were published at the time.",
        "Do you subscribe to that view?",
        "It is an advertisement for the city.",
        "Follow the money.",
        "Comments?",
        "Yes.",
        "News",
        "我们都在看广告。",
        "来源很多，我不知道。",
        "关注这个问题的人不多。",
    ],
)
def test_what_somebody_says_is_not(line: str) -> None:
    assert not is_furniture(line)


def talk() -> Transcript:
    first = Turn(
        text="Open it.\n\nAdvertisement\n\nAnd swim.", speaker="Ben Marsh", attribution=Attribution.STATED, line=5
    )
    second = Turn(text="Reuse this content", line=11)
    return Transcript(
        title="Rivers",
        introduction="By Nora Field | 11 May 2019\n\nFive people met.\n\nAdvertisement",
        exchanges=(Exchange(question=None, answers=(first, second)),),
    )


def test_all_that_is_proposed_is_removed_at_once_and_can_be_fetched_back() -> None:
    lines = [line for _place, line in furniture(talk())]

    after = edited(talk(), [{"do": "remove_lines", "lines": lines}])

    assert after.introduction == "Five people met."
    assert [turn.text for turn in after.exchanges[0].answers] == ["Open it.\n\nAnd swim."]
    assert [unread.text for unread in after.unread] == [
        "By Nora Field | 11 May 2019",
        "Advertisement",
        "Advertisement",
        "Reuse this content",
    ]


def test_what_is_kept_is_not_proposed_again() -> None:
    assert [line for _place, line in furniture(talk(), {"Advertisement"})] == [
        "By Nora Field | 11 May 2019",
        "Reuse this content",
    ]


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        ("By Nora Field | 11 May 2019", "By Nora Field"),
        ("By Nora Field and Jane Doe", "By Nora Field and Jane Doe"),
        ("作者：王小明", "作者：王小明"),
        ("2023年6月18日 | 文：沈若溪 | 摄影：陈屿", "文：沈若溪"),
        ("18 June 2023 | By Nora Field | Photo: Jane Doe", "By Nora Field"),
        ("Rivers | By Nora Field", ""),
        ("By the river we met five people.", ""),
        ("By and large it was quiet.", ""),
    ],
)
def test_a_byline_is_found(line: str, byline: str) -> None:
    assert byline_of(f"{line}\n\nFive people met.") == byline


def below(text: str, *, more: str = "") -> list[str]:
    """The lines proposed for removal from what somebody says, who may be followed by somebody else."""
    turns = tuple(Turn(text=one, speaker="Ben Marsh", line=1) for one in (text, more) if one)
    transcript = Transcript(title="Rivers", exchanges=(Exchange(question=None, answers=turns),))
    return [line for _place, line in furniture(transcript)]


@pytest.mark.parametrize("heading", ["Related articles", "Most read:", "相关阅读", "热门文章"])
def test_the_titles_of_other_articles_below_their_heading_are_proposed(heading: str) -> None:
    titles = ["Ten facts about harbours", "菜场里的十二个清晨"]

    assert below("Open it.\n\n" + "\n".join((heading, *titles))) == [heading, *titles]
    assert below("Open it.\n\n" + "\n\n".join((heading, *titles))) == [heading, *titles]


def test_what_is_said_below_a_list_of_articles_is_not_proposed() -> None:
    page = "Open it.\n\nRelated articles\n\nTen facts about harbours\n\n{}"
    proposed = ["Related articles", "Ten facts about harbours"]

    assert below(page.format("And swim in it."), more="Yes.") == proposed
    assert below(page.format("And swim in it")) == [*proposed, "And swim in it"]  # the page ends with the list
    assert below(page.format("And swim in it"), more="Yes.") == proposed
    assert below(page.format("Who should decide?"), more="Yes.") == proposed
    assert below(page.format("Ida Krane: Yes")) == proposed


@pytest.mark.parametrize(
    "line",
    ["Published 14 October 2020, 08:15", "Last updated: 3 May 2021", "2021-05-20 09:30 来源：城市晚报 作者：林小雨"],
)
def test_the_day_of_publication_is_of_the_page_only_where_it_opens_one(line: str) -> None:
    assert is_furniture(line, opens=True)
    assert not is_furniture(line)


def test_numbered_titles_below_the_heading_of_a_list_are_of_the_page() -> None:
    text = "Only with heating.\n\nMost read\n1. The ferry stops at nine\n2. Who owns the quay?"
    turn = Turn(text=text, speaker="Ben Marsh", attribution=Attribution.STATED)

    found = furniture(Transcript(exchanges=(Exchange(question=None, answers=(turn,)),)))

    assert [line for _place, line in found] == ["Most read", "1. The ferry stops at nine", "2. Who owns the quay?"]
