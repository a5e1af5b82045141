"""Import a Transcript as an event: first a plan that can be shown, then the plan applied as a whole or not at all.

This package and `reading.export` are the only places where the stored models meet `Transcript`. A new text becomes a
draft. A text of a stored event is merged with it (`matching.passages`, `overlay`), so that anchors, tags and the
editors' attributions stay with the words; the result is a Transcript again. Then its speakers are matched
(`matching.speakers`), all rows are computed (`writing.preparing`), and a short transaction stores them
(`writing.storing`). A session edited as text and a restored version take the same way.
"""

from panels.editorial.importing.comparison import Change, ChangeKind, Comparison, FieldChange, compare
from panels.editorial.importing.errors import ImportRefusedError, OutdatedError
from panels.editorial.importing.matching.speakers import Person
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
