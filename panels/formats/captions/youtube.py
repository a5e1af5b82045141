"""Read captions as YouTube serves them: XML (srv1, srv2, srv3) and JSON (json3), which yt-dlp saves.

Automatic captions come word by word; each `<p>` or event is a line of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from panels.formats.base import Format
from panels.formats.captions.cue_files import Cue, CueFile
from panels.formats.captions.reader import captioned
from panels.formats.limits import timed
from panels.formats.parsing.flow import name_of
from panels.formats.parsing.jsontree import at, parse, rows
from panels.formats.parsing.xmltree import line_of, root_name
from panels.formats.parsing.xmltree import parse as parse_xml
from panels.transcript import Transcript

_NUMBER = re.compile(r"\d{1,12}(?:\.\d{1,9})?")
_JSON = re.compile(r'\s*\{\s*"(?:wireMagic|events|pens|wsWinStyles)"')
_LINES = re.compile(r"<text\b[^<>]*\s(?:start|t)\s*=")


def matches(text: str) -> bool:
    """Whether these are YouTube captions."""
    root = root_name(text)
    if root:
        return root == "timedtext" or (root == "transcript" and bool(_LINES.search(text)))
    return bool(_JSON.match(text)) and '"tStartMs"' in text


def read(text: str) -> Transcript:
    """Read a file. Raises FormatError for malformed XML or JSON."""
    cues = _in_xml(parse_xml(text)) if root_name(text) else _in_json(parse(text))
    return captioned(CueFile(cues=[cue for cue in cues if cue.text]))


def _in_xml(root: etree._Element) -> Iterator[Cue]:
    for element in timed(root.iter("p", "text")):
        thousandths = name_of(element) == "p" or element.get("t") is not None
        start, lasts = element.get("t") or element.get("start"), element.get("d") or element.get("dur")
        scale = 0.001 if thousandths else 1.0
        begun = _number(start) * scale
        # YouTube escapes the text twice in some formats; the cue reader removes the second level.
        words = "".join(map(str, element.itertext())).strip()
        yield Cue(round(begun, 3), round(begun + _number(lasts) * scale, 3), words, line_of(element))


def _in_json(data: Any) -> Iterator[Cue]:
    for event in timed(rows(at(data, "events"))):
        pieces = [piece["utf8"] for piece in rows(event.get("segs")) if isinstance(piece.get("utf8"), str)]
        begun, lasts = (_number(event.get(key)) / 1000 for key in ("tStartMs", "dDurationMs"))
        yield Cue(round(begun, 3), round(begun + lasts, 3), "".join(pieces).strip(), 1)


def _number(value: Any) -> float:
    return float(value) if _NUMBER.fullmatch(str(value)) else 0.0


FORMAT = Format(
    name="youtube",
    suffix=".srv3",
    media_type="application/xml",
    recognises=lambda source: 0.96 if matches(source.text) else 0.0,
    read=lambda source: read(source.text),
)
