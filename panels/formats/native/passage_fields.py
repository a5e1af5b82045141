"""Hidden fields of passages: those that the visible text of a file for readers does not show.

A Word document or a page shows a name, a time and text. The other fields of the passage are stored as JSON on one line
where the format has room for it, and only if they differ from what is shown: when somebody edits the visible text, the
edit counts.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict, fields, is_dataclass, replace
from typing import Any, TypeVar

from panels.formats.base import FormatError
from panels.formats.native.json_archive import fields_of
from panels.formats.native.session_attributes import quoted
from panels.formats.wording import gettext_noop
from panels.transcript import Transcript, Turn

Passage = TypeVar("Passage", Transcript, Turn)


def hidden_fields(passage: Passage, shown: Passage) -> str:
    """The fields in which a passage differs from its visible form, as JSON; empty if there are none."""
    values = {
        field.name: _plain(getattr(passage, field.name))
        for field in fields(passage)
        if getattr(passage, field.name) != getattr(shown, field.name)
    }
    return quoted(values) if values else ""


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(inner) for inner in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {name: _plain(inner) for name, inner in asdict(value).items()}
    return value.isoformat() if isinstance(value, dt.date) else value


def restored(shown: Passage, text: str | None, *, line: int = 1) -> Passage:
    """The passage that was given to `hidden_fields`. Raises FormatError, with the line, if the JSON is damaged."""
    if not text:
        return shown
    try:
        return replace(shown, **fields_of(type(shown), json.loads(text)))
    except (ValueError, RecursionError) as fault:
        reason = gettext_noop("The data that Panels wrote next to a passage is no longer valid JSON.")
        raise FormatError(reason, line=line, advice=gettext_noop("Restore the original data, or remove it.")) from fault
    except FormatError as fault:
        raise FormatError(fault.reason, line=line, advice=fault.advice) from fault
