"""Attributes, escapes and YAML values of the session document, for what Markdown has no syntax for.

Attributes are in braces, `{#q3-a2 time=3:44 label="MF"}`: an anchor, then names with JSON values. A time may be a
number of seconds or, as people write it, minutes and seconds, or hours, minutes and seconds.
"""

from __future__ import annotations

import json
import re
from typing import Any

from panels.formats.base import FormatError
from panels.formats.wording import gettext_noop

_ANCHOR = re.compile(r"#([A-Za-z0-9][A-Za-z0-9_-]*)")
_NAME = re.compile(r"([a-z_]+)=")
_CLOCK = re.compile(r"(?:([0-9]{1,9}):)?(\d{1,2}):(\d{2}(?:\.\d{1,9})?)(?=[ }])")
_ODD = re.compile(r"[\x00-\x1f\x7f-\xa0\xad\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
_PLAIN = re.compile(r"[^\W\d_](?:[\w ,.()/+-]*[\w.)])?")
_LONGEST = 3_600_000  # seconds
_WORDS = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})
BLOCK = re.compile(r"(?=## |##$|\*\*[^*\n]{1,200}:\*\*(?: |$))")
_ESCAPED = re.compile(r"^(\\*)(?=## |##$|\*\*[^*\n]{1,200}:\*\*(?: |$))", re.MULTILINE)
_UNESCAPED = re.compile(r"^\\(\\*)(?=## |##$|\*\*[^*\n]{1,200}:\*\*(?: |$))", re.MULTILINE)
_FOREIGN_ENDS = re.compile(r"[\r\x00\x0b\x0c\x1c-\x1e\x85\u2028\u2029\ufeff]")


def quoted(value: Any) -> str:
    """A value as JSON on one line, which is also YAML."""
    return _ODD.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False))


def scalar(text: str) -> str:
    """A text as a YAML value: unchanged if that is safe, else in quotation marks."""
    safe = _PLAIN.fullmatch(text) and text.casefold() not in _WORDS and not _ODD.search(text)
    return text if safe else quoted(text)


def attributes(anchor: str | None, values: dict[str, Any]) -> str:
    """Attributes in braces; empty if there are none."""
    parts = []
    if anchor is not None and _ANCHOR.fullmatch(f"#{anchor}"):
        parts.append(f"#{anchor}")
    elif anchor is not None:
        values = {"anchor": anchor, **values}
    parts += [f"{name}={_written(name, value)}" for name, value in values.items()]
    return "{" + " ".join(parts) + "}" if parts else ""


def _written(name: str, value: Any) -> str:
    """The value as JSON, or as a time if that is the same."""
    if name == "time" and isinstance(value, float) and 0 <= value < _LONGEST:
        minutes, seconds = divmod(value, 60)
        hours, minutes = divmod(int(minutes), 60)
        rest = f"{seconds:012.9f}".rstrip("0").rstrip(".")
        shown = f"{hours}:{minutes:02}:{rest}" if hours else f"{minutes}:{rest}"
        if (found := _CLOCK.match(f"{shown} ")) and _seconds(found) == value:
            return shown
    return quoted(value)


def _seconds(clock: re.Match[str]) -> float:
    hours, minutes, seconds = clock.groups()
    return int(hours or 0) * 3600 + int(minutes) * 60 + float(seconds)


def read_attributes(text: str, *, line: int) -> tuple[dict[str, Any], str]:
    """The attributes that a text begins with, and the rest. Raises FormatError if they are malformed."""
    at = 1
    values: dict[str, Any] = {}
    while at < len(text) and text[at] != "}":
        anchor, name = _ANCHOR.match(text, at), _NAME.match(text, at)
        if anchor:
            values["anchor"], at = anchor[1], anchor.end()
        elif name:
            clock = _CLOCK.match(text, name.end()) if name[1] == "time" else None
            values[name[1]], at = (_seconds(clock), clock.end()) if clock else _value(text, name.end(), line)
        elif text[at] == " ":
            at += 1
        else:
            break
    if text[at : at + 1] != "}":
        raise FormatError(
            gettext_noop("The attributes in braces are not valid."),
            line=line,
            advice=gettext_noop('Write {#q1-a1 label="MF"}.'),
        )
    return values, text[at + 1 :]


def _value(text: str, at: int, line: int) -> tuple[Any, int]:
    try:
        return json.JSONDecoder().raw_decode(text, at)
    except (ValueError, RecursionError) as fault:
        advice = gettext_noop("Put quotation marks around it.")
        raise FormatError(
            gettext_noop("The value of an attribute is not valid JSON."), line=line, advice=advice
        ) from fault


def starts_attributes(text: str) -> bool:
    """Whether a text begins with attributes."""
    return bool(re.match(r"\{(?:#[A-Za-z0-9]|[a-z_]+=|\})", text))


def is_writable(text: str) -> bool:
    """Whether a text can be written in the document unchanged, except for escapes."""
    return text == text.strip() and not _FOREIGN_ENDS.search(text) and not starts_attributes(text) and not _padded(text)


def _padded(text: str) -> bool:
    return any(line != line.rstrip() and not line.strip() for line in text.split("\n"))


def escaped(text: str) -> str:
    """A text whose lines begin no block."""
    return _ESCAPED.sub(r"\\\1", text)


def unescaped(text: str) -> str:
    """The text that was given to `escaped`."""
    return _UNESCAPED.sub(r"\1", text)
