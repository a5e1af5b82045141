"""Detect the script of a text, and what it implies for the language."""

import re
from dataclasses import dataclass

from panels.transcript.languages import parts_of

_READ = 20_000  # characters from the start of a text
_FEWEST = 4  # letters: fewer are not enough to tell
_DOMINANT = 0.6  # of the letters must be in the script of a text
_KANA = 0.1  # of the characters of a Japanese text must be ideographs or kana
_IDEOGRAPH = 2  # an ideograph counts as much as several letters


@dataclass(frozen=True, slots=True)
class Script:
    """A script by its ISO 15924 code, its letters as a character class, and the languages written in it."""

    code: str
    letters: str
    languages: frozenset[str]


def _script(code: str, letters: str, languages: str) -> Script:
    return Script(code, letters, frozenset(languages.split()))


_SCRIPTS = (
    _script("Hani", "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003fffd", "zh yue wuu hak nan gan lzh cmn ja ko"),
    _script("Kana", "\u3041-\u3096\u30a1-\u30fa", "ja"),
    _script("Hang", "\u1100-\u11ff\uac00-\ud7a3", "ko"),
    _script("Arab", "\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff", "ar fa ur ps ug ckb ku sd ks pa az ms ary arz prs bal"),
    _script("Cyrl", "\u0400-\u052f", "ru uk be bg sr mk kk ky mn tg tt ba cv os ce uz az sh bs rue cu ab av udm sah"),
    _script("Grek", "\u0370-\u03ff\u1f00-\u1fff", "el grc"),
    _script("Hebr", "\u05d0-\u05ea", "he yi iw lad"),
    _script("Armn", "\u0531-\u0587", "hy hyw"),
    _script("Geor", "\u10a0-\u10ff", "ka xmf"),
    _script("Deva", "\u0904-\u0939\u0958-\u0961", "hi mr ne sa mai bho kok sd ks"),
    _script("Beng", "\u0985-\u09b9", "bn as"),
    _script("Guru", "\u0a05-\u0a39", "pa"),
    _script("Gujr", "\u0a85-\u0ab9", "gu"),
    _script("Orya", "\u0b05-\u0b39", "or"),
    _script("Taml", "\u0b85-\u0bb9", "ta"),
    _script("Telu", "\u0c05-\u0c39", "te"),
    _script("Knda", "\u0c85-\u0cb9", "kn tcy"),
    _script("Mlym", "\u0d05-\u0d39", "ml"),
    _script("Sinh", "\u0d85-\u0dc6", "si"),
    _script("Thai", "\u0e01-\u0e30", "th"),
    _script("Laoo", "\u0e81-\u0eb0", "lo"),
    _script("Tibt", "\u0f40-\u0f6c", "bo dz"),
    _script("Mymr", "\u1000-\u1021", "my"),
    _script("Khmr", "\u1780-\u17a2", "km"),
    _script("Ethi", "\u1200-\u135a", "am ti"),
    _script("Latn", "A-Za-z\u00c0-\u024f\u1e00-\u1eff", ""),
)
_BY_CODE = {one.code: one for one in _SCRIPTS}
_LETTERS = {one.code: re.compile(f"[{one.letters}]") for one in _SCRIPTS}
_ALSO_LATIN = _script("Latn", "", "sr az uz kk ms ku sh bs tt tg mn ky pa ug yi lad cmn nan hak").languages
_ALWAYS_OTHER = frozenset[str]().union(*(one.languages for one in _SCRIPTS)) - _ALSO_LATIN
_ONLY = {
    "Kana": "ja", "Hang": "ko", "Grek": "el", "Hebr": "he", "Armn": "hy", "Geor": "ka", "Guru": "pa", "Gujr": "gu",
    "Orya": "or", "Taml": "ta", "Telu": "te", "Knda": "kn", "Mlym": "ml", "Sinh": "si", "Thai": "th", "Laoo": "lo",
    "Mymr": "my", "Khmr": "km",
}  # fmt: skip
"""Languages with a script that hardly any other language uses."""
_SIMPLIFIED, _TRADITIONAL = (
    re.compile(f"[{some}]")
    for some in (
        "们这说时为会过对个国经见产开关让还没问话么样应点长东电头间实现种发当动学业书图馆读语",
        "們這說時為會過對個國經見產開關讓還沒問話麼樣應點長東電頭間實現種發當動學業書圖館讀語",
    )
)
_URDU, _PERSIAN = re.compile("[ٹڈڑںےہھ]"), re.compile("[پچژگکی]")
_TELLING = 0.02  # of the letters, which tell languages in Arabic script apart


def script_of(text: str) -> str:
    """The script of most of a text; empty if it has few letters, or no script prevails.

    >>> script_of("我们在夜里开放 reading room"), script_of("..."), script_of("夜のあいだ、閲覧室を開けています")
    ('Hani', '', 'Kana')
    """
    read = text[:_READ]
    counts = {code: len(letters.findall(read)) for code, letters in _LETTERS.items()}
    if sum(counts.values()) < _FEWEST:
        return ""
    if counts["Kana"] > _KANA * (counts["Kana"] + counts["Hani"]):
        counts["Kana"], counts["Hani"] = counts["Kana"] + counts["Hani"], 0
    counts["Hani"] *= _IDEOGRAPH
    counts["Kana"] *= _IDEOGRAPH
    code = max(counts, key=lambda one: counts[one])
    return code if counts[code] >= _DOMINANT * sum(counts.values()) else ""


def language_by_script(text: str) -> str:
    """The language that the script of a text implies, as a tag; empty if several languages share the script."""
    script = script_of(text)
    if script == "Hani":
        return _chinese(text)
    if script == "Arab":
        return _in_arabic_script(text)
    return _ONLY.get(script, "")


def contradicts_script(tag: str, text: str) -> bool:
    """Whether a text is in a script that its language is not written in.

    >>> contradicts_script("en", "我们在夜里开放阅览室"), contradicts_script("zh", "我们在夜里开放阅览室")
    (True, False)
    """
    language, named = parts_of(tag)
    script = script_of(text)
    if not script or not language or named == script.lower():
        return False
    if script == "Latn":
        return named not in ("", "latn") or (not named and language in _ALWAYS_OTHER)
    if language not in _BY_CODE[script].languages:
        return True
    return script == "Hani" and {named, parts_of(_chinese(text))[1]} == {"hans", "hant"}


def _chinese(text: str) -> str:
    read = text[:_READ]
    simplified, traditional = len(_SIMPLIFIED.findall(read)), len(_TRADITIONAL.findall(read))
    if simplified == traditional:
        return "zh"
    return "zh-Hans" if simplified > traditional else "zh-Hant"


def _in_arabic_script(text: str) -> str:
    read = text[:_READ]
    letters = len(_LETTERS["Arab"].findall(read))
    if len(_URDU.findall(read)) > _TELLING * letters:
        return "ur"
    return "fa" if len(_PERSIAN.findall(read)) > _TELLING * letters else "ar"
