"""Read `Name: text` in any language, with initials, handles and full-width colons; also `Q - ` and `A - `.

Minutes have this form too: a list or table of attendees resolves the initials (see `attendees`), a label may be of
two people (`MM/JHD:`) or alone above its text, and continuation lines with `...` have none.
"""

from __future__ import annotations

from panels.formats.dialogue.reader import DialogueShape, format_of
from panels.formats.speakers import label_patterns

SHAPE = DialogueShape(
    forms=(label_patterns.question, label_patterns.colon, label_patterns.bracketed, label_patterns.tabbed),
    further=(label_patterns.bold, label_patterns.only_time, label_patterns.name_time),
    weight=0.7,
)
FORMAT = format_of("name-colon", SHAPE, suffix=".txt", media_type="text/plain")
