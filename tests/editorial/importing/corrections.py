"""Ten small sessions, stored and worked on by editors, and corrections of their texts: the same for the same seed."""

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import dataclass, replace

from panels.transcript import Attribution, Candidate, CorrectionEntry, Exchange, PanelMember, Role, Transcript, Turn


@dataclass(frozen=True)
class Shape:
    """What is odd in a session."""

    title: str
    language: str
    names: tuple[str, ...]
    words: tuple[str, ...]
    offices: bool = True
    untitled_questions: bool = False  # words stand before anything is asked
    unlisted: bool = False  # the last one speaks, and is on no list
    unattributed: bool = False  # some answers name nobody
    times: bool = False
    tags: bool = False


_ENGLISH = (
    "We opened the reading room at night because people who work in the day asked for it.",
    "The heating costs more than the lamps, and nobody had reckoned with that.",
    "Three volunteers keep the desk, and one of them since the first evening.",
    "No catalogue was ever finished; each keeper began it anew.",
    "Yes.",
    "What is thrown away in a cellar is thrown away twice.",
)
_CHINESE = (
    "我们晚上开放阅览室，因为白天上班的人提出了这个要求。",
    "暖气比电灯贵得多，第一年谁也没有想到。",
    "三名志愿者值班，其中一人从第一晚就在。",
    "目录从来没有编完过，每一任都重新开始。",
    "是的。",
    "扔进地下室的东西，等于扔了两次。",
)
_GERMAN = (
    "Wir öffnen den Lesesaal nachts, weil die Leute tagsüber arbeiten.",
    "Die Heizung kostet mehr als die Lampen, damit hatte niemand gerechnet.",
    "Drei Freiwillige sitzen am Tisch, eine seit dem ersten Abend.",
    "Kein Katalog wurde je fertig; jeder fing von vorn an.",
    "Ja.",
    "Was im Keller landet, ist zweimal weggeworfen.",
)
SHAPES = (
    Shape("Night opening", "en", ("Jane Doe", "Ben Marsh", "Ida Krane"), _ENGLISH),
    Shape(
        "Who keeps the cellar?", "en", ("J. Doe", "B. Marsh", "I. Krane"), _ENGLISH, offices=False, unattributed=True
    ),
    Shape("夜间开放", "zh-Hans", ("张三", "李四", "王五"), _CHINESE, tags=True),
    Shape("地下室", "zh-Hans", ("张三", "Jane Doe", "赵六"), _CHINESE, untitled_questions=True, unattributed=True),
    Shape("Lesesaal", "de", ("Erika Mustermann", "Max Muster", "Jörg Beispiel"), _GERMAN, times=True, tags=True),
    Shape("One name each", "en", ("Kim", "Ana", "Moderator"), _ENGLISH, unlisted=True),
    Shape("Near namesakes", "en", ("Jane Doe", "Jane Dow", "Jan Doe"), _ENGLISH, tags=True, unattributed=True),
    Shape("An open talk", "en", ("City Library", "Friends of the Archive", "Ida Krane"), _ENGLISH, times=True),
    Shape("Straße und Archiv", "de", ("Müller", "Mueller-Muster", "Z"), _GERMAN, untitled_questions=True),
    Shape(
        "All at once",
        "en",
        ("Jane Doe", "Kim", "张三"),
        _ENGLISH,
        unlisted=True,
        unattributed=True,
        times=True,
        tags=True,
    ),
)


def text_of(shape: Shape) -> Transcript:
    """The session as its source has it."""
    listed = shape.names[:-1] if shape.unlisted else shape.names
    roles = [Role.MODERATOR] + [Role.PANELIST] * (len(shape.names) - 1)
    panel = tuple(
        PanelMember(name=name, role=role, title="Reader" if shape.offices else "", organisation="Library")
        for name, role in zip(listed, roles, strict=False)
    )
    return Transcript(
        title=shape.title,
        date=dt.date(2021, 5, 1),
        language=shape.language,
        source_url=f"https://example.org/{SHAPES.index(shape)}",
        tags=("Libraries",) if shape.tags else (),
        panelists=panel,
        exchanges=tuple(_exchange(shape, number) for number in range(4)),
    )


def _exchange(shape: Shape, number: int) -> Exchange:
    asked = None if shape.untitled_questions and not number else said(shape.names[0], f"{number + 1}? {shape.title}")
    answers = []
    for place in range(3):
        speaker: str | None = shape.names[(number + place) % len(shape.names)]
        if shape.unattributed and (number + place) % 4 == 3:
            speaker = None
        time = 60.0 * number + place if shape.times else None
        words = f"{shape.words[(number * 3 + place) % len(shape.words)]} ({number}.{place})"
        lost = (Candidate(name=shape.names[1], evidence="the next to speak"),) if speaker is None else ()
        tags = ("Lamps",) if shape.tags and place == 1 else ()
        answers.append(replace(said(speaker, words), time=time, candidates=lost, tags=tags))
    return Exchange(question=asked, answers=tuple(answers), follow_up=number == 2)


