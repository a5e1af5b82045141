"""A transcript as JSON: every field under its dataclass name, so that nothing is lost either way.

Empty fields are written too, so that readers of the JSON find every field.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import re
from collections.abc import Iterator
from enum import StrEnum
from json.encoder import encode_basestring
from typing import Any

from panels.formats.base import Format, FormatError, Source, checked
from panels.formats.lossiness import everything
from panels.formats.parsing.jsontree import INVALID_JSON, check_nesting
from panels.formats.wording import gettext_noop
from panels.transcript import (
    Attribution,
    Candidate,
    CorrectionEntry,
    Exchange,
    PanelMember,
    Role,
    Transcript,
    Translation,
    Turn,
    Unread,
)

_NOT_BOOLEAN = gettext_noop("%(field)s must be true or false.")
_NOT_NUMBER = gettext_noop("%(field)s must be a number.")
_NOT_WHOLE = gettext_noop("%(field)s must be a whole number.")
_NOT_LIST = gettext_noop("%(field)s must be a list.")
_NOT_TEXT = gettext_noop("%(field)s must be text.")
_NOT_DATE = gettext_noop("%(field)s must be a date such as 2020-04-10.")
_TOO_LARGE = gettext_noop("%(field)s is too large.")
_NOT_ONE_OF = gettext_noop("%(field)s must be one of %(values)s.")
_NOT_OBJECT = gettext_noop("%(field)s must be an object.")
_STRANGE_NUMBER = gettext_noop("%(name)s is not a number.")
_UNKNOWN_FIELD = gettext_noop("%(field)s is not a field of a %(kind)s.")
_MISSING_FIELD = gettext_noop("%(field)s is missing a field: %(fault)s.")
_MISSING = gettext_noop("The transcript is missing a field: %(fault)s.")
_OTHER_VERSION = gettext_noop("This is version %(version)s of the JSON; this version of Panels reads %(own)s.")

VERSION = 1
_PARTS: dict[str, type[Any]] = {
    "panelists": PanelMember,
    "exchanges": Exchange,
    "corrections": CorrectionEntry,
    "unread": Unread,
    "candidates": Candidate,
    "answers": Turn,
    "question": Turn,
}
_KINDS: tuple[type[Any], ...] = (Transcript, *_PARTS.values())
_NAMES = {kind: tuple(field.name for field in dataclasses.fields(kind)) for kind in _KINDS}
_KNOWN = {kind: set(names) for kind, names in _NAMES.items()}
_ENUMS: dict[str, type[StrEnum]] = {"role": Role, "attribution": Attribution, "translation": Translation}
_NUMBERS = {"time": float, "line": int, "version": int}
_FLAGS = {"follow_up"}
_OPTIONAL = {"label", "speaker", "anchor", "line", "time", "question", "version"}
_LISTS = {"tags", "labels"}
_FORMER = {"edition": "version"}  # field names in earlier releases
_SPECIAL = {"date", *_PARTS, *_ENUMS, *_NUMBERS, *_FLAGS, *_LISTS}  # all others are texts
_BREAKING = re.compile(r"[\x7f-\x9f\u2028\u2029\ufeff]")  # legal in JSON, but a line end to programs that read lines
_LONGEST_NUMBER = 4000  # digits that Python parses without checks


def write(transcript: Transcript) -> str:
    """The whole transcript."""
    return "".join(stream(transcript))


def stream(transcript: Transcript) -> Iterator[str]:
    """The JSON in pieces: the session's fields, then each exchange."""
    names = (field.name for field in dataclasses.fields(Transcript) if field.name != "exchanges")
    session = {"panels": VERSION, **{name: getattr(transcript, name) for name in names}}
    yield _written(session).removesuffix("\n}") + ',\n "exchanges": ['
    for number, exchange in enumerate(transcript.exchanges):
        yield ("," * bool(number) + "\n" + _written(exchange)).replace("\n", "\n  ")
    yield "\n ]\n}\n"


def _written(value: Any) -> str:
    return _BREAKING.sub(lambda found: f"\\u{ord(found[0]):04x}", _indented(value, "\n"))


def _indented(value: Any, end: str) -> str:
    """JSON with an indent of one, as `json.dumps` writes it, several times faster. `end` begins the following line."""
    if isinstance(value, str):
        return encode_basestring(str(value))
    if value is None or value == ():  # as most fields are
        return "null" if value is None else "[]"
    inner = f"{end} "
    if isinstance(value, tuple | list):
        return f"[{inner}{f',{inner}'.join([_indented(one, inner) for one in value])}{end}]" if value else "[]"
    if type(value) in _KNOWN:
        pairs = [f'"{name}": {_indented(getattr(value, name), inner)}' for name in _NAMES[type(value)]]
        return f"{{{inner}{f',{inner}'.join(pairs)}{end}}}"
    if isinstance(value, dict):
        pairs = [f"{encode_basestring(name)}: {_indented(one, inner)}" for name, one in value.items()]
        return f"{{{inner}{f',{inner}'.join(pairs)}{end}}}"
    return json.dumps(value, default=dt.date.isoformat)


def recognises(source: Source) -> float:
    """1 for an object with exchanges that is marked as Panels'; likely without the mark."""
    head = source.raw[:200].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not head.startswith(b"{") or b'"exchanges"' not in source.raw:
        return 0.0
    return 1.0 if b'"panels"' in head else 0.6


