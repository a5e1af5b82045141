"""The name of a site above the headline, as it comes along when a page is copied."""

import re
from collections.abc import Iterable

_MOST_WORDS = 6
_OWNED = (
    r"(?:©|\(c\)|copyright)[^\n]{0,20}?\b",  # © 2024 Name
    r"\bby\s+(?:the\s+)?",  # By the Name staff
    r"\b(?:photo(?:graph)?|image|picture|illustration|graphic)s?(?: credit| by)?\s?[:：/]\s?",  # Photo: Name
    r"\b(?:subscribe to|sign up (?:to|for)|follow|originally published (?:in|by|on))\s+",
    r"(?:版权所有|版權所有|来源|來源|转载自|轉載自|本文首发于|关注|關注|订阅|訂閱|©)[^\n]{0,8}?[:：]?\s?[“‘「『《]?",
    r"(?:图|圖|摄影|攝影|供图|供圖)[:：][^\n:：/]{1,20}/\s?",  # 摄影：陈屿/城市观察
)
_ENDS = r"(?!\w)|(?=公众号|公眾號|频道|頻道|资料室|資料室|编辑部|編輯部)"


def publisher_in(line: str, text: Iterable[str]) -> str:
    """The publisher that the first line of a page names, as its notices write it; empty if it is no site's name.

    A line is taken for a name only where the page itself says so: in a copyright notice, a byline or a credit.
    """
    name = line.strip(" *_#|")
    if not name or len(name.split()) > _MOST_WORDS:
        return ""
    notice = re.compile(rf"(?:{'|'.join(_OWNED)})(?P<name>{re.escape(name)})(?:{_ENDS})", re.IGNORECASE)
    return next((found["name"] for one in text if (found := notice.search(one))), "")