def said(name: str | None, text: str) -> Turn:
    return Turn(text=text, speaker=name, label=name, attribution=Attribution.STATED if name else Attribution.UNKNOWN)


Change = Callable[[Transcript, random.Random], Transcript]


def corrected(text: Transcript, seed: int) -> tuple[Transcript, list[str]]:
    """The text with one to four corrections, and what they are called."""
    chance = random.Random(seed)
    names = [chance.choice(list(CHANGES)) for _ in range(chance.randint(1, 4))]
    for name in names:
        text = CHANGES[name](text, chance)
    return text, names


def with_names(text: Transcript, names: dict[str, str | None]) -> Transcript:
    """The text with other names wherever they stand, None for nobody."""

    def named(turn: Turn) -> Turn:
        if turn.speaker not in names:
            return turn
        name = names[turn.speaker]
        attribution = turn.attribution if name else Attribution.UNKNOWN
        return replace(turn, speaker=name, label=name, attribution=attribution)

    panel = (replace(one, name=names.get(one.name, one.name) or one.name) for one in text.panelists)
    return replace(with_turns(text, named), panelists=tuple(panel))


def with_turns(text: Transcript, change: Callable[[Turn], Turn]) -> Transcript:
    exchanges = (
        replace(one, question=one.question and change(one.question), answers=tuple(map(change, one.answers)))
        for one in text.exchanges
    )
    return replace(text, exchanges=tuple(exchanges))


def _names(text: Transcript) -> list[str]:
    turns = (turn for one in text.exchanges for turn in (one.question, *one.answers) if turn)
    return sorted({turn.speaker for turn in turns if turn.speaker} | {one.name for one in text.panelists})


def _a_name(text: Transcript, chance: random.Random) -> str:
    return chance.choice(_names(text) or ["Nobody"])


def _respelt(text: Transcript, chance: random.Random) -> Transcript:
    name = _a_name(text, chance)
    ways = (f"{name}e", name[:-1] or f"{name}x", name.replace("e", "é", 1), name.upper(), f"Dr. {name}", name[::-1])
    return with_names(text, {name: chance.choice(ways).strip() or "X"})


def _respelt_once(text: Transcript, chance: random.Random) -> Transcript:
    name, left = _a_name(text, chance), 1

    def named(turn: Turn) -> Turn:
        nonlocal left
        if turn.speaker != name or not left:
            return turn
        left -= 1
        return replace(turn, speaker=f"{name}s", label=f"{name}s")

    return with_turns(text, named)


def _initials(text: Transcript, chance: random.Random) -> Transcript:
    name = _a_name(text, chance)
    first, *rest = name.split()
    return with_names(text, {name: " ".join([f"{first[0]}.", *rest])})


def _renamed(text: Transcript, chance: random.Random) -> Transcript:
    return with_names(text, {_a_name(text, chance): chance.choice(["Sam Abel", "林冬", "Keeper"])})


def _unnamed(text: Transcript, chance: random.Random) -> Transcript:
    return with_names(text, {_a_name(text, chance): None})


def _swapped(text: Transcript, chance: random.Random) -> Transcript:
    one, other = _a_name(text, chance), _a_name(text, chance)
    return with_names(text, {one: other, other: one})


def _off_the_panel(text: Transcript, chance: random.Random) -> Transcript:
    name = _a_name(text, chance)
    return replace(text, panelists=tuple(one for one in text.panelists if one.name != name))


def _panel_turned(text: Transcript, _chance: random.Random) -> Transcript:
    return replace(text, panelists=text.panelists[::-1])


def _panelist_added(text: Transcript, chance: random.Random) -> Transcript:
    added = PanelMember(name=chance.choice(["Sam Abel", "Jane Doe", "钱七"]), role=Role.AUDIENCE, title="Guest")
    return replace(text, panelists=(*text.panelists, added))


def _listed_twice(text: Transcript, _chance: random.Random) -> Transcript:
    return replace(text, panelists=text.panelists + text.panelists[:1])


def _office(text: Transcript, chance: random.Random) -> Transcript:
    title = chance.choice(["Head of Readers", "", "馆长"])
    return replace(text, panelists=tuple(replace(one, title=title) for one in text.panelists))


def _an_exchange(text: Transcript, chance: random.Random) -> int:
    return chance.randrange(len(text.exchanges))


def _with_answers(text: Transcript, number: int, answers: tuple[Turn, ...]) -> Transcript:
    exchanges = list(text.exchanges)
    exchanges[number] = replace(exchanges[number], answers=answers)
    return replace(text, exchanges=tuple(exchanges))


