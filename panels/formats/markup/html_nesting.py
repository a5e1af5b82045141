"""Repair misnested tags of old pages: `<B><P>Name</B>: words</P>` is `<P><B>Name</B>: words</P>`.

The parser ends the paragraph where the bold ends, so that the text would be outside it. Browsers do not (HTML
13.2.6.4.7, the adoption agency); their order is recreated here in the source, if any tags are misnested.
"""

from __future__ import annotations

import re

from panels.formats.limits import check_time

_TAG = re.compile(
    r"<(?P<end>/?)(?P<name>b|strong|i|em|u|font|p|div|dir|li|td|blockquote|center)\b(?P<rest>[^<>]*)>", re.IGNORECASE
)
_MOST = 20  # of open emphasis
_INLINE = frozenset({"b", "strong", "i", "em", "u", "font"})


def repaired(source: str) -> str:
    """The source with no emphasis open around a block, if any emphasis ends within a block that it began outside."""
    return _in_order(source) if _crosses(source) else source


def _crosses(source: str) -> bool:
    opened: list[str] = []
    for tag in _TAG.finditer(source):
        check_time()
        name = tag["name"].lower()
        if not tag["end"]:
            opened.append(name)
            continue
        at = next((i for i in range(len(opened) - 1, max(len(opened) - _MOST, -1), -1) if opened[i] == name), None)
        if at is None:
            continue
        if name in _INLINE and not _INLINE.issuperset(opened[at:]):
            return True
        del opened[at:]
    return False


def _in_order(source: str) -> str:
    out: list[str] = []
    inline: list[tuple[str, str]] = []  # name and tag of the open emphasis
    end = 0
    for tag in _TAG.finditer(source):
        check_time()
        out.append(source[end : tag.start()])
        end = tag.end()
        name = tag["name"].lower()
        if name not in _INLINE:
            out += [f"</{one}>" for one, _ in reversed(inline)]
            out.append(tag[0])
            out += [whole for _, whole in inline]
        elif not tag["end"]:
            if len(inline) >= _MOST:
                return source  # nothing is ever closed here, and each block would repeat all of it
            inline.append((name, tag[0]))
            out.append(tag[0])
        elif any(one == name for one, _ in inline):
            out += _closed(inline, name)
    out.append(source[end:])
    return "".join(out)


def _closed(inline: list[tuple[str, str]], name: str) -> list[str]:
    """The tags that end one emphasis and keep open those that began within it."""
    at = max(i for i, (one, _) in enumerate(inline) if one == name)
    within = inline[at + 1 :]
    del inline[at]
    return [*(f"</{one}>" for one, _ in reversed(within)), f"</{name}>", *(whole for _, whole in within)]
