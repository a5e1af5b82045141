"""The namespace that Panels adds to Akoma Ntoso, for the reader and the writer.

The standard has no place for media times, evidence or a panelist's job title, but allows foreign attributes on every
element and foreign elements in `proprietary`; other programs ignore them.
"""

from __future__ import annotations

import datetime as dt
import re
from contextlib import suppress
from typing import Any

from lxml import etree
from lxml.builder import ElementMaker

from panels.transcript import (
    EVENT_FIELDS,
    Attribution,
    CorrectionEntry,
    PanelMember,
    Role,
    Transcript,
    Translation,
    Turn,
)

AKN = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
OWN = "urn:panels:transcript:1"
E = ElementMaker(namespace=AKN, nsmap={None: AKN, "panels": OWN})
P = ElementMaker(namespace=OWN, nsmap={"panels": OWN})
SESSION_FIELDS = (
    *(name for name in EVENT_FIELDS if name not in {"title", "date", "introduction"}), "slug", "address", "version",
)  # fmt: skip
PERSON_FIELDS = ("original_name", "family_name", "title", "organisation")
GONE_YEAR = 2200  # 3000-01-01 stands for an unknown date
LANGUAGES = {
    "eng": "en", "zho": "zh", "chi": "zh", "fra": "fr", "fre": "fr", "deu": "de", "ger": "de", "spa": "es",
    "ita": "it", "por": "pt", "slv": "sl", "swa": "sw", "afr": "af", "nld": "nl", "dut": "nl", "pol": "pl",
    "jpn": "ja", "kor": "ko", "rus": "ru", "ara": "ar", "ell": "el", "gre": "el", "und": "",
}  # fmt: skip
_SEPARATOR = " | "
_WHOLE = re.compile(r"[0-9]{1,18}")


def q(name: str) -> str:
    """An attribute or element name of our own."""
    return f"{{{OWN}}}{name}"


def split(value: str | None) -> tuple[str, ...]:
    """The items of a list in one attribute."""
    return tuple(value.split(_SEPARATOR)) if value else ()


def session_attributes(transcript: Transcript) -> dict[str, str]:
    """The metadata of a session as attributes."""
    values = {field: getattr(transcript, field) for field in SESSION_FIELDS}
    return {field: str(value) for field, value in values.items() if value not in ("", None)}


def own(root: etree._Element) -> Transcript:
    """A transcript without exchanges, with the fields from our own elements; empty for other programs' documents."""
    session = _first(root, "session")
    values: dict[str, Any] = {} if session is None else {k: session.get(k, "") for k in SESSION_FIELDS}
    if session is not None:
        values["translation"] = Translation(values["translation"] if values["translation"] in set(Translation) else "")
        values["version"] = values["version"] or session.get("edition", "")  # as earlier releases wrote it
        values["version"] = int(values["version"]) if _WHOLE.fullmatch(values["version"]) else None
    return Transcript(
        **values,
        tags=tuple(keyword.get("showAs") or keyword.get("value") or "" for keyword in root.iter("{*}keyword")),
        corrections=tuple(_corrections(root)),
    )


def own_hidden_fields(root: etree._Element) -> str:
    """The hidden fields of the session, which neither the standard's elements nor our own attributes hold."""
    session = _first(root, "session")
    return "" if session is None else session.get("beside", "")


def _first(root: etree._Element, name: str) -> etree._Element | None:
    return next(root.iter(f"{{*}}{name}"), None)


def _corrections(root: etree._Element) -> list[CorrectionEntry]:
    found = []
    for element in root.iter("{*}correction"):
        try:
            date = dt.date.fromisoformat(element.get("date") or "")
        except ValueError:
            continue
        found.append(CorrectionEntry(date=date, note=element.text or "", anchor=element.get("anchor") or ""))
    return found


def panelist_attributes(panelist: PanelMember) -> dict[str, str]:
    """The fields of a panelist besides the name, as attributes."""
    values = {q(field): getattr(panelist, field) for field in PERSON_FIELDS if getattr(panelist, field)}
    labels = {q("labels"): _SEPARATOR.join(panelist.labels)} if panelist.labels else {}
    return {q("role"): panelist.role.value, **values, **labels}


def panelist_of(person: etree._Element, name: str) -> PanelMember:
    """The panelist of a TLCPerson."""
    role = person.get(q("role"))
    return PanelMember(
        name=name,
        role=Role(role) if role in set(Role) else Role.PANELIST,
        labels=split(person.get(q("labels"))),
        **{field: person.get(q(field)) or "" for field in PERSON_FIELDS},
    )


def turn_attributes(turn: Turn) -> dict[str, str]:
    """The fields of a turn besides speaker, label and text, as attributes."""
    values = {
        q("time"): "" if turn.time is None else repr(turn.time),
        q("evidence"): turn.evidence,
        q("tags"): _SEPARATOR.join(turn.tags),
        q("anchor"): turn.anchor or "",
    }
    if turn.attribution is Attribution.INFERRED:
        values[q("attribution")] = turn.attribution.value
    return {name: value for name, value in values.items() if value}


def turn_values(element: etree._Element) -> dict[str, Any]:
    """The fields of a Turn that our own attributes give."""
    values: dict[str, Any] = {
        "evidence": element.get(q("evidence")) or "",
        "tags": split(element.get(q("tags"))),
        "anchor": element.get(q("anchor")),
    }
    with suppress(KeyError, ValueError):
        values["time"] = float(element.attrib[q("time")])
    if element.get(q("attribution")) == Attribution.INFERRED.value and values["evidence"]:
        values["attribution"] = Attribution.INFERRED
    return values