def _moved(text: Transcript, chance: random.Random) -> Transcript:
    exchanges = list(text.exchanges)
    chance.shuffle(exchanges)
    return replace(text, exchanges=tuple(exchanges))


def _answer_moved(text: Transcript, chance: random.Random) -> Transcript:
    here, there = _an_exchange(text, chance), _an_exchange(text, chance)
    if not text.exchanges[here].answers:
        return text
    first, *rest = text.exchanges[here].answers
    text = _with_answers(text, here, tuple(rest))
    return _with_answers(text, there, (*text.exchanges[there].answers, first))


def _cut(text: Transcript, chance: random.Random) -> Transcript:
    number = _an_exchange(text, chance)
    answers = []
    for turn in text.exchanges[number].answers:
        middle = len(turn.text) // 2
        parts = [turn.text[:middle].strip(), turn.text[middle:].strip()]
        answers += [replace(turn, text=part, tags=()) for part in parts if part]
    return _with_answers(text, number, tuple(answers))


def _joined(text: Transcript, chance: random.Random) -> Transcript:
    number = _an_exchange(text, chance)
    answers = text.exchanges[number].answers
    if len(answers) < 2:
        return text
    both = replace(answers[0], text=f"{answers[0].text}\n\n{answers[1].text}")
    return _with_answers(text, number, (both, *answers[2:]))


def _reworded(text: Transcript, chance: random.Random) -> Transcript:
    number = _an_exchange(text, chance)
    answers = tuple(replace(turn, text=f"Well, {turn.text}") for turn in text.exchanges[number].answers)
    return _with_answers(text, number, answers)


def _dropped(text: Transcript, chance: random.Random) -> Transcript:
    number = _an_exchange(text, chance)
    return _with_answers(text, number, text.exchanges[number].answers[1:])


def _exchange_dropped(text: Transcript, chance: random.Random) -> Transcript:
    if len(text.exchanges) < 2:
        return text
    number = _an_exchange(text, chance)
    return replace(text, exchanges=text.exchanges[:number] + text.exchanges[number + 1 :])


def _added(text: Transcript, chance: random.Random) -> Transcript:
    speaker = chance.choice([None, _a_name(text, chance), "Sam Abel"])
    number = _an_exchange(text, chance)
    turn = said(speaker, f"And something quite new, number {chance.randrange(100)}.")
    return _with_answers(text, number, (turn, *text.exchanges[number].answers))


def _asked(text: Transcript, chance: random.Random) -> Transcript:
    asked = Exchange(question=said(None, "And who pays?"), answers=(said(_a_name(text, chance), "We all do."),))
    number = _an_exchange(text, chance)
    return replace(text, exchanges=(*text.exchanges[:number], asked, *text.exchanges[number:]))


def _retitled(text: Transcript, chance: random.Random) -> Transcript:
    return replace(text, title=chance.choice([f"{text.title} (corrected)", text.title.lower(), "x" * 400]))


def _redated(text: Transcript, chance: random.Random) -> Transcript:
    return replace(text, date=chance.choice([None, dt.date(2020, 2, 29)]))


def _said_once(text: Transcript, chance: random.Random) -> Transcript:
    return replace(
        text,
        programme=chance.choice(["Evenings", "x" * 300]),
        introduction="A round-table.\r\nIn two parts.",
        licence="CC BY 4.0",
        corrections=(CorrectionEntry(date=dt.date(2021, 6, 1), note="A figure was wrong.", anchor="q1-a1"),),
    )


def _tagged(text: Transcript, chance: random.Random) -> Transcript:
    tag = chance.choice(["lamps", "Night", "夜", "x" * 101])
    return with_turns(replace(text, tags=(*text.tags, "LIBRARIES")), lambda turn: replace(turn, tags=(*turn.tags, tag)))


def _timed(text: Transcript, chance: random.Random) -> Transcript:
    return with_turns(text, lambda turn: replace(turn, time=chance.choice([1.5, turn.time])))


CHANGES: dict[str, Change] = {
    "name respelt": _respelt,
    "name respelt once": _respelt_once,
    "name cut to initials": _initials,
    "name changed": _renamed,
    "unattributed": _unnamed,
    "names swapped": _swapped,
    "panelist left out": _off_the_panel,
    "panel in another order": _panel_turned,
    "panelist added": _panelist_added,
    "panelist listed twice": _listed_twice,
    "offices changed": _office,
    "questions moved": _moved,
    "answer moved": _answer_moved,
    "answers cut": _cut,
    "answers joined": _joined,
    "answers reworded": _reworded,
    "answer dropped": _dropped,
    "question dropped": _exchange_dropped,
    "answer added": _added,
    "question added": _asked,
    "title changed": _retitled,
    "date changed": _redated,
    "details changed": _said_once,
    "tags changed": _tagged,
    "times changed": _timed,
}
