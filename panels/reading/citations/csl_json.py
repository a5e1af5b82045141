"""CSL-JSON, the input of citeproc: https://docs.citationstyles.org/en/stable/specification.html.

A session is a `webpage`; a passage is a `speech`, said at the event that its `event-title` names.
"""

import datetime as dt
import json
from typing import Any

from panels.reading.citations.citation import Citation, CitedKind, Name, on_one_line

NAME = "CSL-JSON"
SUFFIX = "csl.json"
MEDIA_TYPE = "application/vnd.citationstyles.csl+json"


def write(citation: Citation) -> str:
    return json.dumps([item(citation)], ensure_ascii=False, indent=2) + "\n"


def item(citation: Citation) -> dict[str, Any]:
    """The citation as one item, without unknown fields."""
    passage = citation.kind is not CitedKind.SESSION
    notes = citation.notes if citation.authors else (citation.nameless, *citation.notes)
    values: dict[str, Any] = {
        "id": citation.key,
        "type": "speech" if passage else "webpage",
        "title": on_one_line(citation.title),
        "author": [_name(name) for name in citation.authors],
        "container-title": on_one_line(citation.container),
        "event-title": on_one_line(citation.container) if passage else "",
        "issued": _date(citation.date) if citation.date else None,
        "publisher": on_one_line(citation.publisher),
        "page": citation.anchor,
        "URL": citation.url,
        "accessed": _date(citation.accessed),
        "version": str(citation.version),
        "language": citation.language,
        "source": on_one_line(citation.site),
        "note": on_one_line("; ".join(notes)),
    }
    return {name: value for name, value in values.items() if value}


def _name(name: Name) -> dict[str, str]:
    if not name.family:
        return {"literal": on_one_line(name.written)}
    parts = {"family": on_one_line(name.family), "given": on_one_line(name.given)}
    return {part: value for part, value in parts.items() if value}


def _date(day: dt.date) -> dict[str, list[list[int]]]:
    return {"date-parts": [[day.year, day.month, day.day]]}
