"""The styles of an OpenDocument text: the properties of text, and which lists are numbered."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_ANCESTORS = 20  # styles that a style is based on
_BOLD = 600  # the weight from which letters are bold
_MOVED = re.compile(r"(?P<word>super|sub)\b|(?P<percent>-?\d{1,4}(?:\.\d+)?)%")
_SET = {
    f"{_FO}font-weight": "weight",
    f"{_FO}font-style": "slope",
    f"{TEXT}display": "display",
    f"{STYLE}text-line-through-style": "struck",
    f"{STYLE}text-line-through-type": "struck",
    f"{STYLE}text-position": "position",
}
_NUMBERED = f"{TEXT}list-level-style-number"


@dataclass(frozen=True, slots=True)
class OdtLook:
    """The properties that styles give to a run of text."""

    values: Mapping[str, str] = field(default_factory=dict)

    def with_(self, values: Mapping[str, str]) -> OdtLook:
        """The properties, overridden by those of a nested style."""
        return OdtLook({**self.values, **values}) if values else self

    @property
    def bold(self) -> bool:
        weight = self.values.get("weight", "")
        return weight == "bold" or (weight.isascii() and weight.isdigit() and int(weight[:4]) >= _BOLD)

    @property
    def italic(self) -> bool:
        return self.values.get("slope") in ("italic", "oblique")

    @property
    def hidden(self) -> bool:
        return self.values.get("display") == "none"

    @property
    def struck(self) -> bool:
        return self.values.get("struck", "none") != "none"

    @property
    def moved(self) -> str:
        """`super` or `sub`; empty for neither."""
        found = _MOVED.match(self.values.get("position", ""))
        if not found:
            return ""
        percent = float(found["percent"] or 0)
        return found["word"] or ("super" if percent > 0 else "sub" if percent < 0 else "")


@dataclass(frozen=True, slots=True)
class _Style:
    name: str
    parent: str
    values: Mapping[str, str]


class Styles:
    """The styles of a document, from its styles part and its content part."""

    def __init__(self, *roots: etree._Element | None) -> None:
        self._styles: dict[tuple[str, str], _Style] = {}
        self._numbered: dict[str, frozenset[int]] = {}
        for root in roots:
            for style in () if root is None else root.iter(f"{STYLE}style"):
                key = (style.get(f"{STYLE}family") or "", style.get(f"{STYLE}name") or "")
                self._styles[key] = _Style(
                    (style.get(f"{STYLE}display-name") or key[1]).replace("_20_", " "),
                    style.get(f"{STYLE}parent-style-name") or "",
                    _values(style.find(f"{STYLE}text-properties")),
                )
            for listed in () if root is None else root.iter(f"{TEXT}list-style"):
                levels = (level.get(f"{TEXT}level") or "" for level in listed.iter(_NUMBERED))
                name = listed.get(f"{STYLE}name") or ""
                self._numbered[name] = frozenset(int(level) for level in levels if level in "123456789" and level)

    def look(self, family: str, name: str | None) -> dict[str, str]:
        """The properties of a style, including those of the styles it is based on."""
        chain = list(self._chain(family, name or ""))
        return {key: value for style in reversed(chain) for key, value in style.values.items()}

    def is_title(self, name: str | None) -> bool:
        """Whether a paragraph style is that of the title, or based on it."""
        return any(style.name == "Title" for style in self._chain("paragraph", name or "")) or name == "Title"

    def is_numbered(self, name: str, level: int) -> bool:
        """Whether a list is numbered at a level."""
        return level in self._numbered.get(name, ())

    def _chain(self, family: str, name: str) -> Iterator[_Style]:
        for _ in range(_ANCESTORS):
            style = self._styles.get((family, name))
            if style is None:
                return
            yield style
            name = style.parent


def _values(properties: etree._Element | None) -> dict[str, str]:
    return {} if properties is None else {key: value for name, key in _SET.items() if (value := properties.get(name))}
