"""The non-ASCII letters of languages in Latin script, which tell old encodings apart."""

from __future__ import annotations

import re
from collections import Counter

_LETTERS = (
    "áčďéěíňóřšťúůýž",  # Czech
    "áäčďéíľĺňóôŕšťúýž",  # Slovak
    "ąćęłńóśźż",  # Polish
    "áéíóöőúüű",  # Hungarian
    "ăâîșțşţ",  # Romanian
    "čćđšž",  # Croatian, Slovene
    "ąčęėįšųūž",  # Lithuanian
    "āčēģīķļņšūž",  # Latvian
    "äõöüšž",  # Estonian
    "áéíóúýþæöð",  # Icelandic
    "æøåéü",  # Danish, Norwegian
    "åäöé",  # Swedish, Finnish
    "äöüß",  # German
    "àâæçéèêëîïôœùûüÿ",  # French
    "áéíóúüñªº",  # Spanish
    "àáâãçéêíóôõúü",  # Portuguese
    "àèéìíîòóùú",  # Italian
    "àçèéíïòóúü·",  # Catalan
    "çğıiöşüâîû",  # Turkish
    "ëéèïöü",  # Dutch
)
_ALPHABETS = tuple(frozenset(letters) for letters in _LETTERS)
_INSIDE = re.compile(r"(?<=[^\W\d_])[^\w\s’·–—…\x00-\x7f](?=[^\W\d_])")


def likeness(text: str) -> float:
    """The share of the letters beyond ASCII that one language has, the one with most of them; 1 where there are none.

    Signs within words count as letters that no language has.

    >>> likeness("Łukasz: Dziś, dziś"), likeness("£ukasz: Dzi¶, dziœ")
    (1.0, 0.3333333333333333)
    """
    # The capital İ in small letters is two characters, and ASCII first.
    letters = Counter(letter.lower()[0] for letter in text if letter > "\x7f" and letter.isalpha())
    odd = len(_INSIDE.findall(text)) + sum(text.count(sign) for sign in "¶¸£¤¦¬")
    every = letters.total() + odd
    known = max(sum(count for letter, count in letters.items() if letter in alphabet) for alphabet in _ALPHABETS)
    return known / every if every else 1.0
