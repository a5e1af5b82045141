"""Pure functions on words: slugs, sort keys, excerpts."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

LONGEST_NAME = 200  # characters, of a person or a tag in the database
# U+4E28 is left out: publishers use that ideograph as a vertical bar.
_IDEOGRAPHS = re.compile(r"[\u3400-\u4e27\u4e29-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
_MARKS = re.compile(r"\]\((?:[^()\n]|\([^()\n]*\))*+\)|[*`\[\]]|^ {0,3}[#>]+ ?|\b_|_\b", re.MULTILINE)
_LIST_ITEM = re.compile(r"(?P<before>(?<=\S)\n\s*+|^)[-*+][ \t]+(?=\S)")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_SPACES = re.compile(r"\s+")
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_JOINERS = re.compile(r"(?<!\w)[\u200c\u200d]+|[\u200c\u200d]+(?!\w)")  # between letters, part of the spelling

# The beginnings of the Unicode names of each language's letters.
_SCRIPTS: dict[str, tuple[str, ...]] = {
    "ar": ("ARABIC",), "el": ("GREEK",), "fa": ("ARABIC",), "he": ("HEBREW",), "hi": ("DEVANAGARI",),
    "ja": ("CJK", "HIRAGANA", "KATAKANA"), "ko": ("HANGUL", "CJK"), "ru": ("CYRILLIC",), "th": ("THAI",),
    "uk": ("CYRILLIC",), "ur": ("ARABIC",), "zh": ("CJK",),
}  # fmt: skip

# Language tags (BCP 47) for words of which only the script is known.
_LANGUAGES_OF_SCRIPTS = {
    "ARABIC": "und-Arab", "CJK": "und-Hani", "CYRILLIC": "und-Cyrl", "DEVANAGARI": "und-Deva", "GREEK": "el",
    "HANGUL": "ko", "HEBREW": "und-Hebr", "HIRAGANA": "ja", "KATAKANA": "ja", "THAI": "th",
}  # fmt: skip

_RIGHT_TO_LEFT = frozenset(["ar", "arc", "ckb", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"])

# Family names of two characters; all others have one.
_DOUBLE_FAMILY_NAME = re.compile(
    "欧阳|歐陽|司马|司馬|上官|诸葛|諸葛|夏侯|东方|東方|皇甫|尉迟|尉遲|公孙|公孫|慕容|令狐|司徒|司空|万俟|长孙|長孫|宇文|"
    "端木|独孤|獨孤|南宫|南宮|轩辕|軒轅|钟离|鍾離|呼延|申屠|太史|闻人|聞人|澹台|澹臺"
)

# Letters that Unicode does not decompose, although readers of Latin script spell them this way.
_SPELT_OUT = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)

# Family names whose reading differs from the usual reading of the character.
_FAMILY_READINGS = {
    "单": "shan", "單": "shan", "曾": "zeng", "解": "xie", "仇": "qiu", "查": "zha", "区": "ou", "區": "ou",
    "朴": "piao", "盖": "ge", "蓋": "ge", "尉迟": "yuchi", "尉遲": "yuchi", "万俟": "moqi", "乐": "yue", "樂": "yue",
    "缪": "miao", "繆": "miao", "种": "chong", "冼": "xian", "洗": "xian", "员": "yun", "覃": "qin", "折": "she",
}  # fmt: skip


# Letters and digits of another width: full-width Latin, half-width kana and Hangul. Signs keep theirs.
_USUAL_WIDTH = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFF10, 0xFFDD) if chr(code).isalnum()}


def tidied(name: str) -> str:
    """A name with its letters composed and of their usual width, ordinary spaces, and no invisible characters.

    >>> tidied("Ａnn\u200b  Cafe\u0301")
    'Ann Café'
    """
    plain = _JOINERS.sub("", _INVISIBLE.sub("", name)).translate(_USUAL_WIDTH)
    return " ".join(unicodedata.normalize("NFC", plain).split())


def slug_of(text: str, *, max_length: int = 80) -> str:
    """The words of a slug for a title or a name, cut at a word boundary; empty if there are none.

    Chinese is written in pinyin, Latin letters lose their accents, other scripts stay as they are:

    >>> slug_of("区块链 & Crème brûlée, 2020")
    'qu-kuai-lian-creme-brulee-2020'
    """
    words = _words(_latin(text))
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word[:max_length]
        if len(longer) > max_length:
            break
        slug = longer
    return slug


def slug_of_name(name: str) -> str:
    """Same as `slug_of`, but a Chinese name is split into family and given name.

    >>> slug_of_name("曾国藩")
    'zeng-guofan'
    """
    if not _IDEOGRAPHS.fullmatch(name):
        return slug_of(name)
    family, given = _split_chinese(name)
    return slug_of(f"{family} {''.join(_pinyin(given))}")


def split_chinese_name(name: str) -> tuple[str, str] | None:
    """The family and given name of a name in Chinese characters; None for any other, which cannot be split reliably.

    >>> split_chinese_name("欧阳修"), split_chinese_name("Jane Doe")
    (('欧阳', '修'), None)
    """
    if len(name) == 1 or not _IDEOGRAPHS.fullmatch(name):
        return None
    double = _DOUBLE_FAMILY_NAME.match(name)
    length = double.end() if double and double.end() < len(name) else 1
    return name[:length], name[length:]


def is_web_url(text: str) -> bool:
    """Whether a text is a URL that a page may link to: only http and https, never one that runs code.

    >>> is_web_url("https://example.org/panel"), is_web_url("javascript:alert(1)"), is_web_url("www.example.org")
    (True, False, False)
    """
    return text[:8].lower().startswith(("http://", "https://"))


def without_marks(text: str) -> str:
    """A text without Markdown's marks; its lines are unchanged."""
    return _MARKS.sub("", text)


