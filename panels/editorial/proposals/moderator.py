"""Find the moderator, if the source does not name one or its reader did not use what it says."""

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from panels.formats.speakers.parts_played import is_chair
from panels.formats.structure.grouping import is_question
from panels.transcript import Exchange, PanelMember, Role, Transcript, Turn

_LEADS = (Role.MODERATOR, Role.HOST)
_BEFORE = r"(?:moderated|hosted|chaired|led|facilitated) by\s+|(?:moderator|host|chair|主持人?|主持)\s?[:：]\s?"
_AFTER = r"(?:\s(?:moderates|moderated|chairs|chaired|hosts|hosted)\b|[,(（]\s?(?:moderator|host|chair|主持人))"
_FEWEST, _MOSTLY = 2, 0.5
_SHORT_QUESTION = 3  # words
_WELCOMES = re.compile(
    r"\b(?:(?<!the )(?<!your )welcome|willkommen|bienvenu\w*|bienvenid\w*|benvenut\w*|bem-vind\w*|"
    r"добро пожаловать|hello everyone|good (?:morning|afternoon|evening),? (?:everyone|everybody|all|ladies))\b|"
    r"欢迎|歡迎|大家好|各位.{0,4}好|ようこそ|환영",
    re.IGNORECASE,
)
_OPENING = 200  # characters in which somebody welcomes


@dataclass(frozen=True, slots=True)
class ModeratorProposal:
    """The proposed moderator, the reason, and how many of their passages would become questions."""

    name: str
    reason: str  # "stated", "opens", "asks" or "welcomes"
    passages: int


def has_no_questions(transcript: Transcript) -> bool:
    """Whether the transcript has no questions."""
    return bool(transcript.exchanges) and not any(one.question and one.question.text for one in transcript.exchanges)


def moderator_proposal(transcript: Transcript, dismissed: Collection[str] = ()) -> ModeratorProposal | None:
    """The proposed moderator; None if it is settled, or if nobody asks more than the others."""
    listed = {one.name: one for one in transcript.panelists}
    leads = [name for name, one in listed.items() if one.role in _LEADS]
    found = _stated(transcript, leads) or _asks(transcript) or _welcomes(transcript)
    if found is None or found[0] in dismissed or (leads and found[0] not in leads):
        return None
    name, reason = found
    passages = sum(1 for turn in _answers(transcript) if _voice(turn) == name and is_asking(turn.text))
    is_settled = name in leads or name not in listed
    return None if is_settled and not passages else ModeratorProposal(name, reason, passages)


def with_moderator(transcript: Transcript, name: str) -> Transcript:
    """The transcript with a moderator: their role is set, and each passage in which they ask starts an exchange."""
    exchanges = tuple(part for one in transcript.exchanges for part in _opened(one, name))
    panelists = tuple(
        replace(one, role=Role.MODERATOR) if one.name == name and one.role not in _LEADS else one
        for one in transcript.panelists
    )
    if all(one.name != name for one in panelists) and not is_chair(name):
        panelists = (PanelMember(name=name, role=Role.MODERATOR), *panelists)
    return replace(transcript, exchanges=exchanges, panelists=panelists)


def _opened(exchange: Exchange, name: str) -> Iterator[Exchange]:
    current = replace(exchange, answers=())
    for turn in exchange.answers:
        if _voice(turn) != name or not is_asking(turn.text):
            current = replace(current, answers=(*current.answers, turn))
            continue
        if current.question is not None or current.answers:
            yield current
        current = Exchange(question=turn)
    if current.question is not None or current.answers:
        yield current


def _stated(transcript: Transcript, leads: list[str]) -> tuple[str, str] | None:
    """The moderator according to the list, a label or the introduction."""
    voices = list(dict.fromkeys(filter(None, map(_voice, _turns(transcript)))))
    for name in voices:
        written = re.escape(name)
        said = re.search(rf"(?:{_BEFORE}){written}|{written}{_AFTER}", transcript.introduction, re.IGNORECASE)
        if name in leads or is_chair(name) or said:
            return name, "stated"
    return None


def _asks(transcript: Transcript) -> tuple[str, str] | None:
    """The speaker whose turns are mostly questions: the first speaker if that is so, or the only such speaker."""
    turns = list(_turns(transcript))
    spoken = Counter(map(_voice, turns))
    asked = Counter(_voice(turn) for turn in turns if is_asking(turn.text))
    often = [
        name
        for name, count in spoken.items()
        if name and count >= _FEWEST and asked[name] > _MOSTLY * (count - 1) and asked[name] >= _FEWEST
    ]
    first = _voice(turns[0]) if turns else ""
    if first in often and len(spoken) > 1:
        return first, "opens"
    return (often[0], "asks") if len(often) == 1 and len(spoken) > 1 else None


def _welcomes(transcript: Transcript) -> tuple[str, str] | None:
    """The speaker who opens a session of several people with a welcome and hardly speaks again."""
    turns = list(_turns(transcript))
    first = _voice(turns[0]) if turns else ""
    spoken = Counter(map(_voice, turns))
    is_brief = 0 < spoken[first] <= _FEWEST and len(spoken) > _FEWEST
    return (first, "welcomes") if first and is_brief and _WELCOMES.search(turns[0].text[:_OPENING]) else None


def is_asking(text: str) -> bool:
    """Whether a text contains a question, however short."""
    short = text.rstrip(' *_"”’').endswith(("?", "？")) and (len(text.split()) >= _SHORT_QUESTION or not text.isascii())
    return short or is_question(text)


def _voice(turn: Turn) -> str:
    return turn.speaker or turn.label or ""


def _answers(transcript: Transcript) -> Iterator[Turn]:
    for exchange in transcript.exchanges:
        yield from exchange.answers


def _turns(transcript: Transcript) -> Iterator[Turn]:
    for exchange in transcript.exchanges:
        if exchange.question is not None and _voice(exchange.question):
            yield exchange.question
        yield from exchange.answers
