"""Decide whether a label is a person, and extract the name.

`is_person` judges a label by itself. A file may overrule it for labels that only look like headings, since somebody may
be called News; `labels` decides that over the whole file.
"""

from __future__ import annotations

import re
from functools import lru_cache

from panels.formats.speakers.chinese_names import is_point
from panels.formats.speakers.names import is_capitalised, looks_like_name
from panels.formats.speakers.parts_played import is_name_part
from panels.formats.speakers.words.labels import DECISIONS, HEADING_STARTS, HEADINGS, PEOPLE
from panels.transcript.text import tidied

_MARKS = re.compile(r"\*+|`+")
_UNDERLINED = re.compile(
    r"(_{1,3})(?=\S)(?P<name>.{1,100}?)(?<![\s:：])[\s:：]*+\1[\s:：]*"
)  # on one side alone it is part of a nick
_PLUS = re.compile(r"(?<!\s)\s*+\+\s?\d{1,2}$")
_ENDS = " \t:：,，*`|"
# Additions of platforms and people after a name, which are not part of it.
_ADDED = re.compile(
    r"(?<!\s)\s*+[(（\[](?:external|extern[aeo]?|guest|gast|invit[ée]e?|invitad[oa]|unverified|you|me|presenter|organi[sz]er|"
    r"(?:she|he|they|it|ze|xe|any|elle|il|iel|sie|er)(?:/\w{1,6}){1,2}|any pronouns|via [\w ]{2,20}|"
    r"(?:by|on|over) (?:the )?(?:phone|telephone|video|zoom)|joining remotely|remote(?:ly)?|online|virtual(?:ly)?|"
    r"\d{1,2}[.:]\d\d ?[ap]\.?m\.?|"
    r"laugh(?:s|ing)|off[- ]mic|continued|cont['’]?d\.?|"
    r"внешн(?:ий|яя)|гость|гостья|приглаш[её]нн(?:ый|ая)|вы|организатор|докладчик|ضيف|خارجي|منظم|"
    r"gæst|gjest|gäst|ospite|convidad[oa]|gość|misafir|extern|zewnętrzny|ゲスト|社外|外部ユーザー|主催者|あなた|게스트|외부|"
    r"外部|来宾|來賓|访客|訪客|线上|線上|远程|遠端|视频连线|笑)[)）\]]",
    re.IGNORECASE,
)
_LETTER = "[A-Za-zÀ-ɏͰ-ϿЀ-ӿ֐-ۿ]"
_NUMBERED = re.compile(
    rf"{_LETTER}[\w-]*(?: {_LETTER}[\w-]*)? #?\d+(?:\.\d+)*[.)]?|(?:EIP|ERC|BIP|RFC|PR|PEP|CVE|ISO)[ -]?#?\d.*|"
    r"[A-Z]+\d+\.\d+"
)
_POINT = re.compile(r"[A-Za-z][.)]|[(（][A-Za-z0-9]{1,3}[)）].*|\d.*|[ivxIVX]{1,5}[.)]")
_FILE = re.compile(
    r"\S*\.(?:mp[34]|m4[av]|wav|og[agv]|flac|web[mp]|mov|avi|mkv|aac|txt|md|pdf|docx?|odt|rtf|html?|json|xml|vtt|srt|sbv|csv|"
    r"xlsx?|pptx?|png|jpe?g|gif|svg|zip|gz|ya?ml)",
    re.IGNORECASE,
)
_TAG = re.compile(
    r"[</\\|].*|[a-z]{2,8}:[a-z]\w*|(?:FRBR|TLC)\w+|(?:debate|doc|tei|list|pers|speech|block)[A-Z]\w+|"
    r"(?:html|head|body|div|span|br|hr|td|tr|th|ul|ol|li|table|thead|tbody|meta|script|style|href|src|img|xml|"
    r"speech|heading|turn|utterance|cue|xmlns)"
)
_AFFIXED = re.compile(r"(?:on|off|pre|post|non|re|multi|cross|anti|self|co)-[a-z]{3,}", re.IGNORECASE)
_ABSTRACT = re.compile(
    r"\w{3,}(?:tions?|sions?|ments|ness|ities|bility|ologies|ology|isms|ships|ungen|keiten|heiten|schaften)",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"\w[’']s \w")
_ITEM = re.compile(r"(?<=action)\s(?:items?|points?)\b", re.IGNORECASE)
_ALWAYS = frozenset(
    {
        "decision",
        "decisions",
        "beschluss",
        "entscheidung",
        "décision",
        "decisión",
        "решение",
        "决定",
        "決定",
        "决议",
        "待办",
        "待办事项",
        "待辦事項",
        "行动项",
        "行动事项",
        "行動項目",
        "決議",
    }
)
_LONGEST_DECISION = 30  # characters
_BRACKETS = re.compile(r"[(（\[][^()（）\[\]]*[)）\]]")


@lru_cache(maxsize=10_000)
def person_name(label: str) -> str:
    """The name in a label, without Markdown's marks and additions.

    >>> person_name("**Ida Krane** (External):")
    'Ida Krane'
    """
    bare = _MARKS.sub("", tidied(label)).strip(_ENDS)
    underlined = _UNDERLINED.fullmatch(bare)
    bare = _PLUS.sub("", _ADDED.sub("", underlined["name"] if underlined else bare))
    return " ".join(bare.split()) or tidied(label)


@lru_cache(maxsize=10_000)
def is_person(label: str) -> bool:
    """Whether a label names a person: not a role, a heading, a number, a tag or a file."""
    name = person_name(label)
    if not name or is_name_part(name) or is_heading(name) or is_structure(tidied(label).strip("*_` ")):
        return False
    return looks_like_name(name)


def is_heading(label: str) -> bool:
    """Whether a label reads like the heading of a section or point: `Benefits`, `Usage questions`, `On-chain`."""
    words = [word.strip(".,'’&").casefold() for word in _BRACKETS.sub(" ", label).split()]
    words = [word for word in words if word]
    if not words or is_point("".join(words)) or _POSSESSIVE.search(label):
        return True
    last = words[-1]
    abstract = _ABSTRACT.fullmatch(last) and last not in PEOPLE
    plain = last in HEADINGS or last in DECISIONS or _AFFIXED.fullmatch(last) or abstract
    return bool(plain or (len(words) > 1 and words[0] in HEADING_STARTS))


def decides(label: str) -> bool:
    """Whether a label marks a decision of the meeting: `Decision`, `DECISION 58.1`, `RESOLVED`, `决议`."""
    words = re.sub(r"[\W\d_]+", " ", _ITEM.sub("", label)).split()
    if len(words) != 1 or words[0].casefold() not in DECISIONS:
        return False
    shown = words[0].isupper() or any(sign.isdigit() for sign in label) or words[0].casefold() in _ALWAYS
    return shown and len(label) <= _LONGEST_DECISION


def is_structure(label: str) -> bool:
    """Whether a label is a number, the name of a file, or a piece of markup."""
    numbers = _NUMBERED.fullmatch(label) or _POINT.fullmatch(label)
    return bool(numbers or _FILE.fullmatch(label) or _TAG.fullmatch(label)) and not _is_shortened(label)


def _is_shortened(label: str) -> bool:
    """Whether the dots in a name are of abbreviations: `J.B.`, `St.Clair`."""
    return bool(re.fullmatch(r"(?:[A-Z]\.){2,}|[A-Z][a-z]?\.[A-Z]\w+", label)) and is_capitalised(label)
