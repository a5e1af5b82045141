"""Names of people as labels write them: what can be one, what stands for nobody, who may be meant.

A label is a name, an initial, a given name, a handle, a part somebody plays ("Moderator", "Q"), or no label
at all ("Break", "Slides"). What a label says is kept; who is meant by it is guessed here and never set.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein

from panels.transcript import Candidate

TIME = r"(?:\d{1,3}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?"
_TIME = re.compile(TIME)
_PARTICLE_WORDS = "van der den de la le von zu da di du del dos of the al el bin ibn and y e i & und et per for at from"
_PARTICLES = frozenset(_PARTICLE_WORDS.split())
_NOT_NAME_WORDS = """
    note notes question answer example warning tip tldr ps p.s so and but well now okay ok first second third
    finally also then remember spoiler update edit edited http https break jingle music sponsor sponsors title date
    intro outro introduction location place slides slide video audio media recording transcript transcription summary
    agenda topic topics time where when who what why how abstract links link source sources references reference
    tweet paper chair scribe present presenter presenters regrets minutes meeting attendees participants participant
    details duration
    telegram medium discord facebook github instagram youtube reddit linkedin whatsapp wechat weibo
    copyright tags tag categories category posted published see bonus ad advertisement theorem definition proof
    option step figure table chapter section part theme subject announcement cve twitter website blog email
    interview reporter-note correction corrections disclaimer credits produced editing editor's transcriber outtakes
    outtake laughter laughs laughing applause cheering cheers clapping sighs singing coughs gasps silence inaudible
    indistinct unintelligible beep static chatter foreign
    crosstalk theme clip promo commercial resolved resolution action issue conclusion
    next previous status result results todo proposal pros cons today yes no right bonus-question however because
    主题 時間 时间 地點 地点 位置 幻灯片 幻燈片 日期 来源 來源 标签 標籤 作者 编辑
    編輯 原文 链接 視頻 视频
    音乐 音樂 掌声 掌聲 笑 笑声 笑聲 鼓掌
    备注 注 例如 比如 导读 摘要
    hi hello hey oh ah uh um yeah yep nope thanks thank sure sorry wow great good bye welcome please
    none tbd poll vote votes dates times contact logistics registration venue consensus
    consensus/resolution speaker's speakers timeline scope goals motivation background overview summary/conclusion
    january february march april may june july august september october november december monday tuesday wednesday
    thursday friday saturday sunday
    total spent owner name from to subject cc added fixed changed removed deprecated improved verdict methods
    ingredients input output expected actual deadline cost version important reminder takeaway takeaways
    thema ort datum fazit hinweis hinweise anmerkung beispiel zusammenfassung quelle quellen vorteil vorteile nachteil
    nachteile ziele ergebnis uhrzeit einleitung remarque remarques exemple sujet objet résumé avantages
    tema lugar fecha nota ejemplo ubicación diapositivas título resumen
