"""Translate characters that documents write by their position in a symbol font: F0B0 of Symbol is a degree sign.

After the tables of Adobe's Symbol and of Wingdings that Unicode publishes (Public/MAPPINGS/VENDORS).
"""

from __future__ import annotations

_ASCII = " !∀#∃%&∍()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
_HIGH = "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑"
_SYMBOL = {
    **{0x20 + at: sign for at, sign in enumerate(_ASCII)},
    **{0xA0 + at: sign for at, sign in enumerate(_HIGH)},
    0xF1: "〉",
    0xF2: "∫",
}
_WINGDINGS = {
    0x28: "☎", 0x2A: "✉", 0x4A: "☺", 0x4B: "😐", 0x4C: "☹", 0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x73: "⬧",
    0x75: "◆", 0x76: "❖", 0x9E: "·", 0x9F: "•", 0xA7: "▪", 0xA8: "◻", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑",
    0xE2: "↓", 0xE8: "➔", 0xEF: "⇦", 0xF0: "⇨", 0xF1: "⇧", 0xF2: "⇩", 0xF3: "⬄", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒",
    0xFE: "☑",
}  # fmt: skip
_FONTS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS}
_PRIVATE = range(0xF000, 0xF100)  # where Word puts the places of symbol fonts


def sign(font: str, code: int) -> str:
    """The character at a position of a font; empty if it is unknown."""
    table = _FONTS.get(font.casefold())
    place = code - _PRIVATE.start if code in _PRIVATE else code
    if table is not None:
        return table.get(place, "")
    return "" if 0xE000 <= code < 0xF900 or not 0x20 <= code < 0x110000 else chr(code)  # noqa: PLR2004


def typed(text: str, font: str) -> str:
    """The text in a symbol font as Unicode; unknown characters stay as they are."""
    if font.casefold() not in _FONTS or not any(ord(letter) in _PRIVATE for letter in text):
        return text
    return "".join((sign(font, ord(letter)) or letter) if ord(letter) in _PRIVATE else letter for letter in text)
