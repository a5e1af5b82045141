"""The tokens of an RTF file, and the encodings of its fonts.

After the Rich Text Format Specification 1.9.1: groups in braces, control words, control signs, and bytes.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

_TOKEN = re.compile(
    rb"\\(?P<word>[A-Za-z]{1,32})(?P<number>-?\d{1,10})? ?|\\'(?P<hex>[0-9A-Fa-f]{2})|\\(?P<sign>[^A-Za-z])"
    rb"|(?P<brace>[{}])|[\r\n]+|(?P<text>[^\\{}\r\n]{1,4096})"
)
_CHARSETS = {
    0: "cp1252", 77: "mac_roman", 78: "cp932", 79: "cp949", 80: "cp936", 81: "cp950", 128: "cp932", 129: "cp949",
    130: "johab", 134: "cp936", 136: "cp950", 161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255",
    178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip
SYMBOLS = 2  # the character set of fonts whose signs are no letters
_SYSTEMS = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
_PAGES = {10000: "mac_roman", 10001: "cp932", 10006: "mac_greek", 10007: "mac_cyrillic", 65001: "utf-8"}


class TokenKind(Enum):
    """The kind of a token."""

    OPEN = auto()
    CLOSE = auto()
    WORD = auto()
    SIGN = auto()
    BYTES = auto()


@dataclass(frozen=True, slots=True)
class RtfToken:
    """A token: a control word with its name and number, a control sign, or bytes."""

    kind: TokenKind
    word: str = ""
    number: int | None = None
    data: bytes = b""


_OPEN, _CLOSE = RtfToken(TokenKind.OPEN), RtfToken(TokenKind.CLOSE)


def tokens(raw: bytes) -> Iterator[RtfToken]:
    """All tokens of a file. The bytes of pictures (`\\bin`) are skipped."""
    at = raw.find(b"{")
    while 0 <= at < len(raw) and (found := _TOKEN.match(raw, at)):  # none at a backslash that ends the file
        at = found.end()
        token = _token(found)
        if token is not None:
            at += max(token.number or 0, 0) if token.word == "bin" else 0
            yield token


def _token(found: re.Match[bytes]) -> RtfToken | None:
    if found["word"]:
        number = int(found["number"]) if found["number"] else None
        return RtfToken(TokenKind.WORD, found["word"].decode("ascii"), number)
    if found["brace"]:
        return _OPEN if found["brace"] == b"{" else _CLOSE
    if found["sign"]:
        return RtfToken(TokenKind.SIGN, data=found["sign"])
    data = bytes.fromhex(found["hex"].decode("ascii")) if found["hex"] else found["text"]
    return RtfToken(TokenKind.BYTES, data=data) if data else None


def of_charset(charset: int | None, default: str) -> str:
    """The encoding of a font's character set."""
    return _CHARSETS.get(charset if charset is not None else -1, default)


def of_page(word: str, number: int | None) -> str:
    """The encoding given at the beginning of the file by `\\ansicpg1251`, `\\mac` and the like; empty if none is."""
    if word in _SYSTEMS:
        return _SYSTEMS[word]
    if word != "ansicpg" or number is None:
        return ""
    name = _PAGES.get(number, f"cp{number}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return ""
