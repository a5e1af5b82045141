"""Tokens of a quotation: differences in typography are ignored, differences in wording are not.

Quotation marks, dashes, letter widths, white space, line breaks and Markdown's marks may differ between a record and
a quotation of it. Letters, their case inside a sentence, and other punctuation may not.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_IDEOGRAPH = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_DASHES = "\\-‐‑‒–—―－─"
_TOKEN = re.compile(rf"[{_IDEOGRAPH}]|[^\W_{_IDEOGRAPH}]+(?:['’ʼ＇][^\W_{_IDEOGRAPH}]+)*|[{_DASHES}]+|[.．]{{3,}}|\S")
_ONE_IDEOGRAPH = re.compile(rf"[{_IDEOGRAPH}]")
_UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff\x00]")
_APOSTROPHES = str.maketrans(dict.fromkeys("’ʼ＇", "'"))
_STOPS = str.maketrans({"。": ".", "｡": ".", "、": ",", "､": ","})
# Quotation marks, Markdown's marks and ellipses are not words.
_IGNORED = frozenset("\"'“”„‟‘’‚‛«»‹›「」『』｢｣＂＇《》〈〉`´*_#\\~[]…⋯")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, an ideograph or a punctuation mark, at its place in the text; equal keys match in quotations."""

    key: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        return self.key[0].isalnum()

    @property
    def is_ideograph(self) -> bool:
        """Whether it is in a script without spaces, in which a token is a character rather than a word."""
        return _ONE_IDEOGRAPH.fullmatch(self.key) is not None


def readable(text: str) -> str:
    """The text prepared for `tokens_of`: composed letters (NFC), and no invisible characters."""
    return _UNSEEN.sub("", unicodedata.normalize("NFC", text))


def tokens_of(text: str) -> tuple[Token, ...]:
    """The tokens of a `readable` text in reading order."""
    found = (Token(_key(match[0]), match.start(), match.end()) for match in _TOKEN.finditer(text))
    return tuple(token for token in found if token.key)


def surface(text: str, tokens: Sequence[Token]) -> str:
    """The text from the first to the last of some neighbouring tokens."""
    return text[tokens[0].start : tokens[-1].end] if tokens else ""


def trimmed(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The tokens without punctuation at either end, which depends on the surrounding sentence."""
    words = [place for place, token in enumerate(tokens) if token.is_word]
    return tuple(tokens[words[0] : words[-1] + 1]) if words else ()


def uncapped(key: str) -> str:
    """The key ignoring the case of its first letter, as at the beginning of a quotation."""
    return key[:1].lower() + key[1:]


def _key(word: str) -> str:
    if word in _IGNORED or (word[0] in ".．" and len(word) > 1):
        return ""
    if word[0] in _DASHES:
        return "-"
    return unicodedata.normalize("NFKC", word.translate(_APOSTROPHES).translate(_STOPS)).strip()
