"""Sessions made up for measuring: as long and as varied as real ones, and the same for the same seed."""

import datetime as dt
import random
from collections.abc import Iterator

from panels.transcript import Attribution, Exchange, PanelMember, Role, Transcript, Turn

ANSWERS = 36  # of one session
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
    "Draft Example Exhibit Figure Fixture Instance Model Mockup Outline Pattern Placeholder Proof Prototype Replica"
)
_FAMILIES = [*_FAMILY.split(), "Sample", "Sketch", "Specimen", "Stencil", "Template", "Token"]
PEOPLE = len(_GIVEN.split()) * len(_FAMILIES)
_RARE = 20_000  # words that stand in few answers, as names and terms do


def sessions(answers: int, *, seed: int = 1) -> Iterator[Transcript]:
    """Sessions with that many answers in all, one at a time."""
    chance = random.Random(seed)
    for number in range(-(-answers // ANSWERS)):
        yield _session(number, min(ANSWERS, answers - number * ANSWERS), chance)


def name_of(number: int) -> str:
    """The name of one of the `PEOPLE`: a full one, since what identifies nobody belongs to its session."""
    family, given = divmod(number, len(_GIVEN.split()))
    return f"{_GIVEN.split()[given]} {_FAMILIES[family]}"


def session_of(answers: int, *, seed: int = 1) -> Transcript:
    """One session, however long."""
    return _session(answers, answers, random.Random(seed))


def _session(number: int, answers: int, chance: random.Random) -> Transcript:
    people = [name_of(chance.randrange(PEOPLE)) for _ in range(5)]
    panel = tuple(
        PanelMember(name=name, role=Role.PANELIST if place else Role.MODERATOR, title="Reader", organisation="Library")
        for place, name in enumerate(dict.fromkeys(people))
    )
    turns = [_turn(chance, chance.choice(people), 80) for _ in range(answers)]
    exchanges = tuple(
        Exchange(question=_turn(chance, people[0], 15), answers=tuple(turns[start : start + 5]))
        for start in range(0, answers, 5)
    )
    return Transcript(
        title=f"Session {number}",
        date=dt.date(2000, 1, 1) + dt.timedelta(days=number % 9000),
        language="en",
        publisher="Benchmark",
        tags=tuple({f"Tag {chance.randrange(60)}" for _ in range(3)}),
        panelists=panel,
        exchanges=exchanges,
    )


def _turn(chance: random.Random, speaker: str, length: int) -> Turn:
    tags = (f"Tag {chance.randrange(60)}",) if chance.random() < 0.25 else ()
    lost = chance.random() < 0.05
    return Turn(
        text=_words(chance, length),
        speaker=None if lost else speaker,
        attribution=Attribution.UNKNOWN if lost else Attribution.STATED,
        tags=tags,
    )


def _words(chance: random.Random, length: int) -> str:
    if chance.random() < 0.1:
        return "".join(chance.choices(CHINESE, k=length * 2)) + "。"
    words = chance.choices(WORDS, k=chance.randrange(length // 2, length * 3 // 2))
    words.append(f"term{int(chance.paretovariate(0.5)) % _RARE}")
    return f"{' '.join(words).capitalize()}."