"""
_NOT_NAMES = frozenset(_NOT_NAME_WORDS.split())
_NOT_LAST = frozenset(
    {"song", "music", "break", "jingle", "clip", "theme", "ad", "voiceover", "video", "trailer", "sound", "effect"}
)
_NOBODY = re.compile(
    r"(?:unknown|unidentified|unnamed|unattributed|n/?a|\?+|未知)(?:[ _-]*(?:speaker|voice|说话人|者))?", re.IGNORECASE
)
_VOICE = re.compile(
    r"(?:speaker|spk|voice|sprecher|orador|locutor|说话人|說話者|发言人)[ _#-]*(?-i:[\dA-Z一二三四五六七八九]{0,3})",
    re.IGNORECASE,
)
_ASKER = re.compile(
    r"(?:q|question)\s?#?\d{0,3} (?:from|by) .{1,40}|"
    r"(?:q|qu|question|问|問|提问|提問|追问|追問|p|pregunta|frage)(?:\s?[-–—]|\.)?\s*\d{0,3}|"
    r"(?:audiencia|público|publikum|oyente|質問者|청중)(?: ?\d{1,2})?|"
    r"(?:audience|attendee|listener|reader|viewer|student|participant|reporter|questioner|观众|觀眾|听众|聽眾|网友|網友|记者|記者)"
    r"(?:[ _-]?(?:member|question|q|提问))?[ _-]?(?-i:[\dA-Z]{0,2})",
    re.IGNORECASE,
)
_ANSWERER = re.compile(r"(?:a|ans|answer|答|回答|r|respuesta|antwort|réponse)(?:\s?[-–—]|\.)?\s*\d{0,3}", re.IGNORECASE)
_CHAIR = re.compile(
    r"(?:the )?(?:moderator|host|interviewer|chair|chairman|chairperson|chairwoman|facilitator|emcee|moderadora?|"
    r"presentadora?|entrevistadora?|moderation|moderatorin|interviewerin|animateur|animatrice|modérat(?:eur|rice)|"
    r"ведущ(?:ий|ая)|司会|司会者|사회자|主持人|主持|司仪|采访者|訪問者)(?: ?\d)?",
    re.IGNORECASE,
)
_PARTS = re.compile(
    r"(?:interviewee|guest|guests|panelist|panellist|panel|respondent|all|everyone|both|嘉宾|嘉賓|受访者|"
    r"全体|全體|众人|眾人)(?: ?\d)?",
    re.IGNORECASE,
)
_DEFINED = re.compile(r"(?P<name>[^()（）]{2,50}?)\s?[(（](?P<short>[^()（）]{1,12})[)）]")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_CJK_HAN = re.compile(r"[\u4e00-\u9fff]")
_CJK_POINT = re.compile(
    r"第?[一二三四五六七八九十\d]+(?:点|點|是|方面|个|個|步|部分|章|节|節|类|種|种)?|"
    r"首先|其次|最后|最後|另外|总之|總之|结论|結論|总结|總結|注意|原因|背景|优点|缺点|好处|坏处"
)
_CJK_SENTENCE = re.compile(r"[的了是在我你就也和很]")
_CJK_NAME = re.compile(
    r"(?:[赵趙钱錢孙孫李周吴吳郑鄭王冯馮陈陳褚卫衛蒋蔣沈韩韓杨楊朱秦尤许許何吕呂施张張孔曹严嚴华華金魏陶姜戚谢謝邹鄒喻柏窦竇章"
    r"云苏蘇潘葛范彭郎鲁魯韦韋马馬苗方俞任袁柳鲍鮑史唐费費廉岑薛雷贺賀倪汤湯滕殷罗羅毕畢郝邬鄔安常乐于傅皮齐齊康伍余元顾顧孟黄黃"
    r"穆萧蕭肖尹姚邵汪祁毛狄米贝貝戴谈談宋庞龐熊纪紀舒屈项項祝董梁杜阮蓝藍闵閔席季贾賈路江童颜顏郭梅盛林钟鍾徐邱丘骆駱高夏蔡田樊"
    r"胡凌霍虞万萬柯管卢盧莫房缪解应應丁宣邓鄧洪包诸左石崔吉龚龔程嵇邢裴陆陸荣翁荀甄曲封储靳段巫焦侯宓蓬全班仰秋仲伊宫宁寧仇栾甘"
    r"厉武符刘劉景詹束龙龍叶葉司黎白蒲赖賴卓蔺池乔喬苍闻莘党翟谭譚贡劳逄姬申冉桑桂牛寿边燕冀尚温溫庄莊晏柴瞿阎閻连茹习艾鱼容向古"
    r"易廖终居衡步都耿满弘匡国文寇广聂晁敖冷辛阚那简饶曾沙丰关關相查后红游权盖益桓公代]|欧阳|歐陽|司马|诸葛|上官|夏侯|皇甫|尉迟)"
    r"[\u4e00-\u9fff]{1,2}|(?:佐藤|佐々木|鈴木|伊藤|渡辺|山|中|小|加藤|吉|松|井|清|斎藤|三|長|前|藤|岡|後藤|村|近藤|坂|遠藤|青|福|西|太|原|"
    r"橋|大)[\u4e00-\u9fff々]{0,3}|[\u4e00-\u9fff]{1,6}[·•・][\u4e00-\u9fff·•・]{1,8}|[A-Za-z][\w.]*\s?[\u4e00-\u9fff]{1,4}"
)
_INITIALS = re.compile(r"[A-Z](?:\.?[A-Z]){0,3}\.?\d?(?:/[A-Z]{1,4})*")
_SENTENCE = re.compile(
    r"[!?…,。，！？、]\s|[!?…,。，！？]$|[;；]|[^\s.]{4,}\.\s|https?://|[<>{}=“”\"\[\]#]|"
    r"^[-–—*•…(（]|^\.\.|^\d+[. ]|[—–]$"
)
_TITLES = re.compile(r"^(?:(?:Prof|Capt|Dipl|Univ|Assoc|Asst|Insp)\.[- ]?)+(?=\S)")
_SURNAME_FIRST = re.compile(
    r"(?P<family>[^\W\d_][\w'’-]+), (?!(?P=family))[^\W\d_][\w'’.-]+(?: [^\W\d_][\w.]*)?(?: \([^()]{1,40}\))?"
)
_LONGEST = 6  # words
_SHORTENED = 4  # letters of a shortened word, with its full stop
_WHOLE_NAME = range(2, 5)  # words
_LONGEST_LABEL = 200  # characters
_LONGEST_CJK = 10  # characters
_SPELLINGS = 2  # letters changed, swapped, left out, added


@lru_cache(maxsize=20_000)
def squeezed(name: str) -> str:
    """Letters and digits only, case and accents ignored: what two spellings of one name share."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    return "".join(character for character in plain if character.isalnum())


