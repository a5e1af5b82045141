"""From a Transcript to a stored event: first a plan that can be shown, then the plan carried out whole or not at all.

With `exporting`, the only place where the stored models meet `Transcript`. A text that is not stored yet becomes
a draft. A text of an event that is stored is laid onto it (`matching`, `merging`), so that anchors, tags and what
editors attributed stay with the words; what comes out is a Transcript again. Who everybody in it is, is settled next
(`people`); all rows are computed (`preparing`), and storing them (`storing`) is a short transaction. The same way
serves a session edited as text and an earlier state restored.
"""

from panels.importing.comparing import Change, Comparison, FieldChange, Kind, compare
from panels.importing.errors import ImportRefusedError, OutdatedError
from panels.importing.merging import Conflict
from panels.importing.people import Person
from panels.importing.planning import Choices, Gap, Plan, apply, fixture_from, plan, prepare
from panels.importing.preparing import Prepared

__all__ = [
    "Change",
    "Choices",
    "Comparison",
    "Conflict",
    "FieldChange",
    "Gap",
    "ImportRefusedError",
    "Kind",
    "OutdatedError",
    "Person",
    "Plan",
    "Prepared",
    "apply",
    "compare",
    "fixture_from",
    "plan",
    "prepare",
]
