"""Lay out a text in lines: line breaks, widths and direction."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from PIL import ImageFont

from panels.reading.social_cards.fonts import Face, is_shaping

_HAN = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_OPENING = "(\\[{“‘«（［｛〈《「『【"
_CLOSING = ")\\]}”’»）］｝〉》」』】，。、；：？！,.;:?!…—"
# Unbreakable units: a word or an ideograph with its adjacent punctuation.
_PIECE = re.compile(rf"[{_OPENING}]*(?:[{_HAN}]|[^\s{_HAN}{_OPENING}]+|[{_OPENING}])[{_CLOSING}]*\s*")


@dataclass(frozen=True, slots=True)
class TextBlock:
    """Lines in one face and size."""

    lines: tuple[str, ...]
    font: ImageFont.FreeTypeFont
    leading: int
    is_whole: bool

    @property
    def height(self) -> int:
        return self.leading * len(self.lines)


def set_in(face: Face, text: str, size: int, *, width: int, most: int, rtl: bool) -> TextBlock:
    """The text in at most that many lines; what does not fit is cut, with an ellipsis."""
    font = face.at(size)
    lines: list[str] = []
    line, taken = "", 0.0
    for piece in _pieces(text, font, width, rtl=rtl):
        extent = length(font, piece.rstrip(), rtl=rtl)
        if line and taken + extent > width:
            lines.append(line.rstrip())
            line, taken = "", 0.0
            if len(lines) == most:
                break
        line += piece
        taken += length(font, piece, rtl=rtl)
    else:
        lines.append(line.rstrip())
        return TextBlock(tuple(lines), font, round(size * 1.36), is_whole=True)
    lines[-1] = _cut(lines[-1], font, width, rtl=rtl)
    return TextBlock(tuple(lines), font, round(size * 1.36), is_whole=False)


def length(font: ImageFont.FreeTypeFont, text: str, *, rtl: bool) -> float:
    return font.getlength(text, direction=direction(rtl=rtl))


def direction(*, rtl: bool) -> str | None:
    """The direction as Pillow expects it; without Raqm, None."""
    if not is_shaping:
        return None
    return "rtl" if rtl else "ltr"


def _pieces(text: str, font: ImageFont.FreeTypeFont, width: int, *, rtl: bool) -> Iterator[str]:
    """The pieces that lines can break between; a word wider than a line, such as a URL, is split."""
    for piece in _PIECE.findall(text) or [text]:
        rest = piece
        while length(font, rest, rtl=rtl) > width and len(rest) > 1:
            fits = len(rest) - 1
            while fits > 1 and length(font, rest[:fits], rtl=rtl) > width:
                fits -= 1
            yield rest[:fits]
            rest = rest[fits:]
        yield rest


def _cut(line: str, font: ImageFont.FreeTypeFont, width: int, *, rtl: bool) -> str:
    line = line.rstrip("…")
    while line and length(font, f"{line}…", rtl=rtl) > width:
        line = line.rpartition(" ")[0] if " " in line else line[:-1]
    return f"{line.rstrip(' ,;:，、；：')}…"
