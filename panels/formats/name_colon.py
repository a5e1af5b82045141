"""`Name: text` in any language, with initials, handles and full-width colons; `Q - ` and `A - ` among them.

Minutes are of this shape too: a list or table of attendees says whom the initials stand for (see `attendees`),
a label may be of two people (`MM/JHD:`) or alone above its words, and lines that go on with `...` have none.
"""

from __future__ import annotations

from panels.formats import marks
from panels.formats.dialogue import Shape, format_of

SHAPE = Shape(
    forms=(marks.question, marks.colon, marks.bracketed, marks.tabbed),
    further=(marks.bold, marks.only_time, marks.name_time),
    weight=0.7,
)
FORMAT = format_of("name-colon", SHAPE, suffix=".txt", media_type="text/plain")
