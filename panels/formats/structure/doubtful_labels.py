"""Report lines within a dialogue that may begin with another speaker's name, but stay with the speaker above.

A whole name before a colon may be a person who speaks once, or a term that the speaker explains. The words stay where
they are, and the line is listed, so that nobody's words go to somebody else in silence.
"""

from __future__ import annotations

from collections.abc import Sequence

from panels.formats.limits import timed
from panels.formats.speakers.described import is_titled_name, is_whole_name
from panels.formats.speakers.label_patterns import LabelMatch, Strength
from panels.formats.speakers.people_labels import is_person
from panels.formats.wording import gettext_noop
from panels.transcript import Unread

_ENDS = (".", "。", "?", "？", "!", "！", "…", "”", '"', "؟", "।")
DOUBT = gettext_noop("may be another speaker; kept with the words above")


def doubts_within(found: Sequence[LabelMatch], marks: Sequence[LabelMatch]) -> list[Unread]:
    """The lines in the form of labels that are not accepted, below the first that is, whose label may be a person."""
    accepted = {mark.line.number for mark in marks}
    first = min((mark.line.number for mark in marks if mark.label), default=None)
    return [
        Unread(line=mark.line.number, text=mark.line.raw.strip(), reason=DOUBT)
        for mark in timed(found)
        if first is not None and mark.line.number > first and mark.line.number not in accepted and _may_speak(mark)
    ]


def _may_speak(mark: LabelMatch) -> bool:
    """Whether a label may be a person who says the sentence after it."""
    if mark.strength is Strength.RETURNS or not mark.text.endswith(_ENDS) or not is_person(mark.label):
        return False
    return is_titled_name(mark.label) or is_whole_name(mark.label)
