"""The words of a text as the search sees them, alike in Python, in SQLite and in PostgreSQL.

A word is what SQLite's FTS5 makes of it with `porter unicode61 remove_diacritics 2`, over a text that was made ready
for it: letters, digits and marks are words, everything else parts them; case and the accents of Latin letters are
folded; English words are stemmed. Where words are not parted by spaces (Chinese, Japanese), and in Korean, whose
words carry their particles, each character is a word, so that any part of a sentence is found.

FTS5's tables are of Unicode 6.1; a test compares all characters with them.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from Stemmer import Stemmer

# All of these are used inside a character class of a regular expression, and of SQLite's GLOB.
ALONE = (
    "\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3105-\u312f"
    "\u3131-\u318e\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff66-\uff9f"
    "\U00020000-\U0003fffd"
)
"""Characters that are each a word."""
WIDE = "\uff10-\uff19\uff21-\uff3a\uff41-\uff5a"
"""Full-width ASCII letters and digits."""
WIDENED = 0xFEE0
SYMBOLS = (
    "\u061c\u2066-\u2069\u218a-\u218b\u23f4-\u23ff\u2700-\u2700\u2b4d-\u2bff\u2e3c-\u2e7f\ufe00-\ufe0f"
    "\U0001f000-\U0001faff\U000e0100-\U000e01ef"
)
"""Signs that are newer than FTS5's tables, or that it treats as parts of words."""
GONE = "\u00ad"
"""Characters that are ignored: the soft hyphen."""
LONGEST = 200_000
"""Only this many characters of a passage are indexed."""

_DIACRITICS = frozenset(
    "\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u0309\u030a\u030b\u030c\u030f\u0311\u031b"
    "\u0323\u0324\u0325\u0326\u0327\u0328\u032d\u032e\u0330\u0331"
)
_NOTHING = "\0"
_STEMMED = range(3, 65)  # bytes; FTS5 does not stem longer words
_alone, _wide, _symbol, _gone = (re.compile(f"[{some}]") for some in (ALONE, WIDE, SYMBOLS, GONE))
_WORD = re.compile(f"[{ALONE}]|[^ {ALONE}]+")

# Where FTS5's Porter stemmer differs from Snowball's, which PostgreSQL also has: these words are changed first.
STEM_FIXES = (
    ("([aeiouy][^aeiouy].{0,60})bl(y|ies)$", r"\1ble"),
    ("([aeiouy][^aeiouy].{0,60})log(y|ies|ied|ying)$", r"\1log"),
    (r"([chjkqvwx])\1(ed|ing)$", r"\1"),
)
_STEM_FIXES = tuple((re.compile(pattern), replacement) for pattern, replacement in STEM_FIXES)
_porter = Stemmer("porter")


class Word(NamedTuple):
    """A folded word, not stemmed, and its position in the text."""

    word: str
    start: int
    end: int


def words_of(text: str) -> list[Word]:
    """The words of a text in order.

    >>> [word.word for word in words_of("Café “大学” 3rd")]
    ['cafe', '大', '学', '3rd']
    """
    found = _WORD.finditer(text.translate(_FOLDED))
    return [Word(word, *match.span()) for match in found if (word := match[0].replace(_NOTHING, ""))]


def stems_of(text: str) -> list[str]:
    """The stems of a text in order, which are compared."""
    folded = text.translate(_FOLDED).replace(_NOTHING, "")
    found = folded.split() if folded.isascii() else _WORD.findall(folded)
    return list(map(_STEMS.__getitem__, found))


def spans_of(text: str) -> list[tuple[int, int]]:
    """The start and end of each word of a text, in the order of its stems."""
    folded = text.translate(_FOLDED)
    found = (match.span() for match in _WORD.finditer(folded))
    if _NOTHING in folded:
        return [(start, end) for start, end in found if folded[start:end].strip(_NOTHING)]
    return list(found)


def stem(word: str) -> str:
    """The stem of a folded word. Words of other languages than English are stemmed by the same rules, or not at all.

    >>> stem("libraries"), stem("library"), stem("大")
    ('librari', 'librari', '大')
    """
    return _STEMS[word]


def fold(character: str) -> str:
    """The character as folded in a word: a space separates words, an empty string is dropped."""
    if _gone.match(character) or character in _DIACRITICS:
        return ""
    if _symbol.match(character):
        return " "
    if _wide.match(character):
        character = chr(ord(character) - WIDENED)
    category = unicodedata.category(character)
    if category[0] in "PSZ" or category in {"Cc", "Cf", "Cs"}:
        return " "
    base = unicodedata.normalize("NFD", character)[0]
    if base.isascii() and base.isalpha():
        return base.lower()
    folded = character.casefold()
    return folded if len(folded) == 1 else character.lower() if len(character.lower()) == 1 else character


def folds() -> Iterator[tuple[str, str]]:
    """The characters of the basic plane that are changed by `fold`, and what they become."""
    for code in range(0xFFFE):
        if unicodedata.category(chr(code)) != "Cs" and (folded := fold(chr(code))) != chr(code):
            yield chr(code), folded


class _Folded(dict[int, int]):
    """A table for `str.translate` that leaves every character in its place."""

    def __missing__(self, code: int) -> int:
        folded = self[code] = ord(fold(chr(code)) or _NOTHING)
        return folded


class _Stems(dict[str, str]):
    """A cache of stems; there are few distinct words compared with texts."""

    MOST = 200_000

    def __missing__(self, word: str) -> str:
        if len(self) >= self.MOST:
            self.clear()
        found = self[word] = _stem(word)
        return found


def _stem(word: str) -> str:
    if len(word.encode()) not in _STEMMED:
        return word
    for pattern, replacement in _STEM_FIXES:
        word = pattern.sub(replacement, word)
    stemmed: str = _porter.stemWord(word)
    return stemmed


_FOLDED = _Folded()
_STEMS = _Stems()
