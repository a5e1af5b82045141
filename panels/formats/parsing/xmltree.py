"""Parse untrusted XML to a tree: nothing is fetched, no entity is expanded, depth and size are bounded.

A document type never reaches the parser. From its internal subset only entities for single characters are used, as
TheyWorkForYou declares them; any other is refused, because the formats read here need no others, and they are the
means of entity expansion and file inclusion attacks.
"""

from __future__ import annotations

import html
import re
from html.entities import html5

from lxml import etree

from panels.formats.errors import FormatError
from panels.formats.limits import TAGS, check_count, check_time, in_force, timed
from panels.formats.wording import gettext_noop

_UNREADABLE = gettext_noop("The XML cannot be read: %(fault)s.")
_LONG_ENTITY = gettext_noop("The file declares the entity “%(entity)s”, which is more than one character.")
_LEVELS = gettext_noop("The file has more than %(most)s levels of elements in elements.")

_DECLARATION = re.compile(r"<\?xml\b[^>]*\?>")
_PROLOG = re.compile(r"\s*(?:<!--.*?-->|<\?.*?\?>)", re.DOTALL)
_DOCTYPE = re.compile(r"\s*<!DOCTYPE\s[^\[>\"']*(?:(?:\"[^\"]*\"|'[^']*')\s*)*(?:\[(.*?)\]\s*)?>", re.DOTALL)
_ENTITY = re.compile(r"<!ENTITY\s+([^<>]*)")  # one that contains tags is cut, and refused
_CHARACTERS = re.compile(r"([\w.-]+)\s+(?:\"([^\"&<%]{0,8}|&\#\w{1,8};)\"|'([^'&<%]{0,8}|&\#\w{1,8};)')\s*")
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_REFERENCE = re.compile(r"&([A-Za-z][\w.-]*);")
_HEAD = 200_000  # characters before the root element
_OWN = ("amp", "lt", "gt", "quot", "apos")
FLATTEN = gettext_noop("Reduce the nesting there, or copy only the text.")
_ROOT = re.compile(r"<([A-Za-z_][\w.:-]*)")


def root_name(text: str) -> str:
    """The local name of the first element, in lower case; empty if there is no markup. Parses nothing."""
    text = text.lstrip("\ufeff \t\r\n")
    if not text.startswith("<"):
        return ""
    at = _after_prolog(text, 0)
    doctype = _DOCTYPE.match(text, at)  # its internal subset may be long
    at = _after_prolog(text, doctype.end() if doctype else at)
    found = _ROOT.search(text, at, at + _HEAD)
    return found[1].rpartition(":")[2].lower() if found else ""


def _after_prolog(text: str, at: int) -> int:
    """The end of the comments and processing instructions at a position."""
    while found := _PROLOG.match(text, at):
        check_time()
        at = found.end()
    return at


def parse(text: str) -> etree._Element:
    """The root element of an XML document.

    Raises FormatError with the line if it is not well formed, nested too deep, too large, or declares entities other
    than characters.
    """
    check_count(text.count("<"), in_force().elements, TAGS)
    text = _without_doctype(text.lstrip("\ufeff \t\r\n") if text[:1] != "<" else text)
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as fault:
        raise FormatError(
            _UNREADABLE % {"fault": fault.msg} if fault.msg else gettext_noop("The XML is empty."),
            line=fault.lineno or 1,
            advice=gettext_noop("Correct the file there, or save it again from the program that created it."),
        ) from fault
    for element in timed(root.iter()):
        if isinstance(element.tag, str):
            element.tag = element.tag.rpartition("}")[2]
    check_depth(root)
    return root


def check_depth(root: etree._Element) -> None:
    """Raise LimitError if elements are nested too deep, so that walking a tree may recurse."""
    depth, most = 0, in_force().depth
    for event, element in timed(etree.iterwalk(root, events=("start", "end"))):
        depth += 1 if event == "start" else -1
        check_count(depth, most, _LEVELS, line=line_of(element), advice=FLATTEN)


def _without_doctype(text: str) -> str:
    text = _DECLARATION.sub("", text, count=1)
    found = _DOCTYPE.match(text, max(text.find("<!DOCTYPE", 0, _HEAD), 0))
    characters: dict[str, str] = {}
    if found:
        characters = _characters(found[1] or "", line=text.count("\n", 0, found.start()) + 1)
        text = text[: found.start()] + "\n" * found[0].count("\n") + text[found.end() :]
    elif "<!ENTITY" in text or "<!DOCTYPE" in text[:10_000]:
        line = text.count("\n", 0, text.find("<!")) + 1
        raise FormatError(
            gettext_noop("The document type declaration could not be read."),
            line=line,
            advice=gettext_noop("Remove it from the file."),
        )

    def character(reference: re.Match[str]) -> str:
        name = reference[1]
        if name in _OWN:
            return reference[0]
        known = characters.get(name) or html5.get(f"{name};")
        # An undeclared entity stays as it is written: a word may depend on it.
        return html.escape(known, quote=False) if known else f"&amp;{name};"

    return _REFERENCE.sub(character, text)


def _characters(subset: str, *, line: int) -> dict[str, str]:
    characters: dict[str, str] = {}
    for entity in _ENTITY.finditer(subset):
        found = _CHARACTERS.fullmatch(entity[1])
        if not found:
            raise FormatError(
                _LONG_ENTITY % {"entity": entity[1][:40].strip()},
                line=line + subset.count("\n", 0, entity.start()),
                advice=gettext_noop("Remove the declaration and write the text itself where it is used."),
            )
        characters[found[1]] = html.unescape(found[2] or found[3] or "")
    return characters


def legal(text: str) -> str:
    """Text in which the few characters that XML cannot hold are replaced."""
    return _ILLEGAL.sub("\ufffd", text)


def words(element: etree._Element | None) -> str:
    """All text in an element on one line; empty for None."""
    return "" if element is None else " ".join("".join(element.itertext()).split())


def words_apart(element: etree._Element) -> str:
    """All text in an element on one line, with the texts of its child elements as separate words."""
    return " ".join(" ".join(str(piece) for piece in element.itertext()).split())


def line_of(element: etree._Element) -> int:
    """The line of an element in the source, from 1."""
    return int(element.sourceline or 1)
