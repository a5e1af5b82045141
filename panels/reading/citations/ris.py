"""RIS, read by EndNote, Mendeley and Zotero: a tag of two letters and a value on every line, ended by CR LF."""

import datetime as dt
from collections.abc import Iterator

from panels.reading.citations.citation import Citation, CitedKind, Name, on_one_line

NAME = "RIS"
SUFFIX = "ris"
MEDIA_TYPE = "application/x-research-info-systems; charset=utf-8"


def write(citation: Citation) -> str:
    return "".join(f"{tag}  - {on_one_line(value)}\r\n" for tag, value in _lines(citation))


def _lines(citation: Citation) -> Iterator[tuple[str, str]]:
    yield "TY", "ELEC" if citation.kind is CitedKind.SESSION else "CPAPER"
    yield "ID", citation.key
    for name in citation.authors:
        yield "AU", _author(name)
    yield "TI", citation.title
    if citation.container:
        yield "T2", citation.container
    if citation.date:
        yield "PY", f"{citation.date.year:04}"
        yield "DA", _day(citation.date)
    yield "PB", citation.publisher
    if citation.anchor:
        yield "SP", citation.anchor
    yield "UR", citation.url
    yield "Y2", _day(citation.accessed)
    yield "ET", str(citation.version)
    yield "LA", citation.language
    yield "DP", citation.site
    if not citation.authors:
        yield "N1", citation.nameless
    for note in citation.notes:
        yield "N1", note
    yield "ER", ""


def _author(name: Name) -> str:
    """Family name, comma, given name. A name that cannot be split must not get a comma."""
    if name.family:
        return f"{name.family}, {name.given}" if name.given else name.family
    return name.written.replace(",", " ")


def _day(day: dt.date) -> str:
    """Year, month and day, with nothing after the last slash."""
    return f"{day.isoformat().replace('-', '/')}/"