def sort_key_of(name: str, family_name: str = "", *, person: bool = True) -> str:
    """The sort key of a name: family name first if given, Chinese by pronunciation, case and accents ignored.

    Of what is too long for a name, only the beginning counts.

    >>> sort_key_of("Ada Łukasz", "Łukasz")
    'lukasz ada'
    """
    given = name = name[:LONGEST_NAME]
    if family_name and family_name in name:
        before, _, after = name.partition(family_name)
        given = f"{before} {after}"
    else:
        family_name = ""
    reading = _FAMILY_READINGS.get(family_name, family_name)
    if person and not family_name and _IDEOGRAPHS.fullmatch(name):
        reading, given = _split_chinese(name)
    return " ".join([*_words(_latin(reading)), *_words(_latin(given))]) or name.casefold()


def excerpt_of(text: str, *, length: int = 200) -> str:
    """The beginning of a text on one line, without Markdown's marks, cut at a word boundary with an ellipsis.

    List items are separated by middle dots.
    """
    items = _LIST_ITEM.sub(lambda found: " · " if found["before"] else "", text)
    plain = _SPACES.sub(" ", without_marks(items)).strip()
    if len(plain) <= length:
        return plain
    cut = plain[:length]
    if " " in cut[length // 2 :]:
        cut = cut.rpartition(" ")[0]
    return f"{cut.rstrip(' ,;:，、；：')}…"


def has_unspaced(text: str) -> bool:
    """Whether any of a text is in a script without spaces between words: Chinese or Japanese."""
    return bool(_UNSPACED.search(text))


@lru_cache(maxsize=8192)
def reading_minutes(text: str) -> float:
    """The reading time, at 230 words or 350 Chinese or Japanese characters a minute, without Markdown's marks.

    >>> reading_minutes("word " * 460), reading_minutes("字" * 175)
    (2.0, 0.5)
    """
    plain = without_marks(text)
    characters = len(_UNSPACED.findall(plain))
    return len(_WORD.findall(_UNSPACED.sub(" ", plain))) / 230 + characters / 350


def is_written_in(text: str, language: str) -> bool:
    """Whether a name is in the script of a language (BCP 47) that is not written in Latin letters.

    >>> is_written_in("张三", "zh-Hans"), is_written_in("Zhang San", "zh-Hans"), is_written_in("张三", "en")
    (True, False, False)
    """
    scripts = _SCRIPTS.get(language.partition("-")[0].lower())
    letters = [character for character in text if character.isalpha()]
    if scripts is None or not letters:
        return False
    return all(unicodedata.name(letter, "").startswith(scripts) for letter in letters)


def language_by_script(text: str) -> str:
    """The language tag that a name's letters imply; "" for Latin letters and unknown ones.

    >>> language_by_script("张三"), language_by_script("さくら"), language_by_script("דוד"), language_by_script("Kim")
    ('und-Hani', 'ja', 'und-Hebr', '')
    """
    scripts = {unicodedata.name(letter, "").partition(" ")[0] for letter in text if letter.isalpha()}
    if "CJK" in scripts and scripts & {"HIRAGANA", "KATAKANA"}:
        return "ja"
    tags = {_LANGUAGES_OF_SCRIPTS.get(script, "") for script in scripts}
    return tags.pop() if len(tags) == 1 else ""


def initials_of(name: str) -> str:
    """One or two characters that stand for a name where there is little space.

    The first letters of its first and last word; only one in a script without capitals, where two would run
    together; of a Chinese or Japanese name the last sign, which tells more people apart than the first.

    >>> initials_of("Ada de Łukasz"), initials_of("张三"), initials_of("أمين المكتبة"), initials_of("NASA")
    ('AŁ', '三', 'أ', 'N')
    """
    words = _words(name)
    if not words:
        return name.strip()[:1]
    if has_unspaced(words[-1]):
        return words[-1][-1]
    letters = [_first_letter(word) for word in (words[0], words[-1])]
    return "".join(letters) if len(words) > 1 and letters[0].islower() != letters[0].isupper() else letters[0]


def is_right_to_left(tag: str) -> bool:
    """Whether a language (BCP 47) is written from right to left.

    >>> is_right_to_left("ar"), is_right_to_left("az-Arab"), is_right_to_left("ar-Latn"), is_right_to_left("en")
    (True, True, False, False)
    """
    primary, *rest = tag.lower().split("-")
    return "latn" not in rest and (primary in _RIGHT_TO_LEFT or bool({"arab", "hebr"} & set(rest)))


def first_free(wanted: str, taken: Iterable[str]) -> str:
    """`wanted`, or `wanted-2`, `wanted-3` … : the first that is not taken."""
    taken = set(taken)
    candidate, number = wanted, 1
    while candidate in taken:
        number += 1
        candidate = f"{wanted}-{number}"
    return candidate


def _split_chinese(name: str) -> tuple[str, str]:
    """The pronunciation of the family name, which comes first, and the rest."""
    for length in (2, 1):
        if len(name) > length and name[:length] in _FAMILY_READINGS:
            return _FAMILY_READINGS[name[:length]], name[length:]
    return name[:1], name[1:]


def _first_letter(word: str) -> str:
    return unicodedata.normalize("NFC", word).removeprefix("ال")[:1].upper()[:1]


def normalize_newlines(text: str) -> str:
    """The text with `\\n` at the end of every line, as stored; browsers send `\\r\\n`."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _pinyin(ideographs: str) -> list[str]:
    """The pronunciation of each character, in Latin letters."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - its dictionaries take longer to load than Django does

    return lazy_pinyin(ideographs)


def _latin(text: str) -> str:
    """Case folded, accents removed from Latin letters, ideographs as spaced pinyin; other scripts unchanged."""
    spelt = _IDEOGRAPHS.sub(lambda found: f" {' '.join(_pinyin(found[0]))} ", text)
    characters: list[str] = []
    base = ""
    for character in unicodedata.normalize("NFKD", spelt.casefold().translate(_SPELT_OUT)):
        if unicodedata.combining(character) and base.isascii():
            continue
        if not unicodedata.combining(character):
            base = character
        characters.append(character)
    return unicodedata.normalize("NFC", "".join(characters))


def _words(text: str) -> list[str]:
    """Runs of letters, digits and combining marks; apostrophes do not split a word."""
    text = re.sub(r"['’ʼ]", "", text).replace("丨", " ")
    return "".join(c if unicodedata.category(c)[0] in "LMN" else " " for c in text).split()
