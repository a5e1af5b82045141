"""Read caption files written by `vtt_write`."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from panels.formats.captions.cue_files import Cue, CueFile
from panels.formats.captions.vtt_write import ABOUT, ANSWER, FOLLOW_UP, HEADING, OWN, QUESTION, SESSION, UNASKED
from panels.formats.native.passage_fields import restored
from panels.formats.parsing.richtext import Block, Span, to_markdown
from panels.formats.structure.metadata_lines import named, take
from panels.formats.structure.outline import Outline
from panels.formats.wording import gettext_noop
from panels.transcript import Transcript, Turn, Unread

_HEADER = re.compile(r"\ufeff?WEBVTT(?: - (?P<title>.*))?")
_NOTE = re.compile(
    rf"{OWN}(?P<follow_up>{FOLLOW_UP})?(?P<kind>{SESSION}|{QUESTION}|{HEADING}|{UNASKED}|{ANSWER})(?: (?P<hidden>.*))?"
)
_VOICE = re.compile(r"<v(?:\.unattributed| (?P<voice>[^<>\n]*))>")
_MARK = re.compile(r"<(?P<off>/?)(?P<mark>[bi])>")


def is_own(found: CueFile) -> bool:
    """Whether Panels wrote the file."""
    return any(block.startswith(OWN) for _, block in (*found.head, *found.notes))


def read_own(found: CueFile) -> Transcript:
    """The transcript that was written. Raises FormatError if a note of Panels is damaged."""
    reading = _VttReading()
    items: list[tuple[int, str | Cue]] = [*found.head, *found.notes, *((cue.line, cue) for cue in found.cues)]
    for line, item in sorted(items, key=lambda placed: placed[0]):
        if isinstance(item, Cue):
            reading.cue(item)
        else:
            reading.note(item, line)
    transcript = replace(reading.transcript, exchanges=reading.outline.exchanges(), unread=tuple(reading.unread))
    return restored(transcript, reading.hidden)


@dataclass
class _VttReading:
    transcript: Transcript = field(default_factory=Transcript)
    outline: Outline = field(default_factory=Outline)
    unread: list[Unread] = field(default_factory=list)
    hidden: str = ""  # hidden fields of the session
    noted: re.Match[str] | None = None  # the note on the next cue

    def note(self, block: str, line: int) -> None:
        """Read a note, or the first line of the file."""
        header, own = _HEADER.fullmatch(block.strip()), _NOTE.fullmatch(block)
        if own:
            self._own(own, line)
        elif header:
            self.transcript = replace(self.transcript, title=(header["title"] or "").strip())
        elif block.startswith(ABOUT):
            self.transcript, left = take(self.transcript, block.removeprefix(ABOUT).split("\n"))
            self.unread += [
                Unread(line=line, text=text, reason=gettext_noop("note in the file, not spoken")) for text in left
            ]
        else:
            self.unread.append(Unread(line=line, text=block, reason=gettext_noop("note in the file, not spoken")))

    def _own(self, note: re.Match[str], line: int) -> None:
        hidden = note["hidden"] or ""
        if note["kind"] == SESSION:
            self.hidden = hidden
        elif note["kind"] in (QUESTION, ANSWER):
            self.noted = note
        else:
            heading = None if note["kind"] == UNASKED else restored(Turn(text="", line=line), hidden, line=line)
            self._opens(heading, note)

    def cue(self, cue: Cue) -> None:
        """Read a cue."""
        voice = _VOICE.match(cue.text)
        words = cue.text[voice.end() :] if voice else cue.text
        name = html.unescape((voice["voice"] if voice else "") or "")
        blocks = [Block(tuple(_spans(line))) for line in words.split("\n")]
        shown = Turn(text=to_markdown(blocks), time=cue.start, line=cue.line, **named(" ".join(name.split())))
        note, self.noted = self.noted, None
        spoken = restored(shown, note["hidden"] if note else "", line=cue.line)
        if note and note["kind"] == QUESTION:
            self._opens(spoken, note)
        else:
            self.outline.answer(spoken)

    def _opens(self, question: Turn | None, note: re.Match[str]) -> None:
        self.outline.question(question)
        if note["follow_up"]:
            self.outline.follow_up()


def _spans(line: str) -> Iterator[Span]:
    style, at = Span(""), 0
    for found in _MARK.finditer(line):
        yield replace(style, text=html.unescape(line[at : found.start()]))
        on, at = not found["off"], found.end()
        style = replace(style, bold=on) if found["mark"] == "b" else replace(style, italic=on)
    yield replace(style, text=html.unescape(line[at:]))
