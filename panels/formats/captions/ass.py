"""Read ASS and SSA subtitles (Aegisub): the `Dialogue:` lines of the section `[Events]`, in order of time."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

from panels.formats.base import Format
from panels.formats.captions.cue_files import Cue, CueFile
from panels.formats.captions.reader import captioned
from panels.formats.limits import timed
from panels.formats.speakers.people import People, named
from panels.formats.structure.cues import moment
from panels.formats.wording import gettext_noop
from panels.transcript import Transcript, Unread

_SECTION = re.compile(r"\[([^\[\]\n]{1,40})\]\s*")
_EVENT = re.compile(r"(Dialogue|Comment|Format):\s*(.*)", re.IGNORECASE)
_TIME = re.compile(r"\d{1,6}:\d{1,2}:\d{1,2}(?:[.:,]\d{1,3})?")
_OVERRIDE = re.compile(r"\{[^{}]*\}")
_DRAWING = re.compile(r"\{[^{}]*\\p[1-9]")
_ORDER = ("layer", "start", "end", "style", "name", "marginl", "marginr", "marginv", "effect", "text")
_ACTOR = ("name", "actor")


def matches(text: str) -> bool:
    """Whether this is the beginning of such a script, or at least of its events."""
    head = text.lstrip()[:40].lower()
    return head.startswith(("[script info]", "[v4+ styles]", "[v4 styles]", "[events]")) and "Dialogue:" in text


def read(text: str) -> Transcript:
    """Read a script."""
    script = _Script()
    for number, line in enumerate(timed(text.split("\n")), start=1):
        script.take(line, number)
    script.file.cues.sort(key=lambda cue: cue.start)
    people = People()
    for cue in script.file.cues:
        if called := named(cue.voice):
            people.met(called, cue.voice)
    return captioned(script.file, Transcript(title=script.title, panelists=people.panelists()), script.settings())


@dataclass
class _Script:
    file: CueFile = field(default_factory=CueFile)
    title: str = ""
    section: str = ""
    order: tuple[str, ...] = _ORDER
    others: list[tuple[int, str]] = field(default_factory=list)  # how the captions look

    def take(self, line: str, number: int) -> None:
        """Read a line of the script."""
        section, event = _SECTION.fullmatch(line), _EVENT.fullmatch(line.strip())
        if section:
            self.section = section[1].lower()
        elif self.section == "events" and event:
            self._event(event[1].lower(), event[2], number)
        elif self.section == "script info" and line.lower().startswith("title:"):
            self.title = line.partition(":")[2].strip()
        elif line.strip():
            self.others.append((number, line.strip()))

    def _event(self, kind: str, value: str, number: int) -> None:
        if kind == "format":
            self.order = tuple(name.strip().lower() for name in value.split(",")) or _ORDER
            return
        fields = dict(zip(self.order, value.split(",", len(self.order) - 1), strict=False))
        start, end = fields.get("start", "").strip(), fields.get("end", "").strip()
        words = fields.get("text", "")
        if kind == "comment" or _DRAWING.search(words):
            self.others.append((number, _plain(words)))
        elif not (_TIME.fullmatch(start) and _TIME.fullmatch(end)):
            self.file.broken.append((number, value))
        else:
            voice = " ".join(next((fields[name] for name in _ACTOR if name in fields), "").split()) or None
            self.file.cues.append(Cue(moment(start), moment(end), _plain(words), number, voice))

    def settings(self) -> list[Unread]:
        """Everything that is not a caption, in one entry."""
        text = "\n".join(words for _, words in self.others if words)
        reason = gettext_noop("settings and comments of the script, not spoken")
        return [Unread(line=self.others[0][0], text=text, reason=reason)] if text else []


def _plain(text: str) -> str:
    """The text, with its line breaks and without override codes."""
    return html.escape(re.sub(r"\\[Nn]", "\n", _OVERRIDE.sub("", text)).replace(r"\h", " "), quote=False)


FORMAT = Format(
    name="ass",
    suffix=".ass",
    media_type="text/x-ssa",
    recognises=lambda source: 0.96 if matches(source.text) else 0.0,
    read=lambda source: read(source.text),
)
