"""Parse untrusted JSON, with every error as a FormatError."""

from __future__ import annotations

import json
import re
import sys
from itertools import accumulate
from math import isfinite
from typing import Any

from panels.formats.base import checked
from panels.formats.errors import FormatError
from panels.formats.limits import OBJECTS, check_count, check_time, in_force
from panels.formats.wording import gettext_noop

INVALID_JSON = gettext_noop("The JSON is not valid: %(fault)s.")
_NOT_A_NUMBER = gettext_noop("The JSON contains %(name)s, which is not a number.")
_ESCAPES_MANY = gettext_noop("The file has more than %(most)s escapes.")
_LEVELS = gettext_noop("The file has more than %(most)s levels of lists in lists.")

_NO_BRACKETS = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"?|[^"\[\]{}]+', re.DOTALL)
_DEEPER = {"[": 1, "{": 1, "]": -1, "}": -1}
_ESCAPES = 10  # one in that many characters: removing them from a string takes a hundred times its memory
_ESCAPED = re.compile(r"\\u(?:[dD][89a-fA-F]|0000)")


def parse(text: str) -> Any:
    """The value of a JSON text. Raises FormatError with the line of what is invalid, or too large."""
    check_nesting(text)
    try:
        value = json.loads(text.lstrip("\ufeff"), parse_constant=_constant, parse_float=_float, parse_int=_whole)
    except json.JSONDecodeError as fault:
        raise FormatError(
            INVALID_JSON % {"fault": fault.msg},
            line=fault.lineno,
            advice=gettext_noop("Save the file again from the program that created it."),
        ) from fault
    except RecursionError as fault:
        raise FormatError(
            gettext_noop("The JSON is nested too deeply."),
            advice=gettext_noop("Choose a file with a transcript."),
        ) from fault
    if _ESCAPED.search(text):  # an escape can hide characters that no text may contain
        checked(json.dumps(value, ensure_ascii=False).replace(r"\u0000", "\0"))
    return value


def check_nesting(text: str) -> None:
    """Raise LimitError for too many objects and lists, or too deep ones, without parsing."""
    limits = in_force()
    check_count(text.count("[") + text.count("{"), limits.elements, OBJECTS)
    check_count(text.count("\\"), limits.characters // _ESCAPES, _ESCAPES_MANY)
    brackets = _NO_BRACKETS.sub("", text)
    check_time()
    depth = max(accumulate(map(_DEEPER.__getitem__, brackets)), default=0)
    check_count(depth, limits.depth, _LEVELS, advice=gettext_noop("Choose a file with a transcript."))


def _constant(name: str) -> float:
    raise FormatError(_NOT_A_NUMBER % {"name": name}, advice=gettext_noop("Write null."))


def _float(digits: str) -> float:
    number = float(digits)
    return number if isfinite(number) else _constant(digits[:40])


def _whole(digits: str) -> int:
    if len(digits) > sys.float_info.max_10_exp:  # then it is also too large for a time
        raise FormatError(
            gettext_noop("The JSON contains a number that is too long."), advice=gettext_noop("Remove it.")
        )
    return int(digits)


def at(value: Any, *path: str | int) -> Any:
    """The value at a path, or None if there is none."""
    for step in path:
        if isinstance(step, str) and isinstance(value, dict):
            value = value.get(step)
        elif isinstance(step, int) and isinstance(value, list) and len(value) > step:
            value = value[step]
        else:
            return None
    return value


def rows(value: Any) -> list[dict[str, Any]]:
    """The objects in a list; empty if it is not a list."""
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def string(value: Any) -> str:
    """A string on one line; empty if it is not a string."""
    return " ".join(value.split()) if isinstance(value, str) else ""
