"""The words of a text as the search sees them, alike in Python, in SQLite and in PostgreSQL.

A word is what SQLite's FTS5 makes of it with `porter unicode61 remove_diacritics 2`, over a text that was made ready
for it: letters, digits and marks are words, everything else parts them; English words are stemmed. Where words are not
parted by spaces (Chinese, Japanese), and in Korean, whose words carry their particles, each character is a word, so
that any part of a sentence is found.

Words are folded: composed and decomposed text is the same, and so are capitals and small letters. What readers do not
type is left out: the accents of Latin and Greek letters, Arabic and Hebrew vowel signs, the tatweel, the hamza and
madda of an alef (as in Lucene's ArabicNormalizer), the dots of ё. Ligatures, contextual forms, full-width letters and
half-width kana are the usual letters. Marks that make another letter stay: й is not и, が is not か.

FTS5's tables are of Unicode 6.1; a test compares all characters with them.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from itertools import product
from typing import NamedTuple

from Stemmer import Stemmer

# All of these are used inside a character class of a regular expression, and of SQLite's GLOB.
ALONE = (
    "\u1100-\u11ff\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3105-\u312f"
    "\u3131-\u318e\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff66-\uff9d"
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
JAMO = "[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?"
"""A Korean syllable that is written as letters: one word."""
VOICED = "\u3099\u309a\uff9e\uff9f"
"""The marks of kana; the last two are of half-width kana."""
COMBINING = f"\u0300-\u036f\u0653-\u0655{VOICED}"
"""Marks that are ignored unless they make another letter of the one before them."""
VOWELS = (
    "\u0610-\u061a\u0640\u064b-\u0652\u0656-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7-\u06e8\u06ea-\u06ed"
    "\u08d3-\u08e1\u08e3-\u08ff"
)
"""Vowel signs and other marks of Arabic texts, which few write, and the tatweel."""
GONE = f"\u00ad\u0591-\u05bd\u05bf\u05c1-\u05c2\u05c4-\u05c5\u05c7{VOWELS}\u1ab0-\u1aff\u1dc0-\u1dff\ufe20-\ufe2f"
"""Characters that are ignored: the soft hyphen, those vowel signs, the points of Hebrew, rare combining marks."""
LONGEST = 200_000
"""Only this many characters of a passage are indexed."""

_NOTHING = "\0"
_STEMMED = range(3, 65)  # bytes; FTS5 does not stem longer words
_alone, _wide, _symbol, _gone, _combining = (
    re.compile(f"[{some}]") for some in (ALONE, WIDE, SYMBOLS, GONE, COMBINING)
)
_WORD = re.compile(f"{JAMO}|[{ALONE}][{VOICED}]?|[^ {ALONE}]+")
# Letters of their own, which their marks do not leave: Cyrillic, hamza on waw and yeh, kana, Korean syllables.
_letter = re.compile("[\u0400-\u052f\u0624\u0626\u06c0\u06c2\u06d3\u3041-\u30ff\uac00-\ud7a3]")
_NO_LETTERS = frozenset("\u0400\u0401\u040d\u0450\u0451\u045d")  # ё, and e and и with the grave of a stressed vowel
_forms = re.compile("[\u0130-\u1fff\ufb00-\ufdff\ufe70-\ufefc\uff66-\uff9f]")
_FORMS = frozenset({"<compat>", "<initial>", "<medial>", "<final>", "<isolated>", "<narrow>"})
NARROW = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0xFF66, 0xFFA0)}
"""Half-width kana and their marks, and the usual ones."""
_NARROW = str.maketrans(NARROW)

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
    return [Word(word, *match.span()) for match in found if (word := _WORDS[match[0]])]


def folded_words_of(text: str) -> list[str]:
    """The words of a text in order, without their positions: several times faster than `words_of`."""
    return _looked_up(text, _WORDS)


def stems_of(text: str) -> list[str]:
    """The stems of a text in order, which are compared."""
    return _looked_up(text, _STEMS)


def spans_of(text: str) -> list[tuple[int, int]]:
    """The start and end of each word of a text, in the order of its stems."""
    return [match.span() for match in _WORD.finditer(text.translate(_FOLDED)) if _STEMS[match[0]]]


def stem(word: str) -> str:
    """The stem of a folded word. Words of other languages than English are stemmed by the same rules, or not at all.

    >>> stem("libraries"), stem("library"), stem("大")
    ('librari', 'librari', '大')
    """
    return _STEMS[word]


def fold(character: str) -> str:
    """The character as folded in a word: a space separates words, an empty string is dropped.

    >>> fold("É"), fold("Ή"), fold("ﬁ"), fold("Й"), fold("…")
    ('e', 'η', 'fi', 'й', ' ')
    """
    if _gone.match(character) or _combining.match(character):
        return ""
    if _symbol.match(character):
        return " "
    if _wide.match(character):
        character = chr(ord(character) - WIDENED)
    category = unicodedata.category(character)
    if category[0] in "PSZ" or category in {"Cc", "Cf", "Cs"}:
        return " "
    if (letters := _letters(character)) != character:
        return "".join(map(fold, letters))
    folded = character.casefold()
    return folded if len(folded) == 1 else character.lower() if len(character.lower()) == 1 else character


def _letters(character: str) -> str:
    """The letters and marks that a character is made of, or itself if it is a letter of its own."""
    if _letter.match(character) and character not in _NO_LETTERS:
        return character
    form = unicodedata.decomposition(character).partition(" ")[0]
    if form.startswith("<"):
        if form not in _FORMS or not _forms.match(character):
            return character
        letters = unicodedata.normalize("NFKD", character)
        return letters if all(unicodedata.category(one)[0] in "LM" for one in letters) else character
    return unicodedata.normalize("NFD", character)


def _finished(word: str) -> str:
    """A word whose characters are folded one by one: composed, and without what is left of marks."""
    word = word.replace(_NOTHING, "")
    if word.isascii():
        return word
    return "".join(map(fold, unicodedata.normalize("NFC", word.translate(_NARROW))))


def folds() -> Iterator[tuple[str, str]]:
    """The characters that are changed by `fold`, and what they become; beyond the basic plane only composed ones."""
    beyond = (code for code in range(0x10000, 0x30000) if unicodedata.normalize("NFD", chr(code)) != chr(code))
    for code in (*range(0xFFFE), *beyond):
        character = chr(code)
        if unicodedata.category(character) != "Cs" and (folded := fold(character)) != character:
            yield character, folded


def compositions() -> Iterator[tuple[str, str]]:
    """Letters that are written as two characters, and the letter that these make."""
    narrow: dict[str, list[str]] = {}
    for one, usual in NARROW.items():
        narrow.setdefault(usual, []).append(one)
    for code in range(0x0400, 0x3100):
        made = unicodedata.normalize("NFD", chr(code))
        if len(made) > 1 and _letter.match(chr(code)) and fold(chr(code)) != fold(made[0]):
            for letter, mark in product(*((one, *narrow.get(one, ())) for one in made[:2])):
                yield letter + mark, fold(chr(code))


class _Folded(dict[int, int]):
    """A table for `str.translate` that leaves every character in its place."""

    def __missing__(self, code: int) -> int:
        folded = "" if (is_mark := _combining.match(chr(code))) else fold(chr(code)) or _NOTHING
        # A mark may make another letter, and a ligature is several: they wait until the words are known.
        self[code] = code if is_mark or len(folded) != 1 else ord(folded)
        return self[code]


class _Cache(dict[str, str]):
    """Words as they are folded, or stemmed; there are few distinct words compared with texts."""

    MOST = 200_000

    def __init__(self, make: Callable[[str], str]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, word: str) -> str:
        if len(self) >= self.MOST:
            self.clear()
        found = self[word] = self._make(word)
        return found


def _stem(word: str) -> str:
    word = _finished(word)
    if len(word.encode()) not in _STEMMED:
        return word
    for pattern, replacement in _STEM_FIXES:
        word = pattern.sub(replacement, word)
    stemmed: str = _porter.stemWord(word)
    return stemmed


def _looked_up(text: str, forms: _Cache) -> list[str]:
    """The forms of a text's words that are not empty, in order."""
    folded = text.translate(_FOLDED)
    if folded.isascii() and _NOTHING not in folded:
        return list(map(forms.__getitem__, folded.split()))
    return list(filter(None, map(forms.__getitem__, _WORD.findall(folded))))


_FOLDED = _Folded()
_WORDS = _Cache(_finished)
_STEMS = _Cache(_stem)
