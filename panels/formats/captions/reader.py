"""Convert cues to turns, reading repeated words once and separating voices; shared by all caption formats."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from panels.formats.captions.cue_files import Cue, CueFile
from panels.formats.captions.rolling import read_once
from panels.formats.captions.voices import parted, unnamed
from panels.formats.errors import FormatError
from panels.formats.limits import timed
from panels.formats.speakers.speaker_resolution import SpeakerResolution
from panels.formats.structure.cues import CuePiece, labelled, pieces_of, repeated_labels, turns_of
from panels.formats.structure.outline import Outline
from panels.formats.wording import gettext_noop
from panels.transcript import PanelMember, Role, Transcript, Unread

UNTIMED = gettext_noop("a cue whose times cannot be read")


def captioned(found: CueFile, known: Transcript | None = None, unread: Iterable[Unread] = ()) -> Transcript:
    """The transcript of a file's cues, with the `known` fields and the unread lines added.

    Raises FormatError if the file has cues, but all with unreadable times.
    """
    known = known or Transcript()
    if found.broken and not found.cues:
        advice = gettext_noop("Write them as 00:01:02,500 --> 00:01:04,000.")
        raise FormatError(gettext_noop("No cue has times that can be read."), line=found.broken[0][0], advice=advice)
    cues, rolled = read_once(found.cues)
    pieces, doubts = parted([piece for cue in timed(cues) for piece in _pieces(cue)])
    pieces = list(unnamed(labelled(pieces)))
    outline, people = Outline(), SpeakerResolution.of(known.panelists)
    for turn in turns_of(pieces):
        outline.answer(people.resolved(turn))
    aside = [*known.unread, *unread, *rolled, *doubts, *_aside(found), *repeated_labels(pieces)]
    return replace(
        known,
        panelists=tuple(person for person in people.panelists() if person.name in people.listed or _is_told(person)),
        exchanges=outline.exchanges(),
        unread=tuple(sorted(aside, key=lambda item: item.line)),
    )


def _is_told(person: PanelMember) -> bool:
    """Whether a label says more of somebody than the name, which the turns have as well."""
    return bool(person.title or person.organisation or person.role is not Role.PANELIST)


def _pieces(cue: Cue) -> Iterator[CuePiece]:
    for piece in pieces_of(cue.text, line=cue.line, time=cue.start):
        yield replace(piece, label=cue.voice) if piece.label is None and cue.voice is not None else piece


def _aside(found: CueFile) -> Iterator[Unread]:
    """Everything that is not speech: notes, cues without times, and in one entry the identifiers of cues."""
    yield from (
        Unread(line=line, text=note, reason=gettext_noop("note in the file, not spoken")) for line, note in found.notes
    )
    yield from (Unread(line=line, text=text, reason=UNTIMED) for line, text in found.broken)
    if found.identifiers:
        names = " ".join(name for _, name in found.identifiers)
        yield Unread(line=found.identifiers[0][0], text=names, reason=gettext_noop("cue identifiers, not spoken"))
