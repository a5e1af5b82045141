"""Lines of the web page that are not part of the session: advertisements, teasers, credits, buttons, notices."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from django.utils.translation import gettext_noop

from panels.editorial.proposals.details import byline_in
from panels.editorial.proposals.passages import INTRODUCTION, text_passages
from panels.formats.speakers.people_labels import is_person
from panels.formats.structure.article_parts import is_site_words
from panels.transcript import Exchange, Transcript, Turn, Unread

_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*\)")
_SIGNS = " \t*_#>•·-–—|\\"
_WHOLE = re.compile(
    r"(?:advertisement|advertising|advert|ad|sponsored(?: content)?|paid (?:post|content)|promoted|"
    r"scroll to continue|save|print|topics?|"
    r"story continues below(?: this)?(?: advertisement)?|article continues (?:below|after).{0,40}|"
    r"(?:continue|keep) reading|read (?:more|next|also)|see also|more on this(?: story| topic)?|"
    r"most (?:read|viewed|popular)|"
    r"(?:editors?[’']s? picks?|recommended|trending)(?: (?:for you|now|stories))?|"
    r"(?:related|more) (?:articles?|stories|posts|topics?|coverage|content|reading|links)|you (?:may|"
    r"might) also like|"
    r"(?:reuse|share|print|save|listen to|gift) (?:this )?(?:content|article|story|page)|"
    r"(?:\d[\d.,]*[km]? )?(?:shares?|likes?|comments?|views?|retweets?|reposts?)|(?:view|read|show|"
    r"hide)(?: all)? comments?|"
    r"(?:copy|copied) link|link copied|back to (?:the )?top|skip (?:to|past) .{1,40}|toggle .{1,20}|"
    r"(?:subscribe|sign up|register|log ?in|sign in)(?:[ !].{0,80})?|get (?:our|the) (?:free )?(?:daily |"
    r"weekly )?newsletter.{0,60}|"
    r"(?:support|donate|follow|join) (?:us|now|our .{1,40})(?: .{1,40})?|"
    r"(?:©|\(c\)|copyright (?:©|\(c\)|\d{4})).{0,160}|.{0,80}\ball rights reserved\.?|"
    r"(?:we|this (?:web)?site|our (?:web)?site|by (?:continuing|"
    r"using)\b.{0,60}) .{0,40}\buses? (?:\w+ )?cookies\b.{0,240}|"
    r"(?:accept|reject|manage|allow)(?: all)?(?: cookies)?|cookie (?:settings|preferences|policy|notice)|"
    r"广告|廣告|推广|推廣|赞助内容|贊助內容|延伸阅读|延伸閱讀|相关(?:阅读|文章|新闻|报道|推荐|链接)|相關(?:閱讀|文章|新聞|報導|推薦|連結)|"
    r"推荐阅读|推薦閱讀|热门(?:文章|新闻)|熱門(?:文章|新聞)|更多(?:阅读|文章|新闻|内容)|阅读更多|閱讀更多|点击(?:查看|阅读).{0,30}|"
    r"(?:分享|转发|轉發|点赞|點讚|收藏|评论|評論|阅读|閱讀|浏览|瀏覽)(?:到.{1,10}|本文|数|量)?\s?[:：]?\s?[\d.,]*万?|"
    r"(?:扫码|掃碼|扫描二维码|长按).{0,40}|(?:欢迎|歡迎)?(?:关注|關注|订阅|訂閱).{0,40}(?:公众号|公眾號|频道|頻道|我们|我們|通讯|電子報).{0,10}|"
    r"(?:版权|版權)所有.{0,80}|未经.{0,20}(?:授权|许可).{0,60}|未經.{0,20}(?:授權|許可).{0,60}|转载请.{0,60}|轉載請.{0,60}|"
    r"字[号體体][:：]?\s?(?:大|中|小|[+-]).{0,40}|(?:首页|首頁)\s?[>›»/]\s?.{1,60}|"
    r"(?:本网站|本网|本站|我们|本網站|我們)(?:会)?使用\s?cookies?.{0,120}|接受(?:全部|所有)?\s?cookies?|返回(?:顶部|首页)|回到頂部)",
    re.IGNORECASE,
)
_BEGINS = re.compile(
    r"(?:read (?:more|next|also)|related(?: articles?| stories| topics?)?|see also|more from .{1,40}|"
    r"topics?|tags?|filed under|"
    r"keywords?|share (?:this|on)|follow us(?: on)?|recommended|watch|listen|"
    r"延伸阅读|延伸閱讀|相关阅读|相關閱讀|推荐阅读|推薦閱讀|阅读更多|閱讀更多|标签|標籤|关键词|關鍵詞|關鍵字|"
    r"话题|話題|责任编辑|責任編輯|编辑|編輯|来源|來源)"
    r"\s?[:：]\s*(?P<rest>\S.{0,160})",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    r"(?:first |last )?(?:published|updated|posted)(?: on)?:? (?=.{0,20}\d{4}).{4,60}|"
    r"(?=.{0,20}\d{4})[\d年月日/.:\s-]{8,24}(?:来源|來源|作者)[:：].{1,60}",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"(?:(?:photo(?:graph)?|image|picture|illustration|video|graphic|cover)s?(?: credits?| by|"
    r" courtesy(?: of)?)?|credits?|caption|"
    r"foto|bild|crédit photo|图|图源|图片|图片来源|圖片來源|圖源|摄影|攝影|供图|供圖|题图|題圖|图说|圖說|摄)"
    r"\s?[:：/]\s?\S.{0,160}|"
    r".{0,200}[(（](?:photo|image|picture|photograph|图|图源|图片来源|圖片來源|摄影|攝影)\s?(?:by|credit|"
    r"courtesy of)?\s?[:：/]\s?[^()（）]{1,80}[)）]|"
    r".{0,200}\b(?:photo(?:graph)?|image|picture|illustration)s? (?:by|courtesy of|credit:?) .{2,60}|"
    r".{0,200}[.!?。]\s*(?:photo(?:graph)?|image|picture|illustration|图|圖)s?(?: credit)?\s?[:：]\s?\S.{0,80}|"
    r".{0,120}\S\s?/\s?(?:getty(?: images)?|reuters|afp|ap|epa|alamy|shutterstock|unsplash|视觉中国|新华社)\.?",
    re.IGNORECASE,
)
_LISTS = re.compile(
    r"most (?:read|viewed|popular)|(?:editors?[’']s? picks?|recommended|trending)(?: (?:for you|now|stories))?|"
    r"(?:related|more) (?:articles?|stories|posts|coverage|reading|links)|you (?:may|might) also like|"
    r"(?:read|see) (?:also|more)|延伸阅读|延伸閱讀|"
    r"(?:相关|相關)(?:阅读|閱讀|文章|新闻|新聞|报道|報導|推荐|推薦|链接|連結)|"
    r"推荐阅读|推薦閱讀|(?:热门|熱門)(?:文章|新闻|新聞)|更多(?:阅读|文章|新闻|内容)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"\d{1,2}[.)] ")
_LONGEST_LISTED = 100  # characters
_SAYS = re.compile(r"[.!?。！？]$")
_LONGEST = 300  # characters
REASON = gettext_noop("part of the web page, removed by an editor")


def furniture(transcript: Transcript, kept: Collection[str] = ()) -> tuple[tuple[str, str], ...]:
    """The places and lines that are probably not part of the session, each once, without those that were `kept`."""
    found: dict[str, str] = {}
    passages = list(text_passages(transcript))
    for passage in passages:
        lines = passage.text.split("\n")
        listed = _listed(lines, is_last=passage is passages[-1])
        for line in lines:
            bare = line.strip()
            is_new = bare and bare not in kept and bare not in found
            names_site = bool(transcript.publisher) and bare.strip(_SIGNS) == transcript.publisher
            if is_new and (names_site or bare in listed or is_furniture(bare, opens=passage.place == INTRODUCTION)):
                found[bare] = passage.place
    return tuple((place, line) for line, place in found.items())


def _listed(lines: Sequence[str], *, is_last: bool) -> set[str]:
    """The titles of other articles below the heading of such a list.

    The list ends where somebody speaks, and with its paragraph, unless `is_last`: only the end of the page follows.
    """
    found: set[str] = set()
    is_below = is_first = False
    for line in lines:
        bare = _LINK.sub(r"\1", line).strip(_SIGNS)
        if _LISTS.fullmatch(bare.rstrip(":：")):
            is_below, is_first = True, True
        elif is_below and bare:
            is_title = bool(_NUMBERED.match(bare)) or not _SAYS.search(bare)
            is_below = len(bare) <= _LONGEST_LISTED and is_title and not _is_labelled(bare)
            is_first = False
            if is_below:
                found.add(line.strip())
        elif is_below and not is_first:
            is_below = is_last
    return found


def _is_labelled(line: str) -> bool:
    label, colon, _text = line.replace("：", ":").partition(":")
    return bool(colon) and is_person(label)


def is_furniture(line: str, *, opens: bool = False) -> bool:
    """Whether a line belongs to the page. In text that `opens` a page, this includes the byline and the day."""
    bare = _LINK.sub(r"\1", line).replace("\\", "").strip(_SIGNS)
    if not bare or len(bare) > _LONGEST:
        return False
    begins = _BEGINS.fullmatch(bare)
    credited = _CREDIT.fullmatch(bare) and (not _SAYS.search(bare) or ":" in bare[:30] or "：" in bare[:10])
    menu = is_site_words(bare) and len(bare.split()) > 1
    return bool(
        _WHOLE.fullmatch(bare.rstrip(":：")) or (begins and not _SAYS.search(begins["rest"])) or credited or menu
    ) or (opens and bool(byline_in(bare) or _PUBLISHED.fullmatch(bare)))


def without_lines(transcript: Transcript, lines: Collection[str]) -> Transcript:
    """The transcript without some lines, wherever they are paragraphs of their own. `unread` keeps them."""
    gone: list[Unread] = []
    introduction = _without(transcript.introduction, lines, 1, gone)
    exchanges = tuple(_trimmed(one, lines, gone) for one in transcript.exchanges)
    unread = tuple(sorted((*transcript.unread, *gone), key=lambda one: one.line))
    return replace(transcript, introduction=introduction, exchanges=exchanges, unread=unread)


def _trimmed(exchange: Exchange, lines: Collection[str], gone: list[Unread]) -> Exchange:
    answers = (_trimmed_turn(turn, lines, gone) for turn in exchange.answers)
    return replace(exchange, answers=tuple(turn for turn in answers if turn is not None))


def _trimmed_turn(turn: Turn, lines: Collection[str], gone: list[Unread]) -> Turn | None:
    """A turn without the lines; None if it had no other text."""
    text = _without(turn.text, lines, turn.line or 1, gone)
    return turn if text == turn.text else replace(turn, text=text) if text else None


def _without(text: str, lines: Collection[str], number: int, gone: list[Unread]) -> str:
    every = text.split("\n")
    out = [line.strip() for line in every if line.strip() and line.strip() in lines]
    if not out:
        return text
    gone += [Unread(line=number, text=line, reason=REASON) for line in out]
    left = "\n".join(line for line in every if line.strip() not in lines)
    return re.sub(r"\n(?:[ \t]*\n){2,}", "\n\n", left).strip()
