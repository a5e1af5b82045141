"""Labels that are roles without names: questioner, answerer, chair, voice 2."""

from __future__ import annotations

import re

from panels.formats.speakers.words.roles import ANSWERERS, ASKERS, CHAIRS, OTHERS, is_one_of

_ROLES = ASKERS | ANSWERERS | CHAIRS | OTHERS
_NOBODY = re.compile(
    r"[(\[]?(?:unknown|unidentified|unnamed|unattributed|n/?a|\?+|未知|身份不明|不明|неизвестн(?:ый|ая)|inconnue?|unbekannt|"
    r"desconocid[oa])(?:[ _-]*(?:speaker|voice|person|participant|user|说话人|說話者|者))?[)\]]?",
    re.IGNORECASE,
)
# Nobody is identified, but voices are distinguished.
_SOMEBODY = re.compile(
    r"[(\[]?(?:unknown|unidentified|unnamed|unattributed)(?:[ _-]*(?:speaker|voice|person|user))?[ _-]*"
    r"(?:m|f|male|female|man|woman|\d{1,3}|[A-Z])(?:[ _-]*(?:speaker|voice))?(?:[ _-]*\d{1,2})?[)\]]?|"
    r"(?:fe)?male(?:[ _-]*(?:speaker|voice))?(?:[ _-]*\d{1,2})?|"
    r"m(?:an|en)[ _-]?\d{1,2}|wom[ae]n[ _-]?\d{1,2}|(?:spk|s)[ _-]?\d{1,3}",
    re.IGNORECASE,
)
# Meeting recorders only know whose computer they run on.
_SIDES = re.compile(
    r"me|myself|you|them|they|us|others?|i(?=[ _-]?\d)|user|assistant|agent|customer|caller|operator|"
    r"ich|du|moi|toi|yo|tú|我|你|您|对方|對方|其他人|他们|她们|用户|客服|坐席",
    re.IGNORECASE,
)
_VOICE = re.compile(
    r"(?:speaker|spk|voice|sprecher|orador|locutor|说话人|說話者|发言人)[ _#-]*(?-i:[\dA-Z一二三四五六七八九]{0,3})",
    re.IGNORECASE,
)
_ASKER = re.compile(
    r"(?:q|question)\s?#?\d{0,3} (?:from|by) .{1,40}|"
    r"(?:q|qu|question|问|問|提问|提問|追问|追問|p|pregunta|frage|вопрос|سؤال|שאלה|質問)(?:\s?[-–—]|\.)?\s*\d{0,3}|"
    r"(?:audiencia|público|publikum|oyente|質問者|청중)(?: ?\d{1,2})?|"
    r"(?:audience|attendee|listener|reader|viewer|student|participant|reporter|questioner|观众|觀眾|听众|聽眾|网友|網友|记者|記者)"
    r"(?:[ _-]?(?:member|question|q|提问))?[ _-]?(?-i:[\dA-Z]{0,2})",
    re.IGNORECASE,
)
_ANSWERER = re.compile(
    r"(?:a|ans|answer|答|回答|r|respuesta|antwort|réponse|ответ|جواب|תשובה|答え)(?:\s?[-–—]|\.)?\s*\d{0,3}",
    re.IGNORECASE,
)
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
# Somebody in the room, described: “后排一位老先生”.
_DESCRIBED = re.compile(r"[^\W\d_]{0,6}(?:一位|一名|某位|某名|有人|某人)[^\W\d_]{0,8}")
# Several members of a parliament at once, or one that is not named.
_MEMBERS = re.compile(
    r"(?:(?:an?|some|several|other|all|both|many|une?|des|plusieurs) "
    r"(?:(?:hon|honou?rable|opposition|government)s?\.? )*|(?:opposition|government|cross-?bench) )"
    r"(?:members?|senators?|voices?|députée?s?|sénateurs?|sénatrices?|voix)(?: opposite)?",
    re.IGNORECASE,
)


def is_nobody(label: str) -> bool:
    """Whether a label says that the speaker is unknown."""
    return bool(_NOBODY.fullmatch(label.strip()))


def is_voice(label: str) -> bool:
    """Whether a label only numbers voices: `Speaker 0`, `SPEAKER_00`."""
    return bool(_VOICE.fullmatch(label.strip()))


def asks(label: str) -> bool:
    """Whether a label is that of an unnamed asker: `Q`, `Audience member`, `问`."""
    return bool(_ASKER.fullmatch(label.strip())) or is_one_of(label.strip(), ASKERS)


def answers(label: str) -> bool:
    """Whether a label only says that an answer follows: `A`, `答`."""
    return bool(_ANSWERER.fullmatch(label.strip())) or is_one_of(label.strip(), ANSWERERS)


def is_chair(label: str) -> bool:
    """Whether a label is that of an unnamed moderator or chair."""
    return bool(_CHAIR.fullmatch(label.strip())) or is_one_of(label.strip(), CHAIRS)


def is_name_part(label: str) -> bool:
    """Whether a label is a role rather than a name: it distinguishes voices and names nobody."""
    label = label.strip()
    kinds = (_NOBODY, _SOMEBODY, _SIDES, _VOICE, _ASKER, _ANSWERER, _CHAIR, _PARTS, _MEMBERS, _DESCRIBED)
    return any(kind.fullmatch(label) for kind in kinds) or is_one_of(label, _ROLES)
