"""Superscript and subscript as characters: a power stays a power in plain text."""

from __future__ import annotations

import re

_SUPER = str.maketrans("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")
_SUB = str.maketrans("0123456789+-−=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")
# Conventional superscripts that mean the same on the line: 21st, Mme, words with a note's mark or a trademark sign.
_BY_HABIT = re.compile(r"st|nd|rd|th|e|er|re|ère|ème|eme|me|lle|o|a|os|as|[°ªº®™℠*†‡§]+|TM|SM|\[.*\]|\(\d{1,3}\)")


def raised(text: str) -> str:
    """Superscript: `⁹`, or `^(k+1)` if there are no such characters.

    >>> "10" + raised("9"), "2" + raised("k+1"), "21" + raised("st")
    ('10⁹', '2^(k+1)', '21st')
    """
    return _moved(text, _SUPER, "^")


def lowered(text: str) -> str:
    """Subscript: `₂`, or `_(max)` if there are no such characters."""
    return _moved(text, _SUB, "_")


def _moved(text: str, table: dict[int, int], sign: str) -> str:
    core = text.strip()
    if not core or _BY_HABIT.fullmatch(core):
        return text
    if all(ord(letter) in table for letter in core):
        return text.translate(table)
    return text.replace(core, f"{sign}{core}" if len(core) == 1 else f"{sign}({core})", 1)
