"""The parts of a published article with a panel: numbered questions, panelists' lines, site chrome.

All are recognised by form, in English and Chinese, since machine translations mix both.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from panels.formats.parsing.text_lines import Line, LineKind, unmarked
from panels.formats.speakers.names import is_capitalised, looks_like_name, squeezed
from panels.formats.wording import gettext_noop
from panels.transcript import PanelMember, Role

FURNITURE = gettext_noop("part of the web page, not of the session")

_TAGS = re.compile(
    r"(?:标签|標籤|关键词|關鍵字|tags?|topics?|keywords|filed under)\s?[:：]\s*(?P<tags>.+)", re.IGNORECASE
)
_COMMENTS = re.compile(
    r"[•·*#\s]*(?:评论列表|評論列表|评论|評論|发表评论|留言|相关文章|相關文章|相关推荐|推荐阅读|上一篇.*|下一篇.*|"
    r"(?:\d+ )?(?:comments?|responses?|replies)(?: \(\d+\))?|leave a (?:comment|reply)|"
    r"related (?:posts|articles|stories|reading)|you may also like|share this(?: \w+)?:?|post navigation|"
    r"about the author)\s*[:：]?",
    re.IGNORECASE,
)
_CHROME = re.compile(
    r"(?:home|menu|blog|news|events|forum|archives?|docs|search|sign in|log ?in|sign up|subscribe(?: now)?|"
    r"share|tweet|print|email|facebook|twitter|linkedin|"
    r"share (?:on|via|this).{0,30}|reply|your email address will not be published.*|"
    r"skip to (?:main )?content|follow us|newsletter|contact(?: us)?|about(?: us)?|privacy policy|"
    r"terms of (?:use|service)|cookies?(?: policy)?|all rights reserved.*|©.*|copyright.*|powered by .*|"
    r"\d+ (?:min(?:ute)?s? read|views?|likes?|shares?|comments?)|首页|首頁|博客|论坛|論壇|新闻|文档|"
    r"社区|关于|關於|关于我们|登录|"
    r"注册|登入|分享|收藏|点赞|阅读 ?\d*|关注我们|關注我們|关注公众号|扫码关注.{0,10}|订阅|訂閱|联系我们|聯繫我們|"
    r"返回顶部|回到頂部|隐私政策|隱私政策|使用条款|使用條款|版权声明|版權聲明|免责声明|网站地图|"
    r"登録|ログイン|ホーム|お問い合わせ|シェア|購読|プライバシーポリシー|구독|공유|로그인|홈|문의|"
    r"startseite|impressum|datenschutz|kontakt|abonnieren|anmelden|teilen|folgen sie uns|"
    r"accueil|s['’]abonner|partager|mentions légales|suivez-nous|"
    r"inicio|suscríbete|suscribirse|compartir|síguenos|aviso legal|"
    r"главная|подписаться|подпишитесь|поделиться|контакты|войти|мы в соцсетях|"
    r"(?:by )?admin(?: \d+)*|\w+ \d+ \d+)",
    re.IGNORECASE,
)
_MENU = re.compile(r"\s{2,}|\t|\s*[|·•/›»]\s*|(?<=[\u4e00-\u9fff])\s(?=[\u4e00-\u9fff])")
_TITLE_OF = re.compile(r"\sof\s(?=(?:the\s)?[“\"'‘A-Z])|\sat\s(?=(?:the\s)?[“\"'‘A-Z])|,\s(?=[A-Z“\"])")
_SEPARATOR = re.compile(r"\s*(?:[,，:：|｜]|[-–—](?=\s))\s*|\s+")
_MODERATES = re.compile(r"\b(?:moderator|host)\b|主持人", re.IGNORECASE)
_CREDIT = re.compile(
    r"(?:cr|(?:photo|image|picture|pic|illustration|cover)s?(?: credits?| by| courtesy(?: of)?)?|credits?|"
    r"fotos?|bild(?:er)?|bildnachweis|text und (?:bild|fotos?)|(?:crédits? )?photos?|propos recueillis par|"
    r"fotografía|fotografia|fotoğraf|zdjęcia|"
    r"фото(?:графии|граф)?|иллюстрации?|съ[её]мка|текст и фото|تصوير|الصورة?|صورة|"
    r"撮影|写真|文・写真|取材・文|取材|構成|イラスト|文|사진|글|취재|정리|"
    r"图|图源|图片|图片来源|圖片來源|圖源|摄影|攝影|供图|题图|題圖|撰文|文字整理|责任编辑|責任編輯|排版|校对|校對|编辑|編輯)"
    r"(?:\s?[:：]|(?<=by))\s*\S.{0,80}",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(r"(?:[-–—~]{1,2})\s?(?P<name>[^\W\d_][^-–—~:,]{1,40})")
_LONGEST_NAME = 4  # words
_FEWEST_ENTRIES = 3  # of a menu
_LONGEST_ENTRY = 2  # words


def tags_in(line: Line) -> tuple[str, ...]:
    """The tags on a line that contains nothing else: `标签: #Block #Industry`."""
    found = _TAGS.fullmatch(line.text)
    if not found:
        return ()
    parts = "`" if "`" in found["tags"] else "#" if "#" in found["tags"] else "[,，、]"
    names = re.split(parts, found["tags"])
    return tuple(dict.fromkeys(name.strip() for name in names if name.strip()))


def ends_article(line: Line) -> bool:
    """Whether a line is the heading of what follows an article on its page: comments, related articles."""
    return bool(_COMMENTS.fullmatch(line.text))


def is_chrome(line: Line) -> bool:
    """Whether a line belongs to the site rather than the article."""
    return is_site_words(line.text)


def is_site_words(text: str) -> bool:
    """Whether a text is from the site's menu or footer."""
    bare = text.strip(" •·|*_")
    parts = [part.strip(" •·|*_") for part in _MENU.split(bare)]
    known = sum(bool(_CHROME.fullmatch(part)) for part in parts)
    return bool(_CHROME.fullmatch(bare)) or (len(parts) > 1 and known == len(parts)) or (known > 0 and _is_menu(parts))


