"""Read ELAN annotations (.eaf): the speakers' tiers, in order of time.

Tiers that depend on others (translations, glosses) add nothing to what was spoken, and are reported as unread.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from panels.formats.annotation.tiers import TimedUtterance, spoken
from panels.formats.base import Format
from panels.formats.dates import date_in
from panels.formats.parsing.xmltree import line_of, parse, root_name, words
from panels.formats.wording import gettext_noop
from panels.transcript import Transcript, Unread

_TIER = gettext_noop("the tier “%(name)s”, not spoken")


def matches(text: str) -> bool:
    """Whether this is an annotation document."""
    return root_name(text) == "annotation_document"


def read(text: str) -> Transcript:
    """Read a file. Raises FormatError for XML that is not well formed."""
    root = parse(text)
    slots = {
        slot.get("TIME_SLOT_ID") or "": int(value)
        for slot in root.iter("TIME_SLOT")
        if (value := slot.get("TIME_VALUE") or "").isdecimal()
    }
    events, unread = list[TimedUtterance](), list[Unread]()
    for tier in root.iter("TIER"):
        if tier.get("PARENT_REF") is None:
            events += _events(tier, slots)
        elif text := " ".join(filter(None, (words(value) for value in tier.iter("ANNOTATION_VALUE")))):
            reason = _TIER % {"name": tier.get("TIER_ID") or ""}
            unread.append(Unread(line=line_of(tier), text=text, reason=reason))
    return spoken(events, Transcript(date=date_in((root.get("DATE") or "")[:10]), unread=tuple(unread)))


def _events(tier: etree._Element, slots: dict[str, int]) -> Iterator[TimedUtterance]:
    name = (tier.get("PARTICIPANT") or "").strip() or tier.get("TIER_ID") or None
    for annotation in tier.iter("ALIGNABLE_ANNOTATION"):
        start = slots.get(annotation.get("TIME_SLOT_REF1") or "")
        time = None if start is None else start / 1000
        text = " ".join(words(value) for value in annotation.iter("ANNOTATION_VALUE"))
        yield TimedUtterance(start or 0, name, text, time, line_of(annotation))


FORMAT = Format(
    name="elan",
    suffix=".eaf",
    media_type="application/xml",
    recognises=lambda source: 0.95 if matches(source.text) else 0.0,
    read=lambda source: read(source.text),
)
