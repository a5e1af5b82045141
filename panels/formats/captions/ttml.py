"""Read TTML captions and their profiles (IMSC, DFXP, SMPTE-TT, EBU-TT): <https://www.w3.org/TR/ttml2/>.

A `<p>` with a time is a cue. `ttm:agent` gives the speaker, on the paragraph, a span in it, or an ancestor.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from panels.formats.base import Format
from panels.formats.captions.cue_files import Cue, CueFile
from panels.formats.captions.reader import captioned
from panels.formats.limits import timed
from panels.formats.parsing.flow import name_of
from panels.formats.parsing.xmltree import line_of, parse, root_name, words
from panels.formats.speakers.people import People
from panels.transcript import Transcript

_CLOCK = re.compile(r"(\d{1,9}):(\d{1,2}):(\d{1,2})(?:(\.\d{1,9})|:(\d{1,3})(?:\.\d+)?)?")
_OFFSET = re.compile(r"(\d{1,12}(?:\.\d{1,9})?)(h|ms|m|s|f|t)")
_FRAMES = 30.0  # per second, if the file does not say


def matches(text: str) -> bool:
    """Whether this is TTML."""
    return root_name(text) == "tt"


def read(text: str) -> Transcript:
    """Read a file. Raises FormatError for XML that is not well formed."""
    root = parse(text)
    found = _Captions(root)
    for body in root.iter("body"):
        found.inside(body, 0.0, None)
    title = next((words(title) for title in root.iter("title") if words(title)), "")
    people = People()
    for cue in found.file.cues:
        if cue.voice:
            people.met(cue.voice, cue.voice)
    known = Transcript(title=title, language=_attribute(root, "lang"), panelists=people.panelists())
    return captioned(found.file, known)


def _attribute(element: etree._Element, name: str) -> str:
    """An attribute, whatever its namespace."""
    return next((str(v).strip() for key, v in element.attrib.items() if str(key).rpartition("}")[2] == name), "")


@dataclass
class _Captions:
    root: etree._Element
    file: CueFile = field(default_factory=CueFile)

    def __post_init__(self) -> None:
        rate = _number(_attribute(self.root, "frameRate")) or _FRAMES
        top, _, bottom = _attribute(self.root, "frameRateMultiplier").partition(" ")
        self.frames = rate * (_number(top) or 1.0) / (_number(bottom) or 1.0)
        self.ticks = _number(_attribute(self.root, "tickRate")) or self.frames
        self.agents = {_attribute(agent, "id"): _name(agent) for agent in self.root.iter("agent")}

    def inside(self, holder: etree._Element, begun: float, voice: str | None) -> None:
        """Read the paragraphs of an element, with its begin time and agent."""
        begun += self._time(_attribute(holder, "begin")) or 0.0
        voice = self._voice(holder) or voice
        for child in timed(holder):
            if name_of(child) == "div":
                self.inside(child, begun, voice)
            elif name_of(child) == "p":
                self._paragraph(child, begun, voice)

    def _paragraph(self, paragraph: etree._Element, begun: float, voice: str | None) -> None:
        times = [paragraph, *paragraph.iter("span")]
        starts = [time for at in times if (time := self._time(_attribute(at, "begin"))) is not None]
        start = begun + (starts[0] if starts else 0.0)
        end = self._time(_attribute(paragraph, "end"))
        lasts = self._time(_attribute(paragraph, "dur")) or 0.0
        cue = Cue(round(start, 3), round(start + lasts if end is None else begun + end, 3), "", line_of(paragraph))
        for who, text in _runs(self._pieces(paragraph, self._voice(paragraph) or voice)):
            if text.strip():
                self.file.cues.append(replace(cue, text=_tidied(text), voice=who))

    def _pieces(self, element: etree._Element, voice: str | None) -> Iterator[tuple[str | None, str]]:
        """The pieces of text in an element, each with its speaker."""
        yield voice, html.escape(" ".join((element.text or "").split("\n")), quote=False)
        for child in element:
            if name_of(child) == "br":
                yield voice, "\n"
            elif name_of(child) and name_of(child) not in _UNSHOWN:
                yield from self._pieces(child, self._voice(child) or voice)
            yield voice, html.escape(" ".join((child.tail or "").split("\n")), quote=False)

    def _voice(self, element: etree._Element) -> str | None:
        keys = _attribute(element, "agent").split()
        return self.agents.get(keys[0]) or keys[0] if keys else None

    def _time(self, value: str) -> float | None:
        """The seconds of a TTML time expression; None if it is invalid."""
        clock, offset = _CLOCK.fullmatch(value), _OFFSET.fullmatch(value)
        if clock:
            whole = int(clock[1]) * 3600 + int(clock[2]) * 60 + int(clock[3])
            return whole + float(clock[4] or 0) + int(clock[5] or 0) / self.frames
        if not offset:
            return None
        units = {"h": 3600.0, "m": 60.0, "s": 1.0, "ms": 0.001, "f": 1 / self.frames, "t": 1 / self.ticks}
        return float(offset[1]) * units[offset[2]]


_UNSHOWN = ("metadata", "set", "rt", "rp", "title", "desc")


def _name(agent: etree._Element) -> str:
    """The name of an agent: the full one, if there are several."""
    names = sorted(agent.iter("name"), key=lambda name: name.get("type") not in ("full", "alias", None))
    return next((words(name) for name in names if words(name)), "")


def _number(value: str) -> float | None:
    return float(value) if re.fullmatch(r"\d{1,9}(?:\.\d{1,9})?", value) and float(value) else None


def _runs(pieces: Iterator[tuple[str | None, str]]) -> list[tuple[str | None, str]]:
    """The text of each voice, in order; spaces between two voices belong to neither."""
    runs: list[tuple[str | None, str]] = []
    for voice, text in pieces:
        if runs and (runs[-1][0] == voice or not text.strip()):
            runs[-1] = (runs[-1][0], runs[-1][1] + text)
        elif text.strip():
            runs.append((voice, text))
    return runs


def _tidied(text: str) -> str:
    return "\n".join(" ".join(line.split()) for line in text.strip().split("\n"))


FORMAT = Format(
    name="ttml",
    suffix=".ttml",
    media_type="application/ttml+xml",
    recognises=lambda source: 0.95 if matches(source.text) else 0.0,
    read=lambda source: read(source.text),
)
