"""Names of people in labels: their form, labels of unknown speakers, and the people who may be meant.

A label is a name, an initial, a given name, a handle, a role ("Moderator", "Q"), or no label at all ("Break",
"Slides"). The label is kept; the person is guessed here and never set.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein

from panels.formats.speakers.chinese_names import is_made_as_name as may_be_chinese_name
from panels.formats.speakers.chinese_names import is_point, may_be_name
from panels.formats.speakers.parts_played import answers, asks, is_chair, is_name_part, is_nobody, is_voice
from panels.formats.speakers.words.labels import NOT_LAST, NOT_NAMES
from panels.formats.wording import gettext_noop
from panels.transcript import Candidate

_BY_INITIALS = gettext_noop("“%(label)s” could be the initials of %(name)s")
_PART_OF_NAME = gettext_noop("“%(label)s” is part of the name %(name)s")
_ALMOST_SPELLED = gettext_noop("“%(label)s” is spelled almost like %(name)s")

__all__ = [
    "CAPITALS",
    "TIME",
    "answers",
    "asks",
    "definition",
    "guesses",
    "initials",
    "is_capitalised",
    "is_chair",
    "is_initials",
    "is_name_part",
    "is_no_name",
    "is_nobody",
    "is_voice",
    "looks_like_name",
    "may_be_chinese_name",
    "squeezed",
]  # fmt: skip

CAPITALS = "A-ZÀ-ÖØ-ÞΆ-ΏΑ-ΫЀ-Я"
"""Capital letters of the Latin, Greek and Cyrillic alphabets, for a set of a pattern."""
TIME = r"(?:\d{1,3}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?"
_TIME = re.compile(TIME)
_PARTICLE_WORDS = "van der den de la le von zu da di du del dos of the al el bin ibn and y e i & und et per for at from"
_PARTICLES = frozenset(_PARTICLE_WORDS.split())
_DEFINED = re.compile(r"(?P<name>[^()（）]{2,50}?)\s?[(（](?P<short>[^()（）]{1,12})[)）]")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
# Optional signs above and below letters: accents, Arabic and Hebrew vowels. Those of India are letters.
_ACCENTS = re.compile("[\u0300-\u036f\u0591-\u05c7\u0640\u064b-\u0652\u0670]")
_INITIALS = re.compile(rf"[{CAPITALS}](?:\.?[{CAPITALS}]){{0,3}}\.?\d?(?:/[{CAPITALS}]{{1,4}})*")
_SENTENCE = re.compile(
    r"[!?…,。，！？、]\s|[!?…,。，！？]$|[;；]|[^\s.]{4}\.\s|https?://|[<>{}=“”\"\[\]#]|"
    r"^[-–—*•…(（/\\|]|^\.\.|^\d+[. ]|[—–]$"
)
_BOXED = re.compile(r"(?<=\S)\s?\[[^\[\]\d:]{1,60}\]$")  # the organisation, such as `(Example Ltd)`
_TITLES = re.compile(r"^(?:(?:Prof|Capt|Dipl|Univ|Assoc|Asst|Insp)\.[- ]?)+(?=\S)")
_SURNAME_FIRST = re.compile(
    r"(?P<family>[^\W\d_][\w'’-]+), (?!(?P=family))[^\W\d_][\w'’.-]+(?: [^\W\d_][\w.]*)?(?: \([^()]{1,40}\))?"
)
_LONGEST = 6  # words
_SHORTENED = 4  # letters of an abbreviation, with its full stop
_WHOLE_NAME = range(2, 5)  # words
_LONGEST_LABEL = 200  # characters
_SPELLINGS = 2  # letters changed, swapped, left out, added


@lru_cache(maxsize=20_000)
def squeezed(name: str) -> str:
    """Letters and digits only, case and accents ignored, so that spellings of one name are equal."""
    plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", name).casefold())
    return "".join(sign for sign in plain if sign.isalnum() or unicodedata.category(sign)[0] == "M")


@lru_cache(maxsize=10_000)
def looks_like_name(label: str) -> bool:
    """Whether a label could name somebody: few words, capitals where names have them, no sentence."""
    if len(label) > _LONGEST_LABEL:
        return False
    label = _TITLES.sub("", _without_office(_BOXED.sub("", label.strip().lstrip("@"))))
    if is_name_part(label) or (
        _SURNAME_FIRST.fullmatch(label) and is_capitalised(label) and not _no_name(label.split())
    ):
        return True
    if not label or _TIME.search(label) or _SENTENCE.search(label) or _ends_sentence(label):
        return False
    words = re.sub(r"[(（].{0,200}?[)）]", " ", label).replace("|", " ").replace("/", " ").split()
    if not words or len(words) > _LONGEST or _no_name(words):
        return False
    if _CJK.search(label):
        bare = "".join(words)
        return (may_be_name(bare) or len(words) > 1) and not is_point(bare)
    return any(word[0].isalpha() for word in words) and (len(label) > 1 or label.isupper())


def _without_office(label: str) -> str:
    """A label without the text after a comma, if a whole name comes before it: `Ada Byron, Example Ltd`."""
    name, comma, office = label.partition(",")
    whole = len(name.split()) in _WHOLE_NAME and is_capitalised(name)
    named = office[:1] == " " and len(office.split()) <= _LONGEST and (is_capitalised(office) or is_name_part(office))
    return name if comma and whole and named else label


def _ends_sentence(label: str) -> bool:
    """Whether a full stop ends a word that is neither an abbreviation (`Jr.`) nor a name in a play (`HAMLET.`)."""
    last = label.rsplit(maxsplit=1)[-1]
    return last.endswith(".") and len(last) > _SHORTENED and not last.isupper()


def is_no_name(label: str) -> bool:
    """Whether a label begins or ends with a word that no name has: `Break`, `Slides`, `Bette Midler Song`."""
    words = label.split()
    return bool(words) and _no_name(words)


def _no_name(words: list[str]) -> bool:
    lower = [word.strip(".,'").casefold() for word in words]
    return lower[0] in NOT_NAMES or lower[-1] in NOT_LAST or (len(lower) == 1 and lower[0].isdigit())


def is_capitalised(label: str) -> bool:
    """Whether a label is capitalised like a name: every word, except particles."""
    words = re.sub(r"[(（].{0,200}?[)）]", " ", label).replace("|", " ").split()
    if _CJK.search(label):
        return True
    return bool(words) and all(not word[0].islower() or word.casefold() in _PARTICLES for word in words)


def is_initials(label: str) -> bool:
    """Whether a label is only initials, such as `MF` or `J.B.`."""
    return bool(_INITIALS.fullmatch(label)) and len(label) > 1


def definition(label: str) -> tuple[str, str] | None:
    """The name and short form if a label defines one, such as `Mary Fable (MF)`."""
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
    """The known people who may be meant by a label, each with the reason."""
    short = squeezed(label)
    for name in known:
        whole = squeezed(name)
        template = ""
        if short == whole or not short:
            continue
        if label == initials(name) or (is_initials(label) and short in _initial_forms(name)):
            template = _BY_INITIALS
        elif short in map(squeezed, name.split()) or _is_family_name(label, name):
            template = _PART_OF_NAME
        elif is_misspelt(short, whole) or any(is_misspelt(short, squeezed(part)) for part in name.split()):
            template = _ALMOST_SPELLED
        if template:
            yield Candidate(name=name, evidence=template % {"label": label, "name": name})


def _is_family_name(label: str, name: str) -> bool:
    """Whether a label is the beginning of a name in Chinese, Japanese or Korean: `佐藤` of `佐藤一郎`."""
    return len(label) > 1 and name.startswith(label) and bool(_CJK.match(label)) and may_be_chinese_name(name)


def _initial_forms(name: str) -> set[str]:
    words = [word for word in re.split(r"[\s-]+", name) if word]
    every = "".join(word[0] for word in words)
    capital = "".join(word[0] for word in words if word[0].isupper())
    return {squeezed(form) for form in (every, capital, every[:1] + every[-1:]) if len(form) > 1}


def short_forms(name: str) -> set[str]:
    """What may stand for a full name, squeezed: its initials, and each of its words."""
    return _initial_forms(name) | {squeezed(word) for word in name.split()}


def is_misspelt(one: str, other: str) -> bool:
    """Whether two words may be one that is misspelt: a letter in four, and at most two, are changed, added or lost."""
    allowed = min(_SPELLINGS, min(len(one), len(other)) // 4)
    return (
        bool(allowed)
        and abs(len(one) - len(other)) <= allowed
        and DamerauLevenshtein.distance(one, other, score_cutoff=allowed) <= allowed
    )
