"""Made-up sessions for measuring: as long and as varied as real ones, and always the same for the same seed.

Three in four are in English and the others in Chinese. Nobody could take them for real: people are called “Alder
Example” or 王样例, and texts are random words. Every tenth session has `FREQUENT_SPEAKER`, who gives one answer to each
question (2 % of all answers), and `FREQUENT_TAG`; a tenth of all answers has `TAG_OF_ANSWERS`.
"""

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from panels.transcript import Attribution, Exchange, PanelMember, Role, Transcript, Turn

ANSWERS = 36
"""The number of answers in a session."""
SLUG = "generated-"
FREQUENT_SPEAKER = "Wren Everywhere"
FREQUENT_TAG = "Often"
TAG_OF_ANSWERS = "Everyday"

_ENGLISH = (
    "the of and to in that it is was for on are as with they at be this from have or by one had not but what all "
    "were when we there can an your which their said if do will each about how up out them then she many some so "
    "these would other into has more her two like him see time could no make than first been its who now people my "
    "made over did down only way find use may water long little very after words called just where most know archive "
    "library reading evening lamp cellar catalogue volunteer newspaper budget winter heating record transcript"
)
WORDS = _ENGLISH.split()
CHINESE = "我们图书馆的夜间阅览室是为白天工作的人开的灯光很便宜暖气不便宜城市档案需要有人看管记录和证词都要保存下来"
_GIVEN = (
    "Alder Ash Aspen Beech Birch Cedar Elm Fir Hazel Holly Ivy Juniper Larch Laurel Maple Oak Pine Poplar Rowan Yew"
)
_FAMILY = (
    "Draft Example Exhibit Figure Fixture Instance Model Mockup Outline Pattern Placeholder Proof Prototype Replica "
    "Sample Sketch Specimen Stencil Template Token"
)
_GIVEN_NAMES, _FAMILY_NAMES = _GIVEN.split(), _FAMILY.split()
PEOPLE = len(_GIVEN_NAMES) * len(_FAMILY_NAMES)
_CHINESE_FAMILIES = "王李张刘陈杨赵黄周吴"
_CHINESE_GIVEN = ("样例", "示例", "范本", "模板", "草稿", "占位", "虚构", "模型", "图样", "样稿")
_TAGS = 60
_RARE = 20_000  # words that are in few answers, as names and terms are
_SENTENCES = 2_000
_EVERY = 10
_PANEL = 5
_TO_ONE_QUESTION = 5


def sessions(answers: int, *, seed: int = 1, first: int = 0) -> Iterator[Transcript]:
    """Sessions with so many answers in all, one at a time, beginning with session number `first`."""
    for number in range(first, -(-answers // ANSWERS)):
        yield _session(number, min(ANSWERS, answers - number * ANSWERS), seed)


def session_of(answers: int, *, seed: int = 1) -> Transcript:
    """One session in English, however long."""
    return _session(1, answers, seed)


def name_of(number: int) -> str:
    """One of the `PEOPLE` who speak English."""
    family, given = divmod(number, len(_GIVEN_NAMES))
    return f"{_GIVEN_NAMES[given]} {_FAMILY_NAMES[family]}"


def _chinese_name(chance: random.Random) -> str:
    return chance.choice(_CHINESE_FAMILIES) + chance.choice(_CHINESE_GIVEN)


def _session(number: int, answers: int, seed: int) -> Transcript:
    chance = _random(f"{seed}:{number}")  # of its own, so that any session can be made without those before
    is_chinese = number % 4 == 3  # noqa: PLR2004 - a quarter
    names = [_chinese_name(chance) if is_chinese else name_of(chance.randrange(PEOPLE)) for _ in range(_PANEL)]
    people = list(dict.fromkeys(names))
    turns = [_turn(chance, chance.choice(people), 4, is_chinese=is_chinese) for _ in range(answers)]
    exchanges = tuple(
        Exchange(
            question=_turn(chance, people[0], 1, is_chinese=is_chinese),
            answers=tuple(turns[start : start + _TO_ONE_QUESTION]),
        )
        for start in range(0, answers, _TO_ONE_QUESTION)
    )
    made = Transcript(
        title=f"第{number}场虚构座谈" if is_chinese else f"Made-up session {number}",
        slug=f"{SLUG}{number}" if seed == 1 else f"{SLUG}{seed}-{number}",
        date=dt.date(2000, 1, 1) + dt.timedelta(days=number * 7 % 9000),
        language="zh-Hans" if is_chinese else "en",
        publisher="Generated",
        tags=tuple(dict.fromkeys(_tag(chance) for _ in range(3))),
        panelists=tuple(_member(name, place) for place, name in enumerate(people)),
        exchanges=exchanges,
    )
    return made if number % _EVERY else _with_frequent(made)


def _member(name: str, place: int) -> PanelMember:
    role = Role.PANELIST if place else Role.MODERATOR
    return PanelMember(name=name, role=role, title="Reader", organisation="Library")


def _with_frequent(session: Transcript) -> Transcript:
    """The session with the frequent speaker, who gives the first answer to each question, and the frequent tag."""
    exchanges = tuple(
        replace(one, answers=(_by_frequent_speaker(one.answers[0]), *one.answers[1:])) for one in session.exchanges
    )
    panelists = (*session.panelists, PanelMember(name=FREQUENT_SPEAKER, title="Archivist"))
    return replace(session, tags=(*session.tags, FREQUENT_TAG), panelists=panelists, exchanges=exchanges)


def _by_frequent_speaker(answer: Turn) -> Turn:
    return replace(answer, speaker=FREQUENT_SPEAKER, attribution=Attribution.STATED)


def _turn(chance: random.Random, speaker: str, sentences: int, *, is_chinese: bool) -> Turn:
    tags = [name for name, share in ((_tag(chance), 0.25), (TAG_OF_ANSWERS, 0.1)) if chance.random() < share]
    is_lost = chance.random() < 0.05  # noqa: PLR2004 - one in twenty
    return Turn(
        text=_text(chance, sentences, is_chinese=is_chinese),
        speaker=None if is_lost else speaker,
        attribution=Attribution.UNKNOWN if is_lost else Attribution.STATED,
        tags=tuple(tags),
    )


def _tag(chance: random.Random) -> str:
    return f"Tag {chance.randrange(_TAGS)}"


def _text(chance: random.Random, sentences: int, *, is_chinese: bool) -> str:
    """Some sentences, and a word that few others have."""
    some = chance.choices(_sentences(is_chinese=is_chinese), k=chance.randint(max(1, sentences - 2), sentences + 2))
    rare = f"term{int(chance.paretovariate(0.5)) % _RARE}"
    return f"{''.join(some)}{rare}。" if is_chinese else f"{' '.join(some)} And {rare}."


@cache
def _sentences(*, is_chinese: bool) -> list[str]:
    chance = _random("sentences")
    if is_chinese:
        return ["".join(chance.choices(CHINESE, k=chance.randrange(12, 36))) + "。" for _ in range(_SENTENCES)]
    return [f"{' '.join(chance.choices(WORDS, k=chance.randrange(8, 30))).capitalize()}." for _ in range(_SENTENCES)]


def _random(seed: str) -> random.Random:
    return random.Random(seed)  # noqa: S311 - no secret