def _is_menu(parts: Sequence[str]) -> bool:
    """Whether the parts of a line, of which one is known from menus, are those of a menu: several, and short."""
    return len(parts) >= _FEWEST_ENTRIES and all(0 < len(part.split()) <= _LONGEST_ENTRY for part in parts)


def is_credit(line: Line) -> bool:
    """Whether a line is only the credit of a picture: `Photo: Jane Doe`, `图源：…`."""
    return line.alone and is_credit_text(line.text)


def is_credit_text(text: str) -> bool:
    """Whether a text is only such a credit."""
    return bool(_CREDIT.fullmatch(unmarked(text)))


def signature(line: Line) -> str:
    """The name with which somebody signs the text above: `– Juan`."""
    found = _SIGNATURE.fullmatch(line.text)
    fits = found and looks_like_name(found["name"]) and is_capitalised(found["name"])
    return found["name"] if found and fits and len(found["name"].split()) <= _LONGEST_NAME else ""


def panelists_in(lines: Sequence[Line], speakers: Collection[str]) -> Iterator[tuple[Line, PanelMember]]:
    """The lines that introduce panelists, with the panelists.

    A line does if it begins with the name of somebody who speaks later, and continues with a title; so does one
    of the same form (`Name, title`) next to such a line, for somebody who never speaks by name.
    """
    by_name = {line.number: found for line in lines if (found := _beginning(line, speakers))}
    for at, line in enumerate(lines):
        is_adjacent = any(other.number in by_name for other in lines[max(at - 1, 0) : at + 2])
        found = by_name.get(line.number) or (_by_form(line) if is_adjacent else None)
        if found:
            yield line, found


def _beginning(line: Line, speakers: Collection[str]) -> PanelMember | None:
    if line.kind is not LineKind.WORDS:
        return None
    text = unmarked(line.text.lstrip("-*•· "))
    longer = _by_form(line)
    for name in speakers:
        if longer and longer.name.startswith(f"{name} "):
            return longer
        rest = text[len(name) :]
        if text.startswith(name) and (not rest or _SEPARATOR.match(rest)):
            return _panelist(name, _SEPARATOR.sub("", rest, count=1))
    return None


def _by_form(line: Line) -> PanelMember | None:
    text = unmarked(re.sub(r"^[-*•·\s]+", "", line.text))
    name, comma, rest = text.partition("," if "," in text else "，")
    name = name.strip()
    fits = comma and looks_like_name(name) and is_capitalised(name) and len(name.split()) <= _LONGEST_NAME
    sentence = rest.rstrip(" \"'”’」").endswith((".", "。")) or any(sign.isdigit() for sign in name)
    return _panelist(name, rest.strip()) if fits and not sentence else None


def _panelist(name: str, described: str) -> PanelMember:
    found = _TITLE_OF.search(described)
    title, organisation = (described[: found.start()], described[found.end() :]) if found else (described, "")
    name, _, part = name.partition(" (")
    role = Role.MODERATOR if _MODERATES.search(described) or _MODERATES.search(part) else Role.PANELIST
    name = name if not part or role is Role.MODERATOR else f"{name} ({part}"
    return PanelMember(name=name, role=role, title=title.strip(), organisation=organisation.strip())


def same(one: str, other: str) -> bool:
    """Whether two names are spelled the same, ignoring case and accents."""
    return squeezed(one) == squeezed(other)
