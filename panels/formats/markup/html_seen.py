"""Reduce a page to what a browser shows: hidden and struck text is removed, formulas and quotation marks become text.

`show` changes a tree before it is read, and returns what it removed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from lxml import etree

from panels.formats.limits import timed
from panels.formats.parsing.flow import name_of
from panels.formats.parsing.raised import lowered, raised
from panels.formats.parsing.xmltree import legal, line_of, words
from panels.formats.wording import gettext_noop
from panels.transcript import Unread

_HIDDEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_STRUCK_STYLE = re.compile(r"(?:^|;)\s*text-decoration(?:-line)?\s*:[^;]*line-through", re.IGNORECASE)
_STRUCK = frozenset({"del", "s", "strike"})
_QUOTES = {
    "de": "„“", "cs": "„“", "pl": "„”", "ru": "«»", "uk": "«»", "fr": "«»", "es": "«»", "it": "«»", "el": "«»",
    "ja": "「」", "zh-hant": "「」", "zh-tw": "「」", "zh-hk": "「」",
}  # fmt: skip
_SPACED = frozenset("=<>≤≥≠≈+−±→⇒∈")


def show(root: etree._Element, body: etree._Element) -> list[Unread]:
    """Reduce a page to its visible text. Returns what is hidden or struck through."""
    unread: list[Unread] = []
    gone: set[etree._Element] = set()
    for element in timed(list(body.iter())):
        reason = _unseen(element) if name_of(element) and element not in gone else ""
        if reason:
            gone.update(element.iterdescendants())
            text = words(element)
            if text:
                unread.append(Unread(line=line_of(element), text=text, reason=reason))
            _replace_content(element, "")
    language = (root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or "").lower()
    for element in timed(list(body.iter("math", "q", "rt", "rp"))):
        _as_text(element, language)
    return unread


def _unseen(element: etree._Element) -> str:
    style = element.get("style") or ""
    if name_of(element) != "body" and (element.get("hidden") is not None or _HIDDEN.search(style)):
        return gettext_noop("hidden on the page")
    if name_of(element) in _STRUCK or _STRUCK_STYLE.search(style):
        return gettext_noop("struck through")
    return ""


def _as_text(element: etree._Element, language: str) -> None:
    name = name_of(element)
    if name == "math":
        _replace_content(element, _formula(element) or (element.get("alttext") or ""))
    elif name == "q":
        own = (element.get("lang") or language).lower()
        signs = _QUOTES.get(own) or _QUOTES.get(own.partition("-")[0]) or "“”"
        element.text = legal(signs[0] + (element.text or ""))
        last = element[-1] if len(element) else None
        if last is None:
            element.text += signs[1]
        else:
            last.tail = legal((last.tail or "") + signs[1])
    elif name == "rt":
        reading = words(element)
        _replace_content(element, f"（{reading}）" if reading else "")
    else:
        _replace_content(element, "")  # brackets for browsers without ruby support


def _replace_content(element: etree._Element, text: str) -> None:
    """Replace the contents of an element with text; without text, make it an element that is skipped."""
    for child in list(element):
        element.remove(child)
    element.tag, element.text = "span" if text else "template", legal(text)


def _formula(element: etree._Element) -> str:
    """A formula of MathML on one line: `x² + 1`, `(a + b)/2`."""
    name, parts = name_of(element), list(_parts(element))
    if name in ("mi", "mn", "mtext", "ms", "mo"):
        text = words(element)
        return f" {text} " if name == "mo" and text in _SPACED else text
    fewest, written = _WRITTEN.get(name, (len(parts) + 1, "".join))
    return " ".join((written(parts) if len(parts) >= fewest else "".join(parts)).split())


def _parts(element: etree._Element) -> Iterator[str]:
    for child in element:
        if name_of(child) and not name_of(child).startswith("annotation"):
            yield _formula(child)


def _grouped(text: str) -> str:
    text = text.strip()
    return f"({text})" if " " in text else text


# How to write the parts of an element on a line, and how many it must have.
_WRITTEN: dict[str, tuple[int, Callable[[list[str]], str]]] = {
    "msup": (2, lambda parts: parts[0] + raised(parts[1])),
    "mover": (2, lambda parts: parts[0] + raised(parts[1])),
    "msub": (2, lambda parts: parts[0] + lowered(parts[1])),
    "munder": (2, lambda parts: parts[0] + lowered(parts[1])),
    "msubsup": (3, lambda parts: parts[0] + lowered(parts[1]) + raised(parts[2])),
    "munderover": (3, lambda parts: parts[0] + lowered(parts[1]) + raised(parts[2])),
    "mfrac": (2, lambda parts: f"{_grouped(parts[0])}/{_grouped(parts[1])}"),
    "msqrt": (1, lambda parts: f"√{_grouped(''.join(parts))}"),
    "mroot": (2, lambda parts: f"{raised(parts[1])}√{_grouped(parts[0])}"),
    "mfenced": (1, lambda parts: f"({', '.join(parts)})"),
}