@lru_cache(maxsize=10_000)
def looks_like_name(label: str) -> bool:
    """Whether a label could name somebody: few words, capitals where names have them, no sentence."""
    if len(label) > _LONGEST_LABEL:
        return False
    label = _TITLES.sub("", _without_office(label.strip().lstrip("@")))
    if is_part(label) or (_SURNAME_FIRST.fullmatch(label) and is_capitalised(label) and not _no_name(label.split())):
        return True
    if not label or _TIME.search(label) or _SENTENCE.search(label) or _ends_sentence(label):
        return False
    words = re.sub(r"[(（].*?[)）]", " ", label).replace("|", " ").replace("/", " ").split()
    if not words or len(words) > _LONGEST or _no_name(words):
        return False
    if _CJK.search(label):
        return _is_cjk_name("".join(words)) or len(words) > 1
    return any(word[0].isalpha() for word in words) and (len(label) > 1 or label.isupper())


def _is_cjk_name(label: str) -> bool:
    return len(label) <= _LONGEST_CJK and not _CJK_SENTENCE.search(label) and not _CJK_POINT.fullmatch(label)


def _without_office(label: str) -> str:
    """A label without what follows a comma, where a whole name stands before it: `Ada Byron, Example Ltd`."""
    name, comma, office = label.partition(",")
    whole = len(name.split()) in _WHOLE_NAME and is_capitalised(name)
    named = office[:1] == " " and len(office.split()) <= _LONGEST and (is_capitalised(office) or is_part(office))
    return name if comma and whole and named else label


def _ends_sentence(label: str) -> bool:
    """Whether a full stop ends a word that is neither shortened (`Jr.`) nor the name in a play (`HAMLET.`)."""
    last = label.rsplit(maxsplit=1)[-1]
    return last.endswith(".") and len(last) > _SHORTENED and not last.isupper()


def _no_name(words: list[str]) -> bool:
    lower = [word.strip(".,'").casefold() for word in words]
    return lower[0] in _NOT_NAMES or lower[-1] in _NOT_LAST or (len(lower) == 1 and lower[0].isdigit())