def read(source: Source) -> Transcript:
    """Read the output of `write`, also with fields missing. Raises FormatError."""
    check_nesting(source.text)
    try:
        value = json.loads(source.text, parse_constant=_constant, parse_int=_whole)
    except json.JSONDecodeError as fault:
        raise FormatError(
            INVALID_JSON % {"fault": fault.msg}, line=fault.lineno, advice=gettext_noop("Correct it.")
        ) from fault
    except RecursionError as fault:
        raise FormatError(
            gettext_noop("The JSON is nested too deeply."), advice=gettext_noop("Choose a file with a transcript.")
        ) from fault
    if not isinstance(value, dict):
        raise FormatError(
            gettext_noop("The JSON is not an object."), advice=gettext_noop("Choose a file with a transcript.")
        )
    version = value.pop("panels", VERSION)
    if version != VERSION:
        raise FormatError(_OTHER_VERSION % {"version": version, "own": VERSION}, advice=gettext_noop("Update Panels."))
    return of_values(value)


def of_values(values: dict[str, Any]) -> Transcript:
    """The transcript of nested values by field name. Raises FormatError that names the field."""
    transcript: Transcript = _made(Transcript, values, "")
    return transcript


def _constant(name: str) -> float:
    raise FormatError(_STRANGE_NUMBER % {"name": name}, advice=gettext_noop("Write null."))


def _whole(digits: str) -> int:
    if len(digits) > _LONGEST_NUMBER:
        raise FormatError(
            gettext_noop("The JSON contains a number that is too long."), advice=gettext_noop("Remove it.")
        )
    return int(digits)


def fields_of(kind: type[Any], value: Any, path: str = "") -> dict[str, Any]:
    """The fields of a dataclass from values by name. Raises FormatError that names the field."""
    if not isinstance(value, dict):
        raise FormatError(
            _NOT_OBJECT % {"field": path} if path else gettext_noop("The JSON is not an object."),
            advice=gettext_noop("Write it in braces."),
        )
    if kind is Transcript:
        value = {_FORMER.get(name, name): inner for name, inner in value.items()}
    strange = value.keys() - _KNOWN[kind]
    if strange:
        raise FormatError(
            _UNKNOWN_FIELD % {"field": _joined(path, min(strange)), "kind": kind.__name__},
            advice=gettext_noop("Remove it."),
        )
    return {name: _field(name, inner, path) for name, inner in value.items()}


def _made(kind: type[Any], value: Any, path: str) -> Any:
    fields = fields_of(kind, value, path)
    try:
        return kind(**fields)
    except TypeError as fault:
        raise FormatError(
            (_MISSING_FIELD % {"field": path, "fault": fault} if path else _MISSING % {"fault": fault}),
            advice=gettext_noop("Add it."),
        ) from fault


def _joined(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _field(name: str, value: Any, above: str) -> Any:
    if value is None and name in _OPTIONAL:
        return None
    if isinstance(value, str) and name not in _SPECIAL:  # most are, and need no path for an error
        return checked(value)
    path = _joined(above, name)
    if value is None and path == "date":
        return None
    if name in _PARTS and name != "question":
        return tuple(_made(_PARTS[name], inner, f"{path}[{i}]") for i, inner in enumerate(_list(value, path)))
    if name in _LISTS:
        return tuple(_text(inner, f"{path}[{i}]") for i, inner in enumerate(_list(value, path)))
    return _made(Turn, value, path) if name == "question" else _plain(name, value, path)


def _plain(name: str, value: Any, path: str) -> Any:
    if name == "date":
        return _date(value, path)
    if name in _ENUMS:
        return _enum(_ENUMS[name], value, path)
    if name in _FLAGS:
        if not isinstance(value, bool):
            raise FormatError(_NOT_BOOLEAN % {"field": path}, advice=gettext_noop("Correct it."))
        return value
    if name in _NUMBERS:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise FormatError(_NOT_NUMBER % {"field": path}, advice=gettext_noop("Correct it."))
        return _number(_NUMBERS[name], value, path)
    return _text(value, path)


def _number(kind: type[float], value: float, path: str) -> float:
    try:
        number = kind(value)
    except OverflowError as fault:
        raise FormatError(_TOO_LARGE % {"field": path}, advice=gettext_noop("Correct it.")) from fault
    if number != value or abs(number) == float("inf"):
        raise FormatError(_NOT_WHOLE % {"field": path}, advice=gettext_noop("Correct it."))
    return number


def _list(value: Any, path: str) -> list[Any]:
    if not isinstance(value, list):
        raise FormatError(_NOT_LIST % {"field": path}, advice=gettext_noop("Correct it."))
    return value


def _text(value: Any, path: str) -> str:
    if not isinstance(value, str):
        raise FormatError(_NOT_TEXT % {"field": path}, advice=gettext_noop("Correct it."))
    return checked(value)


def _date(value: Any, path: str) -> dt.date:
    try:
        return dt.date.fromisoformat(value)
    except (TypeError, ValueError) as fault:
        raise FormatError(_NOT_DATE % {"field": path}, advice=gettext_noop("Correct it.")) from fault


def _enum(kind: type[StrEnum], value: Any, path: str) -> StrEnum:
    try:
        return kind(value)
    except ValueError as fault:
        known = ", ".join(member.value for member in kind if member.value)
        raise FormatError(_NOT_ONE_OF % {"field": path, "values": known}, advice=gettext_noop("Correct it.")) from fault


FORMAT = Format(
    name="json",
    suffix=".json",
    media_type="application/json",
    recognises=recognises,
    read=read,
    write=write,
    stream=stream,
    preserved=everything,
    is_record=True,
)
