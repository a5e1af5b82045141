"""Read EXMARaLDA transcriptions (.exb): the speakers' tiers, in order of time."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from panels.formats.annotation.tiers import TimedUtterance, spoken
from panels.formats.base import Format
from panels.formats.parsing.xmltree import line_of, parse, root_name, words
from panels.formats.wording import gettext_noop
from panels.transcript import Transcript, Unread

_TIER = gettext_noop("the tier “%(name)s”, not spoken")

_TIME = re.compile(r"\d{1,9}(?:\.\d{1,9})?")


def matches(text: str) -> bool:
    """Whether this is a basic transcription."""
    return root_name(text) == "basic-transcription"


def read(text: str) -> Transcript:
    """Read a file. Raises FormatError for XML that is not well formed."""
    root = parse(text)
    names = {row.get("id") or "": words(row.find("abbreviation")) for row in root.iter("speaker")}
    points = {point.get("id") or "": number for number, point in enumerate(root.iter("tli"))}
    times = {
        point.get("id") or "": float(point.get("time") or 0)
        for point in root.iter("tli")
        if _TIME.fullmatch(point.get("time") or "")
    }
    events, unread = list[TimedUtterance](), list[Unread]()
    for tier in root.iter("tier"):
        if tier.get("type") == "t":
            events += _events(tier, names, points, times)
        elif text := " ".join(filter(None, (words(event) for event in tier.iter("event")))):
            reason = _TIER % {"name": tier.get("display-name") or tier.get("category") or ""}
            unread.append(Unread(line=line_of(tier), text=text, reason=reason))
    title = words(next(root.iter("transcription-name"), None))
    return spoken(events, Transcript(title=title, unread=tuple(unread)))


def _events(
    tier: etree._Element, names: dict[str, str], points: dict[str, int], times: dict[str, float]
) -> Iterator[TimedUtterance]:
    key = tier.get("speaker") or ""
    for event in tier.iter("event"):
        start = event.get("start") or ""
        text = "".join(map(str, event.itertext()))
        yield TimedUtterance(
            points.get(start, 0), names.get(key) or key or None, text, times.get(start), line_of(event)
        )


FORMAT = Format(
    name="exmaralda",
    suffix=".exb",
    media_type="application/xml",
    recognises=lambda source: 0.95 if matches(source.text) else 0.0,
    read=lambda source: read(source.text),
)