def is_capitalised(label: str) -> bool:
    """Whether a label is written as names are: each word with a capital, but for particles."""
    words = re.sub(r"[(（].*?[)）]", " ", label).replace("|", " ").split()
    if _CJK.search(label):
        return True
    return bool(words) and all(not word[0].islower() or word.casefold() in _PARTICLES for word in words)


def may_be_chinese_name(label: str) -> bool:
    """Whether a label in Chinese, met once, is made as names are: a family name and one or two characters."""
    bare = re.sub(r"[(（].*?[)）]", "", label).strip()
    return not _CJK_HAN.search(bare) or bool(_CJK_NAME.fullmatch(bare)) or is_part(label)


def is_initials(label: str) -> bool:
    """Whether a label is only initials, as `MF` or `J.B.`."""
    return bool(_INITIALS.fullmatch(label)) and len(label) > 1


def is_nobody(label: str) -> bool:
    """Whether a label says that nobody is known."""
    return bool(_NOBODY.fullmatch(label.strip()))


def is_voice(label: str) -> bool:
    """Whether a label only numbers voices: `Speaker 0`, `SPEAKER_00`."""
    return bool(_VOICE.fullmatch(label.strip()))


def asks(label: str) -> bool:
    """Whether a label is that of somebody who asks and has no name: `Q`, `Audience member`, `问`."""
    return bool(_ASKER.fullmatch(label.strip()))


def answers(label: str) -> bool:
    """Whether a label only says that an answer follows: `A`, `答`."""
    return bool(_ANSWERER.fullmatch(label.strip()))


def is_chair(label: str) -> bool:
    """Whether a label is that of whoever leads through the session, unnamed."""
    return bool(_CHAIR.fullmatch(label.strip()))


def is_part(label: str) -> bool:
    """Whether a label says which part somebody plays, and no name: it tells voices apart and names nobody."""
    label = label.strip()
    kinds = (_NOBODY, _VOICE, _ASKER, _ANSWERER, _CHAIR, _PARTS)
    return any(kind.fullmatch(label) for kind in kinds)


def definition(label: str) -> tuple[str, str] | None:
    """Name and short form where a label defines one, as `Mary Fable (MF)`."""
    found = _DEFINED.fullmatch(label.strip())
    if not found:
        return None
    name, short = found["name"].strip(), found["short"].strip()
    fits = squeezed(short) == squeezed(initials(name)) or (is_initials(short) and short[0] == name[:1].upper())
    return (name, short) if fits else None


def initials(name: str) -> str:
    """The first letters of a name's words.

    >>> initials("Maria van der Weide")
    'MvdW'
    """
    return "".join(word[0] for word in re.split(r"[\s-]+", name) if word)


def guesses(label: str, known: Iterable[str]) -> Iterator[Candidate]:
    """Who of those known may be meant by a label, each with the reason."""
    short = squeezed(label)
    for name in known:
        whole = squeezed(name)
        reason = ""
        if short == whole or not short:
            continue
        if label == initials(name) or (is_initials(label) and short in _initial_forms(name)):
            reason = f"“{label}” are the initials of {name}"
        elif short in map(squeezed, name.split()):
            reason = f"“{label}” is a part of the name {name}"
        elif _misspelt(short, whole) or any(_misspelt(short, squeezed(part)) for part in name.split()):
            reason = f"“{label}” is nearly spelled {name}"
        if reason:
            yield Candidate(name=name, evidence=reason)


def _initial_forms(name: str) -> set[str]:
    words = [word for word in re.split(r"[\s-]+", name) if word]
    every = "".join(word[0] for word in words)
    capital = "".join(word[0] for word in words if word[0].isupper())
    return {squeezed(form) for form in (every, capital, every[:1] + every[-1:]) if len(form) > 1}


def _misspelt(one: str, other: str) -> bool:
    allowed = min(_SPELLINGS, min(len(one), len(other)) // 4)
    return (
        bool(allowed)
        and abs(len(one) - len(other)) <= allowed
        and DamerauLevenshtein.distance(one, other, score_cutoff=allowed) <= allowed
    )
