"""From a Transcript to a stored event: first a plan that can be shown, then the plan carried out whole or not at all.

With `reading.export`, the only place where the stored models meet `Transcript`. A text that is not stored yet becomes a
draft. A text of an event that is stored is laid onto it (`passage_matching`, `overlay`), so that anchors, tags and what
editors attributed stay with the words; what comes out is a Transcript again. Who everybody in it is, is settled next
(`people`); all rows are computed (`preparing`), and storing them (`storing`) is a short transaction. The same way
serves a session edited as text and an earlier state restored.
"""

from panels.editorial.importing.comparison import Change, ChangeKind, Comparison, FieldChange, compare
from panels.editorial.importing.errors import ImportRefusedError, OutdatedError
from panels.editorial.importing.overlay import SpeakerMismatch
from panels.editorial.importing.planning import (
    ImportOptions,
    Plan,
    UnattributedTurn,
    apply,
    fixture_from,
    plan,
    prepare,
)
from panels.editorial.importing.speaker_matching import Person
from panels.editorial.importing.writing.preparing import Prepared

__all__ = [
    "Change",
    "ChangeKind",
    "Comparison",
    "FieldChange",
    "ImportOptions",
    "ImportRefusedError",
    "OutdatedError",
    "Person",
    "Plan",
    "Prepared",
    "SpeakerMismatch",
    "UnattributedTurn",
    "apply",
    "compare",
    "fixture_from",
    "plan",
    "prepare",
]
